import CKernels
import Columns
import Glibc

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

  /// Whether all values are of ASCII.
  var isASCII: Bool {
    var all: UInt64 = 0
    let words = bytes.count / 8
    // Safe: whole words of the bytes that are there.
    for word in 0..<words {
      all |= UnsafeRawPointer(bytes.base).loadUnaligned(fromByteOffset: word * 8, as: UInt64.self)
    }
    for position in words * 8..<bytes.count { all |= UInt64(bytes.base[position]) }
    return all & 0x8080_8080_8080_8080 == 0
  }

  /// Whether any value has a NUL byte in it.
  var hasNUL: Bool { bytes.count > 0 && memchr(bytes.base, 0, bytes.count) != nil }

  /// Counts the values anew in the first records of some columns.
  func count(_ columns: [Packed<UInt32>], records: Int) {
    for value in 0..<count { counts[value] = 0 }
    for values in columns {
      for record in 0..<records { counts[Int(values[record])] &+= 1 }
    }
  }

  /// A value as a string.
  public func string(_ value: Int) -> String { String(decoding: text(value), as: UTF8.self) }
}

extension ValuePool {
  /// The pool in a store.
  struct Stored: Codable {
    let bytes: StoredArray<UInt8>
    let offsets: StoredArray<UInt32>
    let counts: StoredArray<UInt32>

    var pool: ValuePool { ValuePool(bytes: bytes.array, offsets: offsets.array, counts: counts.array) }
  }

  var stored: Stored {
    Stored(bytes: StoredArray(bytes), offsets: StoredArray(offsets), counts: StoredArray(counts))
  }
}

@inline(__always)
func equalBytes(_ left: UnsafePointer<UInt8>, _ right: UnsafePointer<UInt8>?, _ count: Int) -> Bool {
  guard let right else { return count == 0 }
  @inline(__always)
  func differ<Word: FixedWidthInteger & BitwiseCopyable>(_ position: Int, _ type: Word.Type) -> Bool {
    // Safe: callers see to it that a whole word is there.
    UnsafeRawPointer(left + position).loadUnaligned(as: type)
      != UnsafeRawPointer(right + position).loadUnaligned(as: type)
  }
  // What is left of a text is compared by a word that ends where the text does.
  if count >= 8 {
    var position = 0
    while position &+ 8 < count {
      if differ(position, UInt64.self) { return false }
      position &+= 8
    }
    return !differ(count &- 8, UInt64.self)
  }
  if count >= 4 { return !differ(0, UInt32.self) && !differ(count &- 4, UInt32.self) }
  var position = 0
  while position < count {
    if left[position] != right[position] { return false }
    position &+= 1
  }
  return true
}
