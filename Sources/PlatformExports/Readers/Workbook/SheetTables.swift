internal import AccountModel
internal import CLibXML2

/// Reads the tables of a workbook.
struct SheetTables {
  private let book: Workbook
  private let headers: SheetHeaders
  /// By the sheet's part.
  private let writers: [String: TableRowWriter]
  private let member: UInt32
  private var path: String { book.package.path }

  static let noTable = SetAsideReason(
    "no-table", "has no row with the headers of a mapping among its first", isFault: false)
  static let missingSheet = SetAsideReason(
    "missing-sheet", "is listed, and the workbook does not hold it", isFault: true)
  static let noCells = SetAsideReason(
    "no-cells", "holds no cells: it is a chart, a dialog or macros", isFault: false)
  static let merged = SetAsideReason(
    "merged-cells",
    "are one cell over several rows, whose value stands in the first alone: take them apart in a copy and fill each",
    isFault: true)

  /// Finds the tables and, where a mapping leaves it open, what comes first in their dates.
  ///
  /// - Throws: `ExportRefusal` for a table that lacks a column, dates that tell no order, and damage.
  init(
    _ book: Workbook, options: ReaderOptions, optionClock: ZonedClock?, channel: String, member: UInt32
  ) throws {
    self.book = book
    self.member = member
    headers = try SheetHeaders(book, mappings: options.mappings)
    guard !headers.tables.isEmpty || !headers.damage.isEmpty else {
      let wanted = options.mappings.first?.wantedHeaders.joined(separator: ", ") ?? ""
      throw ExportRefusal(
        "no-header-row", what: "has no sheet with a row that has the headers \(wanted)",
        place: book.package.path,
        advice: "Correct the mapping's headers.")
    }
    var writers: [String: TableRowWriter] = [:]
    for part in headers.tables.keys.sorted() {
      guard let table = headers.tables[part], let sheet = book.sheets[part] else { continue }
      writers[part] = try TableRowWriter(
        table.mapping, table.layout, optionClock: optionClock,
        place: Self.place(sheet, in: book.package.path), member: member, channel: channel)
    }
    self.writers = writers
    try decideOrders(options.dateOrder)
  }

  private static func place(_ sheet: Workbook.Sheet, in path: String) -> String {
    "\(path) sheet “\(sheet.name)”"
  }

  /// Looks for a date that tells the order of day and month, in the tables whose mapping leaves it open. Dates that are
  /// numbers need none.
  private func decideOrders(_ given: ReaderOptions.DateOrder?) throws {
    let open = writers.filter { $0.value.leavesOrderOpen }
    if let given, given != .yearMonthDay {
      for (_, writer) in open { writer.setOrder(given, isGiven: true) }
      return
    }
    try book.package.walk(Set(open.keys)) { part, input in
      guard let writer = open[part], let table = headers.tables[part], let sheet = book.sheets[part] else {
        return
      }
      var rows = 0
      var isOpen = false
      var proof: ReaderOptions.DateOrder?
      let parser = SheetParser(
        book, part: part, budget: budget(over: input), width: table.layout.headers.count
      ) { row in
        rows += 1
        guard rows > table.layout.preamble + 1, row.fault == nil, !row.isTooLarge else { return }
        let found = row.withCells { writer.order(of: $0) }
        isOpen = isOpen || found.isOpen
        proof = found.proof
        if proof != nil { throw SheetParser.Enough() }
      }
      _ = try parser.read(input)
      if let proof {
        writer.setOrder(proof, isGiven: false)
      } else if isOpen {
        throw ExportRefusal(
          "ambiguous-date-order",
          what: "no date in \(max(rows - table.layout.preamble - 1, 0)) rows tells day from month",
          place: Self.place(sheet, in: path),
          advice: "Say which it is with --date-order dmy|mdy, or write dd and MM in the mapping's format.")
      }
    }
  }

  private func budget(over input: MemberInput) -> TextBudget {
    let budget = TextBudget(path: path)
    input.tap { budget.add($0.count) }
    return budget
  }

  // MARK: Reading

