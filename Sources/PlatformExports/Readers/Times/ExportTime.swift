internal import AccountModel
internal import Foundation

/// Times as JSON exports write them; nil whenever one cannot be read or is not plausible.
enum ExportTime {
  /// Seconds since 1970 in UTC.
  static func epoch(seconds: Int64) -> ObservedTime? {
    let (microseconds, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000)
    return overflow ? nil : plausible(microseconds, .known, .second)
  }

  /// Milliseconds since 1970 in UTC.
  static func epoch(milliseconds: Int64) -> ObservedTime? {
    let (microseconds, overflow) = milliseconds.multipliedReportingOverflow(by: 1000)
    return overflow ? nil : plausible(microseconds, .known, .millisecond)
  }

  /// ISO 8601 as exports write it: `2018-12-05T10:39:10`, with a blank for the `T`, a fraction, and a zone as
  /// `Z`, `+01:00`, `+0100` or ` UTC`. Without a zone the time is the wall clock's, or an instant under the
  /// assumption that it was written in `zone`.
  static func iso8601(_ bytes: UnsafeBufferPointer<UInt8>, zone: TimeZone? = nil) -> ObservedTime? {
    var scanner = Digits(bytes)
    guard let year = scanner.number(4), scanner.skip("-"), let month = scanner.number(2), scanner.skip("-"),
      let day = scanner.number(2), let days = days(year, month, day)
    else { return nil }
    guard !scanner.atEnd else {
      return wallClock(days * 86_400_000_000, .day, zone)
    }
    guard scanner.skip("T") || scanner.skip(" "), let hour = scanner.number(2), scanner.skip(":"),
      let minute = scanner.number(2), hour < 24, minute < 60
    else { return nil }
    var precision = TimePrecision.minute
    var second = 0
    var fraction = 0
    if scanner.skip(":") {
      guard let value = scanner.number(2), value <= 60 else { return nil }
      second = value
      precision = .second
      if scanner.skip(".") {
        guard let value = scanner.fraction() else { return nil }
        fraction = value.microseconds
        precision = value.digits <= 3 ? .millisecond : .microsecond
      }
    }
    let wall = days * 86_400_000_000 + (hour * 3600 + minute * 60 + second) * 1_000_000 + fraction
    if scanner.atEnd { return wallClock(wall, precision, zone) }
    _ = scanner.skip(" ")
    if scanner.skip("Z") || (scanner.skip("U") && scanner.skip("T") && scanner.skip("C")) {
      return scanner.atEnd ? plausible(Int64(wall), .known, precision) : nil
    }
    guard let offset = scanner.offset(), scanner.atEnd else { return nil }
    return plausible(Int64(wall - offset * 60_000_000), .known, precision)
  }

  /// X's own: `Sun Apr 02 08:04:52 +0000 2023`.
  static func x(_ bytes: UnsafeBufferPointer<UInt8>) -> ObservedTime? {
    guard bytes.count == 30 else { return nil }
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
    guard let month = months.firstIndex(where: { bytes[4..<7].elementsEqual($0.utf8) }) else { return nil }
    var scanner = Digits(UnsafeBufferPointer(rebasing: bytes[7...]))
    guard bytes[3] == 0x20, scanner.skip(" "), let day = scanner.number(2), scanner.skip(" "),
      let hour = scanner.number(2), scanner.skip(":"), let minute = scanner.number(2), scanner.skip(":"),
      let second = scanner.number(2), hour < 24, minute < 60, second <= 60, scanner.skip(" "),
      let offset = scanner.offset(), scanner.skip(" "), let year = scanner.number(4), scanner.atEnd,
      let days = days(year, month + 1, day)
    else { return nil }
    let seconds = days * 86400 + hour * 3600 + (minute - offset) * 60 + second
    return plausible(Int64(seconds) * 1_000_000, .known, .second)
  }

  /// The bytes of a string, read by `parse`.
  static func of(_ text: String, _ parse: (UnsafeBufferPointer<UInt8>) -> ObservedTime?) -> ObservedTime? {
    var text = text
    return text.withUTF8 { parse($0) }
  }

  private static func plausible(
    _ microseconds: Int64, _ zone: ZoneKnowledge, _ precision: TimePrecision
  ) -> ObservedTime? {
    guard ObservedTime.plausible.contains(microseconds) else { return nil }
    return ObservedTime(microseconds: microseconds, zone: zone, precision: precision)
  }

  private static func wallClock(_ wall: Int, _ precision: TimePrecision, _ zone: TimeZone?) -> ObservedTime? {
    guard let zone, precision != .day else { return plausible(Int64(wall), .unknown, precision) }
    // Where a clock is put back a wall time comes twice: the earlier is taken. Where it is put forward some
    // never come: the offset from before applies.
    let guess = Date(timeIntervalSince1970: Double(wall) / 1e6)
    let before = zone.secondsFromGMT(for: guess.addingTimeInterval(-86400))
    let after = zone.secondsFromGMT(for: guess.addingTimeInterval(86400))
    let fitting = [before, after].filter {
      zone.secondsFromGMT(for: guess.addingTimeInterval(-Double($0))) == $0
    }
    return plausible(Int64(wall - (fitting.max() ?? before) * 1_000_000), .assumed, precision)
  }

  /// Days from 1970-01-01 in the Gregorian calendar, or nil for a date that does not exist.
  /// Source: H. Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil.
  private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int? {
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard (1...12).contains(month), (1...lengths[month - 1]).contains(day) else { return nil }
    let y = month <= 2 ? year - 1 : year
    let era = (y >= 0 ? y : y - 399) / 400
    let yearOfEra = y - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}

/// Digits and marks in a row of bytes.
private struct Digits {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var atEnd: Bool { position == bytes.count }

  mutating func skip(_ mark: Unicode.Scalar) -> Bool {
    guard position < bytes.count, UInt32(bytes[position]) == mark.value else { return false }
    position += 1
    return true
  }

  mutating func number(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for byte in bytes[position..<position + count] {
      guard (0x30...0x39).contains(byte) else { return nil }
      value = value * 10 + Int(byte - 0x30)
    }
    position += count
    return value
  }

  mutating func fraction() -> (microseconds: Int, digits: Int)? {
    var value = 0
    var digits = 0
    while position < bytes.count, (0x30...0x39).contains(bytes[position]) {
      if digits < 6 { value = value * 10 + Int(bytes[position] - 0x30) }
      digits += 1
      position += 1
    }
    guard digits > 0 else { return nil }
    for _ in min(digits, 6)..<6 { value *= 10 }
    return (value, digits)
  }

  /// Minutes east of Greenwich from `+01:00` or `+0100`.
  mutating func offset() -> Int? {
    let isEast = skip("+")
    guard isEast || skip("-"), let hours = number(2) else { return nil }
    _ = skip(":")
    guard let minutes = number(2), hours < 24, minutes < 60 else { return nil }
    return (isEast ? 1 : -1) * (hours * 60 + minutes)
  }
}
