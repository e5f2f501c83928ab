internal import AccountModel

/// A conversation of Discord that DiscordChatExporter wrote as a table.
///
/// Authors are keyed by id. The table says neither which message it is nor whether its author is a program, so that a user
/// name is claimed only: a webhook bears any name that its maker chose.
struct DiscordCSVReader: ExportReader {
  static let format = ExportFormat(
    id: "discord-csv", title: "Discord chat by DiscordChatExporter (CSV)", version: 1)
  static let options: Set<ReadingOption> = [.timeZone, .dateOrder]

  /// Exported as both, the same messages lie beside the table, with all that it leaves out.
  static let fullerFormat: String? = DiscordChatReader.format.id

  /// The name of the file, which the program makes of server, channel and id.
  static func subject(of head: MemberHead) -> String? { DiscordChatReader.subject(of: head) }
  /// Whether the JSON has the name of the table.
  static func isSame(_ fuller: String?, _ subject: String?) -> Bool { fuller != nil && fuller == subject }

  private static let columns = ["authorid", "author", "date", "content", "attachments", "reactions"]

  private let options: ReaderOptions
  private var people = DiscordPeople()

  /// Judges by the columns; a mapping that somebody wrote for the table is surer.
  static func recognise(_ head: MemberHead) -> Recognition {
    ExportTable.headers(in: head.bytes, isWhole: head.isWhole) == columns ? .likely : .no
  }

  /// The folder of the export.
  static func root(of path: String) -> String { folder(of: path) }

  init(context: UnitContext) throws { options = context.options }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let dates = try DiscordDates(Self.beginning(of: input), options, place: input.path)
    var table = try ExportTable(input, limit: options.limits.recordBytes)
    let name = DiscordChatReader.stem(of: input.path)
    let channel = writer.channel(name)
    if Self.isOfGroup(name) { writer.markAsGroup(channel) }
    var calls = 0
    while let row = try table.next(.message, writer) {
      if try take(row, dates, channel, into: writer) { calls += 1 }
    }
    writer.count(.message, seen: table.finish() - calls)
    if calls > 0 { writer.count(.call, seen: calls) }
    dates.report(to: writer)
  }

  /// Whether a file has the name that the program gives a channel of a server or a group: `Server - Category - channel [id]`,
  /// `Direct Messages - Group - names [id]`. People call their files anything.
  private static func isOfGroup(_ name: String) -> Bool {
    // A number of the part may follow: `[part 2]`.
    let hasID = name.split(separator: "[").dropFirst().contains { words in
      let id = words.prefix { $0 != "]" }.utf8
      return (17...20).contains(id.count) && id.allSatisfy(\.isDigit)
    }
    guard hasID, name.firstRange(ofBytes: " - ") != nil else { return false }
    return !name.hasPrefix("Direct Messages - ") || name.hasPrefix("Direct Messages - Group - ")
  }

  /// Dates of rows in the first bytes, without consuming them.
  private static func beginning(of input: MemberInput) throws -> [String] {
    try input.fill(atLeast: DiscordDates.lookAheadLimit)
    var dates: [String] = []
    var scanner = TableRowScanner(delimiter: UInt8(ascii: ","))
    var start = 0
    while start < input.window.count {
      let rest = UnsafeBufferPointer(rebasing: input.window[start...])
      if !scanner.scan(rest), !scanner.finish() { break }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      if start > 0, scanner.fields.count > 2 { dates.append(scanner.fields[2].value(in: row)) }
      if scanner.position == 0 { break }
      start += scanner.position
      scanner.reset()
    }
    return dates
  }

  /// - Returns: whether the row is one of a call.
  private mutating func take(
    _ row: ExportTable.Row, _ dates: DiscordDates, _ channel: ChannelIndex, into writer: RecordWriter
  ) throws -> Bool {
    let text = row.text("content")
    let isCall = DiscordNotice.isCall(text)
    let unit: RecordClass = isCall ? .call : .message
    let id = row["authorid"]
    guard DiscordPeople.isID(id) else {
      writer.setAside(unit, .noAuthor, at: row.locator, detail: row["author"])
      return isCall
    }
    guard let time = dates.time(row["date"]) else {
      writer.setAside(unit, .badTime, at: row.locator, detail: row["date"])
      return isCall
    }
    let account = try writer.account(
      DiscordPeople.key(id), role: .participant, assertion: .platform, at: row.locator)
    try people.claim(account, fullName: row["author"], row.locator, into: writer)
    if !isCall, DiscordNotice.isNotice(text) {
      writer.setAside(.message, .system, at: row.locator, detail: text)
      return false
    }
    for (column, reason) in [("attachments", SetAsideReason.media), ("reactions", .reaction)]
    where !row[column].isEmpty {
      writer.setAside(
        String(column.dropLast()), reason, at: row.locator, detail: row[column],
        count: row[column].utf8.count { $0 == UInt8(ascii: ",") } + 1)
    }
    try writer.record(
      unit, account: account, channel: channel, time: time, writtenTime: row["date"],
      text: isCall ? "call" : text,
      at: row.locator)
    return isCall
  }
}
