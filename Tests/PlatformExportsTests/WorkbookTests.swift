import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

@Suite struct WorkbookTests {
  static func options(
    _ mappings: [TableMapping], order: ReaderOptions.DateOrder? = nil
  ) -> ReaderOptions {
    var options = ReaderOptions()
    options.mappings = mappings
    options.dateOrder = order
    return options
  }

  static func outcome(
    _ bytes: [UInt8], _ mappings: [TableMapping]? = nil, named name: String = "return.xlsx",
    order: ReaderOptions.DateOrder? = nil
  ) throws -> ReadOutcome {
    try ReadOutcome.reading(
      bytes, named: name, options: options(try mappings ?? [TableTests.mapping()], order: order))
  }

  static func read(
    _ builder: WorkbookBuilder, _ mapping: TableMapping? = nil, order: ReaderOptions.DateOrder? = nil
  ) throws -> ReadOutcome.Unit {
    let unit = try outcome(builder.bytes, mapping.map { [$0] }, order: order).units.first
    return try #require(unit)
  }

  typealias Cell = WorkbookBuilder.Cell

  static let header: [Cell] = ["Member ID", "Date", "IP", "Port", "E-mail"].map { .shared($0) }

  /// A return with a cover sheet, lines above the header, numbers, dates and repeated texts.
  static var logins: WorkbookBuilder {
    var builder = WorkbookBuilder(
      .init("Cover", [[.shared("Return 17")], [.shared("For the force alone")]]),
      .init(
        "IP Data",
        [
          [.shared("Sign-ins of the forum")], [], header,
          [
            .number("101"), .number("45335.3785532407", style: 1), .shared("192.0.2.7"), .number("443"),
            .shared("ann@example.org"),
          ],
          [.number("102"), .shared("03/04/2024 10:00:00"), .inline("2001:db8::7"), .empty, .empty],
          header,
          [.shared("0103"), .number("45386.4166666667", style: 1), .shared("192.0.2.7"), .number("80")],
          [.empty, .shared("Total: 3")],
        ]))
    builder.formats = ["22"]
    return builder
  }

