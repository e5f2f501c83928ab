import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct TableTests {
  static func mapping(_ changes: [(String, String)] = []) throws -> TableMapping {
    var text = TableMapping.example
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return try TableMapping(toml: text)
  }

  static func read(
    _ bytes: [UInt8], _ mapping: TableMapping? = nil, order: ReaderOptions.DateOrder? = nil, limit: Int? = nil
  ) throws -> ReadOutcome.Unit {
    var options = ReaderOptions()
    options.mappings = [try mapping ?? Self.mapping()]
    options.dateOrder = order
    if let limit { options.limits.recordBytes = limit }
    return try #require(try ReadOutcome.reading(bytes, named: "logins.csv", options: options).units.first)
  }

  static func read(_ text: String, _ mapping: TableMapping? = nil, order: ReaderOptions.DateOrder? = nil)
    throws -> ReadOutcome.Unit
  { try read(Array(text.utf8), mapping, order: order) }

  static let plain = """
    Sign-ins of the forum\r
    \r
    Member ID,Date,IP,Port,E-mail\r
    101,13/02/2024 09:05:07,192.0.2.7,443,"ann@example.org"\r
    102,03/04/2024 10:00:00,2001:db8::7,,\r
    Member ID,Date,IP,Port,E-mail\r
    ="0103",04/04/2024 10:00:00,192.0.2.8,80,"a ""b""@example.org"\r
    Total: 3\r

    """

  @Test func rowsBecomeLogins() throws {
    let unit = try Self.read(Self.plain)
    #expect(unit.format == "table")
    #expect(unit.accounts.map { $0.key?.value } == ["101", "102", "0103"])
    let logins = unit.records(.login)
    #expect(logins.map(\.text) == ["192.0.2.7:443", "2001:db8::7", "192.0.2.8:80"])
    #expect(logins[0].time == TimeText.iso8601("2024-02-13T09:05:07Z"))
    #expect(logins[1].time == TimeText.iso8601("2024-04-03T10:00:00Z"))
    #expect(logins[0].locator == "logins.csv line 4 byte 56")
    #expect(
      unit.identifiers.filter { $0.kind == .email }.map { "\($0.label) \($0.value)" } == [
        "registration ann@example.org", "registration a \"b\"@example.org",
      ])
    #expect(unit.count("login")?.counts == [3, 3, 0])
    #expect(
      unit.setAside.map { "\($0.unit) \($0.count) \($0.reason.isFault)" } == [
        "preamble 1 false", "repeated-header 1 false", "remark 1 false",
      ])
  }

  @Test(arguments: [
    ("platform", "", Assertion.platform), ("platform", "claimed", .claimed), ("user", "platform", .user),
    ("user", "", .user),
  ])
  func whoDeclaresALink(_ account: String, _ other: String, _ expected: Assertion) throws {
    let mapping = try TableMapping(
      toml: """
        version = 1
        name = "Linked accounts"
        platform = "forum"
        [account]
        column = "A"
        kind = "handle"
        scope = "platform"
        assertion = "\(account)"
        [other]
        column = "B"
        kind = "handle"
        scope = "platform"
        \(other.isEmpty ? "" : "assertion = \"\(other)\"")
        [record]
        class = "declared-link"
        """)
    let unit = try Self.read("A,B\nann,ann2\n", mapping)
    #expect(unit.records(.declaredLink).map(\.assertion) == [expected])
    #expect(unit.records(.declaredLink).map(\.readsAsPlatform) == [false])
  }

  @Test(arguments: [",", ";", "\t", "|"])
  func separatorsAreFound(_ separator: String) throws {
    let text = Self.plain.replacing(",", with: separator)
    #expect(try Self.read(text).records == Self.read(Self.plain).records)
  }

  @Test func encodingsGiveTheSameWithTrueOffsets() throws {
    let mapping = try Self.mapping([
      ("kind = \"email\"", "kind = \"display-name\""), ("\"E-mail\"", "\"Name\""),
    ])
    let text =
      "Member ID,Date,IP,Port,Name\n1,13/02/2024 09:05:07,192.0.2.7,,Zoë €\n2,13/02/2024 09:06:07,192.0.2.7,,z\n"
    var little: [UInt8] = [0xFF, 0xFE]
    var big: [UInt8] = [0xFE, 0xFF]
    for unit in text.utf16 {
      little += [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      big += [UInt8(unit >> 8), UInt8(unit & 0xFF)]
    }
    let narrow = text.unicodeScalars.map { $0 == "€" ? 0x80 : UInt8($0.value) }
    for (bytes, second) in [
      (Array(text.utf8), Array("2,13".utf8)), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), Array("2,13".utf8)),
      (little, [0x32, 0, 0x2C, 0]), (big, [0, 0x32, 0, 0x2C]), (Array(little[2...]), [0x32, 0, 0x2C, 0]),
      (Array(big[2...]), [0, 0x32, 0, 0x2C]), (narrow, Array("2,13".utf8)),
    ] {
      let unit = try Self.read(bytes, mapping)
      #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Zoë €", "z"])
      #expect(unit.count("login")?.counts == [2, 2, 0])
      let offset = try #require(unit.records[1].locator.split(separator: " ").last.flatMap { Int($0) })
      #expect(bytes[offset...].starts(with: second))
      #expect(unit.notes.contains { $0.contains("CP1252") } == (bytes == narrow))
    }
  }

  /// The first character beyond ASCII may stand behind all that is looked at to tell the encoding.
  @Test func aCellThatIsNoUTF8IsReadAsCP1252WhereverItStands() throws {
    let mapping = try Self.mapping([
      ("kind = \"email\"", "kind = \"display-name\""), ("\"E-mail\"", "\"Name\""),
    ])
    let row = "2024 09:05:07,192.0.2.7,,"
    var bytes = Array("Member ID,Date,IP,Port,Name\n".utf8)
    for number in 0..<60_000 { bytes += Array("\(number),13/02/\(row)\n".utf8) }
    #expect(bytes.count > 1 << 20)
    bytes += Array("a,13/02/\(row)Zo".utf8) + [0xEB, 0x0A]
    bytes += Array("b,13/02/\(row)Zo".utf8) + [0xE9, 0x20, 0x80, 0x0A]
    bytes += Array("c,13/02/\(row)Zoë\n".utf8)
    let unit = try Self.read(bytes, mapping)
    #expect(unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["Zoë", "Zoé €", "Zoë"])
    #expect(unit.notes == ["logins.csv: 2 rows hold text that is not UTF-8, which was read as CP1252."])
  }

  /// Programs that keep so many bytes of a text cut characters in two.
  @Test func ofDamagedUTF8TheDamageAloneIsReplaced() throws {
    let mapping = try Self.mapping([
      ("kind = \"email\"", "kind = \"display-name\""), ("\"E-mail\"", "\"Name\""),
    ])
    let row = "2024 09:05:07,192.0.2.7,,"
    var bytes = Array("Member ID,Date,IP,Port,Name\na,13/02/\(row)Zoë\n".utf8)
    bytes += Array("b,13/02/\(row)Анна".utf8).dropLast() + [0x0A]
    bytes += Array("c,13/02/\(row)Zoë ".utf8) + [0xF0, 0x9F, 0x98, 0x0A]
    bytes += Array("d,13/02/\(row)Zo".utf8) + [0xEB, 0x0A]
    let unit = try Self.read(bytes, mapping)
    #expect(
      unit.identifiers.filter { $0.kind == .displayName }.map(\.value)
        == ["Zoë", "Анн\u{FFFD}", "Zoë \u{FFFD}", "Zoë"])
    #expect(
      unit.notes == [
        "logins.csv: 1 row holds text that is not UTF-8, which was read as CP1252.",
        "logins.csv: 2 rows hold characters of UTF-8 that are cut or damaged; U+FFFD stands for these.",
      ])
  }

  /// As tables come out of programs that keep a column of numbers with gaps as fractions.
  @Test func aPortMayBeWrittenAsAFraction() throws {
    let unit = try Self.read("Member ID,Date,IP,Port\n1,13/02/2024 09:05:07,192.0.2.7,443.0\n")
    #expect(unit.records.map(\.text) == ["192.0.2.7:443"] && unit.setAside.isEmpty)
  }

  @Test func damageIsSetAside() throws {
    let wide = Array(repeating: "x", count: 10_000).joined(separator: ",")
    let mapping = try Self.mapping([("kind = \"email\"", "kind = \"phone\"")])
    let unit = try Self.read(
      "Member ID,Date,IP,Port,E-mail\n1,13/02/2024 09:05:07,192.0.2.7,99999,4.47701E+11\r\n"
        + "2,13/02/2024,192.0.2.7\n3,yesterday,192.0.2.7,,\n,13/02/2024 09:05:07,192.0.2.7,,\n\(wide)\n,,,,\n"
        + "4,13/02/2024 09:05:07,192.0.2.7,,\"a\"b\n5,13/02/2024 09:05:07,192.0.2.7,,5\" pipe\r"
        + "6.1E+7,13/02/2024 09:05:07,192.0.2.7,,\n7\u{0},13/02/2024 09:05:07,192.0.2.7,,\n"
        + "8,13/02/2024 09:05:07,192.0.2.7,,\"two\nlines\"\n9,13/02/2024 09:05:07,192.0.2.7,,\n", mapping)
    #expect(unit.accounts.map { $0.key?.value } == ["1", "5", "8", "9"])
    #expect(unit.identifiers.filter { $0.kind == .phone }.map(\.value) == ["5\" pipe", "two\nlines"])
    #expect(unit.records.last?.locator.contains("line 14 ") == true)
    let found = Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" })
    #expect(
      found == [
        "phone spreadsheet-damage 1", "port malformed 1", "login ragged 2", "login bad-time 1",
        "login no-author 3", "login empty 1", "login malformed 1", "platform-id spreadsheet-damage 1",
        "platform-id malformed 1",
      ])
    #expect(unit.count("login")?.counts == [12, 4, 8])
  }

  /// One text that stands for many lost ones would make one account of them.
  @Test(arguments: ["1.02346E+17", "447701000000", "#NAME?", "#N/A", "#########", "#nv"])
  func whatASpreadsheetLeavesOfANameIsNobody(_ left: String) throws {
    let mapping = try Self.mapping([("kind = \"platform-id\"", "kind = \"handle\"")])
    let unit = try Self.read(
      "Member ID,Date,IP,Port\n\(left),13/02/2024 09:05:07,192.0.2.7,\n#art,13/02/2024 09:05:07,192.0.2.8,\n",
      mapping)
    #expect(unit.accounts.map { $0.key?.value } == ["#art"])
    #expect(unit.count("login")?.counts == [2, 1, 1])
    #expect(unit.setAside.first { $0.unit == "handle" }?.reason.isFault == true)
  }

  /// Two threads were one conversation, and accounts of services that a look-up had not found were of one service.
  @Test(arguments: [("1.23457E+17", "spreadsheet-damage"), ("#N/A", "spreadsheet-error")])
  func whatASpreadsheetLeavesOfAPlatformOrThreadIsNone(_ left: String, _ reason: String) throws {
    let mapping = try TableMapping(
      toml: """
        version = 1
        platform_column = "Service"
        [account]
        column = "Handle"
        kind = "handle"
        scope = "platform"
        [record]
        class = "message"
        text_column = "Text"
        channel_column = "Thread"
        """)
    let unit = try Self.read("Handle,Service,Text,Thread\nwren,\(left),one,\(left)\nfox,kik,two,7\n", mapping)
    #expect(unit.accounts.map { $0.key?.platform.rawValue } == ["unknown", "kik"])
    #expect(unit.accounts.map { $0.key?.scope } == [.source, .platform])
    #expect(unit.records.map(\.channel) == ["", "7"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code)" }) == [
        "platform \(reason)", "channel \(reason)",
      ])
  }

  /// All who had no name were one account, which had written what everybody wrote.
  @Test(arguments: [
    "NULL", "N/A", "n/a", "None", "-", "—", "unknown", "Deleted User", "[deleted]", "NA", "nan", "Unbekannt",
    "Compte supprimé", "Удалённый аккаунт", "不明", "???", "(null)", "\\N",
  ])
  func aWordForNoValueIsNobody(_ word: String) throws {
    for kind in ["handle", "platform-id", "display-name", "phone", "email"] {
      let mapping = try Self.mapping([
        ("kind = \"platform-id\"", "kind = \"\(kind)\""), ("scope = \"platform\"", "scope = \"source\""),
      ])
      let unit = try Self.read(
        "Member ID,Date,IP,Port,E-mail\n\(word),13/02/2024 09:05:07,192.0.2.7,,\n@null,13/02/2024 09:05:07,192.0.2.8,,\(word)\n",
        mapping)
      #expect(unit.accounts.map { $0.key?.value } == ["@null"], "\(kind)")
      #expect(unit.count("login")?.counts == [2, 1, 1])
      let found = unit.setAside.filter { $0.reason.code == "no-value" }
      #expect(found.allSatisfy { !$0.reason.isFault } && found.reduce(0) { $0 + $1.count } == 2)
      #expect(unit.identifiers.allSatisfy { $0.value != word })
      #expect(
        unit.notes.contains { $0.contains("2 cells hold a word for no value (“\(word)”)") }
          && unit.notes.contains { $0.contains("with an @") } == (kind == "handle"), "\(unit.notes)")
    }
  }

  @Test(arguments: [
    "none_of_it", "Nan", "Nil", "na", "unknown1", "nullpunkt", "-x-", "@none", "deleted.scenes",
  ])
  func aNameWithSuchAWordInItIsAName(_ name: String) throws {
    let mapping = try Self.mapping([("kind = \"platform-id\"", "kind = \"handle\"")])
    let unit = try Self.read("Member ID,Date,IP,Port\n\(name),13/02/2024 09:05:07,192.0.2.7,\n", mapping)
    #expect(unit.accounts.map { $0.key?.value } == [name] && unit.setAside.isEmpty)
  }

  /// A conversation called NULL would be one that all have in common, and a platform one on which they all are.
  @Test func aWordForNoValueIsNoConversationAndNoPlatform() throws {
    let mapping = try TableMapping(
      toml: """
        version = 1
        platform_column = "where"
        [match]
        headers = ["who", "where", "chat"]
        [account]
        column = "who"
        kind = "handle"
        scope = "platform"
        [record]
        class = "message"
        text_column = "text"
        channel_column = "chat"
        """)
    let unit = try Self.read(
      "who,where,chat,text\nann,NULL,NULL,one\nben,x,null,two\ncay,x,room,three\n", mapping)
    #expect(unit.accounts.map { $0.platform } == [Platform("unknown"), .x, .x])
    #expect(unit.records.map(\.channel) == ["", "", "room"])
    #expect(
      Set(unit.setAside.map { "\($0.unit) \($0.reason.code) \($0.count)" })
        == ["platform no-value 1", "channel no-value 2"])
  }

  @Test func anUnclosedQuoteAndAnOverlongFieldAreBounded() throws {
    let head = "Member ID,Date,IP,Port,E-mail\n1,13/02/2024 09:05:07,192.0.2.7,,\n"
    let long = String(repeating: "y\n", count: 600_000)
    let closed = try Self.read(
      Array((head + "2,x,\"\(long)\",,\n3,13/02/2024 09:05:07,192.0.2.7,,\n").utf8), limit: 1 << 18)
    #expect(closed.accounts.map { $0.key?.value } == ["1", "3"])
    #expect(closed.setAside.map(\.reason.code) == ["too-large"] && closed.count("login")?.agrees == true)
    #expect(closed.records[1].locator.contains("line 600004 "))
    let open = try Self.read(Array((head + "2,x,\"\(long)").utf8), limit: 1 << 18)
    #expect(open.accounts.map { $0.key?.value } == ["1"])
    #expect(open.setAside.map(\.reason.code) == ["unclosed-quote"] && open.count("login")?.agrees == true)
  }

  @Test func aLastCellWithoutLineEndIsSetAside() throws {
    let mapping = try Self.mapping([("kind = \"email\"", "kind = \"phone\"")])
    let unit = try Self.read(
      "Member ID,Date,IP,Port,E-mail\n1,13/02/2024 09:05:07,192.0.2.7,,+44 7700 9001", mapping)
    #expect(unit.records.count == 1 && !unit.identifiers.contains { $0.kind == .phone })
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["cell unterminated"])
    #expect(unit.notes.count == 1)
  }

  @Test func truncationAtEveryByteGivesABeginning() throws {
    var options = ReaderOptions()
    options.mappings = [try Self.mapping()]
    try Truncation.check(Array(Self.plain.utf8), named: "a.csv", options: options)
    options.mappings = [
      try TableMapping(
        toml: """
          version = 1
          platform_column = "Service"
          [account]
          column = "From"
          kind = "phone"
          scope = "platform"
          [other]
          column = "To"
          kind = "phone"
          scope = "platform"
          [record]
          class = "message"
          text_column = "Body"
          channel_column = "Thread"
          [time]
          column = "Day"
          clock_column = "At"
          format = "d MMM yyyy h:mm a"
          """)
    ]
    let text =
      "Service;From;To;Thread;Day;At;Body\nSMS;+44 7700 900123;+44 7700 900124;t1;3 Mar 2024;1:05 pm;hello\n"
      + "SMS;+44 7700 900124;;t1;3 Mar 2024;12:05 a.m.;\"two\nlines; \"\"quoted\"\" ü\"\n"
    let unit = try #require(
      try ReadOutcome.reading(text, named: "m.csv", options: options).units.first)
    #expect(unit.records.map(\.text) == ["hello", "two\nlines; \"quoted\" ü"])
    #expect(unit.records[0].other == "sms phone +44 7700 900124" && unit.records[0].channel == "t1")
    #expect(unit.records.map(\.writtenTime) == ["3 Mar 2024 1:05 pm", "3 Mar 2024 12:05 a.m."])
    #expect(unit.records[1].time == TimeText.iso8601("2024-03-03T00:05"))
    try Truncation.check(Array(text.utf8), named: "m.csv", options: options, mayCutText: true)
  }

  @Test func spacesMayStandAroundQuotes() throws {
    let mapping = try Self.mapping([("kind = \"email\"", "kind = \"display-name\"")])
    let unit = try Self.read(
      "\"Member ID\" , \"Date\", IP, Port, \"E-mail\"\n"
        + "1, 13/02/2024 09:05:07, 192.0.2.7, , \"two, or\nmore\"\n"
        + "2, \"13/02/2024 09:05:07\" , 192.0.2.7,  ,  say \"hi\"  \n"
        + "3, 13/02/2024 09:05:07, 192.0.2.7, , \"a \"\"b\"\"\" \r\n"
        + "4, 13/02/2024 09:05:07, 192.0.2.7, , \"a\" \"b\"\n", mapping)
    #expect(
      unit.identifiers.filter { $0.kind == .displayName }.map(\.value) == [
        "two, or\nmore", "say \"hi\"", "a \"b\"",
      ])
    #expect(unit.count("login")?.counts == [4, 3, 1])
    #expect(unit.setAside.map(\.reason.code) == ["malformed"])
    // Programs that separate by tabs write messages as they are.
    let row = "\t13/02/2024 09:05:07\t192.0.2.7\t\t"
    let tabs = try Self.read(
      "Member ID\tDate\tIP\tPort\tE-mail\n1\(row) \"Hi\" she\n2\(row) \"I know\n", mapping)
    #expect(tabs.identifiers.filter { $0.kind == .displayName }.map(\.value) == ["\"Hi\" she", "\"I know"])
  }

  @Test func withoutAMappingNoTableIsRead() throws {
    let outcome = try ReadOutcome.reading(Self.plain, named: "logins.csv")
    #expect(outcome.units.isEmpty && outcome.unrecognised == ["logins.csv"])
    #expect(TableMapping.advice.contains("--mapping"))
  }

  @Test func columnsThatAreMissingOrDoubleRefuseTheTable() throws {
    let mapping = try Self.mapping([("[\"Member ID\", \"Date\", \"IP\"]", "[\"Member ID\"]")])
    let missing = #expect(throws: ExportRefusal.self) { try Self.read("Member ID,IP,Port\n1,2,3\n", mapping) }
    #expect(missing?.code == "missing-column" && missing?.what.contains("Date") == true)
    let twice = #expect(throws: ExportRefusal.self) {
      try Self.read("Member ID,Date,IP,Port,IP\n1,2,3,4,5\n", mapping)
    }
    #expect(twice?.code == "ambiguous-column")
  }
}
