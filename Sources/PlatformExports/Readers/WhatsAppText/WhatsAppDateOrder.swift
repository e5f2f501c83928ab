/// What the dates of a file say about the order of day, month and year.
///
/// A number over 12 cannot be a month; that alone decides. Nothing is guessed from a locale, and whether the
/// messages run forward in time is only told to the person in a refusal.
struct WhatsAppDateEvidence {
  private var dayFirst: (line: UInt32, text: String)?
  private var monthFirst: (line: UInt32, text: String)?
  private var yearFirst: (line: UInt32, text: String)?
  private var backward = (dayFirst: 0, monthFirst: 0)
  private var last = (dayFirst: Int64.min, monthFirst: Int64.min)
  private(set) var lines = 0

  /// Bytes read ahead for a deciding date before a file is refused as ambiguous; far more than the 40 000
  /// messages of an export.
  static let lookAheadLimit = 16 << 20

  /// The order a single header proves, if it proves one.
  static func proof(_ header: WhatsAppHeader) -> ReaderOptions.DateOrder? {
    let (first, second, third) = header.date
    if header.layout.isYearFirst { return second <= 12 ? .yearMonthDay : nil }
    if header.layout.yearDigits == 2, first > 31, second <= 12, (1...31).contains(third) {
      return .yearMonthDay
    }
    if (13...31).contains(first), (1...12).contains(second) { return .dayMonthYear }
    if (1...12).contains(first), (13...31).contains(second) { return .monthDayYear }
    return nil
  }

  mutating func add(_ header: WhatsAppHeader, line: UInt32, written: String) {
    lines += 1
    switch Self.proof(header) {
    case .dayMonthYear: if dayFirst == nil { dayFirst = (line, written) }
    case .monthDayYear: if monthFirst == nil { monthFirst = (line, written) }
    case .yearMonthDay: if yearFirst == nil { yearFirst = (line, written) }
    case nil: break
    }
    if let wall = header.wall(.dayMonthYear) {
      if wall < last.dayFirst { backward.dayFirst += 1 }
      last.dayFirst = wall
    }
    if let wall = header.wall(.monthDayYear) {
      if wall < last.monthFirst { backward.monthFirst += 1 }
      last.monthFirst = wall
    }
  }

  /// The order, once something decides.
  var decision: ReaderOptions.DateOrder? {
    if yearFirst != nil { return .yearMonthDay }
    if dayFirst != nil { return .dayMonthYear }
    return monthFirst == nil ? nil : .monthDayYear
  }

  /// The refusal of a file in which nothing decides.
  func ambiguous(place: String, isWhole: Bool) -> ExportRefusal {
    let scope = isWhole ? "of its \(lines) dated lines" : "of its first \(lines) dated lines"
    return ExportRefusal(
      "ambiguous-date-order",
      what: "no date \(scope) tells day from month: no number over 12 stands in either place", place: place,
      advice: "Say which it is with --date-order dmy|mdy|ymd. Read day first, the dates step back in time "
        + "\(backward.dayFirst) times; read month first, \(backward.monthFirst) times.")
  }

  /// The refusal of a file whose dates contradict an order.
  static func inconsistent(
    _ order: ReaderOptions.DateOrder, given: Bool, line: UInt32, written: String, place: String
  ) -> ExportRefusal {
    let source = given ? "given by --date-order" : "that earlier dates prove"
    return ExportRefusal(
      "inconsistent-dates",
      what: "line \(line) is dated \(written), which contradicts the order \(order.rawValue) \(source)",
      place: place,
      advice: "Two exports may have been put together, or a line forged: look at the file, split it, or give "
        + "another --date-order.")
  }

  /// Whether a header contradicts an order: its date is none under that order and is one under another, or
  /// its two-digit year lies before WhatsApp (2009) although the file was not said to be so.
  static func contradicts(_ header: WhatsAppHeader, _ order: ReaderOptions.DateOrder, given: Bool) -> Bool {
    if let proof = proof(header), proof != order { return header.wall(order) == nil }
    if !given, header.layout.yearDigits == 2, order != .yearMonthDay {
      return header.date.2 < 9 && header.wall(.yearMonthDay) != nil
    }
    return false
  }
}
