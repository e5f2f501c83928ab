/// Jaro-Winkler similarity (Winkler, 1990) of two texts, 0...1.
///
/// Bit-parallel for texts of at most 64 bytes: the positions of each byte of one text are a word, and a match
/// within the window is one `and`; O(length). Longer texts are compared by their first 64 bytes, which is
/// said here because names and handles are shorter. The prefix bonus is .1 for each of at most four bytes, and
/// is given, as rapidfuzz and jellyfish do, only above .7.
///
/// Compares bytes, so letters outside ASCII, of two bytes or more, weigh more than one; callers strip accents.
struct JaroWinkler {
  /// By byte: the positions in the left text. All zero between calls.
  private let positions = Packed<UInt64>(repeating: 0, count: 256)

  /// The similarity.
  @inline(__always)
  func similarity(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Double {
    let jaro = jaroSimilarity(left, right)
    if jaro <= 0.7 { return jaro }
    var prefix = 0
    let longest = min(4, left.count, right.count)
    while prefix < longest, left[prefix] == right[prefix] { prefix += 1 }
    return jaro + Double(prefix) * 0.1 * (1 - jaro)
  }

  private func jaroSimilarity(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Double {
    let (one, other) = (min(left.count, 64), min(right.count, 64))
    if one == 0 || other == 0 { return one == other ? 1 : 0 }
    for position in 0..<one { positions[Int(left[position])] |= 1 << UInt64(position) }
    defer { for position in 0..<one { positions[Int(left[position])] = 0 } }
    let window = max(max(one, other) / 2 - 1, 0)
    var matchedLeft: UInt64 = 0
    var matchedRight: UInt64 = 0
    for position in 0..<other {
      // Positions of the left text from `position - window` to `position + window`.
      let low = position > window ? UInt64.max << UInt64(min(position - window, 63)) : UInt64.max
      let end = position + window + 1
      let high = end >= 64 ? UInt64.max : (1 << UInt64(end)) - 1
      let inReach = position - window > 63 ? 0 : low & high
      let found = positions[Int(right[position])] & inReach & ~matchedLeft
      if found != 0 {
        matchedLeft |= found & (0 &- found)
        matchedRight |= 1 << UInt64(position)
      }
    }
    let matches = matchedLeft.nonzeroBitCount
    if matches == 0 { return 0 }
    var transpositions = 0
    var leftBits = matchedLeft
    var rightBits = matchedRight
    while rightBits != 0 {
      if left[leftBits.trailingZeroBitCount] != right[rightBits.trailingZeroBitCount] { transpositions += 1 }
      leftBits &= leftBits &- 1
      rightBits &= rightBits &- 1
    }
    let m = Double(matches)
    return (m / Double(one) + m / Double(other) + (m - Double(transpositions / 2)) / m) / 3
  }
}
