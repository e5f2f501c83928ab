internal import AccountModel

/// A table of a platform's own export: comma-separated UTF-8 whose first row names its columns, so that no mapping
/// is needed. Rows are read one by one; what cannot be read is set aside as in a table with a mapping.
struct ExportTable {
  /// Names of the columns, in small letters.
  let headers: [String]
  private var rows: TableRows
  private let counter = Counter()
  private let place: String
  private let member: UInt32

  private static let comma = UInt8(ascii: ",")

  private final class Counter {
    var rows = TableRowCount(delimiter: ExportTable.comma)
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

    /// The text of a column as it stands, be it cut off.
    func text(_ name: String) -> String { headers.firstIndex(of: name).map { cells.text($0) } ?? "" }
  }

  /// Reads the header row.
  init(_ input: MemberInput, limit: Int) throws {
    let counter = counter
    input.tap { counter.rows.add($0) }
    var rows = TableRows(
      input, delimiter: Self.comma, encoding: .utf8, sourceOffset: input.offset, limit: limit)
    if let row = try rows.next(), row.condition == .whole {
      headers = rows.scanner.fields.map { TableMapping.folded($0.value(in: row.bytes)) }
    } else {
      headers = []
    }
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
      if !row.isTerminated {
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
    return max(counter.rows.rows - 1, 0)
  }
}
