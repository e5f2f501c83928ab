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
    try migrations(database, &report)
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
  private func migrations(_ database: Database, _ report: inout CaseLogReport) throws {
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
    }
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
