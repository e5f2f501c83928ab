import CaseFile
import Cognate
import Foundation
import TestSupport
import Testing

/// What each operation of the library says of itself in the log.
@Suite struct OperationLogTests {
  private func last(_ opened: Case) throws -> LogEntry {
    try #require(try opened.database.read { try LogEntry.all($0) }.last)
  }

  @Test func everyOperationWritesOneEntry() throws {
    let test = try CaseUnderTest()
    let opened = test.opened.acting(
      as: LogActor(name: "AN1", isAuthenticated: true), because: "asked by the officer in the case")
    _ = try test.importing(accountLines, "a.ndjson")
    #expect(try last(opened).action == "import")
    #expect(try last(opened).operation == .collection)
    #expect(try last(opened).payload?.subjects == ["S1"])
    #expect(try last(opened).payload?.isDefaultJustification == true)
    let result = try opened.link()
    var entry = try last(opened)
    #expect(entry.operation == .combination && entry.actor == "AN1")
    #expect(entry.payload?.details["run"] == result.run)
    #expect(entry.payload?.justification == "asked by the officer in the case")
    #expect(entry.payload?.isDefaultJustification == false)

    let steps: [(String, ProcessingOperation, [String], () throws -> Void)] = [
      ("accounts", .consultation, [], { _ = try opened.accounts() }),
      ("account", .consultation, ["A2"], { _ = try opened.account("telegram:somebody_else_77") }),
      ("clusters", .consultation, [], { _ = try opened.clusters() }),
      ("why", .consultation, ["A1", "A2"], { _ = try opened.why("A2", "A1") }),
      ("how", .consultation, ["C1"], { _ = try opened.how("c1") }),
      ("judge", .alteration, ["A1", "A3"], { try opened.judge("A3", "A1", .different, reason: "seen") }),
      ("undo", .alteration, ["A1", "A3"], { try opened.undo() }),
      ("protect", .alteration, ["A3"], { try opened.protect(["instagram:stranger_danger"]) }),
    ]
    for (action, operation, subjects, step) in steps {
      let before = entry.index
      try step()
      entry = try last(opened)
      #expect(entry.index == before + 1, "\(action)")
      #expect(entry.action == action && entry.operation == operation)
      #expect(entry.payload?.subjects == subjects, "\(action)")
    }
  }

  @Test func lookingForWhatIsNotThereIsEnteredToo() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    #expect(throws: CaseError.noSuchAccount("x:nobody")) { try test.opened.account("x:nobody") }
    let entry = try last(test.opened)
    #expect(entry.action == "account" && entry.payload?.details["query"] == "x:nobody")
    #expect(entry.payload?.details["outcome"]?.contains("no account") == true)
  }

  /// A handle that looks like the number of another account must not stand for that account.
  @Test func whatLooksLikeANumberIsTheHandleThatItIs() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(
      accountLines + """
        {"id":"a4","platform":"x","handle":"a01"}
        {"id":"a5","platform":"x","handle":"a2"}

        """, "a.ndjson")
    #expect(try test.opened.account("a01").account.id == "A4")
    #expect(try test.opened.account("A1").account.id == "A1")
    #expect(try test.opened.account("A2").account.id == "A2")
    #expect(try test.opened.account("a3").account.id == "A3")
    #expect(try test.opened.account("x:a2").account.id == "A5")
    #expect(throws: CaseError.ambiguousAccount("a2", matches: ["A2", "A5"])) {
      try test.opened.account("a2")
    }
    for text in ["A+1", "A003", "A-1", "+1"] {
      #expect(throws: CaseError.noSuchAccount(text)) { try test.opened.account(text) }
    }
    _ = try test.opened.link()
    for text in ["C01", "C+1", "01", "C0"] {
      #expect(throws: CaseError.noSuchCluster(text)) { try test.opened.how(text) }
    }
    #expect(try test.opened.how("1").id == "C1")
  }

  /// An auditor reads the log, and not the content: accounts are named by their numbers.
  @Test func theLogNamesNoAccountThatTheCaseKnows() throws {
    let test = try CaseUnderTest()
    let twins = """
      {"id":"b1","platform":"x","handle":"one_of_two"}
      {"id":"b2","platform":"telegram","handle":"one_of_two"}

      """
    _ = try test.importing(accountLines + twins, "a.ndjson")
    _ = try test.opened.link()
    func query() throws -> [String?] {
      let payload = try last(test.opened).payload
      return [payload?.details["query"], payload?.subjects.joined(separator: " ")]
    }
    _ = try test.opened.why("telegram:somebody_else_77", "x:grim.reefer")
    #expect(try query() == ["A2 A1", "A1 A2"])
    // What is known of a look-up that failed stands beside what is not.
    #expect(throws: CaseError.noSuchAccount("x:nobody")) {
      try test.opened.why("x:nobody", "telegram:somebody_else_77")
    }
    #expect(try query() == ["x:nobody A2", "A2"])
    #expect(throws: CaseError.self) { try test.opened.account("one_of_two") }
    #expect(try query() == ["A4|A5", "A4 A5"])
    #expect(throws: CaseError.self) { try test.opened.why("x:grim.reefer", "A1") }
    #expect(try query() == ["A1 A1", "A1"])
    try test.opened.protect(["instagram:stranger_danger"])
    let entries = try test.opened.database.read { try LogEntry.all($0) }
    for entry in entries {
      let words = (entry.payload?.details.values).map(Array.init) ?? []
      for name in ["somebody_else_77", "grim.reefer", "one_of_two", "stranger_danger"] {
        #expect(!words.contains { $0.contains(name) }, "\(entry.action): \(words)")
      }
    }
  }

  @Test func whatChangesNothingWritesNothing() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    let before = try last(test.opened).index
    _ = try test.importing(accountLines, "again.ndjson")
    _ = try test.importing("nothing that any reader knows\n", "x.bin")
    #expect(throws: CaseError.nothingToUndo) { try test.opened.undo() }
    #expect(throws: CaseError.self) { try test.opened.judge("A1", "A1", .same, reason: "no") }
    #expect(try last(test.opened).index == before)
  }
}
