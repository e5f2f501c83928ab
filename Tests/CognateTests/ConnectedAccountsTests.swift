import AccountModel
import Cognate
import Foundation
import TestSupport
import Testing

@Suite("Connected accounts")
struct ConnectedAccountsTests {
  private static let user = #"""
    {"id":"175928847299117063","username":"hilda","discriminator":"0","avatar_hash":null,"email":"hilda@example.org",
     "connections":[{"type":"reddit","id":"abc9z","name":"Snail_Mail","verified":true}]}
    """#
  private static let messages =
    #"[{"ID":530805779645595660,"Timestamp":"2019-01-04 17:52:39","Contents":"hello","Attachments":""}]"#
  private static let comments =
    "id,permalink,date,ip,subreddit,gildings,link,parent,body,media\n"
    + "c1,x,2024-03-01 10:00:00 UTC,,snails,0,y,,hello,\n"

  @Test("A Discord package declares the account whose Reddit download is in the case, and protects its owner")
  func discordAndReddit() throws {
    let test = try CaseUnderTest(mode: .charity)
    _ = try test.write(Self.user, "in/package/Account/user.json")
    _ = try test.write(Self.messages, "in/package/Messages/c530805779645595661/messages.json")
    _ = try test.write("statistic,value\naccount name,snail_mail\n", "in/reddit/statistics.csv")
    _ = try test.write(Self.comments, "in/reddit/comments.csv")
    var request = ImportRequest(paths: [test.folder.url.appendingPathComponent("in/package")])
    request.protected = ["owner"]
    let package = try test.opened.importSources(request)
    #expect(package.outcome == .complete && package.sources.map(\.format) == ["discord-package"])
    let reddit = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in/reddit")]))
    #expect(reddit.outcome == .complete && reddit.sources.map(\.format) == ["reddit-csv"])
    // The name that Discord knows and the one that Reddit gives are one account's, whatever their case.
    let accounts = try test.opened.accounts()
    #expect(accounts.count == 2 && accounts.map(\.isProtected) == [true, false])
    _ = try test.opened.link()
    let found = try test.opened.why("A1", "A2")
    #expect(found.evidence.map(\.rule).contains("declared-by-platform"))
  }

  /// Sources call one phone's number for advertisers by different names.
  @Test("A phone's advertising id joins its accounts whatever each source calls it")
  func advertisingIdentifiersOfOnePhone() throws {
    let test = try CaseUnderTest(mode: .charity)
    let number = "6D92078A-8246-4BA4-AE5B-76104861E7DC"
    for (name, idfa, gaid) in [("burner.7", number, ""), ("rex.t", "", number)] {
      _ = try test.write(
        #"{"Profile And Settings":{"Profile Info":{"ProfileMap":{"userName":"\#(name)"}},"Status":{"Status List":[{"Resolution":"1x1","App Version":"1","IDFA":"\#(idfa)","GAID":"\#(gaid)","Android ID":"","IDFV":"","Web ID":""}]}},"Your Activity":{"Login History":{"LoginHistoryList":[]}}}"#,
        "in/\(name)/user_data_tiktok.json")
    }
    _ = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    _ = try test.opened.link()
    let found = try test.opened.why("tiktok:burner.7", "tiktok:rex.t")
    #expect(found.evidence.contains { $0.statement.contains("advertising-id:\(number.lowercased())") })
  }

  /// Whoever makes an account may give another's address, and that must not lead to whoever has it.
  @Test("An address that Discord did not verify joins nobody, and is said to be what anybody can write")
  func addressThatNobodyVerified() throws {
    let test = try CaseUnderTest(mode: .charity)
    _ = try test.write(
      #"{"id":"530805779645595660","username":"rex99","global_name":null,"avatar_hash":null,"email":"una@example.org","verified":false}"#,
      "in/package/Account/user.json")
    let others = (0..<100).map {
      #"{"id":"a\#($0)","platform":"instagram","handle":"zq\#($0)x\#($0 * 7)","emails":["p\#($0)@example.net"]}"#
    }
    let una = #"{"id":"u","platform":"tiktok","handle":"una.m","emails":["una@example.org"]}"#
    _ = try test.write((others + [una]).joined(separator: "\n"), "in/accounts.ndjson")
    _ = try test.opened.importSources(
      ImportRequest(paths: [test.folder.url.appendingPathComponent("in")]))
    _ = try test.opened.link()
    let found = try test.opened.why("tiktok:una.m", "discord:530805779645595660")
    #expect(
      found.log10LR < 3 && found.evidence.contains { $0.statement.contains("only claims it in unverified") })
  }
}
