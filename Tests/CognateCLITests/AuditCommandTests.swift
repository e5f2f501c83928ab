import Foundation
import TestSupport
import Testing
import TransparencyLog

/// `cognate audit verify` over a log of three entries.
@Suite struct AuditCommandTests {
  private let scratch: ScratchFolder
  private let key: SigningKey

  init() throws {
    scratch = try ScratchFolder()
    key = try SigningKey(name: "example.org/log", seed: [UInt8](repeating: 7, count: 32))
  }

  /// Writes a log and returns its folder.
  private func log(_ name: String, entries: [String]) throws -> String {
    let place = scratch.url.appendingPathComponent(name).path
    let folder = LogFolder(place)
    var tree = MerkleTree()
    for entry in entries { tree.append(TreeHash.leaf(Array(entry.utf8))) }
    try TileWriter(folder).write(tree) { Array(entries[Int($0)].utf8) }
    let checkpoint = Checkpoint(origin: key.verifier.name, size: tree.size, root: tree.root)
    try TileWriter(folder).write(checkpoint: checkpoint.signed(by: key))
    try folder.write("vkey", Array((key.verifier.text + "\n").utf8))
    return place
  }

  @Test func aWholeLogIsSound() throws {
    let place = try log("whole", entries: ["a", "b", "c"])
    let outcome = try CommandRun(
      "audit", "verify", place, "--key", key.verifier.text, "--against", place + "/checkpoint.3")
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(outcome.output.contains("example.org/log: 3 entries"))
    #expect(outcome.output.contains("Sound"))
    #expect(outcome.output.contains("It begins with the checkpoint that was given"))
    #expect(!outcome.output.contains("No checkpoint from elsewhere"))
  }

  @Test func aKeyThatIsMissingIsNamed() throws {
    let place = try log("whole", entries: ["a"])
    let outcome = try CommandRun("audit", "verify", place, "--key", "nowhere.txt")
    #expect(outcome.status == 4 && outcome.errors.contains("no file nowhere.txt"), "\(outcome.all)")
    try FileManager.default.removeItem(atPath: place + "/vkey")
    let without = try CommandRun("audit", "verify", place)
    #expect(without.status == 3 && !without.output.contains("was taken from the folder"), "\(without.all)")
  }

