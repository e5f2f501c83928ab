import Foundation
internal import GRDB
import TransparencyLog

/// Writes entries of the log inside the transaction of what they tell of.
///
///     log_entry   index from 0, commitment, salt and payload (both NULL once erased), and the payload's
///                 operation, action, actor and time again, to search by
public struct LogEntries {
  private let database: Database
  private let insert: Statement
  private let encoder: JSONEncoder
  private var tree: StoredTreeAppender
  private var purpose: String?
  /// The last entry written; nil when there is none yet.
  private(set) var last: (index: UInt64, commitment: TransparencyLog.Digest)?
  /// Whether content was erased.
  private(set) var hasErased = false

  init(_ database: Database) throws {
    self.database = database
    insert = try database.cachedStatement(sql: "INSERT INTO log_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL)")
    encoder = LogPayload.encoder()
    tree = try StoredTreeAppender(database)
  }

  /// The index that the next entry gets: for a row that names the entry which tells of it. Such a row is stored first,
  /// so that the entry can pin it.
  public func reserve() throws -> UInt64 {
    try database.execute(sql: "PRAGMA defer_foreign_keys = ON")
    return tree.size
  }

  /// Adds an entry. One that tells of a row that is stored already pins it: see `StoredEffect`.
  ///
  /// - Returns: its index in the log, from 0.
  @discardableResult
  public mutating func append(_ draft: LogEntryDraft) throws -> UInt64 {
    var payload = LogPayload(draft, purpose: try casePurpose())
    var bytes = try encoder.encode(payload)
    if draft.operation != .consultation, let effect = StoredEffect.of(draft.action),
      let pin = try effect.pin(
        toldBy: String(decoding: bytes, as: UTF8.self), at: Int64(tree.size), database)
    {
      payload.details["row_sha256"] = pin
      bytes = try encoder.encode(payload)
    }
    let salt = LogCommitment.salt()
    guard let commitment = LogCommitment.commitment(salt: salt, payload: bytes) else {
      throw LogFailure.damaged("a commitment has not 32 bytes")
    }
    let index = tree.size
    try insert.execute(arguments: [
      Int64(index), Data(commitment.bytes), salt, String(decoding: bytes, as: UTF8.self),
      payload.operation.rawValue, payload.action, payload.who.name, payload.at,
    ])
    try tree.append(leaf: commitment)
    last = (index, commitment)
    return index
  }

  /// Adds an entry, and deletes salt and payload of others: their leaves stay, what they said is gone. What is erased
  /// beside them is erased before, as the entry holds what is left of it: see `StoredRemains`.
  ///
  /// - Parameters:
  ///   - indexes: the entries to erase. What remains of them is operation, action, actor and time.
  ///   - draft: says why; the entries are added to its subjects as E and index.
  ///   - runs: runs of which evidence was deleted, beside those that the entries tell of.
  /// - Throws: `LogFailure.noSuchEntry`, `.erasedAlready`, `.notErasable`.
  @discardableResult
  public mutating func erase(
    _ indexes: [UInt64], _ draft: LogEntryDraft, runs: [Int64] = []
  ) throws -> UInt64 {
    var draft = draft
    draft.operation = .erasure
    draft.details["left"] = try StoredRemains.statement(ofEntries: indexes, draft.subjects, database)
    let sources = try StoredSourceDigest.sources(toldBy: indexes, database)
    if !sources.isEmpty {
      let content = try StoredSourceDigest.statement(ofSources: sources, database)
      draft.details["content_sha256"] = (draft.details["content_sha256"].map { $0 + " " } ?? "") + content
    }
    let told = try StoredRunDigest.runs(toldBy: indexes, database)
    draft.details["runs_left"] = try StoredRunDigest.statement(ofRuns: runs + told, database)
    draft.subjects += indexes.map { "E\($0)" }
    let own = try append(draft)
    for index in indexes {
      guard index < own else { throw LogFailure.noSuchEntry(index) }
      try database.execute(
        sql: """
          UPDATE log_entry SET salt = NULL, payload = NULL, erased_by = ? WHERE idx = ? AND erased_by IS NULL
            AND operation <> 'erasure'
          """, arguments: [Int64(own), Int64(index)])
      guard database.changesCount == 1 else {
        let entry = try LogEntry.one(database, index)
        throw entry.operation == .erasure ? LogFailure.notErasable(index) : .erasedAlready(index)
      }
    }
    try DatabaseRebuild.demand(database)
    hasErased = true
    return own
  }

  private mutating func casePurpose() throws -> String {
    if let purpose { return purpose }
    let stored = try String.fetchOne(database, sql: "SELECT purpose FROM opening") ?? ""
    purpose = stored
    return stored
  }
}
