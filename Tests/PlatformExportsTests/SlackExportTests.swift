import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct SlackExportTests {
  static let users = #"""
    [{"id": "U1", "team_id": "T1", "name": "hilda", "deleted": false, "real_name": "Hilda Marsh", "tz": "Europe\/London",
      "profile": {"title": "Baker", "real_name": "Hilda Marsh", "display_name": "hil", "email": "hilda@example.org", "phone": "+447700900103"}, "is_bot": false},
     {"id": "U2", "team_id": "T2", "name": "rex", "deleted": true, "profile": {"real_name": "", "display_name": ""}},
     {"id": "", "team_id": "T1", "profile": {}}]
    """#
  static let channels =
    #"[{"id": "C1", "name": "general", "created": 1452837318, "creator": "U1", "is_archived": false, "members": ["U1", "U2"]}]"#
  static let day = #"""
    [{"type": "message", "user": "U1", "text": "see <https:\/\/example.org\/x|this> or <https:\/\/example.org\/y>, <@U2|rex> &amp; <@U3>\n<!here> <#C1|general> a &lt; b", "ts": "1452988821.000002", "thread_ts": "1452988821.000002",
      "reactions": [{"name": "+1", "users": ["U2"], "count": 2}]},
     {"type": "message", "subtype": "channel_join", "user": "U2", "text": "<@U2> has joined the channel", "ts": "1452988822.000003"},
     {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "builds", "text": "<https:\/\/example.org|1 commit>", "ts": "1452988823.000004", "attachments": [{"fallback": "x", "text": "y"}]},
     {"type": "message", "user": "U4", "bot_id": "B2", "bot_profile": {"name": "poll"}, "text": "vote", "ts": "1452988824.000004"},
     {"type": "message", "subtype": "file_share", "user": "U2", "bot_id": null, "text": "<@U2> uploaded a file: <https:\/\/example.org\/f|f> and commented: mine", "upload": true,
      "file": {"id": "F1", "name": "f.txt", "initial_comment": {"comment": "mine"}}, "ts": "1452988825.000004"},
     {"type": "message", "subtype": "file_comment", "text": "<@U1> commented on", "comment": {"user": "U1", "comment": "nice"}, "ts": "1452988826.000004"},
     {"type": "message", "user": "U9", "user_team": "T9", "user_profile": {"display_name": "guest", "real_name": "G. Uest"}, "text": "hello", "files": [{"name": "a.png"}, {"name": "b.png"}], "ts": "1452988827.000004"},
     {"type": "message", "user": "USLACKBOT", "text": "reminder", "ts": "1452988828.000004"},
     {"type": "message", "text": "nobody", "ts": "1452988829.000004"},
     {"type": "message", "user": "U1", "text": "when", "ts": "soon"}]
    """#

  static let files = [
    ("channels.json", channels), ("general/2016-01-16.json", day),
    ("integration_logs.json", #"[{"user_id": "U1", "change_type": "added", "date": "1452988903"}]"#),
    ("users.json", users),
  ]

  static func read(_ files: [(String, String)]) throws -> ReadOutcome {
    let folder = try ScratchFolder()
    for (path, text) in files { _ = try folder.write(text, to: "export/" + path) }
    return try ReadOutcome(reading: folder.url)
  }

  @Test func wholeExport() throws {
    let outcome = try Self.read(Self.files)
    #expect(outcome.units.map(\.format) == ["slack-export"] && outcome.units.map(\.root) == ["export"])
    #expect(outcome.unrecognised == ["export/integration_logs.json"] && outcome.unread.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [10, 6, 4] && unit.counts("profile") == [3, 2, 1])
    #expect(
      unit.records(.message).map { "\($0.channel) \($0.account): \($0.text)" } == [
        "general [C1] (group) slack platform-id T1/U1: see this or https://example.org/y, @rex & @U3\n@here #general a < b",
        "general [C1] (via bot) slack platform-id B1: 1 commit",
        "general [C1] (via bot) slack platform-id U4: vote",
        "general [C1] (group) slack platform-id T2/U2: mine",
        "general [C1] (group) slack platform-id T1/U1: nice",
        "general [C1] (group) slack platform-id T9/U9: hello",
      ])
    #expect(
      unit.records(.message)[0].time
        == ObservedTime(microseconds: 1_452_988_821_000_000, zone: .known, precision: .second))
    #expect(unit.records(.profile).map(\.text) == ["Baker; Europe/London", "deactivated"])
    #expect(
      unit.identifiers.filter { $0.account == "slack platform-id T1/U1" }
        .map { "\($0.kind.rawValue) \($0.label) \($0.value) \($0.assertion)" } == [
          "url text-link https://example.org/x user", "platform-id  T1/U1 platform",
          "display-name user-name hilda user",
          "email  hilda@example.org platform", "phone  +447700900103 user", "display-name  hil user",
          "person-name  Hilda Marsh user",
        ])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "reaction reaction 2", "message system 2", "embed embed 1", "attachment media 3",
        "message no-author 1",
        "message bad-time 1", "profile no-author 1",
      ])
    // Ids of programs and of whom no file names the workspace mean something here only.
    let scopes = Dictionary(
      unit.accounts.compactMap { $0.key }.map { ($0.value, $0.scope) }, uniquingKeysWith: { one, _ in one })
    #expect(scopes["T1/U1"] == .platform && scopes["U3"] == .source && scopes["B1"] == .source)
    #expect(unit.notes.contains { $0.contains("of 3 accounts no file says the workspace") })
  }

  @Test func orderOfMembersMeansNothing() throws {
    func summary(_ files: [(String, String)]) throws -> [String] {
      var zip = ZipBuilder()
      for (path, text) in files { zip.add(path, text) }
      let folder = try ScratchFolder()
      let unit = try #require(try ReadOutcome(reading: folder.write(zip.bytes, to: "s.zip")).units.first)
      return
        (unit.records.map { "\($0.recordClass) \($0.account) \($0.channel) \($0.text)" }
        + Set(unit.identifiers.map { "\($0.account) \($0.kind) \($0.value)" })).sorted()
    }
    #expect(try summary(Self.files) == summary(Self.files.reversed()))
  }

  /// The list of users decides, in whatever order files come, and folders of direct messages come before it.
  @Test func theListOfUsersSaysTheWorkspace() throws {
    let day =
      #"[{"type": "message", "user": "U1", "team": "T5", "text": "hello", "ts": "1452988821.000002"}]"#
    for name in ["D1", "zoo"] {
      let unit = try #require(
        try Self.read([("\(name)/2016-01-16.json", day), ("users.json", Self.users)]).units.first)
      #expect(unit.records(.message).map(\.account) == ["slack platform-id T1/U1"])
    }
  }

  /// The same id in two workspaces is two accounts.
  @Test func twoWorkspaces() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(Self.users, to: "a/users.json")
    _ = try folder.write(Self.users.replacing("T1", with: "T7"), to: "b/users.json")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.root) == ["a", "b"])
    #expect(outcome.units.map { $0.accounts[0].key?.value } == ["T1/U1", "T7/U1"])
  }

  @Test(arguments: [("2016-01-16.json", day), ("users.json", users)])
  func truncation(_ name: String, _ text: String) throws {
    try Truncation.check(Array(text.utf8), named: name)
  }

  @Test func reactionsBeyondAllNumbers() throws {
    let most = #"{"name": "a", "count": 9223372036854775807}"#
    let text = #"""
      [{"type": "message", "user": "U1", "ts": "1452988821.000002", "text": "x", "reactions": [\#(most), \#(most)]},
       {"type": "message", "user": "U1", "ts": "1452988822.000002", "text": "y", "reactions": [\#(most), {"count": -5}]}]
      """#
    let unit = try #require(try ReadOutcome.reading(text, named: "2016-01-16.json").units.first)
    #expect(unit.records.map(\.text) == ["x", "y"])
    #expect(unit.setAside.first { $0.unit == "reaction" }.map { $0.count > 0 } == true)
  }

  @Test func conversationsOfTwo() throws {
    let outcome = try Self.read([
      ("dms.json", #"[{"id": "D1", "created": 1360782804, "members": ["U1", "U2"]}]"#),
      ("D1/2016-01-16.json", #"[{"type": "message", "user": "U1", "ts": "1452988821.000002", "text": "x"}]"#),
    ])
    #expect(outcome.unrecognised.isEmpty)
    #expect(outcome.units.map(\.root) == ["export"])
    #expect(outcome.units.flatMap(\.records).map { "\($0.channel): \($0.text)" } == ["D1: x"])
  }

  /// An answer that was sent to the channel as well holds the message that it answers, and that is no second one.
  @Test func messagesInMessagesAreNotCounted() throws {
    let text = #"""
      [{"type": "message", "user": "U1", "ts": "1452988821.000002", "text": "one"},
       {"type": "message", "subtype": "thread_broadcast", "user": "U2", "ts": "1452988822.000002", "text": "two",
        "root": {"type": "message", "user": "U1", "ts": "1452988821.000002", "text": "one"}},
       {"type": "message", "subtype": "message_changed", "ts": "1452988823.000002",
        "message": {"type": "message", "user": "U1", "text": "three"}, "previous_message": {"type": "message", "text": "3"}}]
      """#
    let unit = try #require(try ReadOutcome.reading(text, named: "2016-01-16.json").units.first)
    #expect(unit.records.map(\.text) == ["one", "two"])
    #expect(unit.reconciliation.allSatisfy { $0.agrees } && unit.counts("message") == [3, 2, 1])
  }

  @Test func hostile() throws {
    let text = #"""
      [null, 7, "x", {"type": "message", "ts": 1e300, "user": "U1", "text": "x"}, {"type": "message", "user": [], "text": {}},
       {"type": "message", "user": "U1", "ts": "1452988821.000002", "text": "< <@> <|> <> >| <@U2"}]
      """#
    let unit = try #require(try ReadOutcome.reading(text, named: "2016-01-16.json").units.first)
    #expect(unit.records.map(\.text).count == 1 && unit.counts("message") == [3, 1, 2])
    #expect(unit.setAside.filter { $0.unit == "entry" }.map(\.count) == [3])
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func sharedSample() throws {
    let archive = try SharedMaterial.export("slack/slack-export-viewer/testarchive.zip")
    let unit = try #require(try ReadOutcome(reading: archive).units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(unit.counts("message")[0] == 158 && unit.counts("profile") == [4, 4, 0])
    #expect(unit.records(.message).count { $0.channel.hasSuffix("(via bot)") } == 94)
    #expect(
      Set(unit.records(.message).map { $0.channel.prefix { $0 != " " } }) == ["enrique", "traveling-sailor"])
    #expect(!unit.identifiers.contains { $0.kind == .email })
  }
}
