/// The tables with which the sheets of a workbook begin.
struct WorkbookSamples {
  /// Those of the sheets that begin with one, in the order of the archive.
  private(set) var sheets: [(name: String, sample: TableSample)] = []

  /// Sheets that are looked at.
  private static let sheetLimit = 100
  /// Columns of a sheet that are looked at.
  private static let columnLimit = 1_000

  /// Looks into a member that is a workbook; nil for any other.
  ///
  /// - Throws: `ExportRefusal` for a workbook that is damaged, or of which no copy can be made.
  init?(_ input: MemberInput, limits: ImportLimits) throws {
    guard let copy = try WorkbookPackage.copy(of: input, limits: limits) else { return nil }
    let book = try Workbook(WorkbookPackage(copy, path: input.path, limits: limits))
    var sheets: [(name: String, sample: TableSample)] = []
    let budget = TextBudget(path: input.path)
    try book.package.walk(Set(book.sheets.keys)) { part, input in
      guard sheets.count < Self.sheetLimit, let sheet = book.sheets[part] else { return }
      input.tap { budget.add($0.count) }
      var rows: [[String]] = []
      let parser = SheetParser(book, part: part, budget: budget, width: Self.columnLimit) { row in
        guard row.fault == nil, !row.isTooLarge else { return }
        rows.append(row.withCells { cells in cells.fields.map { $0.value(in: cells.row) } })
        if rows.count == TableSample.rowLimit { throw SheetParser.Enough() }
      }
      _ = try parser.read(input)
      if let sample = TableSample(Self.even(rows), 0x09) { sheets.append((sheet.name, sample)) }
    }
    self.sheets = sheets
  }

  /// Makes rows as wide as the first of those with most values: those of a sheet end with their last cell.
  private static func even(_ rows: [[String]]) -> [[String]] {
    func filled(_ row: [String]) -> Int { row.count { !$0.isEmpty } }
    let fullest = rows.max { filled($0) < filled($1) } ?? []
    let width = (fullest.lastIndex { !$0.isEmpty } ?? -1) + 1
    return rows.map { Array($0.prefix(width)) + [String](repeating: "", count: max(width - $0.count, 0)) }
  }
}
