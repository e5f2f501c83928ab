/// A reader of an app's database: `DatabaseSource` takes the database and its log, and lends it open.
protocol DatabaseReader: ExportReader {
  /// What was taken so far.
  var source: DatabaseSource { get }
}

extension DatabaseReader {
  static var readsDatabases: Bool { true }

  static func root(of path: String) -> String { DatabaseMembers.database(of: path) ?? path }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws { try source.take(input) }
}
