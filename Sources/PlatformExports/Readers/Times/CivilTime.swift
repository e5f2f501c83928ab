public import AccountModel

/// Arithmetic of the proleptic Gregorian calendar on plain integers; no zone, no locale.
///
/// Method: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days from civil).
public enum CivilTime {
  /// Microseconds of a day.
  public static let day: Int64 = 86_400_000_000

  /// Days from 1970-01-01 to a date; the month is 1...12, the day may be any number.
  public static func days(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = Int64(month <= 2 ? year - 1 : year)
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The date that lies so many days behind 1970-01-01, for years 1...9999.
  static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    )
  }

  /// Days in a month; 0 for a month outside 1...12.
  public static func daysInMonth(year: Int, month: Int) -> Int {
    switch month {
    case 4, 6, 9, 11: 30
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 1...12: 31
    default: 0
    }
  }

  /// Microseconds from 1970-01-01T00:00:00 of the same clock, or nil for a date or time that does not exist.
  ///
  /// Years 1...9999. Second 60 is a leap second and counts as the first of the next minute, as in POSIX.
  public static func microseconds(
    year: Int, month: Int, day: Int, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0
  ) -> Int64? {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= daysInMonth(year: year, month: month), (0...23).contains(hour), (0...59).contains(minute),
      (0...60).contains(second), (0..<1_000_000).contains(microsecond)
    else { return nil }
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return days(year: year, month: month, day: day) * Self.day + seconds * 1_000_000 + Int64(microsecond)
  }
}

extension ObservedTime {
  /// Whether readers may store it: a time, and within `plausible`.
  public var isPlausible: Bool { !isNone && Self.plausible.contains(microseconds) }
}
