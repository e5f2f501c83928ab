import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct TelegramJSONTests {
  static let account = #"""
    {
     "about": "Here is the data you requested. Telegram is ad free.",
     "personal_information": {"user_id": 6000000123, "first_name": "Hilda", "last_name": "Marsh",
      "phone_number": "00447700900001", "username": "@hildamarsh", "bio": "walks"},
     "contacts": {"about": "", "list": [
      {"user_id": 77, "first_name": "Rex\u200b", "last_name": "", "phone_number": "00447700900002",
       "date": "2022-05-01T10:00:00", "date_unixtime": "1651395600"},
      {"first_name": "Aunt", "last_name": "May", "phone_number": "00447700900003", "date": "2022-05-01T10:00:00"},
      {"first_name": "Nobody", "last_name": "", "phone_number": ""}
     ]},
     "frequent_contacts": {"list": [
      {"id": 77, "category": "people", "type": "user", "name": "Rex", "rating": 2.5},
      {"id": 99, "category": "inline_bots", "type": "user", "name": "gif", "rating": 1}
     ]},
     "sessions": {"list": [
      {"last_active": "2024-01-02T03:04:05", "last_active_unixtime": "1704164645", "last_ip": "192.0.2.7",
       "last_country": "UK", "last_region": "Leeds", "application_name": "Telegram Android",
       "application_version": "10.2", "device_model": "Pixel 7", "platform": "Android", "system_version": "14",
       "created": "2023-01-02T03:04:05", "created_unixtime": "1672628645"}
     ]},
     "chats": {"list": [
      {"name": "Rex", "type": "personal_chat", "id": 77, "messages": [
       {"id": 1, "type": "message", "date": "2022-06-01T12:00:00", "date_unixtime": "1654077600",
        "from": "Rex", "from_id": "user77", "text": ["look ", {"type": "text_link", "text": "here", "href": "https://example.org/a"}, " ok"]},
       {"id": 2, "type": "service", "date": "2022-06-01T12:01:00", "date_unixtime": "1654077660",
        "actor": "Rex", "actor_id": "user77", "action": "phone_call", "duration_seconds": 61,
        "discard_reason": "hangup", "text": ""},
       {"id": 3, "type": "service", "date": "2022-06-01T12:02:00", "date_unixtime": "1654077720",
        "actor": "Rex", "actor_id": "user77", "action": "pin_message", "text": ""},
       {"id": 4, "type": "message", "date": "2022-06-01T12:03:00", "date_unixtime": "1654077780",
        "from": "Hilda Marsh", "from_id": "user6000000123", "forwarded_from": null, "text": "not mine"},
       {"id": 5, "type": "message", "date": "2022-06-01T12:04:00", "date_unixtime": "1654077840",
        "from": null, "from_id": "user88", "text": ""},
       {"id": 6, "type": "message", "date": "2022-06-01T12:05:00", "from": null, "text": "who"},
       {"id": 7, "type": "message", "date": "never", "from": "Rex", "from_id": "user77", "text": "when"},
       {"id": 8, "type": "message", "date": "2022-06-01T12:06:00", "from": "Old", "from_id": 4711,
        "photo": "(File not included. Change data exporting settings to download.)", "text": ""},
       {"id": 9, "type": "message", "date": "2022-06-01T12:07:00", "date_unixtime": "1654078020",
        "from": "News", "from_id": "channel5", "text": [{"type": "mention_name", "text": "Rexy", "user_id": 77}, " \ud83d hi"]},
       {"id": 10, "type": "message", "date": "2022-06-01T12:08:00", "date_unixtime": "1654078080",
        "from": "Rex", "from_id": "user77", "text": "", "via_bot": "@gif",
        "contact_information": {"first_name": "X", "last_name": "", "phone_number": "447700900009"}}
      ]}
     ]},
     "left_chats": {"list": [
      {"name": "Gone", "type": "private_group", "id": 5, "messages": [
       {"id": 1, "type": "message", "date": "2022-06-01T12:00:00", "date_unixtime": "1654077600",
        "from": "Rex", "from_id": "user77", "text": "bye"}
      ]}
     ]}
    }
    """#

  @Test func whatTheProgramDidNotWriteOutIsExpected() throws {
    let text = #"""
      {"name": "Rex", "type": "personal_chat", "id": 77, "messages": [
       {"id": 1, "type": "message", "date": "2022-06-01T12:00:00", "date_unixtime": "1654077600",
        "from": "Rex", "from_id": "user77", "text": "hello"},
       {"id": 2, "type": "unsupported", "date": "2022-06-01T12:01:00", "date_unixtime": "1654077660"}
      ]}
      """#
    let outcome = try ReadOutcome.reading(text, named: "result.json", options: ReaderOptions())
    let unit = try #require(outcome.units.first)
    #expect(unit.count("message")?.counts == [2, 1, 1] && unit.count("message")?.agrees == true)
    #expect(unit.setAside.map(\.reason.code) == ["unsupported"])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func samples() throws {
    for (name, channel) in [
      ("test_single_export.json", ""), ("test_batch_export.json", "Chatname [chat 0]"),
    ] {
      let outcome = try ReadOutcome(reading: SharedMaterial.export("telegram/chat-miner/\(name)"))
      let unit = try #require(outcome.units.first)
      #expect(unit.format == "telegram-json")
      #expect(unit.records.map(\.text) == ["Minimal Message", "Link:https://telegram.org/"])
      #expect(
        unit.records.map(\.account) == [
          "telegram display-name Author 1", "telegram display-name Author 2",
        ])
      #expect(unit.records.map(\.channel) == [channel, channel])
      #expect(unit.records.map(\.time.microseconds) == [1_544_006_350_000_000, 1_544_006_964_000_000])
      #expect(unit.tally("message") == [2, 2, 0])
    }
  }

  @Test func wholeAccount() throws {
    let outcome = try ReadOutcome.reading(Self.account, named: "result.json")
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
    #expect(unit.tally("message") == [10, 7, 3])
    #expect(unit.tally("call") == [1, 1, 0])
    #expect(unit.tally("session") == [1, 1, 0])

    let messages = unit.records(.message)
    #expect(messages.map(\.text) == ["look here ok", "not mine", "", "", "Rexy \u{FFFD} hi", "", "bye"])
    #expect(
      messages.map(\.account) == [
        "telegram platform-id 77", "telegram platform-id 6000000123", "telegram platform-id 88",
        "telegram platform-id 4711", "telegram platform-id channel5", "telegram platform-id 77",
        "telegram platform-id 77",
      ])
    #expect(messages[0].channel == "Rex [personal_chat 77]")
    #expect(messages[1].channel == "Rex [personal_chat 77] (forwarded)")
    #expect(messages[5].channel == "Rex [personal_chat 77] (via bot)")
    #expect(messages[6].channel == "Gone [private_group 5] (group)")
    #expect(messages[0].locator.hasPrefix("result.json $.chats.list[0].messages[0] byte "))
    #expect(
      messages[3].time
        == ObservedTime(
          microseconds: 1_654_085_160_000_000, zone: .unknown, precision: .second))
    #expect(messages[3].writtenTime == "2022-06-01T12:06:00")

    let call = try #require(unit.records(.call).first)
    #expect(call.account == "telegram platform-id 77" && call.other == "telegram platform-id 6000000123")
    #expect(call.text == "call, 61 s, hangup")

    let contacts = unit.records(.contact)
    #expect(
      contacts.map(\.other) == [
        "telegram platform-id 77", "telegram phone 00447700900003", "telegram platform-id 77",
      ])
    #expect(contacts.allSatisfy { $0.account == "telegram platform-id 6000000123" })
    #expect(contacts[1].time.zone == .unknown)

    let own = unit.identifiers.filter { $0.account == "telegram platform-id 6000000123" }
    #expect(own.map(\.kind) == [.platformID, .phone, .handle, .displayName, .ip, .userAgent])
    #expect(own[4].value == "192.0.2.7" && own[4].time.microseconds == 1_704_164_645_000_000)
    let rex = unit.identifiers.filter { $0.account == "telegram platform-id 77" }
    #expect(
      rex.map(\.value) == [
        "77", "00447700900002", "Rex\u{200B}", "Rex", "https://example.org/a", "Rexy",
      ])
    #expect(unit.notes.count == 1)
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 1", "message system 1", "message no-author 1", "message bad-time 1",
        "contact no-author 1",
        "frequent contact not-a-person 1",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
  }

  /// The exporting program writes 1970 for a contact whose date it was not told.
  @Test(arguments: [
    #""1970-01-01T01:00:00", "date_unixtime": "0""#, #""1970-01-01T01:00:00""#, #""1969-12-31T19:00:00""#,
  ])
  func aContactOf1970HasNoTime(_ date: String) throws {
    let account = #"""
      {"personal_information": {"user_id": 1, "first_name": "Hilda", "last_name": ""}, "chats": {"list": []},
       "contacts": {"list": [{"user_id": 77, "first_name": "Rex", "last_name": "",
        "phone_number": "00447700900002", "date": \#(date)}]}}
      """#
    let unit = try #require(ReadOutcome.reading(account, named: "result.json").units.first)
    #expect(unit.records(.contact).map(\.time) == [ObservedTime.none])
    #expect(unit.identifiers.filter { $0.kind == .phone }.map(\.time) == [ObservedTime.none])
    #expect(unit.setAside.isEmpty)
  }

  @Test func locatorsReadBack() throws {
    let bytes = Array(Self.account.utf8)
    let unit = try #require(ReadOutcome.reading(bytes, named: "result.json").units.first)
    for record in unit.records {
      let offset = try #require(record.locator.split(separator: " ").last.flatMap { Int($0) })
      #expect(bytes[offset] == UInt8(ascii: "{"))
    }
  }

  @Test func assumedZone() throws {
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let unit = try #require(ReadOutcome.reading(Self.account, named: "r.json", options: options).units.first)
    #expect(
      unit.records(.message)[3].time
        == ObservedTime(
          microseconds: 1_654_081_560_000_000, zone: .assumed, precision: .second))
  }

  @Test func truncation() throws { try expectPrefixes(of: Array(Self.account.utf8), named: "result.json") }

  @Test(arguments: [
    (
      #"["so: ", {"type": "blockquote", "text": "her words\nof then"}, "\nmine"]"#,
      "so: \n> her words\n> of then\nmine"
    ),
    (
      #"[{"type": "blockquote", "text": "hers\n"}, "mine ", {"type": "bold", "text": "now"}]"#,
      "> hers\nmine now"
    ),
    (#"[{"type": "blockquote", "text": "hers"}, "mine"]"#, "> hers\nmine"),
    (#"[{"type": "blockquote", "text": ""}, "mine"]"#, "mine"),
  ])
  func quotationsAreMarked(_ text: String, _ expected: String) throws {
    let chat = #"""
      {"name": "Rex", "type": "personal_chat", "id": 77, "messages": [
       {"id": 1, "type": "message", "date": "2022-06-01T12:00:00", "date_unixtime": "1654077600",
        "from": "Rex", "from_id": "user77", "text": \#(text)}]}
      """#
    let unit = try #require(ReadOutcome.reading(chat, named: "result.json").units.first)
    #expect(unit.records(.message).map(\.text) == [expected])
  }

  @Test func damageInsideOneMessage() throws {
    let text = #"""
      {"name":"A","type":"personal_chat","id":1,"messages":[
      {"id":1,"type":"message","date_unixtime":"1654077600","from":"A","from_id":"user1","text":"one"},
      {"id":2,"type":"message","date_unixtime":"1654077600" "from":"A"},
      {"id":3,"type":"message","date_unixtime":"1654077600","from":"A","from_id":"user1","text":"three",},
      {"id":4,"type":"message","date_unixtime":"99999999999999","from":"A","from_id":"user1","text":"x"},
      {"id":5,"type":"message","date_unixtime":"1654077600","from":"A","from_id":9223372036854775807,"text":NaN}
      ]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "result.json").units.first)
    #expect(unit.records(.message).map(\.text) == ["one", "three", ""])
    #expect(unit.records(.message)[2].account == "telegram platform-id peer9223372036854775807")
    #expect(unit.accounts.last?.key?.scope == .source)
    #expect(unit.tally("message") == [5, 3, 2])
  }

  private static func plain(_ unit: ReadOutcome.Unit) -> [String] {
    unit.records.map { "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)" }
      .sorted()
  }

  private static func sorted(_ text: String) throws -> String {
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return String(
      decoding: try JSONSerialization.data(withJSONObject: value, options: .sortedKeys), as: UTF8.self)
  }

  /// Programs that sort keys put the messages of a chat before its name and type, and the chats before the owner.
  @Test func theOrderOfKeysMeansNothing() throws {
    let account = Self.account.replacing(" \\ud83d hi", with: " hi")
    let chat = #"""
      {"name":"Rex","type":"personal_chat","id":77,"messages":[
       {"id":1,"type":"service","date":"2022-06-01T12:01:00","date_unixtime":"1654077660","actor":"Me",
        "actor_id":"user5","action":"phone_call","text":""},
       {"id":2,"type":"message","date":"2022-06-01T12:02:00","date_unixtime":"1654077720","from":"Rex","from_id":"user77","text":"hi"},
       {"id":3,"type":"message","date":"2022-06-01T12:03:00","date_unixtime":"1654077780","from":"Rex","from_id":"user77",
        "forwarded_from":"News","text":"news"}]}
      """#
    for text in [account, chat] {
      let written = try #require(try ReadOutcome.reading(text, named: "result.json").units.first)
      let sorted = try #require(try ReadOutcome.reading(Self.sorted(text), named: "result.json").units.first)
      #expect(Self.plain(sorted) == Self.plain(written))
      #expect(sorted.reconciliation == written.reconciliation)
      #expect(sorted.records.contains { $0.channel == "Rex [personal_chat 77]" })
      #expect(sorted.records(.call).allSatisfy { !$0.other.isEmpty })
    }
  }

  @Test func attachmentsAndReactionsAreCounted() throws {
    let text = #"""
      {"name":"A","type":"personal_chat","id":7,"messages":[
       {"id":1,"type":"message","date":"2024-07-01T10:00:00","date_unixtime":"1719824400","from":"A","from_id":"user7","photo":"photos/p.jpg","text":"",
        "reactions":[{"type":"emoji","count":3,"emoji":"x"},{"type":"emoji","count":1,"emoji":"y"}]},
       {"id":2,"type":"message","date":"2024-07-01T10:00:01","date_unixtime":"1719824401","from":"A","from_id":"user7","file":"v.ogg","media_type":"voice_message","text":""},
       {"id":3,"type":"message","date":"2024-07-01T10:00:02","date_unixtime":"1719824402","from":"A","from_id":"user7","location_information":{"latitude":1.5,"longitude":2.5},"text":""}]}
      """#
    let unit = try #require(ReadOutcome.reading(text, named: "result.json").units.first)
    #expect(unit.counts("message") == [3, 3, 0])
    #expect(unit.counts("attachment") == [nil, 0, 3] && unit.counts("reaction") == [nil, 0, 4])
  }
}
