import PlatformExports
import TestSupport
import Testing

/// The sheets of a workbook as rows of texts.
@Suite struct WorkbookTablesTests {
  typealias Cell = WorkbookBuilder.Cell

  private static func tables(
    _ bytes: [UInt8], _ headers: [String] = ["id", "unique_id"], named name: String = "people.xlsx"
  ) throws -> WorkbookTables? {
    try WorkbookTables(MemberInput(path: name, bytes: bytes), headers: headers)
  }

  private struct Rows: Equatable {
    var rows: [[String]] = []
    var numbers: [Int] = []
    var losses: [String] = []
    var besides: [Int] = []
  }

  /// All of a sheet.
  private static func read(
    _ builder: WorkbookBuilder, _ number: Int = 0
  ) throws -> (sheet: WorkbookTables.Sheet, rows: Rows, end: WorkbookTables.Reading) {
    let book = try #require(try tables(builder.bytes))
    let sheet = book.sheets[number]
    var rows = Rows()
    let end = try book.read(sheet) { row in
      rows.rows.append(row.cells.map { String(decoding: row.bytes[$0], as: UTF8.self) })
      rows.numbers.append(row.number)
      rows.losses += row.losses.map { "\(row.number):\($0.column) \($0.loss)" }
      if row.hasMore { rows.besides.append(row.number) }
    }
    return (sheet, rows, end)
  }

  private static func code(_ bytes: [UInt8], named name: String = "people.xlsx") -> String? {
    do {
      guard let book = try tables(bytes, named: name) else { return nil }
      for sheet in book.sheets where !sheet.headers.isEmpty { _ = try book.read(sheet) { _ in } }
      return ""
    } catch let refusal as ExportRefusal {
      #expect(!refusal.advice.isEmpty && refusal.place.hasPrefix(name))
      return refusal.code
    } catch {
      return "\(error)"
    }
  }

  static var people: WorkbookBuilder {
    var builder = WorkbookBuilder(
      .init("Cover", [[.shared("List of people")]]),
      .init(
        "People",
        [
          [.shared("As of May")], [.shared("Unit"), .number("7")],
          [.shared("Name"), .shared("ID"), .shared("Born"), .empty, .shared("Phone")],
          [
            .shared("Ann Roe"), .number("1"), .number("33021", style: 1), .inline("x"),
            .number("7700900101", style: 2),
          ],
          [], [.result("Bo Lin"), .shared("2"), .date("1985-12-24"), .empty, .number("447700900102")],
          [.inline(" "), .empty],
          [
            .shared("Cy Poe"), .number("3"), .number("31605.5", style: 1), .boolean(true), .empty,
            .shared("!"),
          ],
        ]))
    builder.formats = ["14", "00000000000"]
    return builder
  }

