import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Conversations that DiscordChatExporter wrote as tables and as plain text.
@Suite struct DiscordTextTests {
  static let table = """
    AuthorID,Author,Date,Content,Attachments,Reactions
    "77","rex","2023-01-17T19:33:19.0870000+00:00","hello ""there""
    you","",""
    "88","Una#7001","2023-01-17T20:33:19.0870000+01:00","look","x.png,y.png","🐌 (3)"
    "77","rex","2023-01-17T19:33:20.0000000+00:00","Joined the server.","",""
    "77","rex","2023-01-17T19:33:21.0000000+00:00","Started a call that lasted 2 minutes.","",""
    "456226577798135808","Deleted User","2023-01-17T19:33:22.0000000+00:00","gone","",""
    "77","rex","yesterday","when","",""

    """

  static let rule = String(repeating: "=", count: 62)
  static let plain = """
    \(rule)
    Guild: Snail Club
    Channel: Text / general
    Topic: snails
    \(rule)

    [01/17/2023 7:33 PM] rex#7001 (pinned)
    hello

    there

    {Attachments}
    https://cdn.example.org/x.png
    https://cdn.example.org/y.png

    {Embed}
    not his

    {Reactions}
    🐌 (3)

    [01/17/2023 7:34 PM] una
    \(rule)
    [this] is no head

    \(rule)
    nor is this a foot

    [01/17/2023 7:35 PM] una
    Joined the server.

    [13/13/2023 7:35 PM] una
    when

    \(rule)
    Exported 4 message(s)
    \(rule)

    """

