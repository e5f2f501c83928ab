import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct CellebriteTests {
  @Test func readsEveryKindOfModel() throws {
    let unit = try Self.read(Report.sample)
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
    let original = Report.party([("Identifier", "447700900125@s.whatsapp.net")])
    let label = { Report.model("MessageLabel", [("Label", $0)]) }
    let marked: [(values: [(String, String)], parts: String)] = [
      ([("Label", "Forwarded")], ""), ([("IsForwarded", "True")], ""), ([("Forwarded", "Yes")], ""),
      ([("ForwardedFrom", "Eve")], ""),
      ([], Report.parts("MessageExtraData", [label("Starred"), label("Forwarded many times")])),
      (
        [],
        Report.part(
          "x", Report.model("ForwardedMessageData", [], parts: Report.part("OriginalSender", original)))
      ),
      ([], Report.part("Forwarded", Report.model("Unheard", [("Label", "x")]))),
      ([], Report.part("ForwardedFrom", original)),
      ([], Report.part("Forwarded", Report.message("the first", from: original))),
    ]
    let own: [(values: [(String, String)], parts: String)] = [
      ([("IsForwarded", "False")], ""), ([("Forwarded", "No")], ""),
      ([], Report.parts("MessageExtraData", [label("Starred")])),
      (
        [],
        Report.part(
          "x",
          Report.model(
            "ReplyMessageData", [],
            parts: Report.part(
              "InstantMessage", Report.message("q", from: Report.me, [("Label", "Forwarded")]))))
      ),
    ]
    let messages = (marked + own).enumerated().map { number, message in
      Report.message(
        "words \(number)", from: Report.sam, message.values, time: "2021-05-21T02:38:\(10 + number)Z",
        parts: message.parts)
    }
    let unit = try Self.read(
      Report.document(
        Report.chat([("Source", "WhatsApp"), ("Id", "7"), ("Name", "Sam")], messages: messages)))
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
    let text = Report.model(
      "SMS", [("Body", "b"), ("TimeStamp", "2021-05-21T02:38:43Z"), ("Folder", "Inbox")],
      parts: Report.parts("Parties", [Report.party([("Name", name), ("Role", "From")])]))
    let post = Report.model(
      "SocialMediaActivity",
      [("Body", "c"), ("Source", "Instagram"), ("TimeStamp", "2021-05-21T02:38:43Z"), ("ChannelName", name)],
      parts: Report.part("Author", Report.party([("Identifier", "17840000001")])))
    let unit = try Self.read(
      Report.document(
        Report.chat(
          [("Source", "WhatsApp"), ("Name", name)], messages: [Report.message("a", from: Report.sam)])
          + Report.chat(
            [("Source", "WhatsApp"), ("Id", "7"), ("Name", name)],
            messages: [Report.message("d", from: Report.sam)]) + text + post))
    #expect(
      unit.records(.message).map(\.channel).sorted() == [
        "\(name) [chat]", "\(name) [chat]", "\(name) [chat]", "\(name) [whatsapp 7]",
      ])
  }

  @Test func theOwnerIsWhoTheReportSays() throws {
    let unit = try Self.read(Report.sample)
    func owners(_ platform: Platform) -> [String?] {
      unit.accounts.filter { $0.role == .owner && $0.platform == platform && $0.sameAs == nil }.map {
        $0.key?.value
      }
    }
    #expect(owners(.whatsapp) == ["+447700900999"])
    #expect(owners(.telegram) == ["700000001"])
    #expect(owners(.sms) == [nil])
    #expect(owners(.instagram) == [] && owners(.email) == [])
    func devices(_ account: String) -> [String] {
      unit.identifiers.filter { $0.account == account && ($0.kind == .device || $0.label == "msisdn") }
        .map { "\($0.label) \($0.value) \($0.assertion)" }
    }
    let device = [
      "imei 490154203237518 platform", "imsi 234150000000001 platform", "mac 00:53:00:00:00:01 platform",
    ]
    #expect(devices("whatsapp phone +447700900999") == device)
    #expect(devices("telegram platform-id 700000001") == device)
    #expect(devices("owner?") == device + ["msisdn +447700900999 user"])
    #expect(devices("whatsapp phone +447700900123").isEmpty)
    // Nothing of a password comes out anywhere.
    #expect(!unit.identifiers.contains { $0.value.contains("hunter2") })
    #expect(!unit.records.contains { $0.text.contains("hunter2") })
  }

  @Test func namesAreNamesOfThisSource() throws {
    let unit = try Self.read(Report.sample)
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
    let text = Report.document(
      Report.chat(
        [("Source", source), ("Id", "1")],
        messages: [Report.message("x", from: Report.party([("Identifier", identifier)]))]))
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
      Report.document(
        Report.model(
          "SMS", [("TimeStamp", text), ("Body", "x"), ("Folder", "Inbox")],
          parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])]))
      ))
    guard seconds > 0 else {
      #expect(unit.records.isEmpty && unit.setAside.first?.reason == .badTime)
      return
    }
    #expect(unit.records[0].time.microseconds == seconds * 1_000_000 && unit.records[0].time.zone == zone)
    #expect(unit.records[0].writtenTime == text)
  }

  @Test func anOrderThatIsToldSettlesAmbiguousDates() throws {
    let text = Report.document(
      Report.model(
        "SMS", [("TimeStamp", "04/05/2021 02:38:43(UTC)"), ("Body", "x")],
        parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])])))
    let open = try Self.read(text)
    #expect(open.records.isEmpty && open.notes.contains { $0.contains("--date-order") })
    var options = ReaderOptions()
    options.dateOrder = .dayMonthYear
    let unit = try #require(try ReadOutcome.reading(text, named: "report.xml", options: options).units.first)
    #expect(unit.records[0].time.microseconds == 1_620_095_923_000_000)
  }

  @Test func aZoneBesideATextIsNotTheTexts() throws {
    // Written with the offset of the examiner's machine, also where the phone's is not known.
    let text = Report.document(
      Report.model(
        "SMS", [("Body", "x")],
        parts: """
          <field name="TimeStamp" type="TimeStamp"><value type="TimeStamp" format="DateTimeOnly" \
          formattedTimestamp="2020-12-16T11:53:14+01:00">2020-12-16T11:53:14.000</value></field>
          """ + Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])])))
    #expect(try Self.read(text).records[0].time.zone == .unknown)
  }

  @Test func theOrderOfFieldsMeansNothing() throws {
    let fields = [("Source", "Telegram"), ("Id", "9"), ("Name", "Una")]
    let inside = [Report.message("one", from: Report.party([("Identifier", "700000077")]))]
    let first = try Self.read(Report.document(Report.chat(fields, messages: inside)))
    let last = try Self.read(Report.document(Report.chat([], messages: inside, after: fields)))
    #expect(
      first.records.map { [$0.account, $0.channel] } == [
        ["telegram platform-id 700000077", "Una [telegram 9]"]
      ])
    #expect(last.records.map { [$0.account, $0.channel] } == first.records.map { [$0.account, $0.channel] })
  }

  @Test func duplicatesAreTheSamePartiesTimeAndWords() throws {
    func sms(_ body: String, _ number: String, _ time: String, _ attributes: String = "") -> String {
      Report.model(
        "SMS", [("TimeStamp", time), ("Body", body), ("Folder", "Inbox")], attributes: attributes,
        parts: Report.parts("Parties", [Report.party([("Identifier", number), ("Role", "From")])]))
    }
    let time = "2021-05-21T02:38:43+00:00"
    let unit = try Self.read(
      Report.document(
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
      Report.document(
        Report.model(
          "Call", [("Source", "WhatsApp"), ("Direction", "Incoming"), ("TimeStamp", "2021-05-21T02:38:43Z")],
          parts: Report.parts("Parties", others.map(Report.party) + [Report.me])))
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
    let una = Report.party([("Identifier", "447700900124@s.whatsapp.net"), ("Name", "Una")])
    func channel(_ id: String, _ parties: [String]) throws -> [String] {
      let text = Report.chat(
        [("Source", "WhatsApp"), ("Id", id), ("Name", "x")], parties: parties,
        messages: [Report.message("hi", from: Report.sam), Report.message("on", from: Report.me)])
      return try Self.read(Report.document(text)).records(.message).map(\.channel)
    }
    let pair = ["x [whatsapp 7]", "x [whatsapp 7]"]
    #expect(try channel("7", [Report.sam, Report.me]) == pair)
    #expect(try channel("7", [Report.sam, una]) == pair)
    #expect(try channel("7", [Report.sam, Report.sam, Report.me]) == pair)
    #expect(try channel("7", [Report.sam, una, Report.me]) == pair.map { $0 + " (group)" })
    #expect(
      try channel("1500000000-1@g.us", []) == [
        "x [whatsapp 1500000000-1@g.us] (group)", "x [whatsapp 1500000000-1@g.us] (group)",
      ])
  }

  @Test func oneTextToManyIsManyMessages() throws {
    let chats = (1...3).map {
      Report.chat(
        [("Source", "WhatsApp"), ("Id", "\($0)@g.us")], messages: [Report.message("hi", from: Report.me)])
    }
    // The last stands in the report twice.
    let unit = try Self.read(Report.document(chats.joined() + chats[2]))
    #expect(unit.counts("message") == [4, 3, 1])
    #expect(Set(unit.records.map(\.channel)).count == 3)
  }

  @Test func aReportOfALegalReturnIsPointedOut() throws {
    let text = Report.sample.replacing("type=\"FileSystem\"", with: "deviceName=\"Google Warrant Return\"")
    #expect(try Self.read(text).notes.contains { $0.contains("needs the authorisation") })
    #expect(try !Self.read(Report.sample).notes.contains { $0.contains("authorisation") })
    let phone = Report.sample.replacing(
      "type=\"FileSystem\"", with: "deviceName=\"Galaxy S21 (under warranty)\"")
    #expect(try !Self.read(phone).notes.contains { $0.contains("authorisation") })
  }

  @Test func aMailProgramsContactsAreAPhoneBook() throws {
    let card = Report.model(
      "Contact", [("Name", "Una"), ("Source", "Gmail")],
      parts: Report.parts(
        "Entries",
        [
          Report.model("PhoneNumber", [("Value", "+447700900124")]),
          Report.model("EmailAddress", [("Value", "una@example.org")]),
          Report.model("UserID", [("Category", "Instagram Username"), ("Value", "una.marsh")]),
          Report.model("UserID", [("Category", "Profile"), ("Value", "77")]),
        ]))
    let unit = try Self.read(Report.document(card))
    #expect(unit.records(.contact).map(\.other) == ["sms phone +447700900124"])
    #expect(
      unit.records(.declaredLink).map(\.other) == [
        "email email una@example.org", "instagram handle una.marsh",
      ])
    #expect(unit.setAside.map(\.reason.code) == ["unknown-app"])
  }

  @Test func otherNumbersOfAnAppsContactAreNotTheAccounts() throws {
    func contact(_ app: String, _ id: String, _ numbers: [String]) throws -> ReadOutcome.Unit {
      try Self.read(
        Report.document(
          Report.model(
            "Contact", [("Name", "Mum & Dad"), ("Source", app)],
            parts: Report.parts(
              "Entries",
              [Report.model("UserID", [("Value", id)])]
                + numbers.map { Report.model("PhoneNumber", [("Value", $0)]) }))))
    }
    func numbers(_ unit: ReadOutcome.Unit) -> [String] {
      unit.identifiers.filter { $0.kind == .phone && $0.label == "contact" }.map {
        "\($0.account) \($0.value)"
      }
    }
    let chat = try contact(
      "WhatsApp", "447700900123@s.whatsapp.net", ["07700 900123", "+447700900124"])
    #expect(numbers(chat).isEmpty)
    #expect(chat.records(.contact).map(\.other) == ["whatsapp phone +447700900123"])
    #expect(chat.records(.declaredLink).map(\.other) == ["sms phone +447700900124"])
    #expect(chat.records(.declaredLink).map(\.assertion) == [.user])
    let two = try contact("Facebook", "100001234567890", ["+447700900123", "+447700900124"])
    #expect(numbers(two).isEmpty && two.records(.declaredLink).count == 2)
    let one = try contact("Facebook", "100001234567890", ["+447700900123"])
    #expect(numbers(one) == ["facebook platform-id 100001234567890 +447700900123"])
  }

  @Test func anOwnerWithoutANameIsTheOnlyAccountOfTheApp() throws {
    func report(_ accounts: [String]) -> String {
      Report.document(
        Report.model(
          "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
          parts: Report.parts(
            "Parties", [Report.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])]))
          + accounts.map {
            Report.model("UserAccount", [("ServiceType", "WhatsApp"), ("Username", "\($0)@s.whatsapp.net")])
          }.joined())
    }
    #expect(try Self.read(report([])).records(.call).map(\.account) == ["owner?"])
    #expect(
      try Self.read(report(["447700900999"])).records(.call).map(\.account) == [
        "whatsapp phone +447700900999"
      ])
    let two = try Self.read(report(["447700900999", "447700900998"]))
    #expect(two.records(.call).map(\.account) == ["owner?"])
    #expect(two.notes.contains { $0.contains("the phone has 2 accounts of whatsapp") })
  }

  @Test func whatWasDeletedDoesNotNameThePhonesOwner() throws {
    func report(_ state: String) -> String {
      Report.document(
        Report.model(
          "UserAccount", [("ServiceType", "WhatsApp"), ("Username", "447700900777@s.whatsapp.net")],
          attributes: "deleted_state=\"\(state)\"")
          + Report.model(
            "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
            parts: Report.parts(
              "Parties", [Report.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])])))
    }
    let former = try Self.read(report("Deleted"))
    #expect(former.records(.call).map(\.account) == ["owner?"])
    #expect(former.notes.contains { $0.contains("may be a former owner's") })
    // Such an account is protected with the owner's, which whoever protects it must know.
    func isNamed(_ unit: ReadOutcome.Unit) -> Bool {
      unit.notes.contains { $0.contains("--protect owner") && $0.hasSuffix("whatsapp:+447700900777") }
    }
    #expect(isNamed(former))
    #expect(try !isNamed(Self.read(report("Intact"))))
    #expect(
      try Self.read(report("Intact")).records(.call).map(\.account) == ["whatsapp phone +447700900777"])
  }

  /// Who wrote what never left the phone nobody says, and it is no message to anybody.
  @Test func aTextThatWasNotSentIsADraft() throws {
    func text(_ type: String, _ folder: String, _ body: String) -> String {
      Report.model(
        type,
        [
          ("Status", "Unsent"), ("Folder", folder), ("Body", body), ("TimeStamp", "2021-05-21T02:38:43Z"),
        ],
        parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "To")])]))
    }
    let unit = try Self.read(
      Report.document(
        text("SMS", "", "one") + text("MMS", "Unknown", "two") + text("SMS", "Outbox", "three")))
    #expect(unit.records(.message).map(\.text) == ["three"])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" } == ["message draft 2"])
    #expect(unit.counts("message") == [3, 1, 2])
  }

  @Test func theNumberOfACardThatWasInThePhoneBeforeIsNotTheOwners() throws {
    let unit = try Self.read(
      Report.sample.replacing("name=\"MSISDN\"", with: "name=\"Last used MSISDN\""))
    #expect(!unit.identifiers.contains { $0.label == "msisdn" })
    #expect(unit.notes.contains { $0.contains("+447700900999") && $0.contains("former owner's") })
  }

  @Test func whatWasDeletedDoesNotShowThePhoneToBeTheAccounts() throws {
    func report(_ state: String, _ extraction: String) -> String {
      Report.document(
        Report.model(
          "UserAccount", [("ServiceType", "Telegram"), ("Username", "700000001")],
          attributes: "deleted_state=\"\(state)\" extractionId=\"\(extraction)\""))
    }
    func devices(_ text: String) throws -> Int {
      try Self.read(text).identifiers.filter { $0.account.hasPrefix("telegram") && $0.kind == .device }.count
    }
    #expect(try devices(report("Intact", "0")) == 3)
    #expect(try devices(report("Deleted", "0")) == 0)
    #expect(try devices(report("Intact", "7")) == 0)
  }

  /// A card that was in a phone last may be in its former owner's new phone, whose report gives it as the card in use.
  @Test(arguments: ["Last ICCID", "Last user ICCID", "LastUsedICCID"])
  func theCardThatWasLastInAPhoneIsNobodys(_ name: String) throws {
    let card = "8944110065432109876"
    let unit = try Self.read(
      Report.sample.replacing(
        "name=\"ICCID\" sourceExtraction=\"0\"><![CDATA[N/A]]>",
        with: "name=\"\(name)\" sourceExtraction=\"0\"><![CDATA[\(card)]]></item>"
          + "<item name=\"\(name)\" sourceExtraction=\"0\"><![CDATA[8944110065432109999]]>"))
    #expect(!unit.identifiers.contains { $0.value == card })
    #expect(unit.identifiers.contains { $0.label == "imei" })
    #expect(
      unit.notes.contains {
        $0.contains("former owner's") && $0.hasSuffix("ICCID \(card), ICCID 8944110065432109999")
      })
  }

  @Test func twoPhonesInOneReportHaveTwoOwners() throws {
    func sms(_ body: String, _ extraction: Int) -> String {
      Report.model(
        "SMS", [("TimeStamp", "2021-05-21T02:38:43Z"), ("Body", body), ("Folder", "Sent")],
        attributes: "extractionId=\"\(extraction)\"",
        parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "To")])]))
    }
    let models =
      Report.model(
        "UserAccount", [("ServiceType", "WhatsApp"), ("Username", "447700900999@s.whatsapp.net")],
        attributes: "extractionId=\"0\"") + sms("one", 0) + sms("two", 1)
      + Report.model(
        "Call", [("Source", "WhatsApp"), ("Type", "Outgoing"), ("TimeStamp", "2021-05-21T02:38:43Z")],
        attributes: "extractionId=\"1\"",
        parts: Report.parts(
          "Parties", [Report.party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")])]))
    func report(_ imei: String) throws -> ReadOutcome.Unit {
      let item =
        "<item name=\"IMEI\" sourceExtraction=\"1\"><![CDATA[\(imei)]]></item>\n</metadata>\n<decodedData>"
      return try Self.read(
        Report.document(models).replacing("</metadata>\n<decodedData>", with: item))
    }
    func owners(_ unit: ReadOutcome.Unit) -> Int {
      unit.accounts.filter { $0.role == .owner && $0.platform == .sms && $0.sameAs == nil }.count
    }
    let two = try report("356938035643809")
    #expect(owners(two) == 2)
    #expect(two.records(.call).map(\.account) == ["owner?"])
    #expect(
      two.identifiers.filter { $0.account == "whatsapp phone +447700900999" && $0.label == "imei" }.map(
        \.value)
        == ["490154203237518"])
    // Two extractions of one phone.
    for imei in ["490154203237518", "490154-20-323751-8", "49015420323751", "4901542032375102"] {
      let one = try report(imei)
      #expect(owners(one) == 1)
      #expect(one.records(.call).map(\.account) == ["whatsapp phone +447700900999"])
    }
  }

  // MARK: Damage and attacks

  @Test func everyPrefixOnlyLosesRecords() throws {
    try expectPrefixes(of: Array(Report.sample.utf8), named: "report.xml")
  }

  @Test func aFaultKeepsWhatStoodBeforeIt() throws {
    let sms = Report.model(
      "SMS", [("Body", "one"), ("Folder", "Inbox")],
      parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])]))
    let unit = try Self.read(Report.document(sms + "<a b='1' b='2'/>" + sms + sms))
    #expect(unit.records.map(\.text) == ["one"])
    #expect(unit.counts("message") == [3, 1, 2])
    #expect(unit.setAside.contains { $0.unit == "document" && $0.reason.isFault })
  }

  /// Where folder and status contradict each other, nothing that was received is the owner's.
  @Test func aStatusMakesNoReceivedTextTheOwners() throws {
    let sms = Report.model(
      "SMS",
      [
        ("TimeStamp", "2021-05-21T02:38:43Z"), ("Body", "x"), ("Folder", "Inbox"), ("Status", "Sent"),
      ], parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123")])]))
    let unit = try Self.read(Report.document(sms))
    #expect(unit.records.map(\.account) == ["sms phone +447700900123"])
  }

  @Test func markupInWordsIsWords() throws {
    let words = "]] > <model type=\"SMS\"> &amp; &#65; ]]"
    let unit = try Self.read(
      Report.document(
        Report.model(
          "SMS", [("Body", words), ("Folder", "Inbox")],
          parts: "<!-- <model type=\"SMS\"> --><?x it's <model type=\"SMS\"> ?>"
            + Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])]))))
    #expect(unit.records.map(\.text) == [words])
    #expect(unit.counts("message") == [1, 1, 0])
  }

  @Test func longTextsAreReadAndLimited() throws {
    let long = String(repeating: "words & more > less ", count: 1_000_000)
    func report(_ body: String) -> String {
      Report.document(
        Report.model(
          "SMS", [("Body", body), ("Folder", "Inbox")],
          parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])]))
      )
    }
    #expect(try Self.read(report(long)).records.first?.text.utf8.count == long.utf8.count - 1)
    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 20
    let small = try #require(
      try ReadOutcome.reading(report(long) + " ", named: "report.xml", options: options).units.first)
    #expect(small.counts("message") == [1, 0, 1])
    #expect(small.setAside.first?.reason == .tooLarge)
  }

  @Test(arguments: [
    "<!DOCTYPE project [<!ENTITY a \"b\">]>\n",
    "<?xml version='1.0'?><!DOCTYPE project SYSTEM \"http://192.0.2.1/x\">",
  ])
  func refusesDeclarations(beginning: String) throws {
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(beginning + Report.document(""), named: "report.xml")
    }
    #expect(refusal?.code == "doctype")
  }

  @Test func depthIsLimited() throws {
    let sms = Report.model(
      "SMS", [("Body", "one")],
      parts: Report.parts("Parties", [Report.party([("Identifier", "+447700900123"), ("Role", "From")])]))
    let text = Report.document(sms).replacing(
      "</decodedData>", with: String(repeating: "<model type=\"Chat\">", count: 100_000))
    let unit = try Self.read(text)
    #expect(unit.records.count == 1)
    #expect(unit.setAside.contains { $0.unit == "document" && $0.examples[0].detail.contains("nested") })
  }

  @Test func otherXMLIsNotTaken() throws {
    for text in [
      "<html>pa.cellebrite.com</html>", "<project xmlns=\"http://example.org/\"/>",
      "pa.cellebrite.com/report",
    ] {
      #expect(try ReadOutcome.reading(text, named: "report.xml").units.isEmpty)
    }
  }

  @Test func anArchiveIsOpenedAndItsFilesPassedOver() throws {
    var zip = ZipBuilder()
    zip.add("files/Document/a.docx", "PK\u{3}\u{4} not to be opened")
    zip.add("files/Text/mail.eml", "From: a@example.org\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n\nhello\n")
    zip.add("report.xml", Report.sample)
    zip.add("chats/WhatsApp_1/chat-1.txt", "Start Time: 21/05/2021\n")
    let outcome = try ReadOutcome.reading(zip.bytes, named: "phone.ufdr")
    #expect(outcome.units.map(\.format) == ["cellebrite-xml"])
    #expect(outcome.refused.isEmpty && outcome.unread.isEmpty)
    #expect(outcome.unrecognised.count == 3)
    #expect(outcome.units.first?.counts("message") == [14, 8, 6])
  }

  @Test func anUnpackedReportIsOneSource() throws {
    let folder = try ScratchFolder()
    var zip = ZipBuilder()
    zip.add("a.txt", "x")
    _ = try folder.write(zip.bytes, to: "case/files/Archives/a.zip")
    _ = try folder.write(zip.bytes, to: "case/other.zip")
    _ = try folder.write(Array(Report.sample.utf8), to: "case/report.xml")
    let plan = try ImportPlan(folder.url, options: ReaderOptions())
    #expect(plan.units.map(\.format.id) == ["cellebrite-xml"])
    #expect(plan.archives.map(\.lastPathComponent) == ["other.zip"])
  }

  private static func read(_ text: String) throws -> ReadOutcome.Unit {
    try #require(try ReadOutcome.reading(text, named: "report.xml").units.first)
  }
}

