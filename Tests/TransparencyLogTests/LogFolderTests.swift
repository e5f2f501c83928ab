import Foundation
import TestSupport
import Testing
import TransparencyLog

/// A log of a few entries in a scratch folder.
private struct SmallLog {
  let scratch: ScratchFolder
  let key: SigningKey
  let folder: LogFolder
  var tree = MerkleTree()

  init(entries: Int, everySize: Bool = false, fill: UInt8 = 7, prefix: String = "entry") throws {
    scratch = try ScratchFolder()
    key = try SigningKey(name: "example.org/log", seed: [UInt8](repeating: fill, count: 32))
    folder = LogFolder(scratch.url.path)
    for number in 0..<entries {
      tree.append(TreeHash.leaf(Self.entry(prefix, UInt64(number))))
      if everySize {
        try TileWriter(folder).write(tree, from: UInt64(number)) { Self.entry(prefix, $0) }
        try TileWriter(folder).write(checkpoint: checkpoint())
      }
    }
    if !everySize {
      try TileWriter(folder).write(tree) { Self.entry(prefix, $0) }
      try TileWriter(folder).write(checkpoint: checkpoint())
    }
    try folder.write("vkey", Array((key.verifier.text + "\n").utf8))
  }

  static func entry(_ prefix: String, _ index: UInt64) -> [UInt8] { Array("\(prefix) \(index)".utf8) }

  func checkpoint() throws -> SignedNote {
    try Checkpoint(origin: key.verifier.name, size: tree.size, root: tree.root).signed(by: key)
  }

  func addProofs(of indexes: Range<UInt64>? = nil) throws {
    for index in indexes ?? 0..<tree.size {
      let proof = LogProof(
        try InclusionProof(of: index, size: tree.size, in: tree), checkpoint: try checkpoint())
      try folder.write("proofs/\(index).tlog-proof", Array(proof.encoded.utf8))
    }
  }

  func verify(known: [SignedNote] = []) throws -> LogVerifier.Report {
    try LogVerifier(folder, key: key.verifier, known: known).verify()
  }
}

private func overwrite(_ file: URL, _ bytes: [UInt8]) throws {
  let handle = try FileHandle(forWritingTo: file)
  try handle.write(contentsOf: bytes)
  try handle.close()
}

@Suite struct LogFolderTests {
  @Test(arguments: [0, 1, 2, 255, 256, 257, 600, 65_537])
  func aWholeLogHolds(entries: Int) throws {
    let log = try SmallLog(entries: entries)
    let report = try log.verify()
    #expect(report.isSound, "\(report.faults)")
    #expect(report.checkpoint?.size == UInt64(entries))
  }

  @Test func everySizeAndEveryProofHolds() throws {
    let log = try SmallLog(entries: 40, everySize: true)
    try log.addProofs()
    let report = try log.verify()
    #expect(report.isSound, "\(report.faults)")
    #expect(report.checkpoints == 41 && report.proofs == 40)
  }

  /// Every bit of every file matters.
  @Test func everyFlippedBitIsFound() throws {
    let log = try SmallLog(entries: 33)
    try log.addProofs(of: 17..<18)
    var flips = 0
    for file in try log.folder.files() {
      let bytes = try #require(try log.folder.read(file))
      let place = log.scratch.url.appendingPathComponent(file)
      for bit in 0..<bytes.count * 8 {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        // In place: a durable write for each of so many would take minutes.
        try overwrite(place, changed)
        #expect(try !log.verify().isSound, "\(file), bit \(bit)")
        flips += 1
      }
      try overwrite(place, bytes)
    }
    #expect(flips > 3_036)
    #expect(try log.verify().isSound)
  }

  @Test func everyCutAndEveryMissingFileIsFound() throws {
    let log = try SmallLog(entries: 33)
    for file in try log.folder.files() where file != "vkey" && file != "checkpoint.33" {
      let bytes = try #require(try log.folder.read(file))
      let place = log.scratch.url.appendingPathComponent(file)
      for length in 0..<bytes.count {
        try Data(bytes[..<length]).write(to: place)
        #expect(try !log.verify().isSound, "\(file) cut to \(length) bytes")
      }
      try FileManager.default.removeItem(at: place)
      #expect(try !log.verify().isSound, "\(file) is missing")
      try Data(bytes).write(to: place)
    }
    #expect(try log.verify().isSound)
  }

