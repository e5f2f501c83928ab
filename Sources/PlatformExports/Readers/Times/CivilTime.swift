public import AccountModel
internal import Columns

/// Dates and times of day as microseconds; no zone, no locale.
public enum CivilTime {
  /// Microseconds of a day.
  public static let day: Int64 = 86_400_000_000

  /// Microseconds from 1970-01-01T00:00:00 of the same clock, or nil for a date or time that does not exist.
  ///
  /// Years 1...9999. Second 60 is a leap second and counts as the first of the next minute, as in POSIX.
  public static func microseconds(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
  ) -> Int64? {
    guard (1...9999).contains(year), GregorianCalendar.contains(year: year, month: month, day: day),
      (0...23).contains(hour), (0...59).contains(minute), (0...60).contains(second),
      (0..<1_000_000).contains(microsecond)
    else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    let days = Int64(GregorianCalendar.days(year: year, month: month, day: day))
    return days * Self.day + seconds * 1_000_000 + Int64(microsecond)
  }
}

extension ObservedTime {
  /// Whether readers may store it: a time, and within `plausible`.
  public var isPlausible: Bool { !isNone && Self.plausible.contains(microseconds) }
}
