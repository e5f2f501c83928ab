import CaseFile
import Foundation
import GRDB
import TestSupport
import Testing
import TransparencyLog

/// `cognate audit` over the log of a case.
@Suite struct CaseAuditTests {
  private let scratch: ScratchFolder
  private let place: String

  init() throws {
    scratch = try ScratchFolder()
    place = try CommandRun.caseOfOneAccount(in: scratch)
    #expect(try CommandRun("accounts", place, "A1", "--because", "a test of looking").status == 0)
  }

  private func path(_ name: String) -> String { scratch.url.appendingPathComponent(name).path }

  private func run(_ arguments: String...) throws -> CommandRun { try CommandRun(["audit"] + arguments) }

  private func json(_ arguments: String...) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(CommandRun(["audit"] + arguments).output.utf8))
  }

  @Test func theLogIsListedAndFiltered() throws {
    let whole = try run("log", place)
    #expect(whole.status == 0)
    #expect(whole.output.split(separator: "\n").count == 3)
    #expect(whole.output.contains("(unproven)") && whole.output.contains("(default)"))
    let one = try run("log", place, "--subject", "A1")
    #expect(one.output.contains("a test of looking") && one.output.split(separator: "\n").count == 1)
    let entries = try #require(
      try json("log", place, "--operation", "collection", "--json") as? [[String: Any]])
    #expect(entries.count == 1)
    #expect(entries[0]["action"] as? String == "import" && entries[0]["index"] as? Int == 1)
    #expect((entries[0]["details"] as? [String: String])?["records"] != nil)
    #expect(try run("log", place, "--actor", "nobody at all").output == "No entries.\n")
    // Reading the log changes nothing in it.
    #expect(try (json("log", place, "--json") as? [Any])?.count == 3)
  }

  @Test func ofSeveralCasesTheOneThatDoesNotOpenIsNamed() throws {
    let other = try CommandRun.newCase(in: scratch.url, named: "b.cognate")
    let checkpoint = URL(fileURLWithPath: other + "/log/checkpoint")
    try (Data(contentsOf: checkpoint) + Data("x\n".utf8)).write(to: checkpoint)
    let outcome = try run("report", place, other)
    #expect(outcome.status == 3 && outcome.output.isEmpty, "\(outcome.all)")
    #expect(outcome.errors.contains("b.cognate does not open, and no report"), "\(outcome.errors)")
  }

  @Test func aSoundCaseIsSound() throws {
    let outcome = try run("verify", place)
    #expect(outcome.status == 0, "\(outcome.all)")
    #expect(outcome.output.contains("3 of 3 stored entries"))
  }

  @Test(arguments: [
    "UPDATE log_entry SET payload = replace(payload, 'grim', 'trim'), actor = 'somebody' WHERE idx = 1",
    "UPDATE log_entry SET actor = 'somebody' WHERE idx = 1",
    "UPDATE log_entry SET at = '2020-01-01T00:00:00Z' WHERE idx = 2",
    "UPDATE log_entry SET action = 'export' WHERE idx = 2",
    "UPDATE log_entry SET operation = 'alteration' WHERE idx = 2",
    "UPDATE log_entry SET payload = replace(payload, 'S1', 'S2') WHERE idx = 1",
    "UPDATE log_entry SET salt = zeroblob(32) WHERE idx = 1",
    "UPDATE log_entry SET payload = 'no JSON' WHERE idx = 1",
    "UPDATE log_entry SET commitment = zeroblob(32) WHERE idx = 1",
    "UPDATE log_entry SET payload = NULL, salt = NULL, erased_by = 2 WHERE idx = 1",
    "DELETE FROM log_entry WHERE idx = 1",
    "DELETE FROM log_entry WHERE idx = 2",
    "UPDATE log_node SET hash = zeroblob(32)",
    "DELETE FROM log_node",
    "INSERT INTO log_node VALUES (1, 1, zeroblob(32))",
    "UPDATE log_state SET signed = 9",
    "UPDATE log_state SET vkey = 'x'",
  ])
  func whatIsChangedInTheDatabaseIsThree(sql: String) throws {
    try Tampering.change(place + "/case.sqlite", sql)
    let outcome = try run("verify", place, "--json")
    #expect(outcome.status == 3, "\(sql): \(outcome.all)")
  }

  @Test func aReportOfALogThatDoesNotHoldIsWrittenAndIsThree() throws {
    #expect(try run("report", place).status == 0)
    try Tampering.change(place + "/case.sqlite", "UPDATE opening SET reviewer = 'X'")
    let outcome = try run("report", place)
    #expect(outcome.status == 3 && outcome.output.contains("DOES NOT HOLD"), "\(outcome.all)")
    #expect(outcome.errors.contains("the log of R/1 does not hold"), "\(outcome.all)")
    let file = path("report.html")
    #expect(try run("report", place, "-o", file).status == 3)
    #expect(FileManager.default.fileExists(atPath: file))
  }

  @Test func whatIsChangedInTheFolderIsThree() throws {
    let bundle = URL(fileURLWithPath: place + "/log/tile/entries/000.p/3")
    var bytes = try Data(contentsOf: bundle)
    bytes[bytes.count - 1] ^= 1
    try bytes.write(to: bundle)
    #expect(try run("verify", place).status == 3)
  }

  /// Without its checkpoint a case does not open: nobody signs the entries when it is next worked on.
  @Test func aMissingCheckpointPromisesNoSigning() throws {
    try FileManager.default.removeItem(atPath: place + "/log/checkpoint")
    let outcome = try run("verify", place)
    #expect(outcome.status == 3 && outcome.output.contains("checkpoint: is missing"), "\(outcome.all)")
    #expect(!outcome.output.contains("not signed yet"), "\(outcome.all)")
    #expect(try CommandRun("accounts", place).status == 3)
  }

  @Test func aRolledBackCaseIsFoundByAnOutsideCheckpoint() throws {
    let back = path("back.cognate")
    try FileManager.default.copyItem(atPath: place, toPath: back)
    #expect(try CommandRun("accounts", place).status == 0)
    let kept = path("kept.checkpoint")
    try FileManager.default.copyItem(atPath: place + "/log/checkpoint", toPath: kept)
    #expect(try run("verify", place, "--against", kept).status == 0)
    // All of it put back, the signed checkpoint and all: sound in itself.
    try FileManager.default.removeItem(atPath: place)
    try FileManager.default.moveItem(atPath: back, toPath: place)
    #expect(try run("verify", place).status == 0)
    let outcome = try run("verify", place, "--against", kept)
    #expect(outcome.status == 3 && outcome.output.contains("signed for 4 entries, but the log has 3"))
    // Worked on since: as many entries, and other ones.
    #expect(try CommandRun("accounts", place).status == 0)
    #expect(try run("verify", place).status == 0)
    #expect(try run("verify", place, "--against", kept).status == 3)
  }

  @Test func aCaseWithFewerEntriesThanWereSignedIsNotOpened() throws {
    try Tampering.change(place + "/case.sqlite", "DELETE FROM log_entry WHERE idx = 2")
    for arguments in [
      ["accounts", place], ["link", place], ["judge", place, "A1", "A2", "same", "--reason", "r"],
    ] {
      let outcome = try CommandRun(arguments)
      #expect(outcome.status == 3 && outcome.output.isEmpty, "\(outcome.all)")
      #expect(outcome.errors.contains("signed for 3 entries, but the case holds 2"))
    }
  }

  @Test func aProofStandsAlone() throws {
    let (proof, key) = (path("p.tlog-proof"), path("vkey"))
    try FileManager.default.copyItem(atPath: place + "/log/vkey", toPath: key)
    #expect(try run("prove", place, "E1", "-o", proof).status == 0)
    let sound = try run("verify", "--proof", proof, "--key", key)
    #expect(sound.status == 0 && sound.output.contains("Sound: entry 1"))
    #expect(!sound.output.contains("import"))
    #expect(try run("verify", place, "--proof", proof).status == 0)
    let printed = try run("prove", place, "1")
    #expect(try printed.output == String(contentsOfFile: proof, encoding: .utf8))
    // Of another entry: the index is part of what is proved.
    let text = try String(contentsOfFile: proof, encoding: .utf8)
    try text.replacing("index 1\n", with: "index 0\n").write(toFile: proof, atomically: true, encoding: .utf8)
    #expect(try run("verify", "--proof", proof, "--key", key).status == 3)
    try "no proof\n".write(toFile: proof, atomically: true, encoding: .utf8)
    #expect(try run("verify", "--proof", proof, "--key", key).status == 4)
    #expect(try run("verify", "--proof", proof).status == 2)
    #expect(try run("prove", place, "99").status == 1)
    #expect(try run("prove", place, "x").status == 2)
  }

  @Test func aRevealingProofSaysWhatTheEntrySaysAndIsEntered() throws {
    let (proof, key) = (path("p.tlog-proof"), path("vkey"))
    try FileManager.default.copyItem(atPath: place + "/log/vkey", toPath: key)
    #expect(try run("prove", place, "2", "--reveal", "-o", proof).status == 2)
    #expect(try run("prove", place, "2", "--reveal", "--recipient", "a court", "-o", proof).status == 0)
    let outcome = try run("verify", "--proof", proof, "--key", key)
    #expect(outcome.status == 0 && outcome.output.contains("a test of looking"))
    let entry = try #require(
      try (json("log", place, "--action", "audit.prove", "--json") as? [[String: Any]])?.first)
    #expect(entry["operation"] as? String == "disclosure")
    #expect(entry["subjects"] as? [String] == ["E2"] && entry["recipients"] as? [String] == ["a court"])
  }

  @Test func anExportIsSoundAndHoldsNoSecret() throws {
    let copy = path("export")
    #expect(try run("export", place, copy).status == 0)
    let outcome = try run("verify", copy, "--key", copy + "/vkey", "--against", place + "/log/checkpoint.2")
    #expect(
      outcome.status == 0 && outcome.output.contains("4 checkpoints and 3 proofs hold"), "\(outcome.all)")
    #expect(try run("export", place, copy).status == 1)
    for file in try LogFolder(copy).files() {
      let text = String(decoding: try #require(try LogFolder(copy).read(file)), as: UTF8.self)
      #expect(!text.contains("PRIVATE") && !text.contains("grim"), "\(file)")
    }
    // A proof of the export leaves the entry out: it is in the log beside it.
    let proof = copy + "/proofs/1.tlog-proof"
    for log in [copy, place] {
      let proved = try run("verify", log, "--proof", proof)
      #expect(proved.status == 0 && proved.output.contains("Sound: entry 1"), "\(proved.all)")
    }
    let alone = try run("verify", "--proof", proof, "--key", copy + "/vkey")
    #expect(alone.status == 4 && alone.errors.contains("name the log"), "\(alone.all)")
    let tile = copy + "/tile/entries/000.p/3"
    var entries = try Data(contentsOf: URL(fileURLWithPath: tile))
    entries[40] ^= 1
    try entries.write(to: URL(fileURLWithPath: tile))
    #expect(try run("verify", copy, "--proof", proof).status == 3)
    #expect(try run("export", place, path("bare"), "--no-proofs").status == 0)
    #expect(!FileManager.default.fileExists(atPath: path("bare/proofs")))
  }

  @Test func aWitnessCosignsOnlyWhatGrows() throws {
    let (key, note) = (path("witness.key"), path("w.checkpoint"))
    let made = try run("witness", "--new-key", "witness.example.org", "--key", key)
    let publicKey = try #require(made.output.split(separator: "\n").last.map(String.init))
    #expect(publicKey.hasPrefix("witness.example.org+"))
    #expect(try FileManager.default.attributesOfItem(atPath: key)[.posixPermissions] as? Int == 0o600)
    #expect(try run("witness", "--new-key", "other", "--key", key).status == 4)
    let copy = path("older")
    #expect(try run("export", place, copy).status == 0)
    #expect(try run("witness", copy, "--key", key, "--note", note).status == 0)
    #expect(try run("witness", place, "--key", publicKey, "--note", note).status == 0)
    #expect(try CommandRun("accounts", place).status == 0)
    #expect(try run("witness", place, "--key", key, "--note", note).status == 0)
    #expect(try run("verify", place, "--against", note).status == 0)
    // The older copy no longer reaches what was cosigned.
    let before = try String(contentsOfFile: note, encoding: .utf8)
    #expect(try run("witness", copy, "--key", key, "--note", note).status == 3)
    #expect(try String(contentsOfFile: note, encoding: .utf8) == before)
    let stranger = try SigningKey(name: "witness.example.org", algorithm: .cosignature)
    #expect(try run("witness", place, "--key", stranger.verifier.text, "--note", note).status == 3)
    let logsOwn = try SigningKey(name: "witness.example.org")
    try (logsOwn.text + "\n").write(toFile: path("wrong.key"), atomically: true, encoding: .utf8)
    #expect(try run("witness", place, "--key", path("wrong.key"), "--note", path("n")).status == 4)
  }
}

/// Changes a database behind the program's back.
enum Tampering {
  static func change(_ path: String, _ sql: String) throws {
    let queue = try DatabaseQueue(path: path)
    try queue.writeWithoutTransaction { database in
      // Whoever tampers does not stop at a constraint.
      try database.execute(sql: "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; \(sql)")
    }
  }
}
