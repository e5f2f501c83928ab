public import TransparencyLog

/// Why a case's log could not be written, or does not hold.
public enum LogFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// An operation came to its end without an entry; nothing of it was stored.
  case noEntry
  /// More entries were signed than the case holds: entries were removed, or an old copy was put back.
  case signedBeyondStored(signed: UInt64, stored: UInt64)
  /// The newest checkpoint was signed for other entries than the case holds.
  case otherEntries(size: UInt64)
  /// Entries were signed, and the checkpoint that says so is missing or an older one.
  case checkpointBehind(found: UInt64?, signed: UInt64)
  /// The newest checkpoint cannot be read, or is not signed by the case's key.
  case checkpoint(String)
  /// The signing key is missing, unreadable or not the case's.
  case key(String)
  /// Rows of the log are missing or of the wrong shape.
  case damaged(String)
  /// The case has no such entry.
  case noSuchEntry(UInt64)
  /// The entry is stored and not signed yet.
  case notSigned(UInt64)
  /// An entry that tells of an erasure cannot be erased itself.
  case notErasable(UInt64)
  /// The entry's content was erased already.
  case erasedAlready(UInt64)
  /// A file of the log cannot be read or written.
  case file(LogFolder.Failure)
  /// The disk failed while an operation was stored, and then while it was looked for.
  case outcomeUnknown(String)

  /// Whether the log does not hold, as against a disk or a key that does not work.
  public var isVerificationFailure: Bool {
    switch self {
    case .signedBeyondStored, .otherEntries, .checkpointBehind, .checkpoint, .damaged: true
    case .noEntry, .key, .noSuchEntry, .notSigned, .notErasable, .erasedAlready, .file, .outcomeUnknown: false
    }
  }

  private static let keep = "Keep the case as it is, work on from a copy that holds, and have it looked into."

  /// What is wrong and what to do.
  public var description: String {
    switch self {
    case .noEntry: "The operation wrote no entry to the log, so nothing of it was stored: report this fault."
    case .signedBeyondStored(let signed, let stored):
      "The log was signed for \(signed) entries, but the case holds \(stored): entries were removed, or an old copy of the database was put back. \(Self.keep)"
    case .otherEntries(let size):
      "The first \(size) entries of the log are not those that were signed. \(Self.keep)"
    case .checkpointBehind(let found, let signed):
      "The log was signed for at least \(signed) entries, but its newest checkpoint \(found.map { "is of \($0)" } ?? "is missing"): files were removed from the folder log, or an old copy was put back. \(Self.keep)"
    case .checkpoint(let reason): "log/checkpoint does not hold: \(reason). \(Self.keep)"
    case .key(let reason):
      "The case's signing key cannot be used: \(reason). Put the folder key of the case back from a copy."
    case .damaged(let what): "The log in the case's database is damaged: \(what). \(Self.keep)"
    case .noSuchEntry(let index): "The log has no entry \(index). `cognate audit log CASE` lists them."
    case .notSigned(let index):
      "Entry \(index) is stored and not signed yet. It is signed when the case is next worked on."
    case .notErasable(let index): "Entry \(index) tells of an erasure, and stays."
    case .erasedAlready(let index): "The content of entry \(index) was erased already."
    case .file(let failure):
      "The case cannot be written: \(failure). Check that its folder is yours, and that the disk is not read-only or full."
    case .outcomeUnknown(let reason):
      "The disk failed while the change was stored, and it cannot be told whether it was: \(reason). Look with `cognate audit log CASE` on a sound disk before you repeat the command."
    }
  }
}
