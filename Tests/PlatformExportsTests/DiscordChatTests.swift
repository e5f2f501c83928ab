import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct DiscordChatTests {
  static let guild =
    #""guild": {"id": "9", "name": "Snail Club", "iconUrl": "https://cdn.example.org/i.png"}"#
  static let channel =
    #""channel": {"id": "600000000000000001", "type": "GuildTextChat", "categoryId": "5", "category": "Text", "name": "general", "topic": null}"#

  static func author(_ id: String, _ name: String, _ number: String, _ nickname: String, isBot: Bool = false)
    -> String
  {
    #"{"id": "\#(id)", "name": "\#(name)", "discriminator": "\#(number)", "nickname": "\#(nickname)", "color": null, "isBot": \#(isBot), "roles": [], "avatarUrl": "https://cdn.example.org/a.png"}"#
  }

  static func message(
    _ id: String, _ type: String, _ time: String, _ content: String, _ author: String, _ rest: String = ""
  ) -> String {
    #"{"id": "\#(id)", "type": "\#(type)", "timestamp": "\#(time)", "timestampEdited": null, "callEndedTimestamp": null, "isPinned": false, "content": "\#(content)", "author": \#(author), "attachments": [], "embeds": [], "stickers": [], "reactions": [], "mentions": []\#(rest)}"#
  }

  static let rex = author("77", "rex", "0000", "Rex T")
  static let una = author("88", "Una", "7001", "Una")
  static let messages = [
    message("530805779645595660", "Default", "2019-01-04T17:52:39.762+00:00", "hello\\nthere", rex),
    message(
      "1064990824305274930", "Reply", "2023-01-17T20:33:19.087+01:00", "yes @Rex", una,
      #", "reference": {"messageId": "530805779645595660", "channelId": "1", "guildId": "9"}"#
    ).replacing(#""mentions": []"#, with: #""mentions": [\#(author("99", "kit", "0", "Kit"))]"#)
      .replacing(
        #""reactions": []"#,
        with: #""reactions": [{"emoji": {"id": null, "name": "+1"}, "count": 3, "users": []}]"#
      )
      .replacing(
        #""attachments": []"#,
        with:
          #""attachments": [{"id": "1", "url": "https://cdn.example.org/x.png", "fileName": "x.png", "fileSizeBytes": 1}]"#
      ),
    message("459136077417021488", "Default", "2018-05-20T10:00:00+00:00", "edited", rex),
    message(
      "1064990824305274931", "GuildMemberJoin", "2023-01-17T19:33:19.087+00:00", "Joined the server.", una),
    message(
      "1064990824305274932", "20", "2023-01-17T19:33:19.087+00:00", "Your turn!",
      author("66", "dice", "1111", "Dice", isBot: true)),
    message(
      "1064990824305274933", "Default", "2023-01-17T19:33:19.087+00:00", "", rex,
      #", "forwardedMessage": {"content": "not his own", "attachments": []}"#),
    message(
      "1064990824305274934", "Call", "2023-01-17T19:33:19.087+00:00", "Started a call that lasted 2 minutes.",
      rex
    ).replacing(
      #""callEndedTimestamp": null"#, with: #""callEndedTimestamp": "2023-01-17T19:35:19.087+00:00""#),
    message(
      "1064990824305274935", "Default", "2023-01-17T19:33:19.087+00:00", "gone",
      author("456226577798135808", "Deleted User", "0000", "Deleted User")),
    message("1064990824305274936", "Default", "yesterday", "when", rex),
  ]

  static func export(_ messages: [String] = messages, count: Int? = nil) -> String {
    "{\n  \(guild),\n  \(channel),\n  \"dateRange\": {\"after\": null, \"before\": null},\n"
      + "  \"exportedAt\": \"2023-02-01T00:00:00+00:00\",\n  \"messages\": [\n"
      + messages.joined(separator: ",\n") + "\n  ],\n  \"messageCount\": \(count ?? messages.count)\n}\n"
  }

  /// Whoever makes a webhook may call it as somebody else: the name is none by which others address it.
  @Test(arguments: ["0000", "0", ""])
  func aWebhookHasNoUserName(_ number: String) throws {
    let copy = Self.message(
      "1064990824305274932", "Default", "2023-01-17T19:33:19.087+00:00", "I am rex",
      Self.author("66", "rex", number, "rex", isBot: true))
    let unit = try #require(
      try ReadOutcome.reading(Self.export([Self.messages[0], copy]), named: "chat.json").units.first)
    func names(_ id: String) -> [String] {
      unit.identifiers.filter { $0.account == "discord platform-id \(id)" }
        .map { "\($0.kind.rawValue) \($0.value) \($0.assertion)" }
    }
    #expect(names("66") == ["platform-id 66 platform", "display-name rex user"])
    #expect(names("77").contains("handle rex platform"))
  }

  @Test func wholeChat() throws {
    let outcome = try ReadOutcome.reading(Self.export(), named: "Snail Club - general [600].json")
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.format == "discord-chat")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    #expect(unit.counts("message") == [8, 5, 3] && unit.counts("call") == [1, 1, 0])
    let title = "general [Snail Club, 600000000000000001]"
    #expect(
      unit.records.map { "\($0.channel) \($0.account): \($0.text)" } == [
        "\(title) (group) discord platform-id 77: hello\nthere",
        "\(title) (group) discord platform-id 88: yes @Rex",
        "\(title) (group) discord platform-id 77: edited",
        "\(title) (via bot) discord platform-id 66: Your turn!",
        "\(title) (forwarded) discord platform-id 77: not his own",
        "\(title) (group) discord platform-id 77: call, 120 s",
      ])
    #expect(unit.records[1].time.microseconds == 1_673_983_999_087_000)
    #expect(
      unit.records[1].time.zone == .known && unit.records[1].writtenTime == "2023-01-17T20:33:19.087+01:00")
    #expect(
      unit.identifiers.map {
        "\($0.account.split(separator: " ").last ?? "") \($0.kind.rawValue) \($0.value)"
      } == [
        "77 platform-id 77", "77 handle rex", "77 display-name Rex T", "88 platform-id 88",
        "88 handle Una#7001",
        "88 display-name Una", "99 platform-id 99", "99 handle kit", "99 display-name Kit",
        "66 platform-id 66",
        "66 handle dice#1111", "66 display-name Dice",
      ])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 1", "reaction reaction 3", "message system 1", "message no-author 1",
        "message bad-time 1",
      ])
    #expect(unit.notes.count == 1 && unit.notes[0].hasPrefix("1 message has an id that says another time"))
    #expect(unit.notes[0].contains("$.messages[2]"))
  }

  @Test func countsThatDisagree() throws {
    let unit = try #require(try ReadOutcome.reading(Self.export(count: 5), named: "a.json").units.first)
    #expect(unit.notes.contains("a.json: says that it holds 5 messages and holds 9."))
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// An id and a time that differ by more than a second are told; those that do not are not.
  @Test func snowflakes() throws {
    let times = [
      ("2019-01-04T17:52:39.762+00:00", false), ("2019-01-04T17:52:40.762+00:00", false),
      ("2019-01-04T17:52:40.763+00:00", true), ("2019-01-04T18:52:39.762+01:00", false),
      ("2023-01-04T17:52:39.762+00:00", true), ("2019-01-04T17:52:39+00:00", false),
      // A time without a zone may be anybody's.
      ("2019-01-04T19:52:39", false),
    ]
    for (time, isTold) in times {
      let text = Self.export([Self.message("530805779645595660", "Default", time, "x", Self.rex)])
      let unit = try #require(try ReadOutcome.reading(text, named: "a.json").units.first)
      #expect(unit.records.count == 1 && unit.notes.isEmpty == !isTold, "\(time)")
    }
  }

  @Test func keysInAnyOrder() throws {
    let sorted =
      "{\(Self.channel), \"exportedAt\": \"x\", \"messages\": [\(Self.messages[0]), \(Self.messages[5])], \(Self.guild)}"
    let unit = try #require(try ReadOutcome.reading(sorted, named: "a.json").units.first)
    #expect(
      unit.records.map(\.channel) == [
        "general [Snail Club, 600000000000000001] (group)",
        "general [Snail Club, 600000000000000001] (forwarded)",
      ])
  }

  @Test func direct() throws {
    let text = Self.export([Self.messages[0]])
      .replacing(Self.guild, with: #""guild": {"id": "0", "name": "Direct Messages"}"#)
      .replacing(Self.channel, with: #""channel": {"id": "5", "type": "DirectTextChat", "name": "rex"}"#)
    let unit = try #require(try ReadOutcome.reading(text, named: "a.json").units.first)
    #expect(unit.records.map(\.channel) == ["rex [Direct Messages, 5]"])
  }

  @Test func truncation() throws {
    // The name of the conversation stands before the messages, as exporters write it.
    try Truncation.check(Array(Self.export().utf8), named: "a.json", every: 3)
  }

  @Test func hostile() throws {
    let text =
      "{\(Self.guild), \(Self.channel), \"exportedAt\": 1, \"messages\": [null, 7, {}, {\"type\": \"Default\"}, "
      + #"{"type": 0, "author": {"id": "-1"}}, {"type": "Default", "author": {"id": 5}, "timestamp": 7}, "#
      + #"{"type": "Default", "author": {"id": 18446744073709551615, "name": null}, "timestamp": "2020-01-01T00:00:00Z", "id": [], "content": 7}"#
      + "], \"messageCount\": \"many\"}"
    let unit = try #require(try ReadOutcome.reading(text, named: "a.json").units.first)
    #expect(unit.records.map(\.account) == ["discord platform-id 18446744073709551615"])
    #expect(unit.counts("message") == [nil, 1, 6])
  }
}
