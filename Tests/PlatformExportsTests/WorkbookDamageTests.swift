import AccountModel
import Foundation
import PlatformExports
import TestSupport
import Testing

/// Workbooks that are damaged, and such as were made to do harm.
@Suite struct WorkbookDamageTests {
  typealias Cell = WorkbookBuilder.Cell

  private static func code(_ builder: WorkbookBuilder) throws -> String? {
    do {
      _ = try WorkbookTests.outcome(builder.bytes)
      return nil
    } catch let refusal as ExportRefusal {
      #expect(refusal.place.hasPrefix("return.xlsx"), "\(refusal)")
      return refusal.code
    }
  }

  @Test func aWorkbookThatIsCutOffGivesNothing() throws {
    let options = WorkbookTests.options([try TableTests.mapping()])
    for bytes in [WorkbookTests.logins.bytes, WorkbookTests.logins.storedBytes] {
      try Truncation.check(bytes, named: "return.xlsx", options: options, every: 5)
      // Of a cut in the record that ends the archive all parts are whole.
      for cut in stride(from: 4, to: bytes.count - 22, by: 37) {
        let part = try? ReadOutcome.reading(Array(bytes[..<cut]), named: "return.xlsx", options: options)
        #expect((part?.units ?? []).allSatisfy { $0.records.isEmpty }, "cut at \(cut)")
      }
    }
  }

  @Test(arguments: [
    "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml",
    "xl/worksheets/sheet2.xml",
  ])
  func partsThatHideOrBreakRefuseTheWorkbook(_ part: String) throws {
    let text = try #require(WorkbookTests.logins.parts.first { $0.name == part }?.text)
    func code(_ change: (String) -> String) throws -> String? {
      var builder = WorkbookTests.logins
      builder.changes = [(part, change(text))]
      return try Self.code(builder)
    }
    let doctype = "?>\n<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/hostname\">]>"
    #expect(try code { $0.replacing("?>\n", with: doctype) } == "doctype")
    #expect(try code { $0.replacing("encoding=\"UTF-8\"", with: "encoding=\"UTF-7\"") } == "encoding")
    if part.contains("sheet2") { return }
    #expect(try code { String($0.dropLast(9)) } == "bad-workbook")
    #expect(try code { _ in "" } == "bad-workbook")
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(try code { $0.replacing("?>\n", with: "?>\n" + deep) } == "bad-workbook")
  }

  @Test func aSheetThatBreaksOffGivesWhatStandsBeforeThat() throws {
    var builder = WorkbookTests.logins
    let text = try #require(builder.parts.first { $0.name == "xl/worksheets/sheet2.xml" }?.text)
    let cut = try #require(text.range(of: "2001:db8::7")).lowerBound
    builder.changes = [("xl/worksheets/sheet2.xml", String(text[..<cut]))]
    let unit = try WorkbookTests.read(builder)
    #expect(unit.accounts.map { $0.key?.value } == ["101"])
    #expect(unit.setAside.contains { $0.unit == "document" && $0.reason == .truncated })
    #expect(unit.count("login")?.imported == 1)
    // What stands behind a fault in the middle is counted.
    builder.changes = [("xl/worksheets/sheet2.xml", text.replacing("2001:db8::7", with: "</q>"))]
    let broken = try WorkbookTests.read(builder)
    #expect(broken.accounts.map { $0.key?.value } == ["101"])
    #expect(broken.setAside.contains { $0.reason.code == "behind-fault" && $0.count == 4 })
    // Where all rows stand before it none is said to be lost.
    builder.changes = [("xl/worksheets/sheet2.xml", text.replacing("</worksheet>", with: "</q>"))]
    let late = try WorkbookTests.read(builder)
    #expect(late.setAside.contains { $0.unit == "document" && $0.reason == .malformed })
    #expect(late.setAside.allSatisfy { $0.count > 0 })
  }

  @Test func aSheetThatBreaksOffBeforeItsHeaderIsAFault() throws {
    var builder = WorkbookTests.logins
    builder.sheets.append(builder.sheets[1])
    builder.sheets[2].name = "More"
    let text = try #require(builder.parts.first { $0.name == "xl/worksheets/sheet3.xml" }?.text)
    let header = try #require(text.range(of: "<row r=\"3\"")).lowerBound
    for (changed, code) in [
      ("\(text[..<header])</q>\(text[header...])", "malformed"), (String(text[..<header]), "truncated"),
    ] {
      builder.changes = [("xl/worksheets/sheet3.xml", changed)]
      let unit = try WorkbookTests.read(builder)
      #expect(unit.count("login")?.counts == [3, 3, 0])
      let found = try #require(unit.setAside.first { $0.unit == "document" })
      #expect(found.reason.code == code && found.reason.isFault && found.count == 1)
      #expect(found.examples.first?.detail.hasPrefix("line ") == true)
    }
  }

