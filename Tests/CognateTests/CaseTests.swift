import CaseFile
import Cognate
import Foundation
import GRDB
import Linkage
import PlatformExports
import TestSupport
import Testing

@Suite("Case")
struct CaseTests {
  @Test("Opening needs everything the law asks for")
  func opening() throws {
    #expect(throws: CaseError.self) { try CaseUnderTest.opening(reviewer: " ") }
    #expect(throws: CaseError.self) { try CaseUnderTest.opening(reviewer: "o") }
    for date in ["2027-02-29", "31/01/2027", "2027-1-31", "2027-13-01", ""] {
      #expect(throws: CaseError.self) { try CaseUnderTest.opening(reviewBy: date) }
    }
    _ = try CaseUnderTest.opening(reviewBy: "2028-02-29")
  }

  @Test("A case is the owner's alone, and opens again with what it was opened with")
  func files() throws {
    let test = try CaseUnderTest()
    let path = test.folder.url.appendingPathComponent("t.cognate")
    for name in ["", "/case.sqlite"] {
      let mode = try FileManager.default.attributesOfItem(atPath: path.path + name)[.posixPermissions] as? Int
      #expect(try #require(mode) & 0o077 == 0)
    }
    let stored = try Case.open(path).opening()
    let given = try CaseUnderTest.opening()
    #expect(stored == given)
    #expect(throws: CaseError.exists(path.path)) {
      try Case.create(at: path, opening: try CaseUnderTest.opening())
    }
    #expect(throws: CaseError.notACase(test.folder.url.path)) { try Case.open(test.folder.url) }
    try Data("not a database, but long enough to look at".utf8).write(
      to: test.folder.url.appendingPathComponent("case.sqlite"))
    #expect(throws: (any Error).self) { try Case.open(test.folder.url) }
  }

  @Test(
    "Who wrote to each other is evidence in a table without conversations as well, however a number is written",
    arguments: [
      ("handle", ["rex77", "hilda88", "hilda88", "rex77"]),
      ("phone", ["+447700900123", "07700900456", "+447700900456", "07700 900123"]),
    ])
  func recipients(_ kind: String, _ names: [String]) throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(
      toml: """
        version = 1
        platform = "forum"
        [account]
        column = "From"
        kind = "\(kind)"
        scope = "platform"
        [other]
        column = "To"
        kind = "\(kind)"
        scope = "platform"
        [record]
        class = "message"
        text_column = "Text"
        [[identifier]]
        column = "Mail"
        kind = "email"
        """)
    _ = try test.importing(
      "From,To,Mail,Text\n\(names[0]),\(names[1]),home@example.org,hello\n"
        + "\(names[2]),\(names[3]),home@example.org,hello yourself\n",
      "t.csv"
    ) { $0.options.mappings = [mapping] }
    _ = try test.opened.link(threads: 1)
    let rules = try test.opened.why("A1", "A2").evidence.map(\.rule)
    #expect(rules.contains("conversation-between") && rules.contains("email-equal"))
  }

  @Test("Links, explains for and against, and gives the same bytes again")
  func link() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    let result = try test.opened.link(threads: 1)
    #expect(result.clusters.map { $0.accounts.map(\.name) } == [["grim.reefer", "somebody_else_77"]])
    let again = try test.opened.link(threads: 2)
    let (one, two) = (try JSONText.encode(result), try JSONText.encode(again))
    #expect(one == two)

    let why = try test.opened.why("A1", "telegram:somebody_else_77")
    #expect(why.isInOneCluster)
    #expect(why.evidence.map(\.rule) == ["email-equal"])
    #expect(why.evidence[0].sources == ["a.ndjson: line 1 byte 0", "a.ndjson: line 2 byte 88"])
    #expect(why.log10LR == why.evidence.reduce(0) { $0 + $1.log10LR })
    let nothing = try test.opened.why("A1", "A3")
    #expect(nothing.evidence.isEmpty && nothing.log10LR == 0 && !nothing.isInOneCluster)
    #expect(throws: CaseError.noSuchAccount("A99")) { try test.opened.why("A1", "A99") }

    let how = try test.opened.how("C1")
    #expect(how.merges.count == 1 && how.accounts.count == 2)
    #expect(try test.opened.clusters().map(\.id) == ["C1"])
    #expect(throws: CaseError.noSuchCluster("C9")) { try test.opened.how("C9") }
  }

  @Test("A judgement keeps accounts apart until it is undone")
  func judge() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    #expect(throws: CaseError.self) { try test.opened.judge("A1", "A2", .different, reason: " ") }
    #expect(throws: CaseError.nothingToUndo) { try test.opened.undo() }
    try test.opened.judge("A2", "A1", .different, reason: "seen at once")
    #expect(try test.opened.link().clusters.isEmpty)
    #expect(try test.opened.why("A1", "A2").judgement == "different: seen at once")
    try test.opened.undo()
    #expect(try test.opened.link().clusters.count == 1)
    try test.opened.judge("A1", "A3", .same, reason: "admitted")
    let result = try test.opened.link()
    #expect(result.clusters.map { $0.accounts.count } == [3])
    #expect(result.held.isEmpty)
  }

  @Test("A protected number without its country is of the country that the import names")
  func protectedNumberAbroad() throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(
      toml: TableMapping.example.replacing("\"platform-id\"", with: "\"phone\"").replacing(
        "\"forum\"", with: "\"sms\""))
    let report = try test.importing(
      "Member ID,Date,IP,Port\n0612345678,13/02/2024 09:05:07,192.0.2.7,\n", "t.csv"
    ) {
      $0.options.mappings = [mapping]
      $0.options.defaultRegion = "FR"
      $0.protected = ["sms:06 12 34 56 78"]
    }
    #expect(report.warnings.isEmpty)
    #expect(try test.opened.accounts().map(\.isProtected) == [true])
  }

  @Test(
    "A protected account stays alone, whoever poses as it", arguments: ["x:grim.reefer", "x:GRIM.REEFER"])
  func protect(text: String) throws {
    let test = try CaseUnderTest()
    let report = try test.importing(accountLines, "a.ndjson") { $0.protected = [text] }
    #expect(report.outcome == .complete)
    #expect(try test.opened.accounts().filter(\.isProtected).map(\.name) == ["grim.reefer"])
    let result = try test.opened.link()
    #expect(result.clusters.isEmpty)
    #expect(result.alerts.map(\.cause) == ["protected-account"])
    #expect(
      try result.alerts.compactMap(\.protected) == test.opened.accounts().filter(\.isProtected).map(\.id))
    #expect(throws: CaseError.self) { try test.opened.judge("A1", "A2", .same, reason: "no") }
    #expect(throws: CaseError.self) { try test.opened.protect(["nonsense"]) }
  }

  @Test("A run that is stored with another result is noticed")
  func alteredRun() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(accountLines, "a.ndjson")
    _ = try test.opened.link()
    let place = test.opened.database.folder.appendingPathComponent("case.sqlite").path
    try DatabaseQueue(path: place).write { try $0.execute(sql: "UPDATE run SET result = 'x'") }
    #expect(throws: CaseError.self) { try test.opened.link() }
  }
}
