internal import AccountModel

/// Reads the times of a table's time column under its mapping.
struct TableTimes {
  private let mapping: TableMapping.TimeColumn
  private let zoneClock: ZonedClock?
  private let optionClock: ZonedClock?
  private let isUTC: Bool
  /// Those that are numbers to a spreadsheet, beside those that are text.
  let mixed = MixedDates()
  /// What dates show of the order of day and month that the mapping has.
  let shown = ShownOrder()
  /// The order of day and month that the column proved or the person gave; nil while open.
  var order: ReaderOptions.DateOrder?

  init(_ mapping: TableMapping.TimeColumn, optionClock: ZonedClock?) {
    self.mapping = mapping
    self.optionClock = optionClock
    isUTC = mapping.zone == "UTC"
    zoneClock = isUTC ? nil : mapping.zone.flatMap { ZonedClock(name: $0) }
  }

  /// Times left without a zone because the clock was changed around them.
  var undecided: Int { (zoneClock?.undecided ?? 0) + (optionClock?.undecided ?? 0) }

  /// The time of a row as it stands there, the date and the time of day joined by a space; nil where a cell is empty. Cells
  /// of sheets may hold it exactly, however it is shown.
  func written(_ cells: TableCells, _ columns: TableColumns) -> (text: String, exact: ObservedTime?)? {
    guard let column = columns.time, let date = cells.value(column) else { return nil }
    let exactDate = cells.time(column)
    guard let clockColumn = columns.clock else { return (date, exactDate?.date) }
    guard let clock = cells.value(clockColumn) else { return nil }
    let text = "\(date) \(clock)"
    switch (exactDate, cells.time(clockColumn)) {
    case (let date?, let clock?): return (text, date.joined(to: clock))
    case (let date?, nil): return (text, date.joined(to: clock))
    case (nil, let exact?):
      let texts = exact.clockTexts.lazy.map { "\(date) \($0)" }
      return (texts.first { reads($0) } ?? text, nil)
    case (nil, nil): return (text, nil)
    }
  }

  private func reads(_ text: String) -> Bool {
    switch mapping.format {
    case .pattern(let pattern): read(text, pattern) != nil
    case .iso8601: TimeText.iso8601(text) != nil
    case .unixSeconds, .unixMilliseconds: false
    }
  }

  /// A time that a cell holds exactly; nil when it is not plausible.
  func time(_ exact: ObservedTime) -> ObservedTime? {
    guard exact.isPlausible else { return nil }
    mixed.add(exact, isText: false)
    return zoned(exact)
  }

  var leavesOrderOpen: Bool {
    if case .pattern(let pattern) = mapping.format { pattern.leavesOrderOpen } else { false }
  }

  /// The two numbers of a date whose order is open.
  func open(_ text: String) -> (Int, Int)? {
    guard case .pattern(let pattern) = mapping.format, let reading = read(text, pattern),
      reading.open.count == 2
    else { return nil }
    return (reading.open[0], reading.open[1])
  }

  /// What two numbers prove about their order; nil when nothing.
  static func proof(_ pair: (Int, Int)) -> ReaderOptions.DateOrder? {
    if (13...31).contains(pair.0), (1...12).contains(pair.1) { return .dayMonthYear }
    if (1...12).contains(pair.0), (13...31).contains(pair.1) { return .monthDayYear }
    return nil
  }

  /// The time; nil when it cannot be read, does not exist or is not plausible.
  func time(_ text: String) -> ObservedTime? {
    let time: ObservedTime?
    switch mapping.format {
    case .iso8601: time = TimeText.iso8601(text)
    case .unixSeconds: time = Self.unix(text, scale: 1_000_000, precision: .second)
    case .unixMilliseconds: time = Self.unix(text, scale: 1000, precision: .millisecond)
    case .pattern(let pattern):
      let reading = read(text, pattern)
      if let reading, pattern.fixesOrder { shown.add(day: reading.day, month: reading.month, text) }
      time = reading?.time(order: order)
    }
    guard let time, time.isPlausible else { return nil }
    if case .pattern = mapping.format { mixed.add(time, isText: true) }
    return zoned(time)
  }

  private func read(_ text: String, _ pattern: TimePattern) -> TimePattern.Reading? {
    var text = text
    return text.withUTF8 { pattern.read($0) }
  }

  private func zoned(_ time: ObservedTime) -> ObservedTime {
    guard time.zone == .unknown else { return time }
    if isUTC, time.precision != .day {
      return ObservedTime(microseconds: time.microseconds, zone: .known, precision: time.precision)
    }
    if isUTC { return time }
    return (zoneClock ?? optionClock)?.assume(time) ?? time
  }

  private static func unix(_ text: String, scale: Int64, precision: TimePrecision) -> ObservedTime? {
    let parts = text.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard let whole = parts.first.flatMap({ Int64($0) }), parts.dropFirst().allSatisfy({ Int64($0) != nil })
    else { return nil }
    let (product, overflow) = whole.multipliedReportingOverflow(by: scale)
    return overflow ? nil : ObservedTime(microseconds: product, zone: .known, precision: precision)
  }
}
