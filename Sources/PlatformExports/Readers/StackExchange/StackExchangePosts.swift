/// Of which posts the words were read, so that they are read once: `PostHistory.xml` holds the first wording of what
/// `Posts.xml` holds the last of.
final class StackExchangePosts {
  /// Posts whose last wording is their author's.
  var last = NumberSet()
  /// Posts whose first wording was read.
  var first = NumberSet()
}

/// A set of numbers that lie mostly one behind the other: a bit each.
struct NumberSet {
  /// By number / 512, its bits.
  private var pages: [UInt32: [UInt64]] = [:]
  /// Numbers from here on are not kept; sites have given some eighty million.
  private static let limit: Int64 = 1 << 29

  func contains(_ number: Int64) -> Bool {
    guard number >= 0, number < Self.limit, let page = pages[UInt32(number >> 9)] else { return false }
    return page[Int(number >> 6 & 7)] >> UInt64(number & 63) & 1 == 1
  }

  mutating func insert(_ number: Int64) {
    guard number >= 0, number < Self.limit else { return }
    pages[UInt32(number >> 9), default: [UInt64](repeating: 0, count: 8)][Int(number >> 6 & 7)] |=
      1 << UInt64(number & 63)
  }
}
