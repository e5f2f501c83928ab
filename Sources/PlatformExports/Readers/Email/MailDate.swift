public import AccountModel
internal import Columns

/// A date as mail headers write it (RFC 5322, 3.3 and 4.3), with the offset if one was written.
///
/// Lenient about order, comments, missing week days, clocks of twelve hours, colons in offsets and the language of
/// months, as mail is; never about what is not there: without a day, month, year and hour there is no date, and without an offset the zone stays
/// unknown. Two-digit years are read by RFC 5322, 4.3. `EST` to `PDT` are the only zone names that mean something in mail besides
/// `UT`, `UTC` and `GMT`; any other leaves the zone unknown.
public struct MailDate: Hashable, Sendable {
  /// The year, four digits.
  public var year: Int
  /// From 1.
  public var month: Int
  /// From 1.
  public var day: Int
  /// From 0 to 23.
  public var hour: Int
  /// From 0 to 59.
  public var minute: Int
  /// From 0 to 60.
  public var second: Int
  /// Minutes east of UTC, when the zone is known.
  public var offsetMinutes: Int?

  /// Reads a header's value; nil when it holds no date.
  public init?(_ text: String) {
    guard let words = Self.words(text) else { return nil }
    var day: Int?
    var month: Int?
    var year: Int?
    var time: (Int, Int, Int)?
    var offset: Int?
    var hasZone = false
    var isMonthBeforeDay = false
    var isAfternoon: Bool?
    for word in words {
      if word.utf8.contains(UInt8(ascii: ":")), word.first?.isNumber == true {
        if time == nil { time = Self.clock(word) }
      } else if let clock = time, isAfternoon == nil, (1...12).contains(clock.0), let half = Self.half(word) {
        isAfternoon = half
        time = (clock.0 % 12 + (half ? 12 : 0), clock.1, clock.2)
      } else if time != nil, !hasZone, let found = Self.zone(word) {
        hasZone = true
        offset = found
      } else if let number = Self.number(word) {
        if day == nil, (1...31).contains(number), word.utf8.count <= 2 {
          day = number
        } else if month == nil, day != nil, (1...12).contains(number), word.utf8.count <= 2, time == nil {
          month = number
        } else if year == nil, month != nil, word.utf8.count >= 2, word.utf8.count <= 4 {
          year = Self.fullYear(number, digits: word.utf8.count)
        } else if year == nil {
          return nil
        }
      } else if month == nil || (isMonthBeforeDay && day != nil && year == nil), let found = Self.month(word)
      {
        // Mar is March, and Tuesday in French, Italian and Spanish: what stands behind the day is the month.
        month = found
        isMonthBeforeDay = day == nil
      }
    }
    guard let day, let month, let year, let time,
      GregorianCalendar.contains(year: year, month: month, day: day)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
    (hour, minute, second) = time
    offsetMinutes = offset
  }

  /// The instant, or the wall clock's time when the zone is not known.
  public var time: ObservedTime {
    let days = GregorianCalendar.days(year: year, month: month, day: day)
    let seconds = Int64(days * 86_400 + hour * 3600 + minute * 60 + second - (offsetMinutes ?? 0) * 60)
    return ObservedTime(
      microseconds: seconds * 1_000_000, zone: offsetMinutes == nil ? .unknown : .known, precision: .second)
  }

  // MARK: Words

  /// What stands outside comments, split at white space, commas and the dashes of `21-Nov-1997`; nil when a
  /// comment does not end.
  private static func words(_ text: String) -> [Substring]? {
    var plain: [UInt8] = []
    var depth = 0
    var isEscaped = false
    for byte in text.utf8.prefix(1024) {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case UInt8(ascii: "\\"): isEscaped = true
      case UInt8(ascii: "("):
        depth += 1
        plain.append(0x20)
      case UInt8(ascii: ")"): if depth > 0 { depth -= 1 }
      case UInt8(ascii: ","), 0x09, 0x0A, 0x0D: if depth == 0 { plain.append(0x20) }
      default: if depth == 0 { plain.append(byte) }
      }
    }
    guard depth == 0 else { return nil }
    return String(decoding: plain, as: UTF8.self).split(separator: " ").flatMap { word in
      let parts = word.split(separator: "-", omittingEmptySubsequences: false)
      return parts.count == 3 && Self.month(parts[1]) != nil ? parts : [word]
    }
  }

  private static func number(_ word: Substring) -> Int? {
    guard !word.isEmpty, word.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }), word.utf8.count <= 6 else {
      return nil
    }
    return Int(word)
  }

  /// The month of a name, with or without a full stop behind it.
  private static func month(_ word: Substring) -> Int? {
    MonthNames.month(of: word.last == "." ? word.dropLast() : word)
  }

  private static func clock(_ word: Substring) -> (Int, Int, Int)? {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2 || parts.count == 3, let hour = number(parts[0]), let minute = number(parts[1])
    else { return nil }
    // A fraction of a second is cut off.
    let second = parts.count == 3 ? number(parts[2].prefix { $0 != "." }) : 0
    guard let second, hour < 24, minute < 60, second <= 60 else { return nil }
    return (hour, minute, second)
  }

  private static let zones: [String: Int] = [
    "ut": 0, "utc": 0, "gmt": 0, "z": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300, "mst": -420,
    "mdt": -360, "pst": -480, "pdt": -420,
  ]

  /// Whether a word says that an hour of twelve is of the afternoon; nil when it is none that does.
  private static func half(_ word: Substring) -> Bool? {
    switch word.lowercased() {
    case "am", "a.m.": false
    case "pm", "p.m.": true
    default: nil
    }
  }

  /// Minutes east of UTC; nil inside when the word is a zone that says nothing; nil when it is no zone.
  private static func zone(_ word: Substring) -> Int?? {
    guard let first = word.utf8.first else { return nil }
    if first == UInt8(ascii: "+") || first == UInt8(ascii: "-") {
      guard let minutes = offset(word) else { return nil }
      return .some(minutes)
    }
    guard (first | 0x20) >= 0x61, (first | 0x20) <= 0x7A else { return nil }
    let lowered = word.lowercased()
    // "GMT+0100", as browsers write.
    if lowered.hasPrefix("gmt") || lowered.hasPrefix("utc"), word.utf8.count > 3 {
      return .some(offset(word.dropFirst(3)))
    }
    return .some(zones[lowered])
  }

  /// Minutes east of UTC of `+0100` or `+01:00`; nil when a word is neither.
  private static func offset(_ word: Substring) -> Int? {
    let parts = word.dropFirst().split(separator: ":", omittingEmptySubsequences: false)
    guard let sign = word.first, sign == "+" || sign == "-", parts.allSatisfy({ number($0) != nil }),
      parts.map(\.utf8.count) == [4] || parts.map(\.utf8.count) == [2, 2],
      let digits = number(Substring(parts.joined())), digits % 100 < 60, digits <= 1400
    else { return nil }
    let minutes = digits / 100 * 60 + digits % 100
    return sign == "-" ? -minutes : minutes
  }

  private static func fullYear(_ number: Int, digits: Int) -> Int {
    switch digits {
    case 2: number < 50 ? 2000 + number : 1900 + number
    case 3: 1900 + number
    default: number
    }
  }
}
