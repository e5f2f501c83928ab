import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Who first wrote soon after somebody was blocked, from a download to the evidence.
@Suite struct SuccessionCaseTests {
  private static func message(_ day: Int, _ hour: Int, _ from: String) -> String {
    #"{"Date":"2026-03-\#(day) \#(hour):00:00","From":"\#(from)","Content":"you again"}"#
  }

  /// A download in which `rex.t` writes from 10 March on and is blocked on the 20th at noon.
  private static func download(
    chats: [String: [String]], blocked: String = "2026-03-20 12:00:00", followers: String = ""
  ) -> String {
    let first = ["rex.t": [message(10, 10, "rex.t"), message(20, 11, "rex.t")]]
    let all = first.merging(chats) { $0 + $1 }.sorted { $0.key < $1.key }
      .map { #""Chat History with \#($0.key):":[\#($0.value.joined(separator: ","))]"# }
    return #"""
      {"Direct Message":{"Direct Messages":{"ChatHistory":{\#(all.joined(separator: ","))}}},
       "Profile And Settings":{"Profile Info":{"ProfileMap":{"userName":"zoe_fic"}},
        "Block List":{"BlockList":[{"Date":"\#(blocked)","UserName":"rex.t"}]},
        "Follower":{"FansList":[\#(followers)]}}}
      """#
  }

  /// Weights of the evidence by the names of the two accounts.
  private func successions(_ download: String, again: String? = nil) throws -> [String: Double] {
    let test = try CaseUnderTest()
    _ = try test.importing(download, "tt/user_data_tiktok.json") { $0.protected = ["owner"] }
    if let again { _ = try test.importing(again, "later/user_data_tiktok.json") }
    _ = try test.opened.link()
    let accounts = try test.opened.accounts()
    var found: [String: Double] = [:]
    for (place, one) in accounts.enumerated() {
      for other in accounts[(place + 1)...] {
        for item in try test.opened.why(one.id, other.id).evidence where item.family == "succession" {
          #expect(item.rule == "appeared-after-block" && item.sources.count == 2)
          found[[one.name, other.name].sorted().joined(separator: " ")] = item.log10LR
        }
      }
    }
    return found
  }

  @Test func whoComesSoonAfterABlockIsLookedAt() throws {
    let download = Self.download(chats: [
      "new_face8": [Self.message(20, 16, "new_face8"), Self.message(20, 17, "zoe_fic")],
      "old_friend": [Self.message(12, 10, "old_friend"), Self.message(20, 15, "old_friend")],
      "later_face": [Self.message(28, 12, "later_face")],
    ])
    let found = try successions(download)
    // Eighteen days are on record, which counts as thirty; who came after eight days says nothing.
    #expect(found == ["new_face8 rex.t": 0.68])
    // The same download once more, with a later day, changes no first time.
    let later = Self.download(chats: [
      "new_face8": [Self.message(20, 16, "new_face8"), Self.message(29, 17, "new_face8")]
    ])
    #expect(try successions(download, again: later) == found)
  }

  @Test func whoWasKnownBeforeIsNoNewcomer() throws {
    let chats = ["new_face8": [Self.message(20, 16, "new_face8")]]
    for (follower, count) in [
      (#"{"Date":"2026-03-19 10:00:00","UserName":"new_face8"}"#, 0),
      (#"{"Date":"2026-03-20 13:00:00","UserName":"new_face8"}"#, 1),
    ] {
      #expect(try successions(Self.download(chats: chats, followers: follower)).count == count)
    }
  }

  @Test func aBlockAfterWhichTheyWroteOnIsNone() throws {
    let chats = ["new_face8": [Self.message(20, 16, "new_face8")], "rex.t": [Self.message(22, 10, "rex.t")]]
    #expect(try successions(Self.download(chats: chats)).isEmpty)
  }

  @Test func whereNothingIsOnRecordBeforeTheBlockNobodyIsNew() throws {
    let chats = ["new_face8": [Self.message(20, 16, "new_face8")]]
    #expect(try successions(Self.download(chats: chats, blocked: "2026-03-09 12:00:00")).isEmpty)
  }
}
