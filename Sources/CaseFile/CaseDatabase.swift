public import Foundation
public import GRDB
import Glibc

/// A case on disk: `NAME.cognate/case.sqlite`, written ahead (WAL) and synced at each commit.
public final class CaseDatabase: Sendable {
  /// The case's folder.
  public let folder: URL
  /// The queue that serialises all access; one writer at a time.
  let queue: DatabaseQueue

  private init(folder: URL, queue: DatabaseQueue) {
    self.folder = folder
    self.queue = queue
  }

  private static func databaseURL(_ folder: URL) -> URL { folder.appendingPathComponent("case.sqlite") }

  private static var configuration: Configuration {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      try database.execute(
        sql: "PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -65536")
    }
    return configuration
  }

  /// Makes a case; readable by its owner only.
  public static func create(at folder: URL, opening: CaseOpening, now: Date = Date()) throws -> CaseDatabase {
    guard !FileManager.default.fileExists(atPath: folder.path) else { throw CaseError.exists(folder.path) }
    let mask = umask(0o077)
    defer { umask(mask) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let queue = try DatabaseQueue(path: databaseURL(folder).path, configuration: configuration)
    try CaseSchema.migrator.migrate(queue)
    try queue.write { database in
      try database.execute(
        sql: "INSERT INTO opening VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          opening.mode.rawValue, opening.basis, opening.purpose, opening.reference, opening.owner,
          opening.reviewer, opening.reviewBy, opening.dpia, timestamp(now),
        ])
    }
    return CaseDatabase(folder: folder, queue: queue)
  }

  /// Opens a case, bringing an older schema up to date.
  public static func open(_ folder: URL) throws -> CaseDatabase {
    let file = databaseURL(folder)
    guard FileManager.default.fileExists(atPath: file.path) else { throw CaseError.notACase(folder.path) }
    let mask = umask(0o077)
    defer { umask(mask) }
    let queue: DatabaseQueue
    do {
      queue = try DatabaseQueue(path: file.path, configuration: configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw CaseError.notACase(folder.path)
    }
    if try queue.read({ try CaseSchema.migrator.hasBeenSuperseded($0) }) {
      throw CaseError.newerSchema(folder.path)
    }
    try CaseSchema.migrator.migrate(queue)
    return CaseDatabase(folder: folder, queue: queue)
  }

  /// Whether others than the owner can read the case.
  public var isReadableByOthers: Bool {
    var status = stat()
    guard stat(Self.databaseURL(folder).path, &status) == 0 else { return false }
    return status.st_mode & 0o077 != 0
  }

  /// What SQLite finds wrong with the database; nothing in a sound one. Reads all of it.
  public func integrityProblems() throws -> [String] {
    try queue.read { database in
      try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
    }
  }

  /// What the case was opened with.
  public func opening() throws -> CaseOpening {
    try queue.read { database in
      guard let row = try Row.fetchOne(database, sql: "SELECT * FROM opening"),
        let mode = CaseMode(rawValue: row["mode"])
      else { throw CaseError.notACase(folder.path) }
      return try CaseOpening(
        mode: mode, basis: row["basis"], purpose: row["purpose"], reference: row["reference"],
        owner: row["owner"], reviewer: row["reviewer"], reviewBy: row["review_by"], dpia: row["dpia"])
    }
  }

  /// Runs a body in one transaction: all of it is stored, or nothing.
  public func transaction<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try queue.write(body)
  }

  /// Reads from one consistent state.
  public func read<Result>(_ body: (Database) throws -> Result) throws -> Result { try queue.read(body) }

  /// A time as it is stored: ISO 8601 in UTC, to the second.
  public static func timestamp(_ date: Date) -> String {
    var seconds = time_t(date.timeIntervalSince1970)
    var parts = tm()
    gmtime_r(&seconds, &parts)
    var text = [CChar](repeating: 0, count: 32)
    let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
    return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
