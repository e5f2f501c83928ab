import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// WhatsApp's databases of an Android phone.
@Suite struct WhatsAppDatabaseTests {
  private static let schema = """
    CREATE TABLE jid (_id INTEGER PRIMARY KEY AUTOINCREMENT, user TEXT, server TEXT, agent INTEGER, type INTEGER,
      raw_string TEXT);
    CREATE TABLE jid_map (lid_row_id INTEGER PRIMARY KEY, jid_row_id INTEGER);
    CREATE TABLE chat (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid_row_id INTEGER UNIQUE, subject TEXT);
    CREATE TABLE message (_id INTEGER PRIMARY KEY AUTOINCREMENT, chat_row_id INTEGER, from_me INTEGER,
      sender_jid_row_id INTEGER, timestamp INTEGER, message_type INTEGER, text_data TEXT);
    CREATE TABLE message_forwarded (message_row_id INTEGER PRIMARY KEY, forward_score INTEGER);
    CREATE TABLE message_edit_info (message_row_id INTEGER PRIMARY KEY, edited_timestamp INTEGER);
    CREATE TABLE message_system_number_change (message_row_id INTEGER PRIMARY KEY, old_jid_row_id INTEGER,
      new_jid_row_id INTEGER);
    CREATE TABLE call_log (_id INTEGER PRIMARY KEY, jid_row_id INTEGER, from_me INTEGER, timestamp INTEGER,
      video_call INTEGER, duration INTEGER, group_jid_row_id INTEGER);
    INSERT INTO jid (user, server, raw_string) VALUES
      ('447700900123', 's.whatsapp.net', '447700900123@s.whatsapp.net'),
      ('447700900456', 's.whatsapp.net', NULL),
      ('120363000000000001', 'g.us', '120363000000000001@g.us'),
      ('235085806727321', 'lid', '235085806727321@lid'),
      ('447700900789', 'lid', '447700900789@lid'),
      ('status', 'broadcast', 'status@broadcast');
    INSERT INTO jid_map VALUES (4, 1);
    INSERT INTO chat (jid_row_id, subject) VALUES (1, NULL), (3, 'Snails'), (5, NULL), (4, NULL);
    """

