internal import AccountModel

/// Kik's return to a law-enforcement request, in any of its generations:
///
///     <name>/logs/bind.txt, chat_sent.txt, …           tab-separated, without headers
///     <name>/content/text-msg-data/*.csv               messages of a conversation, with their words
///     package/logs/binds.csv, chat_sent.csv, …         the same logs with headers
///     package/content/data-text.csv, data-media.csv    all messages, with their words
///     package/group-legend-<name>_<id>.csv             names of groups
///
/// Where there are headers each value is found by its own. Logs without any are told by their names and by what their
/// cells look like: the number of cells, a time in milliseconds, names, addresses. One none of whose
/// first rows looks so is not recognised, and a row that does not is set aside.
///
/// A log of messages has no words: who wrote to whom, when and from which address. It stands in conversations of its own,
/// as a return may have the same messages with their words beside it. A log of a group repeats a message for each member
/// who got it; the next rows of one message are set aside.
///
/// In logs of what was received Kik blots out the sender's address, which is another account's.
public struct KikReturnReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "kik-return", title: "Kik legal return", version: 2)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]
  /// A return is what the platform gave to a request.
  public static let holdsCommunicationsData = true

  let context: UnitContext
  var times: ZonelessTimes
  /// The message that the last row of a group's log is of.
  var lastOfGroup: [String] = []
  /// Conversations of groups, and what the return calls these.
  var groups: [String: [ChannelIndex]] = [:]
  var legends: [String: String] = [:]

  /// Judges by headers, and by name and cells where there are none.
  public static func recognise(_ head: MemberHead) -> Recognition { KikFile(head) == nil ? .no : .likely }

  /// What lies above the folders `logs` and `content`; else the folder of the file.
  public static func root(of path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    guard let below = parts.dropLast().lastIndex(where: { ["logs", "content"].contains($0.lowercased()) })
    else { return folder(of: path) }
    return parts[..<below].joined(separator: "/")
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    self.context = context
    times = try ZonelessTimes(context.options)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let head = try MemberHead(beginningOf: input, options: context.options)
    guard let file = KikFile(head) else {
      let start = Locator(member: input.member, offset: input.offset)
      try input.skipRest()
      return writer.setAside(JSONPass.fileUnit, .unknownColumns, at: start, detail: input.path)
    }
    lastOfGroup = []
    let limit = context.options.limits.recordBytes
    if let layout = file.layout {
      try readLog(input, file, layout, limit, into: writer)
    } else {
      try readTable(input, file, limit, into: writer)
    }
  }

  /// Gives the conversations of groups their names.
  public mutating func finish(into writer: RecordWriter) throws {
    for (id, name) in legends.sorted(by: { $0.key < $1.key }) {
      for channel in groups[id] ?? [] {
        writer.name(channel, "\(name) [\(writer.channelName(channel))]")
      }
    }
    for channels in groups.values { for channel in channels { writer.markAsGroup(channel) } }
    times.report("Kik", to: writer)
  }

  private mutating func readTable(
    _ input: MemberInput, _ file: KikFile, _ limit: Int, into writer: RecordWriter
  ) throws {
    var table = try ExportTable(input, limit: limit)
    // A table may have any number of columns that mean nothing here.
    var headers: [String] = []
    for header in table.headers where KikColumn(header: header) != .unknown && !headers.contains(header) {
      headers.append(header)
    }
    let columns = headers.map { KikColumn(header: $0) }
    while let row = try table.next(file.unit, writer) {
      let cells = zip(headers, columns).map { $1 == .text ? row.text($0) : row[$0] }
      try take(KikRow(columns: columns, cells: cells, locator: row.locator), of: file, into: writer)
    }
    writer.count(file.unit, seen: table.finish())
  }

  private final class Counter {
    var rows = TableRowCount(delimiter: KikFile.tab)
  }

  /// Reads a log without headers.
  private mutating func readLog(
    _ input: MemberInput, _ file: KikFile, _ layout: [KikColumn], _ limit: Int,
    into writer: RecordWriter
  ) throws {
    let counter = Counter()
    input.tap { counter.rows.add($0) }
    var rows = TableRows(
      input, delimiter: KikFile.tab, encoding: .utf8, sourceOffset: input.offset, limit: limit)
    while let row = try rows.next() {
      let place = Locator(
        member: input.member, offset: row.offset, length: UInt32(clamping: row.length), line: row.line)
      guard row.condition == .whole else {
        let reason: SetAsideReason = row.condition == .tooLarge ? .tooLarge : .truncated
        writer.setAside(file.unit, reason, at: place)
        continue
      }
      if TableLayout.isBlank(row.bytes, KikFile.tab) { continue }
      var cells = rows.scanner.fields.map { $0.value(in: row.bytes) }
      if !row.isTerminated {
        guard cells.count == layout.count else {
          writer.setAside(file.unit, .truncated, at: place)
          continue
        }
        // The cells before the last are whole, as a tab follows each.
        cells[cells.count - 1] = ""
        writer.setAside("cell", TableRowWriter.cutCell, at: place, detail: input.path)
      }
      guard !rows.scanner.isMalformed, KikFile.fits(cells, layout) else {
        writer.setAside(
          file.unit, .malformed, at: place,
          detail: "\(cells.count) cells, of which not all look as they do in this log")
        continue
      }
      try take(KikRow(columns: layout, cells: cells, locator: place), of: file, into: writer)
    }
    counter.rows.finish()
    writer.count(file.unit, seen: counter.rows.rows)
  }
}