/// Puts reports together as the examiner's program writes them.
private enum Report {
  static func fields(_ fields: [(String, String)]) -> String {
    fields.map { name, value in
      let text = value.replacing("]]>", with: "]]]]><![CDATA[>")
      return value.isEmpty
        ? "<field name=\"\(name)\" type=\"String\"><empty /></field>\n"
        : "<field name=\"\(name)\" type=\"String\">\n <value type=\"String\"><![CDATA[\(text)]]></value></field>\n"
    }.joined()
  }

  static func model(
    _ type: String, _ values: [(String, String)], attributes: String = "deleted_state=\"Intact\"",
    parts: String = ""
  ) -> String {
    "<model type=\"\(type)\" \(attributes)>\n\(fields(values))\(parts)</model>\n"
  }

  static func parts(_ name: String, _ models: [String]) -> String {
    "<multiModelField name=\"\(name)\">\(models.joined())</multiModelField>\n"
  }

  static func part(_ name: String, _ model: String) -> String {
    "<modelField name=\"\(name)\">\(model)</modelField>\n"
  }

  static func party(_ values: [(String, String)]) -> String { model("Party", values) }

  static func message(
    _ body: String, from: String, _ values: [(String, String)] = [],
    time: String = "2021-05-21T02:38:43.000+00:00",
    attributes: String = "deleted_state=\"Intact\"", parts: String = ""
  ) -> String {
    model(
      "InstantMessage", [("Body", body), ("TimeStamp", time)] + values, attributes: attributes,
      parts: part("From", from) + parts)
  }

