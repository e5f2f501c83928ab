internal import AccountModel

/// Dates as DiscordChatExporter writes them into tables and plain text: in ISO 8601 with an offset (tables since 2023), or in
/// the manner of whoever exported, without a zone.
struct DiscordDates {
  private let clock: ZonedClock?
  private var pattern: TimePattern?
  private var order: ReaderOptions.DateOrder?

  /// Bytes read ahead for a date that tells day from month.
  static let lookAheadLimit = 4 << 20

  private static let patterns: [TimePattern] = [
    "xx/xx/yyyy h:mm a", "xx/xx/yyyy HH:mm", "dd-MMM-yy hh:mm a", "dd-MMM-yy HH:mm", "dd.MM.yyyy HH:mm",
    "yyyy-MM-dd HH:mm", "yyyy/MM/dd HH:mm", "xx-xx-yyyy HH:mm", "xx-xx-yyyy h:mm a", "dd-MMM-yyyy HH:mm",
    "dd-MMM-yyyy hh:mm a", "xx/xx/yyyy h:mm:ss a", "xx/xx/yyyy HH:mm:ss", "dd.MM.yyyy HH:mm:ss",
    "dd.MM.yy HH:mm",
    "xx/xx/yy h:mm a", "xx/xx/yy HH:mm", "d MMM yyyy HH:mm",
  ].compactMap { TimePattern($0) }

  /// - Parameter dates: those of the beginning of a file, until they say what they mean.
  /// - Throws: `ExportRefusal` (`ambiguous-date-order`) where nothing tells day from month, or some dates tell another order
  ///   than others, as where somebody wrote what looks like a message of another export.
  init(_ dates: [String], _ options: ReaderOptions, place: String) throws {
    clock = try ZonedClock.make(options)
    let zoneless = dates.filter { TimeText.iso8601($0) == nil }
    // The first date is the program's own; somebody may have written another's into a message.
    pattern = zoneless.lazy.compactMap { date in Self.patterns.first { Self.read(date, $0) != nil } }.first
    guard let pattern, pattern.leavesOrderOpen else { return }
    if let given = options.dateOrder, given != .yearMonthDay {
      order = given
      return
    }
    let orders = Set(
      zoneless.compactMap { date -> ReaderOptions.DateOrder? in
        guard let open = Self.read(date, pattern)?.open, open.count == 2 else { return nil }
        return TableTimes.proof((open[0], open[1]))
      })
    if orders.count == 1 {
      order = orders.first
      return
    }
    throw ExportRefusal(
      "ambiguous-date-order",
      what: orders.isEmpty
        ? "no date in its beginning tells day from month"
        : "dates in its beginning begin with the day and with the month",
      place: place, advice: "Say which it is with --date-order dmy|mdy.")
  }

  /// Whether a text is a date in any of the manners.
  static func isDate(_ text: String) -> Bool {
    guard text.utf8.count <= 48 else { return false }
    return TimeText.iso8601(text) != nil || patterns.contains { read(text, $0) != nil }
  }

  private static func read(_ text: String, _ pattern: TimePattern) -> TimePattern.Reading? {
    var text = text
    return text.withUTF8 { pattern.read($0) }
  }

  /// The time; nil when it cannot be read, does not exist or is not plausible.
  func time(_ text: String) -> ObservedTime? {
    let time = TimeText.iso8601(text) ?? pattern.flatMap { Self.read(text, $0)?.time(order: order) }
    return TimeText.plausible(time).map { clock?.assume($0) ?? $0 }
  }

  func report(to writer: RecordWriter) { clock?.report(to: writer) }
}
