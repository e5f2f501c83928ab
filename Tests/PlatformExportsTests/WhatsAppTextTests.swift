import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct WhatsAppTextTests {
  static func read(_ text: String, named name: String = "_chat.txt", order: ReaderOptions.DateOrder? = nil)
    throws -> ReadOutcome.Unit
  {
    var options = ReaderOptions()
    options.dateOrder = order
    let outcome = try ReadOutcome.reading(text, named: name, options: options)
    return try #require(outcome.units.first)
  }

  static func micros(_ text: String) throws -> Int64 { try #require(TimeText.iso8601(text)).microseconds }

  @Test(
    .enabled(if: SharedMaterial.isPresent, "\(SharedMaterial.comment)"),
    arguments: [
      "test_[mmddyy]_24hrs", "test_ddmmyy_24hrs", "test_mmddyy_24hrs", "test_mmddyyyy_12hrs",
      "test_yyyymmdd_24hrs",
    ])
  func samplesInFiveLayoutsGiveTheSameSixMessages(_ name: String) throws {
    let file = try SharedMaterial.export("whatsapp-txt/chat-miner/\(name).txt")
    let unit = try #require(try ReadOutcome(reading: file).units.first)
    #expect(unit.format == "whatsapp-txt")
    let messages = unit.records(.message)
    let target = try JSONDecoder().decode(
      [[String: String]].self,
      from: Data(contentsOf: SharedMaterial.export("whatsapp-txt/chat-miner/target.json")))
    #expect(messages.count == 6)
    // The other project joins the lines of a message with spaces and lists the last message first.
    let said = messages.reversed().map {
      [
        $0.account.dropFirst("whatsapp display-name ".count).description,
        $0.text.split(separator: "\n").joined(separator: " "),
      ]
    }
    #expect(said == target.map { [$0["author"] ?? "", $0["message"] ?? ""] })
    #expect(
      messages.reversed().map(\.time.microseconds)
        == (try target.map { try Self.micros($0["timestamp"] ?? "") }))
    #expect(unit.count("message")?.counts == [7, 6, 1])
    #expect(unit.count("system-line")?.setAside == 2)
    let odd = try #require(unit.setAside.first { $0.reason.code == "no-space-after-colon" })
    #expect(odd.reason.isFault && odd.count == 1 && odd.examples.first?.detail == "John Doe:.")
    #expect(unit.setAside.contains { $0.unit == "unterminated" && !$0.reason.isFault })
    #expect(messages.allSatisfy { $0.time.zone == .unknown })
    try Truncation.check(Array(Data(contentsOf: file)), named: "c.txt", mayCutText: true)
  }

  @Test(arguments: [
    ("13/02/2024, 09:05 - ", "2024-02-13T09:05:00"), ("13/02/2024 09:05 - ", "2024-02-13T09:05:00"),
    ("[13/02/2024, 09:05:07] ", "2024-02-13T09:05:07"),
    ("\u{200E}[13/02/2024, 09:05:07] ", "2024-02-13T09:05:07"),
    ("13.02.24, 09.05 - ", "2024-02-13T09:05:00"), ("13-02-2024 09:05 – ", "2024-02-13T09:05:00"),
    ("2/13/24, 9:05 PM - ", "2024-02-13T21:05:00"), ("2/13/24, 9:05\u{202F}PM - ", "2024-02-13T21:05:00"),
    ("13/2/2024, 9:05\u{A0}p.\u{A0}m. - ", "2024-02-13T21:05:00"),
    ("13/2/2024, 12:05\u{2009}am - ", "2024-02-13T00:05:00"),
    ("2024-02-13, 12:05 p.m. - ", "2024-02-13T12:05:00"), ("[2024/02/13, 21:05:07] ", "2024-02-13T21:05:07"),
    ("2024. 02. 13. 21:05 - ", "2024-02-13T21:05:00"), ("06/20/2020, 00:08 a. m. - ", "2020-06-20T00:08:00"),
    ("\u{FEFF}\u{200E}13/02/2024, 09:05 - ", "2024-02-13T09:05:00"),
    ("13.02.24 um 09:05 - ", "2024-02-13T09:05:00"), ("13/02/2024 à 09:05 - ", "2024-02-13T09:05:00"),
    ("2024-02-13 15\u{A0}h\u{A0}20 - ", "2024-02-13T15:20:00"),
    ("[2024-02-13, 15 h 20 min 05 s] ", "2024-02-13T15:20:05"),
    ("[13.2.2024 klo 21.05.07] ", "2024-02-13T21:05:07"), ("13/02/2024 às 09:05 - ", "2024-02-13T09:05:00"),
    ("[13/2/24 a las 9:05:07\u{A0}p.\u{A0}m.] ", "2024-02-13T21:05:07"),
    ("2024-02-13 kl. 09:05 - ", "2024-02-13T09:05:00"),
    ("2024/2/13 上午9:05 - ", "2024-02-13T09:05:00"), ("[2024/2/13 下午12:05:07] ", "2024-02-13T12:05:07"),
    ("2024. 2. 13. 오후 9:05 - ", "2024-02-13T21:05:00"),
    ("2024. 2. 13. PM 9:05 - ", "2024-02-13T21:05:00"), ("[13.02.2024 ÖS 9:05:07] ", "2024-02-13T21:05:07"),
    ("2024/2/13 午前0:05 - ", "2024-02-13T00:05:00"),
    ("\u{200F}13\u{200F}/2\u{200F}/2024، 9:05 م - ", "2024-02-13T21:05:00"),
    ("١٣/٠٢/٢٠٢٤, ٠٩:٠٥ - ", "2024-02-13T09:05:00"), ("13/2/2024, 12:05 π.μ. - ", "2024-02-13T00:05:00"),
    ("13.2.2024. 21:05 - ", "2024-02-13T21:05:00"), ("13.02.24. 21:05 - ", "2024-02-13T21:05:00"),
    ("13. 02. 2024. u 21:05 - ", "2024-02-13T21:05:00"), ("13.02.24 г., 21:05 - ", "2024-02-13T21:05:00"),
    ("[13.02.2024 г., 21:05:07 ч.] ", "2024-02-13T21:05:07"),
    ("13/2/2024،\u{200F} 21:05 - ", "2024-02-13T21:05:00"), ("১৩/২/২০২৪, ৯:০৫ PM - ", "2024-02-13T21:05:00"),
    ("13/02/2024, 9:05 पूर्वाह्न - ", "2024-02-13T09:05:00"),
    ("13/02/2024, 9:05 अपराह्न - ", "2024-02-13T21:05:00"),
    ("09:05, 13/02/2024 - ", "2024-02-13T09:05:00"), ("09:05 13/2/2024 - ", "2024-02-13T09:05:00"),
    ("9:05 CH, 13/2/2024 - ", "2024-02-13T21:05:00"), ("[09:05:07 13/2/2024] ", "2024-02-13T09:05:07"),
    ("[9:05\u{202F}PM, 2/13/2024] ", "2024-02-13T21:05:00"),
    ("13/02/2024 09:05:07: ", "2024-02-13T09:05:07"), ("13.02.24 09:05:07: ", "2024-02-13T09:05:07"),
    ("2/13/24, 9:05:07 PM: ", "2024-02-13T21:05:07"),
  ])
  func layouts(_ header: String, _ time: String) throws {
    for end in ["\n", "\r\n"] {
      let unit = try Self.read("\(header)Ann Example: hello] there: x\(end)second line\(end)")
      let message = try #require(unit.records(.message).first)
      #expect(message.time.microseconds == (try Self.micros(time)))
      #expect(message.text == "hello] there: x\nsecond line")
      #expect(message.account == "whatsapp display-name Ann Example")
      #expect(unit.count("message")?.agrees == true && unit.count("message")?.imported == 1)
      #expect(unit.setAside.isEmpty)
    }
    try Truncation.check(
      Array("\(header)Ann Example: one\n\(header)Bo Example: two\n".utf8), named: "_chat.txt",
      mayCutText: true)
  }

  @Test func aTimeAtTheBeginningOfALineIsNoHeaderWhereDatesStandFirst() throws {
    let headers = ["13/02/2024, 09:05 - ", "09:05, 13/02/2024 - ", "13/02/2024, 09:05:07: "]
    for header in headers {
      let others = headers.filter { $0 != header }.map { "\($0)Bo Example: no" } + ["9:05", "13/02"]
      let text = "one\n" + others.joined(separator: "\n")
      let unit = try Self.read("\(header)Ann Example: \(text)\n")
      #expect(unit.records.map(\.text) == [text])
      #expect(unit.count("message")?.agrees == true)
    }
    // The end of a file that was not cut in a head.
    let unit = try Self.read("13/02/2024, 09:05 - Ann Example: see you at\n9:05")
    #expect(unit.records.map(\.text) == ["see you at\n9:05"])
  }

  @Test func aChatInALayoutThatIsNotKnownIsNamedAsOne() throws {
    for header in ["[13/2/2567 BE, 09:05:07] ", "13/02/24, 9:05 GD - ", "13. Feb. 2024, 09:05 - "] {
      let text = "\(header)Ann Example: one, two, three\n\(header)Bo Example: four\n"
      for name in ["_chat.txt", "WhatsApp Chat with Bo.txt"] {
        let outcome = try ReadOutcome.reading(text, named: name, options: ReaderOptions())
        #expect(outcome.units.isEmpty && outcome.unread.first?.isOfExport == true)
        #expect(outcome.unread.first?.what.hasPrefix("a chat of WhatsApp's by its name") == true)
      }
    }
  }

  @Test func notesOnWhatsAppAreNoChat() throws {
    for text in ["Notes on WhatsApp: see 13/02/2024, 09:05\n", #"[{"a":1}]"#] {
      let outcome = try ReadOutcome.reading(text, named: "WhatsApp notes.txt", options: ReaderOptions())
      #expect(outcome.units.isEmpty && outcome.unread.first?.isOfExport != true)
    }
  }

  @Test func aLogOfAProgramIsNoChat() throws {
    let log = "2024-02-13 09:05:07: error: disk full\n2024-02-13 09:05:08: error: gone\n"
    #expect(try ReadOutcome.reading(log, named: "server.txt", options: ReaderOptions()).units.isEmpty)
    for (name, text) in [
      ("_chat.txt", log), ("chat.txt", log + "2024-02-13 09:05:09: +44 7700 900123: hello\n"),
    ] {
      #expect(try ReadOutcome.reading(text, named: name, options: ReaderOptions()).units.count == 1)
    }
  }

  @Test func wordsThatNoLocaleWritesAreNoHeaders() throws {
    for word in ["server", "from", "um um", "."] {
      let outcome = try ReadOutcome.reading(
        "13/02/2024 \(word) 09:05 - Ann Example: one\n", named: "_chat.txt", options: ReaderOptions())
      #expect(outcome.units.isEmpty, "\(word)")
    }
    let text = "13.02.24 um 09:05 - Ann Example: one\n13.02.24 till 10:00 - 11:00\n13/02/24 um 09:06 - no\n"
    let unit = try Self.read(text)
    #expect(unit.records.map(\.text) == ["one\n13.02.24 till 10:00 - 11:00\n13/02/24 um 09:06 - no"])
  }

  @Test func aDiaryIsNoChat() throws {
    let days = [
      "He was outside my work again", "Text from unknown number: \"I know where you live\"",
      "Saw his car in the road", "Called police, ref: CAD 1234", "Nothing today",
    ]
    let diary = days.enumerated().map { "1\($0)/03/2024 09:30 - \($1)\n" }.joined()
    #expect(try ReadOutcome.reading(diary, named: "diary.txt", options: ReaderOptions()).units.isEmpty)
    for chat in [
      diary + "16/03/2024 21:00 - Called police, ref: CAD 1235\n", diary + "16/03/2024 21:00 - Eve left\n",
      diary + "16/03/2024 21:00 - +44 7700 900123: now\n",
      diary + "16/03/2024 21:00 - Messages and calls are end-to-end encrypted.\n",
    ] {
      #expect(try ReadOutcome.reading(chat, named: "chat.txt", options: ReaderOptions()).units.count == 1)
    }
    // Of a chat in a language whose words are not known the name tells.
    for name in ["WhatsApp-chat med Eve.txt", "_chat.txt"] {
      #expect(try ReadOutcome.reading(diary, named: name, options: ReaderOptions()).units.count == 1)
    }
    let marked = diary.replacing("Nothing", with: "\u{200E}Nothing")
    #expect(try ReadOutcome.reading(marked, named: "chat.txt", options: ReaderOptions()).units.count == 1)
    var options = ReaderOptions()
    options.format = "whatsapp-txt"
    #expect(try ReadOutcome.reading(diary, named: "diary.txt", options: options).units.count == 1)
  }

  @Test func truncationAtEveryByteGivesABeginning() throws {
    let text =
      "\u{FEFF}[13/02/2024, 09:05:01] Trip: \u{200E}Messages and calls are end-to-end encrypted.\r\n"
      + "[13/02/2024, 09:05:04 AM] odd layout inside\r\n[13/02/2024, 09:05:04] ~\u{202F}Kit: hello 🙂\r\nmore\r\n"
      + "[13/02/2024, 09:05:05] Trip: \u{200E}+44 7700 900123 changed to +44 7700 900456\r\n"
      + "[13/02/2024, 09:05:05] Ann created group \"a: b\"\r\n"
      + "[13/02/2024, 09:05:05] \u{202A}+44\u{A0}7700\u{A0}900123\u{202C}: hi\r\n1. [13/02] list\r\n"
    try Truncation.check(Array(text.utf8), named: "_chat.txt", mayCutText: true)
    let halves = "2/13/24, 9:05\u{202F}PM - Ann: x\n2/13/24, 9:05\u{202F}PM - Bo: a\n12/1\n"
    try Truncation.check(Array(halves.utf8), named: "_chat.txt", mayCutText: true)
  }

  @Test func locatorsReadTheRecordAgain() throws {
    let bytes = Array("\u{FEFF}13/02/2024, 09:05 - Ann: one\nmore\n13/02/2024, 09:06 - Bo: two\n".utf8)
    let raw = try RawRead(bytes, named: "c.txt")
    #expect(raw.locators.count == 2)
    for (_, locator, text) in raw.locators {
      let range = Int(locator.offset)..<Int(locator.offset) + Int(locator.length)
      let again = String(decoding: bytes[range], as: UTF8.self)
      #expect(again.hasPrefix("13/02/2024") && again.hasSuffix(text))
    }
  }

  @Test func hostileText() throws {
    var bytes = Array("13/02/2024, 09:05 - Ann: one \u{0} ".utf8)
    bytes += [0xFF, 0xC3, 0x28, 0x0A]
    bytes += Array("13/02/2024, 09:06 - \u{200E}: nobody\n".utf8)
    let unit = try #require(try ReadOutcome.reading(bytes, named: "c.txt").units.first)
    #expect(unit.records.map(\.text) == ["one \u{0} ÿÃ("])
    #expect(unit.setAside.contains { $0.reason.code == "invalid-utf8" })
    #expect(unit.count("message")?.agrees == true)

    var options = ReaderOptions()
    options.limits.recordBytes = 1 << 19
    let long = String(repeating: "x", count: 1 << 20)
    let cut = try ReadOutcome.reading(
      "13/02/2024, 09:05 - Ann: one\n\(long)\nlost\n13/02/2024, 09:06 - Bo: two\n", named: "c.txt",
      options: options)
    #expect(cut.units.first?.records.map(\.text) == ["one", "two"])
    #expect(cut.units.first?.setAside.map(\.reason.code) == ["too-large"])
  }

  @Test func anAssumedZoneGivesInstantsExceptWhereTheClockChanged() throws {
    var options = ReaderOptions()
    options.timeZone = "Europe/London"
    let unit = try #require(
      try ReadOutcome.reading(
        "13/07/2024, 09:05 - Ann: summer\n27/10/2024, 01:30 - Ann: twice\n31/03/2024, 01:30 - Ann: never\n",
        named: "c.txt", options: options
      ).units.first)
    #expect(unit.records.map(\.time.zone) == [.assumed, .unknown, .unknown])
    #expect(unit.records[0].time.microseconds == (try Self.micros("2024-07-13T08:05:00Z")))
    #expect(unit.records[1].time.microseconds == (try Self.micros("2024-10-27T01:30")))
    #expect(unit.notes.contains { $0.hasPrefix("2 times") })
  }

  @Test func otherTextIsNotRecognised() throws {
    for text in [
      "[2020-01-01 10:00:00] <kit> hello\n", "[2020-01-01 10:00:00] < kit> I mean: hello\n",
      "dear diary\n13/02/2024 was fine\n", "{\"a\": 1}\n",
    ] {
      #expect(try ReadOutcome.reading(text, named: "_chat.txt").units.isEmpty)
    }
  }

  @Test(arguments: ["<3 Mum", "<Mum>"])
  func aNameThatBeginsAsANickOfIRCDoesIsAName(_ name: String) throws {
    let unit = try Self.read("13/02/2024, 09:05 - \(name): one\n13/02/2024, 09:06 - Bo: two > one\n")
    #expect(unit.format == "whatsapp-txt")
    #expect(unit.records(.message).map(\.text) == ["one", "two > one"])
    #expect(unit.records(.message).first?.account == "whatsapp display-name \(name)")
  }
}