  @Test func aChangedEntryIsThree() throws {
    let place = try log("changed", entries: ["a", "b", "c"])
    let bundle = URL(fileURLWithPath: place + "/tile/entries/000.p/3")
    var bytes = try Data(contentsOf: bundle)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: bundle)
    let outcome = try CommandRun("audit", "verify", place, "--json")
    #expect(outcome.status == 3)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
    #expect(report["is_sound"] as? Bool == false)
    #expect((report["faults"] as? [Any])?.isEmpty == false)
  }

  /// A checkpoint that was copied from a page or a terminal has the line ends of an editor, and the words of whoever printed
  /// it before it: these looked like a log that was rewritten.
  @Test func aCopiedCheckpointIsRead() throws {
    let place = try log("whole", entries: ["a", "b", "c"])
    let kept = try String(contentsOfFile: place + "/checkpoint.3", encoding: .utf8)
    for copied in [
      String(kept.dropLast()), kept + "\n", kept.replacing("\n", with: "\r\n"), "\u{FEFF}" + kept,
      "\n" + kept, "N1 for D1: notice-1.html\nPrint it as it is, and hand this over with it:\n" + kept + "\n",
    ] {
      let file = try scratch.write(copied, to: "kept")
      let outcome = try CommandRun(
        "audit", "verify", place, "--key", key.verifier.text, "--against", file.path)
      #expect(outcome.status == 0, "\(outcome.all)")
    }
    let changed = try scratch.write(kept.replacing("\n3\n", with: "\n2\n"), to: "changed")
    let outcome = try CommandRun("audit", "verify", place, "--against", changed.path)
    #expect(outcome.status == 3, "\(outcome.all)")
  }

  /// Only a checkpoint from elsewhere shows that the newest entries are gone.
  @Test func aRolledBackLogIsFoundByAnOutsideCheckpoint() throws {
    let kept = try log("kept", entries: ["a", "b", "c"]) + "/checkpoint"
    let place = try log("back", entries: ["a", "b"])
    let alone = try CommandRun("audit", "verify", place, "--key", key.verifier.text)
    #expect(alone.status == 0)
    #expect(alone.output.contains("--against"))
    let outcome = try CommandRun("audit", "verify", place, "--against", kept)
    #expect(outcome.status == 3)
  }

  @Test func anotherKeyIsThree() throws {
    let place = try log("other", entries: ["a"])
    let other = try SigningKey(name: "example.org/log", seed: [UInt8](repeating: 8, count: 32))
    let file = try scratch.write(other.verifier.text + "\n", to: "vkey.txt")
    #expect(try CommandRun("audit", "verify", place, "--key", file.path).status == 3)
  }

  @Test func whatIsNoKeyOrCheckpointIsFour() throws {
    let place = try log("refused", entries: ["a"])
    let text = try scratch.write("no checkpoint\n", to: "note.txt")
    for arguments in [["--key", "nonsense"], ["--against", text.path], ["--against", place + "/absent"]] {
      let outcome = try CommandRun(["audit", "verify", place] + arguments)
      #expect(outcome.status == 4, "\(arguments): \(outcome.all)")
      #expect(outcome.output.isEmpty)
    }
  }

  /// A case that was named twice, or beside a copy of it, doubled every figure.
  @Test func everyRecordOfAReportCountsOnce() throws {
    let place = try CommandRun.newCase(in: scratch.url)
    let copy = scratch.url.appendingPathComponent("copy.cognate").path
    try FileManager.default.copyItem(atPath: place, toPath: copy)
    for other in [place, copy] {
      let outcome = try CommandRun("audit", "report", place, other)
      #expect(outcome.status == 2 && outcome.errors.contains("are one case"), "\(outcome.all)")
    }
    let folder = scratch.url.appendingPathComponent("force").path
    let made = try CommandRun("corpus", "generate", "force", "--disclosures", "20", "-o", folder)
    #expect(made.status == 0, "\(made.all)")
    let histories = ["--histories", folder + "/histories.ndjson"]
    #expect(try CommandRun(["audit", "report"] + histories).status == 0)
    let twice = try CommandRun(["audit", "report"] + histories + histories)
    #expect(twice.status == 4 && twice.errors.contains("was read already"), "\(twice.all)")
    // Another unit may give its case the same reference.
    let lines = try String(contentsOfFile: folder + "/histories.ndjson", encoding: .utf8)
    let other = try scratch.write(
      lines.replacing(#""unit":""#, with: #""unit":"Other "#), to: "other.ndjson")
    let both = try CommandRun(["audit", "report", "--histories", other.path] + histories)
    #expect(both.status == 0, "\(both.all)")
  }

  /// A clock that was let stand for ever is never overdue, and the text said nothing of it.
  @Test func theTextSaysHowLongClocksStood() throws {
    let folder = scratch.url.appendingPathComponent("force").path
    let made = try CommandRun(
      "corpus", "generate", "force", "--disclosures", "30", "--seed", "1", "-o", folder)
    #expect(made.status == 0, "\(made.all)")
    let report = ["audit", "report", "--histories", folder + "/histories.ndjson"]
    let lines = try CommandRun(report).output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("  clock ") && $0.contains("paused days") })
    let table = try CommandRun(report + ["--format", "csv"]).output
    let seconds = try #require(
      table.firstMatch(of: #/clocks,"all units",delivery\.paused_seconds,(\d+)/#).flatMap { Double($0.1) })
    let delivery = try #require(lines.first { $0.hasPrefix("  delivery ") })
    #expect(seconds > 0 && delivery.split(separator: " ").last == "\((seconds / 8_640).rounded() / 10)")
    let review = try #require(lines.first { $0.hasPrefix("  review of a deferral ") })
    #expect(review.split(separator: " ").last == "-")
  }

  @Test func aFolderThatIsNotThereIsOne() throws {
    let outcome = try CommandRun("audit", "verify", scratch.url.path + "/absent")
    #expect(outcome.status == 1)
    #expect(outcome.output.isEmpty)
  }
}
