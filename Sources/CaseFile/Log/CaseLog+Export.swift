public import Foundation
import GRDB
import TransparencyLog

extension CaseLog {
  /// Copies the log, as it is signed, to a folder that does not exist yet or is empty: `checkpoint`, every
  /// `checkpoint.N`, `vkey`, the tiles and, if wanted, a proof of each entry. Neither the signing key nor anything that
  /// an entry says is in it. When the copy reaches the disk is left to the system.
  ///
  /// - Returns: entries and checkpoints written.
  /// - Throws: `LogFailure`; `CaseError.exists`; `CaseError.invalid` for a place in the case's folder, or when the copy
  ///   cannot be written. Nothing is left of it then.
  @discardableResult
  public func export(to place: URL, withProofs: Bool = true) throws -> (entries: UInt64, checkpoints: Int) {
    try checkOutput(place.path, mayReplace: true)
    let there = try? FileManager.default.contentsOfDirectory(atPath: place.path)
    if let there, !there.isEmpty { throw CaseError.exists(place.path) }
    if there == nil, FileManager.default.fileExists(atPath: place.path) { throw CaseError.exists(place.path) }
    do {
      return try whileNothingIsWritten { try write(to: LogFolder(place.path), withProofs: withProofs) }
    } catch {
      // Half a log does not verify, and would stand in the way of the next try.
      if there == nil {
        try? FileManager.default.removeItem(at: place)
      } else {
        for name in (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? [] {
          try? FileManager.default.removeItem(at: place.appendingPathComponent(name))
        }
      }
      guard let failure = error as? LogFolder.Failure else { throw error }
      guard failure.path.hasPrefix(place.path) else { throw LogFailure.file(failure) }
      throw CaseError.invalid(
        "The copy of the log cannot be written, and nothing of it was left: \(failure). Free some space, or name a folder elsewhere."
      )
    }
  }

  private func write(to copy: LogFolder, withProofs: Bool) throws -> (entries: UInt64, checkpoints: Int) {
    let (note, head) = try checkpoint()
    let tree = try queue.read { database in
      let stored = StoredTree(database)
      guard try stored.size() >= head.size else {
        throw LogFailure.signedBeyondStored(signed: head.size, stored: try stored.size())
      }
      var tree = MerkleTree()
      for first in stride(from: 0, to: head.size, by: 256) {
        let range = first..<min(first + 256, head.size)
        for commitment in try stored.commitments(range) { tree.append(TreeHash.leaf(commitment.bytes)) }
      }
      guard tree.root == head.root else { throw LogFailure.otherEntries(size: head.size) }
      try TileWriter(copy, isDurable: false).write(tree, from: 0, to: head.size) {
        EntryBundle.encode(try stored.commitments($0))
      }
      return tree
    }
    var files: [(name: String, bytes: [UInt8])] = []
    func flush() throws {
      try copy.write(files, isDurable: false)
      files.removeAll(keepingCapacity: true)
    }
    if withProofs {
      for index in 0..<head.size {
        let proof = LogProof(try InclusionProof(of: index, size: head.size, in: tree), checkpoint: note)
        files.append(("proofs/\(index).tlog-proof", Array(proof.encoded.utf8)))
        if files.count == 256 { try flush() }
      }
    }
    let names = try folder.files().filter { $0.hasPrefix("checkpoint.") && !$0.hasSuffix(".part") }
    for name in names {
      if let bytes = try folder.read(name) { files.append((name, bytes)) }
      if files.count == 256 { try flush() }
    }
    files.append(("vkey", Array((key.text + "\n").utf8)))
    files.append(("checkpoint", Array(note.encoded.utf8)))
    try flush()
    return (head.size, names.count)
  }
}
