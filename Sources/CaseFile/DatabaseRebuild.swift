import Foundation
import GRDB
import Synchronization

/// Writes a database anew, without what lies between rows. Where a page was split, what went to another page stays in it as
/// well; nothing shows that, and nothing overwrites it when the row is erased later.
enum DatabaseRebuild {
  /// SQLite has one place for temporary files in a process.
  private static let place = Mutex(())

  /// Marks, in the transaction of an erasure, that the database is to be written anew. Whoever is stopped before that, or
  /// cannot do it, leaves it to whoever opens the case next.
  static func demand(_ database: Database) throws { try database.execute(sql: "PRAGMA user_version = 1") }

  /// Whether it is still to be written anew.
  static func isDemanded(_ database: Database) throws -> Bool {
    try Int.fetchOne(database, sql: "PRAGMA user_version") == 1
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
