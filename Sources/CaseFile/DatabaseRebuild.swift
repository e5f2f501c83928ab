package import Foundation
import GRDB
import Glibc
import Synchronization

/// Writes a database anew, without what lies between rows. Where a page was split, what went to another page stays in it as
/// well; nothing shows that, and nothing overwrites it when the row is erased later.
package enum DatabaseRebuild {
  /// SQLite has one place for temporary files in a process.
  private static let place = Mutex(())

  /// Marks, in the transaction of an erasure, that the database is to be written anew. Whoever is stopped before that, or
  /// cannot do it, leaves it to whoever opens the case next.
  static func demand(_ database: Database) throws { try database.execute(sql: "PRAGMA user_version = 1") }

  /// Whether it is still to be written anew.
  static func isDemanded(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA user_version") == 1
  }

  /// Why there is no room for what was left to whoever opens the case; nil where there is. Trying would fill the disk, for
  /// others as well, at each opening, and take as long as that does.
  static func lackOfRoom(_ queue: DatabaseQueue, in folder: URL) throws -> String? {
    let bytes = try queue.read { database in
      func number(_ pragma: String) throws -> Int64 {
        try Int64.fetchOne(database, sql: "PRAGMA \(pragma)") ?? 0
      }
      return try (number("page_count") - number("freelist_count")) * number("page_size")
    }
    return lackOfRoom(for: bytes, in: folder)
  }

  /// Why there is no room to write a database anew; nil where there is, or where the system does not tell.
  ///
  /// - Parameter bytes: what the database holds. Of the second one as much stays in memory as the cache takes.
  package static func lackOfRoom(for bytes: Int64, in folder: URL) -> String? {
    var disk = statvfs()
    guard statvfs(folder.path, &disk) == 0 else { return nil }
    let (room, isBeyond) = UInt64(disk.f_bavail).multipliedReportingOverflow(by: UInt64(disk.f_frsize))
    let needed = UInt64(max(bytes, 0)) + UInt64(max(bytes - CaseDatabase.cacheSize, 0))
    if isBeyond || room >= needed { return nil }
    return "it takes \(needed) bytes, and \(room) are free"
  }

  /// Needs room for a second database, and once more that in the write-ahead log.
  ///
  /// The second database has no name, and holds the whole case: it lies with the case for its time, and nowhere among the
  /// temporary files of this machine.
  ///
  /// - Parameter folder: the case's.
  /// - Returns: why it could not be done; nil when it was.
  static func run(_ queue: DatabaseQueue, in folder: URL) -> String? {
    place.withLock { _ in
      do {
        try queue.writeWithoutTransaction { database in
          let path = folder.path.replacing("'", with: "''")
          try database.execute(sql: "PRAGMA temp_store_directory = '\(path)'")
          defer { try? database.execute(sql: "PRAGMA temp_store_directory = ''") }
          guard try String.fetchOne(database, sql: "PRAGMA temp_store_directory") == folder.path else {
            throw DatabaseError(
              resultCode: .SQLITE_CANTOPEN, message: "a copy would lie outside the case's folder")
          }
          try database.execute(sql: "VACUUM; PRAGMA user_version = 0")
        }
        return nil
      } catch {
        return "\(error)"
      }
    }
  }
}
