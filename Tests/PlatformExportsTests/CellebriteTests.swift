import AccountModel
import Foundation
import PlatformExports
import Testing

@Suite struct CellebriteTests {
  @Test func readsEveryKindOfModel() throws {
    let unit = try Self.read(CellebriteReport.sample)
    #expect(unit.format == "cellebrite-xml")
    #expect(
      unit.records(.message).map(\.text) == [
        "hello 👌 <b>", "and you", "passed on", "Your code is 1", "on my way", "Subject\nbody",
        "words of mail", "a post",
      ])
    #expect(
      unit.records(.message).map(\.account) == [
        "whatsapp phone +447700900123", "whatsapp phone +447700900999", "whatsapp phone +447700900123",
        "sms handle HMRC", "owner?", "sms phone +447700900124", "email email a@example.org",
        "instagram platform-id 17840000001",
      ])
    #expect(
      unit.records(.message).map(\.channel) == [
        "Sam [whatsapp 447700900123@s.whatsapp.net]", "Sam [whatsapp 447700900123@s.whatsapp.net]",
        "Sam [whatsapp 447700900123@s.whatsapp.net] (forwarded)", "HMRC", "+447700900124", "+447700900124",
        "", "",
      ])
    #expect(unit.records(.call).map(\.text) == ["incoming, 95 s", "outgoing"])
    #expect(
      unit.records(.call).map(\.account) == ["sms phone +447700900123", "whatsapp phone +447700900999"])
    #expect(unit.records(.call).map(\.other) == ["owner?", "whatsapp phone +447700900123"])
    #expect(
      unit.records(.profile).map(\.account) == [
        "whatsapp phone +447700900999", "telegram platform-id 700000001",
      ])
    #expect(
      unit.records(.contact).map(\.other) == ["telegram platform-id 700000077", "sms phone +447700900123"])
    #expect(unit.records(.contact).map(\.text) == ["contact card: Una", "Sam"])
    #expect(unit.records(.declaredLink).map(\.other) == ["email email sam@example.org"])
    #expect(unit.records(.declaredLink).map(\.assertion) == [.user])
    #expect(unit.counts("message") == [14, 8, 6])
    #expect(unit.counts("call") == [3, 2, 1])
    #expect(unit.counts("contact") == [3, 2, 1])
    #expect(unit.counts("profile") == [2, 2, 0])
    let aside = Dictionary(
      uniqueKeysWithValues: unit.setAside.map { ("\($0.unit) \($0.reason.code)", $0.count) })
    #expect(
      aside == [
        "message duplicate": 1, "message quoted": 1, "message system": 1, "message draft": 1,
        "message reference": 1,
        "message no-author": 1, "call withheld-number": 1, "contact no-author": 1, "attachment media": 1,
      ])
    #expect(unit.notes.contains("passed over, and never stored: 1 Location, 1 Password, 1 Tag"))
    #expect(unit.notes.contains { $0.contains("does not call intact: 1 Deleted") })
    #expect(unit.notes.contains { $0.contains("1 record stands in the report more than once, 1 of these") })
  }

  /// The ways in which a report says that words were passed on.
  @Test func whatWasForwardedIsKeptApart() throws {
    let original = CellebriteReport.party([("Identifier", "447700900125@s.whatsapp.net")])
    let label = { CellebriteReport.model("MessageLabel", [("Label", $0)]) }
    let marked: [(values: [(String, String)], parts: String)] = [
      ([("Label", "Forwarded")], ""), ([("IsForwarded", "True")], ""), ([("Forwarded", "Yes")], ""),
      ([("ForwardedFrom", "Eve")], ""),
      ([], CellebriteReport.parts("MessageExtraData", [label("Starred"), label("Forwarded many times")])),
      (
        [],
        CellebriteReport.part(
          "x",
          CellebriteReport.model(
            "ForwardedMessageData", [], parts: CellebriteReport.part("OriginalSender", original)))
      ),
      ([], CellebriteReport.part("Forwarded", CellebriteReport.model("Unheard", [("Label", "x")]))),
      ([], CellebriteReport.part("ForwardedFrom", original)),
      ([], CellebriteReport.part("Forwarded", CellebriteReport.message("the first", from: original))),
    ]
    let own: [(values: [(String, String)], parts: String)] = [
      ([("IsForwarded", "False")], ""), ([("Forwarded", "No")], ""),
      ([], CellebriteReport.parts("MessageExtraData", [label("Starred")])),
      (
        [],
        CellebriteReport.part(
          "x",
          CellebriteReport.model(
            "ReplyMessageData", [],
            parts: CellebriteReport.part(
              "InstantMessage",
              CellebriteReport.message("q", from: CellebriteReport.me, [("Label", "Forwarded")]))))
      ),
    ]
    let messages = (marked + own).enumerated().map { number, message in
      CellebriteReport.message(
        "words \(number)", from: CellebriteReport.sam, message.values,
        time: "2021-05-21T02:38:\(10 + number)Z",
        parts: message.parts)
    }
    let unit = try Self.read(
      CellebriteReport.document(
        CellebriteReport.chat([("Source", "WhatsApp"), ("Id", "7"), ("Name", "Sam")], messages: messages)))
    let written = unit.records(.message)
    #expect(written.count == marked.count + own.count)
    #expect(
      written.map(\.channel)
        == marked.map { _ in "Sam [whatsapp 7] (forwarded)" } + own.map { _ in "Sam [whatsapp 7]" })
    #expect(written.allSatisfy { $0.account == "whatsapp phone +447700900123" })
    #expect(unit.reconciliation.allSatisfy { $0.agrees })
  }

  /// What people call a chat or themselves keeps nobody's words back.
  @Test func aChatThatIsNamedSoIsNotTakenForForwarded() throws {
    let name = "Sam (forwarded)"
    let text = CellebriteReport.model(
      "SMS", [("Body", "b"), ("TimeStamp", "2021-05-21T02:38:43Z"), ("Folder", "Inbox")],
      parts: CellebriteReport.parts("Parties", [CellebriteReport.party([("Name", name), ("Role", "From")])]))
    let post = CellebriteReport.model(
      "SocialMediaActivity",
      [("Body", "c"), ("Source", "Instagram"), ("TimeStamp", "2021-05-21T02:38:43Z"), ("ChannelName", name)],
      parts: CellebriteReport.part("Author", CellebriteReport.party([("Identifier", "17840000001")])))
    let unit = try Self.read(
      CellebriteReport.document(
        CellebriteReport.chat(
          [("Source", "WhatsApp"), ("Name", name)],
          messages: [CellebriteReport.message("a", from: CellebriteReport.sam)])
          + CellebriteReport.chat(
            [("Source", "WhatsApp"), ("Id", "7"), ("Name", name)],
            messages: [CellebriteReport.message("d", from: CellebriteReport.sam)]) + text + post))
    #expect(
      unit.records(.message).map(\.channel).sorted() == [
        "\(name) [chat]", "\(name) [chat]", "\(name) [chat]", "\(name) [whatsapp 7]",
      ])
  }

  @Test func namesAreNamesOfThisSource() throws {
    let unit = try Self.read(CellebriteReport.sample)
    let names = unit.identifiers.filter { $0.kind == .displayName }
    #expect(names.allSatisfy { $0.assertion == .user })
    #expect(
      names.map { "\($0.account)|\($0.label)|\($0.value)" } == [
        "whatsapp phone +447700900123|shown-name|Sam", "telegram platform-id 700000077|saved-name|Una",
        "sms phone +447700900123|saved-name|Sam", "whatsapp phone +447700900999|user-account|Me",
      ])
    #expect(unit.identifiers.first { $0.label == "contact" }?.value == "https://example.org/sam")
  }

  /// What an identifier of a party names, by app.
  @Test(arguments: [
    ("WhatsApp", "447700900123@s.whatsapp.net", "whatsapp phone +447700900123 platform"),
    ("WhatsApp Business", "447700900123:12@s.whatsapp.net", "whatsapp phone +447700900123 platform"),
    ("WhatsApp", "447700900123@s.whatsapp.net Sam Smith", "whatsapp phone +447700900123 platform"),
    ("WhatsApp", "12345678901234@lid", "whatsapp platform-id 12345678901234@lid platform"),
    ("WhatsApp", "12345678901234", "whatsapp handle 12345678901234 source"),
    ("WhatsApp", "447700900123", "whatsapp phone +447700900123 platform"),
    ("iMessage", "5552155554", "imessage handle 5552155554 source"),
    ("Viber", "07700900123", "viber phone 07700900123 platform"),
    ("WhatsApp", "447700900123-1500000000@g.us", ""), ("WhatsApp", "status@broadcast", ""),
    ("WhatsApp", "Sam", "whatsapp handle Sam source"),
    ("Telegram", "700000001", "telegram platform-id 700000001 platform"),
    ("Telegram Messenger", "user700000001", "telegram handle user700000001 source"),
    ("Telegram", "chatterbox99", "telegram handle chatterbox99 platform"), ("Telegram", "chat700000001", ""),
    ("Telegram", "Channel_Una", "telegram handle Channel_Una platform"),
    ("Telegram", "447700900123", "telegram platform-id 447700900123 source"),
    ("Telegram", "-1001234567890", ""), ("Telegram", "una_marsh", "telegram handle una_marsh platform"),
    ("Telegram", "700000001 Una Marsh", "telegram handle 700000001 Una Marsh source"),
    ("Instagram", "20240101 vibes", "instagram handle 20240101 vibes source"),
    ("Facebook", "100001234567890 Jane Doe", "facebook platform-id 100001234567890 platform"),
    ("Gmail", "\"una@example.net\" <rex@example.org>", "email email rex@example.org platform"),
    ("Facebook Messenger", "jane.doe (100001234567890)", "facebook platform-id 100001234567890 platform"),
    ("Facebook", "100001234567890", "facebook platform-id 100001234567890 platform"),
    ("Facebook", "Jane Doe", "facebook handle Jane Doe source"),
    ("Facebook", "Susan", "facebook handle Susan source"),
    ("Instagram", "hilda.snail", "instagram handle hilda.snail platform"),
    ("Instagram", "Jane (100001234567890)", "instagram handle Jane (100001234567890) source"),
    ("Snapchat", "hilda_snail", "snapchat handle hilda_snail platform"),
    ("Kik", "una_abc@talk.kik.com", "kik handle una_abc@talk.kik.com platform"),
    ("Signal", "+447700900123", "signal phone +447700900123 platform"),
    (
      "Signal", "0b5f1f4e-0000-4000-8000-000000000001",
      "signal platform-id 0b5f1f4e-0000-4000-8000-000000000001 platform"
    ),
    ("iMessage: +447700900999", "mailto:una@example.org", "imessage email una@example.org platform"),
    ("Twitter", "1541815603606036480", "x platform-id 1541815603606036480 platform"),
    ("Discord", "175928847299117063", "discord platform-id 175928847299117063 platform"),
    ("Discord", "12345", "discord platform-id 12345 source"),
    ("Meet Someone", "10234", "meet someone handle 10234 source"),
    ("Meet Someone", "una@example.org", "meet someone email una@example.org platform"),
    ("Meet Someone", "+447700900123", "meet someone phone +447700900123 platform"),
    ("Native Messages", "07700900123", "sms phone 07700900123 platform"),
    ("", "HMRC", "unknown app handle HMRC source"),
    ("WhatsApp", "Unknown", ""), ("Telegram", "N/A", ""), ("WhatsApp", "(null)", ""),
  ])
  func identities(source: String, identifier: String, expected: String) throws {
    let text = CellebriteReport.document(
      CellebriteReport.chat(
        [("Source", source), ("Id", "1")],
        messages: [CellebriteReport.message("x", from: CellebriteReport.party([("Identifier", identifier)]))])
    )
    let unit = try Self.read(text)
    let account = unit.accounts.first { $0.role == .participant }
    #expect(
      account?.key.map { "\($0.platform) \($0.kind.rawValue) \($0.value) \($0.scope)" } ?? "" == expected)
    #expect(unit.counts("message") == (expected.isEmpty ? [1, 0, 1] : [1, 1, 0]))
  }

  @Test(arguments: [
    ("2021-05-21T02:38:43.000+00:00", 1_621_564_723, ZoneKnowledge.known),
    ("2021-05-21T03:38:43+01:00", 1_621_564_723, .known), ("2021-05-21T02:38:43Z", 1_621_564_723, .known),
    ("2021-05-21T02:38:43.000", 1_621_564_723, .unknown),
    ("21/05/2021 05:38:43(UTC+3)", 1_621_564_723, .known),
    ("5/21/2021 2:38:43 AM(UTC+0)", 1_621_564_723, .known),
    ("21.05.2021 02:38:43", 1_621_564_723, .unknown),
    ("04/05/2021 02:38:43(UTC)", -1, .unknown), ("yesterday", -1, .unknown),
    ("2199-01-01T00:00:00Z", -1, .unknown),
  ])
  func times(text: String, seconds: Int64, zone: ZoneKnowledge) throws {
    let unit = try Self.read(
      CellebriteReport.document(
        CellebriteReport.model(
          "SMS", [("TimeStamp", text), ("Body", "x"), ("Folder", "Inbox")],
          parts: CellebriteReport.parts(
            "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])]))
      ))
    guard seconds > 0 else {
      #expect(unit.records.isEmpty && unit.setAside.first?.reason == .badTime)
      return
    }
    #expect(unit.records[0].time.microseconds == seconds * 1_000_000 && unit.records[0].time.zone == zone)
    #expect(unit.records[0].writtenTime == text)
  }

  @Test func anOrderThatIsToldSettlesAmbiguousDates() throws {
    let text = CellebriteReport.document(
      CellebriteReport.model(
        "SMS", [("TimeStamp", "04/05/2021 02:38:43(UTC)"), ("Body", "x")],
        parts: CellebriteReport.parts(
          "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])])))
    let open = try Self.read(text)
    #expect(open.records.isEmpty && open.notes.contains { $0.contains("--date-order") })
    var options = ReaderOptions()
    options.dateOrder = .dayMonthYear
    let unit = try #require(try ReadOutcome.reading(text, named: "report.xml", options: options).units.first)
    #expect(unit.records[0].time.microseconds == 1_620_095_923_000_000)
  }

  @Test func aZoneBesideATextIsNotTheTexts() throws {
    // Written with the offset of the examiner's machine, also where the phone's is not known.
    let text = CellebriteReport.document(
      CellebriteReport.model(
        "SMS", [("Body", "x")],
        parts: """
          <field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" format="DateTimeOnly" \
          formattedTimestamp="2020-12-16T11:53:14+01:00">2020-12-16T11:53:14.000</value></field>
          """
            + CellebriteReport.parts(
              "Parties", [CellebriteReport.party([("Identifier", "+447700900123"), ("Role", "From")])])))
    #expect(try Self.read(text).records[0].time.zone == .unknown)
  }

  @Test func theOrderOfFieldsMeansNothing() throws {
    let fields = [("Source", "Telegram"), ("Id", "9"), ("Name", "Una")]
    let inside = [
      CellebriteReport.message("one", from: CellebriteReport.party([("Identifier", "700000077")]))
    ]
    let first = try Self.read(CellebriteReport.document(CellebriteReport.chat(fields, messages: inside)))
    let last = try Self.read(
      CellebriteReport.document(CellebriteReport.chat([], messages: inside, after: fields)))
    #expect(
      first.records.map { [$0.account, $0.channel] } == [
        ["telegram platform-id 700000077", "Una [telegram 9]"]
      ])
    #expect(last.records.map { [$0.account, $0.channel] } == first.records.map { [$0.account, $0.channel] })
  }

  @Test func duplicatesAreTheSamePartiesTimeAndWords() throws {
    func sms(_ body: String, _ number: String, _ time: String, _ attributes: String = "") -> String {
      CellebriteReport.model(
        "SMS", [("TimeStamp", time), ("Body", body), ("Folder", "Inbox")], attributes: attributes,
        parts: CellebriteReport.parts(
          "Parties", [CellebriteReport.party([("Identifier", number), ("Role", "From")])]))
    }
    let time = "2021-05-21T02:38:43+00:00"
    let unit = try Self.read(
      CellebriteReport.document(
        sms("a", "+447700900123", time) + sms("a", "+447700900123", time, "isrelated=\"True\"")
          + sms("a", "+447700900124", time) + sms("b", "+447700900123", time)
          + sms("a", "+447700900123", "2021-05-21T02:38:44+00:00")
          // Without words or without a time nothing shows that they are one.
          + sms("", "+447700900123", time) + sms("", "+447700900123", time)
          + sms("a", "+447700900123", "") + sms("a", "+447700900123", "")))
    #expect(unit.counts("message") == [9, 8, 1])
    #expect(unit.notes.contains { $0.contains("1 record stands in the report more than once, 1 of these") })
    #expect(unit.notes.contains("messages and calls without a time: 2"))
  }

  @Test func ofACallOfSeveralNobodyIsTheCaller() throws {
    func call(_ others: [[(String, String)]]) -> String {
      CellebriteReport.document(
        CellebriteReport.model(
          "Call", [("Source", "WhatsApp"), ("Direction", "Incoming"), ("TimeStamp", "2021-05-21T02:38:43Z")],
          parts: CellebriteReport.parts("Parties", others.map(CellebriteReport.party) + [CellebriteReport.me])
        ))
    }
    let una = [("Identifier", "447700900124@s.whatsapp.net"), ("Role", "General")]
    let sam = [("Identifier", "447700900123@s.whatsapp.net"), ("Role", "General")]
    let several = try Self.read(call([una, sam]))
    #expect(several.counts("call") == [1, 0, 1])
    #expect(several.setAside.map(\.reason) == [.noAuthor])
    #expect(
      try Self.read(call([una])).records(.call).map(\.account) == ["whatsapp phone +447700900124"])
    let told = try Self.read(call([una, [sam[0], ("Role", "From")]]))
    #expect(told.records(.call).map(\.account) == ["whatsapp phone +447700900123"])
  }

  /// Who takes part, or the id, tells a group, of which one other may have written alone.
  @Test func groups() throws {
    let una = CellebriteReport.party([("Identifier", "447700900124@s.whatsapp.net"), ("Name", "Una")])
    func channel(_ id: String, _ parties: [String]) throws -> [String] {
      let text = CellebriteReport.chat(
        [("Source", "WhatsApp"), ("Id", id), ("Name", "x")], parties: parties,
        messages: [
          CellebriteReport.message("hi", from: CellebriteReport.sam),
          CellebriteReport.message("on", from: CellebriteReport.me),
        ])
      return try Self.read(CellebriteReport.document(text)).records(.message).map(\.channel)
    }
    let pair = ["x [whatsapp 7]", "x [whatsapp 7]"]
    #expect(try channel("7", [CellebriteReport.sam, CellebriteReport.me]) == pair)
    #expect(try channel("7", [CellebriteReport.sam, una]) == pair)
    #expect(try channel("7", [CellebriteReport.sam, CellebriteReport.sam, CellebriteReport.me]) == pair)
    #expect(
      try channel("7", [CellebriteReport.sam, una, CellebriteReport.me]) == pair.map { $0 + " (group)" })
    #expect(
      try channel("1500000000-1@g.us", []) == [
        "x [whatsapp 1500000000-1@g.us] (group)", "x [whatsapp 1500000000-1@g.us] (group)",
      ])
  }

  @Test func oneTextToManyIsManyMessages() throws {
    let chats = (1...3).map {
      CellebriteReport.chat(
        [("Source", "WhatsApp"), ("Id", "\($0)@g.us")],
        messages: [CellebriteReport.message("hi", from: CellebriteReport.me)])
    }
    // The last stands in the report twice.
    let unit = try Self.read(CellebriteReport.document(chats.joined() + chats[2]))
    #expect(unit.counts("message") == [4, 3, 1])
    #expect(Set(unit.records.map(\.channel)).count == 3)
  }

  @Test func aReportOfALegalReturnIsPointedOut() throws {
    let text = CellebriteReport.sample.replacing(
      "type=\"FileSystem\"", with: "deviceName=\"Google Warrant Return\"")
    #expect(try Self.read(text).notes.contains { $0.contains("needs the authorisation") })
    #expect(try !Self.read(CellebriteReport.sample).notes.contains { $0.contains("authorisation") })
    let phone = CellebriteReport.sample.replacing(
      "type=\"FileSystem\"", with: "deviceName=\"Galaxy S21 (under warranty)\"")
    #expect(try !Self.read(phone).notes.contains { $0.contains("authorisation") })
  }

  static func read(_ text: String) throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: "report.xml").units.first)
  }
}
