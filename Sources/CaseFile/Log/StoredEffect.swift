import GRDB

/// A kind of thing that a case stores, and the entry of the log that each of them must have.
///
/// Thing and entry say the same by a key: a text that is put together from the row on one side and from the payload on
/// the other. A row that was changed, added or deleted behind the program's back has no entry, or leaves one without
/// its row. What the key leaves out, times above all, the entry pins by a hash of the row, `row_sha256` among its
/// details; entries of older versions have none.
struct StoredEffect {
  /// The action of its entries.
  let action: String
  /// SQL: the table, with what is joined to it.
  let table: String
  /// SQL: the number of a row.
  var id = "id"
  /// SQL: which rows are of this kind. `:earlier` is how many rows are older than the log.
  var filter = "1"
  /// SQL: what people call a row.
  let label: String
  /// SQL: the key of a row; NULL for one that lost what it refers to.
  let key: String
  /// SQL over `payload`: the key that an entry names; NULL for an entry of this action about something else.
  let told: String
  /// SQL over `payload`: the number of the row that an entry tells of.
  let row: String
  /// SQL: the columns that the entry pins. What changes later is left out: that has an entry of its own.
  let pinned: [String]
  /// SQL: the column that names the entry, in tables that have one.
  var entry: String?
  /// The count in the entry `log.begin` of rows that are older than the log; nil for what never is.
  var earlier: String?

  /// The kind whose entries have this action.
  static func of(_ action: String) -> StoredEffect? { all.first { $0.action == action } }

  /// SQL: the columns that are held once the entry was erased: none with content, but whether it is gone.
  var remains: [String] {
    let content = ["reason": "reason = 'erased'", "victim": "victim IS NULL"]
    return pinned.map { content[$0] ?? $0 } + (entry.map { [$0] } ?? [])
  }

  /// SHA-256 over what an entry pins of a row, in hexadecimal; nil when there is no such row.
  func pin(ofRow id: Int64, _ database: Database) throws -> String? {
    let statement = try database.cachedStatement(
      sql: "SELECT \(pinned.joined(separator: ", ")) FROM \(table) WHERE \(self.id) = ?")
    guard let row = try Row.fetchOne(statement, arguments: [id]) else { return nil }
    var hash = RowHash()
    hash.add(row)
    return hash.finish()
  }

  /// The same for the row that a payload tells of; nil also when the row names another entry as its own.
  func pin(toldBy payload: String, at index: Int64, _ database: Database) throws -> String? {
    let statement = try database.cachedStatement(sql: "SELECT \(row) FROM (SELECT ? AS payload)")
    guard let id = try Int64.fetchOne(statement, arguments: [payload]) else { return nil }
    if let entry {
      let named = try database.cachedStatement(sql: "SELECT \(entry) FROM \(table) WHERE \(self.id) = ?")
      guard try Int64.fetchOne(named, arguments: [id]) == index else { return nil }
    }
    return try pin(ofRow: id, database)
  }
}
