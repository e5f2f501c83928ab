import Cognate
import Foundation
import PlatformExports
import Stylometry
import TestSupport
import Testing

/// Two accounts that wrote the same, from a download to the evidence.
@Suite struct RepetitionCaseTests {
  private static let threat =
    "you can block me as often as you like and I will be back before the week is over, you know that"

  private static func download(_ chats: [String: [(from: String, text: String)]]) -> String {
    let all = chats.sorted { $0.key < $1.key }.map { name, lines in
      let list = lines.enumerated().map { place, line in
        #"{"Date":"2026-03-\#(10 + place) 10:00:00","From":"\#(line.from)","Content":"\#(line.text)"}"#
      }
      return #""Chat History with \#(name):":[\#(list.joined(separator: ","))]"#
    }
    return #"""
      {"Direct Message":{"Direct Messages":{"ChatHistory":{\#(all.joined(separator: ","))}}},
       "Profile And Settings":{"Profile Info":{"ProfileMap":{"userName":"zoe_fic"}}}}
      """#
  }

  /// Items by the names of the two accounts.
  private func items(
    _ files: [(name: String, text: String)], style: Bool = true
  ) throws -> [String: PairExplanation.Item] {
    let test = try CaseUnderTest()
    for file in files { _ = try test.importing(file.text, file.name) { $0.protected = ["tiktok:zoe_fic"] } }
    _ = try test.opened.link(writing: style ? WritingModel(.builtIn(), domain: nil) : nil)
    let accounts = try test.opened.accounts()
    var found: [String: PairExplanation.Item] = [:]
    for (place, one) in accounts.enumerated() {
      for other in accounts[(place + 1)...] {
        for item in try test.opened.why(one.id, other.id).evidence where item.family == "shared-message" {
          found[[one.name, other.name].sorted().joined(separator: " ")] = item
        }
      }
    }
    return found
  }

  @Test func theSameThreatFromTwoAccountsIsLookedAt() throws {
    let file = Self.download([
      "rex.t": [("rex.t", Self.threat), ("zoe_fic", "stop it")],
      "new_face8": [("new_face8", "hi"), ("new_face8", "Ha! " + Self.threat)],
      "old_friend": [("old_friend", "are you all right?")],
    ])
    let found = try items([("user_data_tiktok.json", file)])
    #expect(Array(found.keys) == ["new_face8 rex.t"])
    let item = try #require(found["new_face8 rex.t"])
    // log10(.1 / (.002 + .5 / (4 + 50))) = .948…
    #expect(item.log10LR == 0.95 && item.sources.count == 2)
    #expect(item.statement.contains("can block me as often as you like and I will"), "\(item.statement)")
    #expect(item.statement.contains("written by 2 of 4 accounts)"), "\(item.statement)")
    #expect(try items([("user_data_tiktok.json", file)], style: false).isEmpty)
  }

  @Test func whoAnswersInOneConversationRepeatsNobody() throws {
    let file = Self.download(["rex.t": [("rex.t", Self.threat), ("zoe_fic", Self.threat)]])
    #expect(try items([("user_data_tiktok.json", file)]).isEmpty)
  }

  /// Whoever shows a third person what somebody wrote to her has read it.
  @Test(arguments: ["zoe@example.org", "zoe@example.org>, <rex@example.com", "old.friend@example.net"])
  func whatSomebodyWasSentIsNoSecret(_ recipient: String) throws {
    let mail = [("rex@example.com", recipient), ("zoe@example.org", "pc.42@police.example")].enumerated().map
    {
      """
      From \($1.0) Thu Jan  1 00:00:0\($0) 2026
      From: <\($1.0)>
      To: <\($1.1)>
      Date: Thu, 1 Jan 2026 0\($0):00:00 +0000
      Message-ID: <\($0)@mail.example>

      \(Self.threat)


      """
    }
    let found = try items([("Inbox.mbox", mail.joined())])
    #expect(found.count == (recipient.hasPrefix("zoe") ? 0 : 1))
  }

  @Test func whatStoodInPublicWeighsLess() throws {
    let file = Self.download(["rex.t": [("rex.t", Self.threat)]])
    let posts = #"""
      {"id":"a1","platform":"x","handle":"somebody_77","posts":[{"at":"2026-01-01T10:00:00Z","text":"\#(Self.threat)"}]}

      """#
    let found = try items([("user_data_tiktok.json", file), ("accounts.ndjson", posts)])
    #expect(found.count == 1)
    #expect(
      found.values.allSatisfy { $0.log10LR == 0.5 && $0.statement.contains("where others could read it") })
  }
}
