internal import AccountModel

/// WhatsApp's databases of an iPhone or a Mac: `ChatStorage.sqlite` with messages and groups, `ContactsV2.sqlite` with
/// contacts, `LID.sqlite` with the numbers that ids hide. Each is a source of its own.
///
/// Accounts are keyed as in the databases of an Android phone. Times are UTC, in seconds since 2001 with fractions.
struct WhatsAppIOSReader: DatabaseReader {
  static let format = ExportFormat(
    id: "whatsapp-ios-database",
    title: "WhatsApp databases of an iPhone or Mac (ChatStorage.sqlite, ContactsV2.sqlite, LID.sqlite)",
    version: 1)
  static let options: Set<ReadingOption> = [.ownerPhone]

  private let options: ReaderOptions
  let source: DatabaseSource

  init(context: UnitContext) throws {
    options = context.options
    source = try DatabaseSource(context.options)
  }

  /// Tables of messages, of contacts, and of ids with their numbers in two generations.
  private static let marks: [Set<String>] = [
    ["ZWAMESSAGE", "ZWACHATSESSION"], ["ZWAADDRESSBOOKCONTACT"], ["ZWAZACCOUNT"], ["ZWAPHONENUMBERLIDPAIR"],
  ]

  static func recognise(_ head: MemberHead) -> Recognition {
    marks.contains { head.tables.isSuperset(of: $0) } ? .certain : .no
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let people = try WhatsAppPeople(database, ownerPhone: options.ownerPhone)
      let contacts = WhatsAppIOSContacts(database, people)
      let book = try database.table(WhatsAppIOSContactColumn.self)
      let accounts = try database.table(WhatsAppIOSAccountColumn.self)
      let pairs = try database.table(WhatsAppIOSPairColumn.self)
      if let book { try contacts.read(book) }
      if let accounts { try contacts.readNumbers(accounts) }
      if let pairs { try contacts.readNumbers(pairs) }
      let isNeeded = book == nil && accounts == nil && pairs == nil
      if let table = try database.table(WhatsAppIOSMessageColumn.self, isNeeded: isNeeded) {
        try WhatsAppIOSMessages(database, people).read(table)
      }
    }
  }
}
