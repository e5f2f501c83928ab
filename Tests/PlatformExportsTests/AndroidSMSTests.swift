import AccountModel
import Foundation
import Identifiers
import PlatformExports
import TestSupport
import Testing

/// Android's database of text messages.
@Suite struct AndroidSMSTests {
  private static func read(
    _ database: TestDatabase, _ options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: database.url, options: options)
    #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    return try #require(outcome.units.first)
  }

  @Test func messagesHaveTheirSidesTimesAndConversations() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "07700 900123", "hello")
    try AndroidSamples.add(made, "+447700900123", type: 2, subject: "About", "hi back")
    try AndroidSamples.add(made, thread: 3, "HMRC", "pay now")
    try AndroidSamples.add(made, thread: 9, "60123", type: 5, "stop")
    try AndroidSamples.add(made, nil, "no address")
    let unit = try Self.read(made)
    #expect(unit.format == "android-mmssms")
    #expect(unit.records.map(\.text) == ["hello", "About\nhi back", "pay now", "stop", "no address"])
    #expect(
      unit.records.map(\.account) == [
        "sms phone 07700 900123", "owner?", "sms handle HMRC", "owner?", "sms phone +447700900123",
      ])
    #expect(
      unit.records.map(\.channel) == ["07700 900123", "07700 900123", "HMRC", "60123", "07700 900123"])
    #expect(
      unit.records.first?.time
        == ObservedTime(microseconds: 1_700_000_000_123_000, zone: .known, precision: .millisecond))
    #expect(unit.records.map(\.locator).first == "mmssms.db sms[1]")
    #expect(unit.tally("message") == [5, 5, 0])
    #expect(unit.notes == ["1 messages were written but are not known to have been sent"])
    let hmrc = try #require(unit.accounts.first { $0.key?.value == "HMRC" }?.key)
    #expect(hmrc.scope == .source)
    #expect(unit.accounts.first { $0.role == .owner }?.key == nil)
  }

  @Test func theOwnersNumberNamesTheOwner() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", type: 2, "hi")
    var options = ReaderOptions()
    options.ownerPhone = "+447700900999"
    #expect(try Self.read(made, options).records.first?.account == "sms phone +447700900999")
  }

  @Test func whatIsNoMessageIsSetAside() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", "kept")
    try AndroidSamples.add(made, nil, type: 3, "a draft")
    try AndroidSamples.add(made, "+447700900123", type: 9, "what is nine")
    try AndroidSamples.add(made, "+447700900123", date: 12, "before there were any")
    try AndroidSamples.add(made, "+447700900123", .blob([0xFF, 0x00]))
    try AndroidSamples.add(made, thread: 9, "unknown", "nobody's")
    try made.insert("sms", "address, date, type, body", "+447700900123", "yesterday", 1, "a text for a time")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["kept"])
    #expect(unit.tally("message") == [7, 1, 6])
    let reasons = unit.setAside.filter { $0.unit == "message" }.map { "\($0.reason.code) \($0.count)" }
    #expect(Set(reasons) == ["draft 1", "malformed 2", "bad-time 2", "no-author 1"])
  }

  @Test func textsMayHoldAnything() throws {
    let made = try AndroidSamples.database()
    try AndroidSamples.add(made, "+447700900123", "a\u{0}b")
    try made.run(
      "INSERT INTO sms (thread_id, address, date, type, body) VALUES (1, '+447700900123', 1700000000123, 1, "
        + "CAST(x'61FF62' AS TEXT))")
    try made.run(
      "INSERT INTO sms (thread_id, address, date, type, body) VALUES (1, 447700900123, 1700000000123, 2, 42)")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["a\u{0}b", "a\u{FFFD}b", "42"])
    #expect(unit.notes.contains("1 texts held bytes that are no UTF-8; they became U+FFFD"))
    let wide = try TestDatabase("mmssms.db", "PRAGMA encoding='UTF-16le';" + AndroidSamples.schema)
    try AndroidSamples.add(wide, "+447700900123", "grüße 🐌")
    var options = ReaderOptions()
    options.format = "android-mmssms"
    #expect(try Self.read(wide, options).records.map(\.text) == ["grüße 🐌"])
  }

  @Test func multimediaMessagesArePutTogether() throws {
    let made = try AndroidSamples.database()
    let columns = "thread_id, date, msg_box, m_type, sub, sub_cs"
    try made.insert("pdu", columns, 2, 1_700_000_100, 1, 132)
    try made.insert("pdu", columns, 2, 1_700_000_200, 2, 128, "Gr\u{C3}\u{BC}\u{C3}\u{9F}e", 106)
    try made.insert("pdu", columns, 1, 1_700_000_300_000, 1, 132)
    try made.insert("pdu", columns, 1, 1_700_000_400, 1, 130)
    try made.insert("pdu", columns, 1, 1_700_000_500, 1, 134)
    try made.insert("pdu", columns, 2, 1_700_000_600, 1, 132)
    for (message, address, type) in [
      (1, "+447700900456", 137), (1, "+447700900123", 151), (1, "+447700900999", 151),
      (2, "+447700900999", 137), (2, "+447700900456", 151), (2, "+447700900123", 151),
      (3, "insert-address-token", 151), (6, "insert-address-token", 137),
    ] as [(Int64, String, Int64)] {
      try made.insert("addr", "msg_id, address, type", .integer(message), .text(address), .integer(type))
    }
    try made.insert("part", "mid, seq, ct, text", 1, -1, "application/smil", "<smil/>")
    try made.insert("part", "mid, seq, ct, text", 1, 0, "text/plain", "one")
    try made.insert("part", "mid, seq, ct, text", 1, 1, "text/plain", "two")
    try made.insert("part", "mid, seq, ct, _data", 1, 2, "image/jpeg", "/data/1.jpg")
    try made.insert("part", "mid, seq, ct, text", 2, 0, "text/plain", "three")
    try made.insert("part", "mid, seq, ct, text", 2, 1, "text/x-vCard", "BEGIN:VCARD\nTEL:+447700900777")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["one\ntwo", "Grüße\nthree", ""])
    #expect(
      unit.records.map(\.account) == ["sms phone +447700900456", "owner?", "sms phone +447700900123"])
    let group = "+447700900123~+447700900456 (group)"
    #expect(unit.records.map(\.channel) == [group, group, "+447700900123"])
    #expect(
      unit.records.map(\.time.microseconds) == [100, 200, 300].map { (1_700_000_000 + $0) * 1_000_000 })
    #expect(unit.records.map(\.time.precision) == [.second, .second, .millisecond])
    #expect(unit.tally("message") == [6, 3, 3])
    // The sixth is of a group and names no sender: the group's other members are not guessed at.
    let reasons = unit.setAside.filter { $0.unit == "message" }.map(\.reason.code)
    #expect(Set(reasons) == ["not-fetched", "system", "no-author"])
    #expect(unit.setAside.filter { ["smil", "media"].contains($0.unit) }.map(\.count) == [1, 2])
    let own = unit.identifiers.filter { $0.account == "owner?" }
    #expect(own.map(\.value) == ["+447700900999"] && own.map(\.assertion) == [.claimed])
  }

  @Test func aTableMayLackColumns() throws {
    let made = try TestDatabase(
      "old.db",
      "CREATE TABLE sms (_id INTEGER PRIMARY KEY, ADDRESS TEXT, date INTEGER, type INTEGER, body TEXT);"
        + "CREATE TABLE pdu (_id INTEGER PRIMARY KEY, date INTEGER, msg_box INTEGER);"
        + "INSERT INTO sms VALUES (7, '+447700900123', 1700000000123, 1, 'hello');"
        + "INSERT INTO pdu VALUES (1, 1700000000, 2)")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["hello", ""])
    #expect(unit.records.map(\.locator) == ["old.db sms[7]", "old.db pdu[1]"])
    #expect(unit.records.map(\.channel) == ["+447700900123", ""])
  }

  /// A phone that writes the correspondent into every address may write it in two ways.
  @Test func theCorrespondentsNumberIsNotTheOwners() throws {
    let made = try AndroidSamples.database()
    try made.insert("pdu", "thread_id, date, msg_box, m_type", 1, 1_700_000_100, 2, 128)
    try made.insert("part", "mid, seq, ct, text", 1, 0, "text/plain", "sent")
    try made.insert("addr", "msg_id, address, type", 1, "07700 900123", 137)
    try made.insert("addr", "msg_id, address, type", 1, "+447700900123", 151)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["sent"])
    #expect(!unit.identifiers.contains { $0.label == "mms-from" })
  }

  /// No phone makes such a message; a beginning of it would pass for the whole.
  @Test func aMessageOfTooManyPartsIsSetAside() throws {
    let made = try AndroidSamples.database()
    for id in [1, 2] as [Int64] {
      try made.insert("pdu", "thread_id, date, msg_box, m_type", .integer(id), 1_700_000_100, 2, 128)
    }
    try made.run("BEGIN")
    for number in 1...2001 {
      try made.insert(
        "part", "mid, seq, ct, text", .integer(number <= 1000 ? 1 : 2), 0, "text/plain", .text("\(number)"))
    }
    try made.run("COMMIT")
    let unit = try Self.read(made)
    #expect(unit.records.map { $0.text.split(separator: "\n").count } == [1000])
    #expect(unit.tally("message") == [2, 1, 1] && unit.setAside.map(\.reason.code) == ["too-large"])
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func aRealDatabase() throws {
    let outcome = try ReadOutcome(reading: SharedMaterial.export("android-mmssms/plaso/mmssms.db"))
    let unit = try #require(outcome.units.first)
    #expect(unit.tally("message") == [9, 9, 0])
    let received = unit.records.filter { $0.account != "owner?" }
    #expect(received.count == 4)
    #expect(Set(unit.records.map(\.channel)).count == 1)
    #expect(unit.records.map(\.time.microseconds).first == 1_383_065_788_038_000)
    // Written in two ways, the number is one.
    let numbers = unit.accounts.compactMap(\.key).map(\.value)
    #expect(numbers.count == 2)
    for region in ["GB", "US"] {
      let normaliser = IdentifierNormaliser(defaultRegion: region)
      let canonical = numbers.map { normaliser.normalise($0, kind: .phone, platform: .sms).canonical }
      #expect(Set(canonical).count == 1 && canonical.first?.isEmpty == false)
    }
    #expect(unit.setAside.isEmpty)
  }
}