  @Test func rowsAreTextsAsTheyAreShown() throws {
    let (sheet, rows, end) = try Self.read(Self.people, 1)
    #expect(sheet.headers == ["Name", "ID", "Born", "", "Phone"] && sheet.headerRow == 3)
    #expect(
      rows.rows == [
        ["Ann Roe", "1", "1990-05-28", "x", "07700900101"],
        ["Bo Lin", "2", "1985-12-24", "", "447700900102"], [" "],
        ["Cy Poe", "3", "1986-07-12 12:00:00", "TRUE"],
      ])
    #expect(rows.numbers == [4, 6, 7, 8] && rows.besides == [8] && rows.losses.isEmpty)
    #expect(end.notes == ["2 rows stand above the header in row 3"] && end.unreadRows == 0)
    let cover = try #require(try Self.tables(Self.people.bytes)?.sheets.first)
    #expect(cover.headers.isEmpty && cover.widest == ["List of people"])
  }

  /// A line of a form above the table is not its header, though it names an id; a later row of it never is.
  @Test func theHeaderIsTheFirstRowThatNamesAnID() throws {
    func headers(_ rows: [[String]]) throws -> [String] {
      let builder = WorkbookBuilder(.init("A", rows.map { $0.map { .shared($0) } }))
      return try #require(try Self.tables(builder.bytes)?.sheets.first?.headers)
    }
    let table = [["unique_id", "name", "note"], ["1", "Ann", "id"], ["id", "b", "c"]]
    #expect(try headers(table) == table[0])
    #expect(try headers([["ID", "17"]] + table) == table[0])
    #expect(try headers([["Id", "name"], ["1", "Ann"], ["2", "id"]]) == ["Id", "name"])
    #expect(try headers([["key", "name"], ["1", "Ann"]]).isEmpty)
    #expect(try headers((0..<199).map { ["note \($0)"] } + table) == table[0])
    #expect(try headers((0..<200).map { ["note \($0)"] } + table).isEmpty)
  }

  /// What spreadsheets write of a fraction is more than they show.
  @Test(arguments: [
    ("1.1000000000000001", "1.1"), ("0.30000000000000004", "0.3"), ("-7.50", "-7.50"), ("51.5", "51.5"),
    ("4.4000000000000004E-2", "0.044"), ("12345678901234.561", "12345678901234.6"), ("0", "0"),
  ])
  func fractionsHaveFifteenDigits(_ written: String, _ shown: String) throws {
    let builder = WorkbookBuilder(.init("A", [[.shared("id")], [.number(written)]]))
    #expect(try Self.read(builder).rows.rows == [[shown]])
  }

  @Test func whatIsNoValueIsSaid() throws {
    var builder = WorkbookBuilder(
      .init(
        "A",
        [
          ["id", "a", "b"].map { .shared($0) },
          [.shared("1"), .error("#REF!"), .raw("<c r=\"C2\"><f>A1</f></c>")],
          [.shared("2"), .number("447701000000"), .number("4.47701E+11")],
          [.shared("3"), .number("1234567890123450"), .number("12345678901234567")],
          [.shared("4"), .shared("447701000000"), .raw("<c r=\"C5\" t=\"q\"><v>1</v></c>")],
          [.shared("5"), .raw("<c r=\"A1\"><v>1</v></c>")],
        ]))
    builder.sheets[0].merges = ["B2:B4", "A1:C1"]
    builder.sheets[0].state = "hidden"
    builder.sheets[0].rows[2].attributes = " hidden=\"1\""
    let (sheet, rows, end) = try Self.read(builder)
    #expect(sheet.isHidden && rows.numbers == [2, 3, 4, 5])
    #expect(
      rows.losses == [
        "2:1 error", "2:2 noResult", "3:1 rounded", "3:2 rounded", "4:1 rounded", "5:2 malformed",
      ])
    #expect(rows.rows[2] == ["3", "1234567890123450", "12345678901234567"])
    #expect(end.unreadRows == 1)
    #expect(end.merges.map { "\($0.columns) \($0.rows)" } == ["1...1 2...4"])
    #expect(end.notes == ["hidden, and read all the same: the sheet, 1 row"])
  }

  @Test func otherFilesAreRefusedByWhatTheyAre() throws {
    let older: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    func utf16(_ text: String) -> [UInt8] { text.utf8.flatMap { [$0, 0] } }
    func what(_ bytes: [UInt8], _ name: String = "people") throws -> String {
      let refusal = #expect(throws: ExportRefusal.self) { try Self.tables(bytes, named: name) }
      #expect(refusal?.code == "no-workbook")
      return "\(try #require(refusal))"
    }
    let locked = try what(older + [UInt8](repeating: 0, count: 600) + utf16("EncryptedPackage"))
    #expect(locked.contains("with a password") && locked.contains("copy without one"))
    let xls = try what(older + [UInt8](repeating: 0, count: 600) + utf16("Workbook"))
    #expect(xls.contains("(XLS)") && xls.contains("as CSV in UTF-8") && !xls.contains("--mapping"))
    #expect(try what(older).contains("before 2007"))
    var ods = ZipBuilder()
    ods.add("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    ods.add("content.xml", "<a/>")
    #expect(try what(ods.bytes).contains("(ODS)"))
    var xlsb = ZipBuilder()
    xlsb.add(
      "[Content_Types].xml",
      "<Types><Override ContentType=\"application/vnd.ms-excel.sheet.binary.macroEnabled.main\"/></Types>")
    xlsb.add("xl/workbook.bin", "x")
    #expect(try what(xlsb.bytes).contains("(XLSB)"))
    var zip = ZipBuilder()
    zip.add("a.csv", "id,name\n")
    #expect(try what(zip.bytes).contains("no workbook"))
    #expect(try what(zip.bytes, "a.xlsx").contains("no workbook"))
    #expect(try Self.tables(Array("id,name\n".utf8)) == nil && Self.tables([]) == nil)
  }

  @Test func aWorkbookThatIsCutOffAnywhereIsRefused() throws {
    let bytes = Self.people.storedBytes
    #expect(Self.code(bytes) == "")
    // Of a cut behind the mark of the record that ends the archive all parts are whole.
    let last = bytes.count - 18
    for count in [Int](stride(from: 4, to: last, by: 7)) + [last - 2, last - 1] {
      let code = Self.code(Array(bytes[..<count]))
      #expect(code?.isEmpty == false, "\(count) of \(bytes.count): \(code ?? "no workbook")")
    }
    for count in last..<bytes.count { #expect(Self.code(Array(bytes[..<count])) == "") }
  }

  @Test func aSheetThatIsDamagedOrABombIsRefused() throws {
    var builder = Self.people
    let name = "xl/worksheets/sheet2.xml"
    let text = try #require(builder.parts.first { $0.name == name }?.text)
    builder.changes = [(name, text.replacing("Bo Lin", with: "</q>"))]
    #expect(Self.code(builder.bytes) == "bad-workbook")
    builder.changes = [(name, String(text.dropLast(30)))]
    #expect(Self.code(builder.bytes) == "bad-workbook")
    builder.changes = [(name, nil)]
    #expect(Self.code(builder.bytes) == "bad-workbook")
    let space = String(repeating: " ", count: 80 << 20)
    builder.changes = [(name, text.replacing("</sheetData>", with: space + "</sheetData>"))]
    #expect(Self.code(builder.bytes) == "archive-bomb")
  }

  /// Bytes changed at random in each part: no crash, and the same twice.
  @Test func changedBytesAreReadOrRefused() throws {
    var random = SplitMix(seed: 11)
    let parts = Self.people.parts
    for _ in 0..<400 {
      let zip = ZipBuilder(parts, changedBy: &random)
      #expect(Self.code(zip.bytes) == Self.code(zip.bytes))
    }
  }
}
