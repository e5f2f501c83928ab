import CKernels
import Columns

/// Gives distinct byte strings numbers from 1, in order of first appearance; the empty string is 0.
///
/// Open addressing over a power-of-two table of (32 bits of hash, number); a slot that matches by hash is
/// confirmed by its bytes, so that no two texts are ever taken for one. Growing needs no rehash of the bytes.
///
///     slots     hash 32 | number 32       0 is free
///     entries   offset 32 | count 32      text n = bytes[entries[n].offset ..< entries[n + 1].offset]
final class ValueInterner {
  /// The state stands behind a pointer, as access to it is then not tracked at run time.
  let core: UnsafeMutablePointer<Core>

  /// Where a text begins, and how often it was seen: side by side, as both are wanted at once.
  struct Entry: BitwiseCopyable {
    var offset: UInt32
    var count: UInt32
  }

  /// The state of an interner.
  struct Core: ~Copyable {
    private var bytes = Growing<UInt8>(capacity: 256)
    /// One more than there are texts: the last one's offset is where the next text will begin.
    private var entries = Growing<Entry>(capacity: 32)
    private var slots: UnsafeMutablePointer<UInt64>
    private var bits: UInt64 = 5

    init() {
      slots = .allocate(capacity: 32)
      slots.initialize(repeating: 0, count: 32)
      entries.append(Entry(offset: 0, count: 0))
      entries.append(Entry(offset: 0, count: 0))
    }

    deinit { slots.deallocate() }

    /// The number of a text, made if it is new; nil once 4 GiB of text or 2^32 values are held.
    @inline(__always)
    mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
      if text.isEmpty {
        entries.base[0].count &+= 1
        return 0
      }
      let mask = (UInt64(1) << bits) &- 1
      var slot = hash >> (32 &- bits)
      while true {
        let word = slots[Int(truncatingIfNeeded: slot)]
        if word == 0 { return insert(text, hash: hash, slot: Int(truncatingIfNeeded: slot)) }
        if word >> 32 == hash {
          let value = Int(word & 0xffff_ffff)
          let start = Int(entries.base[value].offset)
          let length = Int(entries.base[value + 1].offset) &- start
          if length == text.count, equalBytes(bytes.base + start, text.baseAddress, length) {
            entries.base[value].count &+= 1
            return UInt32(truncatingIfNeeded: value)
          }
        }
        slot = (slot &+ 1) & mask
      }
    }

    private mutating func insert(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> UInt32? {
      guard bytes.count + text.count < Int(UInt32.max), entries.count < Int(UInt32.max) else { return nil }
      let value = entries.count - 1
      slots[slot] = hash << 32 | UInt64(value)
      bytes.append(contentsOf: text)
      entries.base[value].count = 1
      entries.append(Entry(offset: UInt32(bytes.count), count: 0))
      if entries.count * 3 > (2 << bits), bits < 31 { grow() }
      return UInt32(value)
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

    /// The number that the first slot of a hash holds when the hashes agree, with its entry on the way from memory; else
    /// 0. A hint: only `intern` compares bytes.
    @inline(__always)
    func fetchEntry(_ hash: UInt64) -> UInt32 {
      let word = slots[Int(truncatingIfNeeded: hash >> (32 &- bits))]
      if word >> 32 != hash { return 0 }
      cog_prefetch(entries.base + Int(word & 0xffff_ffff))
      return UInt32(truncatingIfNeeded: word)
    }

    /// Has the bytes of a value fetched.
    @inline(__always)
    func fetchBytes(_ value: UInt32) {
      cog_prefetch(bytes.base + Int(entries.base[Int(value)].offset))
    }

    var count: Int { entries.count - 1 }

    /// What was interned, in allocations of just its size.
    mutating func takePool() -> ValuePool {
      slots.deallocate()
      slots = .allocate(capacity: 1)
      let count = entries.count - 1
      let offsets = Packed<UInt32>(uninitialised: count + 1)
      let counts = Packed<UInt32>(uninitialised: count)
      for value in 0..<count {
        offsets[value] = entries.base[value].offset
        counts[value] = entries.base[value].count
      }
      offsets[count] = entries.base[count].offset
      entries = Growing<Entry>(capacity: 1)
      return ValuePool(bytes: bytes.take(), offsets: offsets, counts: counts)
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
