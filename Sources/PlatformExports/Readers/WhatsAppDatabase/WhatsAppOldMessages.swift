internal import AccountModel

/// Turns the messages of an older WhatsApp database into records. Addresses stand in each row.
final class WhatsAppOldMessages {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople

  /// How a row of the app's own is marked.
  private static let systemStatus: Int64 = 6

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) {
    self.database = database
    self.people = people
    writer = database.writer
  }

  /// Reads all of them.
  func read(_ table: DatabaseTable<WhatsAppOldMessageColumn>) throws {
    try database.eachRecord(.message, of: table) { try read($0, $1) }
  }

  private func read(_ row: DatabaseRow<WhatsAppOldMessageColumn>, _ locator: Locator) throws {
    let own = try people.owner(locator)
    let chat = WhatsAppPeople.string(row.text(.chat))
    // The first row of each database is none.
    if row.integer(.status) == Self.systemStatus || chat == "-1" {
      return writer.setAside(.message, .system, at: locator)
    }
    // The type is a text in some versions.
    let kind = row.text(.kind).flatMap { SMSBackupParser.number($0) } ?? 0
    guard let fromMe = row.integer(.fromMe), (0...1).contains(fromMe), let text = row.text(.text),
      let caption = row.text(.caption)
    else {
      return writer.setAside(.message, .malformed, at: locator, detail: "sender or text are none")
    }
    let sender = WhatsAppPeople.string(row.text(.sender))
    let author =
      fromMe == 1 ? own : try people.account(sender.isEmpty ? chat : sender, .participant, locator)
    let isForwarded = row.integer(.forwarded).map { $0 != 0 } ?? false
    let name = people.plain(chat) + (isForwarded ? BorrowedWords.forwarded.rawValue : "")
    let channel = chat.isEmpty ? ChannelIndex.none : writer.channel(name)
    if !isForwarded, WhatsAppPeople.isOfGroup(chat) { writer.markAsGroup(channel) }
    let time = row.integer(.time).flatMap { SMSBackupParser.time(milliseconds: $0) }
    _ = try WhatsAppRecord(
      kind: WhatsAppMessageKind(kind), author: author, channel: channel, time: time,
      writtenTime: row.string(.time), text: text.isEmpty ? caption : text
    ).write(database, locator)
  }
}
