import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// What the cells of a workbook say.
@Suite struct WorkbookCellTests {
  typealias Cell = WorkbookBuilder.Cell

  static func messages(_ changes: [(String, String)] = []) throws -> TableMapping {
    var text = """
      version = 1
      platform = "forum"
      [account]
      column = "who"
      kind = "handle"
      scope = "platform"
      [record]
      class = "message"
      text_column = "text"
      [time]
      column = "at"
      format = "dd/MM/yyyy HH:mm:ss"
      """
    for (old, new) in changes { text = text.replacing(old, with: new) }
    return try TableMapping(toml: text)
  }

  /// A message for each cell, written at one time, in a workbook with some formats.
  static func book(_ cells: [Cell], _ formats: [String] = [], is1904: Bool = false) -> WorkbookBuilder {
    let head: [Cell] = ["who", "at", "text"].map { .inline($0) }
    var builder = WorkbookBuilder(
      .init("A", [head] + cells.map { [.inline("ann"), .inline("13/02/2024 10:00:00"), $0] }))
    (builder.formats, builder.is1904) = (formats, is1904)
    return builder
  }

  static func texts(_ cells: [Cell], _ formats: [String] = [], is1904: Bool = false) throws -> [String] {
    try WorkbookTests.read(book(cells, formats, is1904: is1904), messages()).records.map(\.text)
  }

