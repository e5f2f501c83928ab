/// The layout of an export's header lines; one export uses one, since the phone's locale makes it.
///
///     [20/06/2020, 00:08:11] Name: text        iOS: brackets
///     20/06/2020, 00:08 - Name: text           Android: a dash
struct WhatsAppLayout: Equatable {
  var isBracketed = false
  /// `/`, `.` or `-`.
  var dateSeparator: UInt8 = 0
  var hasSpacedDate = false
  var isYearFirst = false
  /// 2 or 4.
  var yearDigits: UInt8 = 4
  var hasComma = false
  /// `:` or `.`.
  var timeSeparator: UInt8 = 0
  var hasSeconds = false
  var hasDayHalf = false
}

/// A header line taken apart.
struct WhatsAppHeader {
  var layout = WhatsAppLayout()
  /// The three numbers of the date in the order in which they stand.
  var date = (0, 0, 0)
  var hour = 0
  var minute = 0
  var second = 0
  /// Whether the marker says afternoon; nil without a marker.
  var isAfternoon: Bool?
  /// Where the written date and time stand in the line.
  var written = 0..<0
  /// Where sender and text, or a system text, begin.
  var body = 0

  /// What a line is when held against the header's grammar.
  enum Scan {
    case header(WhatsAppHeader)
    /// The line ends inside what could have become a header.
    case unfinished
    case other
  }

  /// Holds a line against every layout's grammar.
  static func scan(_ line: UnsafeBufferPointer<UInt8>) -> Scan {
    var grammar = HeaderGrammar(scan: ByteScan(line))
    if let header = grammar.header() { return .header(header) }
    return grammar.ranOut ? .unfinished : .other
  }

  /// Microseconds of the wall clock under a date order; nil for a date or time that does not exist.
  func wall(_ order: ReaderOptions.DateOrder) -> Int64? {
    let (year, month, day) = Self.calendar(date, order)
    var hour = hour
    if let isAfternoon {
      // "00:08 a. m." and "13:05 PM" occur: a marker beside a 24-hour time that agrees with it.
      if isAfternoon, hour < 12 { hour += 12 }
      if !isAfternoon, hour == 12 { hour = 0 }
      if !isAfternoon, hour > 12 { return nil }
    }
    return CivilTime.microseconds(
      year: layout.yearDigits == 2 ? 2000 + year : year, month: month, day: day, hour: hour, minute: minute,
      second: second)
  }

  /// Year, month and day of three numbers under an order.
  static func calendar(_ date: (Int, Int, Int), _ order: ReaderOptions.DateOrder) -> (Int, Int, Int) {
    switch order {
    case .dayMonthYear: (date.2, date.1, date.0)
    case .monthDayYear: (date.2, date.0, date.1)
    case .yearMonthDay: (date.0, date.1, date.2)
    }
  }
}

/// The grammar of header lines, over bytes.
private struct HeaderGrammar {
  var scan: ByteScan
  /// Whether the last failure was the end of the line.
  var ranOut = false
  private var endsInDayHalf = false

  init(scan: ByteScan) { self.scan = scan }

  mutating func header() -> WhatsAppHeader? {
    var header = WhatsAppHeader()
    skipMarks()
    if scan.take("[") { header.layout.isBracketed = true }
    skipMarks()
    let start = scan.position
    guard date(&header), time(&header) else { return nil }
    header.written = start..<scan.position
    return ending(&header) ? header : nil
  }

  /// `d{1,4} sep d{1,2} sep d{1,4}`, with a space after each separator in some locales.
  private mutating func date(_ header: inout WhatsAppHeader) -> Bool {
    guard let first = number(limit: 4), let separator = next(), "/.-".utf8.contains(separator) else {
      return false
    }
    header.layout.dateSeparator = separator
    header.layout.hasSpacedDate = scan.take(" ")
    guard let second = number(limit: 2), let again = next(), again == separator else { return false }
    if header.layout.hasSpacedDate, !scan.take(" ") { return fail() }
    guard let third = number(limit: 4) else { return false }
    if header.layout.hasSpacedDate, separator == UInt8(ascii: ".") { _ = scan.take(".") }
    header.date = (first.value, second.value, third.value)
    switch (first.digits, third.digits) {
    case (4, 1...2): header.layout.isYearFirst = true
    case (1...2, 4): break
    case (1...2, 1...2): header.layout.yearDigits = 2
    default: return fail()
    }
    return true
  }

