import GRDB
import GRDBSQLite

/// A prepared statement with positional binding and no `String` on the way: for bulk import, and for hashing what it stored.
///
/// Measured against GRDB's argument arrays: 1.6 M against 0.64 M rows/s; the difference is the strings.
struct BoundStatement {
  private let statement: Statement
  private let handle: OpaquePointer
  private let database: Database

  init(_ database: Database, _ sql: String) throws {
    statement = try database.makeStatement(sql: sql)
    handle = statement.sqliteStatement
    self.database = database
  }

  func bind(_ position: Int32, _ value: Int64) { sqlite3_bind_int64(handle, position, value) }

  func bind(_ position: Int32, _ value: Int64?) {
    if let value { bind(position, value) } else { sqlite3_bind_null(handle, position) }
  }

  /// The bytes must stay alive until `execute` returns.
  func bind(_ position: Int32, text: UnsafeBufferPointer<UInt8>) {
    // A null pointer would bind NULL; an empty text is not the same.
    let start = UnsafeRawPointer(text.baseAddress) ?? UnsafeRawPointer(emptyText)
    sqlite3_bind_text(
      handle, position, start.assumingMemoryBound(to: CChar.self), Int32(text.count), nil)
  }

  func bind(_ position: Int32, _ text: String) {
    var text = text
    // SQLite copies the text (SQLITE_TRANSIENT), as the string's buffer does not outlive the call.
    text.withUTF8 { bytes in
      let start = UnsafeRawPointer(bytes.baseAddress) ?? UnsafeRawPointer(emptyText)
      sqlite3_bind_text(
        handle, position, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count),
        unsafeBitCast(-1, to: sqlite3_destructor_type.self))
    }
  }

  func bindNull(_ position: Int32) { sqlite3_bind_null(handle, position) }

  /// Runs the statement once and makes it ready for the next binding.
  func execute() throws {
    let status = sqlite3_step(handle)
    sqlite3_reset(handle)
    guard status == SQLITE_DONE else { throw failure(status) }
  }

  /// The first column of the first row, or nil when there is no row; ready for the next binding.
  func fetchInteger() throws -> Int64? {
    let status = sqlite3_step(handle)
    let found = status == SQLITE_ROW ? sqlite3_column_int64(handle, 0) : nil
    sqlite3_reset(handle)
    guard status == SQLITE_ROW || status == SQLITE_DONE else { throw failure(status) }
    return found
  }

  /// A row while it is looked at; columns from 0.
  struct Row {
    fileprivate let handle: OpaquePointer

    var count: Int32 { sqlite3_column_count(handle) }

    /// What stands there, in SQLite's numbers.
    func type(_ column: Int32) -> Int32 { sqlite3_column_type(handle, column) }

    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

    func real(_ column: Int32) -> Double { sqlite3_column_double(handle, column) }

    /// The bytes of a text or blob; they live until the next row.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
      let start = sqlite3_column_blob(handle, column)
      return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
    }
  }

  /// Calls `body` with each row; ready for the next binding.
  func forEachRow(_ body: (Row) -> Void) throws {
    var status = sqlite3_step(handle)
    while status == SQLITE_ROW {
      body(Row(handle: handle))
      status = sqlite3_step(handle)
    }
    sqlite3_reset(handle)
    guard status == SQLITE_DONE else { throw failure(status) }
  }

  private func failure(_ status: Int32) -> DatabaseError {
    DatabaseError(resultCode: ResultCode(rawValue: status), message: database.lastErrorMessage)
  }

  private var emptyText: UnsafePointer<UInt8> { BoundStatement.zero }
  /// One zero byte that lives as long as the program, to stand for the address of empty texts.
  private nonisolated(unsafe) static let zero: UnsafePointer<UInt8> = {
    let byte = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
    byte.initialize(to: 0)
    return UnsafePointer(byte)
  }()
}
