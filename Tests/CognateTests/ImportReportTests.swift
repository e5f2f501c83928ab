import AccountModel
import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// What an import says of itself.
@Suite("Import reports")
struct ImportReportTests {
  @Test("Spellings of one account are one account in the count")
  func accountsAreCountedOnce() throws {
    let test = try CaseUnderTest()
    let report = try test.importing(
      """
      {"id":"1","platform":"instagram","handle":"Hilda.M","name":"H"}
      {"id":"1","platform":"instagram","handle":"@hilda.m","name":"H"}
      """, "a.ndjson")
    #expect(report.sources.map(\.accounts) == [try test.opened.accounts().count])
    let backup = try test.importing(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <smses count="2">
      <sms address="07700 900111" date="1700000000000" type="1" body="one" />
      <sms address="+447700900111" date="1700000001000" type="1" body="two" />
      </smses>
      """, "sms.xml")
    let all = try test.opened.accounts()
    #expect(all.count { $0.platform == "sms" && $0.kind == "phone" } == 1)
    #expect(backup.sources[0].accounts == all.count { $0.platform == "sms" })
  }

  @Test("A copy that could not be kept makes an import partial, and can be kept by importing again")
  func copies() throws {
    let test = try CaseUnderTest()
    let folder = "t.cognate/sources"
    _ = try test.write("in the way", folder)
    let failed = try test.importing(accountLines, "a.ndjson") { $0.keepsCopy = true }
    #expect(failed.outcome == .partial && failed.sources[0].outcome == .imported)
    #expect(failed.sources[0].copyFailure != nil && failed.sources[0].warnings.count == 1)
    try FileManager.default.removeItem(at: test.folder.url.appendingPathComponent(folder))
    let again = try test.importing(accountLines, "a.ndjson") { $0.keepsCopy = true }
    #expect(again.outcome == .complete && again.sources.map(\.outcome) == [.alreadyImported])
    let hash = try #require(again.sources[0].sha256)
    let copy = test.folder.url.appendingPathComponent("\(folder)/\(hash)/a.ndjson")
    #expect(try String(contentsOf: copy, encoding: .utf8) == accountLines)
  }

  /// A copy of an import that was stopped stayed cut off, whoever imported the source again.
  @Test("A copy that was stopped half-way is made whole by importing again")
  func stoppedCopy() throws {
    let test = try CaseUnderTest()
    let made = try test.importing(accountLines, "a.ndjson") { $0.keepsCopy = true }
    let hash = try #require(made.sources[0].sha256)
    let sources = test.folder.url.appendingPathComponent("t.cognate/sources")
    let copy = sources.appendingPathComponent("\(hash)/a.ndjson")
    try Data(accountLines.utf8.prefix(20)).write(to: copy)
    let again = try test.importing(accountLines, "a.ndjson") { $0.keepsCopy = true }
    #expect(again.sources[0].copyFailure == nil)
    #expect(try String(contentsOf: copy, encoding: .utf8) == accountLines)
    #expect(try FileManager.default.contentsOfDirectory(atPath: sources.path) == [hash])
  }

  /// The copy was a link as well: it went with the file, whose permissions were changed meanwhile.
  @Test("Of a link the file is copied that it leads to")
  func copyOfALink() throws {
    let test = try CaseUnderTest()
    let real = try test.write(accountLines, "real.ndjson")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: real.path)
    let link = test.folder.url.appendingPathComponent("a.ndjson")
    try FileManager.default.createSymbolicLink(at: link, withDestinationURL: real)
    var request = ImportRequest(paths: [link])
    request.keepsCopy = true
    let made = try test.opened.importSources(request)
    let hash = try #require(made.sources[0].sha256)
    let attributes = try FileManager.default.attributesOfItem(atPath: real.path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    try FileManager.default.removeItem(at: real)
    let copy = test.folder.url.appendingPathComponent("t.cognate/sources/\(hash)/a.ndjson")
    #expect(try String(contentsOf: copy, encoding: .utf8) == accountLines)
  }

  @Test("Who says the same in other words is not told that it changes nothing")
  func sameOptionsInOtherWords() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.backup, "sms.xml") { $0.options.ownerPhone = "+447700900999" }
    for (region, owner, warned) in [
      ("uk", "07700 900 999", 0), ("GB", "+44 7700 900999", 0), ("IE", "+447700900999", 1),
    ] {
      let again = try test.importing(Self.backup, "sms.xml") {
        $0.options.defaultRegion = region
        $0.options.ownerPhone = owner
      }
      #expect(again.sources.map(\.warnings.count) == [warned], "\(region) \(owner)")
    }
  }

  private static let backup = """
    <?xml version="1.0" encoding="UTF-8"?>
    <smses count="1">
    <sms address="+447700900111" date="1700000000000" type="1" body="one" />
    </smses>
    """

  /// A chat of WhatsApp as text took a number without a word, and then told to read it anew by another.
  @Test("Who says whose phone it was of a source that does not ask is told")
  func anOwnerThatNobodyAskedFor() throws {
    let test = try CaseUnderTest()
    let chat = "13/01/24, 10:00 - +44 7700 900123: one\n14/01/24, 10:00 - Sam: two\n"
    for owner in ["+447700900999", "+447700900998"] {
      let report = try test.importing(chat, "chat.txt") { $0.options.ownerPhone = owner }
      #expect(report.warnings.map { $0.hasPrefix("--owner names nobody here: ") } == [true])
      #expect(report.sources.map(\.warnings) == [[]])
    }
    let backup = try test.importing(Self.backup, "sms.xml") { $0.options.ownerPhone = "+447700900999" }
    #expect(backup.warnings.isEmpty)
  }

  @Test("What holds what a source of the case holds is not added again, whatever it is packed in")
  func twins() throws {
    let test = try CaseUnderTest()
    let chat = "13/02/2026, 10:00 - Ann: see you\n13/02/2026, 10:05 - +44 7700 900123: or not\n"
    _ = try test.importing(accountLines, "a.ndjson")
    _ = try test.importing(chat, "_chat.txt")
    let accounts = try test.opened.accounts()
    // Other bytes, as an archive's are, of the same content.
    let lines = try test.importing(accountLines + "\n", "b.ndjson")
    #expect(lines.sources.map(\.outcome) == [.alreadyImported] && lines.outcome == .complete)
    #expect(
      lines.sources[0].warnings == ["b.ndjson holds what S1 holds, in other packing: nothing was added."])
    #expect(try test.opened.accounts() == accounts)
    // One letter, one account or one identifier less is another source.
    for other in [
      chat.replacing("or not", with: "or nut"), chat.replacing("Ann", with: "Bea"),
      chat.replacing("900123", with: "900124"),
    ] {
      #expect(try test.importing(other, "_chat.txt").sources.map(\.outcome) == [.imported])
    }
    let address = accountLines.replacing("t@example.org", with: "u@example.org")
    #expect(try test.importing(address, "c.ndjson").sources.map(\.outcome) == [.imported])
    // Of two that are alike but for an address the one that it is.
    let again = try test.importing(address + "\n", "d.ndjson")
    #expect(
      again.sources[0].warnings == ["d.ndjson holds what S6 holds, in other packing: nothing was added."])
  }

  /// Backups of text messages count milliseconds, and nothing else says when.
  @Test("The same words at another time are another source")
  func wordsAtAnotherTime() throws {
    let test = try CaseUnderTest()
    let backup = #"""
      <?xml version='1.0' encoding='UTF-8' standalone='yes' ?>
      <smses count="1">
        <sms protocol="0" address="+447700900123" date="1700000000000" type="1" body="are you in" read="1" />
      </smses>

      """#
    _ = try test.importing(backup, "monday.xml")
    let later = try test.importing(backup.replacing("17000000", with: "17000864"), "tuesday.xml")
    #expect(later.sources.map(\.outcome) == [.imported])
    let packed = try test.importing(backup + "\n", "monday-again.xml")
    #expect(packed.sources.map(\.outcome) == [.alreadyImported])
  }

  @Test("A file of a known export that no reader reads makes an import partial; a document does not")
  func unreadExports() throws {
    for (text, name, isPartial) in [
      (#"<html><body><div class="chatlog__message">x</div></body></html>"#, "chat.html", true),
      ("%PDF-1.7\n", "letter.pdf", false), ("name,town,note\na,b,c\n", "list.csv", false),
      (#"{"ads":[{"title":"x"}]}"#, "ads.json", false),
      (#"{"tickets":[{"creator":"x","created_date":"y"}]}"#, "tickets.json", false),
      (
        "<html><body><h1>ANDROID DEVICE CONFIGURATION SERVICE DATA</h1><li>IMEI(s): 1</li></body></html>",
        "a.html", true
      ),
      ("a,b,c\n1,2,3\n", "rex.LinkedByPhone.csv", true),
      (#"[{"time_usec": 1}]"#, "BrowserHistory.json", true),
      (#"<style>.mdl-typography{}</style><div class="outer-cell">x</div>"#, "b.html", true),
      ("!BDN....", "mail.pst", true),
      (
        #"{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[]}"#,
        "outbox.json", true
      ),
      (
        "Date: x\nIP: 192.0.2.1\nDevice Model: x\nDevice System: x\nNetwork Type: x\nCarrier: x\n\n",
        "Login History.txt", true
      ),
    ] {
      let test = try CaseUnderTest()
      _ = try test.write(accountLines, "in/accounts.ndjson")
      _ = try test.write(text, "in/\(name)")
      let report = try test.opened.importSources(
        ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
      #expect(report.outcome == (isPartial ? .partial : .complete), "\(name)")
      #expect(report.unreadExports == (isPartial ? 1 : 0))
      #expect(report.unrecognised.count == 1)
    }
  }

  @Test("Who gave a mapping that does not fit is told which headers a table lacks")
  func mappingThatDoesNotFit() throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(toml: TableMapping.example)
    let report = try test.importing("Account;Date;IP\nm1;01/02/2026 10:00;192.0.2.1\n", "sheet.csv") {
      $0.options.mappings = [mapping]
    }
    let refusal = try #require(report.sources.first?.refusal)
    #expect(refusal.contains("has the headers of the mapping (Member ID, Date, IP)"), "\(refusal)")
    #expect(refusal.contains("The table begins: Account;Date;IP"), "\(refusal)")
    #expect(report.sources.map(\.refusalCode) == ["unread"])
  }

  @Test("An account that is known by its number is called by the name that it has, not by a former one")
  func currentName() throws {
    let test = try CaseUnderTest()
    let changes = [("first_name", "second_name"), ("second_name", "third_name")].enumerated().map {
      #"{"screenNameChange":{"accountId":"7","screenNameChange":{"changedAt":"202\#($0.offset)-01-01T00:00:00.000Z","#
        + #""changedFrom":"\#($0.element.0)","changedTo":"\#($0.element.1)"}}}"#
    }
    _ = try test.write(
      "window.YTD.screen_name_change.part0 = [\(changes.joined(separator: ","))]",
      "x/data/screen-name-change.js")
    let folder = test.folder.url.appendingPathComponent("x")
    _ = try test.opened.importSources(ImportRequest(paths: [folder]))
    #expect(try test.opened.accounts().map(\.shown) == ["third_name"])
    // What says the account's name of its day does so whatever was read before.
    _ = try test.write(
      #"window.YTD.account.part0 = [{"account":{"accountId":"7","username":"fourth_name"}}]"#,
      "y/data/account.js")
    _ = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("y")]))
    #expect(try test.opened.accounts().map(\.shown) == ["fourth_name"])
  }

  @Test("Numbers that a spreadsheet may have rounded are pointed out")
  func roundedNumbers() throws {
    for (number, isTold) in [("102345678901234000", true), ("102345678901234567", false), ("1000", false)] {
      let test = try CaseUnderTest()
      let mapping = try TableMapping(toml: TableMapping.example)
      let report = try test.importing(
        "Member ID,Date,IP,Port\n\(number),13/02/2024 09:05:07,192.0.2.7,\n", "t.csv"
      ) { $0.options.mappings = [mapping] }
      #expect(report.sources[0].notes.contains { $0.contains(number) } == isTold, "\(number)")
    }
  }

  @Test("A Mastodon name without its server is an account of its source alone")
  func nameWithoutServer() throws {
    let test = try CaseUnderTest()
    for name in ["one", "two"] {
      _ = try test.importing(
        """
        {"id":"@alice","platform":"mastodon","handle":"@alice","name":"\(name)"}
        {"id":"@bob@social.example","platform":"mastodon","handle":"@bob@social.example"}
        """, "\(name).ndjson")
    }
    let accounts = try test.opened.accounts()
    #expect(accounts.count { $0.name.hasPrefix("alice") || $0.name.hasPrefix("@alice") } == 2)
    #expect(accounts.count { $0.name.contains("bob") } == 1)
    _ = try test.opened.link()
    // Nor is it the weight of one platform's handle.
    let alice = accounts.filter { $0.name.contains("alice") }
    let why = try test.opened.why(alice[0].id, alice[1].id)
    #expect(why.log10LR < 3)
  }
}
