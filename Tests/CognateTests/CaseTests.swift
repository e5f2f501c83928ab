import AccountModel
import CaseFile
import Cognate
import Foundation
import GRDB
import Linkage
import PlatformExports
import Synchronization
import TestSupport
import Testing

/// A case in a scratch folder, with the clock stopped.
struct CaseUnderTest {
  let folder: ScratchFolder
  let opened: Case

  init(mode: CaseMode = .force) throws {
    folder = try ScratchFolder()
    opened = try Case.create(
      at: folder.url.appendingPathComponent("t.cognate"), opening: try Self.opening(mode: mode)
    ) { Date(timeIntervalSince1970: 1_767_225_600) }
  }

  static func opening(mode: CaseMode = .force, reviewer: String = "R", reviewBy: String = "2027-01-31") throws
    -> CaseOpening
  {
    try CaseOpening(
      mode: mode, basis: "b", purpose: "p", reference: "r", owner: "O", reviewer: reviewer,
      reviewBy: reviewBy, dpia: "d")
  }

  func write(_ text: String, _ name: String) throws -> URL { try folder.write(text, to: name) }

  func importing(_ text: String, _ name: String, _ change: (inout ImportRequest) -> Void = { _ in }) throws
    -> ImportReport
  {
    var request = ImportRequest(paths: [try write(text, name)])
    change(&request)
    return try opened.importSources(request)
  }
}

/// Account lines in which two accounts share an e-mail address and a third is a stranger.
let accountLines = """
  {"id":"a1","platform":"x","handle":"grim.reefer","name":"G","emails":["g@example.org"]}
  {"id":"a2","platform":"telegram","handle":"somebody_else_77","name":"S","emails":["g@example.org"]}
  {"id":"a3","platform":"instagram","handle":"stranger_danger","name":"T","emails":["t@example.org"]}

  """

@Suite("Case")
struct CaseTests {
  /// What an import on another thread came to.
  private final class Outcome: Sendable {
    let found = Mutex<Result<ImportReport, any Error>?>(nil)
  }

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

  @Test("Importing twice adds nothing")
  func idempotent() throws {
    let test = try CaseUnderTest()
    let first = try test.importing(accountLines, "a.ndjson")
    #expect(first.outcome == .complete)
    #expect(first.sources.map(\.accounts) == [3])
    let before = try test.opened.accounts()
    let second = try test.importing(accountLines, "copy-of-a.ndjson")
    #expect(second.sources.map(\.outcome) == [.alreadyImported])
    #expect(try test.opened.accounts() == before)
  }

  @Test("Who asks for another reading of what is in the case is told that there is none")
  func anotherReading() throws {
    let test = try CaseUnderTest()
    let chat = "13/01/24, 10:00 - +44 7700 900123: one\n14/01/24, 10:00 - Sam: two\n"
    #expect(try test.importing(chat, "chat.txt").sources.map(\.outcome) == [.imported])
    let again = try test.importing(chat, "chat.txt")
    #expect(again.sources.map(\.outcome) == [.alreadyImported] && again.sources[0].warnings.isEmpty)
    let zoned = try test.importing(chat, "chat.txt") { $0.options.timeZone = "Europe/London" }
    #expect(zoned.sources.map(\.outcome) == [.alreadyImported])
    #expect(zoned.sources[0].warnings.map { $0.contains("--time-zone") } == [true])
    let exported =
      #"{"guild":{"id":"0"},"channel":{"id":"1","name":"c"},"exportedAt":"2026-01-05T10:00:00+00:00","messages":["#
      + #"{"id":"2","type":"Default","timestamp":"2026-01-05T10:00:00","isPinned":false,"content":"hi","#
      + #""author":{"id":"12345","name":"rex"}}]}"#
    #expect(try test.importing(exported, "c.json").sources.map(\.format) == ["discord-chat"])
    let later = try test.importing(exported, "c.json") { $0.options.timeZone = "Europe/London" }
    #expect(later.sources[0].warnings.map { $0.contains("--time-zone") } == [true])
    // Under another format it would be in the case twice.
    let thread =
      #"{"participants":[{"name":"A"},{"name":"B"}],"messages":[{"sender_name":"A","#
      + #""timestamp_ms":1767607200000,"content":"one"}],"title":"A","thread_path":"inbox/a_1"}"#
    #expect(try test.importing(thread, "t.json").sources.map(\.format) == ["meta-json"])
    let accounts = try test.opened.accounts()
    let other = try test.importing(thread, "t.json") { $0.options.format = "facebook-json" }
    #expect(other.sources.map(\.refusalCode) == ["read-as-another-format"])
    #expect(try test.opened.accounts() == accounts)
  }

