internal import AccountModel
internal import Columns

/// Times as Google writes them.
enum GoogleTime {
  /// `2023-02-25 04:34:32 Z`, or one in words; nil for what is none or is not plausible.
  static func read(_ text: String) -> ObservedTime? { TimeText.plausibleISO8601(text) ?? words(text) }

  /// Words between a date and its time of day.
  private static let joints: Set<String> = [
    "at", "um", "à", "a", "á", "las", "la", "alle", "às", "om", "kl", "klo", "o", "de", "saat", "в",
  ]

  /// `Wednesday, January 4, 2023 at 10:59:50 AM UTC`, `Montag, 5. Juni 2023 um 10:11:12 UTC`.
  ///
  /// A word right before the clock or behind it that is not known may be a half of the day, and a time that is twelve
  /// hours out is worse than none.
  static func words(_ text: String) -> ObservedTime? {
    guard text.utf8.count <= 128 else { return nil }
    var tokens = text.split(whereSeparator: { $0.isWhitespace || $0 == "," }).map(String.init)
    guard let clock = tokens.firstIndex(where: { $0.contains(":") }) else { return nil }
    let joints = joints
    let before = tokens[..<clock].filter { !joints.contains($0.lowercased().trimmingDots) }
    guard let hour = clockReading(tokens[clock]), let date = date(before),
      clock == 0 || tokens[clock - 1].first?.isNumber ?? false
        || joints.contains(tokens[clock - 1].lowercased().trimmingDots)
    else { return nil }
    tokens.removeFirst(clock + 1)
    var reading = hour
    if let half = tokens.first?.lowercased().replacing(".", with: ""), half == "am" || half == "pm" {
      guard (1...12).contains(reading.hour) else { return nil }
      reading.hour = reading.hour % 12 + (half == "pm" ? 12 : 0)
      tokens.removeFirst()
    }
    guard
      let wall = CivilTime.microseconds(
        year: date.year, month: date.month, day: date.day, hour: reading.hour, minute: reading.minute,
        second: reading.second)
    else { return nil }
    if tokens.isEmpty {
      return TimeText.plausible(
        ObservedTime(microseconds: wall, zone: .unknown, precision: reading.precision))
    }
    var zone = tokens.joined(separator: " ")
    guard let offset = zone.withUTF8({ offset($0) }) else { return nil }
    return TimeText.plausible(
      ObservedTime(
        microseconds: wall - Int64(offset) * 60_000_000, zone: .known, precision: reading.precision))
  }

  private static func offset(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    var scan = ByteScan(bytes)
    guard let offset = scan.zoneOffset(mayBeShort: true), scan.isAtEnd else { return nil }
    return offset
  }

  private static func clockReading(_ text: String) -> ClockReading? {
    // `9:05:00`
    var text = text.prefix { $0 != ":" }.utf8.count == 1 ? "0" + text : text
    return text.withUTF8 { bytes in
      var scan = ByteScan(bytes)
      guard let reading = scan.clock(), scan.isAtEnd else { return nil }
      return reading
    }
  }

  /// A year of four digits, a day, and a month by its name; the weekday may look like a month (`mar.`) and stands first.
  private static func date(_ tokens: [String]) -> (year: Int, month: Int, day: Int)? {
    var years: [Int] = []
    var days: [Int] = []
    var months: [Int] = []
    for token in tokens.map(\.trimmingDots) {
      if token.utf8.allSatisfy(\.isDigit), let number = Int(token) {
        if token.utf8.count == 4 { years.append(number) } else { days.append(number) }
      } else if let month = MonthNames.month(of: token) {
        months.append(month)
      }
    }
    if months.count == 2, tokens.first.map({ MonthNames.month(of: $0.trimmingDots) != nil }) ?? false {
      months.removeFirst()
    }
    guard years.count == 1, days.count == 1, months.count == 1 else { return nil }
    return (years[0], months[0], days[0])
  }
}

extension String {
  /// The text without a full stop at its end.
  fileprivate var trimmingDots: String { hasSuffix(".") ? String(dropLast()) : self }
}
