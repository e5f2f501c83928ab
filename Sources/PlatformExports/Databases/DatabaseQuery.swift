internal import CSQLite

/// A prepared statement, and the row that it stands on.
final class DatabaseQuery {
  /// Open as long as its statements are.
  private let database: Database
  private let rows: OpaquePointer

  init(_ database: Database, _ sql: String) throws(DatabaseError) {
    var status: Int32 = 0
    guard let rows = cog_sqlite_prepare(database.handle, sql, &status) else {
      throw DatabaseError(status: status)
    }
    self.database = database
    self.rows = rows
  }

  deinit { cog_sqlite_close_rows(rows) }

  /// Begins anew with an integer for a parameter, from 1.
  func bind(_ value: Int64, at position: Int32 = 1) throws(DatabaseError) {
    try check(cog_sqlite_bind_integer(rows, position, value))
  }

  /// Begins anew with a text for a parameter, from 1.
  func bind(_ text: String, at position: Int32 = 1) throws(DatabaseError) {
    var text = text
    try check(text.withUTF8 { cog_sqlite_bind_text(rows, position, $0.baseAddress, $0.count) })
  }

  private func check(_ status: Int32) throws(DatabaseError) {
    if status != Int32(COG_SQLITE_DONE.rawValue) { throw DatabaseError(status: status) }
  }

  /// Moves to the next row; false at the end.
  func step() throws(DatabaseError) -> Bool {
    let status = cog_sqlite_step(rows)
    if status == Int32(COG_SQLITE_ROW.rawValue) { return true }
    try check(status)
    return false
  }

  /// Ends the statement, to be begun anew.
  func reset() { cog_sqlite_reset(rows) }

  /// The first row's first value, if it is an integer.
  func integer() throws(DatabaseError) -> Int64? {
    defer { reset() }
    guard try step(), isType(0, COG_SQLITE_INTEGER) else { return nil }
    return integer(0)
  }

  private func isType(_ column: Int32, _ type: cog_sqlite_type) -> Bool {
    cog_sqlite_type(rows, column) == Int32(type.rawValue)
  }

  /// Whether a value, by its column from 0, is none.
  func isNull(_ column: Int32) -> Bool { isType(column, COG_SQLITE_NULL) }

  /// A value that is an integer, or a real number without a fraction; nil for anything else.
  func integer(_ column: Int32) -> Int64? {
    if isType(column, COG_SQLITE_INTEGER) { return cog_sqlite_integer(rows, column) }
    guard isType(column, COG_SQLITE_REAL) else { return nil }
    return Int64(exactly: cog_sqlite_real(rows, column))
  }

  /// A value that is a number; nil for anything else.
  func real(_ column: Int32) -> Double? {
    if isType(column, COG_SQLITE_REAL) { return cog_sqlite_real(rows, column) }
    return isType(column, COG_SQLITE_INTEGER) ? Double(cog_sqlite_integer(rows, column)) : nil
  }

  /// A value that is a text, or an integer in decimal, as bytes that need not be valid UTF-8 and live until the next
  /// step; empty for none, nil for anything else.
  func text(_ column: Int32) -> Bytes? {
    if isNull(column) { return Bytes(start: nil, count: 0) }
    guard isType(column, COG_SQLITE_TEXT) || isType(column, COG_SQLITE_INTEGER) else { return nil }
    return bytes(column)
  }

  /// A value that is a blob; empty for anything else.
  func blob(_ column: Int32) -> Bytes {
    isType(column, COG_SQLITE_BLOB) ? bytes(column) : Bytes(start: nil, count: 0)
  }

  private func bytes(_ column: Int32) -> Bytes {
    var count = 0
    let start = cog_sqlite_bytes(rows, column, &count)
    return Bytes(start: start, count: start == nil ? 0 : count)
  }
}
