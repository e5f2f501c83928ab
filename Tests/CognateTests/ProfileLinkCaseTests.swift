import Cognate
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Links to profiles, from an export to the evidence.
@Suite struct ProfileLinkCaseTests {
  private static let accounts = """
    {"id":"a1","platform":"instagram","handle":"rex.t55"}
    {"id":"a2","platform":"x","handle":"other_one","urls":["https://www.instagram.com/rex.t55/"]}

    """

  /// A chat in which Anna passes a profile on.
  private static let chat = #"""
    {"participants":[{"name":"Anna Mill"},{"name":"Zoe F"}],
     "messages":[{"sender_name":"Anna Mill","timestamp_ms":1774004400000,"content":"is this him?",
       "share":{"link":"https://www.instagram.com/rex.t55/"}}],
     "title":"Anna Mill","thread_path":"inbox/anna_1"}
    """#

  @Test func aLinkThatIsPassedOnIsNotOnOnesProfile() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.accounts, "accounts.ndjson")
    _ = try test.write(Self.chat, "d/your_instagram_activity/messages/inbox/anna_1/message_1.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("d")]))
    #expect(try test.opened.link().pairs == 1)
    let accounts = try test.opened.accounts()
    #expect(accounts.contains { $0.name == "Anna Mill" && $0.platform == "instagram" })
    let one = try #require(accounts.first { $0.name == "rex.t55" })
    let other = try #require(accounts.first { $0.name == "other_one" })
    #expect(try test.opened.why(one.id, other.id).evidence.map(\.rule) == ["profile-links-to-other"])
  }

  /// A post that warns of an account, on a server of Mastodon.
  private static let outbox = #"""
    {"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json","type":"OrderedCollection",
     "orderedItems":[{"id":"https://social.example/users/anna/statuses/1/activity","type":"Create",
      "actor":"https://social.example/users/anna","published":"2023-01-24T14:45:51Z",
      "object":{"id":"https://social.example/users/anna/statuses/1","type":"Note",
       "published":"2023-01-24T14:45:51Z","to":["https://www.w3.org/ns/activitystreams#Public"],"cc":[],
       "content":"<p>beware of <a href=\"https://www.instagram.com/rex.t55/\">him</a></p>","tag":[]}}]}
    """#

  @Test func aLinkInAPostIsNotOnOnesProfile() throws {
    let test = try CaseUnderTest()
    _ = try test.importing(Self.accounts, "accounts.ndjson")
    _ = try test.importing(Self.outbox, "outbox.json")
    _ = try test.opened.link()
    let accounts = try test.opened.accounts()
    let one = try #require(accounts.first { $0.name == "rex.t55" })
    let poster = try #require(accounts.first { $0.platform == "mastodon" })
    #expect(
      try !test.opened.why(one.id, poster.id).evidence.contains { $0.rule == "profile-links-to-other" })
    let other = try #require(accounts.first { $0.name == "other_one" })
    #expect(try test.opened.why(one.id, other.id).evidence.map(\.rule) == ["profile-links-to-other"])
  }

  /// Of ids the value has the platform, of handles none.
  @Test func aLinkFindsAnAccountByTheIDThatItsPlatformGives() throws {
    let test = try CaseUnderTest()
    let mapping = try TableMapping(
      toml: """
        version = 1
        platform = "facebook"
        [account]
        column = "Vanity"
        kind = "handle"
        scope = "platform"
        [record]
        class = "profile"
        [[identifier]]
        column = "Account"
        kind = "platform-id"
        """)
    _ = try test.importing("Vanity,Account\nrex.t55,100052539888200\ngrim.kettle,100052539888201\n", "p.csv")
    {
      $0.options.mappings = [mapping]
    }
    let address = "https://www.facebook.com/profile.php?id=100052539888200"
    _ = try test.importing(
      #"{"id":"a2","platform":"x","handle":"other_one","urls":["\#(address)"]}"# + "\n", "accounts.ndjson")
    _ = try test.opened.link()
    let linked = try ["A1", "A2"].map { try test.opened.why($0, "A3").evidence.map(\.rule) }
    #expect(linked == [["profile-links-to-other"], []])
  }

  private static func actor(_ address: String, _ name: String, _ more: String) -> String {
    #"{"@context":"https://www.w3.org/ns/activitystreams","id":"\#(address)","type":"Person","#
      + #""inbox":"\#(address)/inbox","outbox":"outbox.json","preferredUsername":"\#(name)",\#(more)}"#
  }

  @Test("Accounts of the fediverse whose addresses do not hold their names are found by these")
  func addressesWithoutNames() throws {
    let test = try CaseUnderTest()
    let (old, new) = ("https://one.example/users/grim_kettle", "https://two.example/ap/users/115")
    _ = try test.write(Self.actor(old, "grim_kettle", #""movedTo":"\#(new)""#), "m/one/actor.json")
    _ = try test.write(Self.actor(new, "snail_farm_9", #""alsoKnownAs":["\#(old)"]"#), "m/two/actor.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("m")]))
    _ = try test.opened.link()
    let accounts = try test.opened.accounts()
    #expect(accounts.count == 2)
    let one = try #require(accounts.first)
    let other = try #require(accounts.last)
    #expect(
      try test.opened.why(one.id, other.id).evidence.contains { $0.rule == "profiles-link-to-each-other" })
  }

  @Test("Who takes a name and calls its bearer's account his own is not joined to it")
  func aPoser() throws {
    let test = try CaseUnderTest()
    let (real, poser) = ("https://one.example/users/vplum", "https://two.example/users/grim_kettle")
    let name = #""name":"Victoria Plumtree-Oddfellow""#
    _ = try test.write(Self.actor(real, "vplum", name), "m/one/actor.json")
    _ = try test.write(
      Self.actor(poser, "grim_kettle", name + #","alsoKnownAs":["\#(real)"]"#), "m/two/actor.json")
    _ = try test.opened.importSources(ImportRequest(paths: [test.folder.url.appendingPathComponent("m")]))
    #expect(try test.opened.link().clusters.isEmpty)
    let accounts = try test.opened.accounts()
    let one = try #require(accounts.first)
    let other = try #require(accounts.last)
    let evidence = try test.opened.why(one.id, other.id).evidence
    #expect(!evidence.contains { $0.rule == "declared-by-user" })
    #expect(evidence.contains { $0.rule == "profile-links-to-other" && $0.log10LR == 0 })
  }
}
