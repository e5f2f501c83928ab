/// A table of a database, with those of its columns that a reader knows.
///
/// Nothing is asked of a database but the rows of real tables, by statements whose words are all known beforehand: a view
/// or virtual table with the name of a table could be anything.
struct DatabaseTable<Column: DatabaseColumn> {
  let database: Database
  /// Names of its columns that are there, in small letters.
  let columns: Set<String>
  /// What is asked of each row: its number, and the columns; those that are not there have no value.
  private let selection: String

  /// Finds a table; nil when the database has none of the name, or something else.
  ///
  /// - Throws: `DatabaseError`, `.renumbered` for a copy whose rows have lost their numbers.
  init?(_ database: Database) throws(DatabaseError) {
    let kind = try database.query("SELECT type, rootpage FROM sqlite_master WHERE name = ?1 COLLATE NOCASE")
    try kind.bind(Column.table)
    guard try kind.step(), let type = kind.text(0), type.elementsEqual("table".utf8),
      let root = kind.integer(1), root > 0
    else { return nil }
    kind.reset()
    var columns: Set<String> = []
    var keys: [(name: String, type: String)] = []
    let list = try database.query("PRAGMA table_info(\"\(Column.table)\")")
    while try list.step() {
      guard let bytes = list.text(1) else { continue }
      let name = String(decoding: bytes, as: UTF8.self).lowercased()
      columns.insert(name)
      guard let place = list.integer(5), place > 0 else { continue }
      keys.append((name, list.text(2).map { String(decoding: $0, as: UTF8.self).lowercased() } ?? ""))
    }
    // A column of this name would stand for the number of a row.
    guard !columns.isEmpty, !columns.contains("_rowid_") else { return nil }
    self.database = database
    self.columns = columns
    let known = Column.allCases.map { columns.contains($0.name.lowercased()) ? "\"\($0.name)\"" : "NULL" }
    selection = "SELECT " + (["_rowid_"] + known).joined(separator: ", ") + " FROM \"\(Column.table)\""
    // A table that has no numbers for its rows is none of an app's.
    do { _ = try rows() } catch  where error.reason == .noSuch { return nil }
    // Other tables name a row by such a column. In a copy that was made by a statement (`CREATE TABLE … AS SELECT`) it is
    // one like any other, and the numbers of the rows are new: messages would be somebody else's.
    for name in Self.numbers where columns.contains(name) {
      guard keys.count == 1, keys.allSatisfy({ $0.name == name && $0.type == "integer" }) else {
        throw DatabaseError(.renumbered)
      }
    }
  }

  /// How apps call the column that is the number of a row, in small letters.
  private static var numbers: [String] { ["_id", "rowid", "z_pk"] }

  /// Whether a column is there.
  func has(_ column: Column) -> Bool { columns.contains(column.name.lowercased()) }

  /// All rows from a number on, in the order of their numbers.
  func rows() throws(DatabaseError) -> DatabaseQuery {
    try database.query(selection + " WHERE _rowid_ >= ?1 ORDER BY _rowid_")
  }

  /// The row of a number.
  func row() throws(DatabaseError) -> DatabaseQuery {
    try database.query(selection + " WHERE _rowid_ = ?1")
  }

  /// The number of the first row from a number on.
  func place() throws(DatabaseError) -> DatabaseQuery {
    try database.query(
      "SELECT _rowid_ FROM \"\(Column.table)\" WHERE _rowid_ >= ?1 ORDER BY _rowid_ LIMIT 1")
  }

  /// Counts the rows by other means than reading them: over an index where there is one. Nil where damage does not let it.
  ///
  /// A sum, since SQLite counts rows in one step, which no limit of steps ends where pages lead in rings.
  func count() throws(DatabaseError) -> Int? {
    for way in ["", " NOT INDEXED"] {
      do {
        let query = try database.query("SELECT sum(1) FROM \"\(Column.table)\"\(way)")
        return try query.integer().map { Int(clamping: $0) } ?? 0
      } catch  where [.damaged, .tooMuchWork].contains(error.reason) {}
    }
    return nil
  }
}
