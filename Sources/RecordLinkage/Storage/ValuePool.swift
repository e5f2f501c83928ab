import CKernels
import Columns

/// Distinct texts, numbered from 1 by first appearance, with how often each was seen; 0 is "no value".
///
///     offsets   0 0 5 9          value 1 = bytes[0..<5], value 2 = bytes[5..<9]
///     bytes     h i l d a b e r t
public final class ValuePool: @unchecked Sendable {
  let bytes: Packed<UInt8>
  let offsets: Packed<UInt32>
  /// Times each value was seen; position 0 counts the empty ones.
  public let counts: Packed<UInt32>

  init(bytes: Packed<UInt8>, offsets: Packed<UInt32>, counts: Packed<UInt32>) {
    self.bytes = bytes
    self.offsets = offsets
    self.counts = counts
  }

  /// Values, with the empty one at 0.
  public var count: Int { offsets.count - 1 }

  /// The bytes of a value; valid while the pool lives.
  @inline(__always)
  func text(_ value: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets[value])
    return UnsafeBufferPointer(start: bytes.base + start, count: Int(offsets[value + 1]) - start)
  }

  /// Bytes of a value.
  @inline(__always)
  func length(_ value: Int) -> Int { Int(offsets[value + 1] &- offsets[value]) }

  /// By value: the set of its bytes, folded into 32 bits; bit 0 is the space. Two texts whose sets differ in more than
  /// 2k bits are more than k edits apart, and a part's set lies within the whole's.
  func signatures() -> Packed<UInt32> {
    let result = Packed<UInt32>(uninitialised: count)
    for value in 0..<count {
      var set: UInt32 = 0
      for byte in text(value) { set |= 1 << UInt32(byte & 31) }
      result[value] = set
    }
    return result
  }

  /// A value as a string.
  public func string(_ value: Int) -> String { String(decoding: text(value), as: UTF8.self) }
}

/// Gives distinct byte strings numbers from 1, in order of first appearance; the empty string is 0.
///
/// Open addressing over a power-of-two table of (32 bits of hash, number); a slot that matches by hash is
/// confirmed by its bytes, so that no two texts are ever taken for one. Growing needs no rehash of the bytes.
final class ValueInterner {
  /// The state stands behind a pointer, as access to it is then not tracked at run time.
  private let core: UnsafeMutablePointer<Core>

  private struct Core: ~Copyable {
    var bytes = Growing<UInt8>(capacity: 1024)
    var offsets = Growing<UInt32>(capacity: 64)
    var counts = Growing<UInt32>(capacity: 64)
    /// Upper half: hash; lower half: number; 0 is free.
    var slots: UnsafeMutablePointer<UInt64>
    var bits: UInt64 = 8

    init() {
      slots = .allocate(capacity: 256)
      slots.initialize(repeating: 0, count: 256)
      offsets.append(0)
      offsets.append(0)
      counts.append(0)
    }

    deinit { slots.deallocate() }

    @inline(__always)
    mutating func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
      if text.isEmpty {
        counts[0] &+= 1
        return 0
      }
      let mask = (UInt64(1) << bits) - 1
      var slot = hash >> (32 - bits)
      while true {
        let entry = slots[Int(slot)]
        if entry == 0 { return insert(text, hash: hash, slot: Int(slot)) }
        if entry >> 32 == hash {
          let value = Int(entry & 0xffff_ffff)
          let start = Int(offsets[value])
          let length = Int(offsets[value + 1]) - start
          if length == text.count, equalBytes(bytes.base + start, text.baseAddress, length) {
            counts[value] &+= 1
            return UInt32(value)
          }
        }
        slot = (slot + 1) & mask
      }
    }

    mutating func insert(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64, slot: Int) -> UInt32? {
      guard bytes.count + text.count < Int(UInt32.max), counts.count < Int(UInt32.max) else { return nil }
      let value = UInt32(counts.count)
      slots[slot] = hash << 32 | UInt64(value)
      bytes.append(contentsOf: text)
      offsets.append(UInt32(bytes.count))
      counts.append(1)
      if counts.count * 3 > (2 << bits), bits < 31 { grow() }
      return value
    }

    mutating func grow() {
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
  }

  init() {
    core = .allocate(capacity: 1)
    core.initialize(to: Core())
  }

  deinit {
    core.deinitialize(count: 1)
    core.deallocate()
  }

  /// The number of a text, made if it is new; nil once 4 GiB of text or 2^32 values are held.
  @inline(__always)
  func intern(_ text: UnsafeBufferPointer<UInt8>) -> UInt32? {
    core.pointee.intern(text, hash: stableHash(text) >> 32)
  }

  /// `intern` for a text whose hash was taken by `announce`.
  @inline(__always)
  func intern(_ text: UnsafeBufferPointer<UInt8>, hash: UInt64) -> UInt32? {
    core.pointee.intern(text, hash: hash)
  }

  /// Takes the hash of a text that will be interned soon, and has its slot fetched meanwhile.
  @inline(__always)
  func announce(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    let hash = stableHash(text) >> 32
    cog_prefetch(core.pointee.slots + Int(hash >> (32 - core.pointee.bits)))
    return hash
  }

  /// What was interned, in allocations of just its size.
  func pool() -> ValuePool {
    ValuePool(
      bytes: core.pointee.bytes.packed(), offsets: core.pointee.offsets.packed(),
      counts: core.pointee.counts.packed())
  }
}

@inline(__always)
func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
  guard let right else { return count == 0 }
  var position = 0
  while position &+ 8 <= count {  // Safe: eight bytes remain on either side.
    let one = UnsafeRawPointer(left + position).loadUnaligned(as: UInt64.self)
    let other = UnsafeRawPointer(right + position).loadUnaligned(as: UInt64.self)
    if one != other { return false }
    position &+= 8
  }
  while position < count {
    if left[position] != right[position] { return false }
    position &+= 1
  }
  return true
}
