/// Checks a log's folder and takes nothing in it on trust but, if no key is given, its key.
///
/// Every file must be what the newest signed checkpoint makes of it: entries hash to leaves, leaves to tiles, tiles to
/// the root, and every older checkpoint, proof and partial tile must be of the same tree.
public struct LogVerifier: Sendable {
  /// Something that does not hold.
  public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file, relative to the folder.
    public let file: String
    /// What does not hold.
    public let what: String
    /// Both in a line.
    public var description: String { "\(file): \(what)" }

    /// Names a fault.
    public init(file: String, what: String) {
      self.file = file
      self.what = what
    }
  }

  /// What was checked.
  public struct Report: Sendable {
    /// The newest checkpoint; nil when it does not hold.
    public internal(set) var checkpoint: Checkpoint?
    /// The key that it was checked by.
    public internal(set) var key: String = ""
    /// Checkpoints that hold.
    public internal(set) var checkpoints = 0
    /// Proofs that hold.
    public internal(set) var proofs = 0
    /// What does not hold, by file; empty when all does.
    public internal(set) var faults: [Fault] = []
    /// Whether everything holds.
    public var isSound: Bool { faults.isEmpty && checkpoint != nil }

    /// A report of nothing that was checked yet.
    public init() {}
  }

  private let folder: LogFolder
  private let key: VerifierKey?
  private let known: [SignedNote]
  private let allowsDrafts: Bool
  private let unfinished: MerkleTree?

  /// Makes a verifier.
  ///
  /// - Parameters:
  ///   - key: the log's key, from elsewhere. Without it the key in the folder is taken, which proves only that the
  ///     folder agrees with itself.
  ///   - known: checkpoints kept elsewhere, which the log must begin with.
  ///   - allowsDrafts: pass over files that were being written when a program or machine stopped: in a log that is still
  ///     written to.
  ///   - unfinished: the tree that is being signed. Tiles and checkpoints beyond the size that was signed are no faults
  ///     when they are of this tree: whoever wrote them was stopped before the checkpoint.
  public init(
    _ folder: LogFolder, key: VerifierKey? = nil, known: [SignedNote] = [], allowsDrafts: Bool = false,
    unfinished: MerkleTree? = nil
  ) {
    self.folder = folder
    self.key = key
    self.known = known
    self.allowsDrafts = allowsDrafts
    self.unfinished = unfinished
  }

  /// Checks everything. Faults of the log are in the report; takes memory for its hashes.
  ///
  /// - Throws: `LogFolder.Failure` when the folder cannot be read.
  public func verify() throws(LogFolder.Failure) -> Report {
    var report = Report()
    let files = try folder.files()
    guard let key = try trustedKey(&report) else { return report }
    report.key = key.text
    guard let newest = try checkpoint("checkpoint", key, &report) else { return report }
    let tree = try entries(newest, &report)
    guard tree.size == newest.size else { return report }
    // The bundles that the tree was made from hold what they hold; its root says whether that was signed.
    let bundles = Set(TilePath.needed(to: tree.size).lazy.filter { $0.content == .entries }.map(\.text))
    if tree.root == newest.root {
      report.checkpoint = newest
    } else {
      report.fault("checkpoint", "the entries have another root than the one that was signed")
    }
    for file in files where file != "checkpoint" && file != "vkey" {
      if bundles.contains(file) || allowsDrafts && file.hasSuffix(LogFolder.draftSuffix) { continue }
      try check(file, tree, key, &report)
    }
    for note in known { check(note, tree, key, &report) }
    return report
  }

  private func trustedKey(_ report: inout Report) throws(LogFolder.Failure) -> VerifierKey? {
    let inFolder: VerifierKey?
    if let bytes = try folder.read("vkey") {
      let text = String(decoding: bytes, as: UTF8.self)
      do throws(NoteFailure) {
        guard text.hasSuffix("\n") else { throw .malformedKey("the line does not end") }
        inFolder = try VerifierKey(String(text.dropLast()))
      } catch {
        report.fault("vkey", "\(error)")
        inFolder = nil
      }
    } else {
      if key == nil { report.fault("vkey", "is missing, and no key was given") }
      inFolder = nil
    }
    if let key, let inFolder, key.text != inFolder.text {
      report.fault("vkey", "is not the key that the log is checked by")
    }
    return key ?? inFolder
  }

  private func checkpoint(
    _ file: String, _ key: VerifierKey, _ report: inout Report
  ) throws(LogFolder.Failure) -> Checkpoint? {
    guard let bytes = try folder.read(file) else {
      report.fault(file, "is missing")
      return nil
    }
    do throws(NoteFailure) {
      let checkpoint = try Checkpoint.verified(bytes, by: key)
      report.checkpoints += 1
      return checkpoint
    } catch {
      report.fault(file, "\(error)")
      return nil
    }
  }

  /// The tree of the entries on disk.
  private func entries(_ newest: Checkpoint, _ report: inout Report) throws(LogFolder.Failure) -> MerkleTree {
    var tree = MerkleTree()
    let width = UInt64(TilePath.width)
    while tree.size < newest.size {
      let wanted = Int(min(newest.size - tree.size, width))
      guard let path = TilePath(.entries, index: tree.size / width, width: wanted) else { break }
      guard let bytes = try folder.read(path.text) else {
        report.fault(path.text, "is missing")
        break
      }
      guard let bundle = EntryBundle.decode(bytes), bundle.count == wanted else {
        report.fault(path.text, "does not hold \(wanted) entries")
        break
      }
      for entry in bundle { tree.append(TreeHash.leaf(entry)) }
    }
    for path in TilePath.needed(to: tree.size) where path.content != .entries {
      if try folder.read(path.text) == nil { report.fault(path.text, "is missing") }
    }
    return tree
  }

  /// Checks one file other than the newest checkpoint and the key.
  private func check(
    _ file: String, _ tree: MerkleTree, _ key: VerifierKey, _ report: inout Report
  ) throws(LogFolder.Failure) {
    if file.hasPrefix("checkpoint.") {
      guard let older = try checkpoint(file, key, &report) else { return }
      if file != "checkpoint.\(older.size)" { report.fault(file, "is a checkpoint of \(older.size) entries") }
      // Its second name is the one that counts, and is given last.
      let isUnfinished = older.size > tree.size && older.size <= unfinished?.size ?? 0
      compare(older, isUnfinished ? unfinished ?? tree : tree, file, &report)
    } else if let path = TilePath(file) {
      try check(path, tree, &report)
    } else if file.hasPrefix("proofs/"), file.hasSuffix(".tlog-proof") {
      try check(proof: file, tree, key, &report)
    } else {
      report.fault(file, "is no part of a log")
    }
  }

  private func compare(_ older: Checkpoint, _ tree: MerkleTree, _ file: String, _ report: inout Report) {
    if older.size > tree.size {
      report.fault(file, "was signed for \(older.size) entries, but the log has \(tree.size)")
    } else if tree.root(size: older.size) != older.root {
      report.fault(file, "was signed for other entries than the log begins with")
    }
  }

  private func check(_ path: TilePath, _ tree: MerkleTree, _ report: inout Report) throws(LogFolder.Failure) {
    guard let bytes = try folder.read(path.text) else { return }
    let (first, overflows) = path.index.multipliedReportingOverflow(by: UInt64(TilePath.width))
    let level =
      switch path.content {
      case .entries: 0
      case .hashes(let level): level * TilePath.height
      }
    guard !overflows, first <= UInt64.max - 256,
      let tree = [tree, unfinished ?? tree].first(where: {
        $0.holds(level: level, index: first + UInt64(path.width) - 1)
      })
    else {
      report.fault(path.text, "is beyond the size that was signed")
      return
    }
    let hashes = (first..<first + UInt64(path.width)).map { tree.node(level: level, index: $0) }
    switch path.content {
    case .hashes:
      if bytes != Digest.joined(hashes) {
        report.fault(path.text, "holds other hashes than the entries have")
      }
    case .entries:
      if EntryBundle.decode(bytes)?.map({ TreeHash.leaf($0) }) != hashes {
        report.fault(path.text, "holds other entries than were signed")
      }
    }
  }

  private func check(
    proof file: String, _ tree: MerkleTree, _ key: VerifierKey, _ report: inout Report
  ) throws(LogFolder.Failure) {
    guard let bytes = try folder.read(file) else { return }
    do {
      let proof = try LogProof(reading: bytes)
      let head = try Checkpoint.verified(Array(proof.checkpoint.encoded.utf8), by: key)
      guard proof.index < tree.size else {
        throw ProofFailure.indexOutOfTree(index: proof.index, size: tree.size)
      }
      guard file == "proofs/\(proof.index).tlog-proof" else {
        report.fault(file, "is a proof of entry \(proof.index)")
        return
      }
      try InclusionProof(index: proof.index, size: head.size, path: proof.path).verify(
        leaf: tree.node(level: 0, index: proof.index), root: head.root)
      compare(head, tree, file, &report)
      report.proofs += 1
    } catch {
      report.fault(file, "\(error)")
    }
  }

  private func check(_ note: SignedNote, _ tree: MerkleTree, _ key: VerifierKey, _ report: inout Report) {
    do throws(NoteFailure) {
      compare(
        try Checkpoint.verified(Array(note.encoded.utf8), by: key), tree, "the checkpoint kept elsewhere",
        &report)
    } catch {
      report.fault("the checkpoint kept elsewhere", "\(error)")
    }
  }
}

extension LogVerifier.Report {
  fileprivate mutating func fault(_ file: String, _ what: String) {
    faults.append(LogVerifier.Fault(file: file, what: what))
  }
}
