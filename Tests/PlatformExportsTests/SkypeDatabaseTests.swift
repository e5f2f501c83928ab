import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Skype's database of a computer.
@Suite struct SkypeDatabaseTests {
  private static let profile = """
    fullname TEXT, birthday INTEGER, emails TEXT, phone_home TEXT, phone_office TEXT, phone_mobile TEXT,
      homepage TEXT, about TEXT, mood_text TEXT, city TEXT, province TEXT, country TEXT
    """
  private static let schema = """
    CREATE TABLE Accounts (id INTEGER NOT NULL PRIMARY KEY, skypename TEXT, profile_timestamp INTEGER, \(profile));
    CREATE TABLE Contacts (id INTEGER NOT NULL PRIMARY KEY, type INTEGER, skypename TEXT, pstnnumber TEXT,
      displayname TEXT, given_displayname TEXT, buddystatus INTEGER, isblocked INTEGER, assigned_phone1 TEXT,
      assigned_phone2 TEXT, assigned_phone3 TEXT, \(profile));
    CREATE TABLE Conversations (id INTEGER NOT NULL PRIMARY KEY, identity TEXT, type INTEGER, displayname TEXT,
      meta_topic TEXT);
    CREATE TABLE Participants (id INTEGER NOT NULL PRIMARY KEY, convo_id INTEGER, identity TEXT);
    CREATE TABLE Messages (id INTEGER NOT NULL PRIMARY KEY, convo_id INTEGER, chatname TEXT, author TEXT,
      from_dispname TEXT, dialog_partner TEXT, timestamp INTEGER, type INTEGER, edited_timestamp INTEGER,
      body_xml TEXT, identities TEXT);
    CREATE TABLE SMSes (id INTEGER NOT NULL PRIMARY KEY, type INTEGER, status INTEGER, timestamp INTEGER,
      target_numbers TEXT, body TEXT, chatmsg_id INTEGER);
    CREATE TABLE Calls (id INTEGER NOT NULL PRIMARY KEY, begin_timestamp INTEGER, host_identity TEXT, duration INTEGER,
      is_incoming INTEGER, is_unseen_missed INTEGER, conv_dbid INTEGER);
    CREATE TABLE CallMembers (id INTEGER NOT NULL PRIMARY KEY, identity TEXT, dispname TEXT, call_duration INTEGER,
      call_db_id INTEGER);
    CREATE TABLE Transfers (id INTEGER NOT NULL PRIMARY KEY, partner_handle TEXT, partner_dispname TEXT, filename TEXT);
    INSERT INTO Accounts (id, skypename, profile_timestamp, fullname, birthday, emails, phone_mobile, city, about)
      VALUES (1, 'una.lane', 1375219328, 'Una Lane', 19840102, 'una@example.org una@example.net nonsense',
      '+447700900001', 'Leeds', 'slow');
    INSERT INTO Conversations VALUES (10, 'rex', 1, 'Rex', NULL), (11, '#rex/$una.lane;0f3a', 2, 'Rex, Sam', 'Snails'),
      (12, '28:concierge', 1, 'Helper', NULL);
    INSERT INTO Participants VALUES (1, 10, 'una.lane'), (2, 10, 'rex'), (3, 11, 'sam');
    """
  private static let time: Int64 = 1_375_219_588

  private static func database(_ sql: String = "") throws -> TestDatabase {
    try TestDatabase("main.db", "PRAGMA page_size=512;" + schema + sql)
  }

  private static func add(
    _ to: TestDatabase, type: Int64 = 61, conversation: Int64 = 10, by author: TestDatabase.Value = "rex",
    at time: Int64 = time, identities: TestDatabase.Value = nil, edited: Int64 = 0, _ body: TestDatabase.Value
  ) throws {
    try to.insert(
      "Messages",
      "type, convo_id, author, from_dispname, timestamp, identities, edited_timestamp, body_xml",
      .integer(type), .integer(conversation), author, nil, .integer(time), identities, .integer(edited), body)
  }

