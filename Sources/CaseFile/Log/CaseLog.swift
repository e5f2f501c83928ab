public import Foundation
import Glibc
import GRDB
public import TransparencyLog

/// The log of a case, to be read and checked: a value that cannot write, and that opens what `CaseDatabase` refuses to
/// open because its log does not hold.
public final class CaseLog: Sendable {
  /// The log's folder.
  public let folder: LogFolder
  /// The public key, as the database has it.
  public let key: VerifierKey
  let queue: DatabaseQueue

  /// Whether a folder is a case, as against a log alone.
  public static func isCase(_ folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: CaseDatabase.databaseURL(folder).path)
  }

  /// Opens the log of a case without changing anything.
  ///
  /// - Throws: `CaseError`, `LogFailure`, or what the database reports.
  public init(of caseFolder: URL) throws {
    guard Self.isCase(caseFolder) else { throw CaseDatabase.missing(caseFolder) }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let file = CaseDatabase.databaseURL(caseFolder)
    do {
      queue = try Self.openQueue(file, configuration)
    } catch let error as DatabaseError where error.resultCode == .SQLITE_NOTADB {
      throw CaseError.noDatabase(caseFolder.path)
    } catch let error as DatabaseError where Self.isOpenElsewhere(file, error) {
      throw CaseError.invalid(
        "The case has changes beside its database, which cannot be read in a folder that takes no files: a process works on it, or it was copied while one did. Wait for that, or copy the whole folder to a place that can be written and audit the copy."
      )
    }
    let state = try queue.read { database in
      guard try database.tableExists("log_state") else {
        try CaseDatabase.checkIsMade(caseFolder, database)
        throw CaseError.invalid(
          "The case is older than its log. Open it once with a command that works on it, such as `cognate accounts`."
        )
      }
      return try LogState(database)
    }
    do throws(NoteFailure) {
      key = try VerifierKey(state.vkey)
    } catch {
      throw LogFailure.damaged("its key is not in the form of one")
    }
    folder = LogFolder(caseFolder.appendingPathComponent("log").path)
  }

  /// A database that is written ahead wants two files beside it even to be read, and a read-only copy takes none. Where
  /// they are not both there and nothing is written ahead, nobody writes, and it is opened as a file that does not change.
  private static func openQueue(_ file: URL, _ configuration: Configuration) throws -> DatabaseQueue {
    var ahead = stat()
    let isInUse =
      stat(file.path + "-wal", &ahead) == 0
      && (ahead.st_size > 0 || access(file.path + "-shm", F_OK) == 0)
    guard !isInUse, access(file.deletingLastPathComponent().path, W_OK) != 0,
      let path = file.path.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    else { return try DatabaseQueue(path: file.path, configuration: configuration) }
    return try DatabaseQueue(path: "file://\(path)?immutable=1", configuration: configuration)
  }

  /// Whether a database that can be read was not opened for what is written ahead of it.
  private static func isOpenElsewhere(_ file: URL, _ error: DatabaseError) -> Bool {
    let isHindered = error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_READONLY
    return isHindered && access(file.path, R_OK) == 0
      && access(file.deletingLastPathComponent().path, W_OK) != 0
  }

  /// The entries that a filter lets through.
  public func entries(_ filter: LogEntry.Filter = .init()) throws -> [LogEntry] {
    try queue.read { try LogEntry.all($0, filter) }
  }

  /// The newest checkpoint that was signed.
  ///
  /// - Throws: `LogFailure` when there is none or it does not hold.
  public func checkpoint() throws -> (note: SignedNote, head: Checkpoint) {
    do {
      guard let bytes = try folder.read("checkpoint") else { throw LogFailure.checkpoint("it is missing") }
      return (try SignedNote(reading: bytes), try Checkpoint.verified(bytes, by: key))
    } catch let failure as LogFolder.Failure {
      throw LogFailure.file(failure)
    } catch let failure as NoteFailure {
      throw LogFailure.checkpoint("\(failure)")
    }
  }

  /// The proof that an entry is in the log, under its newest checkpoint.
  ///
  /// The entry, in the sense of the log, is its commitment. `extra` of the proof holds what leads to it: the commitment
  /// itself, or salt and payload, whose SHA-256 it is.
  ///
  /// - Parameter isRevealing: put salt and payload into the proof, so that it also proves what the entry says.
  /// - Throws: `LogFailure`: no such entry, not signed yet, erased, or the log does not hold.
  public func proof(of index: UInt64, isRevealing: Bool = false) throws -> LogProof {
    let (note, head) = try checkpoint()
    return try queue.read { database in
      let entry = try LogEntry.one(database, index)
      guard index < head.size else { throw LogFailure.notSigned(index) }
      let tree = StoredTree(database)
      guard try tree.size() >= head.size else {
        throw LogFailure.signedBeyondStored(signed: head.size, stored: try tree.size())
      }
      let commitment = try tree.commitment(index)
      var extra = commitment.bytes
      if isRevealing {
        guard entry.erasedBy == nil,
          let row = try Row.fetchOne(
            database, sql: "SELECT salt, payload FROM log_entry WHERE idx = ?", arguments: [Int64(index)])
        else { throw LogFailure.erasedAlready(index) }
        extra = Array(row["salt"] as Data) + Array((row["payload"] as String).utf8)
      }
      let inclusion = try InclusionProof(of: index, size: head.size, in: tree)
      do throws(ProofFailure) {
        try inclusion.verify(leaf: TreeHash.leaf(commitment.bytes), root: head.root)
      } catch {
        throw LogFailure.otherEntries(size: head.size)
      }
      return LogProof(inclusion, checkpoint: note, extra: extra)
    }
  }

  /// The bytes of the entry that the extra data of a proof of a case's log leads to: see `proof`.
  public static func entry(of proof: LogProof) -> [UInt8]? {
    guard let extra = proof.extra else { return nil }
    if extra.count == TransparencyLog.Digest.length { return extra }
    guard extra.count > LogCommitment.saltLength else { return nil }
    return LogCommitment.commitment(
      salt: Data(extra.prefix(LogCommitment.saltLength)),
      payload: Data(extra.dropFirst(LogCommitment.saltLength)))?
      .bytes
  }

  /// What the entry of a revealing proof says; nil when the proof holds the commitment alone. Check the proof first.
  public static func payload(of proof: LogProof) -> String? {
    guard let extra = proof.extra, extra.count > TransparencyLog.Digest.length else { return nil }
    return String(validating: extra.dropFirst(LogCommitment.saltLength), as: UTF8.self)
  }

  /// Keeps the publisher of another process from writing while the folder is read as a whole.
  func whileNothingIsWritten<Result>(_ body: () throws -> Result) throws -> Result {
    let file = Glibc.open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw LogFailure.file(LogFolder.Failure(folder.path, errno: errno)) }
    defer { close(file) }
    while flock(file, LOCK_SH) != 0 {
      guard errno == EINTR else { throw LogFailure.file(LogFolder.Failure(folder.path, errno: errno)) }
    }
    return try body()
  }
}
