/// The layout of an export's header lines; one export uses one, since the phone's locale makes it.
///
///     [20/06/2020, 00:08:11] Name: text        iOS: brackets
///     20/06/2020, 00:08 - Name: text           Android: a dash
///     20/06/2012 00:08:11: Name: text          iOS before it had brackets
///     00:08, 20/06/2020 - Name: text           Vietnamese
struct WhatsAppLayout: Equatable {
  var isBracketed = false
  /// Whether a colon stands where others have a bracket or a dash.
  var endsInColon = false
  var isTimeFirst = false
  /// `/`, `.` or `-`.
  var dateSeparator: UInt8 = 0
  var hasSpacedDate = false
  var isYearFirst = false
  /// 2 or 4.
  var yearDigits: UInt8 = 4
  var hasComma = false
  /// What some locales write between date and time (`um`, `à`, `klo`, `a las`); empty in most.
  var joiner = ""
  /// `:`, `.` or `h`.
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

  /// Holds a line against every layout's grammar, or against those that are like one in the order of time and date and
  /// in what ends a head.
  static func scan(_ line: UnsafeBufferPointer<UInt8>, as layout: WhatsAppLayout? = nil) -> Scan {
    var grammar = WhatsAppHeaderGrammar(scan: ByteScan(line), known: layout)
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