  private static func read(_ database: TestDatabase) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: database.url)
    #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "whatsapp-database")
    return unit
  }

  private static func add(
    _ to: TestDatabase, chat: Int64, fromMe: Int64 = 0, sender: Int64 = 0, type: Int64 = 0,
    _ text: TestDatabase.Value
  ) throws {
    try to.insert(
      "message", "chat_row_id, from_me, sender_jid_row_id, timestamp, message_type, text_data",
      .integer(chat),
      .integer(fromMe), .integer(sender), 1_700_000_000_123, .integer(type), text)
  }

  @Test func messagesAreByNumberOrByTheIdThatHidesOne() throws {
    let made = try TestDatabase("msgstore.db", Self.schema)
    try Self.add(made, chat: 1, "hello")
    try Self.add(made, chat: 1, fromMe: 1, "hi")
    try Self.add(made, chat: 2, sender: 2, "to all")
    try Self.add(made, chat: 2, sender: 4, "hidden and known")
    try Self.add(made, chat: 2, sender: 5, "hidden")
    try Self.add(made, chat: 3, "hidden alone")
    try Self.add(made, chat: 4, "hidden and known alone")
    let unit = try Self.read(made)
    #expect(
      unit.records.map(\.account) == [
        "whatsapp phone +447700900123", "owner?", "whatsapp phone +447700900456",
        "whatsapp phone +447700900123", "whatsapp platform-id 447700900789@lid",
        "whatsapp platform-id 447700900789@lid", "whatsapp phone +447700900123",
      ])
    let group = "Snails (120363000000000001@g.us) (group)"
    #expect(
      unit.records.map(\.channel) == [
        "+447700900123", "+447700900123", group, group, group, "447700900789@lid", "+447700900123",
      ])
    // The digits of an id are nobody's number.
    #expect(!unit.identifiers.contains { $0.kind == .phone && $0.value.contains("900789") })
    let hidden = unit.identifiers.filter { $0.label == "lid" }
    #expect(hidden.map(\.value) == ["235085806727321@lid"])
    #expect(unit.tally("message") == [7, 7, 0])
    #expect(unit.records.first?.time.microseconds == 1_700_000_000_123_000)
  }

  @Test func whatIsNoMessageIsSetAside() throws {
    let made = try TestDatabase("msgstore.db", Self.schema)
    try Self.add(made, chat: 1, "kept")
    try Self.add(made, chat: 1, type: 1, "a caption")
    try Self.add(made, chat: 1, type: 7, nil)
    try Self.add(made, chat: 1, type: 15, nil)
    try Self.add(made, chat: 1, type: 11, nil)
    try Self.add(made, chat: 1, nil)
    try Self.add(made, chat: 2, "of the group itself")
    try Self.add(made, chat: 1, fromMe: 7, "whose")
    try Self.add(made, chat: 1, "passed on")
    try made.run("INSERT INTO message_forwarded VALUES (9, 1); INSERT INTO message_edit_info VALUES (1, 5)")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["kept", "a caption", "passed on"])
    #expect(unit.records.last?.channel == "+447700900123 (forwarded)")
    let reasons = unit.setAside.filter { $0.unit == "message" }.map { "\($0.reason.code) \($0.count)" }
    #expect(
      Set(reasons) == ["system 1", "unsent 1", "not-decrypted 1", "empty 1", "no-author 1", "malformed 1"])
    #expect(unit.tally("message") == [9, 3, 6])
    #expect(unit.notes == ["1 messages were edited: their last wording is read, and no earlier one"])
  }

  @Test func aFlagTellsWhatWasPassedOn() throws {
    let made = try TestDatabase(
      "msgstore.db", Self.schema + "ALTER TABLE message ADD COLUMN origination_flags INTEGER;")
    try Self.add(made, chat: 1, "own words")
    try Self.add(made, chat: 1, "passed on")
    try made.run("UPDATE message SET origination_flags = 2 * _id - 1 WHERE _id = 2")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["own words", "passed on"])
    #expect(unit.records.map(\.channel) == ["+447700900123", "+447700900123 (forwarded)"])
  }

  @Test func rowsOfTheAppsOwnAreNoFaults() throws {
    let made = try TestDatabase("msgstore.db", Self.schema + "ALTER TABLE message ADD COLUMN status INTEGER;")
    // The row with which each database begins, and a call, of which the text is what sort it was.
    try made.run("INSERT INTO message VALUES (1, -1, 0, NULL, 0, -1, NULL, -1)")
    try Self.add(made, chat: 1, type: 8, "audio")
    try Self.add(made, chat: 1, "hello")
    // No status makes the app of who wrote.
    try made.run("UPDATE message SET status = -1 WHERE text_data = 'hello'")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["hello"] && unit.tally("message") == [3, 1, 2])
    #expect(unit.setAside.map { "\($0.reason.code) \($0.count)" } == ["system 2"])
  }

  @Test func changesOfNumberAndCalls() throws {
    let made = try TestDatabase("msgstore.db", Self.schema)
    try Self.add(made, chat: 1, type: 7, nil)
    try made.run(
      """
      INSERT INTO message_system_number_change VALUES (1, 1, 2), (2, 1, 1), (3, 3, 99);
      INSERT INTO call_log VALUES (1, 1, 0, 1700000000123, 0, 61, 0), (2, 4, 1, 1700000000124, 1, 0, 3),
        (3, 3, 0, 1700000000125, 0, 0, 0), (4, 1, 0, 0, 0, 0, 0);
      """)
    let unit = try Self.read(made)
    let link = try #require(unit.records(.declaredLink).first)
    #expect(link.account == "whatsapp phone +447700900123" && link.other == "whatsapp phone +447700900456")
    #expect(link.assertion == .platform && link.time.microseconds == 1_700_000_000_123_000)
    #expect(link.text == "+447700900123 changed to +447700900456")
    #expect(unit.tally("declared-link") == [3, 1, 2])
    let calls = unit.records(.call)
    #expect(calls.map(\.text) == ["incoming, 61 s", "outgoing, video, of a group"])
    #expect(calls.map(\.account) == ["whatsapp phone +447700900123", "owner?"])
    #expect(calls.map(\.other) == ["owner?", "whatsapp phone +447700900123"])
    #expect(unit.tally("call") == [4, 2, 2])
  }

  @Test func anOlderDatabase() throws {
    let made = try TestDatabase(
      "msgstore.db",
      """
      CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT, key_from_me INTEGER,
        status INTEGER, data TEXT, timestamp INTEGER, media_wa_type TEXT, remote_resource TEXT, media_caption TEXT,
        forwarded INTEGER);
      CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT);
      INSERT INTO messages VALUES
        (1, '-1', 0, -1, NULL, 0, '-1', NULL, NULL, 0),
        (2, '447700900123@s.whatsapp.net', 0, 0, 'hello', 1500000000000, '0', NULL, NULL, 0),
        (3, '447700900123@s.whatsapp.net', 1, 13, 'hi', 1500000001000, '0', NULL, NULL, 0),
        (4, '447700900123-1500000000@g.us', 0, 0, NULL, 1500000002000, '1', '447700900456@s.whatsapp.net', 'look', 1),
        (5, '447700900123-1500000000@g.us', 0, 6, 'Snails', 1500000003000, '0', '447700900456@s.whatsapp.net', NULL, 0);
      """)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["hello", "hi", "look"])
    #expect(
      unit.records.map(\.account) == [
        "whatsapp phone +447700900123", "owner?", "whatsapp phone +447700900456",
      ])
    #expect(unit.records.last?.channel == "447700900123-1500000000@g.us (forwarded)")
    #expect(unit.tally("message") == [5, 3, 2])
  }

  /// Older databases keep the card of a contact where words of the sender stand: they are not the sender's.
  @Test(arguments: ["4", "5", "14"]) func aContactCardIsNotItsSendersWords(kind: String) throws {
    let card = "BEGIN:VCARD\nFN:Bo Example\nTEL:+44 7700 900777\nEND:VCARD"
    let older = try TestDatabase(
      "msgstore.db",
      """
      CREATE TABLE messages (_id INTEGER PRIMARY KEY AUTOINCREMENT, key_remote_jid TEXT, key_from_me INTEGER,
        status INTEGER, data TEXT, timestamp INTEGER, media_wa_type TEXT);
      CREATE TABLE chat_list (_id INTEGER PRIMARY KEY, key_remote_jid TEXT);
      INSERT INTO messages VALUES
        (1, '447700900123@s.whatsapp.net', 0, 0, '\(card)', 1500000000000, '\(kind)');
      """)
    let newer = try TestDatabase("msgstore.db", Self.schema)
    try Self.add(newer, chat: 1, type: try #require(Int64(kind)), .text("Bo Example"))
    for made in [older, newer] {
      let unit = try Self.read(made)
      #expect(unit.records.map(\.text) == [""] && unit.tally("message") == [1, 1, 0])
      #expect(unit.setAside.map { "\($0.unit) \($0.count)" } == ["card 1"])
    }
  }

  @Test func aNumberWithoutAnAccountIsTheOwnersWord() throws {
    let made = try TestDatabase(
      "wa.db",
      """
      CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, is_whatsapp_user BOOLEAN, display_name TEXT);
      INSERT INTO wa_contacts VALUES (1, '447700900123@s.whatsapp.net', 1, 'Rex'),
        (2, '447700900456@s.whatsapp.net', 0, 'Plumber');
      """)
    let phones = try Self.read(made).identifiers.filter { $0.kind == .phone }
    #expect(phones.map(\.value) == ["+447700900123", "+447700900456"])
    #expect(phones.map(\.assertion) == [.platform, .user])
  }

  @Test func contactsHaveTheirNames() throws {
    let made = try TestDatabase(
      "wa.db",
      """
      CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY, jid TEXT, number TEXT, display_name TEXT, wa_name TEXT);
      INSERT INTO wa_contacts VALUES (1, '447700900123@s.whatsapp.net', '07700 900123', 'Rex work', 'rexy'),
        (2, '120363000000000001@g.us', NULL, 'Snails', NULL), (3, 'rubbish', NULL, NULL, NULL);
      """)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.other) == ["whatsapp phone +447700900123"])
    let names = unit.identifiers.filter { $0.kind == .displayName }
    #expect(names.map(\.value) == ["Rex work", "rexy"] && names.map(\.label) == ["saved-name", "push-name"])
    #expect(unit.tally("contact") == [3, 1, 2])
  }
}
