internal import AccountModel
internal import Columns

/// A written form of times: letters stand for numbers, everything else for itself.
///
///     yyyy yy   year (yy is 20yy)          HH H   hour 0...23        mm   minute
///     MM M      month                      hh h   hour 1...12        ss   second
///     MMM       month (Jan, July, août)    a      AM, p.m.           S…   fraction of a second
///     dd d      day                        z      Z, UTC, +01:00, UTC+1
///     EEE       day of the week, passed over
///     xx x      day or month: the dates of the whole column decide which comes first
///
/// A space stands for one or more, of whatever width: programs write U+202F or U+00A0 before AM and PM. Months by name
/// may be in any language of `MonthNames`, with a full stop behind what is abbreviated. Day, month and hour may have one
/// digit or two.
public struct TimePattern: Sendable, Hashable {
  enum Element: Sendable, Hashable {
    case year(digits: Int), month, monthName, day, dayOrMonth, weekday, hour, hourOfHalf, minute, second,
      fraction,
      half,
      zone, space
    case literal(UInt8)
  }

  let elements: [Element]
  /// Whether the order of day and month is left to the column.
  public var leavesOrderOpen: Bool { elements.contains(.dayOrMonth) }

  /// Whether it has day and month as numbers and says which is which.
  var fixesOrder: Bool { elements.contains(.day) && elements.contains(.month) }

  /// Reads a pattern; nil when it is none or does not give a whole date.
  public init?(_ text: String) {
    var elements: [Element] = []
    var rest = Array(text.utf8)[...]
    while let letter = rest.first {
      let run = rest.prefix { $0 == letter }.count
      let isLetter = (0x41...0x5A).contains(letter) || (0x61...0x7A).contains(letter)
      let length = isLetter || letter == 0x20 ? run : 1
      rest = rest.dropFirst(length)
      switch (letter, length) {
      case (UInt8(ascii: "y"), 4): elements.append(.year(digits: 4))
      case (UInt8(ascii: "y"), 2): elements.append(.year(digits: 2))
      case (UInt8(ascii: "M"), 1...2): elements.append(.month)
      case (UInt8(ascii: "M"), 3...4): elements.append(.monthName)
      case (UInt8(ascii: "d"), 1...2): elements.append(.day)
      case (UInt8(ascii: "x"), 1...2): elements.append(.dayOrMonth)
      case (UInt8(ascii: "E"), 1...4): elements.append(.weekday)
      case (UInt8(ascii: "H"), 1...2): elements.append(.hour)
      case (UInt8(ascii: "h"), 1...2): elements.append(.hourOfHalf)
      case (UInt8(ascii: "m"), 2): elements.append(.minute)
      case (UInt8(ascii: "s"), 2): elements.append(.second)
      case (UInt8(ascii: "S"), 1...9): elements.append(.fraction)
      case (UInt8(ascii: "a"), 1): elements.append(.half)
      case (UInt8(ascii: "z"), 1): elements.append(.zone)
      case (UInt8(ascii: "T"), 1): elements.append(.literal(letter))
      case (0x20, _): elements.append(.space)
      default:
        guard !isLetter else { return nil }
        elements.append(.literal(letter))
      }
    }
    func count(_ wanted: (Element) -> Bool) -> Int { elements.filter(wanted).count }
    let years = count { if case .year = $0 { true } else { false } }
    let months = count { $0 == .month || $0 == .monthName }
    let days = count { $0 == .day }
    let open = count { $0 == .dayOrMonth }
    let hours = count { $0 == .hour || $0 == .hourOfHalf }
    let isDate = years == 1 && ((months, days, open) == (1, 1, 0) || (months, days, open) == (0, 0, 2))
    let isClock = hours <= 1 && (count { $0 == .hourOfHalf }) == (count { $0 == .half })
    guard isDate, isClock, hours == 1 || !elements.contains(.minute) else { return nil }
    self.elements = elements
  }

  /// What a pattern found in a text.
  struct Reading {
    var year = 0
    var month = 0
    var day = 0
    /// The two numbers whose order is open.
    var open: [Int] = []
    var clock = ClockReading(hour: 0, minute: 0, precision: .day)
    var isAfternoon: Bool?
    /// Minutes east of UTC, when a zone was written.
    var offset: Int?

    /// The time, under the order of day and month where that is open; nil when it stays open, or for a time that does not
    /// exist.
    func time(order: ReaderOptions.DateOrder?) -> ObservedTime? {
      var (day, month) = (day, month)
      if open.count == 2 {
        guard let order else { return nil }
        (day, month) = order == .monthDayYear ? (open[1], open[0]) : (open[0], open[1])
      }
      guard
        let wall = CivilTime.microseconds(
          year: year, month: month, day: day, hour: clock.hour, minute: clock.minute, second: clock.second,
          microsecond: clock.microsecond)
      else { return nil }
      guard let offset else {
        return ObservedTime(microseconds: wall, zone: .unknown, precision: clock.precision)
      }
      return ObservedTime(
        microseconds: wall - Int64(offset) * 60_000_000, zone: .known, precision: clock.precision)
    }
  }