  private static func read(_ database: TestDatabase) throws -> ReadOutcome.Unit {
    let outcome = try ReadOutcome(reading: database.url)
    #expect(outcome.unread.isEmpty && outcome.unrecognised.isEmpty)
    let unit = try #require(outcome.units.first)
    #expect(unit.format == "skype-database")
    #expect(unit.reconciliation.allSatisfy { $0.agrees }, "\(unit.reconciliation)")
    return unit
  }

  private static func reasons(_ unit: ReadOutcome.Unit, of name: String = "message") -> Set<String> {
    Set(unit.setAside.filter { $0.unit == name }.map { "\($0.reason.code) \($0.count)" })
  }

  // MARK: Messages

  @Test func messagesAreByNameInTheirConversations() throws {
    let made = try Self.database()
    try Self.add(made, "I&apos;m here <ss type=\"smile\">:)</ss>")
    try Self.add(made, by: "Una.Lane", "hi <c all")
    try Self.add(made, type: 60, conversation: 11, by: "sam", "is planting corn")
    try Self.add(made, conversation: 11, by: "+447700900009", "from a telephone")
    try Self.add(made, conversation: 12, by: "28:concierge", "Welcome")
    try Self.add(
      made,
      "<quote author=\"una.lane\"><legacyquote>[1] Una: </legacyquote>hers<legacyquote>&lt;&lt;&lt; </legacyquote></quote>"
        + "mine")
    let unit = try Self.read(made)
    let messages = unit.records(.message)
    #expect(
      messages.map(\.text) == [
        "I'm here :)", "hi <c all", "is planting corn", "from a telephone", "Welcome", "> hers\nmine",
      ])
    #expect(
      messages.map(\.account) == [
        "skype handle rex", "skype handle una.lane", "skype handle sam", "skype phone +447700900009",
        "skype platform-id 28:concierge", "skype handle rex",
      ])
    let group = "Snails [#rex/$una.lane;0f3a] (group)"
    #expect(
      messages.map(\.channel) == [
        "Rex [rex]", "Rex [rex]", group, group, "Helper [28:concierge] (via bot)", "Rex [rex]",
      ])
    #expect(
      messages.first?.time
        == ObservedTime(microseconds: Self.time * 1_000_000, zone: .known, precision: .second))
    #expect(messages.first?.locator == "main.db Messages[1]")
    #expect(unit.tally("message") == [6, 6, 0])
    #expect(unit.notes.isEmpty)
    // The name of a chat of the first years names nobody.
    #expect(!unit.accounts.contains { $0.key?.value.contains("#") ?? false })
  }

  @Test func whatIsNoMessageIsSetAside() throws {
    let made = try Self.database()
    try Self.add(made, "kept")
    try Self.add(made, edited: 5, "last wording")
    try Self.add(made, edited: 5, "")
    try Self.add(made, nil)
    for type: Int64 in [2, 4, 10, 12, 13, 100, 110] { try Self.add(made, type: type, "app's own") }
    for type: Int64 in [7, 7, 999] { try Self.add(made, type: type, "unknown") }
    try Self.add(made, at: 0, "when")
    try Self.add(made, at: 13_727_168_620, "in the year 2405")
    try Self.add(made, by: "sys", "who")
    try Self.add(made, .blobBody)
    let unit = try Self.read(made)
    #expect(unit.records(.message).map(\.text) == ["kept", "last wording"])
    #expect(
      Self.reasons(unit) == [
        "unsent 1", "empty 1", "system 7", "unknown-sort 3", "bad-time 2", "no-author 1", "malformed 1",
      ])
    #expect(unit.tally("message") == [18, 2, 16])
    #expect(
      unit.notes == [
        "1 messages were edited: their last wording is read, and no earlier one",
        "messages of sorts that are not known: 2 of type 7, 1 of type 999",
      ])
  }

  @Test func filesAndPicturesAreNoWords() throws {
    let made = try Self.database()
    try Self.add(
      made, type: 68, "<files alt=\"\"><file size=\"9\" index=\"0\">plan &amp; map.pdf</file></files>")
    try Self.add(
      made, type: 201,
      "<URIObject type=\"Picture.1\" uri=\"https://example.org/o\">To view, go to</URIObject>")
    try Self.add(made, type: 70, "<videomessage sid=\"1\">a video</videomessage>")
    try made.run(
      "INSERT INTO Transfers VALUES (1, 'rex', 'Rex', 'plan & map.pdf'), (2, 'una.lane', 'Una', 'plan & map.pdf')"
    )
    let unit = try Self.read(made)
    #expect(unit.records(.message).map(\.text) == ["", "", ""])
    let attachments = try #require(unit.setAside.first { $0.unit == "attachment" })
    #expect(attachments.examples.map(\.detail) == ["plan & map.pdf", "Picture.1", "videomessage"])
    #expect(Self.reasons(unit, of: "file") == ["media 2"])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault })
  }

  // MARK: People

  @Test func theOwnerSaysOfItselfWhatNobodyChecked() throws {
    let unit = try Self.read(try Self.database())
    let account = try #require(unit.accounts.first)
    #expect(account.role == .owner && account.key?.value == "una.lane")
    let said = unit.identifiers.filter { $0.account == "skype handle una.lane" }
    #expect(
      said.map { "\($0.kind.rawValue) \($0.value) \($0.label) \($0.assertion.rawValue)" } == [
        "handle una.lane  platform", "display-name Una Lane  user", "date-of-birth 19840102  user",
        "email una@example.org profile claimed", "email una@example.net profile claimed",
        "phone +447700900001 profile-mobile claimed",
      ])
    #expect(unit.records(.profile).map(\.text) == ["slow; Leeds"])
    #expect(unit.records(.profile).first?.time.microseconds == 1_375_219_328_000_000)
    #expect(unit.tally("profile") == [1, 1, 0])
  }

  @Test func contactsAreThoseWhomTheOwnerListed() throws {
    let made = try Self.database()
    try made.run(
      """
      INSERT INTO Contacts (id, type, skypename, pstnnumber, displayname, given_displayname, buddystatus, isblocked,
        assigned_phone1, fullname, emails, phone_home) VALUES
        (1, 1, 'rex', NULL, 'Rex work', 'Rex work', 3, 1, '+447700900002', 'Rex Hill', 'rex@example.org', '01632960001'),
        (2, 1, 'sam', NULL, 'Sam', NULL, 2, 0, NULL, 'Sam', NULL, NULL),
        (3, 1, 'ann', NULL, 'Ann', NULL, 1, 0, NULL, 'Ann', NULL, NULL),
        (4, 1, 'bob', NULL, 'Bob', NULL, NULL, 0, NULL, 'Bob', NULL, NULL),
        (5, 2, NULL, '+447700900003', 'Plumber', 'Plumber', 3, 0, NULL, NULL, NULL, NULL),
        (6, 1, NULL, NULL, 'Nobody', NULL, 3, 0, NULL, NULL, NULL, NULL);
      """)
    let unit = try Self.read(made)
    let contacts = unit.records(.contact)
    #expect(
      contacts.map { "\($0.account) \($0.other): \($0.text)" } == [
        "skype handle una.lane skype handle rex: Rex work",
        "skype handle una.lane skype handle sam: Sam, asked, no answer yet",
        "skype handle una.lane skype handle ann: Ann, removed",
        "skype handle una.lane skype phone +447700900003: Plumber",
      ])
    #expect(unit.records(.block).map(\.other) == ["skype handle rex"])
    #expect(unit.tally("contact") == [6, 4, 2])
    #expect(Self.reasons(unit, of: "contact") == ["not-listed 1", "no-author 1"])
    let rex = unit.identifiers.filter { $0.account == "skype handle rex" }
    #expect(
      rex.map { "\($0.kind.rawValue) \($0.value) \($0.label) \($0.assertion.rawValue)" } == [
        "handle rex  platform", "display-name Rex Hill  user", "email rex@example.org profile claimed",
        "phone 01632960001 profile-home claimed", "display-name Rex work saved-name user",
        "phone +447700900002 saved-number user", "display-name Rex conversation user",
      ])
    #expect(
      unit.identifiers.filter { $0.value == "+447700900003" }.map(\.assertion) == [.user])
  }

  @Test func requestsBlocksAndCardsAreNoMessages() throws {
    let made = try Self.database()
    try made.run(
      "INSERT INTO Contacts (id, skypename, buddystatus, displayname) VALUES (1, 'rex', 3, 'Rex')")
    try Self.add(made, type: 50, identities: "una.lane", "please &amp; thanks")
    try Self.add(made, type: 51, by: "una.lane", nil)
    try Self.add(made, type: 53, by: "una.lane", identities: "rex sam", nil)
    try Self.add(made, type: 51, conversation: 11, nil)
    try Self.add(
      made, type: 63,
      "<contacts alt=\"x\"><c t=\"s\" s=\"aunt.may\" f=\"Aunt May\"/><c t=\"p\" p=\"+447700900004\"/><c t=\"p\"/></contacts><quote><contacts><c s=\"bob\"/></contacts></quote>"
    )
    let unit = try Self.read(made)
    #expect(
      unit.records(.contact).map { "\($0.account) \($0.other): \($0.text)" } == [
        "skype handle una.lane skype handle rex: Rex",
        "skype handle rex skype handle una.lane: asked: please & thanks",
        "skype handle una.lane skype handle rex: shared contact details",
        "skype handle rex skype handle aunt.may: contact card: Aunt May",
        "skype handle rex skype phone +447700900004: contact card: ",
      ])
    #expect(unit.records(.block).map(\.other) == ["skype handle rex", "skype handle sam"])
    #expect(unit.records(.message).map(\.text) == [""])
    #expect(unit.tally("message") == [5, 1, 4] && unit.tally("contact") == [7, 5, 2])
    #expect(Self.reasons(unit) == ["other-record 3", "no-author 1"])
  }

  @Test func anOwnerUnderAnotherNameIsNoted() throws {
    let made = try Self.database()
    try Self.add(made, by: "live:una", "by whom")
    let unit = try Self.read(made)
    #expect(unit.notes.count == 1 && unit.notes[0].hasPrefix("1 messages between two people are by neither"))
  }

  // MARK: Text messages

  private static let text =
    "<sms alt=\"cut\"><type>2</type><targets><target status=\"6\">+447700900005</target></targets><body>"
    + "<chunk id=\"0\">see &lt;you&gt;</chunk><untilnext>72</untilnext></body><sendtimestamp>1</sendtimestamp></sms>"

  @Test func aTextMessageIsReadOnce() throws {
    let made = try Self.database()
    try Self.add(
      made, type: 64, by: "una.lane", at: 13_727_168_620, identities: "+447700900005", .text(Self.text))
    try Self.add(made, type: 64, by: "una.lane", identities: "+447700900005", .text(Self.text))
    try Self.add(made, "no text message")
    try made.run(
      """
      INSERT INTO SMSes VALUES (1, 2, 6, 1372716862, '+447700900005', 'see <you> then', 1),
        (2, 2, 6, 1372716863, '+447700900005 +447700900006', 'to two', NULL), (3, 3, 6, 1372716863, NULL, 'code', NULL),
        (4, 1, 6, 1372716864, NULL, 'from whom', NULL), (5, 2, 6, 0, NULL, 'when', 2), (6, 2, 6, 1372716864, NULL, '', 2),
        (7, 2, 6, 1372716865, '+447700900005', 'hers', 3);
      """)
    let unit = try Self.read(made)
    let messages = unit.records(.message)
    #expect(messages.map(\.text) == ["see <you>", "no text message", "see <you> then", "to two", "hers"])
    #expect(messages.map { $0.account == "skype handle una.lane" } == [true, false, true, true, true])
    let numbers = ["[+447700900005 +447700900006]", "[+447700900005]"]
    #expect(messages.map(\.channel) == ["Rex [rex]", "Rex [rex]", "Rex [rex]"] + numbers)
    let times = [Self.time, Self.time, 1_372_716_862, 1_372_716_863, 1_372_716_865]
    #expect(messages.map(\.time.microseconds) == times.map { $0 * 1_000_000 })
    #expect(unit.tally("message") == [10, 5, 5])
    #expect(Self.reasons(unit) == ["text-message 1", "system 1", "no-author 1", "bad-time 1", "empty 1"])
    #expect(
      unit.identifiers.filter { $0.kind == .phone && $0.assertion == .platform }.map(\.value) == [
        "+447700900005", "+447700900006",
      ])
  }

  // MARK: Calls

  @Test func callsAreReadFromTheirTable() throws {
    let made = try Self.database()
    for type: Int64 in [30, 39, 30] {
      try Self.add(made, type: type, by: "una.lane", "<partlist alt=\"\"><part identity=\"rex\"/></partlist>")
    }
    try made.run(
      """
      INSERT INTO Calls VALUES (100, 1372716737, 'una.lane', NULL, 0, 0, 10), (101, 1372716738, 'rex', 9, 1, 1, NULL),
        (102, 1372716739, 'sam', NULL, 1, 0, 11), (103, 0, 'rex', NULL, 1, 0, NULL), (104, 1372716740, NULL, NULL, 1, 0, NULL),
        (105, 1372716741, NULL, NULL, NULL, 0, NULL), (106, 1372716742, 'sam', NULL, 1, 0, 11);
      INSERT INTO CallMembers VALUES (1, 'rex', 'Rex', 646, 100), (2, 'rex', 'Rex', NULL, 101), (3, 'ann', 'Ann', 5, 102),
        (4, 'una.lane', 'Una', 4, 102), (5, '+447700900007', NULL, NULL, 104), (6, 'ann', NULL, NULL, 105),
        (7, 'ann', 'Ann', 7, 106);
      """)
    let unit = try Self.read(made)
    let calls = unit.records(.call)
    #expect(
      calls.map { "\($0.account) \($0.other) \($0.text)" } == [
        "skype handle una.lane skype handle rex call, 646 s",
        "skype handle rex skype handle una.lane call, 9 s, missed", "skype handle sam  call, 5 s",
        "skype phone +447700900007 skype handle una.lane call", "skype handle sam  call, 7 s",
      ])
    let group = "Snails [#rex/$una.lane;0f3a]"
    #expect(calls.map(\.channel) == ["Rex [rex]", "", group, "", group])
    #expect(unit.tally("call") == [7, 5, 2] && unit.tally("message") == [3, 0, 3])
    #expect(Self.reasons(unit) == ["call-notice 3"])
    #expect(unit.notes.isEmpty)
  }

  @Test func withoutThatTableCallsAreWhatMessagesSay() throws {
    let made = try Self.database()
    let parts =
      "<part identity=\"rex\"><name>Rex</name><duration>8.5</duration></part><part identity=\"una.lane\"/></partlist>"
    try Self.add(made, type: 30, "<partlist alt=\"\" type=\"started\">" + .text(parts))
    try Self.add(made, type: 39, "<partlist alt=\"\" type=\"ended\">" + .text(parts))
    let unit = try Self.read(made)
    #expect(
      unit.records.filter { $0.recordClass == .call }.map { "\($0.account) \($0.other) \($0.text)" } == [
        "skype handle rex skype handle una.lane call, 8.5 s, ended"
      ])
    #expect(Self.reasons(unit) == ["call-begun 1", "other-record 1"])
    #expect(unit.tally("message") == [2, 0, 2] && unit.tally("call") == [1, 1, 0])
  }

  @Test func callsThatTheTableLacksAreNoted() throws {
    let made = try Self.database("INSERT INTO Calls VALUES (1, 1372716737, 'una.lane', NULL, 0, 0, 10);")
    for _ in 1...2 { try Self.add(made, type: 30, "<partlist/>") }
    #expect(
      try Self.read(made).notes == ["2 messages say that a call began, and the table of calls has 1"])
  }

  // MARK: Files

  @Test func aConversationThatIsGoneIsTheChatThatMessagesName() throws {
    let made = try Self.database()
    try Self.add(made, conversation: 99, "one")
    try made.run("UPDATE Messages SET chatname = '#rex/$una.lane;b1a3'")
    #expect(try Self.read(made).records(.message).map(\.channel) == ["[#rex/$una.lane;b1a3]"])
  }

  @Test func tablesThatAreMissing() throws {
    let made = try Self.database()
    try Self.add(made, "alone")
    for table in ["Conversations", "Participants", "Calls", "CallMembers", "Transfers"] {
      try made.run("DROP TABLE \(table)")
    }
    let unit = try Self.read(made)
    #expect(unit.records(.message).map(\.text) == ["alone"] && unit.records(.message)[0].channel.isEmpty)
  }

  /// In a copy that was made by a statement rows have other numbers, and conversations and calls keep their own.
  @Test func aCopyWithOtherNumbersOfRows() throws {
    let made = try Self.database()
    try Self.add(made, conversation: 11, by: "sam", "in the group")
    try made.run(
      """
      CREATE TABLE Turned AS SELECT * FROM Conversations ORDER BY id DESC; DROP TABLE Conversations;
      ALTER TABLE Turned RENAME TO Conversations
      """)
    #expect(try Self.read(made).records(.message).map(\.channel) == ["Snails [#rex/$una.lane;0f3a] (group)"])
  }

  @Test func aBeginningGivesNothingThatTheWholeDoesNot() throws {
    let made = try Self.database("BEGIN;")
    for number in 1...60 {
      try Self.add(
        made, conversation: Int64(number % 2 + 10), by: number % 3 == 0 ? "una.lane" : "rex",
        at: Self.time + Int64(number), .text("message \(number) " + String(repeating: "x", count: number)))
    }
    try made.run("COMMIT")
    try expectBeginnings(of: made, essence: { "\($0.recordClass) \($0.account) \($0.time) \($0.text)" })
    try expectNoHarm(of: made, format: "skype-database")
  }

  @Test(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
  func aRealDatabase() throws {
    let unit = try #require(
      try ReadOutcome(reading: SharedMaterial.export("skype/plaso/skype_main.db")).units.first)
    #expect(unit.format == "skype-database")
    // Of fifteen messages two are a request and its answer, one is the text message, which is in its own table.
    #expect(unit.tally("message") == [16, 13, 3])
    #expect(unit.tally("contact") == [4, 4, 0] && unit.tally("call") == [1, 1, 0])
    #expect(Self.reasons(unit) == ["other-record 2", "text-message 1"])
    #expect(Self.reasons(unit, of: "file") == ["media 2"])
    let owner = "skype handle gen.beringer"
    #expect(
      unit.identifiers.filter { $0.account == owner && $0.kind == .email }.map(\.value) == [
        "genberinger@gmail.com"
      ])
    #expect(unit.records.contains { $0.account == owner && $0.text.hasPrefix("If you want I can copy") })
    #expect(unit.identifiers.contains { $0.kind == .phone && $0.value == "+34123456789" })
    #expect(unit.records(.call).map(\.text) == ["call, 646 s"])
    #expect(unit.setAside.allSatisfy { !$0.reason.isFault } && unit.notes.isEmpty)
  }
}

extension TestDatabase.Value {
  /// Bytes where a text belongs.
  fileprivate static let blobBody = Self.blob([1, 2, 3])

  fileprivate static func + (left: Self, right: Self) -> Self {
    if case .text(let one) = left, case .text(let other) = right { .text(one + other) } else { left }
  }
}
