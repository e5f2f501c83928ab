internal import AccountModel

/// Kik's database of an iPhone, `kik.sqlite`: messages, the users that the app knows, and groups.
///
/// The owner is nowhere in it: its account has no name. Times are UTC, in seconds since 2001 with fractions.
struct KikDatabaseReader: DatabaseReader {
  static let format = ExportFormat(
    id: "kik-database", title: "Kik database of an iPhone (kik.sqlite)", version: 2)

  let source: DatabaseSource

  init(context: UnitContext) throws { source = try DatabaseSource(context.options) }

  static func recognise(_ head: MemberHead) -> Recognition {
    head.tables.isSuperset(of: ["ZKIKMESSAGE", "ZKIKUSER"]) ? .certain : .no
  }

  mutating func finish(into writer: RecordWriter) throws {
    try source.read(into: writer) { database in
      let messages = try KikMessages(database)
      try messages.read()
    }
  }
}
