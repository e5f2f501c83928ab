internal import AccountModel

/// Times of Telegram's exports.
enum TelegramTime {
  /// The first day on which anybody used Telegram, 2013-08-14, in microseconds since 1970.
  static let launch: Int64 = 1_376_438_400_000_000

  /// The time of a page: `26.05.2021 18:03:43 UTC+03:00`, without a zone before 2022 and in lists.
  ///
  /// - Returns: nil for anything else; the time may be implausible.
  static func written(_ bytes: UnsafeBufferPointer<UInt8>) -> ObservedTime? {
    var scan = ByteScan(bytes.trimmed)
    guard let day = scan.digits(2), scan.take("."), let month = scan.digits(2), scan.take("."),
      let year = scan.digits(4), scan.take(" "), let clock = scan.clock(),
      let wall = CivilTime.microseconds(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
        microsecond: clock.microsecond)
    else { return nil }
    if scan.isAtEnd { return ObservedTime(microseconds: wall, zone: .unknown, precision: clock.precision) }
    guard let offset = scan.zoneOffset(), scan.isAtEnd else { return nil }
    return ObservedTime(
      microseconds: wall - Int64(offset) * 60_000_000, zone: .known, precision: clock.precision)
  }

  /// As `written` of bytes.
  static func written(_ text: String) -> ObservedTime? {
    var text = text
    return text.withUTF8 { written($0) }
  }
}
