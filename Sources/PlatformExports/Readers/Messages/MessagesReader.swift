internal import AccountModel

/// The database of Apple's Messages: `chat.db` of a Mac, `sms.db` of a phone. It holds iMessages, and the text messages of
/// the phone.
///
/// Correspondents are handles, each a number or address on one service. The owner has none; the addresses at which
/// messages reached the owner stand with the messages. Times are UTC, in seconds or nanoseconds since 2001.
struct MessagesReader: DatabaseReader {
  static let format = ExportFormat(
    id: "apple-messages", title: "iMessage and text messages of Apple devices (chat.db, sms.db)", version: 3)
  static let options: Set<ReadingOption> = [.ownerPhone]

  private let options: ReaderOptions
  let source: DatabaseSource

  init(context: UnitContext) throws {
    options = context.options
    source = try DatabaseSource(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    head.tables.isSuperset(of: ["message", "handle", "chat_message_join"]) ? .certain : .no
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let messages = try MessagesRecords(database, options)
      try messages.read()
    }
  }
}
