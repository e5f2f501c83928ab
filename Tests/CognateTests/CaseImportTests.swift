import CaseFile
import Cognate
import Foundation
import PlatformExports
import Synchronization
import TestSupport
import Testing

/// What an import brings into a case, and what it refuses.
@Suite("Import into a case")
struct CaseImportTests {
  /// What an import on another thread came to.
  private final class Outcome: Sendable {
    let found = Mutex<Result<ImportReport, any Error>?>(nil)
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
