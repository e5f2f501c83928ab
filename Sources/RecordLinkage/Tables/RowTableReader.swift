/// Reads tables of rows into a `TableBuilder`.
struct RowTableReader {
  /// The id column, or nil for the first of `TableBuilder.idNames` that the table has.
  var idColumn: String?
  /// Columns to leave out.
  var ignoredColumns: [String]

  /// Rows after which progress is told.
  private static let block = 4_096

  /// Reads a table to its end.
  ///
  /// - Throws: `TableError`.
  func read(_ table: some RowTable, into builder: inout TableBuilder) throws(TableError) {
    builder.beginFile(table.name, unit: .row)
    let names = table.headers.map(\.trimmedSpaces)
    let header = try TableHeader(
      names, of: table.name, at: TableLine(table.headerRow, .row), idColumn: idColumn,
      ignored: ignoredColumns, into: &builder)
    var state = State(table.name, header, names: names)
    let end: RowTableEnd
    do {
      end = try table.read { cells in
        try state.take(cells, into: &builder)
        if builder.recordCount % Self.block == 0 { builder.onBlock?(builder.recordCount) }
      }
    } catch let error as TableError {
      throw error
    } catch {
      throw .refused(file: table.name, reason: "\(error)")
    }
    builder.onBlock?(builder.recordCount)
    if builder.recordsOfFile == 0 { throw .empty(file: table.name) }
    state.finish(end, headerRow: table.headerRow, into: &builder)
  }

  /// Where a table has come to.
  private struct State {
    let file: String
    let header: TableHeader
    let names: [String]
    private var long = 0
    private var besides: [Int] = []
    private var empty = 0
    private var remarks = 0
    private var firstRemark = 0
    private var partial = 0
    private var roundedIDs = 0
    private var lastRow = 0
    private var leftOut = [LeftOutValues](
      repeating: LeftOutValues(unit: .row), count: LostCell.allCases.count)

    init(_ file: String, _ header: TableHeader, names: [String]) {
      self.file = file
      self.header = header
      self.names = names
    }

    mutating func take(_ cells: RowCells, into builder: inout TableBuilder) throws(TableError) {
      lastRow = cells.row
      if cells.hasMore {
        long += 1
        if besides.count < CSVTableReader.namedRaggedRows { besides.append(cells.row) }
      }
      let id = text(header.id, cells)
      if id.isEmpty || !cells.lost.isEmpty, try !isRecord(cells, id) { return }
      try builder.beginRecord(id: id, line: cells.row)
      for field in 0..<min(cells.cells.count, header.columns.count) where header.columns[field] >= 0 {
        let value = text(field, cells).trimmedSpaces
        if value.isEmpty || !cells.lost.isEmpty && cells.lost.contains(where: { $0.column == field }) {
          continue
        }
        try builder.set(header.columns[field], value)
      }
    }

    private func text(_ field: Int, _ cells: RowCells) -> UnsafeBufferPointer<UInt8> {
      guard cells.cells.indices.contains(field) else { return UnsafeBufferPointer(start: nil, count: 0) }
      return UnsafeBufferPointer(rebasing: cells.bytes[cells.cells[field]])
    }

    /// Judges a row without an id or with values that were lost, and counts these.
    ///
    /// - Throws: `TableError` for a record without an id.
    private mutating func isRecord(
      _ cells: RowCells, _ id: UnsafeBufferPointer<UInt8>
    ) throws(TableError) -> Bool {
      if id.isEmpty {
        if let lost = cells.lost.first(where: { $0.column == header.id }) {
          throw .lostID(file: file, line: TableLine(cells.row, .row), why: lost.why)
        }
        let filled = header.columns.indices.count { field in text(field, cells).contains { $0 > 0x20 } }
        if filled == 0, cells.lost.isEmpty {
          if !cells.hasMore { empty += 1 }
          return false
        }
        if filled == 1, cells.lost.isEmpty, header.columns.count > 2 {
          if remarks == 0 { firstRemark = cells.row }
          remarks += 1
          return false
        }
        return true
      }
      var isPartial = false
      for (column, why) in cells.lost where header.columns.indices.contains(column) {
        if column == header.id {
          roundedIDs += 1
        } else if header.columns[column] >= 0 {
          isPartial = true
          let name = names[column]
          leftOut[why.rawValue].add(name.isEmpty ? "column \(column + 1)" : name, line: cells.row)
        }
      }
      if isPartial { partial += 1 }
      return true
    }

    func finish(_ end: RowTableEnd, headerRow: Int, into builder: inout TableBuilder) {
      var notes: [String] = []
      for why in LostCell.allCases {
        if let note = leftOut[why.rawValue].note(why.words.one, why.words.several) { notes.append(note) }
      }
      if roundedIDs > 0 {
        notes.append(
          "\(roundedIDs) \(roundedIDs == 1 ? "id is a number" : "ids are numbers") that lost digits to a spreadsheet (4.47701E+11, over fifteen digits), and may be another's"
        )
      }
      let (below, first) = rowsWithoutOwnValues(end, headerRow)
      if below > 0 {
        notes.append(
          "\(below) \(below == 1 ? "row has" : "rows have") no value of their own in cells that are one over several rows, the first of which begins in row \(first): take them apart in a copy and fill each"
        )
      }
      if remarks > 0 {
        notes.append(
          "\(remarks) \(remarks == 1 ? "row holds" : "rows hold") one cell and no id, as titles and totals do, and \(remarks == 1 ? "was" : "were") left out, the first at row \(firstRemark)"
        )
      }
      if empty > 0 {
        notes.append(
          "\(empty) \(empty == 1 ? "row is" : "rows are") empty and \(empty == 1 ? "was" : "were") passed over"
        )
      }
      if end.unreadRows > 0 {
        notes.append("\(end.unreadRows) \(end.unreadRows == 1 ? "row" : "rows") cannot be read")
      }
      builder.endFile(
        shortRows: 0, longRows: long, raggedLines: besides, refusedLines: remarks + end.unreadRows,
        partialLines: partial + below, notes: notes + end.notes)
    }

    /// Rows behind the first of such cells, and where the first of these begins.
    private func rowsWithoutOwnValues(_ end: RowTableEnd, _ headerRow: Int) -> (rows: Int, first: Int) {
      let merges = end.merges.filter { merge in
        merge.rows.lowerBound > headerRow
          && merge.columns.contains { header.columns.indices.contains($0) && header.columns[$0] != -1 }
      }.map(\.rows).sorted { $0.lowerBound < $1.lowerBound }
      var rows = 0
      var last = headerRow
      // A whole column may be merged.
      for merge in merges where min(merge.upperBound, lastRow) > max(merge.lowerBound, last) {
        rows += min(merge.upperBound, lastRow) - max(merge.lowerBound, last)
        last = min(merge.upperBound, lastRow)
      }
      return (rows, merges.first?.lowerBound ?? 0)
    }
  }
}
