import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// WhatsApp's databases of an iPhone or a Mac.
@Suite struct WhatsAppIOSTests {
  private static let schema = """
    CREATE TABLE ZWACHATSESSION (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, ZSESSIONTYPE INTEGER, ZGROUPINFO INTEGER,
      ZCONTACTJID VARCHAR, ZPARTNERNAME VARCHAR);
    CREATE TABLE ZWAGROUPMEMBER (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISADMIN INTEGER, ZMEMBERJID VARCHAR,
      ZCONTACTNAME VARCHAR, ZFIRSTNAME VARCHAR);
    CREATE TABLE ZWAPROFILEPUSHNAME (Z_PK INTEGER PRIMARY KEY, Z_ENT INTEGER, Z_OPT INTEGER, ZJID VARCHAR,
      ZPUSHNAME VARCHAR);
    CREATE TABLE ZWAMEDIAITEM (Z_PK INTEGER PRIMARY KEY, ZMESSAGE INTEGER, ZTITLE VARCHAR, ZMEDIALOCALPATH VARCHAR,
      ZVCARDSTRING VARCHAR);
    CREATE TABLE ZWAMESSAGE (Z_PK INTEGER PRIMARY KEY, ZCHATSESSION INTEGER, ZISFROMME INTEGER, ZFLAGS INTEGER,
      ZMESSAGETYPE INTEGER, ZGROUPEVENTTYPE INTEGER, ZGROUPMEMBER INTEGER, ZMEDIAITEM INTEGER, ZMESSAGEDATE TIMESTAMP,
      ZFROMJID VARCHAR, ZTOJID VARCHAR, ZPUSHNAME VARCHAR, ZTEXT VARCHAR);
    INSERT INTO ZWACHATSESSION VALUES
      (1, 4, 0, NULL, '447700900123@s.whatsapp.net', 'Rex'), (2, 4, 1, 1, '120363000000000001@g.us', 'Snails'),
      (3, 4, 0, NULL, '235085806727321@lid', '\u{202A}+44 7700 900456\u{202C}'),
      (4, 4, 3, NULL, 'status@broadcast', NULL), (5, 4, 0, NULL, '447700900001@s.whatsapp.net', '\u{200E}You');
    INSERT INTO ZWAGROUPMEMBER VALUES (7, 2, 0, '447700900456@s.whatsapp.net', 'Sam', 'Sam'),
      (8, 2, 0, '447700900789@lid', NULL, NULL), (9, 2, 1, NULL, NULL, NULL);
    INSERT INTO ZWAPROFILEPUSHNAME VALUES (1, 1, 1, '447700900789@lid', 'annie'),
      (2, 1, 1, '447700900123@s.whatsapp.net', 'CgRyZXh5EAE='), (3, 1, 1, '120363000000000001@g.us', 'nobody');
    """
  private static let time = "721692800.1919999"

  private static func database(_ sql: String = "") throws -> TestDatabase {
    try TestDatabase("ChatStorage.sqlite", "PRAGMA page_size=512;" + schema + sql)
  }

  private static func add(
    _ to: TestDatabase, chat: Int64 = 1, fromMe: Int64 = 0, type: Int64 = 0, event: Int64 = 0,
    member: TestDatabase.Value = nil, from: TestDatabase.Value = nil, media: TestDatabase.Value = nil,
    flags: Int64 = 0, pushName: TestDatabase.Value = nil, _ text: TestDatabase.Value
  ) throws {
    try to.insert(
      "ZWAMESSAGE",
      "ZCHATSESSION, ZISFROMME, ZMESSAGETYPE, ZGROUPEVENTTYPE, ZGROUPMEMBER, ZFROMJID, ZMEDIAITEM, ZFLAGS, ZPUSHNAME, ZTEXT",
      .integer(chat), .integer(fromMe), .integer(type), .integer(event), member, from, media, .integer(flags),
      pushName, text)
    try to.run("UPDATE ZWAMESSAGE SET ZMESSAGEDATE = \(time) WHERE ZMESSAGEDATE IS NULL")
  }