  static func chat(
    _ values: [(String, String)], parties: [String] = [], messages: [String], after: [(String, String)] = []
  )
    -> String
  {
    model(
      "Chat", values, parts: parts("Participants", parties) + parts("Messages", messages) + fields(after))
  }

  static func document(_ models: String) -> String {
    """
    <?xml version="1.0" encoding="utf-8"?>
    <project id="1" name="Item 1" reportVersion="5.2.0.0" xmlns="http://pa.cellebrite.com/report/2.0">
    <sourceExtractions><extractionInfo id="0" name="Phone" type="FileSystem" /></sourceExtractions>
    <caseInformation><field name="Name" fieldType="CaseName">x</field></caseInformation>
    <metadata section="Additional Fields"><item name="IMEI"><![CDATA[490154203237599]]></item></metadata>
    <metadata section="Device Info">
    <item id="a" name="IMEI" sourceExtraction="0"><![CDATA[490154203237518]]></item>
    <item id="b" name="IMSI" sourceExtraction="0"><![CDATA[234150000000001]]></item>
    <item id="c" name="DeviceInfoWiFiMACAddress" sourceExtraction="0"><![CDATA[00:53:00:00:00:01]]></item>
    <item id="d" name="MSISDN" sourceExtraction="0"><![CDATA[+447700900999]]></item>
    <item id="e" name="ICCID" sourceExtraction="0"><![CDATA[N/A]]></item>
    <item id="f" name="DeviceInfoDetectedModel" sourceExtraction="0"><![CDATA[SM-G531BT]]></item>
    </metadata>
    <decodedData><modelType type="Any">\(models)</modelType></decodedData>
    </project>
    """
  }

