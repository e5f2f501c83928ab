import Foundation
import Glibc
import GRDB
import TransparencyLog

/// Puts on disk, under `log/`, what the database holds: tiles first, then the signed checkpoint.
///
/// Only what is committed, and therefore durable, is signed. A publication that was interrupted is made up for by the
/// next, in this process or another: it goes from what is signed to what is stored.
struct LogPublisher: Sendable {
  let key: SigningKey
  let folder: LogFolder

  init(_ key: SigningKey, in caseFolder: URL) {
    self.key = key
    folder = LogFolder(caseFolder.appendingPathComponent("log").path)
  }

  /// Compares what is signed with what is stored, and signs and writes what is not signed yet.
  ///
  /// The lock is taken before the database is read: what another process signs meanwhile would look like entries that
  /// were removed.
  ///
  /// - Parameter isOpening: also removes what an earlier publication left half written.
  /// - Returns: entries that are signed now, and why not all are when a file could not be written.
  /// - Throws: `LogFailure`: entries were removed or changed since they were signed, or it cannot be told.
  func publish(
    _ queue: DatabaseQueue, isOpening: Bool = false
  ) throws -> (signed: UInt64, failure: LogFailure?) {
    let lock = try lock()
    defer { close(lock) }
    // What was being written when another process was stopped.
    if isOpening { try? folder.removeDrafts() }
    return try queue.read { database in
      let tree = StoredTree(database)
      let size = try tree.size()
      let signed = try signedSize(tree, size, recorded: try LogState(database).signed)
      if signed == size { return (size, nil) }
      do {
        try publish(tree, from: signed, to: size)
        return (size, nil)
      } catch let failure as LogFolder.Failure {
        return (signed ?? 0, .file(failure))
      }
    }
  }

  private func publish(_ tree: StoredTree, from signed: UInt64?, to size: UInt64) throws {
    if signed == nil { try folder.write("vkey", Array((key.verifier.text + "\n").utf8)) }
    let writer = TileWriter(folder)
    try writer.write(tree, from: signed ?? 0, to: size) { try tree.commitments($0).map(\.bytes) }
    let checkpoint = Checkpoint(origin: key.verifier.name, size: size, root: try tree.root(size: size))
    try writer.write(checkpoint: checkpoint.signed(by: key))
    writer.removeParts(from: signed ?? 0, to: size)
  }

  /// Entries that the newest checkpoint covers, checked against what is stored; nil when nothing was signed yet.
  private func signedSize(_ tree: StoredTree, _ stored: UInt64, recorded: UInt64) throws -> UInt64? {
    let newest: [UInt8]?
    do throws(LogFolder.Failure) {
      newest = try folder.read("checkpoint")
    } catch {
      throw LogFailure.file(error)
    }
    guard let bytes = newest else {
      if recorded > 0 { throw LogFailure.checkpointBehind(found: nil, signed: recorded) }
      return nil
    }
    let signed: Checkpoint
    do throws(NoteFailure) {
      signed = try Checkpoint.verified(bytes, by: key.verifier)
    } catch {
      throw LogFailure.checkpoint("\(error)")
    }
    guard signed.size <= stored else {
      throw LogFailure.signedBeyondStored(signed: signed.size, stored: stored)
    }
    guard signed.size >= recorded else {
      throw LogFailure.checkpointBehind(found: signed.size, signed: recorded)
    }
    guard try tree.root(size: signed.size) == signed.root else {
      throw LogFailure.otherEntries(size: signed.size)
    }
    return signed.size
  }

  /// Keeps other processes from writing the same files: a lock on the folder, which ends with this process.
  private func lock() throws -> Int32 {
    if mkdir(folder.path, 0o700) != 0, errno != EEXIST {
      throw LogFailure.file(LogFolder.Failure(folder.path, errno: errno))
    }
    let file = open(folder.path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else { throw LogFailure.file(LogFolder.Failure(folder.path, errno: errno)) }
    while flock(file, LOCK_EX) != 0 {
      if errno == EINTR { continue }
      let code = errno
      close(file)
      throw LogFailure.file(LogFolder.Failure(folder.path, errno: code))
    }
    return file
  }
}
