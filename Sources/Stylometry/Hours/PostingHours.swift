public import AccountModel

/// The hours in which an account posted, each once: a burst of messages says no more of when somebody is awake than one
/// message does.
public struct PostingHours: Hashable, Sendable {
  /// Hours since 1970-01-01T00:00 UTC, ascending.
  public let hours: [Int32]
  /// Sums of `HourMoments.values` over the hours.
  let sums: [Double]

  private static let none = PostingHours(counting: [])

  /// None.
  public init() { self = Self.none }

  /// Hours since 1970-01-01T00:00 UTC, in any order and with repeats.
  public init(_ unsorted: [Int32]) { self = unsorted.isEmpty ? Self.none : PostingHours(counting: unsorted) }

  private init(counting unsorted: [Int32]) {
    var hours: [Int32] = []
    for hour in unsorted.sorted() where hours.last != hour { hours.append(hour) }
    self.hours = hours
    sums = HourMoments.sums(of: hours)
  }

  /// The hour of a time; nil for no time, for a day alone, and for a wall clock of which the zone is not known.
  public static func hour(of time: ObservedTime) -> Int32? {
    if time.isNone || time.zone == .unknown || time.precision == .day { return nil }
    let hour = time.microseconds / 3_600_000_000 - (time.microseconds % 3_600_000_000 < 0 ? 1 : 0)
    return Int32(exactly: hour)
  }

  /// How many there are.
  public var count: Int { hours.count }

  /// The hours of both.
  public func merging(_ other: PostingHours) -> PostingHours {
    if other.hours.isEmpty { return self }
    return hours.isEmpty ? other : PostingHours(hours + other.hours)
  }

  /// How many lie from 0, 6, 12 and 18 o'clock UTC on.
  public var quarters: [Int] {
    var counts = [0, 0, 0, 0]
    for hour in hours { counts[HourMoments.hourOfWeek(hour) % 24 / 6] += 1 }
    return counts
  }

  /// How many lie on a Saturday or Sunday, UTC.
  public var weekends: Int { hours.count { HourMoments.isWeekend(HourMoments.hourOfWeek($0)) } }

  /// Those in which another posted as well, ascending. Who talks with somebody writes when they do: such hours say nothing
  /// of whether the two are one.
  public func shared(with other: PostingHours) -> [Int32] {
    var result: [Int32] = []
    var (left, right) = (0, 0)
    while left < hours.count, right < other.hours.count {
      let (one, two) = (hours[left], other.hours[right])
      if one == two { result.append(one) }
      left += one <= two ? 1 : 0
      right += two <= one ? 1 : 0
    }
    return result
  }
}
