public import Foundation
public import GRDB
import Glibc
import Synchronization
public import TransparencyLog

/// A case on disk: `NAME.cognate/case.sqlite`, written ahead (WAL) and synced at each commit; `log/`, the signed log of
/// what was done with it, and `key/`, which signs.
public final class CaseDatabase: Sendable {
  private struct State {
    /// Serialises all access; one writer at a time. Replaced when the disk failed.
    var queue: DatabaseQueue
    /// Entries that are known to be signed.
    var signed: UInt64 = 0
    var publicationFailure: LogFailure?
    var rebuildFailure: String?
  }

  /// The case's folder.
  public let folder: URL
  private let publisher: LogPublisher
  private let state: Mutex<State>
  private var queue: DatabaseQueue { state.withLock { $0.queue } }

  private init(folder: URL, queue: DatabaseQueue, key: SigningKey) throws {
    self.folder = folder
    publisher = LogPublisher(key, in: folder)
    state = Mutex(State(queue: queue))
  }

  static func databaseURL(_ folder: URL) -> URL { folder.appendingPathComponent("case.sqlite") }

  /// Bytes of a database that a connection keeps in memory.
  static let cacheSize: Int64 = 64 << 20

  private static func openQueue(_ folder: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.journalMode = .wal
    configuration.foreignKeysEnabled = true
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // What is erased is overwritten and not only let go.
      try database.execute(
        sql: """
          PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF; PRAGMA cache_size = \(-cacheSize / 1024);
          PRAGMA secure_delete = ON
          """)
    }
    return try DatabaseQueue(path: databaseURL(folder).path, configuration: configuration)
  }

  /// Makes a case; readable by its owner only. Its log begins with this.
  ///
  /// - Throws: `CaseError`, `LogFailure`, or what the database reports; nothing is left in its place then, but for
  ///   `LogFailure.outcomeUnknown`.
  public static func create(
    at folder: URL, opening: CaseOpening, by actor: LogActor = .systemUser, now: Date = Date()
  ) throws -> CaseDatabase {
    guard !FileManager.default.fileExists(atPath: folder.path) else { throw CaseError.exists(folder.path) }
    let mask = umask(0o077)
    defer { umask(mask) }
    try makeFolder(folder)
    do {
      return try made(at: folder, opening, by: actor, now: now)
    } catch {
      // What is half made is no case, and would stand in the way of making it again.
      if case LogFailure.outcomeUnknown = error { throw error }
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  /// Makes the folder of a case, as nobody else does meanwhile, and makes its name durable.
  private static func makeFolder(_ folder: URL) throws {
    let parent = folder.deletingLastPathComponent()
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    guard mkdir(folder.path, 0o700) == 0 else {
      if errno == EEXIST { throw CaseError.exists(folder.path) }
      throw LogFailure.file(LogFolder.Failure(folder.path, errno: errno))
    }
    do throws(LogFolder.Failure) {
      try LogFolder.sync(parent.path)
    } catch {
      rmdir(folder.path)
      throw LogFailure.file(error)
    }
  }

  private static func made(
    at folder: URL, _ opening: CaseOpening, by actor: LogActor, now: Date
  ) throws -> CaseDatabase {
    let key = try LogKeys.create(in: folder)
    let queue = try openQueue(folder)
    try CaseSchema.migrator.migrate(queue)
    let made = try CaseDatabase(folder: folder, queue: queue, key: key)
    try made.operation { database, entries in
      try LogState.begin(key.verifier.text, in: database)
      try database.execute(
        sql: "INSERT INTO opening VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          opening.mode.rawValue, opening.basis, opening.purpose, opening.reference, opening.owner,
          opening.reviewer, opening.reviewBy, opening.dpia, timestamp(now),
        ])
      try entries.append(
        LogEntryDraft(
          .alteration, "new", who: actor, at: now,
          details: [
            "mode": opening.mode.rawValue, "basis": opening.basis, "reference": opening.reference,
            "owner": opening.owner, "reviewer": opening.reviewer, "review_by": opening.reviewBy,
            "dpia": opening.dpia,
          ]))
    }
    return made
  }

  /// Opens a case, bringing an older schema up to date and signing what is stored and not signed yet.
  ///
  /// - Throws: `LogFailure` when entries of the log were removed or changed since they were signed; `CaseError`, or
  ///   what the database reports.
  public static func open(
    _ folder: URL, by actor: LogActor = .systemUser, now: Date = Date()
  ) throws -> CaseDatabase {
    let mask = umask(0o077)
    defer { umask(mask) }
    let queue = try existing(folder)
    try CaseSchema.migrator.migrate(queue)
    let recorded = try queue.read { try LogState.stored($0)?.vkey }
    let key = try LogKeys.read(in: folder)
    if let recorded {
      guard let key else { throw LogFailure.key("it is missing") }
      guard key.verifier.text == recorded else { throw LogFailure.key("it is not the key of this case") }
      let opened = try CaseDatabase(folder: folder, queue: queue, key: key)
      try opened.publish(isOpening: true)
      if try queue.read(DatabaseRebuild.isDemanded) { opened.rebuild(isLeft: true) }
      return opened
    }
    let opened = try CaseDatabase(folder: folder, queue: queue, key: try key ?? LogKeys.create(in: folder))
    try opened.beginLog(by: actor, now: now)
    return opened
  }

  /// Why there is no database: a folder that is closed to whoever asks looks like one without a case.
  static func missing(_ folder: URL) -> CaseError {
    access(databaseURL(folder).path, F_OK) != 0 && errno == EACCES
      ? .noAccess(folder.path) : .notACase(folder.path)
  }

  /// A connection to a case that is there.
  private static func existing(_ folder: URL) throws -> DatabaseQueue {
    guard FileManager.default.fileExists(atPath: databaseURL(folder).path) else {
      throw missing(folder)
    }
    let queue: DatabaseQueue
    do {
      queue = try openQueue(folder)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw CaseError.noDatabase(folder.path)
    }
    try queue.read { database in
      if try CaseSchema.migrator.hasBeenSuperseded(database) { throw CaseError.newerSchema(folder.path) }
      try checkIsMade(folder, database)
    }
    return queue
  }

  /// A database in which no case was opened was emptied, or `create` was stopped; a log begun in it would say that the
  /// case is older than its log. `create` stores the opening together with the first entry: where there are others, something
  /// would be lost by removing the case.
  static func checkIsMade(_ folder: URL, _ database: Database) throws {
    if try database.tableExists("opening"),
      try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM opening)") == true
    {
      return
    }
    let wasSigned = FileManager.default.fileExists(
      atPath: folder.appendingPathComponent("log/checkpoint").path)
    let holdsRows = try ["source", "log_entry"].contains { table in
      try database.tableExists(table)
        && Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM \(table))") == true
    }
    throw wasSigned || holdsRows ? CaseError.noDatabase(folder.path) : .unfinished(folder.path)
  }

  /// Begins the log of a case that was made before there was one, with an entry that says so.
  private func beginLog(by actor: LogActor, now: Date) throws {
    try operation { database, entries in
      guard try LogState.stored(database) == nil else {
        throw CaseError.invalid("Another process has just begun the log of this case. Run the command again.")
      }
      try LogState.begin(publisher.key.verifier.text, in: database)
      func count(_ table: String) throws -> String {
        "\(try Int.fetchOne(database, sql: "SELECT count(*) FROM \(table)") ?? 0)"
      }
      try entries.append(
        LogEntryDraft(
          .alteration, "log.begin", who: actor, at: now,
          details: [
            "note": "the case is older than its log: what was done before this entry is not in it",
            "opened_at": try String.fetchOne(database, sql: "SELECT opened_at FROM opening") ?? "",
            "sources": try count("source"), "accounts": try count("account"), "runs": try count("run_order"),
            "judgements": try count("judgement"),
          ]))
    }
  }

  // MARK: - One write path

  /// Runs a body in one transaction, with the entries of the log that tell of it: all of it is stored, or nothing.
  ///
  /// When it is stored, the log's tiles and then its checkpoint are written. If that fails the change stays, and is
  /// signed by the next operation, or when the case is opened again: see `publicationFailure`.
  ///
  /// - Throws: `LogFailure.noEntry` when the body adds no entry; what the body throws. If the disk fails while the
  ///   transaction ends, the case is opened anew and looked at: an error then means that nothing was stored, but for
  ///   `LogFailure.outcomeUnknown`.
  public func operation<Result>(
    _ body: (Database, inout LogEntries) throws -> Result
  ) throws -> Result {
    let signed = state.withLock { $0.signed }
    var done: (result: Result, entry: (index: UInt64, commitment: TransparencyLog.Digest))?
    var hasErased = false
    do {
      try queue.write { database in
        var entries = try LogEntries(database)
        let result = try body(database, &entries)
        guard let last = entries.last else { throw LogFailure.noEntry }
        try LogState.record(signed: signed, in: database)
        hasErased = entries.hasErased
        done = (result, last)
      }
    } catch {
      // The body came to its end, so it was the commit that failed: it may have been stored all the same.
      guard let done else {
        // What was written before the disk was full would keep it full.
        if (error as? DatabaseError)?.resultCode == .SQLITE_FULL { shrink() }
        throw error
      }
      try settle(done.entry, after: error)
    }
    guard let done else { throw LogFailure.noEntry }
    if hasErased { rebuild() }
    do {
      try publish()
    } catch let failure as LogFailure {
      state.withLock { $0.publicationFailure = failure }
    } catch {
      state.withLock { $0.publicationFailure = .outcomeUnknown("\(error)") }
    }
    return done.result
  }

  /// After a failed commit: opens the database anew and looks whether the entry is there, by its commitment, which no other entry
  /// has. Returns when it is, and durably so.
  private func settle(
    _ entry: (index: UInt64, commitment: TransparencyLog.Digest), after error: any Error
  ) throws {
    let isStored: Bool
    do {
      try? queue.close()
      let fresh = try Self.openQueue(folder)
      state.withLock { $0.queue = fresh }
      func isThere() throws -> Bool {
        try fresh.read { database in
          let tree = StoredTree(database)
          return try tree.size() > entry.index && tree.commitment(entry.index) == entry.commitment
        }
      }
      // A commit that found no room and cannot be seen now was never written: nothing has to be made durable, for
      // which there would be no room either.
      let isFull = (error as? DatabaseError)?.resultCode == .SQLITE_FULL
      if try isFull && !isThere() {
        isStored = false
      } else {
        // Whatever the write-ahead log holds goes into the database, durably, and the rest of it away: a transaction
        // that failed after it was written there could otherwise come back when the case is opened after a power cut.
        try fresh.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
        isStored = try isThere()
      }
    } catch let second {
      throw LogFailure.outcomeUnknown("\(error); then \(second)")
    }
    if !isStored { throw error }
  }

  private func publish(isOpening: Bool = false) throws {
    var (signed, failure) = try publisher.publish(queue, isOpening: isOpening)
    if failure != nil {
      // What a failed import left in the write-ahead log may be all that fills the disk.
      shrink()
      (signed, failure) = try publisher.publish(queue)
    }
    state.withLock {
      $0.signed = max($0.signed, signed)
      $0.publicationFailure = failure
    }
  }

  /// Empties the write-ahead log, in which erased content and what was rolled back would stay for a while. Another
  /// process that reads may keep it from that; it is then emptied by whoever is last to close the case.
  private func shrink() {
    _ = try? queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
  }

  /// - Parameter isLeft: whether whoever erased left it.
  private func rebuild(isLeft: Bool = false) {
    // What is stored goes into the database while there is room: on a disk that the copy then fills it could not, and what
    // was written ahead in vain would keep the disk full.
    shrink()
    let lack = isLeft ? (try? DatabaseRebuild.lackOfRoom(queue, in: folder)) : nil
    let failure = lack ?? DatabaseRebuild.run(queue, in: folder)
    state.withLock { $0.rebuildFailure = failure }
    shrink()
  }

  /// Why the database could not be written anew since the last erasure, so that parts of what was erased may still lie
  /// between its rows; nil when it was.
  public var rebuildFailure: String? { state.withLock { $0.rebuildFailure } }

  /// Why the log of the last operation could not be signed yet; nil when it was.
  public var publicationFailure: LogFailure? { state.withLock { $0.publicationFailure } }

  /// The log's folder, for others to read.
  public var log: LogFolder { publisher.folder }

  /// The log's public key.
  public var logKey: VerifierKey { publisher.key.verifier }

  /// The newest signed checkpoint: the line to hand out.
  ///
  /// - Throws: `LogFailure`.
  public func checkpoint() throws -> SignedNote {
    do {
      guard let bytes = try log.read("checkpoint") else {
        throw LogFailure.checkpoint("it is missing")
      }
      let note = try SignedNote(reading: bytes)
      try note.verify([logKey])
      return note
    } catch let failure as LogFolder.Failure {
      throw LogFailure.file(failure)
    } catch let failure as NoteFailure {
      throw LogFailure.checkpoint("\(failure)")
    }
  }

  // MARK: - Reading

  /// Whether others than the owner can read the case, or the key that signs its log.
  public var isReadableByOthers: Bool {
    [Self.databaseURL(folder), LogKeys.file(in: folder)].contains { file in
      var status = stat()
      return stat(file.path, &status) == 0 && status.st_mode & 0o077 != 0
    }
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
