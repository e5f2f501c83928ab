import Foundation
import Glibc
import GRDB
import Synchronization
import TransparencyLog

/// Puts on disk, under `log/`, what the database holds: tiles first, then the signed checkpoint.
///
/// Only what is committed, and therefore durable, is signed. A publication that was interrupted is made up for by the
/// next, in this process or another: it goes from what is signed to what is stored.
final class LogPublisher: Sendable {
  let key: SigningKey
  let folder: LogFolder
  /// The newest checkpoint as it was last read or written and found to hold: a signature is checked once.
  private let newest = Mutex<(bytes: [UInt8], head: Checkpoint)?>(nil)

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
    defer {
      if isOpening, let size = newest.withLock({ $0?.head.size }) {
        TileWriter(folder).removeParts(below: size)
      }
    }
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
    try writer.write(tree, from: signed ?? 0, to: size) { EntryBundle.encode(try tree.commitments($0)) }
    let head = Checkpoint(origin: key.verifier.name, size: size, root: try tree.root(size: size))
    let note = try head.signed(by: key)
    try writer.write(checkpoint: note, isLinked: true)
    newest.withLock { $0 = (Array(note.encoded.utf8), head) }
  }

  /// Entries that the newest checkpoint covers, checked against what is stored; nil when nothing was signed yet.
  private func signedSize(_ tree: StoredTree, _ stored: UInt64, recorded: UInt64) throws -> UInt64? {
    let found: [UInt8]?
    do throws(LogFolder.Failure) {
      found = try folder.read("checkpoint")
    } catch {
      throw LogFailure.file(error)
    }
    guard let bytes = found else {
      if recorded > 0 { throw LogFailure.checkpointBehind(found: nil, signed: recorded) }
      return nil
    }
    let signed = try head(bytes)
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

  private func head(_ bytes: [UInt8]) throws(LogFailure) -> Checkpoint {
    if let known = newest.withLock({ $0 }), known.bytes == bytes { return known.head }
    do {
      let head = try Checkpoint.verified(bytes, by: key.verifier)
      newest.withLock { $0 = (bytes, head) }
      return head
    } catch {
      throw .checkpoint("\(error)")
    }
  }

  /// Keeps other processes from writing the same files: a lock on the folder, which ends with this process.
  private func lock() throws -> Int32 {
    if mkdir(folder.path, 0o700) == 0 {
      do throws(LogFolder.Failure) {
        try LogFolder.sync(URL(fileURLWithPath: folder.path).deletingLastPathComponent().path)
      } catch {
        throw LogFailure.file(error)
      }
    } else if errno != EEXIST {
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
