internal import AccountModel

/// Android's database of text messages, `mmssms.db`: SMS (`sms`), and MMS (`pdu`, its addresses and parts).
///
/// Addresses mean what they mean in SMS Backup & Restore, which is made from it: the phone's own number is nowhere, its
/// account is unnamed unless `options.ownerPhone` says it. Times are the phone's clock in UTC, of SMS in milliseconds, of
/// MMS in seconds.
struct AndroidSMSReader: DatabaseReader {
  static let format = ExportFormat(
    id: "android-mmssms", title: "Android text messages (mmssms.db)", version: 3)
  static let options: Set<ReadingOption> = [.ownerPhone]

  private let options: ReaderOptions
  let source: DatabaseSource

  init(context: UnitContext) throws {
    options = context.options
    source = try DatabaseSource(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.tables.contains("sms") else { return .no }
    return head.tables.isDisjoint(with: ["canonical_addresses", "pdu"]) ? .no : .certain
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let messages = try AndroidMessages(database, options)
      try messages.read()
    }
  }
}
