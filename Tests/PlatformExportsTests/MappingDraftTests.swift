import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Drafts of mappings: what they suggest can be read, and is what the values show.
@Suite struct MappingDraftTests {
  private static func draft(_ text: String, _ name: String = "table.csv") throws -> MappingDraft {
    try MappingDraft(MemberInput(path: name, bytes: Array(text.utf8)))
  }

  /// The table read by its own draft.
  private static func reading(_ text: String, order: ReaderOptions.DateOrder? = nil) throws
    -> ReadOutcome.Unit
  {
    try TableTests.read(text, TableMapping(toml: try draft(text).mapping), order: order)
  }

  private static let logins = """
    Returned under reference 77\r
    \r
    User Name,E-mail,Mobile,IP Address,Source Port,Login Time (UTC),IMEI,Carrier\r
    wren.oak_22,wren@example.org,07700 900123,203.0.113.5,4431,13/02/2026 10:22:33,490154203237518,Example Mobile\r
    wren.oak_22,wren@example.org,07700 900123,2001:db8::7,51000,14/02/2026 23:01:09,490154203237518,\r
    hill_fox,,,198.51.100.9,443,14/02/2026 00:10:00,,Example Mobile\r

    """

  @Test func columnsAreWhatTheirValuesShow() throws {
    let draft = try Self.draft(Self.logins, "returns/logins.csv")
    #expect(draft.table == "returns/logins.csv" && draft.rows == 3)
    #expect(
      draft.columns.map(\.suggestion) == [
        "account: handle", "email", "phone", "ip", "port", "time: xx/xx/yyyy HH:mm:ss", "device", nil,
      ])
    #expect(draft.columns.map(\.filled) == [3, 2, 2, 3, 3, 3, 2, 2])
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.recordClass == .login && mapping.communicationsData && mapping.name == "logins.csv")
    #expect(mapping.account.kind == .handle && mapping.time?.zone == nil)
    #expect(draft.mapping.contains("# zone = \"UTC\""))
    #expect(mapping.identifiers.first { $0.kind == .ip }?.portColumn == "Source Port")
    #expect(mapping.identifiers.first { $0.kind == .device }?.label == "imei")
    #expect(draft.mapping.contains("#   \"Carrier\"\n"))
    let unit = try Self.reading(Self.logins)
    #expect(unit.accounts.map { $0.key?.value } == ["wren.oak_22", "hill_fox"])
    #expect(
      unit.records(.login).map(\.text) == ["203.0.113.5:4431", "[2001:db8::7]:51000", "198.51.100.9:443"])
  }

  @Test(arguments: ["Message", "contents"])
  func messagesHaveTwoSidesAndWords(_ words: String) throws {
    let table = """
      From;To;Sent;\(words);Thread
      +447700900123;+447700900456;2026-01-05T10:00:00Z;I know where you were, all evening.;t1
      +447700900456;+447700900123;2026-01-05T10:02:00Z;Leave me alone now;t1
      """
    let mapping = try TableMapping(toml: try Self.draft(table).mapping)
    #expect(
      mapping.account.kind == .phone && mapping.other?.column == "To" && mapping.channelColumn == "Thread")
    #expect(mapping.recordClass == .message && mapping.textColumn == words && mapping.time?.zone == nil)
    #expect(!mapping.communicationsData)
    let unit = try Self.reading(table)
    #expect(
      unit.records(.message).map(\.text) == ["I know where you were, all evening.", "Leave me alone now"])
    #expect(unit.records(.message).allSatisfy { $0.time.zone == .known })
  }

  @Test(arguments: [
    ("1767607353", "unix-seconds"), ("1767607353123", "unix-milliseconds"),
    ("2026-01-05 10:00:00", "iso8601"),
    ("5 Jan 2026 10:00", "dd MMM yyyy HH:mm"), ("05/01/2026", "xx/xx/yyyy"),
    ("05.01.26, 10:00", "xx.xx.yy, HH:mm"),
    ("2026/01/05 10:00:00", "yyyy/MM/dd HH:mm:ss"), ("1/5/2026 10:00:00 PM", "xx/xx/yyyy hh:mm:ss a"),
    ("05/01/2026 10:00:00 UTC", "xx/xx/yyyy HH:mm:ss z"),
  ])
  func timesAreOfTheFormThatReadsThem(_ value: String, _ form: String) throws {
    let table = "Handle\tCreated at\nwren_oak\t\(value)\nhill_fox\t\(value)\n"
    let draft = try Self.draft(table)
    #expect(draft.columns[1].suggestion == "time: \(form)", "\(draft.mapping)")
    let unit = try Self.reading(table, order: .dayMonthYear)
    #expect(unit.records.count == 2 && unit.records.allSatisfy { !$0.time.isNone })
  }

  @Test func numbersWithoutANameThatSpeaksOfTimeAreNone() throws {
    let draft = try Self.draft("Handle,Score\nwren_oak,1767607353\nhill_fox,1767607354\n")
    #expect(draft.columns[1].suggestion == nil)
  }

  /// As the platform's word, which a profile link is by default, whoever shows another's profile was joined with it.
  @Test func aLinkToAProfileIsAPersonsWord() throws {
    let table = """
      Handle,Profile link
      wren_oak,https://www.instagram.com/hill_fox
      hill_fox,https://www.instagram.com/wren_oak
      """
    let mapping = try TableMapping(toml: try Self.draft(table).mapping)
    let link = try #require(mapping.identifiers.first)
    #expect(link.kind == .profileLink && link.assertion == .user)
  }

  /// What names nobody was an account's handle, and everybody's whose state was the same: it joined them.
  @Test(arguments: [
    ("Account Status", "active"), ("Login Type", "LOGIN_PWD"), ("Event ID", "7100000000000000001"),
    ("id", "1"), ("Device", "iPhone14,2"), ("Device Name", "Johns-iPhone"), ("Cookie consent", "yes"),
    ("File Name", "a b.txt"), ("First Name", "Anna"), ("Message ID", "m1"), ("App version", "3.2"),
    ("Age group", "18-24"), ("Cell ID", "23415-123"), ("Begin Trip Address", "1 High Street, Leeds"),
    ("Details", "12 High Street, Leeds LS1"), ("Place of birth", "Leeds"),
    ("Referrer", "https://www.example.org/"), ("Profile image URL", "https://pics.example.org/1"),
    ("Destination IP", "203.0.113.80"), ("Recipient e-mail", "fox@example.org"),
    ("Account Balance", "100.20"), ("Victim phone", "+447700900123"),
    ("Phone of the person", "+447700900123"),
    ("Officer e-mail", "officer@example.org"), ("Requested by", "officer@example.org"),
    ("Blocked user", "grim_reefer"), ("Linked account email", "fox@example.org"),
    ("Parent mobile", "07700 900123"), ("Moderator IP", "203.0.113.80"),
    ("Router MAC", "00:00:5E:00:53:01"), ("Child date of birth", "13/02/2016"),
    ("Reported profile URL", "https://www.instagram.com/hill_fox"), ("Officer comment", "the same man"),
    ("Comment", "the same man"),
  ])
  func whatNamesNobodyIsNotUsed(_ name: String, _ value: String) throws {
    let draft = try Self.draft("Username;\(name)\nwren_oak;\(value)\nhill_fox;\(value)\n")
    #expect(draft.columns[0].suggestion == "account: handle")
    #expect(draft.columns[1].suggestion == nil || name.hasPrefix("Recipient"), "\(draft.mapping)")
    #expect(try TableMapping(toml: draft.mapping).identifiers.isEmpty, "\(draft.mapping)")
  }

  @Test(arguments: [
    ("User ID", "482", "platform-id"), ("Account Number", "88100423", "platform-id"),
    ("Account Number", "0012345678", "platform-id"), ("Caller", "00447700900123", "phone"),
    ("Subscriber account number", "88100423", "platform-id"), ("Target number", "447700900123", "phone"),
    ("Sender", "grim.reefer", "handle"), ("Instagram username", "wren", "handle"),
    ("Sender", "Anna", "display-name"), ("Customer", "Wren Oak", "display-name"),
    ("Full name", "Wren Oak", "person-name"), ("Name", "Wren", "display-name"),
    ("A-Party Number", "447700900123", "phone"), ("Mobile (home)", "07700 900123", "phone"),
  ])
  func accountsAreNoWiderThanTheirValues(_ name: String, _ value: String, _ kind: String) throws {
    let draft = try Self.draft("\(name);Note\n\(value);a\n\(value);b\n")
    #expect(draft.columns[0].suggestion == "account: \(kind)")
    let account = try TableMapping(toml: draft.mapping).account
    // On a platform that nobody named, one handle is many people's.
    #expect(account.kind.rawValue == kind && account.scope == .source)
    let named = try Self.draft("\(name);Platform\n\(value);x\n\(value);telegram\n").mapping
    let isName = kind.hasSuffix("name")
    #expect(try TableMapping(toml: named).account.scope == (isName ? .source : .platform))
  }

  /// The number of who was called, and the address of who was written to, were the account's own, and joined both.
  @Test func theOtherSideIsNotTheAccounts() throws {
    let calls = try Self.draft(
      """
      A Number,B Number,Start,Duration
      447700900123,447700900456,13/02/2026 10:00:00,00:01:20
      447700900123,447700900789,14/02/2026 10:00:00,00:02:10

      """)
    let mapping = try TableMapping(toml: calls.mapping)
    #expect(
      mapping.other?.column == "B Number" && mapping.recordClass == .call && mapping.identifiers.isEmpty)
    #expect(mapping.communicationsData)
    let letters = try Self.draft(
      """
      Von;An;Gesendet
      wren@example.org;fox@example.org;13.02.2026 10:00
      fox@example.org;wren@example.org;14.02.2026 10:00

      """)
    #expect(try TableMapping(toml: letters.mapping).identifiers.isEmpty)
    #expect(letters.mapping.contains("#   \"An\", email of the account or of somebody else\n"))
  }

  /// Words of the account's own are no reason to leave a column out.
  @Test(arguments: [
    ("Recovery e-mail address", "wren@example.org", IdentifierKind.email),
    ("E-Mail-Adresse", "wren@example.org", .email), ("EMAILADDRESS", "wren@example.org", .email),
    ("Numer telefonu", "+447700900123", .phone), ("Indirizzo e-mail", "wren@example.org", .email),
    ("IPAddress", "203.0.113.5", .ip), ("Registered phone number 1", "+447700900123", .phone),
    ("Last login IP", "203.0.113.5", .ip), ("User Agent", "Mozilla/5.0 (X11)", .userAgent),
    ("Handset IMEI", "490154203237518", .device), ("Date of birth", "13/02/1990", .dateOfBirth),
  ])
  func whatIsTheAccountsIsUsed(_ name: String, _ value: String, _ kind: IdentifierKind) throws {
    let draft = try Self.draft(
      "Officer e-mail;Username;\(name)\no@example.org;wren_oak;\(value)\n;hill_fox;\n")
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.account.column == "Username")
    #expect(mapping.identifiers.map(\.column) == [name] && mapping.identifiers.first?.kind == kind)
    #expect(draft.mapping.contains("#   \"Officer e-mail\", email of the account or of somebody else\n"))
  }

  /// The id of whoever looked at a report names no account that another column names, though an id names one better.
  @Test(arguments: [
    ("Reviewer user ID", "7100000000000000001"), ("Parent account number", "88100423"),
    ("Blocked username", "grim_reefer"), ("Officer e-mail", "o@example.org"),
  ])
  func theAccountIsWhoseItsNameSays(_ other: String, _ value: String) throws {
    let mapping = try TableMapping(
      toml: Self.draft("\(other);Display name;Phone\n\(value);Wren;+447700900123\n\(value);Fox;\n").mapping)
    #expect(mapping.account.column == "Phone" && !mapping.identifiers.map(\.column).contains(other))
  }

  /// The telephone of a target stands beside calls to it as well: whoever rang had its number, and was joined with it.
  @Test(arguments: [
    ("A Number", "B Number", "IMEI", false), ("Calling Number", "Called Number", "Handset IMEI", false),
    ("Calling Number", "Called Number", "Calling IMEI", true), ("A Number", "B Number", "A IMEI", true),
    ("A Number", "B Number", "B IMEI", false),
  ])
  func ofTwoSidesADeviceIsWhoseItsNameSays(
    _ account: String, _ other: String, _ device: String, _ isTaken: Bool
  ) throws {
    let draft = try Self.draft(
      """
      Start,\(account),\(other),Duration,\(device)
      13/02/2026 10:00:00,447700900123,447700900456,00:01:20,490154203237518
      14/02/2026 10:00:00,447700900789,447700900123,00:02:10,490154203237518

      """)
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.account.column == account && mapping.other?.column == other)
    #expect(mapping.identifiers.map(\.column) == (isTaken ? [device] : []), "\(draft.mapping)")
  }

  /// What the owner of a telephone had sent was drafted as the words of whom it was sent to.
  @Test(arguments: [
    ("Direction", "Outgoing", "Incoming"), ("Type", "Sent", "Received"), ("Folder", "Inbox", "Outbox"),
    ("type", "1", "2"), ("Type", "Outgoing", "Outgoing"), ("Sens", "Reçus", "Envoyés"),
    ("Tipo", "Recibida", "Enviada"), ("Kierunek", "Przychodząca", "Wychodząca"), ("Richtung", "1", "2"),
    ("is_from_me", "1", "0"),
  ])
  func ofMessagesBothWaysTheWordsAreNobodys(_ name: String, _ one: String, _ other: String) throws {
    let draft = try Self.draft(
      """
      \(name);Number;Name;Date;Message
      \(one);+447700900123;Wren;2026-02-13T10:00:00Z;I am at your door
      \(other);+447700900123;Wren;2026-02-13T10:01:00Z;go away

      """)
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.account.column == "Number" && mapping.recordClass == .profile)
    #expect(mapping.textColumn == nil && mapping.identifiers.isEmpty)
    #expect(draft.mapping.contains("# \"\(name)\" seems to say which way a row went."))
    #expect(draft.mapping.contains("#   \"Message\", a text of the account or of somebody else\n"))
  }

  /// As reports on phones have chats in sheets: the chat's name was the account of whoever wrote in it, and of all of them one.
  @Test func theAccountOfWordsIsTheirAuthor() throws {
    let table = """
      #;Identifier;Start Time: Date;From;To;Body;Timestamp: Date;Timestamp: Time
      1;447700900456@s.whatsapp.net;13/03/2024;447700900123@s.whatsapp.net Una;447700900456@s.whatsapp.net Bo;where are you;14/03/2024;14/03/2024 10:00:00(UTC+0)
      2;447700900456@s.whatsapp.net;13/03/2024;447700900456@s.whatsapp.net Bo;447700900123@s.whatsapp.net Una;go away;15/03/2024;15/03/2024 10:00:00(UTC+1)

      """
    let draft = try Self.draft(table)
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.account.column == "From" && mapping.textColumn == "Body" && mapping.identifiers.isEmpty)
    #expect(draft.columns[1].suggestion == nil)
    #expect(mapping.time?.column == "Timestamp: Time")
    let times = try Self.reading(table).records(.message).map(\.time)
    #expect(times == ["2024-03-14T10:00:00Z", "2024-03-15T09:00:00Z"].map { TimeText.iso8601($0) })
    let calls = try Self.draft(
      "Account number;Calling Number;Called Number;Start\n88100423;447700900123;447700900456;2024-03-14T10:00:00Z\n"
        + "88100423;447700900456;447700900123;2024-03-14T11:00:00Z\n")
    #expect(try TableMapping(toml: calls.mapping).account.column == "Calling Number")
    let names = try Self.draft(
      "Identifier;Username\n447700900456@s.whatsapp.net;wren_oak\n447700900457@s.whatsapp.net;fox_1\n")
    #expect(names.columns[0].suggestion == "account: platform-id")
  }

  @Test func whoIsTheSenderNeedsNoDirection() throws {
    let messages = """
      Direction;From;To;Date;Message
      Outgoing;+447700900123;+447700900456;2026-02-13T10:00:00Z;I am at your door
      Incoming;+447700900456;+447700900123;2026-02-13T10:01:00Z;go away
      """
    #expect(try TableMapping(toml: Self.draft(messages).mapping).textColumn == "Message")
    let logins = """
      Username;IP Address;Time;Action
      wren_oak;203.0.113.5;2026-02-13T10:00:00Z;log in
      wren_oak;203.0.113.5;2026-02-13T11:00:00Z;log out
      """
    #expect(try TableMapping(toml: Self.draft(logins).mapping).recordClass == .login)
  }

  /// One number was an account for each mast from which it had rung.
  @Test(arguments: [
    ("Cell Site", "Leeds North 1", false), ("Service", "VOICE", false), ("Site", "forum", true),
    ("App name", "kik", true),
  ])
  func aPlatformIsNoMastAndNoServiceOfANetwork(_ name: String, _ value: String, _ isOne: Bool) throws {
    let draft = try Self.draft("Username;\(name)\nwren_oak;\(value)\nhill_fox;\(value)\n")
    #expect(draft.columns[1].suggestion == (isOne ? "platform" : nil), "\(draft.mapping)")
  }

  @Test func theTimeOfDayStandsWithItsDate() throws {
    let table =
      "Username,Date,Duration,Time\nwren,13/02/2026,00:01:00,10:22:33\nfox,14/02/2026,00:02:00,11:22:33\n"
    let draft = try Self.draft(table)
    #expect(draft.columns.map(\.suggestion) == ["account: handle", "time: xx/xx/yyyy", nil, "time of day"])
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(
      mapping.time?.clockColumn == "Time" && draft.mapping.contains("format = \"xx/xx/yyyy HH:mm:ss\"\n"))
    let records = try Self.reading(table).records
    #expect(records.count == 2 && records.allSatisfy { !$0.time.isNone })
    let plain = try Self.draft(
      table.replacing("13/02/2026", with: "2026-02-13").replacing("14/02/2026", with: "2026-02-14"))
    let time = try TableMapping(toml: plain.mapping).time
    #expect(time?.format == .iso8601 && time?.clockColumn == "Time")
    for (one, other) in [("10:22 AM", "9:22 PM"), ("9:22:33", "10:22:33")] {
      let times = try Self.reading("Username,Date,Time\nwren,2026-02-13,\(one)\nfox,2026-02-14,\(other)\n")
        .records.map(\.time)
      #expect(times.count == 2 && times.allSatisfy { !$0.isNone && $0.precision != .day })
    }
  }

  /// A spreadsheet fills up its titles with empty cells, decimal commas part cells too, and a mark begins the file.
  @Test(arguments: [
    "Returned under reference 77,,\n,,\nUsername,IP Address,Time\nwren,203.0.113.5,2026-02-13T10:00:00Z\n"
      + "fox,-,2026-02-14T10:00:00Z\n",
    "Username;IP Address;Lat;Lon\nwren;203.0.113.5;51,5;0,12\nfox;-;51,6;0,13\n",
    "\u{FEFF}\"Username\",\"IP Address\"\n\"wren\",203.0.113.5\n\"fox\",n/a\n",
  ])
  func namesAreFound(_ table: String) throws {
    let draft = try Self.draft(table)
    #expect(draft.columns.prefix(2).map(\.name) == ["Username", "IP Address"] && draft.rows == 2)
    #expect(draft.columns.prefix(2).map(\.suggestion) == ["account: handle", "ip"])
    #expect(draft.columns[1].filled == 1)
  }

  /// As a spreadsheet saves what stands above a table of four columns.
  @Test func pairsAboveATableAreNoNames() throws {
    let draft = try Self.draft(
      "Reference,AB/17,,\nTarget,447700900123,,\n,,,\nA Number,B Number,Start,Duration\n"
        + "447700900123,447700900456,13/02/2026 10:00:00,33\n447700900123,447700900789,14/02/2026 10:00:00,\n"
    )
    #expect(draft.columns.map(\.name) == ["A Number", "B Number", "Start", "Duration"] && draft.rows == 2)
    let words = try Self.draft("Username,Town\nwren_oak,Leeds\nhill_fox,York\n")
    #expect(words.columns.map(\.name) == ["Username", "Town"])
  }

  /// The first row became the names, and was lost.
  @Test(arguments: [
    "wren,203.0.113.5\nfox,203.0.113.6\n", "wren;2026-02-13T10:00:00Z\nfox;2026-02-14T10:00:00Z\n",
    "x,x\nwren,fox\n",
  ])
  func aTableWithoutNamesIsRefused(_ table: String) {
    let refusal = #expect(throws: ExportRefusal.self) { try Self.draft(table) }
    #expect(refusal?.code == "no-column-names")
  }

  /// What is typed into a header or a file's name cannot become a line of the mapping.
  @Test func namesAreQuoted() throws {
    let hostile = "a\"\nkind = \"ip\"\\"
    let table =
      "\"\(hostile.replacing("\"", with: "\"\""))\",E-mail,x,x,,\u{202E}user\nwren,wren@example.org,1,2,3,wren_oak\n"
      + "fox,fox@example.org,1,2,3,hill_fox\n"
    let draft = try Self.draft(table, "x\"\nversion = 2.csv")
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.name == "x\"\nversion = 2.csv")
    #expect(draft.columns[0].name == hostile)
    #expect(draft.mapping.contains("as several columns are called so"))
    #expect(draft.mapping.contains(", which has no name"))
    #expect(try !Self.reading(table).accounts.isEmpty)
  }

  @Test func aTableOfNothingKnownIsAQuestion() throws {
    let draft = try Self.draft("Colour,Shade\nred,dark\nblue,light\n")
    let mapping = try TableMapping(toml: draft.mapping)
    #expect(mapping.account.kind == .displayName && mapping.account.scope == .source)
    #expect(draft.mapping.contains("No column was found that holds times"))
    #expect(mapping.recordClass == .profile)
  }

  @Test(arguments: ["", "Dear Sir,\nI have nothing to report.\n", "one\ntwo\nthree\n", "a,b,c\n"])
  func whatIsNoTableIsRefused(_ text: String) {
    let refusal = #expect(throws: ExportRefusal.self) { try Self.draft(text) }
    #expect(refusal?.code == "no-table")
  }

  @Test func everyBeginningOfATableGivesAMappingOrNone() throws {
    let bytes = Array(Self.logins.utf8)
    for cut in 0..<bytes.count {
      do {
        let draft = try MappingDraft(MemberInput(path: "t.csv", bytes: Array(bytes[..<cut])))
        _ = try TableMapping(toml: draft.mapping)
      } catch is ExportRefusal {}
    }
  }

  @Test func aFolderIsRefusedAndAnArchiveLookedInto() throws {
    let scratch = try ScratchFolder()
    #expect(throws: ExportRefusal.self) { try MappingDraft(of: scratch.url) }
    var zip = ZipBuilder()
    zip.add("note.txt", Array("nothing".utf8))
    zip.add("returns/logins.csv", Array(Self.logins.utf8))
    let draft = try MappingDraft(of: scratch.write(zip.bytes, to: "e.zip"))
    #expect(draft.table == "returns/logins.csv" && draft.columns.count == 8)
  }
}