  @Test("A folder that has grown is a source anew, and it is said that the old one is in the case as well")
  func grownFolder() throws {
    let test = try CaseUnderTest()
    func importing(_ number: Int) throws -> SourceReport {
      _ = try test.write(
        "From: a@example.org\nTo: b@example.org\nSubject: s\n\ntext \(number)\n", "in/\(number).eml")
      let report = try test.opened.importSources(
        ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
      return try #require(report.sources.first)
    }
    #expect(try importing(1).warnings.isEmpty)
    let second = try importing(2)
    #expect(second.outcome == .imported && second.records == 2)
    #expect(second.warnings.map { $0.contains("twice") && $0.contains("S1") } == [true])
  }

  @Test("An account of Twitter is that of X, and protected as such")
  func otherNameOfAPlatform() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(
      #"{"id":"1","platform":"Twitter","handle":"@jane_doe_art","posts":[{"at":"2024-07-13T10:00:00Z","text":"no"}]}"#
        + "\n", "old.ndjson"
    ) { $0.protected = ["x:jane_doe_art"] }
    _ = try test.importing(#"{"id":"2","platform":"x","handle":"jane_doe_art"}"# + "\n", "new.ndjson")
    let accounts = try test.opened.accounts()
    #expect(accounts.map { "\($0.platform) \($0.isProtected)" } == ["x true"])
    #expect(try test.opened.account("twitter:jane_doe_art").account.name == "jane_doe_art")
  }

  /// Two processes read the same file: the second waits for the first, and finds it imported.
  @Test("What another process imports meanwhile is imported once")
  func meanwhile() throws {
    let test = try CaseUnderTest()
    let file = try test.write(accountLines, "a.ndjson")
    let other = try Case.open(test.folder.url.appendingPathComponent("t.cognate"))
    let outcome = Outcome()
    let isDone = DispatchSemaphore(value: 0)
    var hasBegun = false
    let first = try test.opened.importSources(ImportRequest(paths: [file])) { _, _ in
      // Inside the transaction of the first.
      if hasBegun { return }
      hasBegun = true
      DispatchQueue.global().async {
        let found = Result { try other.importSources(ImportRequest(paths: [file])) }
        outcome.found.withLock { $0 = found }
        isDone.signal()
      }
      Thread.sleep(forTimeInterval: 0.2)
    }
    try #require(hasBegun)
    isDone.wait()
    let second = try #require(outcome.found.withLock { $0 }).get()
    #expect(first.sources.map(\.outcome) == [.imported])
    #expect(second.sources.map(\.outcome) == [.alreadyImported])
  }

  @Test("A legal return needs an authorisation, and a charity's case holds none")
  func legalReturn() throws {
    let text = """
      -----BEGIN PGP SIGNED MESSAGE-----
      Hash: SHA256

      [ { "ipAudit" : { "accountId" : "42", "createdAt" : "2023-04-02T08:00:00.000Z", "loginIp" : "192.0.2.7" } } ]
      -----BEGIN PGP SIGNATURE-----

      x
      -----END PGP SIGNATURE-----

      """
    let force = try CaseUnderTest()
    #expect(try force.importing(text, "42-ip-audit.txt").sources.map(\.refusalCode) == ["authorisation"])
    let given = try force.importing(text, "42-ip-audit.txt") { $0.authorisation = "AUTH/1" }
    #expect(given.sources.map(\.outcome) == [.imported])
    let charity = try CaseUnderTest(mode: .charity)
    let refused = try charity.importing(text, "42-ip-audit.txt") { $0.authorisation = "AUTH/1" }
    #expect(refused.sources.map(\.refusalCode) == ["communications-data"])
    #expect(try charity.opened.accounts().isEmpty)
  }

  @Test(
    "Returns of Meta on accounts with one browser are linked, and a chat's number is the account of its return"
  )
  func metaReturns() throws {
    func page(_ target: String, _ address: String, _ second: Int, service: String = "Instagram") -> String {
      func field(_ label: String, _ value: String) -> String {
        "<div class=\"t o\"><div class=\"t i\">\(label)<div class=\"m\"><div>\(value)<div class=\"p\"></div></div></div></div></div>"
      }
      return """
        <html><head><title>Meta Platforms Business Record</title></head><body>
        <div id="property-request_parameters">\(field("Service", service))\(field("Target", target))</div>
        <div id="property-emails">\(field("Registered Email Addresses", "\(target)@example.org (Verified)"))</div>
        <div id="property-ip_addresses">\(field("IP Address", address))\(field("Time", "2024-01-02 10:00:0\(second) UTC"))
        \(field("Action", "Login"))</div><div id="property-machines">\(field("Cookie", "Q1w2E3r4T5y6U7i8"))</div>
        </body></html>
        """
    }
    let test = try CaseUnderTest()
    _ = try test.write(page("17840001", "192.0.2.7:51234", 0), "returns/a/records.html")
    _ = try test.write(page("17840002", "192.0.2.7:51234", 5), "returns/b/records.html")
    _ = try test.write(
      page("17840003", "198.51.100.7:4000", 5).replacing("Q1w2E3r4", with: "zzzzzzzz"),
      "returns/c/records.html")
    var request = ImportRequest(paths: [test.folder.url.appendingPathComponent("returns")])
    #expect(
      try test.opened.importSources(request).sources.map(\.refusalCode) == [
        "authorisation", "authorisation", "authorisation",
      ])
    request.authorisation = "AUTH/1"
    let report = try test.opened.importSources(request)
    #expect(report.sources.map(\.outcome) == [.imported, .imported, .imported])
    #expect(report.sources.allSatisfy { $0.counts.allSatisfy { $0.agrees } })
    let chats = page("+447700900123", "203.0.113.9", 7, service: "WhatsApp").replacing(
      "Q1w2E3r4", with: "yyyyyyyy")
    _ = try test.importing(chats, "records.html") {
      $0.authorisation = "AUTH/1"
    }
    _ = try test.importing("25/12/2024, 10:00 - +44 7700 900123: one\n", "WhatsApp Chat with Sam.txt")
    #expect(try test.opened.accounts().count == 4)
    let result = try test.opened.link()
    #expect(result.clusters.map(\.accounts.count) == [2])
    // Whom a return is about is seldom whom to protect.
    let protecting = try CaseUnderTest()
    let warned = try protecting.importing(page("17840001", "192.0.2.7", 0), "records.html") {
      $0.authorisation = "AUTH/1"
      $0.protected = ["owner"]
    }
    #expect(warned.sources.flatMap(\.warnings).contains { $0.contains("is a legal return") })
    let charity = try CaseUnderTest(mode: .charity)
    let refused = try charity.importing(page("17840001", "192.0.2.7", 0), "records.html") {
      $0.authorisation = "AUTH/1"
    }
    #expect(refused.sources.map(\.refusalCode) == ["communications-data"])
  }

