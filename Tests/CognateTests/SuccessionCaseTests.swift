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
    chats: [String: [String]], blocked: String = "2026-03-20 12:00:00", followers: String = "",
    groups: String = ""
  ) -> String {
    let first = ["rex.t": [message(10, 10, "rex.t"), message(20, 11, "rex.t")]]
    let all = first.merging(chats) { $0 + $1 }.sorted { $0.key < $1.key }
      .map { #""Chat History with \#($0.key):":[\#($0.value.joined(separator: ","))]"# }
    return #"""
      {"Direct Message":{"Direct Messages":{"ChatHistory":{\#(all.joined(separator: ","))}},
        "Group Chat":{"GroupChat":{\#(groups)}}},
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
    // Eighteen days are on record; who came after eight days says nothing.
    #expect(found == ["new_face8 rex.t": 0.56])
    // The same download once more, with another message, changes no first time.
    let later = Self.download(chats: [
      "new_face8": [Self.message(20, 16, "new_face8"), Self.message(28, 12, "new_face8")]
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

  @Test func whoWasWrittenToFirstIsNoNewcomer() throws {
    for (hour, count) in [(13, 0), (15, 1)] {
      let chats = ["help_line7": [Self.message(20, hour, "zoe_fic"), Self.message(20, 14, "help_line7")]]
      #expect(try successions(Self.download(chats: chats)).count == count)
    }
  }

  @Test func whoWroteInAGroupBeforeIsNoNewcomer() throws {
    let chats = ["old_pal9": [Self.message(20, 16, "old_pal9")]]
    for (day, count) in [(11, 0), (21, 1)] {
      let group = "\"family\":[\(Self.message(day, 10, "old_pal9")),\(Self.message(day, 11, "aunt_may"))]"
      #expect(try successions(Self.download(chats: chats, groups: group)).count == count)
    }
  }

  @Test func aDownloadThatBeginsLaterMakesNoNewcomers() throws {
    let whole = Self.download(chats: [
      "old_friend": [Self.message(12, 10, "old_friend"), Self.message(20, 16, "old_friend")]
    ])
    let part = Self.download(chats: ["old_friend": [Self.message(20, 16, "old_friend")]])
    #expect(try successions(whole, again: part).isEmpty)
    #expect(try successions(part).count == 1)
  }

  @Test func aBlockOfWhichTheDayAloneIsKnownIsNone() throws {
    let chats = ["new_face8": [Self.message(21, 10, "new_face8")]]
    #expect(try successions(Self.download(chats: chats, blocked: "2026-03-21")).isEmpty)
    #expect(try successions(Self.download(chats: chats, blocked: "2026-03-21 00:00:00")).count == 1)
  }

  @Test func ofThousandsOfNewcomersFiftyAreLookedAt() throws {
    let letters = "bdfghjkmpq".map { String($0) }
    var chats: [String: [String]] = [:]
    for one in letters {
      for other in letters.prefix(6) {
        let name = "\(one)a\(other)o_kept"
        chats[name] = [Self.message(20, 13, name)]
      }
    }
    let test = try CaseUnderTest()
    _ = try test.importing(Self.download(chats: chats), "tt/user_data_tiktok.json") {
      $0.protected = ["owner"]
    }
    #expect(chats.count == 60)
    #expect(try test.opened.link().pairs == 50)
  }

  /// Whoever wrote alone in a group of three did not write to whoever blocked.
  @Test(arguments: [(false, 1), (true, 0)])
  func whoWritesInAGroupIsNoNewcomer(isGroup: Bool, pairs: Int) throws {
    let test = try CaseUnderTest()
    let block = 1_774_008_000
    func chat(_ name: String, _ time: Int, with others: [String] = []) throws {
      let people = ([name, "Zoe F"] + others).map { #"{"name":"\#($0)"}"# }.joined(separator: ",")
      _ = try test.write(
        #"""
        {"participants":[\#(people)],"title":"\#(name)",
         "messages":[{"sender_name":"\#(name)","timestamp_ms":\#(time * 1000),"content":"you"}],
         "thread_path":"inbox/\#(name)_1"}
        """#, "d/your_instagram_activity/messages/inbox/\(name)_1/message_1.json")
    }
    try chat("Bo Quill", block - 1_728_000)
    try chat("anna", block + 1800, with: isGroup ? ["Cyd"] : [])
    _ = try test.write(
      #"{"profile_user":[{"string_map_data":{"Username":{"value":"zoe_fic"},"Name":{"value":"Zoe F"}}}]}"#,
      "d/personal_information/personal_information/personal_information.json")
    _ = try test.write(
      #"""
      {"relationships_blocked_users":[{"title":"rex.t55",
        "string_list_data":[{"href":"https://www.instagram.com/rex.t55","timestamp":\#(block)}]}]}
      """#, "d/connections/followers_and_following/blocked_profiles.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("d")]))
    #expect(try test.opened.link().pairs == pairs)
  }

  @Test(arguments: [(false, 2), (true, 1)])
  func aChatOfInstagramUnderTheHandleTellsWhetherTheyWroteOn(wroteOn: Bool, pairs: Int) throws {
    let test = try CaseUnderTest()
    let block = 1_774_008_000
    func chat(_ name: String, _ times: [Int]) throws {
      let messages = times.map { #"{"sender_name":"\#(name)","timestamp_ms":\#($0 * 1000),"content":"you"}"# }
      _ = try test.write(
        #"""
        {"participants":[{"name":"\#(name)"},{"name":"Zoe F"}],"title":"\#(name)",
         "messages":[\#(messages.joined(separator: ","))],"thread_path":"inbox/\#(name)_1"}
        """#, "d/your_instagram_activity/messages/inbox/\(name)_1/message_1.json")
    }
    try chat("rex.t55", [block - 1_728_000, wroteOn ? block + 86_400 : block - 60])
    try chat("anna", [block + 1800])
    _ = try test.write(
      #"{"profile_user":[{"string_map_data":{"Username":{"value":"zoe_fic"},"Name":{"value":"Zoe F"}}}]}"#,
      "d/personal_information/personal_information/personal_information.json")
    _ = try test.write(
      #"""
      {"relationships_blocked_users":[{"title":"rex.t55",
        "string_list_data":[{"href":"https://www.instagram.com/rex.t55","timestamp":\#(block)}]}]}
      """#, "d/connections/followers_and_following/blocked_profiles.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("d")]))
    // The handle and the name that it is shown as are a pair as well.
    #expect(try test.opened.link().pairs == pairs)
  }
}
