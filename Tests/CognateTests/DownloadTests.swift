import AccountModel
import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Downloads of TikTok and Snapchat, from import to link.
@Suite struct DownloadTests {
  private static let tikTok = #"""
    {"Direct Message":{"Direct Messages":{"ChatHistory":{"Chat History with rex.t:":[
     {"Date":"2026-03-02 10:00:00","From":"rex.t","Content":"I know where you live"},
     {"Date":"2026-03-02 10:01:00","From":"zoe_fic","Content":"stop"}]}}},
     "Profile And Settings":{"Profile Info":{"ProfileMap":{"userName":"zoe_fic","emailAddress":"zoe@example.org"}}},
     "Your Activity":{"Login History":{"LoginHistoryList":[{"Date":"2026-03-01 08:00:00","IP":"192.0.2.7"}]}}}
    """#
  private static let account = #"""
    {"Basic Information":{"Username":"quiet-otter","Name":"Z","Creation Date":"2019-05-04 10:00:00 UTC"},
     "Login History":[{"IP":"198.51.100.9","Created":"2026-03-02 08:00:00 UTC","Status":"failure"}]}
    """#
  private static let history =
    #"{"Email Change":[{"Date":"2021-01-01 00:00:00 UTC","Email Address":"zoe@example.org"}]}"#

  @Test("Downloads of one person are linked, and their owner is protected")
  func linked() throws {
    let test = try CaseUnderTest(mode: .charity)
    _ = try test.importing(Self.tikTok, "tt/user_data_tiktok.json") { $0.protected = ["owner"] }
    _ = try test.write(Self.account, "sc/json/account.json")
    _ = try test.write(Self.history, "sc/json/account_history.json")
    _ = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("sc")]))
    let accounts = try test.opened.accounts()
    #expect(
      accounts.map { "\($0.platform):\($0.name)" } == [
        "tiktok:rex.t", "tiktok:zoe_fic", "snapchat:quiet-otter",
      ])
    #expect(accounts.map(\.isProtected) == [false, true, false])
    _ = try test.opened.link()
    #expect(try test.opened.why(accounts[1].id, accounts[2].id).log10LR > 3)
    #expect(try test.opened.why(accounts[0].id, accounts[1].id).log10LR <= 0)
  }

  @Test("An account is the same in a download and in a table of accounts")
  func sameAccount() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.tikTok, "user_data_tiktok.json")
    _ = try test.importing(
      """
      {"id":"@Rex.T","platform":"tiktok","handle":"@Rex.T","phones":["07700 900150"]}
      {"id":"x","platform":"snapchat","handle":"Quiet-Otter"}
      """, "a.ndjson")
    _ = try test.importing(Self.account, "account.json")
    #expect(
      try test.opened.accounts().map { "\($0.platform):\($0.name.lowercased())" }.sorted()
        == ["snapchat:quiet-otter", "tiktok:rex.t", "tiktok:zoe_fic"])
  }
}