  /// Opened where the month comes first, a table of days and months has dates that are others, and text.
  @Test func daysThatMayHaveBecomeMonthsAreNoted() throws {
    func notes(_ dates: [String], _ texts: [String]) throws -> [String] {
      let cells =
        dates.map { Cell.number($0, style: 1) } + texts.map { Cell.inline("\($0)/02/2024 10:00:00") }
      var builder = WorkbookBuilder(
        .init("A", [WorkbookTests.header] + cells.map { [.number("1"), $0, .inline("192.0.2.1")] }))
      builder.formats = ["14"]
      return try WorkbookTests.read(builder).notes
    }
    // 2024-02-01, -05 and -12, and -13.
    let (early, late) = (["45323", "45327", "45334"], "45335")
    let found = try notes(early, ["13", "28"])
    #expect(found.count == 1 && found.first?.contains("3 dates are on the 12th") == true)
    #expect(found.first?.contains("2 that are text are later") == true)
    #expect(try notes(early, ["13"]).isEmpty && notes(early + [late], ["13", "28"]).isEmpty)
    #expect(try notes(early, ["12", "28"]).isEmpty && notes([], ["13", "28", "29", "20", "21"]).isEmpty)
  }

  @Test func sheetsBeyondTheirLimitsAreDamage() throws {
    var builder = WorkbookTests.logins
    builder.sheets[1].rows[4].number = "1048577"
    #expect(try Self.code(builder) == "bad-workbook")
    builder.sheets[1].rows[4].number = "1048576"
    builder.sheets[1].rows.removeLast(3)
    #expect(try WorkbookTests.read(builder).records.last?.locator.hasSuffix("row[1048576]") == true)
    builder.sheets[1].rows.append(.init(cells: [.inline("x")], number: nil))
    builder.saysPlaces = false
    #expect(try Self.code(builder) == "bad-workbook")
  }

  @Test func rowsWhoseCellsStandNowhereAreSetAside() throws {
    func row(_ cells: String, _ number: String) -> WorkbookBuilder.Row {
      .init(cells: [.raw(cells)], number: number)
    }
    func cell(_ place: String) -> String { "<c r=\"\(place)\" t=\"inlineStr\"><is><t>7</t></is></c>" }
    var builder = WorkbookTests.logins
    builder.sheets[1].rows = Array(builder.sheets[1].rows.prefix(4))
    builder.sheets[1].rows += [
      row(cell("A9"), "5"), row(cell("B6") + cell("A6"), "6"), row(cell("A7") + cell("A7"), "7"),
      row(cell("XFE8"), "8"), row(cell("A0"), "9"), row(cell("9"), "10"), row(cell("A11"), "x"),
      row(cell("A3"), "3"), row(cell("é"), "12"),
    ]
    let unit = try WorkbookTests.read(builder)
    #expect(unit.count("login")?.counts == [10, 1, 9])
    #expect(unit.setAside.first { $0.unit == "login" }?.reason == .malformed)
    #expect(unit.setAside.first { $0.unit == "login" }?.examples.last?.detail.contains("é") == true)
  }

