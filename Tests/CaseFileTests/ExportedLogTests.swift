import CaseFile
import Foundation
import TestSupport
import Testing
import TransparencyLog

/// The log of a case as it is handed out: 33 entries, with a proof of each.
@Suite struct ExportedLogTests {
  private static let isThorough = ProcessInfo.processInfo.environment["COGNATE_THOROUGH"] != nil
  private let test: LoggedCase
  private let copy: LogFolder

  init() throws {
    test = try LoggedCase()
    for first in [1, 9] {
      try test.database.operation { _, entries in
        for number in first..<(first == 1 ? 9 : 33) {
          try entries.append(LoggedCase.draft("act", ["A\(number)"]))
        }
      }
    }
    let place = test.scratch.url.appendingPathComponent("export")
    let written = try CaseLog(of: test.folder).export(to: place)
    #expect(written == (33, 3))
    copy = LogFolder(place.path)
  }

  private func verify(known: [SignedNote] = []) throws -> LogVerifier.Report {
    try LogVerifier(copy, key: test.database.logKey, known: known).verify()
  }

  private func read(_ file: String) throws -> [UInt8] { try #require(try copy.read(file)) }

  private func overwrite(_ file: String, _ bytes: [UInt8]) throws {
    let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: "\(copy.path)/\(file)"))
    try handle.write(contentsOf: bytes)
    try handle.close()
  }

  /// Every file: all its bits when thorough, else one in 61, other ones in each file.
  @Test func everyFlippedBitIsFound() throws {
    #expect(try verify().isSound)
    var (flips, missed) = (0, 0)
    for (number, file) in try copy.files().enumerated() {
      let bytes = try read(file)
      for bit in stride(
        from: Self.isThorough ? 0 : number % 61, to: bytes.count * 8, by: Self.isThorough ? 1 : 61)
      {
        var changed = bytes
        changed[bit / 8] ^= 1 << UInt8(bit % 8)
        try overwrite(file, changed)
        if try verify().isSound {
          missed += 1
          Issue.record("\(file), bit \(bit)")
        }
        flips += 1
      }
      try overwrite(file, bytes)
    }
    #expect(missed == 0)
    #expect(flips > (Self.isThorough ? 150_000 : 2_500))
    #expect(try verify().isSound)
    if Self.isThorough { print("\(flips) flipped bits, \(missed) missed") }
  }

  @Test func deletedInsertedSwappedAndCutEntriesAreFound() throws {
    let file = "tile/entries/000.p/33"
    let bytes = try read(file)
    let entries = try #require(EntryBundle.decode(bytes)).map { Array($0) }
    for place in entries.indices {
      var deleted = entries
      deleted.remove(at: place)
      var inserted = entries
      inserted.insert([UInt8](repeating: 9, count: 32), at: place)
      var doubled = entries
      doubled.insert(entries[place], at: place)
      var swapped = entries
      swapped.swapAt(place, (place + 1) % entries.count)
      for changed in [deleted, inserted, doubled, swapped, Array(entries[..<place])] {
        try Data(try #require(EntryBundle.encode(changed))).write(
          to: URL(fileURLWithPath: "\(copy.path)/\(file)"))
        #expect(try !verify().isSound, "entry \(place)")
      }
    }
  }

  /// What the holder of the key could do: sign other entries, or fewer.
  @Test func aForkAndARollbackAreFoundByAnOutsideCheckpoint() throws {
    let kept = try test.database.checkpoint()
    let older = try SignedNote(reading: read("checkpoint.9"))
    let key = try SigningKey(
      String(contentsOf: test.folder.appendingPathComponent("key/log-key"), encoding: .utf8).dropLast()
        .description)
    for (size, changes) in [(UInt64(33), true), (40, true), (20, false), (9, false)] {
      let place = test.scratch.url.appendingPathComponent("fork-\(size)").path
      let entries = try #require(EntryBundle.decode(try read("tile/entries/000.p/33")))
      var tree = MerkleTree()
      func entry(_ index: UInt64) -> [UInt8] {
        index < 33 && !(changes && index == 12)
          ? Array(entries[Int(index)]) : [UInt8](repeating: UInt8(index), count: 32)
      }
      for index in 0..<size { tree.append(TreeHash.leaf(entry(index))) }
      let fork = LogFolder(place)
      try TileWriter(fork).write(tree) { entry($0) }
      try TileWriter(fork).write(
        checkpoint: Checkpoint(origin: key.verifier.name, size: size, root: tree.root).signed(by: key))
      try fork.write("vkey", Array((key.verifier.text + "\n").utf8))
      #expect(try LogVerifier(fork, key: key.verifier).verify().isSound, "\(size)")
      #expect(try !LogVerifier(fork, key: key.verifier, known: [kept]).verify().isSound, "\(size)")
      // Both begin with what was signed at 9 entries: that one alone proves nothing.
      #expect(try LogVerifier(fork, key: key.verifier, known: [older]).verify().isSound, "\(size)")
    }
    let stranger = try SigningKey(name: key.verifier.name)
    #expect(try !LogVerifier(copy, key: stranger.verifier).verify().isSound)
  }
}