  private static func unit(
    _ text: String, _ name: String, _ format: String, _ options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome.reading(text, named: name, options: options)
    #expect(outcome.units.map(\.format) == [format])
    let unit = try #require(outcome.units.first)
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  @Test func wholeTable() throws {
    let name = "Snail Club - Text - general [600000000000000001]"
    let unit = try Self.unit(Self.table, "\(name).csv", "discord-csv")
    #expect(
      unit.records.map { "\($0.account.dropFirst(20)): \($0.text)" } == [
        "77: hello \"there\"\nyou", "88: look", "77: call",
      ])
    #expect(unit.records.allSatisfy { $0.channel == "\(name) (group)" && $0.time.zone == .known })
    #expect(unit.records[1].time.microseconds == 1_673_983_999_087_000)
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "platform-id 77 platform", "handle rex claimed", "platform-id 88 platform", "handle Una#7001 claimed",
      ])
    #expect(unit.counts("message") == [5, 2, 3] && unit.counts("call") == [1, 1, 0])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 2", "reaction reaction 1", "message system 1", "message no-author 1",
        "message bad-time 1",
      ])
  }

  /// Only the name that the program gives a file says that a conversation is a group's.
  @Test(arguments: [
    ("Snail Club - Text - general [600000000000000000] (after 2023-01-01)", true),
    ("Snail Club - Text - general [600000000000000000] [part 2]", true),
    ("Direct Messages - Group - una, rex [600000000000000000]", true),
    ("Direct Messages - Private - una [600000000000000000]", false),
    ("Direct Messages - una [600000000000000000]", false), ("una - what she wrote [1]", false),
    ("una", false),
  ])
  func groups(name: String, isGroup: Bool) throws {
    let unit = try Self.unit(Self.table, "\(name).csv", "discord-csv")
    #expect(unit.records.allSatisfy { $0.channel == (isGroup ? "\(name) (group)" : name) })
  }

  @Test(arguments: [
    ("17-Jan-23 07:33 PM", nil, "2023-01-17T19:33"), ("1/17/2023 7:33\u{202F}PM", nil, "2023-01-17T19:33"),
    ("17/01/2023 19:33", nil, "2023-01-17T19:33"), ("17.01.2023 19:33", nil, "2023-01-17T19:33"),
    ("02/01/2023 19:33", ReaderOptions.DateOrder.dayMonthYear, "2023-01-02T19:33"),
    ("02/01/2023 19:33", .monthDayYear, "2023-02-01T19:33"),
  ])
  func datesOfOlderTables(date: String, order: ReaderOptions.DateOrder?, read: String) throws {
    var options = ReaderOptions()
    options.dateOrder = order
    let unit = try Self.unit(
      "AuthorID,Author,Date,Content,Attachments,Reactions\n\"77\",\"rex\",\"\(date)\",\"x\",\"\",\"\"\n",
      "a.csv", "discord-csv",
      options)
    #expect(unit.records.map(\.time.microseconds) == [TimeText.iso8601(read)?.microseconds])
    #expect(unit.records.allSatisfy { $0.time.zone == .unknown && $0.writtenTime == date })
  }

  @Test func datesThatTellNothing() throws {
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(
        "AuthorID,Author,Date,Content,Attachments,Reactions\n\"77\",\"rex\",\"02/01/2023 19:33\",\"x\",\"\",\"\"\n",
        named: "a.csv")
    }
    #expect(refusal?.code == "ambiguous-date-order")
  }

  @Test func wholeText() throws {
    let unit = try Self.unit(Self.plain, "a.txt", "discord-txt")
    #expect(
      unit.records.map { "\($0.channel) \($0.account): \($0.text)" } == [
        "Text / general [Snail Club] (group) discord display-name rex#7001: hello\n\nthere",
        "Text / general [Snail Club] (group) discord display-name una: \(Self.rule)\n[this] is no head\n\n\(Self.rule)\nnor is this a foot",
      ])
    #expect(unit.records.first?.time.microseconds == TimeText.iso8601("2023-01-17T19:33")?.microseconds)
    #expect(
      unit.identifiers.map { "\($0.kind.rawValue) \($0.value) \($0.assertion.rawValue)" } == [
        "display-name rex#7001 user", "handle rex#7001 claimed", "display-name una user",
        "handle una claimed",
      ])
    #expect(unit.accounts.allSatisfy { $0.key?.scope == .source })
    #expect(unit.counts("message") == [4, 2, 2])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "attachment media 2", "embed embed 1", "reaction reaction 1", "message system 1",
        "message bad-time 1",
      ])
    #expect(unit.notes.isEmpty)
  }

  /// What somebody passes on is not in their words.
  @Test func forwardedMessages() throws {
    let unit = try Self.unit(
      """
      \(Self.rule)
      Guild: Snail Club
      Channel: Text / general
      \(Self.rule)

      [01/17/2023 7:33 PM] rex


      {Forwarded Message}
      una's words

      in two parts
      Originally sent: 01/16/2023 7:33 PM
      {Attachments}
      https://cdn.example.org/x.png


      {Reactions}
      🐌

      [01/17/2023 7:34 PM] rex
      mine
      {Forwarded Message}


      \(Self.rule)
      Exported 2 message(s)
      \(Self.rule)

      """, "a.txt", "discord-txt")
    #expect(unit.records.map(\.text) == ["", "mine\n{Forwarded Message}"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" }) == [
        "forwarded forwarded 1", "reaction reaction 1",
      ])
  }

  /// What somebody pastes is no date of the program's, in whatever manner it is written.
  @Test(arguments: [
    ("17.01.2023 19:33", "[1/17/2023 7:33 PM] rex: hi", "2023-01-17T19:33"),
    ("1/18/2023 7:33 AM", "[25/12/2022 7:33 PM] rex: hi", "2023-01-18T07:33"),
    ("17.01.2023 19:33", "\n[1/17/2023 7:33 PM] rex", "2023-01-17T19:33"),
  ])
  func datesInWhatSomebodyPastes(date: String, pasted: String, time: String) throws {
    let unit = try Self.unit(
      "\(Self.rule)\nGuild: Club\nChannel: Text / general\nTopic: x\n[25/12/2022 7:33 PM] y\n\(Self.rule)\n\n"
        + "[\(date)] una\nlook:\n\(pasted)\n\n\n\(Self.rule)\nExported 1 message(s)\n\(Self.rule)\n",
      "a.txt", "discord-txt")
    #expect(unit.records.first?.time.microseconds == TimeText.iso8601(time)?.microseconds)
  }

  /// Nor does a pasted date tell day from month; where what is pasted looks like a message, nothing tells the two apart.
  @Test(arguments: [
    ("1/7/2023 7:33 PM", "[25/12/2022 7:33 PM] rex: hi"), ("1/17/2023 7:33 PM", "\n[25/12/2022 7:33 PM] rex"),
  ])
  func aPastedDateTellsNoOrder(date: String, pasted: String) throws {
    let text =
      "\(Self.rule)\nGuild: Club\nChannel: Text / general\n\(Self.rule)\n\n[\(date)] una\nlook:\n\(pasted)\n\n\n"
    let refusal = #expect(throws: ExportRefusal.self) { try ReadOutcome.reading(text, named: "a.txt") }
    #expect(refusal?.code == "ambiguous-date-order")
    var options = ReaderOptions()
    options.dateOrder = .monthDayYear
    let unit = try Self.unit(text + "[1/18/2023 7:33 PM] una\nbye\n\n\n", "a.txt", "discord-txt", options)
    #expect(unit.records.first?.writtenTime == date)
  }

  @Test func aTextBesideItsJSONIsNotRead() throws {
    let folder = try ScratchFolder()
    _ = try folder.write(DiscordChatTests.export(), to: "general [600].json")
    _ = try folder.write(Self.plain, to: "general [600].txt")
    _ = try folder.write(Self.table, to: "general [600].csv")
    let outcome = try ReadOutcome(reading: folder.url)
    #expect(outcome.units.map(\.format) == ["discord-chat"])
    #expect(outcome.unrecognised.sorted() == ["general [600].csv", "general [600].txt"])
  }

  @Test func whoWasDeletedIsNobody() throws {
    let authors = ["Deleted User", "Deleted User#0000", "Deleted User#7001", "rex"]
    let unit = try Self.unit(
      "\(Self.rule)\nGuild: Club\nChannel: Text / general\n\(Self.rule)\n\n"
        + authors.map { "[01/17/2023 7:33 PM] \($0)\nhello\n\n\n" }.joined()
        + "\(Self.rule)\nExported 4 message(s)\n\(Self.rule)\n", "a.txt", "discord-txt")
    #expect(unit.records.map { $0.account.dropFirst(21) } == ["Deleted User#7001", "rex"])
    #expect(unit.counts("message") == [4, 2, 2])
  }

  @Test func truncation() throws {
    try Truncation.check(Array(Self.plain.utf8), named: "a.txt", mayCutText: true)
    try Truncation.check(Array(Self.table.utf8), named: "a.csv", mayCutText: true)
  }

  @Test func hostile() throws {
    let unit = try Self.unit(
      "\(Self.rule)\nGuild: \nChannel: \n\(Self.rule)\n\n[01/17/2023 7:33 PM] \n\n[01/17/2023 7:33 PM]  \n\n[] x\n\n[01/17/2023 7:33 PM] a\n\(Self.rule)\n\n\(Self.rule)\nExported 5 message(s)\n\n[01/17/2023 7:33 PM] b\ny\n",
      "a.txt", "discord-txt")
    #expect(unit.records.map(\.text) == [Self.rule])
    #expect(unit.setAside.contains { $0.unit == "message" && $0.reason == .truncated })
  }
}
