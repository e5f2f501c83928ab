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

  /// Whom nobody listed a source that is imported later would show as protected, and out of reach of every link.
  @Test func nobodyIsListedAsProtectedWithoutAnEntry() throws {
    let test = try StaffedCase()
    #expect(try test.faults() == [])
    let found = try test.tampered("INSERT INTO protection VALUES ('x', 'handle', 'grim.reefer')")
    #expect(found == ["protected accounts are listed, and no entry tells of it"])
  }

  @Test func whatIsStoredIsWhatWasEntered() throws {
    let test = try fullCase()
    #expect(try test.faults() == [])
    // What is done behind the program's back, and the fault that tells of it.
    let changes: [(sql: String, fault: String)] = [
      ("UPDATE opening SET reviewer = 'X'", "what the case was opened with"),
      ("UPDATE opening SET purpose = 'X'", "what the case was opened with"),
      ("UPDATE person SET rank = 'chief constable' WHERE id = 'DI3'", "person DI3"),
      ("UPDATE person SET verifier = 'x' WHERE id = 'DI3'", "the passphrase of DI3"),
      ("UPDATE disclosure SET victim = 'V/9'", "disclosure D1"),
      ("UPDATE disclosure SET unit = 'South'", "disclosure D1"),
      ("UPDATE disclosure SET is_enhanced = 1 - is_enhanced", "disclosure D1"),
      ("UPDATE disclosure SET authority = 'charity'", "D1 is not of whom the case is"),
      ("UPDATE disclosure SET opened_at = '2020-01-01T00:00:00Z'", "disclosure D1"),
      ("UPDATE disclosure SET log_entry = 3", "disclosure D1 names entry 3"),
      ("UPDATE rule_set SET version = 'law'", "rule set law calls itself otherwise"),
      ("UPDATE rule_set SET added_at = 'x'", "disclosure D1"),
      ("UPDATE identification SET opened_at = '2020-01-01T00:00:00Z'", "I1 did not begin"),
      ("INSERT INTO identification VALUES (9, 'C2', 'x', '[1,2]', 'x')", "I9 did not begin"),
      ("DELETE FROM identification", "I1 did not begin"),
      ("UPDATE opening SET opened_at = 'x'", "what the case was opened with"),
      ("UPDATE person SET added_at = 'x' WHERE id = 'AN1'", "person AN1"),
      ("UPDATE person SET removed_at = 'x' WHERE id = 'LEFT8'", "the removal of LEFT8"),
      ("UPDATE rule_set SET toml = replace(toml, '5', '50')", "is not the text that its hash names"),
      ("UPDATE identification SET members = '[3]'", "I1 is not about the accounts"),
      ("UPDATE identification SET cluster = 'C9'", "I1 is not about the accounts"),
      ("DELETE FROM protection", "the list of protected accounts"),
      ("UPDATE account SET is_protected = 0", "A3 was protected"),
      ("UPDATE account SET is_protected = 1 WHERE id = 1", "A1 is protected, and no entry"),
      (
        "INSERT INTO account (platform, kind, canonical, written) VALUES ('x', 'handle', 'evil', 'evil')",
        "stands outside the source"
      ),
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
      ("UPDATE run_order SET made_at = 'x' WHERE id = 1", "run "),
      ("UPDATE run SET settings = '{}' WHERE id = 1", "is not of the inputs, settings and engine"),
      ("UPDATE run SET inputs = 'x' WHERE id = 1", "is not of the inputs, settings and engine"),
      ("UPDATE run SET engine = '9.9.9' WHERE id = 1", "is not of the inputs, settings and engine"),
      ("UPDATE run SET result = 'x' WHERE id = 1", "run "),
      ("UPDATE judgement SET made_at = 'x' WHERE id = 1", "judgement 1"),
      ("UPDATE judgement SET undone_at = 'x' WHERE undone_at IS NOT NULL", "taking back of judgement 2"),
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
      ("UPDATE export SET bytes = 1", "export X1"),
      ("UPDATE export SET entry = 3", "export X1 names entry 3"),
      ("UPDATE export SET at = 'x'", "export X1"),
      ("UPDATE notice SET sha256 = 'x'", "notice N1"),
      ("UPDATE notice SET text_sha256 = 'x'", "notice N1"),
      ("UPDATE notice SET disclosure = 2", "notice N1"),
      ("UPDATE notice SET is_correction = 1", "notice N1"),
      ("UPDATE notice SET step = 0", "notice N1"),
      ("UPDATE notice SET made_at = 'x'", "notice N1"),
      (
        "INSERT INTO calendar (sha256, source, json, added_at) VALUES ('x', 'y', '{}', 'z')",
        "calendar x is stored, and no entry"
      ),
      ("UPDATE person SET roles = 'decider' WHERE id = 'AN1'", "person AN1"),
      ("UPDATE person SET removed_at = NULL WHERE id = 'LEFT8'", "(who.remove)"),
      ("DELETE FROM legal_hold", "(hold.place)"),
      ("UPDATE legal_hold SET lifted_at = NULL", "(hold.lift)"),
      ("UPDATE legal_hold SET subject = 'A2'", "hold H1"),
      ("UPDATE legal_hold SET placed_by = 'DCI4'", "hold H1"),
      ("UPDATE legal_hold SET placed_at = 'x'", "hold H1"),
      ("UPDATE legal_hold SET lifted_by = 'DCI4'", "the lifting of hold H1"),
      ("UPDATE legal_hold SET lifted_at = 'x'", "the lifting of hold H1"),
      ("DELETE FROM withdrawal", "(restrict)"),
      ("UPDATE withdrawal SET kind = 'erase'", "the erasure of A2"),
      ("UPDATE withdrawal SET at = 'x'", "the restriction of A2"),
      ("UPDATE withdrawal SET log_entry = 3", "the restriction of A2 names entry 3"),
      ("UPDATE disclosure_step SET disclosure = 2", "D2: no entry tells of the step decide"),
      ("UPDATE disclosure_step SET recorded_at = recorded_at - 5 WHERE ordinal = 2", "D1: no entry"),
      ("UPDATE identification_step SET recorded_at = recorded_at - 5", "I1: no entry"),
      (
        """
        UPDATE disclosure_step SET ordinal = 90 + ordinal WHERE ordinal IN (1, 2);
        UPDATE disclosure_step SET ordinal = 93 - ordinal WHERE ordinal > 90
        """, "stands in another order than it was entered"
      ),
      (
        "UPDATE disclosure_step SET at = at - 86400 WHERE action = 'decide'",
        "D1: no entry tells of the step decide"
      ),
      ("UPDATE identification_step SET who = 'DI3' WHERE action = 'propose'", "I1: no entry"),
      ("DELETE FROM disclosure_step WHERE action = 'deliver'", "tells of a step that is not stored"),
      ("DELETE FROM identification_step", "tells of a step that is not stored"),
      // Which making of a run was the last says what is shown.
      ("UPDATE run_order SET id = id - 10; UPDATE run_order SET id = -7 - id", "run "),
      (
        "UPDATE legal_hold SET lifted_at = NULL, lifted_by = NULL; UPDATE legal_hold SET lifted_by = 'X'",
        "hold H1"
      ),
      ("UPDATE log_entry SET erased_by = 3 WHERE idx = 1", "entry 1 is neither whole nor erased"),
      ("UPDATE log_entry SET salt = NULL WHERE idx = 1", "entry 1 is neither whole nor erased"),
      ("INSERT INTO log_state SELECT 2, vkey, signed FROM log_state", "names 2 keys of its log"),
      // What is behind a zero byte is compared and not shown.
      (
        "UPDATE identification_step SET state = state || char(0) || 'x' WHERE action = 'confirm'",
        "zero byte in state"
      ),
      ("UPDATE judgement SET verdict = verdict || char(0) || 'x'", "zero byte in verdict"),
      ("UPDATE run SET hash = hash || char(0) || 'x'; UPDATE pair SET log10_lr = 9", "zero byte in hash"),
      // Rows that belong to nothing.
      ("INSERT INTO member VALUES (99, 0, 'x')", "rows of member refer to something"),
      ("INSERT INTO import_note VALUES (99, 0, 'x')", "rows of import_note refer to something"),
      ("INSERT INTO pair SELECT 99, left, right, 9 FROM pair LIMIT 1", "rows of pair refer to something"),
      ("INSERT INTO merge SELECT 99, ordinal, left, right, 9 FROM merge LIMIT 1", "rows of merge refer to"),
      ("INSERT INTO channel_author VALUES (99, 0, 1 << 32, 1, 1)", "stands outside the source"),
      ("DELETE FROM grdb_migrations WHERE identifier = '4'", "the migrations that the database says"),
      ("DELETE FROM grdb_migrations WHERE identifier = '6'", "the migrations that the database says"),
      ("DELETE FROM grdb_migrations WHERE identifier = '7'", "the migrations that the database says"),
      ("DELETE FROM grdb_migrations", "the migrations that the database says"),
      (
        """
        INSERT INTO disclosure_step SELECT disclosure, 99, action, state, at, recorded_at, who, content, log_entry
        FROM disclosure_step WHERE action = 'decide'
        """, "stands for two steps"
      ),
    ]
    for (sql, fault) in changes {
      let found = try test.tampered(sql)
      #expect(found.contains { $0.contains(fault) }, "\(sql): \(found)")
    }
  }

  /// Whatever stands in the place of a payload, a check ends, and says that the payload is not what was signed.
  @Test func aPayloadOfAnyShapeIsAFault() throws {
    let test = try fullCase()
    let queue = try DatabaseQueue(path: test.place.appendingPathComponent("case.sqlite").path)
    let log = try CaseLog(of: test.place)
    let rows = try queue.read { database in
      try Row.fetchAll(
        database, sql: "SELECT max(idx) AS idx, action, payload FROM log_entry GROUP BY action ORDER BY 1")
    }
    let shapes = [
      "x", "{}", "[]", #"{"action":1,"details":5,"subjects":"I1"}"#,
      """
      {"details":{"content_sha256":7,"state":7,"effective":7,"sha256":7,"run":7,"members":7,"id":7,"protected":7,
      "list_sha256":7,"result_sha256":7,"verifier_sha256":{"a":1},"row_sha256":7},"subjects":[7,null]}
      """,
    ]
    for row in rows {
      let (index, action, payload): (Int64, String, String) = (row["idx"], row["action"], row["payload"])
      func put(_ text: String) throws {
        try queue.write {
          try $0.execute(
            sql: "UPDATE log_entry SET payload = ? WHERE idx = ?", arguments: [text, index])
        }
      }
      for shape in shapes {
        try put(shape)
        let faults = try log.verify().faults.map(\.what)
        #expect(
          faults.contains("the payload of entry \(index) is not what its leaf commits to"),
          "\(action), \(shape)")
        _ = try queue.read { database in
          try DisclosureStore.all(database).count + IdentificationStore.all(database).count
            + ErasableEntry.all(with: ["A1"], database).count
        }
      }
      try put(payload)
    }
    #expect(try test.faults() == [])
  }

  @Test func aTriggerIsAFault() throws {
    let test = try StaffedCase()
    let queue = try DatabaseQueue(path: test.place.appendingPathComponent("case.sqlite").path)
    try queue.write { database in
      try database.execute(
        sql: "CREATE TRIGGER t AFTER INSERT ON log_entry BEGIN UPDATE legal_hold SET lifted_at = 'x'; END")
    }
    #expect(try test.faults() == ["the database has the trigger t, which the program did not make"])
  }

  @Test func stepsWhoseEntriesAreGoneAreFaults() throws {
    let test = try fullCase()
    let found = try test.tampered(
      "DELETE FROM log_entry WHERE idx >= (SELECT max(log_entry) FROM disclosure_step)")
    #expect(found.contains { $0.contains("D1: no entry tells of the step deliver") }, "\(found)")
    #expect(found.contains { $0.contains("entries were signed, but") }, "\(found)")
  }

  /// Entries of older versions do not pin their rows: what they say is held, and what they leave out is remarked.
  @Test func rowsOfOlderEntriesAreHeldAsFarAsTheseTell() throws {
    let test = try StaffedCase()
    let before = try CaseLog(of: test.place).verify()
    #expect(before.faults.isEmpty && before.unpinned == 0)
    try test.database.operation { database, entries in
      // An entry that is written before its row cannot pin it.
      try entries.append(
        LogEntryDraft(
          .alteration, "judge", who: .systemUser, at: test.now, subjects: ["A1", "A3"],
          details: ["judgement": "1", "verdict": "different", "reason": "towns"]))
      try database.execute(
        sql: """
          INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (1, 3, 'different', 'towns', 't')
          """)
    }
    let report = try CaseLog(of: test.place).verify()
    #expect(report.faults.isEmpty && report.unpinned == 1, "\(report.faults)")
    #expect(try test.tampered("UPDATE judgement SET made_at = 'x'") == [])
    let found = try test.tampered("UPDATE judgement SET reason = 'x'")
    #expect(found.contains { $0.contains("judgement 1") }, "\(found)")
  }

  @Test func aChangeAtTheEndOfALongPostIsFound() throws {
    let test = try StaffedCase()
    let post = String(repeating: "long ", count: 40_000)
    let file = try test.folder.write(
      "{\"id\":\"w\",\"platform\":\"x\",\"handle\":\"writer_1\",\"posts\":[{\"text\":\"\(post)\"}]}\n",
      to: "w.ndjson")
    _ = try test.by("AN1").importSources(ImportRequest(paths: [file]))
    #expect(try test.faults() == [])
    let found = try test.tampered(
      "UPDATE record SET text = substr(text, 1, length(text) - 1) || 'x' WHERE length(text) > 100000")
    #expect(found.contains { $0.contains("of source S2") }, "\(found)")
  }

  @Test func whatAnErasedEntryToldOfIsNoFault() throws {
    let test = try fullCase()
    let judged = try test.database.read { try LogEntry.all($0, .init(action: "judge")).first?.index }
    let entry = try #require(judged)
    _ = try test.by("DI3").erase("E\(entry)", .erase, reason: "x", second: test.person("RV2"))
    #expect(try test.faults() == [])
    // The erasure names the judgement that the entry told of, and no other.
    let found = try test.tampered(
      "INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (1, 2, 'same', 'r', 't')")
    #expect(found.contains { $0.contains("judgement 3 is stored, and no entry") }, "\(found)")
    let changed = try test.tampered("UPDATE judgement SET verdict = 'same' WHERE id = 1")
    #expect(changed.contains { $0.contains("judge:1 is not what was left of it") }, "\(changed)")
  }

  /// An index that leaves rows out would hide them from whoever looks, and from no check that reads the table.
  @Test func anIndexThatIsNotOfItsTableIsAFault() throws {
    let test = try StaffedCase()
    let copy = test.folder.url.appendingPathComponent("copy.cognate")
    try FileManager.default.copyItem(at: test.place, to: copy)
    let file = copy.appendingPathComponent("case.sqlite")
    let queue = try DatabaseQueue(path: file.path)
    let (root, size) = try queue.read { database in
      (
        try #require(
          try Int.fetchOne(
            database, sql: "SELECT rootpage FROM sqlite_master WHERE name = 'appearance_account'")),
        try #require(try Int.fetchOne(database, sql: "PRAGMA page_size"))
      )
    }
    try queue.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
    try queue.close()
    var bytes = try Data(contentsOf: file)
    // One entry fewer in the page of the index: its count of cells is two bytes from the fourth on.
    bytes[(root - 1) * size + 4] -= 1
    try bytes.write(to: file)
    let found = try CaseLog(of: copy).verify().faults.map(\.what)
    #expect(found.contains { $0.contains("the database is not in order: ") }, "\(found)")
  }
}
