import Glibc
import PlatformExports
import RecordLinkage

/// Gives `resolve` the sheets of workbooks as tables.
final class ResolveSheets {
  /// Sheets that were asked for.
  private let wanted: [String]
  /// Of these the ones that some workbook has.
  private var found: Set<String> = []
  /// Sheets of the workbooks, for whoever asked for another.
  private var names: [String] = []

  init(_ wanted: [String]) { self.wanted = wanted }

  /// Finds the tables of a file that is a workbook; nil for any other.
  ///
  /// - Throws: `TableError`.
  func tables(_ file: TableFile) throws -> [any RowTable]? {
    guard WorkbookTables.mayBegin(file.head) else { return nil }
    do {
      guard let book = try WorkbookTables(Self.input(file), headers: file.idNames) else { return nil }
      return try chosen(of: book, file).map { SheetTable(book, $0.sheet, path: file.path, notes: $0.notes) }
    } catch let refusal as ExportRefusal {
      throw TableError(refusal)
    }
  }

  /// Refuses names of sheets that no workbook has.
  func demandAll() throws(TableError) {
    guard let name = wanted.first(where: { !found.contains($0) }) else { return }
    throw .refused(
      file: "--sheet",
      reason: names.isEmpty
        ? "none of the files is a workbook" : "no sheet is called “\(name)”; there are \(Self.list(names))")
  }

  /// Names of sheets, each as it is shown.
  private static func list(_ sheets: [WorkbookTables.Sheet]) -> String {
    list(sheets.map(shown))
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }

  private static func shown(_ sheet: WorkbookTables.Sheet) -> String {
    "“\(sheet.name.prefix(60))”\(sheet.isHidden ? " (hidden)" : "")"
  }

  /// What was read of the file, and what is left of it.
  private static func input(_ file: TableFile) -> MemberInput {
    var head = file.head[...]
    return MemberInput(path: file.path, member: 0) { buffer in
      if !head.isEmpty {
        let count = min(head.count, buffer.count)
        buffer.copyBytes(from: head.prefix(count))
        head.removeFirst(count)
        return count
      }
      while true {
        let count = Glibc.read(file.descriptor, buffer.baseAddress, buffer.count)
        if count >= 0 { return count }
        if errno != EINTR {
          throw TableError.unreadable(file: file.path, reason: String(cString: strerror(errno)))
        }
      }
    }
  }

  /// The sheets that are read, and what there is to say of the others.
  private func chosen(
    of book: WorkbookTables, _ file: TableFile
  ) throws(TableError) -> [(sheet: WorkbookTables.Sheet, notes: [String])] {
    names += book.sheets.map(Self.shown)
    let named = book.sheets.filter { sheet in
      let matching = wanted.filter { $0.lowercased() == sheet.name.lowercased() }
      found.formUnion(matching)
      return !matching.isEmpty
    }
    if !named.isEmpty { return named.map { ($0, []) } }
    if book.sheets.isEmpty { throw .empty(file: file.path) }
    if !wanted.isEmpty {
      throw .refused(
        file: file.path,
        reason: "has none of the sheets that --sheet names; there are \(Self.list(book.sheets))")
    }
    let tables = book.sheets.filter { !$0.headers.isEmpty }
    if tables.count > 1 {
      throw .refused(
        file: file.path,
        reason:
          "\(tables.count) sheets hold tables; name one, or several, with --sheet. There are \(Self.list(tables))"
      )
    }
    if let table = tables.first {
      let others = book.sheets.filter(\.headers.isEmpty)
      return [
        (table, others.isEmpty ? [] : ["passed over, as no row of theirs names an id: \(Self.list(others))"])
      ]
    }
    // What is wrong with the only one is for the reading to tell.
    if book.sheets.count == 1 { return book.sheets.map { ($0, []) } }
    throw .refused(
      file: file.path,
      reason:
        "no sheet has a column called \(file.idNames.prefix(2).joined(separator: " or ")); name that of the id with --id. There are \(Self.list(book.sheets))"
    )
  }
}

/// A sheet of a workbook as a table.
private struct SheetTable: RowTable {
  private let book: WorkbookTables
  private let sheet: WorkbookTables.Sheet
  private let notes: [String]
  let name: String
  /// Where no row names an id, those of what looks most like a header.
  var headers: [String] { sheet.headers.isEmpty ? sheet.widest : sheet.headers }
  var headerRow: Int { sheet.headerRow }

  init(_ book: WorkbookTables, _ sheet: WorkbookTables.Sheet, path: String, notes: [String]) {
    (self.book, self.sheet, self.notes) = (book, sheet, notes)
    name = "\(path) sheet “\(sheet.name)”"
  }

  func read(_ take: (RowCells) throws -> Void) throws -> RowTableEnd {
    do {
      let reading = try book.read(sheet) { row in
        try take(
          RowCells(
            row: row.number, bytes: row.bytes, cells: row.cells,
            lost: row.losses.map { ($0.column, Self.lost($0.loss)) }, hasMore: row.hasMore))
      }
      return RowTableEnd(
        unreadRows: reading.unreadRows, merges: reading.merges, notes: reading.notes + notes)
    } catch let refusal as ExportRefusal {
      throw TableError(refusal)
    }
  }

  private static func lost(_ loss: WorkbookTables.Loss) -> LostCell {
    switch loss {
    case .error: .error
    case .noResult: .noResult
    case .rounded: .rounded
    case .malformed: .unreadable
    }
  }
}

extension TableError {
  fileprivate init(_ refusal: ExportRefusal) {
    self = .refused(file: refusal.place, reason: "\(refusal.what). \(refusal.advice)")
  }
}