  /// Holds a text against the pattern; nil unless all of it fits.
  func read(_ bytes: UnsafeBufferPointer<UInt8>) -> Reading? {
    var scan = ByteScan(bytes.trimmed)
    var reading = Reading()
    for (position, element) in elements.enumerated() {
      guard take(element, &scan, &reading) else { return nil }
      // `13 juil. 2024`, beside `13 mai 2024` in the same column.
      let next = position + 1 < elements.count ? elements[position + 1] : nil
      if element == .monthName || element == .weekday, next != .literal(UInt8(ascii: ".")) {
        _ = scan.take(".")
      }
    }
    if let isAfternoon = reading.isAfternoon {
      guard reading.clock.hour <= 12 else { return nil }
      reading.clock.hour = reading.clock.hour % 12 + (isAfternoon ? 12 : 0)
    }
    return scan.isAtEnd ? reading : nil
  }

  private func take(_ element: Element, _ scan: inout ByteScan, _ reading: inout Reading) -> Bool {
    func number(_ limit: Int, into value: inout Int) -> Bool {
      guard let found = scan.number(limit: limit) else { return false }
      value = found.value
      return true
    }
    switch element {
    case .year(let digits):
      guard let year = scan.digits(digits) else { return false }
      reading.year = digits == 2 ? 2000 + year : year
      return true
    case .month: return number(2, into: &reading.month)
    case .day: return number(2, into: &reading.day)
    case .dayOrMonth:
      var value = 0
      guard number(2, into: &value) else { return false }
      reading.open.append(value)
      return true
    case .monthName: return monthName(&scan, &reading)
    case .weekday: return !Self.letters(&scan).isEmpty
    case .hour, .hourOfHalf:
      reading.clock.precision = .minute
      return number(2, into: &reading.clock.hour)
    case .minute:
      guard let minute = scan.digits(2) else { return false }
      reading.clock.minute = minute
      return true
    case .second:
      guard let second = scan.digits(2) else { return false }
      reading.clock.second = second
      reading.clock.precision = .second
      return true
    case .fraction: return fraction(&scan, &reading)
    case .half: return half(&scan, &reading)
    case .zone:
      reading.offset = scan.zoneOffset(mayBeShort: true)
      return reading.offset != nil
    case .space: return spaces(&scan)
    case .literal(let byte):
      guard scan.byte == byte else { return false }
      scan.position += 1
      return true
    }
  }

  /// One or more spaces.
  private func spaces(_ scan: inout ByteScan) -> Bool {
    let start = scan.position
    while true {
      let length = Self.space(scan)
      if length == 0 { return scan.position > start }
      scan.position += length
    }
  }

  /// Bytes of the space that stands here: ASCII, tab, U+00A0, U+2009 or U+202F; 0 when none does.
  private static func space(_ scan: ByteScan) -> Int {
    guard let byte = scan.byte else { return 0 }
    if byte == 0x20 || byte == 0x09 { return 1 }
    if byte < 0x80 { return 0 }
    for wide in ["\u{A0}", "\u{2009}", "\u{202F}"] where scan.hasPrefix(wide) { return wide.utf8.count }
    return 0
  }

  private func monthName(_ scan: inout ByteScan, _ reading: inout Reading) -> Bool {
    guard let month = MonthNames.month(of: String(decoding: Self.letters(&scan), as: UTF8.self)) else {
      return false
    }
    reading.month = month
    return true
  }

  /// Passes over letters and gives them.
  private static func letters(_ scan: inout ByteScan) -> [UInt8] {
    var letters: [UInt8] = []
    while let byte = scan.byte, byte >= 0x80 || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte),
      space(scan) == 0
    {
      letters.append(byte)
      scan.position += 1
    }
    return letters
  }

  private func fraction(_ scan: inout ByteScan, _ reading: inout Reading) -> Bool {
    var digits = 0
    while let byte = scan.byte, byte.isDigit {
      if digits < 6 { reading.clock.microsecond = reading.clock.microsecond * 10 + Int(byte) - 0x30 }
      digits += 1
      scan.position += 1
    }
    guard digits > 0 else { return false }
    for _ in min(digits, 6)..<6 { reading.clock.microsecond *= 10 }
    reading.clock.precision = digits <= 3 ? .millisecond : .microsecond
    return true
  }

  private func half(_ scan: inout ByteScan, _ reading: inout Reading) -> Bool {
    guard let letter = scan.byte.map({ $0 | 0x20 }),
      letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p")
    else { return false }
    scan.position += 1
    // `p. m.`, as Spanish writes it.
    if scan.take(".") { _ = spaces(&scan) }
    guard let other = scan.byte, other | 0x20 == UInt8(ascii: "m") else { return false }
    scan.position += 1
    _ = scan.take(".")
    reading.isAfternoon = letter == UInt8(ascii: "p")
    return true
  }
}