  @Test("Who wrote to each other is evidence in a table without conversations as well")
  func recipients() throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(
      toml: """
        version = 1
        platform = "forum"
        [account]
        column = "From"
        kind = "handle"
        scope = "platform"
        [other]
        column = "To"
        kind = "handle"
        scope = "platform"
        [record]
        class = "message"
        text_column = "Text"
        [[identifier]]
        column = "Mail"
        kind = "email"
        """)
    _ = try test.importing(
      "From,To,Mail,Text\nrex77,hilda88,home@example.org,hello\nhilda88,rex77,home@example.org,hello yourself\n",
      "t.csv"
    ) { $0.options.mappings = [mapping] }
    _ = try test.opened.link(threads: 1)
    let rules = try test.opened.why("A1", "A2").evidence.map(\.rule)
    #expect(rules.contains("conversation-between") && rules.contains("email-equal"))
  }

  @Test("What cannot be read is refused and leaves nothing behind")
  func refusals() throws {
    let test = try CaseUnderTest()
    let unknown = try test.importing("nothing that any reader knows\n", "x.bin")
    #expect(unknown.outcome == .refused)
    #expect(unknown.sources.map(\.refusalCode) == ["unrecognised"])
    let empty = try test.importing("{\"smses\":[]}", "y.json")
    #expect(empty.outcome == .refused)
    let doctype = try test.importing(
      "<?xml version='1.0'?><!DOCTYPE smses [<!ENTITY x 'y'>]><smses count=\"1\"><sms address=\"+447700900123\" date=\"1700000000000\" type=\"1\" body=\"&x;\"/></smses>",
      "s.xml")
    #expect(doctype.outcome == .refused)
    #expect(doctype.sources.map(\.refusalCode) == ["doctype"])
    #expect(try test.opened.accounts().isEmpty)
    let missing = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("nowhere")]))
    #expect(missing.sources.map(\.refusalCode) == ["no-such-file"])
  }

  @Test("A source with no record in it is refused, never a success")
  func noRecords() throws {
    let test = try CaseUnderTest()
    let report = try test.importing(
      "{\"id\":\"\",\"platform\":\"x\"}\n{\"id\":\"\",\"platform\":\"x\"}\n", "a.ndjson")
    #expect(report.outcome == .refused)
    #expect(report.sources.map(\.refusalCode) == ["no-records"])
  }

  @Test("One bad line makes the import partial and is reported with its place")
  func partial() throws {
    let test = try CaseUnderTest()
    let report = try test.importing(accountLines + "{\"id\":\"broken\n", "a.ndjson")
    #expect(report.outcome == .partial)
    let group = try #require(report.sources[0].setAside.first { $0.isFault })
    #expect(group.count == 1)
    #expect(group.examples[0].contains("line 4"))
    #expect(report.sources[0].counts.allSatisfy { $0.agrees })
  }

  @Test("A damaged source among sound ones does not keep them out")
  func folder() throws {
    let test = try CaseUnderTest()
    _ = try test.write(accountLines, "in/a.ndjson")
    _ = try test.write("\u{7}\u{8} noise", "in/noise.bin")
    _ = try test.write("01/02/24, 10:00 - +44 7700 900123: one\n03/04/24, 10:00 - Sam: two\n", "in/chat.txt")
    let report = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    #expect(report.outcome == .partial)
    #expect(report.sources.map(\.outcome) == [.imported, .refused])
    #expect(report.sources[1].refusalCode == "ambiguous-date-order")
    #expect(report.unrecognised == ["noise.bin"])
    var request = ImportRequest(paths: [test.folder.url.appendingPathComponent("in")])
    request.options.dateOrder = .dayMonthYear
    let again = try test.opened.importSources(request)
    #expect(again.sources.map(\.outcome) == [.alreadyImported, .imported])
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

  @Test("The same account in two sources is one account; a saved name is one only inside its source")
  func acrossSources() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(
      "25/12/2024, 10:00 - +44 7700 900123: one\n25/12/2024, 10:05 - Sam: two\n", "WhatsApp Chat with A.txt")
    _ = try test.importing(
      "26/12/2024, 10:00 - +44 7700 900123: three\n26/12/2024, 10:05 - Sam: four\n",
      "WhatsApp Chat with B.txt")
    let accounts = try test.opened.accounts()
    #expect(accounts.map(\.name) == ["+447700900123", "Sam", "Sam"])
    #expect(accounts.map(\.records) == [2, 1, 1])
    #expect(accounts.map(\.isLocal) == [false, true, true])
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

  @Test("An owner whom an export names last is one account with what it wrote, and is protected as one")
  func ownerNamedLast() throws {
    let test = try CaseUnderTest()
    let root = "facebook-z"
    _ = try test.write(
      #"{"participants":[{"name":"Ann"},{"name":"Zoe B"}],"messages":[{"sender_name":"Zoe B","timestamp_ms":1700000000000,"content":"no"}]}"#,
      "\(root)/messages/inbox/ann_1/message_1.json")
    _ = try test.write(
      #"{"profile_v2":{"name":{"full_name":"Zoe B"},"username":"zoe.b.77"}}"#,
      "\(root)/profile_information/profile_information.json")
    var request = ImportRequest(paths: [test.folder.url.appendingPathComponent(root)])
    request.protected = ["owner"]
    let report = try test.opened.importSources(request)
    #expect(report.sources.map(\.accounts) == [2])
    let accounts = try test.opened.accounts()
    #expect(accounts.count == 2)
    let owner = try #require(accounts.first { $0.kind == "handle" })
    #expect(owner.isProtected && owner.records == 2)
  }
}
