internal import CLibXML2

/// Where the tables of a workbook's sheets begin, under some mappings.
struct SheetHeaders {
  /// A sheet whose header row a mapping knows.
  struct Table {
    let mapping: TableMapping
    let layout: TableLayout
  }

  /// By the sheet's part.
  private(set) var tables: [String: Table] = [:]
  /// Of sheets that no mapping knows the row with most cells among their first, which may be the header, in the order of
  /// the archive.
  private(set) var beginnings: [(sheet: String, row: String)] = []
  /// By the part of a sheet that breaks off before its first rows are through and has no table so far: whether it was cut
  /// off, and what is wrong with it.
  private(set) var damage: [String: (isCutOff: Bool, what: String)] = [:]

  /// Looks at the first rows of each sheet.
  init(_ book: Workbook, mappings: [TableMapping]) throws {
    let wanted = mappings.map { Set($0.wantedHeaders.map(TableMapping.folded)) }
    var tables: [String: Table] = [:]
    var beginnings: [(sheet: String, row: String)] = []
    var damage: [String: (isCutOff: Bool, what: String)] = [:]
    let budget = TextBudget(path: book.package.path)
    try book.package.walk(Set(book.sheets.keys)) { part, input in
      var found = [TableLayout?](repeating: nil, count: mappings.count)
      var rows = 0
      var widest: [String] = []
      input.tap { budget.add($0.count) }
      let parser = SheetParser(book, part: part, budget: budget) { row in
        if row.fault == nil, !row.isTooLarge {
          // A row may have thousands of cells that are empty.
          let filled = row.withCells { cells in
            cells.fields.filter { $0.isFilled(in: cells.row) }.map { $0.value(in: cells.row) }
          }
          if filled.count > widest.count { widest = filled }
          let names = Set(filled.map(TableMapping.folded))
          for (number, wanted) in wanted.enumerated()
          where found[number] == nil && !wanted.isEmpty && wanted.isSubset(of: names) {
            let headers = row.withCells { cells in
              cells.fields.map { TableMapping.folded($0.value(in: cells.row)) }
            }
            found[number] = TableLayout(delimiter: 0x09, preamble: rows, headers: headers)
          }
        }
        rows += 1
        // Earlier mappings go first.
        if rows == TableLayout.preambleLimit || found.first.flatMap({ $0 }) != nil {
          throw SheetParser.Enough()
        }
      }
      let report = try parser.read(input)
      if let number = found.firstIndex(where: { $0 != nil }), let layout = found[number] {
        tables[part] = Table(mapping: mappings[number], layout: layout)
      } else if let report, report.status != COG_XML_DONE {
        damage[part] = (
          report.status == COG_XML_TRUNCATED, "line \(report.line): \(XMLStream.text(report))"
        )
      } else if rows > 0, let sheet = book.sheets[part] {
        beginnings.append((sheet.name, widest.joined(separator: ", ")))
      }
    }
    (self.tables, self.beginnings, self.damage) = (tables, beginnings, damage)
  }
}
