internal import AccountModel

/// A table of a platform's own export: comma-separated UTF-8 whose first row names its columns, or a later one where
/// remarks stand before it, so that no mapping is needed. Rows are read one by one; what cannot be read is set aside as in a
/// table with a mapping.
struct ExportTable {
  /// Names of the columns, in small letters.
  let headers: [String]
  private var rows: TableRows
  private let counter: Counter
  private let place: String
  private let member: UInt32
  /// Rows before the header that are not blank, and the header.
  private let headerRows: Int
  private let endsWhole: (String) -> Bool

  private static let comma = UInt8(ascii: ",")
  /// Rows that may stand before the header.
  private static let remarkLimit = 20

  private final class Counter {
    var rows: TableRowCount
    init(escapes: Bool) { rows = TableRowCount(delimiter: ExportTable.comma, escapes: escapes) }
  }

  /// How a table differs from those of other platforms.
  struct Form {
    /// Whether a quote inside quotes may be written `\"`.
    var escapes = false
    /// Whether a row names the columns.
    var isHeader: ([String]) -> Bool = { _ in true }
    /// Whether the last cell of a table, behind which no line end stands, shows that nothing of it was cut.
    var endsWhole: (String) -> Bool = { _ in false }
  }

  /// One row.
  struct Row {
    fileprivate let headers: [String]
    fileprivate let cells: TableCells
    /// Where it stands.
    let locator: Locator

    /// The value of a column without white space around it; empty where there is none.
    subscript(_ name: String) -> String {
      headers.firstIndex(of: name).flatMap { cells.value($0) } ?? ""
    }

    /// Whether no cell holds more than white space.
    var isEmpty: Bool { cells.fields.allSatisfy { !$0.isFilled(in: cells.row) } }

    /// Whether the value of a column may have been cut, as the source ends in it.
    func isCut(_ name: String) -> Bool { cells.cut != nil && headers.firstIndex(of: name) == cells.cut }

    /// The text of a column as it stands, be it cut off.
    func text(_ name: String) -> String { headers.firstIndex(of: name).map { cells.text($0) } ?? "" }
  }

  /// Reads the header row.
  init(_ input: MemberInput, limit: Int, form: Form = Form()) throws {
    let counter = Counter(escapes: form.escapes)
    input.tap { counter.rows.add($0) }
    var rows = TableRows(
      input, delimiter: Self.comma, encoding: .utf8, sourceOffset: input.offset, limit: limit,
      escapes: form.escapes)
    var (headers, headerRows): ([String], Int) = ([], 0)
    for _ in 0...Self.remarkLimit {
      guard let row = try rows.next(), row.condition == .whole else { break }
      let names = rows.scanner.fields.map { TableMapping.folded($0.value(in: row.bytes)) }
      if headerRows == 0 || !TableLayout.isBlank(row.bytes, Self.comma) { headerRows += 1 }
      if form.isHeader(names) {
        headers = names
        break
      }
    }
    (self.headers, self.headerRows, self.counter) = (headers, headerRows, counter)
    endsWhole = form.endsWhole
    self.rows = rows
    place = input.path
    member = input.member
  }

  /// The columns that the first bytes of a table name; empty when the first row does not end there.
  static func headers(in head: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> [String] {
    var scanner = TableRowScanner(delimiter: comma)
    if !scanner.scan(head), !isWhole || !scanner.finish() { return [] }
    let row = UnsafeBufferPointer(rebasing: head.prefix(scanner.position))
    return scanner.fields.prefix(100).map { TableMapping.folded($0.value(in: row)) }
  }

  /// The columns that one of the first rows names; empty when none does.
  static func headers(
    in head: UnsafeBufferPointer<UInt8>, isWhole: Bool, where isHeader: ([String]) -> Bool
  ) -> [String] {
    var rest = head
    for _ in 0...remarkLimit {
      var scanner = TableRowScanner(delimiter: comma)
      if !scanner.scan(rest), !isWhole || !scanner.finish() { return [] }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      let names = scanner.fields.prefix(100).map { TableMapping.folded($0.value(in: row)) }
      if isHeader(names) { return names }
      rest = UnsafeBufferPointer(rebasing: rest.dropFirst(scanner.position))
      if rest.isEmpty { return [] }
    }
    return []
  }

  /// Whether each of these columns stands in a table, and once: of two nobody knows which is meant.
  static func has(_ names: [String], in headers: [String]) -> Bool {
    names.allSatisfy { name in headers.count { $0 == name } == 1 }
  }

  /// The next row, or nil at the end; rows that cannot be read are set aside under `unit`.
  mutating func next(_ unit: RecordClass, _ writer: RecordWriter) throws -> Row? {
    try next(unit.name, writer)
  }

  /// The same, for rows that are counted as something else than records.
  mutating func next(_ unit: String, _ writer: RecordWriter) throws -> Row? {
    while let row = try rows.next() {
      if row.condition == .whole, TableLayout.isBlank(row.bytes, Self.comma) { continue }
      let locator = Locator(
        member: member, offset: row.offset, length: UInt32(clamping: row.length), line: row.line)
      if let (reason, detail) = judge(row) {
        writer.setAside(unit, reason, at: locator, detail: detail)
        continue
      }
      var cut: Int?
      if !row.isTerminated, !isWhole(rows.scanner.fields.last, in: row) {
        writer.note("\(place): the last row has no line end and may have been cut.")
        writer.setAside("cell", TableRowWriter.cutCell, at: locator, detail: headers.last ?? "")
        cut = rows.scanner.fields.count - 1
      }
      return Row(
        headers: headers,
        cells: TableCells(fields: rows.scanner.fields, row: row.bytes, cut: cut, keepsCut: cut),
        locator: locator)
    }
    return nil
  }

  private func isWhole(_ cell: TableRowScanner.Field?, in row: TableRow) -> Bool {
    cell.map { endsWhole($0.value(in: row.bytes)) } ?? false
  }

  /// Why a row cannot be read.
  private func judge(_ row: TableRow) -> (reason: SetAsideReason, detail: String)? {
    switch row.condition {
    case .unclosedQuote: return (TableRowWriter.unclosedQuote, "runs over \(row.lines) lines")
    case .tooLarge: return (.tooLarge, "")
    case .whole: break
    }
    if rows.scanner.isMalformed { return (.malformed, "text behind a closing quote; \(row.lines) lines") }
    let fields = rows.scanner.fields
    let isWide = fields.dropFirst(headers.count).contains { $0.isFilled(in: row.bytes) }
    guard fields.count < headers.count || isWide else { return nil }
    return (
      row.isTerminated ? TableRowWriter.ragged : .truncated, "\(fields.count) of \(headers.count) cells"
    )
  }

  /// Rows below the header by the second count, once all were read.
  func finish() -> Int {
    counter.rows.finish()
    return max(counter.rows.rows - max(headerRows, 1), 0)
  }
}
