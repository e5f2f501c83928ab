import GRDB

/// Whether the database is in the form that the program gives it. What is not would be read by one query and passed over
/// by the next, so that people are shown something else than what is checked.
extension CaseLog {
  /// As many problems of one kind are named at the most.
  private static let namedProblems = 20

  /// Tables whose texts the program writes up to a zero byte at the most, so that none is in any. Texts of exports can
  /// have some, and are hashed with what is behind them.
  private static let ownTables = [
    "calendar", "common_key", "disclosure", "disclosure_step", "evidence", "export", "grdb_migrations",
    "held_merge", "identification", "identification_step", "judgement", "legal_hold", "log_entry",
    "log_state", "notice", "opening", "person", "rule_set", "run", "run_order", "withdrawal",
  ]

  /// Checks tables, indexes and references, and that texts are what they are shown as. A connection that only reads knows
  /// nothing of CHECK constraints: what these forbid is looked for where it would matter.
  func form(_ database: Database, _ report: inout CaseLogReport) throws {
    try schema(database, &report)
    if let applied = try migrations(database, &report) { try parts(database, since: applied, &report) }
    let problems = try String.fetchAll(
      database, sql: "PRAGMA integrity_check(\(Self.namedProblems))"
    ).filter { $0 != "ok" }
    for problem in problems { report.fault("the database is not in order: \(problem)") }
    try references(database, &report)
    try hiddenTexts(database, &report)
  }

  /// The program makes tables and indexes alone: a trigger would change rows behind the back of whoever writes next.
  private func schema(_ database: Database, _ report: inout CaseLogReport) throws {
    let others = try String.fetchAll(
      database,
      sql: "SELECT type || ' ' || name FROM sqlite_master WHERE type NOT IN ('table', 'index') ORDER BY 1")
    for other in others { report.fault("the database has the \(other), which the program did not make") }
  }

  /// A case whose migrations are not on record would be migrated once more, and then not open any more.
  ///
  /// - Returns: the last one that the case had; nil where that is in doubt.
  private func migrations(_ database: Database, _ report: inout CaseLogReport) throws -> String? {
    let known = CaseSchema.migrator.migrations
    let applied = try String.fetchAll(
      database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
    // The log came with the second, people with the third, exports with the fourth, who asserts a link with the sixth,
    // and how it reads with the seventh; the fifth made nothing, and can be made again.
    let isOrdered = applied == Array(known.prefix(applied.count)) && applied.count >= 2
    let hasPeople = try database.tableExists("person") == (applied.count >= 3)
    let hasExports = try database.tableExists("export") == (applied.count >= 4)
    let columns = Set(try database.columns(in: "record").map(\.name))
    let hasAssertions = columns.contains("assertion") == (applied.count >= 6)
    let hasReadings = columns.contains("reads_as_platform") == (applied.count >= 7)
    if !isOrdered || !hasPeople || !hasExports || !hasAssertions || !hasReadings {
      report.fault("the migrations that the database says it had are not those of its tables")
      return nil
    }
    return applied.last
  }

  /// Tables and indexes are compared with those of a database that the same migrations make: what a table more holds no
  /// check reads, and without an index that is unique two rows could stand for one.
  private func parts(_ database: Database, since migration: String, _ report: inout CaseLogReport) throws {
    let made = try DatabaseQueue()
    try CaseSchema.migrator.migrate(made, upTo: migration)
    let expected = try made.read { try Self.parts($0) }
    let found = try Self.parts(database)
    for name in Set(expected.keys).union(found.keys).sorted() {
      switch (expected[name], found[name]) {
      case (nil, _): report.fault("the database has the \(name), which the program did not make")
      case (_, nil): report.fault("the database has not the \(name) that the program made")
      case (let expected, let found):
        if expected != found { report.fault("the \(name) of the database is not as the program made it") }
      }
    }
  }

  /// Each table with its columns, and each index with what it is of, as text to compare.
  private static func parts(_ database: Database) throws -> [String: String] {
    func text(_ sql: String, of name: String) throws -> String {
      try Row.fetchAll(database, sql: sql, arguments: [name]).map(\.description).joined(separator: " ")
    }
    let tables = try Row.fetchAll(
      database,
      sql: """
        SELECT name, wr, strict FROM pragma_table_list
        WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        """)
    var parts: [String: String] = [:]
    for table in tables {
      let name: String = table["name"]
      let columns = try text(
        #"SELECT name, type, "notnull", dflt_value, pk, hidden FROM pragma_table_xinfo(?) ORDER BY cid"#,
        of: name)
      parts["table \(name)"] = "\(table.description) \(columns)"
      let indexes = try Row.fetchAll(
        database, sql: #"SELECT name, "unique", origin, partial FROM pragma_index_list(?)"#,
        arguments: [name])
      for index in indexes {
        let own: String = index["name"]
        let columns = try text(
          #"SELECT name, "desc", coll, "key" FROM pragma_index_xinfo(?) ORDER BY seqno"#, of: own)
        parts["index \(own)"] = "\(name) \(index.description) \(columns)"
      }
    }
    return parts
  }

  /// A row that belongs to nothing is in no hash of what it would belong to.
  private func references(_ database: Database, _ report: inout CaseLogReport) throws {
    var tables: [String: Int] = [:]
    let rows = try Row.fetchCursor(database, sql: "PRAGMA foreign_key_check")
    while let row = try rows.next() { tables[row[0] as String, default: 0] += 1 }
    for (table, count) in tables.sorted(by: { $0.key < $1.key }) {
      report.fault("\(count) of the rows of \(table) refer to something that is not stored")
    }
  }

  /// A text is shown up to its first zero byte, and compared with what is behind it as well.
  private func hiddenTexts(_ database: Database, _ report: inout CaseLogReport) throws {
    for table in Self.ownTables where try database.tableExists(table) {
      let columns = try database.columns(in: table).filter { $0.type == "TEXT" }.map(\.name)
      for column in columns {
        let count = try Int.fetchOne(
          database, sql: "SELECT count(*) FROM \(table) WHERE instr(\(column), char(0)) > 0")
        if let count, count > 0 {
          report.fault("\(count) of the rows of \(table) have a zero byte in \(column)")
        }
      }
    }
  }
}
