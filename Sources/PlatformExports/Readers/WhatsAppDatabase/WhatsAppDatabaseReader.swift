internal import AccountModel

/// WhatsApp's databases of an Android phone, decrypted: `msgstore.db` with messages and calls, `wa.db` with contacts.
///
/// An account is an address (`447700900123@s.whatsapp.net`), which is a number, or an id that hides one (`…@lid`), of which
/// only the database's own list says whose it is. Times are UTC in milliseconds.
struct WhatsAppDatabaseReader: DatabaseReader {
  static let format = ExportFormat(
    id: "whatsapp-database", title: "WhatsApp databases (msgstore.db, wa.db)", version: 3)
  static let options: Set<ReadingOption> = [.ownerPhone]

  private let options: ReaderOptions
  let source: DatabaseSource

  init(context: UnitContext) throws {
    options = context.options
    source = try DatabaseSource(context.options)
  }

  /// Tables of newer and older databases of messages, and of contacts.
  private static let marks: [Set<String>] = [
    ["message", "chat", "jid"], ["messages", "chat_list"], ["wa_contacts"],
  ]

  static func recognise(_ head: MemberHead) -> Recognition {
    marks.contains { head.tables.isSuperset(of: $0) } ? .certain : .no
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let people = try WhatsAppPeople(database, ownerPhone: options.ownerPhone)
      let contacts = try database.table(WhatsAppContactColumn.self)
      if let contacts { try WhatsAppContacts(database, people).read(contacts) }
      if let table = try database.table(WhatsAppMessageColumn.self) {
        try WhatsAppMessages(database, people).read(table)
        let older = try database.table(WhatsAppOldMessageColumn.self)?.count() ?? 0
        if older > 1 {
          writer.note(
            "\(older) rows of the older table messages are not read: message holds what was moved from it")
        }
      } else if let table = try database.table(
        WhatsAppOldMessageColumn.self, isNeeded: contacts == nil)
      {
        try WhatsAppOldMessages(database, people).read(table)
      }
      if let table = try database.table(WhatsAppCallColumn.self) {
        try WhatsAppCalls(database, people).read(table)
      }
    }
  }
}
