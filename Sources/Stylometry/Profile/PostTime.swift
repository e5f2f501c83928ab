import AccountModel

/// When a post was written, as far as it tells which of two came first.
struct PostTime: Hashable, Comparable, Sendable {
  /// Microseconds since 1970; the least of all where nothing, or the day alone, is known.
  let microseconds: Int64
  /// Whether they are of UTC, and not a wall clock's.
  let isPlaced: Bool

  static let unknown = PostTime(microseconds: .min, isPlaced: false)

  /// What times are written to, at the coarsest that counts.
  private static let minute: Int64 = 60_000_000
  /// Wall clocks differ by this at most: from UTC-12 to UTC+14.
  private static let widestZones: Int64 = 26 * 3_600_000_000

  init(microseconds: Int64, isPlaced: Bool) {
    self.microseconds = microseconds
    self.isPlaced = isPlaced
  }

  init(_ time: ObservedTime) {
    let isKnown = !time.isNone && time.precision != .day
    self.init(microseconds: isKnown ? time.microseconds : .min, isPlaced: isKnown && time.zone != .unknown)
  }

  /// - Parameter hour: hours since 1970, in UTC.
  init(hour: Int32?) {
    self.init(microseconds: hour.map { Int64($0) * 3_600_000_000 } ?? .min, isPlaced: hour != nil)
  }

  var isKnown: Bool { microseconds != .min }

  /// Whether it came first however their clocks were set and their times cut off.
  func isSurelyBefore(_ other: PostTime) -> Bool {
    guard isKnown, other.isKnown else { return false }
    let (gap, isWide) = other.microseconds.subtractingReportingOverflow(microseconds)
    if isWide { return microseconds < other.microseconds }
    return gap > (isPlaced && other.isPlaced ? Self.minute : Self.widestZones)
  }

  /// Whether both can be of one message that two telephones show, of which one may write no seconds.
  func isOneMoment(with other: PostTime) -> Bool {
    guard isKnown, other.isKnown, isPlaced == other.isPlaced else { return false }
    let (early, late) = (min(microseconds, other.microseconds), max(microseconds, other.microseconds))
    let (gap, isWide) = late.subtractingReportingOverflow(early)
    return gap == 0 || !isWide && gap < Self.minute && early % Self.minute == 0
  }

  static func < (one: Self, other: Self) -> Bool {
    one.microseconds != other.microseconds
      ? one.microseconds < other.microseconds : !one.isPlaced && other.isPlaced
  }
}
