/// Instants in UTC, and the dates they fall on in London.
///
/// Summer time in the United Kingdom runs from 01:00 UTC of the last Sunday of March to 01:00 UTC of the last Sunday of
/// October (The Summer Time Order 2002, made permanent law since 1972 and harmonised from 1996 on). A change of that law
/// is a change of this file.
public enum LondonTime {
  private static let secondsOfDay: Int64 = 86_400

  /// The instants of the years 1 to 9999, in seconds since 1970 UTC: what can be written as a date.
  public static let instants: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

  /// An instant, or the nearest that can be written as a date.
  public static func clamped(_ instant: Int64) -> Int64 {
    min(max(instant, instants.lowerBound), instants.upperBound)
  }

  /// The date of an instant in London.
  ///
  /// - Parameter instant: seconds since 1970-01-01T00:00:00 UTC, from 1996 on.
  public static func date(of instant: Int64) -> CivilDate {
    let local = instant + (isSummer(instant) ? 3_600 : 0)
    return CivilDate(day: Int(floorDivide(local, secondsOfDay)))
  }

  /// The last second of a day in London, 23:59:59, in seconds since 1970 UTC.
  public static func end(of date: CivilDate) -> Int64 {
    let noon = Int64(date.day) * secondsOfDay + secondsOfDay / 2
    let end = Int64(date.day + 1) * secondsOfDay - 1
    // Clocks change at night, so that noon and the end of a day have one offset.
    return end - (isSummer(noon) ? 3_600 : 0)
  }

  /// Whether summer time is in force.
  public static func isSummer(_ instant: Int64) -> Bool {
    let year = CivilDate(day: Int(floorDivide(instant, secondsOfDay))).parts.year
    guard let begin = change(year, month: 3), let end = change(year, month: 10) else { return false }
    return instant >= begin && instant < end
  }

  /// 01:00 UTC of the last Sunday of a month of 31 days.
  private static func change(_ year: Int, month: Int) -> Int64? {
    guard let last = CivilDate(year: year, month: month, day: 31) else { return nil }
    let sunday = last.adding(-(last.weekday % 7))
    return Int64(sunday.day) * secondsOfDay + 3_600
  }

  private static func floorDivide(_ number: Int64, _ by: Int64) -> Int64 {
    let quotient = number / by
    return number % by < 0 ? quotient - 1 : quotient
  }
}