  static let sam = party([
    ("Identifier", "447700900123@s.whatsapp.net"), ("Name", "Sam"), ("Role", "General"),
  ])
  static let me = party([("Identifier", "447700900999@s.whatsapp.net"), ("IsPhoneOwner", "True")])

  static let sample: String = {
    let card = model(
      "Contact", [("Name", "Una"), ("Source", "Telegram")],
      parts: parts("Entries", [model("UserID", [("Category", "Telegram Id"), ("Value", "700000077")])]))
    let quote = model(
      "ReplyMessageData", [("Label", "Reply")], parts: part("InstantMessage", message("hello", from: sam)))
    let conversation = chat(
      [("Source", "WhatsApp"), ("Id", "447700900123@s.whatsapp.net"), ("Name", "Sam")], parties: [sam, me],
      messages: [
        message("hello \u{1F44C} <b>", from: sam),
        message(
          "and you", from: me, time: "2021-05-21T02:38:44Z",
          parts: quote + parts("Attachments", [model("Attachment", [("Filename", "a.jpg")])])),
        message("hello \u{1F44C} <b>", from: sam, attributes: "deleted_state=\"Deleted\" isrelated=\"True\""),
        message("x", from: party([("Identifier", "System Message"), ("Name", "System Message")])),
        message(
          "passed on", from: sam, [("Label", "Forwarded")], time: "2021-05-21T02:38:45Z",
          attributes: "deleted_state=\"Deleted\"", parts: parts("SharedContacts", [card])),
        message("nobody", from: party([("Identifier", "1@g.us")])),
      ])
    func sms(
      _ body: String, _ folder: String, _ number: String, _ role: String, _ type: String = "SMS",
      subject: String = ""
    ) -> String {
      model(
        type,
        [
          ("TimeStamp", "2021-05-21T03:38:43+01:00"), ("Body", body), ("Subject", subject),
          ("Folder", folder),
        ],
        parts: parts("Parties", [party([("Identifier", number), ("Role", role)])]))
    }
    func call(_ values: [(String, String)], _ parties: [String]) -> String {
      model("Call", values + [("TimeStamp", "2021-05-21T02:38:43Z")], parts: parts("Parties", parties))
    }
    let mail = model(
      "Email",
      [
        ("Body", "<html><body><p>words of mail</p></body></html>"), ("Subject", "s"),
        ("TimeStamp", "2021-05-21T02:38:43Z"), ("Source", "Gmail"),
      ],
      parts: part("From", party([("Identifier", "a@example.org")]))
        + parts("To", [party([("Identifier", "b@example.org")])]))
    let post = model(
      "SocialMediaActivity",
      [("Body", "a post"), ("Source", "Instagram"), ("TimeStamp", "2021-05-21T02:38:43Z")],
      parts: part("Author", party([("Identifier", "17840000001")])))
    let contact = model(
      "Contact", [("Name", "Sam"), ("Source", "")],
      parts: parts(
        "Entries",
        [
          model("PhoneNumber", [("Category", "Mobile"), ("Value", "+447700900123")]),
          model("EmailAddress", [("Value", "sam@example.org")]),
          model("WebAddress", [("Value", "https://example.org/sam")]),
        ]))
    let tag = model("Tag", [("Name", "x")], parts: part("Model", "<model type=\"SMS\" id=\"1\" />"))
    return document(
      call(
        [("Type", "Incoming"), ("Duration", "00:01:35")],
        [party([("Identifier", "+447700900123"), ("Role", "From")])])
        + call(
          [("Type", "Outgoing"), ("Source", "WhatsApp")],
          [
            party([("Identifier", "447700900123@s.whatsapp.net"), ("Role", "To")]),
            party([("Identifier", "447700900999@s.whatsapp.net"), ("Role", "From"), ("IsPhoneOwner", "True")]
            ),
          ])
        + call([("Type", "Missed")], [party([("Identifier", "Unknown"), ("Role", "From")])])
        + conversation
        + sms("Your code is 1", "Inbox", "HMRC", "From") + sms("on my way", "Sent", "+447700900124", "To")
        + sms("never sent", "Drafts", "+447700900124", "To")
        + sms("body", "Inbox", "+447700900124", "From", "MMS", subject: "Subject")
        + mail + post + contact + model("Contact", [("Name", "Nobody")])
        + model("Location", [("Name", "home")]) + model("Password", [("Data", "hunter2")]) + tag
        + model(
          "UserAccount",
          [
            ("Name", "Me"), ("Username", "447700900999@s.whatsapp.net"), ("Password", "hunter2"),
            ("ServiceType", "WhatsApp"),
          ])
        + model(
          "UserAccount", [("Username", "una_marsh"), ("ServiceType", "Telegram")],
          parts: parts(
            "Entries",
            [model("UserID", [("Value", "700000001")]), model("PhoneNumber", [("Value", "+447700900999")])])))
  }()
}
