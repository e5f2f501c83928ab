import Foundation

/// Where posting hours lie in the day and the week, in UTC: the first two trigonometric moments of the hour of the day
/// (Mardia and Jupp, Directional Statistics, 2000) and the share of Saturdays and Sundays.
public struct HourMoments: Sendable, Equatable {
  /// How many numbers there are.
  public static let dimensions = 5

  /// Of how many hours.
  public let count: Int
  /// Means over the hours; all 0 without any.
  public let means: [Double]

  /// - Parameter shared: hours that do not count.
  init(_ hours: PostingHours, without shared: [Int32]) {
    let count = hours.count - shared.count
    self.count = count
    means = zip(hours.sums, Self.sums(of: shared)).map { count == 0 ? 0 : ($0 - $1) / Double(count) }
  }

  /// The numbers of one hour since 1970.
  static func values(of hour: Int32) -> [Double] { table[hourOfWeek(hour)] }

  /// From Monday, 0 o'clock, of an hour since 1970, whose first day was a Thursday.
  public static func hourOfWeek(_ hour: Int32) -> Int {
    let place = (Int(hour) + 72) % 168
    return place < 0 ? place + 168 : place
  }

  /// Whether an hour of the week lies on a Saturday or Sunday.
  static func isWeekend(_ hour: Int) -> Bool { hour >= 120 }

  /// Their sums over hours.
  static func sums(of hours: [Int32]) -> [Double] {
    var sums = [Double](repeating: 0, count: dimensions)
    for hour in hours {
      let values = values(of: hour)
      for index in sums.indices { sums[index] += values[index] }
    }
    return sums
  }

  /// The numbers of each hour of the week.
  private static let table: [[Double]] = (0..<168).map { hour in
    let angle = Double(hour % 24) * .pi / 12
    return [cos(angle), sin(angle), cos(2 * angle), sin(2 * angle), isWeekend(hour) ? 1 : 0]
  }
}

/// The hours of two accounts, without those in which both posted.
public struct HourPair: Sendable, Equatable {
  /// Those of the account with fewer.
  public let one: HourMoments
  /// Those of the other.
  public let other: HourMoments

  /// Of two accounts, in either order.
  public init(_ one: PostingHours, _ other: PostingHours) {
    let shared = one.shared(with: other)
    let sides = [HourMoments(one, without: shared), HourMoments(other, without: shared)]
    // In an order of its own, so that what is computed of it has the same bits whichever comes first.
    let isInOrder =
      sides[0].count != sides[1].count
      ? sides[0].count < sides[1].count : !sides[1].means.lexicographicallyPrecedes(sides[0].means)
    (self.one, self.other) = isInOrder ? (sides[0], sides[1]) : (sides[1], sides[0])
  }

  /// Whether both have enough to be judged by.
  var isEnough: Bool { min(one.count, other.count) >= HourModel.fewestHours }
}
