internal import CLibXML2

/// The sheets of a workbook as rows of texts, for whoever wants the cells themselves and not the accounts in them.
package struct WorkbookTables {
  /// A sheet that holds cells.
  package struct Sheet {
    /// Its name.
    package let name: String
    /// Whether a spreadsheet program shows it only when asked.
    package let isHidden: Bool
    /// The names in its header row up to the last; empty where no row has a name that was wanted.
    package let headers: [String]
    /// The header row, from 1.
    package let headerRow: Int
    /// Filled cells of the row with most of them among the first, for whoever has to say which row is the header.
    package let widest: [String]
    fileprivate let part: String
    fileprivate let number: Int
    /// Rows that stand before the header row and hold something.
    fileprivate let preamble: Int
  }

  /// A row below the header, valid until the next.
  package struct Row {
    /// From 1.
    package let number: Int
    /// The texts.
    package let bytes: UnsafeBufferPointer<UInt8>
    /// By column, where its text is.
    package let cells: [Range<Int>]
    /// Columns in which something stands that is no value.
    package let losses: [(column: Int, loss: Loss)]
    /// Whether a cell behind the last column holds something.
    package let hasMore: Bool
  }

  /// Why what stands in a cell is no value.
  package enum Loss { case error, noResult, rounded, malformed }

  /// What there is to say of a sheet that was read.
  package struct Reading {
    /// Rows that cannot be read, or were found by a second count alone.
    package var unreadRows = 0
    /// Cells that are one over several rows.
    package var merges: [(columns: ClosedRange<Int>, rows: ClosedRange<Int>)] = []
    /// What else there is to say.
    package var notes: [String] = []
  }

  /// The sheets with cells, in the order of the workbook.
  package let sheets: [Sheet]
  private let book: Workbook

  /// Whether a file that begins so is a workbook, or like one.
  package static func mayBegin(_ head: some Sequence<UInt8>) -> Bool {
    head.starts(with: FileMark.zip) || head.starts(with: FileMark.compoundFile)
  }

  /// Looks for the header rows of a workbook; nil for what is neither a workbook nor like one.
  ///
  /// - Parameter headers: names of which a header row has one, without regard to capitals.
  /// - Throws: `ExportRefusal` for a workbook that is damaged or cannot be copied, and for a workbook or archive of another
  ///   sort.
  package init?(_ input: MemberInput, headers: [String], limits: ImportLimits = ImportLimits()) throws {
    guard let package = try WorkbookPackage(workbook: input, limits: limits) else { return nil }
    book = try Workbook(package)
    if let name = book.missing.first {
      throw package.damaged("lists the sheet “\(name.prefix(60))” and does not hold it")
    }
    let wanted = Set(headers.map { $0.lowercased() })
    var sheets: [Sheet] = []
    let budget = TextBudget(path: package.path)
    let book = book
    try package.walk(Set(book.sheets.keys)) { part, input in
      guard let sheet = book.sheets[part] else { return }
      input.tap { budget.add($0.count) }
      var head = Head(wanted)
      let parser = SheetParser(book, part: part, budget: budget, showsFractions: true) { row in
        if !head.add(row) { throw SheetParser.Enough() }
      }
      if let report = try parser.read(input) {
        try WorkbookPackage.demandWhole(report, "\(package.path): \(part)")
      }
      if parser.rows == 0 { return }
      sheets.append(
        Sheet(
          name: sheet.name, isHidden: sheet.isHidden, headers: head.headers, headerRow: head.headerRow,
          widest: head.widest, part: part, number: sheet.number, preamble: head.preamble))
    }
    self.sheets = sheets.sorted { $0.number < $1.number }
  }

  /// The first rows of a sheet.
  private struct Head {
    private let wanted: Set<String>
    private var rows = 0
    private(set) var headers: [String] = []
    private(set) var headerRow = 0
    private(set) var preamble = 0
    private(set) var widest: [String] = []

    init(_ wanted: Set<String>) { self.wanted = wanted }

    /// Adds a row, and says whether the next one is of interest.
    ///
    /// The first row with a wanted name is the header. One of two cells may be a line of a form (`ID`, `17`) above it: a
    /// later one with more cells goes before that.
    mutating func add(_ row: SheetRow) -> Bool {
      defer { rows += 1 }
      guard row.fault == nil, !row.isTooLarge else { return rows + 1 < TableLayout.preambleLimit }
      // A row may have thousands of cells that are empty.
      let (last, filled) = row.withCells { cells in
        (
          cells.fields.lastIndex { $0.isFilled(in: cells.row) },
          cells.fields.filter { $0.isFilled(in: cells.row) }.map { $0.value(in: cells.row) }
        )
      }
      if filled.count > widest.count { widest = filled }
      let known = headers.count { !$0.isEmpty }
      if let last, headers.isEmpty || filled.count > known,
        filled.contains(where: { wanted.contains($0.lowercased()) })
      {
        headers = row.withCells { cells in cells.fields[...last].map { $0.value(in: cells.row) } }
        (headerRow, preamble) = (Int(row.number), rows)
      }
      return rows + 1 < TableLayout.preambleLimit && (headers.count { !$0.isEmpty }) <= 2
    }
  }

  /// Lends the rows below a sheet's header that hold something.
  ///
  /// - Throws: `ExportRefusal` for a sheet that is damaged, and what `take` throws.
  package func read(_ sheet: Sheet, _ take: (Row) throws -> Void) throws -> Reading {
    var reading = Reading()
    try withoutActuallyEscaping(take) { take in
      try book.package.walk([sheet.part]) { _, input in
        reading = try read(sheet, input, take)
      }
    }
    return reading
  }

  private func read(
    _ sheet: Sheet, _ input: MemberInput, _ take: @escaping (Row) throws -> Void
  ) throws -> Reading {
    var reading = Reading()
    let budget = TextBudget(path: book.package.path)
    var counter = SheetRowCount()
    input.tap {
      counter.add($0)
      budget.add($0.count)
    }
    var rows = 0
    var cells: [Range<Int>] = []
    let parser = SheetParser(
      book, part: sheet.part, budget: budget, width: sheet.headers.count, showsFractions: true
    ) { row in
      rows += 1
      guard rows > sheet.preamble + 1 else { return }
      if row.fault != nil || row.isTooLarge {
        reading.unreadRows += 1
        return
      }
      cells.removeAll(keepingCapacity: true)
      for field in row.fields { cells.append(field.start..<field.end) }
      try row.withCells {
        try take(
          Row(
            number: Int(row.number), bytes: $0.row, cells: cells, losses: Self.losses(row),
            hasMore: row.beside != nil))
      }
    }
    if let report = try parser.read(input) {
      try WorkbookPackage.demandWhole(report, "\(book.package.path): \(sheet.part)")
    }
    counter.finish()
    reading.unreadRows += max(counter.rows - parser.rows, 0)
    reading.merges = parser.merges.map { ($0.columns, Int($0.first.row)...Int($0.last.row)) }
    reading.notes = notes(sheet, parser)
    return reading
  }

  private static func losses(_ row: SheetRow) -> [(column: Int, loss: Loss)] {
    if row.problems.isEmpty, row.rounded.isEmpty { return [] }
    var losses: [(column: Int, loss: Loss)] = []
    for (column, reason, _) in row.problems {
      switch reason {
      case TableRowWriter.spreadsheetError: losses.append((column, .error))
      case .noResult: losses.append((column, .noResult))
      default: losses.append((column, .malformed))
      }
    }
    for column in row.rounded { losses.append((column, .rounded)) }
    return losses
  }

  private func notes(_ sheet: Sheet, _ parser: SheetParser) -> [String] {
    var notes: [String] = []
    if sheet.preamble > 0 {
      notes.append(
        "\(sheet.preamble) \(sheet.preamble == 1 ? "row stands" : "rows stand") above the header in row \(sheet.headerRow)"
      )
    }
    if let hidden = parser.hidden(of: book.sheets[sheet.part]) {
      notes.append("hidden, and read all the same: \(hidden)")
    }
    if parser.furtherMerges > 0 {
      notes.append("\(parser.furtherMerges) more cells are one over several rows")
    }
    return notes
  }
}
