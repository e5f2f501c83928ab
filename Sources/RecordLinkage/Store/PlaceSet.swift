/// Some of the places of a table, numbered in ascending order: a bit for each place, and by word of bits how many come
/// before it.
struct PlaceSet {
  private let words: Packed<UInt64>
  private let before: Packed<UInt32>

  /// An empty set of places below `count`.
  init(count: Int) {
    words = Packed(repeating: 0, count: count / 64 + 1)
    before = Packed(uninitialised: count / 64 + 2)
  }

  @inline(__always)
  func contains(_ place: Int) -> Bool { (words[place >> 6] >> UInt64(place & 63)) & 1 == 1 }

  /// Adds a place; false if it was there.
  @inline(__always)
  func insert(_ place: Int) -> Bool {
    let bit = UInt64(1) << UInt64(place & 63)
    let isNew = words[place >> 6] & bit == 0
    words[place >> 6] |= bit
    return isNew
  }

  /// Numbers the places, once all were added, and returns how many there are.
  func rank() -> Int {
    var count = 0
    for word in 0..<words.count {
      before[word] = UInt32(truncatingIfNeeded: count)
      count += words[word].nonzeroBitCount
    }
    return count
  }

  /// The number of a place of the set, after `rank`.
  @inline(__always)
  func number(of place: Int) -> Int {
    let below = words[place >> 6] & ((1 << UInt64(place & 63)) - 1)
    return Int(before[place >> 6]) + below.nonzeroBitCount
  }

  /// The places in ascending order.
  var places: [UInt32] {
    var result: [UInt32] = []
    for word in 0..<words.count {
      var rest = words[word]
      while rest != 0 {
        result.append(UInt32(truncatingIfNeeded: word << 6 + rest.trailingZeroBitCount))
        rest &= rest - 1
      }
    }
    return result
  }
}
