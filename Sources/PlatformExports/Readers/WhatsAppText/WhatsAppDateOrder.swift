/// What the dates of a file say about the order of day, month and year.
///
/// Each date leaves the readings that its numbers allow, and what all leave in common decides. Between day
/// first and month first nothing else does: whether the messages run forward in time is only told to the
/// person in a refusal. Between a two-digit year in front and one at the end the sequence may decide as well,
/// as the wrong reading takes days for years.
struct WhatsAppDateEvidence {
  private var left = WhatsAppDateReadings.any
  private var isContradicted = false
  private var dayFirst = Sequence()
  private var monthFirst = Sequence()
  private var yearFirst = Sequence()
  private var firstDate: (Int, Int, Int)?
  private var hasSeveralDates = false
  private var hasSeveralThirds = false
  private(set) var lines = 0

  /// How the lines follow each other in time under one reading.
  private struct Sequence {
    var last = Int64.min
    /// Steps back of any length, and those of more than a week: an export is in order but for hours.
    var steps = 0
    var leaps = 0

    mutating func add(_ wall: Int64?) {
      guard let wall else { return }
      if wall < last { steps += 1 }
      if last != .min, wall < last - 7 * CivilTime.day { leaps += 1 }
      last = wall
    }
  }

  /// Bytes read ahead for a deciding date before a file is refused as ambiguous; far more than the 40 000
  /// messages of an export.
  static let lookAheadLimit = 16 << 20

  mutating func add(_ header: WhatsAppHeader) {
    lines += 1
    let readings = WhatsAppDateReadings(of: header)
    if !readings.isEmpty {
      isContradicted = left.isDisjoint(with: readings)
      if !isContradicted { left.formIntersection(readings) }
    }
    dayFirst.add(header.wall(.dayMonthYear))
    monthFirst.add(header.wall(.monthDayYear))
    yearFirst.add(header.wall(.yearMonthDay))
    if let firstDate {
      if firstDate != header.date { hasSeveralDates = true }
      if firstDate.2 != header.date.2 { hasSeveralThirds = true }
    } else {
      firstDate = header.date
    }
  }

  /// The order, once the numbers decide. When the dates contradict each other it is one that the reading of
  /// the file will find contradicted.
  var decision: ReaderOptions.DateOrder? {
    if isContradicted { return left.contains(.dayFirst) ? .dayMonthYear : .monthDayYear }
    return left.single
  }

  /// The order by the sequence of all lines, when only the place of a two-digit year is open.
  ///
  /// A reading under which the dates leap back is out if the other has no leap. Without any leap a third
  /// number that never changes is the year: else all would have been written on one day of the month in
  /// several years. A first number that never changes proves nothing, as people do write once a year.
  var conclusion: ReaderOptions.DateOrder? {
    guard left.contains(.yearFirst), let last = left.subtracting(.yearFirst).single else { return nil }
    let leaps = last == .dayMonthYear ? dayFirst.leaps : monthFirst.leaps
    switch (leaps > 0, yearFirst.leaps > 0) {
    case (true, false): return .yearMonthDay
    case (false, true): return last
    case (false, false): return hasSeveralDates && !hasSeveralThirds ? last : nil
    case (true, true): return nil
    }
  }

  /// The refusal of a file in which nothing decides.
  func ambiguous(place: String, isWhole: Bool) -> ExportRefusal {
    let scope = isWhole ? "of its \(lines) dated lines" : "of its first \(lines) dated lines"
    var advice = "Say which it is with --date-order dmy|mdy|ymd. The dates step back in time"
    var readings: [String] = []
    if left.contains(.dayFirst) { readings.append("read day first \(dayFirst.steps) times") }
    if left.contains(.monthFirst) { readings.append("read month first \(monthFirst.steps) times") }
    if left.contains(.yearFirst), lines > 0 { readings.append("read year first \(yearFirst.steps) times") }
    advice += " \(readings.joined(separator: ", "))."
    let what =
      left.isSuperset(of: [.dayFirst, .monthFirst])
      ? "no date \(scope) tells day from month: no number over 12 stands in either place"
      : "nothing \(scope) tells whether their two-digit year stands first or last"
    return ExportRefusal("ambiguous-date-order", what: what, place: place, advice: advice)
  }

  /// The refusal of a file whose dates contradict an order.
  static func inconsistent(
    _ order: ReaderOptions.DateOrder, given: Bool, line: UInt32, written: String, place: String
  ) -> ExportRefusal {
    let source = given ? "given by --date-order" : "that the other dates prove"
    return ExportRefusal(
      "inconsistent-dates",
      what: "line \(line) is dated \(written), which contradicts the order \(order.rawValue) \(source)",
      place: place,
      advice: "Two exports may have been put together, or a line forged: look at the file, split it, or give "
        + "another --date-order.")
  }

  /// Whether a header contradicts an order: it can be read in other orders only, or its two-digit year lies
  /// before WhatsApp (2009) although the file was not said to be so.
  static func contradicts(_ header: WhatsAppHeader, _ order: ReaderOptions.DateOrder, given: Bool) -> Bool {
    let readings = WhatsAppDateReadings(of: header, given: given)
    if !readings.isEmpty { return !readings.contains(WhatsAppDateReadings(order)) }
    return !given && header.layout.yearDigits == 2
      && WhatsAppHeader.calendar(header.date, order).0 < WhatsAppDateReadings.firstYear
  }

  /// Whether a time under an order that two-digit years were read in cannot be: it lies in the future, or
  /// more than a year before the line above.
  static func isImpossible(_ wall: Int64, after previous: Int64?, latest: Int64) -> Bool {
    if wall > latest { return true }
    return previous.map { wall < $0 - 366 * CivilTime.day } ?? false
  }

  /// Whether a year is one of today's in the calendar of Iran or of Islam, or in the Buddhist one.
  static func isOfOtherCalendar(_ header: WhatsAppHeader, _ order: ReaderOptions.DateOrder) -> Bool {
    let year = WhatsAppHeader.calendar(header.date, order).0
    return (1380...1500).contains(year) || (2550...2650).contains(year)
  }

  /// The refusal of a file in which no message has a time, as its years are those of another calendar.
  static func otherCalendar(written: String, place: String) -> ExportRefusal {
    ExportRefusal(
      "other-calendar", what: "its dates are of another calendar than the Gregorian one: \(written)",
      place: place,
      advice: "Set the phone's calendar to the Gregorian one, and export the chat again; else put it into a "
        + "table of time, name and text with the dates converted, and give that with --mapping.")
  }

  /// The refusal of a file in which a two-digit year, read as it must be, gives an impossible time.
  static func impossible(
    _ order: ReaderOptions.DateOrder, line: UInt32, written: String, place: String
  ) -> ExportRefusal {
    ExportRefusal(
      "inconsistent-dates",
      what: "line \(line) is dated \(written): in the order \(order.rawValue) that the other dates prove it "
        + "lies in the future or more than a year before the line above",
      place: place,
      advice: "The years may be of another calendar, two exports put together, or a line forged: look at the "
        + "file, split it, or say the order with --date-order.")
  }
}
