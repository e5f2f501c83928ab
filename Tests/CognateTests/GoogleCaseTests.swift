import AccountModel
import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Google's returns and Takeouts, from import to link.
@Suite struct GoogleCaseTests {
  private static func page(_ number: String, _ mail: String, recovery: String, address: String) -> String {
    """
    <html><body><h2>GOOGLE SUBSCRIBER INFORMATION</h2><ul><li>Google Account ID: \(number)</li>
    <li>e-Mail: \(mail)</li><li>Created on: 2020-01-02 03:04:05 Z</li><li>Recovery e-Mail: \(recovery)</li></ul>
    <table><tr><th>Timestamp</th><th>IP Address</th><th>Activity Type</th></tr>
    <tr><td>2023-02-25 04:34:32 Z</td><td>\(address)</td><td>Login</td></tr></table></body></html>
    """
  }

  private static let chat = #"""
    {"messages": [{"creator": {"name": "Una", "email": "una@example.org", "user_type": "Human"},
     "created_date": "Monday, 5 June 2023 at 10:11:12 UTC", "text": "stop"},
     {"creator": {"name": "Rex", "email": "rex.fic@example.org", "user_type": "Human"},
     "created_date": "Monday, 5 June 2023 at 10:12:12 UTC", "text": "no"}]}
    """#

  @Test("A return needs an authorisation and is refused in a charity's case; a Takeout is neither")
  func authorisation() throws {
    let page = Self.page("123456789012", "una@example.org", recovery: "b@example.org", address: "192.0.2.7")
    let force = try CaseUnderTest()
    #expect(
      try force.importing(page, "una.SubscriberInfo.html").sources.map(\.refusalCode) == ["authorisation"])
    let given = try force.importing(page, "una.SubscriberInfo.html") { $0.authorisation = "AUTH/1" }
    #expect(given.sources.map(\.outcome) == [.imported])
    let charity = try CaseUnderTest(mode: .charity)
    let refused = try charity.importing(page, "una.SubscriberInfo.html") { $0.authorisation = "AUTH/1" }
    #expect(refused.sources.map(\.refusalCode) == ["communications-data"])
    #expect(try charity.opened.accounts().isEmpty)
    _ = try charity.write(page, "in/Takeout/Google Account/una.SubscriberInfo.html")
    _ = try charity.write(Self.chat, "in/Takeout/Google Chat/Groups/DM 1/messages.json")
    _ = try charity.write(
      #"[{"header": "Search", "titleUrl": "x"}]"#, "in/Takeout/My Activity/MyActivity.json")
    var request = ImportRequest(paths: [charity.folder.url.appendingPathComponent("in")])
    request.protected = ["owner"]
    let report = try charity.opened.importSources(request)
    #expect(report.sources.map(\.outcome) == [.imported] && report.outcome == .complete)
    let accounts = try charity.opened.accounts()
    #expect(Set(accounts.filter(\.isProtected).map(\.platform)) == ["google"])
    #expect(accounts.map(\.isProtected).filter { $0 }.count == 1 && accounts.count == 2)
    // What a folder calls a return is one, whatever is said of its format.
    _ = try charity.write(page, "other/una.1.GoogleAccount.SubscriberInfo_001/x.html")
    var forced = ImportRequest(paths: [charity.folder.url.appendingPathComponent("other")])
    forced.options.format = "google-takeout"
    #expect(try charity.opened.importSources(forced).sources.map(\.refusalCode) == ["communications-data"])
    // Mail of a return is mail as anybody has it.
    let mail =
      "From 1@xxx Tue Jan 03 10:11:12 +0000 2023\nFrom: una@example.org\nTo: rex@example.org\n"
      + "Date: Tue, 3 Jan 2023 10:11:12 +0000\nSubject: s\n\nwords\n\n"
    _ = try charity.write(mail, "mail/rex@example.org.123.Mail.MessageContent_001/rex.mbox")
    for folder in ["mail", "mail/rex@example.org.123.Mail.MessageContent_001"] {
      let asked = ImportRequest(paths: [charity.folder.url.appendingPathComponent(folder)])
      #expect(try charity.opened.importSources(asked).sources.map(\.refusalCode) == ["communications-data"])
    }
  }

  @Test("Accounts that share a recovery address are weighed and not taken for one")
  func recovery() throws {
    let test = try CaseUnderTest()
    for (number, mail, address) in [
      ("111111111111", "a.fic@example.org", "192.0.2.7"),
      ("222222222222", "b.fic@example.org", "198.51.100.9"),
    ] {
      let page = Self.page(number, mail, recovery: "home@example.org", address: address)
      _ = try test.importing(page, "\(number).html") { $0.authorisation = "AUTH/1" }
    }
    _ = try test.opened.link()
    let accounts = try test.opened.accounts()
    let shared = try test.opened.why(accounts[0].id, accounts[1].id)
    #expect(shared.log10LR > 0)
    #expect(
      shared.evidence.contains { $0.statement.contains("home@example.org") },
      "\(shared.evidence.map(\.statement))")
  }

  @Test(
    "An account is the same in a return, in a table of accounts, and as whom Reddit was signed in to with")
  func sameAccount() throws {
    let test = try CaseUnderTest()
    let page = Self.page("123456789012", "una@example.org", recovery: "", address: "192.0.2.7")
    _ = try test.importing(page, "una.html") { $0.authorisation = "AUTH/1" }
    _ = try test.importing(
      "issuer_id,subject_id\nhttps://accounts.google.com,123456789012\n", "linked_identities.csv")
    #expect(try test.opened.accounts().map(\.platform).sorted() == ["google", "reddit"])
  }
}
