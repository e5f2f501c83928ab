import CaseFile
import Cognate
import Disclosure
import Foundation
import GRDB
import TestSupport
import Testing

/// What a case stores against the entries that tell of it.
@Suite struct StoredEffectTests {
  /// A case in which everything was done that is checked, and everything that is stored stands in the log.
  private func fullCase() throws -> StaffedCase {
    let test = try StaffedCase()
    try test.by("AN1").protect(["instagram:stranger_danger"])
    try test.by("AN1").judge("A1", "A3", .different, reason: "seen at once in Kent")
    try test.by("AN1").judge("A2", "A3", .different, reason: "another town")
    _ = try test.by("AN1").undo()
    _ = try test.by("AN1").link()
    let disclosure = try test.scheduled(test.identified())
    try test.told(disclosure)
    try test.by("keeper").addPerson("LEFT8", roles: [.analyst], passphrase: StaffedCase.passphrase)
    try test.by("keeper").removePerson("LEFT8")
    let hold = try test.by("DI3").placeHold(on: "A1", reason: "trial listed", reference: "T/3")
    try test.by("DI3").liftHold(hold, reason: "over", second: test.person("RV2"))
    _ = try test.by("AN1").export(
      .csv, to: test.folder.url.path + "/pairs.csv", second: test.person("RV2"))
    _ = try test.by("DI3").erase("A2", .restrict, reason: "disputed", second: test.person("RV2"))
    return test
  }

  private func place(_ test: StaffedCase) -> URL { test.folder.url.appendingPathComponent("t.cognate") }

  private func faults(_ test: StaffedCase) throws -> [String] {
    try CaseLog(of: place(test)).verify().faults.map(\.what)
  }

  /// The case as it is after statements that no command ran.
  private func tampered(_ test: StaffedCase, _ sql: String) throws -> [String] {
    let copy = test.folder.url.appendingPathComponent("copy.cognate")
    try? FileManager.default.removeItem(at: copy)
    try FileManager.default.copyItem(at: place(test), to: copy)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let queue = try DatabaseQueue(
      path: copy.appendingPathComponent("case.sqlite").path, configuration: configuration)
    try queue.write { database in
      try database.execute(sql: sql)
      #expect(database.changesCount > 0, "\(sql)")
    }
    try queue.close()
    return try CaseLog(of: copy).verify().faults.map(\.what)
  }