  @Test func deletedInsertedAndSwappedEntriesAreFound() throws {
    let log = try SmallLog(entries: 33)
    let file = log.scratch.url.appendingPathComponent("tile/entries/000.p/33")
    let entries = (0..<33).map { SmallLog.entry("entry", $0) }
    var deleted = entries
    deleted.remove(at: 5)
    var inserted = entries
    inserted.insert(Array("new".utf8), at: 5)
    var swapped = entries
    swapped.swapAt(5, 6)
    for changed in [deleted, inserted, swapped] {
      try Data(try #require(EntryBundle.encode(changed))).write(to: file)
      #expect(try !log.verify().isSound)
    }
  }

  @Test func aForkARollbackAndAnotherKeyAreFound() throws {
    let log = try SmallLog(entries: 33)
    let kept = try log.checkpoint()
    // Rewritten by the holder of the key: sound in itself, but not what was handed out.
    let fork = try SmallLog(entries: 40, prefix: "other")
    #expect(try fork.verify().isSound)
    #expect(try !fork.verify(known: [kept]).isSound)
    let rolledBack = try SmallLog(entries: 20)
    #expect(try rolledBack.verify().isSound)
    #expect(try !rolledBack.verify(known: [kept]).isSound)
    let grown = try SmallLog(entries: 40)
    #expect(try grown.verify(known: [kept]).isSound)
    let swapped = try SmallLog(entries: 33, fill: 8)
    #expect(try !LogVerifier(swapped.folder, key: log.key.verifier).verify().isSound)
    #expect(try LogVerifier(swapped.folder).verify().isSound)
  }

  @Test func foreignFilesAreFound() throws {
    let log = try SmallLog(entries: 3)
    for name in [
      "tile/0/001", "tile/9/000.p/1", "tile/entries/000.p/4", "notes.txt", "tile/0/000.p/03", "proofs/x",
    ] {
      let place = try log.scratch.write("x", to: name)
      #expect(try !log.verify().isSound, "\(name)")
      try FileManager.default.removeItem(at: place)
    }
    try FileManager.default.createSymbolicLink(
      at: log.scratch.url.appendingPathComponent("tile/0/000.p/2"),
      withDestinationURL: URL(fileURLWithPath: "/dev/zero"))
    #expect(throws: LogFolder.Failure.self) { try log.verify() }
  }

  /// Whoever checked such a folder waited for ever.
  @Test(.timeLimit(.minutes(1))) func aPipeIsNotWaitedFor() throws {
    let log = try SmallLog(entries: 3)
    try #require(mkfifo(log.scratch.url.appendingPathComponent("checkpoint.9").path, 0o600) == 0)
    #expect(throws: LogFolder.Failure.self) { try log.verify() }
  }

  @Test func pathsOfTiles() throws {
    let path = try #require(TilePath(.hashes(level: 0), index: 1_234_067, width: 256))
    #expect(path.text == "tile/0/x001/x234/067")
    #expect(TilePath(path.text) == path)
    #expect(TilePath(.entries, index: 0, width: 5)?.text == "tile/entries/000.p/5")
    // The example of the specification: 70,000 entries.
    let needed = TilePath.needed(to: 70_000).filter { $0.content != .entries }
    #expect(needed.count == 273 + 1 + 1 + 1 + 1)
    #expect(needed.contains { $0.text == "tile/0/273.p/112" })
    #expect(needed.contains { $0.text == "tile/1/001.p/17" })
    #expect(needed.contains { $0.text == "tile/2/000.p/1" })
    for text in [
      "tile/0/0", "tile/64/000", "tile/00/000", "tile/0/x000/000", "tile/0/000.p/256", "tile/0/000.p/0",
      "tile",
    ] {
      #expect(TilePath(text) == nil, "\(text)")
    }
  }
}
