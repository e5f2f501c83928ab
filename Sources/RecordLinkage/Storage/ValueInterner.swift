import CKernels
import Columns

/// Gives distinct byte strings numbers from 1, in order of first appearance; the empty string is 0.
///
/// Open addressing over a power-of-two table of (32 bits of hash, number); a slot that matches by hash is
/// confirmed by its bytes, so that no two texts are ever taken for one. Growing needs no rehash of the bytes.
///
///     slots     hash 32 | place 32        0 is free; a place is a quarter of where the record begins
///     records   number 32 | count 32 | length 32 | text, up to the next multiple of four
///
/// All that a lookup needs beyond its slot thus lies side by side, mostly in one line of memory.
final class ValueInterner {
  /// The state stands behind a pointer, as access to it is then not tracked at run time.
  let core: UnsafeMutablePointer<Core>

  /// What stands before a text.
  private struct Head: BitwiseCopyable {
    let number: UInt32
    var count: UInt32
    let length: UInt32

    static let size = 12
  }

  /// The state of an interner.
  struct Core: ~Copyable {
    /// The first four bytes are left out, so that no place is 0.
    private var records = Growing<UInt8>(capacity: 256)
    private var slots: UnsafeMutablePointer<UInt64>
    private var bits: UInt64 = 5
    /// Bytes of all texts.
    private var textSize = 0
    private var emptySeen: UInt32 = 0
    /// Texts, with the empty one.
    private(set) var count = 1
    /// Bytes that `takePool` moves at once: what the first record begins with.
    private static let step = 4 + Head.size

    init() {
      slots = .allocate(capacity: 32)
      slots.initialize(repeating: 0, count: 32)
      _ = records.extend(by: 4)
    }

    deinit { slots.deallocate() }

    @inline(__always)
    private func head(_ place: UInt32) -> UnsafeMutableRawPointer {
      UnsafeMutableRawPointer(records.base) + Int(place) &* 4
    }

    /// The number of a text, made if it is new; nil once 4 GiB of text or 2^32 values are held.
    @inline(__always)
    mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
      if text.isEmpty {
        emptySeen &+= 1
        return 0
      }
      let mask = (UInt64(1) << bits) &- 1
      var slot = hash >> (32 &- bits)
      while true {
        let word = slots[Int(truncatingIfNeeded: slot)]
        if word == 0 { return insert(text, hash: hash, slot: Int(truncatingIfNeeded: slot)) }
        if word >> 32 == hash {
          // Safe: every place in a slot is that of a whole record.
          let record = head(UInt32(truncatingIfNeeded: word))
          let held = record.assumingMemoryBound(to: Head.self)
          if Int(held.pointee.length) == text.count,
            equalBytes(
              (record + Head.size).assumingMemoryBound(to: UInt8.self), text.baseAddress, text.count)
          {
            held.pointee.count &+= 1
            return held.pointee.number
          }
        }
        slot = (slot &+ 1) & mask
      }
    }

    private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> UInt32? {
      let place = records.count / 4
      guard let source = text.baseAddress, textSize + text.count < Int(UInt32.max),
        count < Int(UInt32.max), place < Int(UInt32.max)
      else { return nil }
      let record = UnsafeMutableRawPointer(records.extend(by: (Head.size + text.count + 3) & ~3))
      record.assumingMemoryBound(to: Head.self).initialize(
        to: Head(
          number: UInt32(truncatingIfNeeded: count), count: 1,
          length: UInt32(truncatingIfNeeded: text.count)))
      (record + Head.size).copyMemory(from: source, byteCount: text.count)
      slots[slot] = hash << 32 | UInt64(place)
      textSize += text.count
      count += 1
      if (count + 1) * 3 > (2 << bits), bits < 31 { grow() }
      return UInt32(truncatingIfNeeded: count - 1)
    }

    private mutating func grow() {
      let old = slots
      let size = 1 << bits
      bits += 1
      slots = .allocate(capacity: size * 2)
      slots.initialize(repeating: 0, count: size * 2)
      let mask = UInt64(size * 2 - 1)
      for position in 0..<size where old[position] != 0 {
        var slot = (old[position] >> 32) >> (32 - bits)
        while slots[Int(slot)] != 0 { slot = (slot + 1) & mask }
        slots[Int(slot)] = old[position]
      }
      old.deallocate()
    }

    /// Has the slot of a hash fetched.
    @inline(__always)
    func fetchSlot(_ hash: UInt64) { cog_prefetch(slots + Int(truncatingIfNeeded: hash >> (32 &- bits))) }

    /// Has the record of a hash fetched, if there is one. A hint: only `intern` compares bytes.
    @inline(__always)
    func fetchRecord(_ hash: UInt64, length: Int) {
      let mask = (UInt64(1) << bits) &- 1
      var slot = hash >> (32 &- bits)
      while true {
        let word = slots[Int(truncatingIfNeeded: slot)]
        if word == 0 { return }
        if word >> 32 == hash {
          let record = head(UInt32(truncatingIfNeeded: word))
          cog_prefetch(record)
          cog_prefetch(record + (Head.size &+ length &- 1))
          return
        }
        slot = (slot &+ 1) & mask
      }
    }

    /// What was interned, in allocations of just its size.
    mutating func takePool() -> ValuePool {
      slots.deallocate()
      slots = .allocate(capacity: 1)
      let offsets = Packed<UInt32>(uninitialised: count + 1)
      let counts = Packed<UInt32>(uninitialised: count)
      (offsets[0], counts[0]) = (0, emptySeen)
      let used = records.count
      _ = records.extend(by: Self.step)
      let start = UnsafeMutableRawPointer(records.base)
      var (from, to) = (4, 0)
      for value in 1..<max(count, 1) {
        let held = (start + from).assumingMemoryBound(to: Head.self).pointee
        let length = Int(held.length)
        (offsets[value], counts[value]) = (UInt32(truncatingIfNeeded: to), held.count)
        // Texts move towards the front by a step at the least, and are moved by steps. Safe: what is written beyond a text
        // ends before that text began, and what is read beyond the last one is room that was just made.
        let (source, target) = (start + (from + Head.size), start + to)
        var position = 0
        repeat {
          target.storeBytes(
            of: source.loadUnaligned(fromByteOffset: position, as: SIMD16<UInt8>.self),
            toByteOffset: position, as: SIMD16<UInt8>.self)
          position += Self.step
        } while position < length
        from += (Head.size + length + 3) & ~3
        to += length
      }
      assert(from == used || count == 1)
      offsets[count] = UInt32(truncatingIfNeeded: to)
      records.truncate(to: to)
      return ValuePool(bytes: records.take(), offsets: offsets, counts: counts)
    }
  }

  init() {
    core = .allocate(capacity: 1)
    core.initialize(to: Core())
  }

  deinit {
    core.deinitialize(count: 1)
    core.deallocate()
  }

  /// The hash that `Core.intern` wants.
  @inline(__always)
  static func hash(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 { stableHash(text) >> 32 }

  /// The number of a text, made if it is new; nil once 4 GiB of text or 2^32 values are held.
  @inline(__always)
  func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    core.pointee.intern(text, hash: Self.hash(text))
  }

  /// Texts, with the empty one.
  var count: Int { core.pointee.count }

  /// What was interned, in allocations of just its size; the interner is done with.
  func takePool() -> ValuePool { core.pointee.takePool() }
}
