internal import CSQLite

/// A connection to a copy of a database that nobody vouches for, or to lists of our own.
///
/// Values are at most `ImportLimits.recordBytes` long, and a statement takes at most as many steps as reading
/// everything once can, and gives no more bytes: what a database holds decides how long it is read, never what it claims.
final class Database {
  let handle: OpaquePointer

  /// Opens a copy. The size is that of all its bytes, in bytes.
  init(copy path: String, size: Int, limits: ImportLimits) throws(DatabaseError) {
    var status: Int32 = 0
    // A row of an app's has twenty bytes at least and takes a few dozen steps.
    let (steps, overflow) = Int64(clamping: size).multipliedReportingOverflow(by: 32)
    let work = overflow ? Int64.max : max(steps, 5_000_000)
    // A table's values are no longer than the file; a copy in UTF-8 of what it has in UTF-16 may be.
    let (bytes, isBeyond) = Int64(clamping: size).multipliedReportingOverflow(by: 4)
    guard
      let handle = cog_sqlite_open(
        path, Int64(clamping: limits.recordBytes), work, isBeyond ? Int64.max : max(bytes, 4 << 20), &status)
    else { throw DatabaseError(status: status) }
    self.handle = handle
  }

  /// Makes a database of our own.
  init(new path: String) throws(DatabaseError) {
    guard let handle = cog_sqlite_create(path) else {
      throw DatabaseError(status: Int32(COG_SQLITE_FAILED.rawValue))
    }
    self.handle = handle
  }

  deinit { cog_sqlite_close(handle) }

  /// Runs statements of our own.
  func run(_ sql: String) throws(DatabaseError) {
    let status = cog_sqlite_run(handle, sql)
    guard status == Int32(COG_SQLITE_DONE.rawValue) else { throw DatabaseError(status: status) }
  }

  /// Prepares a statement that is made of names known beforehand.
  func query(_ sql: String) throws(DatabaseError) -> DatabaseQuery { try DatabaseQuery(self, sql) }

  /// Moves the log into the database, and tells how many of its pages belong to finished changes; nil when there is
  /// none.
  func takeLog() -> Int? {
    let pages = cog_sqlite_take_log(handle)
    return pages < 0 ? nil : Int(pages)
  }
}
