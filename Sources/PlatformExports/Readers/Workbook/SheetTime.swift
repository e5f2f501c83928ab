internal import AccountModel
internal import Columns

/// A date, a time of day or both, as a cell holds it: exactly, and without a zone unless it is written with one.
struct SheetTime {
  /// Nil for a time of day alone.
  let date: ObservedTime?
  /// Microseconds since midnight; a whole day for the end of one.
  let clock: Int64
  let precision: TimePrecision

  private static let day = CivilTime.day
  /// The number of 10000-01-01.
  private static let end = 2_958_466.0

  /// What a number is under a format that shows dates or times, with its text; nil for a number that is none.
  ///
  /// Days are counted from 1899-12-30 for dates from March 1900 on. Those before are one less, as the first spreadsheets
  /// took 1900 for a leap year and gave the 29th of February, which was not, the number 60. The other system counts from
  /// 1904-01-01.
  static func reading(
    _ number: Double, _ format: NumberFormat, is1904: Bool
  ) -> (time: SheetTime?, text: String)? {
    guard number >= 0, number < end else { return nil }
    // Programs write 15 digits or 17 of what is a fraction of a day: the rest is noise.
    let unit: Int64 = format.hasFraction ? 1000 : 1_000_000
    let total = Int64((number * Double(day / unit)).rounded()) * unit
    let clock = total % day
    var days = total / day
    if format.isElapsed {
      let text = "\(total / 3_600_000_000)" + clockText(clock, .second).dropFirst(2)
      return (total < day ? SheetTime(date: nil, clock: clock, precision: .second) : nil, text)
    }
    // A time of day that rounding fills up ends the day of its date.
    if number < 1, days == 1, !format.hasDate {
      return (SheetTime(date: nil, clock: day, precision: .second), clockText(day, .second))
    }
    let precision = precision(clock, format)
    if days == 0, !is1904 || !format.hasDate {
      guard format.hasClock || clock > 0 else { return nil }
      let shown = precision == .day ? TimePrecision.second : precision
      return (SheetTime(date: nil, clock: clock, precision: shown), clockText(clock, shown))
    }
    if is1904 {
      days += 1462
    } else if days == 60 {
      return (nil, "1900-02-29")
    } else if days < 60 {
      days += 1
    }
    let microseconds = (days - 25_569) * day + clock
    let date = ObservedTime(microseconds: microseconds, zone: .unknown, precision: precision)
    let time = SheetTime(date: date, clock: clock, precision: precision)
    return (time, dateText(days - 25_569) + (precision == .day ? "" : " " + clockText(clock, precision)))
  }

  /// A time that is written out (ISO 8601).
  static func written(_ time: ObservedTime) -> SheetTime {
    let clock = ((time.microseconds % day) + day) % day
    return SheetTime(date: time, clock: clock, precision: time.precision)
  }

  private static func precision(_ clock: Int64, _ format: NumberFormat) -> TimePrecision {
    if clock % 1_000_000 != 0 { return .millisecond }
    if !format.hasClock { return clock == 0 ? .day : .second }
    return format.hasSeconds || clock % 60_000_000 != 0 ? .second : .minute
  }

  // MARK: Two cells

  /// The date of one cell with the time of day of another.
  func joined(to other: SheetTime) -> ObservedTime? {
    guard let date else { return nil }
    return ObservedTime(
      microseconds: date.microseconds - clock + other.clock, zone: date.zone,
      precision: other.precision == .day ? .minute : other.precision)
  }

  /// The date of a cell with a time of day that another writes out; nil when that cannot be read.
  func joined(to text: String) -> ObservedTime? {
    guard let date else { return nil }
    var text = "\(Self.dateText((date.microseconds - clock) / Self.day)) \(text)"
    for pattern in Self.patterns {
      if let time = text.withUTF8({ pattern.read($0)?.time(order: nil) }) { return time }
    }
    return nil
  }

  private static let patterns = [
    "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss.SSS", "yyyy-MM-dd hh:mm:ss a",
    "yyyy-MM-dd hh:mm a", "yyyy-MM-dd HH:mm:ss z", "yyyy-MM-dd HH:mm z", "yyyy-MM-dd HH:mm:ssz",
  ].compactMap { TimePattern($0) }

  /// The time of day in the ways in which a mapping's pattern may want it.
  var clockTexts: [String] {
    // No pattern reads the end of a day, and twelve in the afternoon it is not.
    if clock == Self.day { return [] }
    let half = clock / 3_600_000_000 >= 12 ? "PM" : "AM"
    let hour = (clock / 3_600_000_000 + 11) % 12 + 1
    let seconds = Self.clockText(clock, .second)
    return [
      Self.clockText(clock, .millisecond), seconds, Self.clockText(clock, .minute),
      "\(hour)\(seconds.dropFirst(2)) \(half)", "\(hour)\(seconds.dropFirst(2).dropLast(3)) \(half)",
    ]
  }

  // MARK: Text

  private static func padded(_ number: some BinaryInteger, _ width: Int) -> String {
    let text = "\(number)"
    return String(repeating: "0", count: max(width - text.utf8.count, 0)) + text
  }

  private static func clockText(_ clock: Int64, _ precision: TimePrecision) -> String {
    let seconds = clock / 1_000_000
    var text = padded(seconds / 3600, 2) + ":" + padded(seconds / 60 % 60, 2)
    if precision >= .second { text += ":" + padded(seconds % 60, 2) }
    if precision >= .millisecond { text += "." + padded(clock / 1000 % 1000, 3) }
    return text
  }

  /// Days since 1970 as `yyyy-MM-dd`.
  private static func dateText(_ days: Int64) -> String {
    let (year, month, day) = GregorianCalendar.date(days: Int(days))
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

extension TimePrecision {
  fileprivate static func >= (left: Self, right: Self) -> Bool { left.rawValue >= right.rawValue }
}
