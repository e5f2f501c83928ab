import RecordLinkage
import TestSupport
import Testing

/// Tables that come in rows of cells.
@Suite struct RowTableTests {
  /// Rows in memory.
  private struct Rows: RowTable {
    struct Failure: Error {}

    let name = "book sheet “A”"
    var headers = ["id", "name", "phone", ""]
    let headerRow = 3
    var rows: [[String]]
    /// By row.
    var lost: [Int: [(column: Int, why: LostCell)]] = [:]
    var beside: Set<Int> = []
    var end = RowTableEnd()
    var fails = false

    init(_ rows: [[String]]) { self.rows = rows }

    func read(_ take: (RowCells) throws -> Void) throws -> RowTableEnd {
      for (index, row) in rows.enumerated() {
        var bytes: [UInt8] = []
        let cells = row.map { text in
          bytes += Array(text.utf8)
          return bytes.count - text.utf8.count..<bytes.count
        }
        let number = index + 4
        try bytes.withUnsafeBufferPointer {
          try take(
            RowCells(
              row: number, bytes: $0, cells: cells, lost: lost[number] ?? [],
              hasMore: beside.contains(number)))
        }
      }
      if fails { throw Failure() }
      return end
    }
  }

  private func read(
    _ tables: [Rows], schema: TableSchema = TableSchema()
  ) throws(TableError) -> Table {
    guard let folder = try? ScratchFolder(), let file = try? folder.write("PK", to: "book") else {
      throw .empty(file: "")
    }
    return try TableLoading.read(
      [file.path], schema: schema,
      rowTables: {
        #expect($0.path == file.path && $0.head == Array("PK".utf8))
        return tables
      })
  }

  private func message(_ tables: Rows...) -> String? {
    do {
      _ = try read(tables)
      return nil
    } catch {
      return "\(error)"
    }
  }

  private func values(_ table: Table, _ column: String) throws -> [String] {
    let found = try #require(table.columns.first { $0.name == column })
    return (0..<table.recordCount).map { found.pool.string(Int(found.values[$0])) }
  }

  private static let plain = [
    ["1", "Ann", "07700900101", "x"], ["2", " Bo\n"], ["", "", ""], ["3", "", "07700900103"],
  ]

  @Test func rowsBecomeRecords() throws {
    let table = try read([Rows(Self.plain)])
    #expect((0..<3).map { table.id($0) } == ["1", "2", "3"] && table.recordCount == 3)
    #expect(try values(table, "name") == ["Ann", "Bo", ""])
    #expect(try values(table, "phone") == ["07700900101", "", "07700900103"])
    #expect(try values(table, "column 4") == ["x", "", ""])
    #expect(table.sources[0].name == "book sheet “A”" && table.sources[0].unit == .row)
    #expect(table.sources[0].remarks == ["1 row is empty and was passed over"])
    #expect(table.sources[0].leftOut == 0)
  }

  @Test func severalTablesOfAFileAreSourcesOfTheirOwn() throws {
    var other = Rows([["9", "Di"]])
    other.headers = ["ID", "Name"]
    let table = try read([Rows(Self.plain), other])
    #expect(table.sources.map(\.records) == [0..<3, 3..<4])
    #expect(try values(table, "Name") == ["", "", "", "Di"])
  }

  @Test func whatIsNoValueIsLeftOutAndSaid() throws {
    var rows = Rows([
      ["1", "Ann", "447701000000"], ["2", "", ""], ["3", "Cy", "447701000000", "rest"],
      ["12345678901234560", "Di"], ["", "Total: 4"], ["5", "Ed", "", "", "beside"],
    ])
    rows.lost = [
      4: [(2, .rounded)], 5: [(1, .error), (2, .noResult)], 6: [(2, .rounded), (3, .unreadable)],
      7: [(0, .rounded)],
    ]
    rows.beside = [9]
    rows.end = RowTableEnd(
      unreadRows: 2,
      merges: [(1...1, 4...6), (2...3, 5...6), (0...3, 1...3), (9...9, 4...6), (3...3, 9...1_048_576)],
      notes: ["a note"])
    var schema = TableSchema()
    schema.columns["column 4"] = .writing
    let table = try read([rows], schema: schema)
    #expect(try values(table, "phone") == ["", "", "", "", ""])
    let source = table.sources[0]
    #expect(source.longRows == 1 && source.refusedLines == 3 && source.partialLines == 5)
    #expect(
      source.remarks == [
        "1 row has more fields than the header; the surplus was left out", "these are rows 9",
        "1 value of “name” is an error of the spreadsheet (#N/A, #REF!) and was left out, the first at row 5",
        "1 value of “phone” is a formula whose result the workbook does not hold and was left out, the first at row 5",
        "2 values of “phone” are numbers that lost digits to a spreadsheet (4.47701E+11, over fifteen digits) and were left out, the first at row 4",
        "1 value of “column 4” cannot be read and was left out, the first at row 6",
        "1 id is a number that lost digits to a spreadsheet (4.47701E+11, over fifteen digits), and may be another's",
        "2 rows have no value of their own in cells that are one over several rows, the first of which begins in row 4: take them apart in a copy and fill each",
        "1 row holds one cell and no id, as titles and totals do, and was left out, the first at row 8",
        "2 rows cannot be read", "a note",
      ])
    // In a column that is left out nothing is missed.
    schema.columns["phone"] = .ignore
    #expect(try read([rows], schema: schema).sources[0].partialLines == 4)
  }

  @Test func messagesNameRows() throws {
    #expect(
      message(Rows(Self.plain + [["2", "Cy"]]))
        == "book sheet “A”, row 8: the id “2” is taken by book sheet “A”, row 5; ids must differ over all tables"
    )
    #expect(
      message(Rows(Self.plain + [["", "Cy", "07700900109"]])) == "book sheet “A”, row 8: the id is empty")
    var lost = Rows(Self.plain + [["", "Cy"]])
    lost.lost = [8: [(0, .error)]]
    #expect(message(lost)?.hasPrefix("book sheet “A”, row 8: the id is an error of the spreadsheet") == true)
    var twice = Rows(Self.plain)
    twice.headers = ["id", "name", "name"]
    #expect(message(twice) == "book sheet “A”, row 3: two columns are called “name”; rename one")
    twice.headers = ["key", "name"]
    #expect(message(twice)?.contains("no column is called unique_id or id") == true)
    #expect(message(Rows([]))?.hasPrefix("book sheet “A”: no records") == true)
    #expect(message(Rows([["", "", ""]]))?.hasPrefix("book sheet “A”: no records") == true)
    var failing = Rows(Self.plain)
    failing.fails = true
    #expect(message(failing) == "book sheet “A”: Failure()")
  }

  /// In tables of text too.
  @Test func numbersThatASpreadsheetWroteShortAreSaid() throws {
    let folder = try ScratchFolder()
    let file = try folder.write(
      "id,phone,x\n1,4.47701E+11,1E+11\n2,4.47701E+11,1.5E+3\n3,07700900101,E+11\n4,447E+11,4.47701234E+11\n",
      to: "t.csv")
    let table = try TableLoading.read([file.path])
    #expect(
      table.sources[0].notes.map { String($0.prefix(21)) } == [
        "2 values of “phone” a", "1 value of “x” is wri",
      ])
    #expect(try values(table, "phone").first == "4.47701E+11" && table.sources[0].leftOut == 0)
  }
}
