public import AccountModel

/// Times written as text, parsed from bytes; no locale, no allocation.
public enum TimeText {
  /// An ISO 8601 or RFC 3339 time, alone in the bytes but for white space at either end.
  ///
  ///     2026-01-01                                   a day, zone unknown
  ///     2026-01-01T10:00  2026-01-01 10:00:00        the wall clock, zone unknown
  ///     2026-01-01T10:00:00.123456Z                  an instant (fractions beyond microseconds are cut)
  ///     2026-01-01T10:00:00+01:00  …+0100  …+01      an instant
  ///     2026-01-01 10:00:00 UTC  … Z  … GMT          an instant
  ///
  /// - Returns: nil for anything else, and for dates and times that do not exist.
  public static func iso8601(_ bytes: UnsafeBufferPointer<UInt8>) -> ObservedTime? {
    var scan = ByteScan(bytes)
    scan.skipSpaces()
    guard let year = scan.digits(4), scan.take("-"), let month = scan.digits(2), scan.take("-"),
      let day = scan.digits(2)
    else { return nil }
    scan.skipSpacesAtEnd()
    if scan.isAtEnd {
      guard let time = CivilTime.microseconds(year: year, month: month, day: day) else { return nil }
      return ObservedTime(microseconds: time, zone: .unknown, precision: .day)
    }
    guard scan.take("T") || scan.take("t") || scan.take(" ") else { return nil }
    guard let clock = scan.clock(),
      let wall = CivilTime.microseconds(
        year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
        microsecond: clock.microsecond)
    else { return nil }
    scan.skipSpacesAtEnd()
    if scan.isAtEnd { return ObservedTime(microseconds: wall, zone: .unknown, precision: clock.precision) }
    guard let offset = scan.zoneOffset() else { return nil }
    scan.skipSpacesAtEnd()
    guard scan.isAtEnd else { return nil }
    return ObservedTime(
      microseconds: wall - Int64(offset) * 60_000_000, zone: .known, precision: clock.precision)
  }

  /// `iso8601` of a string.
  public static func iso8601(_ text: String) -> ObservedTime? {
    var text = text
    return text.withUTF8 { iso8601($0) }
  }
}

/// Time of day as written.
struct ClockReading {
  var hour: Int
  var minute: Int
  var second = 0
  var microsecond = 0
  var precision = TimePrecision.minute
}

/// A position in bytes, for small hand-written parsers.
struct ByteScan {
  let bytes: UnsafeBufferPointer<UInt8>
  var position = 0

  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }
  var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

  /// Passes over one ASCII character if it is there.
  mutating func take(_ wanted: Unicode.Scalar) -> Bool {
    guard position < bytes.count, bytes[position] == UInt8(ascii: wanted) else { return false }
    position += 1
    return true
  }

  /// Exactly `count` decimal digits.
  mutating func digits(_ count: Int) -> Int? {
    guard position + count <= bytes.count else { return nil }
    var value = 0
    for index in position..<position + count {
      let digit = Int(bytes[index]) - 0x30
      guard (0...9).contains(digit) else { return nil }
      value = value * 10 + digit
    }
    position += count
    return value
  }

  /// As many decimal digits as there are, at least one and at most `limit`; a longer run is none.
  mutating func number(limit: Int) -> (value: Int, digits: Int)? {
    var value = 0
    var end = position
    while end < bytes.count, bytes[end].isDigit {
      guard end - position < limit else { return nil }
      value = value * 10 + Int(bytes[end]) - 0x30
      end += 1
    }
    guard end > position else { return nil }
    let count = end - position
    position = end
    return (value, count)
  }

  mutating func skipSpaces() {
    while let byte, byte == 0x20 || byte == 0x09 { position += 1 }
  }

  /// Passes over white space only if nothing follows it.
  mutating func skipSpacesAtEnd() {
    var end = position
    while end < bytes.count, bytes[end] == 0x20 || bytes[end] == 0x09 { end += 1 }
    if end == bytes.count { position = end }
  }

  /// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.f…` (or a comma).
  mutating func clock() -> ClockReading? {
    guard let hour = digits(2), take(":"), let minute = digits(2) else { return nil }
    var reading = ClockReading(hour: hour, minute: minute)
    guard take(":") else { return reading }
    guard let second = digits(2) else { return nil }
    reading.second = second
    reading.precision = .second
    guard take(".") || take(",") else { return reading }
    var count = 0
    while let byte, byte.isDigit {
      if count < 6 { reading.microsecond = reading.microsecond * 10 + Int(byte) - 0x30 }
      count += 1
      position += 1
    }
    guard count > 0 else { return nil }
    for _ in min(count, 6)..<6 { reading.microsecond *= 10 }
    reading.precision = count <= 3 ? .millisecond : .microsecond
    return reading
  }

  /// `Z`, `UTC`, `GMT` or `±HH[[:]MM]` with an optional space before it: minutes east of UTC.
  ///
  /// - Parameter mayBeShort: whether `UTC+1`, `UTC+5:30` and `UTC +01` are zones as well, as reports on phones and returns
  ///   write them.
  mutating func zoneOffset(mayBeShort: Bool = false) -> Int? {
    _ = take(" ")
    if take("Z") || take("z") { return 0 }
    for name in ["UTC", "GMT"] where hasPrefix(name) {
      position += 3
      if mayBeShort, hasPrefix(" +") || hasPrefix(" -") { position += 1 }
      if isAtEnd || byte == 0x20 { return 0 }
      // `(UTC)`
      if mayBeShort, byte != UInt8(ascii: "+"), byte != UInt8(ascii: "-") { return 0 }
      return signedOffset(mayBeShort: mayBeShort)
    }
    return signedOffset(mayBeShort: mayBeShort)
  }

  private mutating func signedOffset(mayBeShort: Bool) -> Int? {
    let isWest: Bool
    if take("+") {
      isWest = false
    } else if take("-") {
      isWest = true
    } else {
      return nil
    }
    guard let hours = digits(2) ?? (mayBeShort ? digits(1) : nil), hours <= 18 else { return nil }
    var minutes = 0
    if take(":") {
      guard let written = digits(2) else { return nil }
      minutes = written
    } else if let written = digits(2) {
      minutes = written
    }
    guard minutes < 60 else { return nil }
    return (isWest ? -1 : 1) * (hours * 60 + minutes)
  }

  /// Whether ASCII text stands here, in this case.
  func hasPrefix(_ text: String) -> Bool {
    bytes.count - position >= text.utf8.count
      && UnsafeBufferPointer(rebasing: bytes[position..<position + text.utf8.count]).elementsEqual(text.utf8)
  }
}