  private mutating func time(_ header: inout WhatsAppHeader) -> Bool {
    header.layout.hasComma = scan.take(",")
    guard space() else { return fail() }
    guard let hour = number(limit: 2), let separator = next(), ":.".utf8.contains(separator),
      let minute = pair()
    else { return false }
    header.layout.timeSeparator = separator
    (header.hour, header.minute) = (hour.value, minute)
    if scan.byte == separator {
      scan.position += 1
      guard let second = pair() else { return false }
      header.second = second
      header.layout.hasSeconds = true
    }
    header.isAfternoon = dayHalf()
    header.layout.hasDayHalf = header.isAfternoon != nil
    return true
  }

  /// `AM`, `pm`, `a.m.`, `p. m.`, after any of the spaces that locales use.
  private mutating func dayHalf() -> Bool? {
    let start = scan.position
    _ = space()
    guard let letter = scan.byte.map({ $0 | 0x20 }),
      letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p")
    else {
      scan.position = start
      return nil
    }
    scan.position += 1
    if scan.take(".") { _ = space() }
    guard let other = scan.byte, other | 0x20 == UInt8(ascii: "m") else {
      endsInDayHalf = isAtEnd
      scan.position = start
      return nil
    }
    scan.position += 1
    _ = scan.take(".")
    return letter == UInt8(ascii: "p")
  }

  /// `] ` or ` - ` (an en-dash in some locales), and direction marks before the body.
  private mutating func ending(_ header: inout WhatsAppHeader) -> Bool {
    if header.layout.isBracketed {
      guard scan.take("]") else { return fail() }
      guard space() else { return fail() }
    } else {
      guard space() else { return fail() }
      if !scan.take("-") {
        guard take(0xE2, 0x80, 0x93) || take(0xE2, 0x80, 0x94) else { return fail() }
      }
      guard space() else { return fail() }
    }
    skipMarks()
    header.body = scan.position
    return true
  }

  private mutating func fail() -> Bool {
    ranOut = isAtEnd || endsInDayHalf
    return false
  }

  private mutating func next() -> UInt8? {
    guard let byte = scan.byte else {
      ranOut = true
      return nil
    }
    scan.position += 1
    return byte
  }

  private mutating func number(limit: Int) -> (value: Int, digits: Int)? {
    let found = scan.number(limit: limit)
    if found == nil { ranOut = isAtEnd }
    return found
  }

  /// Two digits.
  private mutating func pair() -> Int? {
    guard let found = number(limit: 2) else { return nil }
    if found.digits == 2 { return found.value }
    ranOut = isAtEnd
    return nil
  }

  /// Whether nothing more stands here, or only the beginning of a character that the source cut.
  private var isAtEnd: Bool {
    let rest = UnsafeBufferPointer(rebasing: scan.bytes[scan.position...])
    return rest.isEmpty || ValidUTF8.unfinishedTail(rest) == rest.count
  }

  /// One or more spaces: ASCII, U+00A0, U+2009, U+202F.
  private mutating func space() -> Bool {
    let start = scan.position
    while scan.take(" ") || take(0xC2, 0xA0) || take(0xE2, 0x80, 0xAF) || take(0xE2, 0x80, 0x89) {}
    return scan.position > start
  }

  private mutating func skipMarks() {
    while true {
      let count = DirectionMarks.length(scan.bytes, at: scan.position)
      if count == 0 { return }
      scan.position += count
    }
  }

  private mutating func take(_ bytes: UInt8...) -> Bool {
    let end = scan.position + bytes.count
    guard end <= scan.bytes.count, scan.bytes[scan.position..<end].elementsEqual(bytes) else { return false }
    scan.position = end
    return true
  }
}
