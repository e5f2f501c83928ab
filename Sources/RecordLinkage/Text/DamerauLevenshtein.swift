/// Damerau-Levenshtein distance in its restricted form (optimal string alignment): insertions, deletions,
/// substitutions and swaps of neighbours, no part edited twice.
///
/// Bit-parallel (Hyyrö, 2003) for texts of at most 64 bytes, O(length of the longer); longer ones are filled in
/// row by row, O(product), up to `rowLimit` bytes, beyond which the distance is the length of the longer.
struct DamerauLevenshtein {
  /// Texts longer than this are not aligned.
  static let rowLimit = 1024

  private let positions = Packed<UInt64>(repeating: 0, count: 256)

  /// The distance.
  func distance(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    if left.count > right.count { return distance(right, left) }
    if left.isEmpty { return right.count }
    if left.count > 64 {
      if right.count > Self.rowLimit { return left.elementsEqual(right) ? 0 : right.count }
      return byRows(left, right)
    }
    for position in left.indices { positions[Int(left[position])] |= 1 << UInt64(position) }
    defer { for position in left.indices { positions[Int(left[position])] = 0 } }
    var rise = UInt64.max
    var fall: UInt64 = 0
    var diagonal: UInt64 = 0
    var lastMatch: UInt64 = 0
    var distance = left.count
    let top = UInt64(1) << UInt64(left.count - 1)
    for byte in right {
      let match = positions[Int(byte)]
      let swapped = (((~diagonal) & match) << 1) & lastMatch
      diagonal = (((match & rise) &+ rise) ^ rise) | match | fall | swapped
      var up = fall | ~(diagonal | rise)
      var down = diagonal & rise
      if up & top != 0 { distance += 1 }
      if down & top != 0 { distance -= 1 }
      up = up << 1 | 1
      down <<= 1
      rise = down | ~(diagonal | up)
      fall = up & diagonal
      lastMatch = match
    }
    return distance
  }

  /// Whether the distance is at most `limit`: of longer texts that are far apart no more is looked at than shows it.
  func isWithin(
    _ limit: Int, _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let (shorter, longer) = (min(left.count, right.count), max(left.count, right.count))
    if shorter <= 64 || longer > Self.rowLimit { return distance(left, right) <= limit }
    return EditRows.areWithin(limit, left, right)
  }

  /// Whether the distance is at most 1: one byte more, another byte, or two neighbours that are swapped. Without a table,
  /// from the ends towards the place where the texts differ.
  @inline(__always)
  static func isWithinOne(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Bool {
    let (shorter, longer) = left.count <= right.count ? (left, right) : (right, left)
    let count = shorter.count
    guard longer.count &- count <= 1, let one = shorter.baseAddress, let two = longer.baseAddress else {
      return longer.count <= 1
    }
    // As `distance`, which takes texts that are too long to align as equal or as wholly different.
    if longer.count > rowLimit { return count == longer.count && equalBytes(one, two, count) }
    var start = 0
    while start < count, one[start] == two[start] { start &+= 1 }
    if start == count { return true }
    var (end, endOfLonger) = (count, longer.count)
    while end > start, one[end &- 1] == two[endOfLonger &- 1] {
      end &-= 1
      endOfLonger &-= 1
    }
    if endOfLonger &- start <= 1 { return true }
    return end &- start == 2 && endOfLonger &- start == 2 && one[start] == two[start &+ 1]
      && one[start &+ 1] == two[start]
  }

  private func byRows(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Int {
    EditRows.distance(left, right, swaps: true)
  }
}

/// Edit distances by the textbook's table, of which three rows are held: O(product of the lengths).
enum EditRows {
  /// Levenshtein distance, or with `swaps` optimal string alignment.
  static func distance(
    _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>, swaps: Bool
  ) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var before = [Int](repeating: 0, count: right.count + 1)
    var above = Array(0...right.count)
    var row = above
    for i in 1...left.count {
      row[0] = i
      for j in 1...right.count {
        let cost = left[i - 1] == right[j - 1] ? 0 : 1
        var best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
        if swaps, i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        row[j] = best
      }
      (before, above, row) = (above, row, before)
    }
    return above[right.count]
  }

  /// Whether optimal string alignment of two texts takes at most `limit` edits (Ukkonen, 1985): only cells that lie as
  /// near to the diagonal are filled in, and no more rows once two have nothing within the limit, as swaps look back two.
  static func areWithin(
    _ limit: Int, _ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let count = right.count
    if abs(left.count - count) > limit { return false }
    if left.isEmpty || right.isEmpty { return true }
    let beyond = limit + 1
    var above = (0...count).map { min($0, beyond) }
    var row = [Int](repeating: beyond, count: count + 1)
    var before = row
    var leastAbove = 0
    for i in 1...left.count {
      let (first, last) = (max(1, i - limit), min(count, i + limit))
      row[first - 1] = first == 1 ? min(i, beyond) : beyond
      var least = row[first - 1]
      for j in first...last {
        let cost = left[i - 1] == right[j - 1] ? 0 : 1
        var best = min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          best = min(best, before[j - 2] + 1)
        }
        row[j] = min(best, beyond)
        least = min(least, row[j])
      }
      if last < count { row[last + 1] = beyond }
      if least > limit, leastAbove > limit { return false }
      leastAbove = least
      (before, above, row) = (above, row, before)
    }
    return above[count] <= limit
  }
}