  /// Writes the records of all sheets, in the order in which the archive has them.
  func read(into writer: RecordWriter) throws {
    for name in book.missing {
      writer.setAside("sheet", Self.missingSheet, at: whole, detail: name)
    }
    for name in book.others { writer.setAside("sheet", Self.noCells, at: whole, detail: name) }
    try book.package.walk(Set(book.sheets.keys)) { part, input in
      guard let sheet = book.sheets[part] else { return }
      if let rowWriter = writers[part], let table = headers.tables[part] {
        try read(sheet, part, input, table, rowWriter, into: writer)
      } else {
        try passOver(sheet, part, input, into: writer)
      }
    }
  }

  private var whole: Locator { Locator(member: member, offset: 0) }

  private func locator(_ sheet: Workbook.Sheet, _ writer: RecordWriter) -> Locator {
    Locator(member: member, offset: 0, pattern: writer.pattern("sheet \(Self.shown(sheet))"))
  }

  /// The name of a sheet in a locator, where `[*]` stands for a number.
  private static func shown(_ sheet: Workbook.Sheet) -> String {
    "“\(sheet.name.replacing("[", with: "("))”"
  }

  private func passOver(
    _ sheet: Workbook.Sheet, _ part: String, _ input: MemberInput, into writer: RecordWriter
  ) throws {
    // Whether the table stands behind that, nobody knows.
    if let damage = headers.damage[part] {
      writer.setAside(
        "document", damage.isCutOff ? .truncated : .malformed, at: locator(sheet, writer), detail: damage.what
      )
    }
    var counter = SheetRowCount()
    input.tap { counter.add($0) }
    try input.skipRest()
    counter.finish()
    if counter.rows == 0 { return writer.note("\(Self.place(sheet, in: path)) is empty.") }
    writer.setAside(
      "sheet", Self.noTable, at: locator(sheet, writer),
      detail: "“\(sheet.name)”: \(counter.rows == 1 ? "1 row" : "\(counter.rows) rows")")
  }

  private func read(
    _ sheet: Workbook.Sheet, _ part: String, _ input: MemberInput, _ table: SheetHeaders.Table,
    _ rowWriter: TableRowWriter, into writer: RecordWriter
  ) throws {
    let budget = TextBudget(path: path)
    var counter = SheetRowCount()
    input.tap {
      counter.add($0)
      budget.add($0.count)
    }
    let pattern = writer.pattern("sheet \(Self.shown(sheet)) row[*]")
    var headerRow: UInt32 = 0
    let parser = SheetParser(book, part: part, budget: budget, width: table.layout.headers.count) { row in
      if rowWriter.rowsTaken == table.layout.preamble { headerRow = row.number }
      let locator = Locator(member: member, offset: 0, pattern: pattern, index: (row.number, 0))
      try rowWriter.take(row, at: locator, writer)
    }
    let report = try parser.read(input)
    counter.finish()
    if let report, report.status != COG_XML_DONE {
      let isCutOff = report.status == COG_XML_TRUNCATED
      writer.setAside(
        "document", isCutOff ? .truncated : .malformed, at: locator(sheet, writer),
        detail: "line \(report.line): \(XMLStream.text(report))")
      let lost = counter.rows - parser.rows
      if lost > 0 {
        writer.setAside(
          table.mapping.recordClass, isCutOff ? .truncated : .behindFault, at: locator(sheet, writer),
          count: lost)
      }
    }
    for merge in parser.merges where merge.first.row > headerRow && rowWriter.isMapped(anyOf: merge.columns) {
      writer.setAside("cells", Self.merged, at: locator(sheet, writer), detail: merge.reference)
    }
    if parser.furtherMerges > 0 {
      writer.setAside("cells", Self.merged, at: locator(sheet, writer), count: parser.furtherMerges)
    }
    note(sheet, parser, writer)
    try rowWriter.finish(rowsSeen: counter.rows, writer)
  }

  private func note(_ sheet: Workbook.Sheet, _ parser: SheetParser, _ writer: RecordWriter) {
    guard let hidden = parser.hidden(of: sheet) else { return }
    writer.note("\(Self.place(sheet, in: path)): hidden, and read all the same: \(hidden).")
  }
}