  @Test func rowsBecomeLogins() throws {
    let unit = try Self.read(Self.logins)
    #expect(unit.format == "workbook")
    #expect(unit.accounts.map { $0.key?.value } == ["101", "102", "0103"])
    let logins = unit.records(.login)
    #expect(logins.map(\.text) == ["192.0.2.7:443", "2001:db8::7", "192.0.2.7:80"])
    #expect(
      logins.map(\.time)
        == [
          TimeText.iso8601("2024-02-13T09:05:07Z"), TimeText.iso8601("2024-04-03T10:00:00Z"),
          ObservedTime(
            microseconds: try #require(TimeText.iso8601("2024-04-04T10:00:00Z")).microseconds, zone: .known,
            precision: .minute),
        ])
    #expect(logins.map(\.writtenTime) == ["2024-02-13 09:05:07", "03/04/2024 10:00:00", "2024-04-04 10:00"])
    #expect(logins[0].locator == "return.xlsx sheet “IP Data” row[4]")
    #expect(
      unit.identifiers.filter { $0.kind == .email }.map { "\($0.label) \($0.value)" } == [
        "registration ann@example.org"
      ])
    #expect(unit.count("login")?.counts == [3, 3, 0])
    #expect(
      unit.setAside.map { "\($0.unit) \($0.count) \($0.reason.isFault)" } == [
        "sheet 1 false", "preamble 1 false", "repeated-header 1 false", "remark 1 false",
      ])
    #expect(unit.setAside[0].examples[0].detail == "“Cover”: 2 rows")
    #expect(unit.notes.isEmpty)
  }

  /// Programs write the same workbook in many ways.
  @Test func everyProgramsWayOfWritingIsRead() throws {
    let plain = try Self.read(Self.logins)
    let ways: [(String, (inout WorkbookBuilder) -> Void)] = [
      ("a prefix", { $0.prefix = "x:" }), ("strict", { $0.isStrict = true }),
      ("absolute targets", { $0.isAbsolute = true }), ("no places", { $0.saysPlaces = false }),
      ("parts in another order", { $0.isBackwards = true }),
      (
        "all of it",
        {
          ($0.prefix, $0.isStrict, $0.isAbsolute, $0.isBackwards) = ("ss:", true, true, true)
        }
      ),
    ]
    for (name, change) in ways {
      var builder = Self.logins
      change(&builder)
      let unit = try Self.read(builder)
      if name != "no places" { #expect(unit.records == plain.records, "\(name)") }
      #expect(unit.records.map(\.text) == plain.records.map(\.text), "\(name)")
      #expect(unit.reconciliation == plain.reconciliation, "\(name)")
      #expect(unit.setAside.map(\.count) == plain.setAside.map(\.count), "\(name)")
    }
    let stored = try Self.outcome(Self.logins.storedBytes).units
    #expect(stored.first?.records == plain.records)
  }

  /// A workbook lies alone, packed alone, in a folder or in an archive, with others.
  @Test func whereverAWorkbookLiesItIsRead() throws {
    let mapping = try TableTests.mapping()
    let whole = try Self.read(Self.logins)
    func unplaced(_ records: [ReadOutcome.Record]) -> [String] {
      records.map { "\($0.account) \($0.time) \($0.text) \($0.locator.split(separator: "/").last ?? "")" }
    }
    var zip = ZipBuilder()
    zip.add("a/return.xlsx", Self.logins.bytes)
    zip.add("a/logins.csv", TableTests.plain)
    zip.add("a/letter.docx", Self.letter)
    let inZip = try Self.outcome(zip.bytes, named: "all.zip")
    #expect(inZip.units.map(\.format) == ["workbook", "table"])
    #expect(inZip.units.first?.root == "a/return.xlsx")
    #expect(inZip.refused.map(\.path) == ["a/letter.docx"])
    #expect(unplaced(try #require(inZip.units.first).records) == unplaced(whole.records))
    let folder = try ScratchFolder()
    let file = try folder.write(Self.logins.bytes, to: "b/return.xlsx")
    let plan = try ImportPlan(
      file.deletingLastPathComponent().deletingLastPathComponent(), options: Self.options([mapping]))
    #expect(plan.archives.map(\.lastPathComponent) == ["return.xlsx"])
    let again = try ReadOutcome(
      reading: try #require(plan.archives.first), options: Self.options([mapping]))
    #expect(again.units.first?.records == whole.records)
    // The name does not decide, and neither does a list of types that is not what programs write.
    #expect(try Self.outcome(Self.logins.bytes, named: "return.bin").units.first?.records.count == 3)
    var untyped = Self.logins
    untyped.changes = [("[Content_Types].xml", nil)]
    #expect(try Self.read(untyped).records == whole.records)
  }

  static var letter: [UInt8] {
    var zip = ZipBuilder()
    zip.add(
      "[Content_Types].xml",
      "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
    )
    zip.add("word/document.xml", "<document/>")
    return zip.bytes
  }

  @Test func sheetsHaveMappingsOfTheirOwn() throws {
    let calls = try TableMapping(
      toml: """
        version = 1
        platform = "phone"
        [account]
        column = "A number"
        kind = "phone"
        scope = "platform"
        [other]
        column = "B number"
        kind = "phone"
        scope = "platform"
        [record]
        class = "call"
        [time]
        column = "Day"
        clock_column = "At"
        format = "dd/MM/yyyy HH:mm:ss"
        zone = "Europe/London"
        """)
    var builder = Self.logins
    let head: [Cell] = ["A number", "B number", "Day", "At"].map { .shared($0) }
    let (one, two) = (Cell.number("447700900101"), Cell.number("447700900102"))
    builder.sheets.append(
      .init(
        "Calls",
        [
          head, [one, two, .number("45488", style: 2), .number("0.5861458333", style: 3)],
          [one, two, .number("45488", style: 2), .shared("14:04")],
          [one, two, .shared("15/07/2024"), .number("0.5861458333", style: 3)],
          [one, two, .shared("15/07/2024"), .shared("14:04:03")],
          [one, two, .number("45488", style: 2), .shared("noon")],
          [one, two, .number("45488", style: 2), .number("45488.5861458333", style: 1)],
        ]))
    builder.sheets.append(.init("Empty", []))
    builder.formats = ["22", "14", "h:mm:ss;@"]
    let outcome = try Self.outcome(builder.bytes, [TableTests.mapping(), calls])
    let unit = try #require(outcome.units.first)
    #expect(outcome.units.count == 1 && unit.count("login")?.counts == [3, 3, 0])
    #expect(unit.count("call")?.counts == [6, 5, 1])
    let times = unit.records(.call).map(\.time)
    #expect(times.allSatisfy { $0.zone == .assumed })
    #expect(
      times.map(\.microseconds)
        == [
          "2024-07-15T13:04:03Z", "2024-07-15T13:04:00Z", "2024-07-15T13:04:03Z", "2024-07-15T13:04:03Z",
          "2024-07-15T13:04:03Z",
        ].map { TimeText.iso8601($0)?.microseconds })
    #expect(unit.records(.call)[0].writtenTime == "2024-07-15 14:04:03")
    #expect(unit.setAside.contains { $0.reason == .badTime && $0.examples[0].detail == "2024-07-15 noon" })
    #expect(unit.notes.contains { $0.contains("sheet “Empty” is empty") })
    #expect(unit.records(.call).last?.locator == "return.xlsx sheet “Calls” row[7]")
  }

  @Test func withoutAMappingThatFitsNoSheetIsRead() throws {
    let none = try Self.outcome(Self.logins.bytes, [])
    #expect(none.units.isEmpty && none.unrecognised == ["return.xlsx"])
    #expect(none.unread.first?.what == "a workbook of a spreadsheet program")
    #expect(none.unread.first?.advice.contains("--mapping") == true && none.unread.first?.isOfExport == false)
    let other = try TableTests.mapping([("[\"Member ID\", \"Date\", \"IP\"]", "[\"Member\"]")])
    let wrong = try Self.outcome(Self.logins.bytes, [other])
    #expect(
      wrong.units.isEmpty
        && wrong.unread.first?.what.contains("has the headers of the mapping (Member)") == true)
    #expect(
      wrong.unread.first?.advice.contains("“IP Data” has the row: Member ID, Date, IP, Port, E-mail") == true)
    var forced = Self.options([other])
    forced.format = "table"
    let refusal = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(Self.logins.bytes, named: "return.xlsx", options: forced)
    }
    #expect(refusal?.code == "no-header-row")
    forced.mappings = [try TableTests.mapping()]
    #expect(
      try ReadOutcome.reading(Self.logins.bytes, named: "return.xlsx", options: forced).units.first?.format
        == "workbook")
  }

  @Test func columnsThatAreMissingOrDoubleRefuseTheWorkbook() throws {
    let mapping = try TableTests.mapping([("[\"Member ID\", \"Date\", \"IP\"]", "[\"Member ID\"]")])
    let head: [Cell] = ["Member ID", "Date", "IP", "Port"].map { .inline($0) }
    let missing = #expect(throws: ExportRefusal.self) {
      try Self.read(WorkbookBuilder(.init("A", [Array(head.prefix(2))])), mapping)
    }
    #expect(missing?.code == "missing-column" && missing?.place == "return.xlsx sheet “A”")
    let twice = #expect(throws: ExportRefusal.self) {
      try Self.read(WorkbookBuilder(.init("A", [head + [.inline("ip ")]])), mapping)
    }
    #expect(twice?.code == "ambiguous-column")
  }

  @Test func dayAndMonthAreProvedOrAskedWhereDatesAreText() throws {
    let mapping = try TableTests.mapping([("dd/MM/yyyy HH:mm:ss", "xx/xx/yyyy")])
    func book(_ dates: Cell...) -> WorkbookBuilder {
      var builder = WorkbookBuilder(
        .init("A", [Self.header] + dates.map { [.number("1"), $0, .inline("192.0.2.1")] }))
      builder.formats = ["14"]
      return builder
    }
    let (open, day) = (Cell.inline("01/02/2024"), Cell.number("45323", style: 1))
    #expect(
      try Self.read(book(open, .inline("13/02/2024")), mapping).records.map(\.time)
        == ["2024-02-01", "2024-02-13"].map { TimeText.iso8601($0) })
    let asked = #expect(throws: ExportRefusal.self) { try Self.read(book(day, open), mapping) }
    #expect(asked?.code == "ambiguous-date-order" && asked?.place == "return.xlsx sheet “A”")
    #expect(
      try Self.read(book(day, open), mapping, order: .monthDayYear).records.map(\.time)
        == ["2024-02-01", "2024-01-02"].map { TimeText.iso8601($0) })
    // A date that is a number says by itself which day it is.
    #expect(
      try Self.read(book(day, day), mapping).records.map(\.time) == [
        TimeText.iso8601("2024-02-01"), TimeText.iso8601("2024-02-01"),
      ])
    let both = #expect(throws: ExportRefusal.self) {
      try Self.read(book(.inline("13/02/2024"), .inline("02/13/2024")), mapping)
    }
    #expect(both?.code == "inconsistent-dates" && both?.what.hasPrefix("row 3 is dated") == true)
  }

  /// In a sheet each cell says which column it is of, so that a remark beside a row does not cast doubt on it.
  @Test func whatStandsBesideTheTableIsCountedAndTheRowIsRead() throws {
    var builder = Self.logins
    builder.sheets[1].rows[3].cells += [.empty, .inline(" "), .inline("seen by me"), .inline("twice")]
    let unit = try Self.read(builder)
    #expect(unit.accounts.map { $0.key?.value } == ["101", "102", "0103"])
    #expect(unit.count("login")?.counts == [3, 3, 0])
    let found = try #require(unit.setAside.first { $0.unit == "cell" })
    #expect(found.count == 1 && !found.reason.isFault && found.examples[0].detail == "H4: seen by me")
  }

  /// Behind the cells a program keeps lists of choices, which have formulas as cells have.
  @Test func whatStandsBehindTheRowsIsNoneOfThem() throws {
    let extensions =
      "<extLst><ext xmlns:a=\"urn:a\" xmlns:b=\"urn:b\"><a:formula1><b:f>A1</b:f></a:formula1><b:t>x</b:t></ext></extLst>"
    for last in ["<row r=\"12\" s=\"1\"><c r=\"A12\" s=\"1\"/></row>", "<row r=\"12\"/>"] {
      var builder = Self.logins
      let text = try #require(builder.parts.first { $0.name == "xl/worksheets/sheet2.xml" }?.text)
      let changed = text.replacing("</sheetData>", with: last + "</sheetData>" + extensions)
      builder.changes = [("xl/worksheets/sheet2.xml", changed)]
      #expect(try Self.read(builder).count("login")?.counts == [3, 3, 0])
    }
  }

  @Test func whatIsHiddenIsReadAndNoted() throws {
    var builder = Self.logins
    builder.sheets[1].state = "veryHidden"
    builder.sheets[1].rows[3].attributes = " hidden=\"1\""
    builder.sheets[1].before =
      "<cols><col min=\"2\" max=\"3\" hidden=\"true\"/><col min=\"4\" max=\"4\"/></cols>"
    let unit = try Self.read(builder)
    #expect(unit.count("login")?.counts == [3, 3, 0])
    #expect(
      unit.notes == [
        "return.xlsx sheet “IP Data”: hidden, and read all the same: the sheet, 1 row, 2 columns."
      ])
  }

  @Test func cellsThatAreOneOverSeveralRowsAreAFault() throws {
    var builder = Self.logins
    builder.sheets[1].merges = ["A1:E1", "A3:A4", "B4:B5", "A7:A8", "G4:G9", "A8:E8"]
    let unit = try Self.read(builder)
    let found = try #require(unit.setAside.first { $0.reason.code == "merged-cells" })
    #expect(found.count == 2 && found.reason.isFault && found.examples.map(\.detail) == ["B4:B5", "A7:A8"])
    #expect(unit.count("login")?.counts == [3, 3, 0])
  }

  @Test func sheetsThatHoldNoTableAreCounted() throws {
    var builder = Self.logins
    builder.sheets += [.init("Chart", [[.inline("x")]]), .init("Gone", [[.inline("x")]])]
    builder.changes = [
      ("xl/worksheets/sheet4.xml", nil),
      (
        "xl/_rels/workbook.xml.rels",
        builder.parts.first { $0.name == "xl/_rels/workbook.xml.rels" }?.text
          .replacing(
            "/worksheet\" Target=\"worksheets/sheet3.xml",
            with: "/chartsheet\" Target=\"worksheets/sheet3.xml")
      ),
    ]
    let unit = try Self.read(builder)
    let found = Set(
      unit.setAside.filter { $0.unit == "sheet" }.map {
        "\($0.reason.code) \($0.reason.isFault) \($0.examples[0].detail)"
      })
    #expect(
      found == ["no-table false “Cover”: 2 rows", "no-cells false Chart", "missing-sheet true Gone"])
    #expect(unit.count("login")?.counts == [3, 3, 0])
  }

  @Test func whatNoReaderOpensIsNamed() throws {
    let ole: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    func wide(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }
    func what(_ bytes: [UInt8], _ name: String) throws -> String? {
      try Self.outcome(bytes, named: name).unread.first?.what
    }
    #expect(try what(ole, "return.xlsx") == "a document of Office with a password")
    #expect(try what(ole + wide("EncryptedPackage"), "return") == "a document of Office with a password")
    #expect(try what(ole, "return.xls") == "a workbook of Excel before 2007 (XLS)")
    #expect(try what(ole + wide("Workbook"), "return") == "a workbook of Excel before 2007 (XLS)")
    #expect(try what(ole, "return.doc") == nil)
    for (mark, name) in [
      ("7z\u{BC}\u{AF}'\u{1C}", "7-Zip"), ("Rar!\u{1A}\u{7}", "RAR"), ("BZh91AY&SY", "bzip2"),
    ] {
      let bytes =
        mark.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) } + [UInt8](repeating: 0, count: 99)
      #expect(try what(bytes, "return") == "a file packed by \(name), which is not opened")
    }
    var binary = ZipBuilder()
    binary.add(
      "[Content_Types].xml",
      "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>")
    binary.add("xl/workbook.bin", [1, 2, 3])
    #expect(try what(binary.bytes, "return.xlsb") == "a part of a binary workbook of Excel (XLSB)")
    var open = ZipBuilder()
    open.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    open.add("content.xml", "<x/>")
    #expect(try what(open.bytes, "return.ods") == "a part of a workbook of OpenDocument (ODS)")
  }
}
