internal import AccountModel
internal import Columns

/// The times of JSON exports: nil whenever one cannot be read or is not plausible.
extension TimeText {
  /// Seconds since 1970 in UTC.
  static func epoch(seconds: Int64) -> ObservedTime? {
    let (microseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow
      ? nil : plausible(ObservedTime(microseconds: microseconds, zone: .known, precision: .second))
  }

  /// Milliseconds since 1970 in UTC.
  static func epoch(milliseconds: Int64) -> ObservedTime? {
    let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
    return overflow
      ? nil : plausible(ObservedTime(microseconds: microseconds, zone: .known, precision: .millisecond))
  }

  /// `iso8601`, when it is plausible.
  static func plausibleISO8601(_ text: String) -> ObservedTime? { plausible(iso8601(text)) }

  /// A time, when there is one and it is plausible.
  static func plausible(_ time: ObservedTime?) -> ObservedTime? { time.flatMap { $0.isPlausible ? $0 : nil } }

  /// X's own: `Sun Apr 02 08:04:52 +0000 2023`, or with `UTC` for the zone, as older returns of Snapchat have it.
  static func x(_ text: String) -> ObservedTime? {
    var text = text
    return text.withUTF8 { bytes in
      guard (28...30).contains(bytes.count), bytes[3] == 0x20,
        let month = MonthNames.month(of: String(decoding: bytes[4..<7], as: UTF8.self))
      else { return nil }
      var scan = ByteScan(bytes)
      scan.position = 7
      guard scan.take(" "), let day = scan.digits(2), scan.take(" "), let clock = scan.clock(),
        clock.precision == .second, let offset = scan.zoneOffset(), scan.take(" "),
        let year = scan.digits(4), scan.isAtEnd,
        let wall = CivilTime.microseconds(
          year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
          second: clock.second)
      else { return nil }
      return plausible(
        ObservedTime(microseconds: wall - Int64(offset) * 60_000_000, zone: .known, precision: .second))
    }
  }
}
