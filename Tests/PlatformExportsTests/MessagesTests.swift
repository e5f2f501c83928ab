import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// The database of Apple's Messages.
@Suite struct MessagesTests {
  private static func read(
    _ database: TestDatabase, _ options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: database.url, options: options)
    #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    return try #require(outcome.units.first)
  }

  private static func reasons(_ unit: ReadOutcome.Unit) -> Set<String> {
    Set(unit.setAside.filter { $0.unit == "message" }.map { "\($0.reason.code) \($0.count)" })
  }

  /// An address that is the correspondent's too proves nothing, however it is written.
  @Test func theCorrespondentsAddressIsNotTheOwners() throws {
    let made = try MessagesSamples.database()
    for written in ["07700 900123", "P:+44 7700 900123", "tel:447700900123"] {
      try MessagesSamples.add(made, "to whom", [("destination_caller_id", .text(written))])
    }
    try MessagesSamples.add(made, chat: 2, handle: 3, "mail", [("account", "e:Hilda@Example.ORG")])
    try MessagesSamples.add(made, "own", [("destination_caller_id", "07700 900124")])
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    let own = unit.identifiers.filter { ["account", "destination-caller-id"].contains($0.label) }
    #expect(own.map(\.value) == ["07700 900124"])
  }

  /// Nor is one where the correspondent's cannot be read any more.
  @Test func anAddressBesideALostCorrespondentIsNobodys() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, "to whom", [("destination_caller_id", "07700 900123")])
    try MessagesSamples.add(made, chat: 2, handle: 3, "mail", [("account", "e:una@example.org")])
    try MessagesSamples.add(
      made, chat: 2, handle: 0, fromMe: true, "all", [("account", "p:+447700900124")])
    try made.run("DELETE FROM handle WHERE ROWID = 1")
    let unit = try #require(try ReadOutcome(reading: made.url).units.first)
    let own = unit.identifiers.filter { ["account", "destination-caller-id"].contains($0.label) }
    #expect(own.map(\.value) == ["una@example.org", "+447700900124"])
  }

  @Test func messagesHaveTheirSidesAndConversations() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, "hello")
    try MessagesSamples.add(made, fromMe: true, "hi back")
    try MessagesSamples.add(made, chat: 3, handle: 2, service: "SMS", "by text")
    try MessagesSamples.add(made, chat: 2, handle: 3, "to all")
    try MessagesSamples.add(made, chat: 0, handle: 4, service: "SMS", "your code")
    try MessagesSamples.add(made, chat: 0, handle: 5, service: "", "as it was dialled")
    let unit = try Self.read(made)
    #expect(unit.format == "apple-messages")
    #expect(
      unit.records.map(\.account) == [
        "imessage phone +447700900123", "owner?", "sms phone +447700900123",
        "imessage email hilda@example.org", "sms handle 60123", "sms phone +447700900321",
      ])
    #expect(
      unit.records.map(\.channel) == [
        "+447700900123", "+447700900123", "+447700900123 (SMS)", "Snails (chat801) (group)", "60123 (SMS)",
        "+447700900321 (SMS)",
      ])
    #expect(unit.records.map(\.locator).first == "chat.db message[1]")
    #expect(unit.tally("message") == [6, 6, 0])
    #expect(unit.setAside.isEmpty && unit.notes.isEmpty)
    #expect(unit.accounts.first { $0.key?.value == "60123" }?.key?.scope == .source)
    let phone = unit.identifiers.first { $0.account == "imessage phone +447700900123" }
    #expect(phone?.kind == .phone && phone?.assertion == .platform)
  }

  @Test func timesAreSecondsOrNanoseconds() throws {
    let made = try MessagesSamples.database()
    let seconds = MessagesSamples.time
    try MessagesSamples.add(made, date: seconds, "old")
    try MessagesSamples.add(made, date: seconds * 1_000_000_000, "text message")
    try MessagesSamples.add(made, date: seconds * 1_000_000_000 + 123_456_789, "new")
    for date: Int64 in [0, -5, .max, .min, 999_999_999_999_999] {
      try MessagesSamples.add(made, date: date, "never")
    }
    let unit = try Self.read(made)
    let base: Int64 = 1_700_000_000_000_000
    #expect(unit.records.map(\.time.microseconds) == [base, base, base + 123_456])
    #expect(unit.records.map(\.time.precision) == [.second, .second, .microsecond])
    #expect(unit.records.allSatisfy { $0.time.zone == .known })
    #expect(Self.reasons(unit) == ["bad-time 5"])
    #expect(unit.tally("message") == [8, 3, 5])
  }

  @Test(arguments: [5, 127, 128, 40_000, 70_000])
  func textsStandInAttributedStrings(length: Int) throws {
    let made = try MessagesSamples.database()
    // A text may quote the names that are looked for.
    let text = String(
      "NSString \u{1}\u{2B} é".padding(toLength: length, withPad: "x", startingAt: 0).prefix(length))
    try MessagesSamples.add(made, nil, [("attributedBody", MessagesSamples.archived(text))])
    try MessagesSamples.add(made, "", [("attributedBody", MessagesSamples.archived(text, isMutable: true))])
    try MessagesSamples.add(made, "plain", [("attributedBody", MessagesSamples.archived("another"))])
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == [text, text, "plain"])
  }

  @Test func attributedStringsThatAreNone() throws {
    guard case .blob(let whole) = MessagesSamples.archived("hello") else { return }
    let end = try #require(whole.indices.first { whole[$0...].starts(with: Array("hello".utf8)) }) + 5
    let made = try MessagesSamples.database()
    for count in 1..<end {
      try MessagesSamples.add(made, nil, [("attributedBody", .blob(Array(whole[..<count])))])
    }
    for length: [UInt8] in [[0x82, 0xFF, 0xFF, 0xFF, 0xFF], [0x81, 0xFF], [0x90], [0x7F]] {
      var damaged = Array(whole[..<(end - 6)])
      damaged += length
      try MessagesSamples.add(made, nil, [("attributedBody", .blob(damaged))])
    }
    let unit = try Self.read(made)
    #expect(unit.records.isEmpty)
    #expect(Self.reasons(unit) == ["malformed \(end + 3)"])
  }

  @Test func whatIsNoMessageIsSetAside() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, "kept")
    try MessagesSamples.add(made, "Liked “kept”", [("associated_message_type", 2001)])
    try MessagesSamples.add(made, "Removed a like", [("associated_message_type", 3001)])
    try MessagesSamples.add(made, nil, [("associated_message_type", 1000)])
    try MessagesSamples.add(made, chat: 2, nil, [("item_type", 2)])
    try MessagesSamples.add(made, "Taken back", [("date_retracted", 721_692_801_000_000_000)])
    try MessagesSamples.add(made, nil, [("date_edited", 721_692_801_000_000_000)])
    try MessagesSamples.add(made, "Said otherwise", [("date_edited", 721_692_801_000_000_000)])
    try MessagesSamples.add(made, nil)
    try MessagesSamples.add(made, "no such handle, a group", [("handle_id", 77)])
    try MessagesSamples.add(made, .blob([1, 2]))
    try MessagesSamples.add(made, "who", [("is_from_me", "perhaps")])
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["kept", "Said otherwise"])
    #expect(
      Self.reasons(unit) == ["reaction 3", "system 1", "unsent 2", "empty 1", "no-author 1", "malformed 2"])
    #expect(unit.tally("message") == [12, 2, 10])
    #expect(unit.notes == ["1 messages were edited: their last wording is read, and no earlier one"])
  }

  @Test func picturesAreCounted() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, "\u{FFFC}look\u{FFFC}", [("cache_has_attachments", 1)])
    try MessagesSamples.add(made, nil, [("attributedBody", MessagesSamples.archived("\u{FFFC}"))])
    try MessagesSamples.add(made, nil, [("balloon_bundle_id", "com.example.game")])
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["look", "", ""])
    #expect(unit.setAside.map { "\($0.unit) \($0.count)" } == ["media 3"])
  }

  @Test func theOwnersAddressesAreFound() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(
      made, "1", [("account", "E:me@example.com"), ("destination_caller_id", "+447700900999")])
    try MessagesSamples.add(
      made, fromMe: true, "2", [("account", "e:me@example.com"), ("destination_caller_id", "")])
    try MessagesSamples.add(
      made, chat: 3, handle: 2, service: "SMS", "3",
      [("account", "P:+447700900998"), ("destination_caller_id", "E:")])
    // Some programs write the correspondent's number there.
    try MessagesSamples.add(made, "4", [("destination_caller_id", "+447700900123"), ("account", "p:60123")])
    let unit = try Self.read(made)
    let own = unit.identifiers.filter { $0.account == "owner?" }
    #expect(own.map(\.value) == ["me@example.com", "+447700900999", "+447700900998"])
    #expect(own.map(\.kind) == [.email, .phone, .phone])
    #expect(own.map(\.label) == ["account", "destination-caller-id", "account"])
    #expect(own.map(\.assertion) == [.platform, .platform, .claimed])
    var options = ReaderOptions()
    options.ownerPhone = "+447700900999"
    let named = try Self.read(made, options)
    #expect(named.records.map(\.account).contains("imessage phone +447700900999"))
  }

  @Test func aLoneOtherIsTheAuthorOfWhatHasNoHandle() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, chat: 1, handle: 0, "his")
    try MessagesSamples.add(made, chat: 2, handle: 0, "anybody's of the group")
    try MessagesSamples.add(made, chat: 0, handle: 0, "anybody's at all")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["his"])
    #expect(unit.records.map(\.account) == ["imessage phone +447700900123"])
    #expect(Self.reasons(unit) == ["no-author 2"])
  }

  @Test func deletedMessagesAreTold() throws {
    let made = try MessagesSamples.database()
    try MessagesSamples.add(made, chat: 0, "gone soon")
    try made.run("INSERT INTO chat_recoverable_message_join VALUES (2, 1)")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.channel) == ["Snails (chat801) (group)"])
    #expect(unit.notes == ["1 messages were deleted and could still be brought back"])
  }

  @Test func anOldDatabaseLacksColumns() throws {
    let made = try TestDatabase(
      "sms.db",
      """
      CREATE TABLE message (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT, handle_id INTEGER, date INTEGER,
        is_from_me INTEGER);
      CREATE TABLE handle (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT, service TEXT);
      CREATE TABLE chat_message_join (chat_id INTEGER, message_id INTEGER);
      INSERT INTO handle VALUES (4, 'tel:+447700900123', 'SMS');
      INSERT INTO message VALUES (9, 'hello', 4, \(MessagesSamples.time), 0);
      """)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.account) == ["sms phone +447700900123"])
    #expect(unit.records.map(\.locator) == ["sms.db message[9]"])
  }
}