  @Test func whatIsStoredIsWhatWasEntered() throws {
    let test = try fullCase()
    #expect(try faults(test) == [])
    // What is done behind the program's back, and the fault that tells of it.
    let changes: [(sql: String, fault: String)] = [
      ("UPDATE opening SET reviewer = 'X'", "what the case was opened with"),
      ("UPDATE opening SET purpose = 'X'", "what the case was opened with"),
      ("UPDATE person SET rank = 'chief constable' WHERE id = 'DI3'", "person DI3"),
      ("UPDATE person SET verifier = 'x' WHERE id = 'DI3'", "the passphrase of DI3"),
      ("UPDATE disclosure SET victim = 'V/9'", "disclosure D1"),
      ("UPDATE disclosure SET unit = 'South'", "disclosure D1"),
      ("UPDATE disclosure SET is_enhanced = 1 - is_enhanced", "disclosure D1"),
      ("UPDATE rule_set SET toml = replace(toml, '5', '50')", "is not the text that its hash names"),
      ("UPDATE identification SET members = '[3]'", "I1 is not about the accounts"),
      ("UPDATE identification SET cluster = 'C9'", "I1 is not about the accounts"),
      ("DELETE FROM protection", "the list of protected accounts"),
      ("UPDATE account SET is_protected = 0", "A3 was protected"),
      ("UPDATE cluster_member SET cluster = 7 WHERE account = 1", "what run"),
      ("UPDATE pair SET log10_lr = 9", "what run"),
      ("UPDATE evidence SET statement = 'x'", "the evidence of run"),
      ("UPDATE source SET sha256 = 'x'", "source S1"),
      ("DELETE FROM source", "(import)"),
      ("UPDATE source SET imported_at = 'x'", "of source S1"),
      ("UPDATE record SET text = 'x' WHERE id = (SELECT max(id) FROM record)", "of source S"),
      ("UPDATE record SET at = 7", "of source S1"),
      ("UPDATE record SET line = line + 1 WHERE id = (SELECT min(id) FROM record)", "of source S1"),
      ("DELETE FROM record WHERE id = (SELECT min(id) FROM record)", "of source S1"),
      ("UPDATE record SET id = 99 WHERE id = (SELECT min(id) FROM record)", "stands outside the source"),
      ("UPDATE sighting SET written = 'x' WHERE id = 1", "of source S1"),
      ("UPDATE sighting SET appearance = appearance + 1 WHERE id = 1", "of source S1"),
      ("DELETE FROM sighting WHERE id = 1", "of source S1"),
      ("UPDATE value SET canonical = canonical || 'x' WHERE id = 1", "of source S1"),
      ("UPDATE account SET canonical = canonical || 'x' WHERE id = 1", "of source S1"),
      ("UPDATE account SET written = 'x' WHERE id = 1", "of source S1"),
      ("UPDATE appearance SET account = 3 - account WHERE account < 3", "of source S1"),
      ("UPDATE reconciliation SET imported = imported + 1", "of source S1"),
      ("UPDATE run SET hash = 'x' || hash WHERE id = 1", "run "),
      ("DELETE FROM run_order WHERE id = 1", "(link)"),
      ("UPDATE judgement SET verdict = 'same' WHERE id = 1", "judgement 1"),
      ("UPDATE judgement SET reason = 'because' WHERE id = 1", "judgement 1"),
      ("UPDATE judgement SET undone_at = '2026-06-02T00:00:00Z' WHERE id = 1", "taking back of judgement 1"),
      ("UPDATE judgement SET undone_at = NULL", "(undo)"),
      ("DELETE FROM judgement WHERE id = 1", "(judge)"),
      (
        "INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (1, 2, 'same', 'r', 't')",
        "judgement 3"
      ),
      ("UPDATE export SET sha256 = 'x'", "export X1"),
      ("DELETE FROM export", "(export)"),
      ("UPDATE notice SET sha256 = 'x'", "notice N1"),
      ("UPDATE person SET roles = 'decider' WHERE id = 'AN1'", "person AN1"),
      ("UPDATE person SET removed_at = NULL WHERE id = 'LEFT8'", "(who.remove)"),
      ("DELETE FROM legal_hold", "(hold.place)"),
      ("UPDATE legal_hold SET lifted_at = NULL", "(hold.lift)"),
      ("DELETE FROM withdrawal", "(restrict)"),
      ("UPDATE withdrawal SET kind = 'erase'", "the erasure of A2"),
      (
        "UPDATE disclosure_step SET at = at - 86400 WHERE action = 'decide'",
        "D1: no entry tells of the step decide"
      ),
      ("UPDATE identification_step SET who = 'DI3' WHERE action = 'propose'", "I1: no entry"),
      ("DELETE FROM disclosure_step WHERE action = 'deliver'", "tells of a step that is not stored"),
      ("DELETE FROM identification_step", "tells of a step that is not stored"),
      (
        """
        INSERT INTO disclosure_step SELECT disclosure, 99, action, state, at, recorded_at, who, content, log_entry
        FROM disclosure_step WHERE action = 'decide'
        """, "stands for two steps"
      ),
    ]
    for (sql, fault) in changes {
      let found = try tampered(test, sql)
      #expect(found.contains { $0.contains(fault) }, "\(sql): \(found)")
    }
  }

  @Test func aChangeAtTheEndOfALongPostIsFound() throws {
    let test = try StaffedCase()
    let post = String(repeating: "long ", count: 40_000)
    let file = try test.folder.write(
      "{\"id\":\"w\",\"platform\":\"x\",\"handle\":\"writer_1\",\"posts\":[{\"text\":\"\(post)\"}]}\n",
      to: "w.ndjson")
    _ = try test.by("AN1").importSources(ImportRequest(paths: [file]))
    #expect(try faults(test) == [])
    let found = try tampered(
      test, "UPDATE record SET text = substr(text, 1, length(text) - 1) || 'x' WHERE length(text) > 100000")
    #expect(found.contains { $0.contains("of source S2") }, "\(found)")
  }

  @Test func whatAnErasedEntryToldOfIsNoFault() throws {
    let test = try fullCase()
    let judged = try test.database.read { try LogEntry.all($0, .init(action: "judge")).first?.index }
    let entry = try #require(judged)
    _ = try test.by("DI3").erase("E\(entry)", .erase, reason: "x", second: test.person("RV2"))
    #expect(try faults(test) == [])
    // One entry was erased: two judgements without an entry are one too many.
    let found = try tampered(
      test, "INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (1, 2, 'same', 'r', 't')")
    #expect(found.contains { $0.contains("judgement 3") && $0.contains("1 of these may") }, "\(found)")
  }

  @Test func anErasedAccountIsNoFault() throws {
    let test = try StaffedCase()
    try test.by("AN1").judge("A1", "A3", .different, reason: "seen at once in Kent")
    _ = try test.by("DI3").erase("A3", .erase, reason: "not a party", second: test.person("RV2"))
    #expect(try faults(test) == [])
    // The entry of the erasure says what is left of the source.
    let found = try tampered(test, "UPDATE account SET written = 'x' WHERE id = 1")
    #expect(found.contains { $0.contains("of source S1") }, "\(found)")
  }
}
