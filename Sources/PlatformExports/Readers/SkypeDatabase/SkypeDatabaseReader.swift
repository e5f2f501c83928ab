internal import AccountModel

/// Skype's database of a computer, `main.db`, as versions 4 to 7 kept it: one for each account, with its profile,
/// contacts, conversations, messages, text messages and calls.
///
/// Accounts are keyed as in Skype's export, by name or by number. Times are UTC in seconds.
struct SkypeDatabaseReader: DatabaseReader {
  static let format = ExportFormat(
    id: "skype-database", title: "Skype database of a computer (main.db)", version: 2)

  let source: DatabaseSource

  init(context: UnitContext) throws { source = try DatabaseSource(context.options) }

  static func recognise(_ head: MemberHead) -> Recognition {
    head.tables.isSuperset(of: ["Accounts", "Contacts", "Messages", "SMSes"]) ? .certain : .no
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let people = SkypeDatabasePeople(database)
      guard let table = try database.table(SkypeMessageColumn.self, isNeeded: true) else { return }
      if let accounts = try database.table(SkypeAccountColumn.self) { try people.readAccounts(accounts) }
      if let contacts = try database.table(SkypeContactColumn.self) {
        try SkypeContacts(database, people).read(contacts)
      }
      let conversations = try SkypeConversations(database, people)
      let calls = try SkypeCalls(database, people, conversations)
      let texts = try SkypeTextMessages(database, people, conversations)
      try SkypeMessages(database, people, conversations, calls, texts).read(table)
      try texts.read(messages: table)
      try calls.read()
      try people.readTransfers()
      people.finish()
    }
  }
}