  @Test func aRowOrTextThatIsTooLargeIsSetAside() throws {
    var options = WorkbookTests.options([try TableTests.mapping()])
    options.limits.recordBytes = 20_000
    let long = String(repeating: "x", count: 30_000)
    let half = String(repeating: "y", count: 15_000)
    var builder = WorkbookTests.logins
    let time = Cell.number("45335.5", style: 1)
    builder.sheets[1].rows += [
      [.number("7"), time, .inline("192.0.2.9"), .empty, .shared(long)],
      [.number("8"), time, .inline("192.0.2.9"), .empty, .inline(long)],
      [.number("9"), time, .shared(half), .empty, .shared(half)],
      [.number("10"), time, .inline("192.0.2.10"), .empty, .empty],
    ].map { WorkbookBuilder.Row(cells: $0) }
    let unit = try #require(
      try ReadOutcome.reading(builder.bytes, named: "return.xlsx", options: options).units.first)
    #expect(unit.setAside.contains { $0.unit == "login" && $0.reason == .tooLarge && $0.count == 3 })
    #expect(unit.records.last?.text == "192.0.2.10" && unit.count("login")?.counts == [7, 4, 3])
  }

  @Test func whatPacksOrNamesFarMoreThanItsSizeIsRefused() throws {
    // Spaces pack a thousand times smaller.
    var builder = WorkbookTests.logins
    builder.changes = [
      ("xl/worksheets/sheet1.xml", "<worksheet>" + String(repeating: " ", count: 80 << 20) + "</worksheet>")
    ]
    var options = WorkbookTests.options([try TableTests.mapping()])
    let bomb = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(builder.bytes, named: "return.xlsx", options: options)
    }
    #expect(bomb?.code == "archive-bomb")
    // One large text that every cell names.
    let text = String(repeating: "x", count: 1 << 20)
    options.limits.recordBytes = 32 << 20
    var many = WorkbookTests.logins
    many.sheets[1].rows += (0..<1200).map { _ in
      .init(cells: [.number("7"), .empty, .inline("192.0.2.9"), .empty, .shared(text)])
    }
    let named = #expect(throws: ExportRefusal.self) {
      try ReadOutcome.reading(many.bytes, named: "return.xlsx", options: options)
    }
    #expect(named?.code == "archive-bomb")
  }

  /// Rows whose only cell is the last that a row can have: what is left out before it is not looked at.
  @Test func aSheetThatIsAllButEmptyIsPassedOver() throws {
    let rows = (1...20_000).map { "<row><c r=\"XFD\($0)\"><v>1</v></c></row>" }.joined()
    var builder = WorkbookTests.logins
    builder.changes = [
      ("xl/worksheets/sheet1.xml", "<worksheet><sheetData>\(rows)</sheetData></worksheet>")
    ]
    let unit = try WorkbookTests.read(builder)
    #expect(unit.count("login")?.counts == [3, 3, 0])
    #expect(unit.setAside.first { $0.unit == "sheet" }?.examples.first?.detail == "“Cover”: 20000 rows")
  }

  @Test func anArchiveThatIsNotAsWorkbooksAreIsRefused() throws {
    let parts = WorkbookTests.logins.parts
    func read(_ change: (inout ZipBuilder) -> Void) throws -> String? {
      var zip = ZipBuilder()
      for (name, text) in parts { zip.add(name, text) }
      change(&zip)
      let refusal = #expect(throws: ExportRefusal.self) { try WorkbookTests.outcome(zip.bytes) }
      return refusal?.code
    }
    #expect(try read { $0.add("xl/worksheets/sheet2.xml", parts[0].text) } == "bad-archive")
    #expect(try read { $0.entries[5].isEncrypted = true } == "bad-archive")
    #expect(try read { $0.entries[6].checksum = 1 } == "bad-archive")
    #expect(try read { $0.add("xl/../../x", "x") } == "path-traversal")
    var gone = WorkbookTests.logins
    gone.changes = [("xl/workbook.xml", nil)]
    #expect(try Self.code(gone) == "bad-workbook")
    // In an archive it does not take the others with it.
    var zip = ZipBuilder()
    zip.add("return.xlsx", gone.bytes)
    zip.add("logins.csv", TableTests.plain)
    let scratch = try ScratchFolder()
    let plan = try ImportPlan(
      scratch.write(zip.bytes, to: "all.zip"), options: WorkbookTests.options([try TableTests.mapping()]))
    #expect(plan.units.map(\.format.id) == ["workbook", "table"])
  }

  /// Bytes changed at random in each part: no crash, no record that is not counted, the same twice.
  @Test func changedBytesAreReadOrRefused() throws {
    var random = SplitMix(seed: 7)
    let parts = WorkbookTests.logins.parts
    let options = WorkbookTests.options([try TableTests.mapping()])
    for _ in 0..<600 {
      let zip = ZipBuilder(parts, changedBy: &random)
      let bytes = zip.bytes
      let one = try? ReadOutcome.reading(bytes, named: "return.xlsx", options: options)
      let two = try? ReadOutcome.reading(bytes, named: "return.xlsx", options: options)
      #expect(one?.units.map(\.records) == two?.units.map(\.records))
      for unit in one?.units ?? [] {
        #expect(unit.records.count <= 5)
        #expect(unit.reconciliation.allSatisfy { ($0.seen ?? 0) <= 7 }, "\(unit.reconciliation)")
      }
    }
  }
}