  private static func read(
    _ database: TestDatabase, _ options: ReaderOptions = ReaderOptions()
  ) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: database.url, options: options)
    #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "whatsapp-ios-database")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  // MARK: Messages

  @Test func messagesAreByNumberOrByTheIdThatHidesOne() throws {
    let made = try Self.database()
    let group: TestDatabase.Value = "120363000000000001@g.us"
    try Self.add(made, from: "447700900123@s.whatsapp.net", "hello")
    try Self.add(made, fromMe: 1, "hi")
    try Self.add(made, chat: 2, member: 7, from: group, "to all")
    try Self.add(made, chat: 2, member: 8, from: group, pushName: "Annie B.", "hidden")
    try Self.add(made, chat: 3, "hidden alone")
    try Self.add(made, chat: 3, from: "447700900456@s.whatsapp.net", "before ids")
    try Self.add(made, chat: 2, from: group, "of the group itself")
    let unit = try Self.read(made)
    #expect(
      unit.records.map(\.account) == [
        "whatsapp phone +447700900123", "owner?", "whatsapp phone +447700900456",
        "whatsapp platform-id 447700900789@lid", "whatsapp platform-id 235085806727321@lid",
        "whatsapp phone +447700900456",
      ])
    let snails = "Snails (120363000000000001@g.us) (group)"
    #expect(
      unit.records.map(\.channel) == [
        "+447700900123", "+447700900123", snails, snails, "235085806727321@lid", "235085806727321@lid",
      ])
    #expect(
      unit.records.first?.time
        == ObservedTime(microseconds: 1_700_000_000_192_000, zone: .known, precision: .millisecond))
    #expect(unit.records.first?.locator == "ChatStorage.sqlite ZWAMESSAGE[1]")
    #expect(unit.tally("message") == [7, 6, 1])
    #expect(unit.setAside.map { "\($0.reason.code) \($0.count)" } == ["no-author 1"])
    // The digits of an id are nobody's number.
    #expect(!unit.identifiers.contains { $0.kind == .phone && $0.value.contains("900789") })
    #expect(!unit.accounts.contains { $0.key?.value.contains("+235") ?? false })
  }

  /// Newer databases keep the number of whoever a conversation is with beside the id.
  @Test func anIdAndItsNumberInOneConversation() throws {
    let made = try Self.database(
      """
      ALTER TABLE ZWACHATSESSION ADD COLUMN ZCONTACTIDENTIFIER VARCHAR;
      UPDATE ZWACHATSESSION SET ZCONTACTIDENTIFIER = '111222333444555@lid' WHERE Z_PK = 1;
      UPDATE ZWACHATSESSION SET ZCONTACTIDENTIFIER = '447700900456@s.whatsapp.net' WHERE Z_PK IN (2, 3);
      UPDATE ZWACHATSESSION SET ZCONTACTIDENTIFIER = '0F3A-22:ABPerson' WHERE Z_PK = 5;
      """)
    try Self.add(made, chat: 3, "hello")
    let unit = try Self.read(made)
    #expect(unit.records.map(\.account) == ["whatsapp platform-id 235085806727321@lid"])
    #expect(
      unit.identifiers.filter { $0.label == "lid" }.map {
        "\($0.account) \($0.value) \($0.assertion.rawValue)"
      } == [
        "whatsapp phone +447700900123 111222333444555@lid platform",
        "whatsapp phone +447700900456 235085806727321@lid platform",
      ])
  }

  @Test func namesAreNeitherNumbersNorRecords() throws {
    let made = try Self.database()
    for name in [
      "Rex!", "+44\u{A0}7700\u{A0}900123", "+1 (202) 555\u{2011}0123", "CgA=", "+CgRyZXh5EAE=", "Anna",
      "CAESBXJleHl6", "SarahJohnson",
    ] {
      try Self.add(made, pushName: .text(name), "hello")
    }
    let unit = try Self.read(made)
    let names = unit.identifiers.filter { $0.kind == .displayName }
    #expect(
      names.map { "\($0.account) \($0.value) \($0.label) \($0.assertion.rawValue)" } == [
        "whatsapp phone +447700900123 Rex partner-name user",
        "whatsapp phone +447700900456 Sam saved-name user",
        "whatsapp platform-id 447700900789@lid annie push-name user",
        "whatsapp phone +447700900123 Rex! push-name user",
        "whatsapp phone +447700900123 Anna push-name user",
        "whatsapp phone +447700900123 SarahJohnson push-name user",
      ])
  }

  @Test func theOwnerIsNamedByWhoeverImports() throws {
    let made = try Self.database()
    try Self.add(made, fromMe: 1, "hi")
    var options = ReaderOptions()
    options.ownerPhone = "+447700900001"
    #expect(try Self.read(made, options).records.map(\.account) == ["whatsapp phone +447700900001"])
  }

  @Test func whatIsNoMessageIsSetAside() throws {
    let made = try Self.database()
    try Self.add(made, "kept")
    try Self.add(made, type: 7, "https://example.org/ look")
    try Self.add(made, type: 6, "447700900456@s.whatsapp.net")
    try Self.add(made, type: 10, event: 5, nil)
    try Self.add(made, type: 59, nil)
    try Self.add(made, type: 14, nil)
    try Self.add(made, type: 12, nil)
    try Self.add(made, nil)
    try Self.add(made, fromMe: 7, "whose")
    try Self.add(made, type: 200, "what")
    try Self.add(made, .blob([1]))
    try Self.add(made, chat: 4, "a status of nobody")
    try Self.add(made, "never")
    try Self.add(made, "when")
    try made.run(
      "UPDATE ZWAMESSAGE SET ZMESSAGEDATE = 1e300 WHERE Z_PK = 13; UPDATE ZWAMESSAGE SET ZMESSAGEDATE = 'now' WHERE Z_PK = 14"
    )
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["kept", "https://example.org/ look"])
    let reasons = unit.setAside.filter { $0.unit == "message" }.map { "\($0.reason.code) \($0.count)" }
    #expect(
      Set(reasons) == [
        "system 3", "unsent 1", "not-decrypted 1", "empty 1", "malformed 2", "unknown-sort 1", "no-author 1",
        "bad-time 2",
      ])
    #expect(unit.tally("message") == [14, 2, 12])
    #expect(
      unit.notes == [
        "messages of sorts that are not known: 1 of type 200",
        "1 entries say that somebody has another number: which two these are is not read",
      ])
  }

  @Test func captionsAreWordsAndNamesOfFilesAreNot() throws {
    let made = try Self.database(
      """
      INSERT INTO ZWAMEDIAITEM VALUES (1, 1, 'a caption', 'Media/a.jpg', NULL), (2, 3, 'plan.pdf', 'Media/plan.pdf', NULL),
        (3, 4, NULL, NULL, 'BEGIN:VCARD');
      """)
    try Self.add(made, type: 1, media: 1, nil)
    try Self.add(made, type: 2, media: 99, "said beside it")
    try Self.add(made, type: 8, media: 2, "plan.pdf")
    try Self.add(made, type: 4, media: 3, "Bo Example")
    try Self.add(made, type: 5, "A square")
    try Self.add(made, type: 15, media: 1, nil)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.text) == ["a caption", "said beside it", "", "", "", ""])
    #expect(Set(unit.setAside.map { "\($0.unit) \($0.count)" }) == ["media 4", "card 2"])
    #expect(unit.tally("message") == [6, 6, 0])
  }

  @Test func aFlagTellsWhatWasPassedOn() throws {
    let made = try Self.database()
    try Self.add(made, flags: 1 << 24, "own words")
    try Self.add(made, flags: 1 << 24 | 1 << 7, "passed on")
    #expect(
      try Self.read(made).records.map(\.channel) == ["+447700900123", "+447700900123 (forwarded)"])
  }

  @Test func aCopyWithOtherNumbersOfRowsIsRefused() throws {
    let made = try Self.database()
    try Self.add(made, "hello")
    try made.run(
      """
      CREATE TABLE Turned AS SELECT * FROM ZWAGROUPMEMBER ORDER BY Z_PK DESC; DROP TABLE ZWAGROUPMEMBER;
      ALTER TABLE Turned RENAME TO ZWAGROUPMEMBER
      """)
    #expect(throws: ExportRefusal.self) { try ReadOutcome(reading: made.url) }
  }

  @Test func aBeginningGivesNothingThatTheWholeDoesNot() throws {
    let made = try Self.database("BEGIN;")
    for number in 1...60 {
      try Self.add(
        made, chat: number % 2 == 0 ? 1 : 2, fromMe: number % 3 == 0 ? 1 : 0,
        member: number % 2 == 0 ? nil : 7, from: number % 2 == 0 ? "447700900123@s.whatsapp.net" : nil,
        .text("message \(number) " + String(repeating: "x", count: number)))
    }
    try made.run("COMMIT")
    try expectBeginnings(of: made, essence: { "\($0.account) \($0.time) \($0.text)" })
    try expectNoHarm(of: made, format: "whatsapp-ios-database")
  }

  // MARK: Contacts

  @Test func contactsHaveTheirNamesNumbersAndIds() throws {
    let made = try TestDatabase(
      "ContactsV2.sqlite",
      """
      CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZWHATSAPPID VARCHAR, ZPHONENUMBER VARCHAR,
        ZLID VARCHAR, ZFULLNAME VARCHAR, ZBUSINESSNAME VARCHAR);
      INSERT INTO ZWAADDRESSBOOKCONTACT VALUES
        (1, '447700900123@s.whatsapp.net', '07700 900123', '235085806727321@lid', 'Rex work', NULL),
        (2, '447700900456', '+44 7700 900456', '111222333444555', 'Sam', 'Sam Ltd'),
        (3, NULL, '+44 7700 900789', NULL, 'Plumber', NULL), (4, NULL, '07700 900111', NULL, 'Who', NULL),
        (5, NULL, '07700 900222', '999888777666555@lid', 'Hidden', NULL),
        (6, '120363000000000001@g.us', NULL, NULL, 'Snails', NULL),
        (7, '447700900333@s.whatsapp.net', '+44 7700 900444', NULL, 'Two', NULL),
        (8, '235085806727399', NULL, NULL, 'Id without a server', NULL),
        (9, NULL, '+44\u{A0}7700\u{A0}900\u{2011}555', NULL, 'Nora', NULL);
      """)
    let unit = try Self.read(made)
    #expect(
      unit.records.map { "\($0.account) \($0.other) \($0.text)" } == [
        "owner? whatsapp phone +447700900123 Rex work", "owner? whatsapp phone +447700900456 Sam",
        "owner? whatsapp phone +447700900789 Plumber",
        "owner? whatsapp platform-id 999888777666555@lid Hidden",
        "owner? whatsapp phone +447700900333 Two", "owner? whatsapp phone +447700900555 Nora",
      ])
    #expect(unit.tally("contact") == [9, 6, 3])
    #expect(
      Set(unit.setAside.map { "\($0.reason.code) \($0.count)" }) == ["no-author 2", "system 1"])
    #expect(
      unit.identifiers.filter { $0.kind != .displayName }.map {
        "\($0.account) \($0.kind.rawValue) \($0.value) \($0.label) \($0.assertion.rawValue)"
      } == [
        "whatsapp phone +447700900123 phone +447700900123  platform",
        "whatsapp phone +447700900123 platform-id 235085806727321@lid lid platform",
        "whatsapp phone +447700900456 phone +447700900456  platform",
        "whatsapp phone +447700900456 platform-id 111222333444555@lid lid platform",
        "whatsapp phone +447700900789 phone +447700900789  user",
        "whatsapp platform-id 999888777666555@lid platform-id 999888777666555@lid  platform",
        "whatsapp platform-id 999888777666555@lid phone 07700 900222 saved-number user",
        "whatsapp phone +447700900333 phone +447700900333  platform",
        "whatsapp phone +447700900333 phone +44 7700 900444 saved-number user",
        "whatsapp phone +447700900555 phone +447700900555  user",
      ])
    let names = unit.identifiers.filter { $0.label == "business-name" }
    #expect(names.map(\.value) == ["Sam Ltd"])
  }

  @Test(arguments: [
    "ZWAZACCOUNT (Z_PK INTEGER PRIMARY KEY, ZIDENTIFIER",
    "ZWAPHONENUMBERLIDPAIR (Z_PK INTEGER PRIMARY KEY, ZLID",
  ])
  func numbersThatIdsHide(table: String) throws {
    let name = String(table.prefix { $0 != " " })
    let made = try TestDatabase(
      "LID.sqlite",
      """
      CREATE TABLE \(table) VARCHAR, ZPHONENUMBER VARCHAR, ZCREATEDAT TIMESTAMP);
      INSERT INTO \(name) VALUES (1, '235085806727321@lid', '447700900123', 1), (2, '111222333444555@lid', NULL, 1),
        (3, '447700900456@s.whatsapp.net', '447700900456', 1), (4, '222333444555666@lid', '+447700900789', 1);
      """)
    let unit = try Self.read(made)
    #expect(unit.records.map(\.account) == ["whatsapp phone +447700900123", "whatsapp phone +447700900789"])
    #expect(unit.records.map(\.recordClass) == [.profile, .profile])
    #expect(
      unit.identifiers.filter { $0.label == "lid" }.map {
        "\($0.account) \($0.value) \($0.assertion.rawValue)"
      } == [
        "whatsapp phone +447700900123 235085806727321@lid platform",
        "whatsapp phone +447700900789 222333444555666@lid platform",
      ])
    #expect(unit.tally("profile") == [4, 2, 2])
  }

  /// Files of a backup lie side by side, and each is a source of its own.
  @Test func databasesOfOneFolder() throws {
    let made = try Self.database()
    try Self.add(made, "hello")
    let scratch = try ScratchFolder()
    let file = try scratch.write(try made.bytes(), to: "in/ChatStorage.sqlite")
    let skype = try TestDatabase(
      "x.sqlite",
      "CREATE TABLE ZWAADDRESSBOOKCONTACT (Z_PK INTEGER PRIMARY KEY, ZWHATSAPPID VARCHAR, ZFULLNAME VARCHAR);"
    )
    _ = try scratch.write(try skype.bytes(), to: "in/ContactsV2.sqlite")
    let outcome = try ReadOutcome(reading: file.deletingLastPathComponent())
    #expect(outcome.units.map(\.format) == ["whatsapp-ios-database", "whatsapp-ios-database"])
    #expect(outcome.units.map(\.root) == ["ChatStorage.sqlite", "ContactsV2.sqlite"])
  }

  @Test func formatsAreRegistered() {
    let ids = Set(ExportRegistry.formats.map(\.id))
    #expect(ids.isSuperset(of: ["whatsapp-ios-database", "skype-database"]))
    #expect(ExportRegistry.options(of: "whatsapp-ios-database") == [.ownerPhone])
    #expect(ExportRegistry.options(of: "skype-database").isEmpty)
  }
}
