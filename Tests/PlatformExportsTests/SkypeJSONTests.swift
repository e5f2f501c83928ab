import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct SkypeJSONTests {
  private static func message(
    _ id: Int, _ from: String, _ name: String?, _ type: String, _ content: String, in place: String,
    at time: String = "2024-03-04T11:20:34.567Z", properties: String = "null"
  ) throws -> String {
    let fields: [String: Any] = [
      "id": "\(id)", "from": from, "displayName": name ?? NSNull(), "originalarrivaltime": time,
      "messagetype": type, "version": 1_709_551_234_567.0, "content": content, "conversationid": place,
      "amsreferences": NSNull(),
    ]
    let text = String(
      decoding: try JSONSerialization.data(withJSONObject: fields, options: .withoutEscapingSlashes),
      as: UTF8.self)
    return text.dropLast() + ",\"properties\":\(properties)}"
  }

  private static func conversation(
    _ id: String, _ name: String?, _ messages: [String], properties: String = "null", thread: String = "null"
  ) -> String {
    """
    {"id":"\(id)","displayName":\(name.map { "\"\($0)\"" } ?? "null"),"version":1.0,"properties":\(properties),
    "threadProperties":\(thread),"messages":null,"MessageList":[\(messages.joined(separator: ",\n"))]}
    """
  }

  private static func export(_ conversations: [String], owner: String = "8:live:una") -> String {
    """
    {"userId":"\(owner)","exportDate":"2024-03-05T10:00","conversations":[
    \(conversations.joined(separator: ",\n"))]}
    """
  }

  private static func reading(_ text: String) throws -> ReadOutcome.Unit {
    try #require(ReadOutcome.reading(text, named: "messages.json").units.first)
  }

  private static let rex = "8:live:.cid.0123456789abcdef"

  private static func sample() throws -> String {
    let group = "19:3c1f@thread.skype"
    let una = "8:live:una"
    return export([
      conversation(
        rex, "Rex",
        [
          try message(
            9, una, "live:una", "Event/Call",
            "<partlist type=\"ended\" alt=\"\" callId=\"1\"><part identity=\"\(rex)\"><name>Rex</name>"
              + "<duration>84.82</duration></part><part identity=\"live:una\"><name>Una Lane</name>"
              + "<duration>84.5</duration></part></partlist>", in: rex),
          try message(
            8, una, "live:una", "Event/Call",
            "<partlist type=\"started\" alt=\"\" callId=\"1\"><part identity=\"live:una\"><name>Una Lane</name>"
              + "</part></partlist>", in: rex),
          try message(
            7, rex, "Rex", "RichText",
            "<quote author=\"live:una\" authorname=\"Una\" timestamp=\"1\"><legacyquote>[1] Una: </legacyquote>"
              + "her words\nof then<legacyquote>\n\n&lt;&lt;&lt; </legacyquote></quote>mine &amp; &apos;yours&apos; "
              + "<ss type=\"smile\">:)</ss> <b raw_pre=\"*\" raw_post=\"*\">now</b>\n\n<a href=\"https://example.org/a\">see</a> "
              + "<a href=\"https://example.org/\">https://example.org/</a> 1 <3 <x>", in: rex),
          try message(
            6, rex, "Rex", "RichText/UriObject",
            "<URIObject type=\"Picture.1\" uri=\"https://example.org/o\">To view this shared photo, go to: "
              + "<a href=\"https://example.org/o\">https://example.org/o</a><OriginalName v=\"me.jpg\"></OriginalName>"
              + "</URIObject>", in: rex,
            properties: #"{"emotions":[{"key":"heart","users":[{"mri":"8:live:una"},{"mri":"x"}]}]}"#),
          try message(
            5, rex, "Rex", "RichText/Contacts",
            "<contacts alt=\"x\"><c t=\"s\" s=\"aunt.may\" f=\"Aunt May\"></c>"
              + "<c t=\"p\" p=\"+447700900003\" d=\"Uncle\"/></contacts>", in: rex),
          try message(4, rex, "Rex", "RichText", "", in: rex, properties: #"{"deletetime":"1709551234567"}"#),
          try message(3, rex, "Rex", "RichText", "when", in: rex, at: "yesterday"),
          try message(2, rex, "Rex", "Notice", "{}", in: rex),
          try message(1, rex, "Rex", "Sing/Song", "la", in: rex),
        ], properties: #"{"conversationblocked":true,"lastimreceivedtime":null}"#),
      conversation(
        group, nil,
        [
          try message(
            3, "https://example.org/v1/users/ME/contacts/8:bob", "Bob", "RichText/Html",
            "<blockquote><p>hers</p></blockquote><p>See   you <i>then</i></p><p>there</p>", in: group),
          try message(2, "28:concierge", "Skype", "RichText", "Welcome", in: group),
          try message(
            1, "19:3c1f@thread.skype", nil, "ThreadActivity/AddMember",
            "<addmember><initiator>8:bob</initiator><target>8:live:una</target></addmember>", in: group),
        ], thread: #"{"membercount":3,"topic":"Book club","members":"[\"8:bob\",\"8:live:una\",\"8:sam\"]"}"#),
      conversation(
        "4:+447700900009", nil,
        [
          try message(
            1, una, nil, "Event/Call",
            "<partlist type=\"missed\" alt=\"\"><part identity=\"live:una\"><name>Una Lane</name></part></partlist>",
            in: "4:+447700900009")
        ]),
      conversation("48:notes", nil, [try message(1, una, nil, "Text", "buy <milk>", in: "48:notes")]),
      conversation("48:calllogs", nil, [try message(1, una, nil, "Text", "", in: "48:calllogs")]),
    ])
  }

  @Test func export() throws {
    let unit = try Self.reading(Self.sample())
    #expect(unit.format == "skype-json")
    let messages = unit.records(.message)
    let rex = "skype handle live:.cid.0123456789abcdef"
    #expect(
      messages.map(\.text) == [
        "> her words\n> of then\nmine & 'yours' :) *now*\n\nsee https://example.org/ 1 <3 <x>", "", "",
        "> hers\nSee   you then\nthere", "Welcome", "buy <milk>",
      ])
    #expect(
      messages.map(\.account) == [
        rex, rex, rex, "skype handle bob", "skype platform-id 28:concierge", "skype handle live:una",
      ])
    #expect(
      messages.map(\.channel) == [
        "Rex [\(Self.rex)]", "Rex [\(Self.rex)]", "Rex [\(Self.rex)]",
        "Book club [19:3c1f@thread.skype] (group)",
        "Book club [19:3c1f@thread.skype] (via bot)", "[48:notes]",
      ])
    #expect(
      messages[0].time
        == ObservedTime(microseconds: 1_709_551_234_567_000, zone: .known, precision: .millisecond))
    #expect(messages[0].locator.hasPrefix("messages.json $.conversations[0].MessageList[2] byte "))

    let calls = unit.records(.call)
    #expect(calls.map(\.text) == ["call, 84.82 s, ended", "call, missed"])
    #expect(calls.map(\.account) == ["skype handle live:una", "skype handle live:una"])
    #expect(calls.map(\.other) == [rex, "skype phone +447700900009"])
    #expect(unit.records(.contact).map(\.other) == ["skype handle aunt.may", "skype phone +447700900003"])
    #expect(unit.records(.block).map(\.other) == [rex])
    #expect(unit.records(.block).map(\.account) == ["skype handle live:una"])
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "handle live:una platform", "handle live:.cid.0123456789abcdef platform", "display-name Rex user",
        "display-name Una Lane user", "url https://example.org/a user", "handle aunt.may user",
        "display-name Aunt May user", "phone +447700900003 user", "display-name Uncle user",
        "handle bob platform",
        "handle sam platform", "display-name Bob user", "platform-id 28:concierge platform",
        "display-name Skype user", "phone +447700900009 platform",
      ])
    #expect(unit.tally("message") == [12, 6, 6] && unit.tally("call") == [3, 2, 1])
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }.sorted() == [
        "attachment media 1", "call call-begun 1", "message bad-time 1", "message call-log 1",
        "message system 2",
        "message unknown-sort 1", "message unsent 1", "reaction reaction 2",
      ])
    #expect(unit.accounts.filter { $0.role == .owner && $0.sameAs == nil }.count == 1)
    #expect(unit.notes.isEmpty)
  }

  /// A call by the other one is one to the owner.
  @Test func callsTheOtherWay() throws {
    let unit = try Self.reading(
      Self.export([
        Self.conversation(
          Self.rex, "Rex",
          [
            try Self.message(
              1, Self.rex, "Rex", "Event/Call", "<partlist type=\"missed\"><part identity=\"x\"/></partlist>",
              in: Self.rex)
          ])
      ]))
    #expect(unit.records(.call).map(\.other) == ["skype handle live:una"])
  }

  /// A telephone is one account in conversations, cards and calls.
  @Test func telephonesInCalls() throws {
    let unit = try Self.reading(
      Self.export([
        Self.conversation(
          "4:+447700900123", "Rex",
          [
            try Self.message(
              1, "8:live:una", "Una", "Event/Call",
              "<partlist type=\"ended\"><part identity=\"+447700900123\"><duration>3</duration></part></partlist>",
              in: "4:+447700900123")
          ])
      ]))
    #expect(unit.records(.call).map(\.other) == ["skype phone +447700900123"])
    #expect(unit.accounts.filter { $0.sameAs == nil }.count == 2)
  }

  @Test func whoIsNeitherOfTheTwoIsNoted() throws {
    let unit = try Self.reading(
      Self.export([
        Self.conversation(
          Self.rex, "Rex", [try Self.message(1, "8:una", "Una", "RichText", "hello", in: Self.rex)])
      ]))
    #expect(unit.notes.count == 1 && unit.notes[0].hasPrefix("1 messages between two people are by neither"))
    let other = try Self.reading(
      Self.export([
        Self.conversation(
          "8:live:rex", "Rex",
          [try Self.message(1, "8:Live:Una", "Una", "RichText", "hello", in: "8:live:Rex")])
      ]))
    #expect(other.notes.isEmpty)
  }

  @Test func truncation() throws { try expectPrefixes(of: Array(Self.sample().utf8), named: "messages.json") }

  @Test func theOrderOfKeysMeansNothing() throws {
    let text = try Self.sample()
    let value = try JSONSerialization.jsonObject(with: Data(text.utf8))
    let sorted = try JSONSerialization.data(withJSONObject: value, options: .sortedKeys)
    func plain(_ unit: ReadOutcome.Unit) -> [String] {
      unit.records.map { "\($0.recordClass) \($0.account) \($0.other) \($0.channel) \($0.time) \($0.text)" }
        .sorted()
    }
    let (one, other) = (
      try Self.reading(text), try Self.reading(String(decoding: sorted, as: UTF8.self))
    )
    #expect(plain(one) == plain(other))
    #expect(one.reconciliation == other.reconciliation)
  }

  @Test(arguments: [
    ("a < b &lt;c&gt; &#39;d&#39;", "a < b <c> 'd'"),
    ("<b raw_pre=\"*\" raw_post=\"*\">x <i raw_pre=\"_\" raw_post=\"_\">y</i></b>", "*x _y_*"),
    ("Edited previous message: new<e_m a=\"x\" ts_ms=\"1\" ts=\"1\" t=\"61\"/>", "new"),
    ("Edited previous message: typed", "Edited previous message: typed"),
    ("<at id=\"8:bob\">Bob</at> hi", "Bob hi"),
    ("<URIObject type=\"File.1\">To view<Title>t</Title></URIObject>mine", "mine"),
    ("<quote><quote>inner</quote> outer</quote>mine", "> inner outer\nmine"),
    ("<quote><legacyquote>[1] Rex: his</quote>mine", "mine"),
    ("<quote>never ends", "> never ends"), ("</quote></b>x", "x"), ("<b", "<b"), ("<b x=\"", "<b x=\""),
    ("<legacyquote>never ends", ""), ("<bob> <ss>", "<bob> "), ("line\n\n  two ", "line\n\n  two "),
    (
      "<sms alt=\"x\"><defaults/><body><chunk id=\"0\">text &amp; more</chunk></body><send/></sms>",
      "text & more"
    ),
    ("<sms><body><chunk id=\"0\">text</chunk><untilnext>72</untilnext></body></sms>", "text"),
    ("<files alt=\"x\"><file size=\"9\" index=\"0\">plan.pdf</file></files>mine", "mine"),
    ("<videomessage sid=\"1\">a video</videomessage>", ""),
    ("<flag country=\"gb\">(flag:GB)</flag>", "(flag:GB)"),
  ])
  func contentIsReadAsPeopleSeeIt(_ content: String, _ expected: String) throws {
    let unit = try Self.reading(
      Self.export([
        Self.conversation(
          Self.rex, "Rex", [try Self.message(1, Self.rex, "Rex", "RichText", content, in: Self.rex)])
      ]))
    #expect(unit.records(.message).map(\.text) == [expected])
  }

  @Test func aCardInAQuotationIsNotSentByWhoQuotes() throws {
    let content =
      "<quote author=\"bob\"><contacts><c t=\"s\" s=\"sam\" f=\"Sam\"/></contacts></quote>"
      + "<contacts><c t=\"s\" s=\"aunt.may\"/></contacts>mine"
    let unit = try Self.reading(
      Self.export([
        Self.conversation(
          Self.rex, "Rex", [try Self.message(1, Self.rex, "Rex", "RichText", content, in: Self.rex)])
      ]))
    #expect(unit.records(.contact).map(\.other) == ["skype handle aunt.may"])
    #expect(unit.records(.message).map(\.text) == ["mine"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["contact quoted 1"])
  }

  @Test func damageInsideOneMessage() throws {
    let good = try Self.message(1, Self.rex, "Rex", "RichText", "one", in: Self.rex)
    let unit = try Self.reading(
      Self.export([
        Self.conversation(Self.rex, "Rex", [good, #"{"from":"8:a" "messagetype":"Text"}"#, "{}", good])
      ]))
    #expect(unit.records(.message).map(\.text) == ["one", "one"])
    #expect(unit.tally("message") == [4, 2, 2])
  }

  @Test func recognisedByItsKeys() throws {
    #expect(ExportRegistry.formats.contains { $0.id == "skype-json" })
    let empty = try ReadOutcome.reading(
      #"{"userId":"8:a","exportDate":"2024-01-01T10:00","conversations":[]}"#, named: "messages.json")
    #expect(empty.units.map(\.format) == ["skype-json"])
    #expect(try ReadOutcome.reading(#"{"conversations":[{"id":1}]}"#, named: "messages.json").units.isEmpty)
  }
}