  @Test func textsAreTakenWhole() throws {
    var builder = Self.book(
      (0..<6).map { Cell.raw("<c r=\"C\($0 + 2)\" t=\"s\"><v>\($0)</v></c>") } + [
        .inline("  a < b & \"c\"\nd_x000D_e_x005F_x0041_ _x0041 _x00g1_ _xD83D__xDE00_ _xD83D_"),
        .result("x_x0041_"), .shared("\u{1F600} ü"), .boolean(true), .boolean(false),
      ])
    builder.items = [
      "<si><t>plain</t></si>",
      "<si><r><rPr><b/></rPr><t>one</t></r><r><t xml:space=\"preserve\"> two</t></r></si>",
      "<si><t>東京</t><rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/></si>", "<si/>",
      "<si><t><![CDATA[<b>]]></t></si>", "<si><t>\n</t></si>", "<si><t>\u{1F600} ü</t></si>",
    ]
    // The builder gives its own shared text the first number.
    builder.sheets[0].rows[9].cells[2] = .raw("<c r=\"C10\" t=\"s\"><v>6</v></c>")
    let unit = try WorkbookTests.read(builder, Self.messages())
    #expect(
      unit.records.map(\.text) == [
        "plain", "one two", "東京", "<b>", "\n",
        "  a < b & \"c\"\nd\re_x0041_ _x0041 _x00g1_ \u{1F600} \u{FFFD}", "xA", "\u{1F600} ü", "TRUE",
        "FALSE",
      ])
    #expect(unit.count("message")?.counts == [11, 10, 1])
    #expect(unit.setAside.map { "\($0.unit) \($0.reason.code)" } == ["message empty"])
  }

  /// Numbers with their digits, whatever way they are written in.
  @Test(arguments: [
    ("447700900123", "447700900123"), ("4.47700900123E+11", "447700900123"),
    ("4.47700900123e11", "447700900123"),
    ("12345.0", "12345"), ("0", "0"), ("-0", "0"), ("0.0", "0"), ("-7.50", "-7.50"), ("1.5E-3", "1.5E-3"),
    ("0.30000000000000004", "0.30000000000000004"), ("123456789012345678", "123456789012345678"),
    ("1E3", "1000"), ("00012", "12"), ("1.2345E2", "1.2345E2"), ("9007199254740993", "9007199254740993"),
  ])
  func numbersKeepTheirDigits(_ written: String, _ text: String) throws {
    #expect(try Self.texts([.number(written)]) == [text])
  }

  @Test func numbersShowTheZerosOfTheirFormat() throws {
    let formats = ["00000000000", "0##########", "000;-000", "0.00", "#,##0", "0000\" x\""]
    #expect(
      try Self.texts(
        [1, 2, 3, 4, 5, 6].map { .number("7700900123", style: $0) } + [.number("7", style: 3)], formats)
        == ["07700900123", "07700900123", "7700900123", "7700900123", "7700900123", "7700900123", "007"])
  }

  @Test(arguments: ["", "x", "1e", "1e999", "0x10", "1,5", "--1", "1 2", "nan", "inf", "1.2.3", "E5"])
  func whatIsNoNumberIsSetAside(_ written: String) throws {
    let unit = try WorkbookTests.read(Self.book([.number(written), .number("1")]), Self.messages())
    #expect(unit.records.map(\.text) == ["1"])
    #expect(unit.count("message")?.agrees == true)
    #expect(unit.setAside.contains { $0.unit == "cell" && $0.reason == .malformed } == !written.isEmpty)
  }

  /// Of a telephone number or id that lost digits nothing says which they were.
  @Test(arguments: [
    ("4.47701E+11", true), ("447701000000", true), ("1234567890123450", true), ("1.23456789012345E+17", true),
    ("1234567890123456800", true), ("1.2345678901234568E+17", true), ("12345678901234568", true),
    ("447700900123", false), ("1234567890123456", false), ("1234567890123456789", false), ("77009001", false),
    ("07700900000", false), ("100004123456789", false), ("9007199254740993", false),
  ])
  func numbersThatWereRoundedAreNobody(_ written: String, _ isRounded: Bool) throws {
    let mapping = try Self.messages([("kind = \"handle\"", "kind = \"platform-id\"")])
    func read(_ cell: Cell) throws -> ReadOutcome.Unit {
      var builder = Self.book([.inline("x")])
      builder.sheets[0].rows[1].cells[0] = cell
      return try WorkbookTests.read(builder, mapping)
    }
    let unit = try read(.number(written))
    #expect(unit.records.isEmpty == isRounded)
    #expect(
      unit.setAside.map { "\($0.unit) \($0.reason.code)" }
        == (isRounded ? ["platform-id spreadsheet-damage", "message no-author"] : []))
    // As text all digits are there, but for those that a spreadsheet showed.
    #expect(try read(.inline(written)).records.isEmpty == written.contains("E+"))
  }

  /// Of `MAR1` a spreadsheet makes the first of March, and of `1-3` the same.
  @Test(arguments: ["handle", "platform-id", "display-name"])
  func namesThatASpreadsheetMadeDatesOfAreNobody(_ kind: String) throws {
    let scope = kind == "display-name" ? "source" : "platform"
    let mapping = try Self.messages([
      ("kind = \"handle\"", "kind = \"\(kind)\""), ("scope = \"platform\"", "scope = \"\(scope)\""),
    ])
    var builder = Self.book([.inline("a"), .inline("b"), .inline("c")], ["d-mmm", "h:mm"])
    builder.sheets[0].rows[1].cells[0] = .number("45352", style: 1)
    builder.sheets[0].rows[2].cells[0] = .number("0.5", style: 2)
    let unit = try WorkbookTests.read(builder, mapping)
    #expect(unit.accounts.map { $0.key?.value } == ["ann"] && unit.count("message")?.counts == [3, 1, 2])
    let found = unit.setAside.first { $0.reason.code == "spreadsheet-date" }
    #expect(found?.unit == kind && found?.examples.map(\.detail) == ["2024-03-01", "12:00"])
  }

  /// Formats of dates and times, as programs in several languages write them.
  @Test(arguments: [
    ("14", "2024-02-13 09:05:07"), ("22", "2024-02-13 09:05:07"), ("dd/mm/yyyy", "2024-02-13 09:05:07"),
    ("[$-809]dd mmmm yyyy;@", "2024-02-13 09:05:07"), ("yyyy\\-mm\\-dd\\Thh:mm:ss", "2024-02-13 09:05:07"),
    ("[$-F400]h:mm:ss\\ AM/PM", "2024-02-13 09:05:07"), ("mmm", "2024-02-13 09:05:07"),
    ("yyyy/mm/dd hh:mm:ss.000", "2024-02-13 09:05:07.123"), ("[h]:mm:ss", "1088049:05:07"),
    ("[mm]:ss", "1088049:05:07"), ("46", "1088049:05:07"), ("[$-411]ge.m.d", "2024-02-13 09:05:07"),
    ("d\"of\"mmm", "2024-02-13 09:05:07"), ("31", "2024-02-13 09:05:07"), ("58", "2024-02-13 09:05:07"),
    ("General", "45335.3785546644"), ("0.00E+00", "45335.3785546644"), ("\"d\"0.0", "45335.3785546644"),
    ("[Red]0.0", "45335.3785546644"), ("\\h0.0", "45335.3785546644"), ("0.0_d", "45335.3785546644"),
    ("#,##0;[Red]-d", "45335.3785546644"), ("@", "45335.3785546644"), ("49", "45335.3785546644"),
    ("9", "45335.3785546644"), ("[$kr-dd] 0", "45335.3785546644"),
  ])
  func formatsSayWhatIsADate(_ format: String, _ text: String) throws {
    #expect(try Self.texts([.number("45335.3785546644", style: 1)], [format]) == [text])
  }

  /// Serial numbers and the dates for which they stand; those before March 1900 are one day off.
  @Test(arguments: [
    ("1", "1900-01-01"), ("59", "1900-02-28"), ("60", "1900-02-29"), ("61", "1900-03-01"),
    ("16559", "1945-05-02"),
    ("25569", "1970-01-01"), ("45351", "2024-02-29"), ("2958465", "9999-12-31"), ("2958466", "2958466"),
    ("-1", "-1"), ("0", "0"), ("45351.999999", "2024-03-01"), ("0.25", "06:00:00"),
  ])
  func daysAreCountedFrom1900(_ serial: String, _ text: String) throws {
    #expect(try Self.texts([.number(serial, style: 1)], ["14"]) == [text])
  }

  @Test(arguments: [
    ("0", "1904-01-01"), ("43889", "2024-02-29"), ("1462.5", "1908-01-02 12:00:00"),
    ("2957003", "9999-12-31"),
  ])
  func daysAreCountedFrom1904WhereTheWorkbookSaysSo(_ serial: String, _ text: String) throws {
    #expect(try Self.texts([.number(serial, style: 1)], ["14"], is1904: true) == [text])
  }

  /// Newer programs keep properties of their own in an element of the same name.
  @Test func daysAreCountedFrom1904WhateverExtensionsSay() throws {
    var builder = Self.book([.number("43889", style: 1)], ["14"], is1904: true)
    let text = try #require(builder.parts.first { $0.name == "xl/workbook.xml" }?.text)
    let extensions =
      "<extLst><ext uri=\"{140A7094-0E35-4892-8432-C4D2E57EDEB5}\" xmlns:x15=\"urn:x15\"><x15:workbookPr chartTrackingRefBase=\"1\"/></ext></extLst>"
    builder.changes = [("xl/workbook.xml", text.replacing("</workbook>", with: extensions + "</workbook>"))]
    #expect(try WorkbookTests.read(builder, Self.messages()).records.map(\.text) == ["2024-02-29"])
  }

  @Test(arguments: [
    ("0.3785532407", "h:mm:ss", "09:05:07"), ("0.75", "h:mm", "18:00"), ("0", "h:mm", "00:00"),
    ("0.9999999", "h:mm:ss", "24:00:00"), ("1.0625", "[h]:mm", "25:30:00"), ("0.5", "[s]", "12:00:00"),
  ])
  func timesOfDayAndSpansOfTime(_ serial: String, _ format: String, _ text: String) throws {
    #expect(try Self.texts([.number(serial, style: 1)], [format]) == [text])
  }

  /// The last half second of a day is rounded to the beginning of the next day, not of its own.
  @Test func aTimeOfDayThatRoundingFillsUpEndsItsDay() throws {
    let mapping = try Self.messages([("column = \"at\"", "column = \"at\"\nclock_column = \"clock\"")])
    var builder = Self.book([.inline("a"), .inline("b"), .inline("c")], ["14", "h:mm:ss"])
    builder.sheets[0].rows[0].cells.append(.inline("clock"))
    for (row, clock) in [(1, "0.9999965"), (2, "0.9999769"), (3, "0.9999965")] {
      builder.sheets[0].rows[row].cells[1] =
        row == 3 ? .inline("15/07/2024") : .number("45488", style: 1)
      builder.sheets[0].rows[row].cells.append(.number(clock, style: 2))
    }
    let unit = try WorkbookTests.read(builder, mapping)
    #expect(
      unit.records.map(\.time)
        == ["2024-07-16T00:00:00", "2024-07-15T23:59:58"].map { TimeText.iso8601($0) })
    #expect(unit.setAside.first?.examples.map(\.detail) == ["15/07/2024 24:00:00"])
  }

  @Test func datesHaveNoZoneButWhatIsWrittenOrSaid() throws {
    func time(_ cell: Cell, zone: String = "") throws -> ObservedTime {
      var builder = Self.book([.inline("x")], ["22", "14", "yyyy-mm-dd hh:mm:ss.000"])
      builder.sheets[0].rows[1].cells[1] = cell
      let change = zone.isEmpty ? [] : [("format =", "zone = \"\(zone)\"\nformat =")]
      return try #require(try WorkbookTests.read(builder, Self.messages(change)).records.first).time
    }
    let serial = Cell.number("45488.5861458333", style: 1)
    #expect(try time(serial) == TimeText.iso8601("2024-07-15T14:04:03"))
    #expect(try time(serial, zone: "UTC") == TimeText.iso8601("2024-07-15T14:04:03Z"))
    let london = try time(serial, zone: "Europe/London")
    #expect(
      london.zone == .assumed && london.microseconds == TimeText.iso8601("2024-07-15T13:04:03Z")?.microseconds
    )
    #expect(try time(.number("45488", style: 2)) == TimeText.iso8601("2024-07-15"))
    #expect(try time(.number("45488.58614600694", style: 3)) == TimeText.iso8601("2024-07-15T14:04:03.015"))
    #expect(try time(.date("2024-07-15T14:04:03")) == TimeText.iso8601("2024-07-15T14:04:03"))
    #expect(try time(.date("2024-07-15T14:04:03Z")) == TimeText.iso8601("2024-07-15T14:04:03Z"))
    #expect(try time(.inline("15/07/2024 14:04:03")) == TimeText.iso8601("2024-07-15T14:04:03"))
  }

  @Test func dateCellsOutsideAllPlausibleTimeAreSetAside() throws {
    var builder = Self.book(
      [.inline("a"), .inline("b"), .inline("c"), .inline("d")], ["14"])
    for (row, cell) in [
      Cell.number("16559", style: 1), .number("45488"), .number("80000", style: 1),
      .number("45488", style: 1),
    ].enumerated() { builder.sheets[0].rows[row + 1].cells[1] = cell }
    let unit = try WorkbookTests.read(builder, Self.messages())
    #expect(unit.records.map(\.text) == ["d"] && unit.count("message")?.counts == [4, 1, 3])
    #expect(unit.setAside.map(\.reason) == [.badTime])
    #expect(unit.setAside[0].examples.map(\.detail) == ["1945-05-02", "45488", "2119-01-11"])
  }

  @Test func errorsAndFormulasWithoutResultAreNoValue() throws {
    let unit = try WorkbookTests.read(
      Self.book([
        .error("#N/A"), .raw("<c r=\"C3\"><f>A1</f></c>"), .raw("<c r=\"C4\" t=\"str\"><f>A1</f><v></v></c>"),
        .result("kept"), .raw("<c r=\"C6\" t=\"s\"><v>9</v></c>"), .raw("<c r=\"C7\" t=\"s\"><v>x</v></c>"),
        .raw("<c r=\"C8\" t=\"b\"><v>2</v></c>"), .raw("<c r=\"C9\" t=\"q\"><v>2</v></c>"),
        .inline("_x0000_"), .raw("<c r=\"C11\" t=\"inlineStr\"><v>odd</v></c>"),
      ]), Self.messages())
    #expect(unit.records.map(\.text) == ["kept", "\0", "odd"])
    #expect(unit.count("message")?.counts == [10, 3, 7])
    let found = Dictionary(
      uniqueKeysWithValues: unit.setAside.map { ("\($0.unit) \($0.reason.code)", $0.examples.map(\.detail)) })
    #expect(found["cell spreadsheet-error"] == ["C2: #N/A"])
    #expect(found["cell no-result"] == ["C3: a formula", "C4: a formula"])
    #expect(
      found["cell malformed"] == [
        "C6: there is no text of the number 9", "C7: x", "C8: 2", "C9: a value of a sort that is not known",
      ])
    #expect(
      found["message empty"]?.count == 7
        && unit.setAside.allSatisfy { $0.reason.isFault || $0.reason == .empty })
    // Where nothing is mapped nothing is lost.
    var aside = Self.book([.inline("x")])
    aside.sheets[0].rows[0].cells.append(.inline("note"))
    aside.sheets[0].rows[1].cells.append(.error("#REF!"))
    #expect(try WorkbookTests.read(aside, Self.messages()).setAside.isEmpty)
  }
}
