internal import AccountModel

/// A row of a sheet: its cells as text, and what the text does not say. It is used again for the next row.
final class SheetRow {
  /// From 1.
  var number: UInt32 = 0
  /// Texts of the cells from the first column on, each with a tab behind it.
  private(set) var bytes: [UInt8] = []
  private(set) var fields: [TableRowScanner.Field] = []
  /// Dates and times, by column in order.
  private(set) var times: [(column: Int, time: SheetTime)] = []
  /// Columns of numbers that may have lost digits.
  private(set) var rounded: [Int] = []
  /// Cells that hold a value which could not be taken.
  private(set) var problems: [(column: Int, reason: SetAsideReason, detail: String)] = []
  /// The first cell that holds something behind the last column.
  private(set) var beside: String?
  /// Why the row cannot be read.
  var fault: String?
  var isTooLarge = false
  /// Whether a cell holds a value or a formula, be it empty text.
  var hasContent = false

  /// Columns of the table; what stands behind them is not kept.
  private let width: Int

  init(width: Int) { self.width = width }

  /// Begins a row.
  func begin(_ number: UInt32) {
    self.number = number
    bytes.removeAll(keepingCapacity: true)
    fields.removeAll(keepingCapacity: true)
    times.removeAll(keepingCapacity: true)
    rounded.removeAll(keepingCapacity: true)
    problems.removeAll(keepingCapacity: true)
    (beside, fault, isTooLarge, hasContent) = (nil, nil, false, false)
  }

  /// Adds a cell behind those that are there; columns between are empty.
  func append(_ text: UnsafeBufferPointer<UInt8>, column: Int, limit: Int) {
    guard column < width else {
      if beside == nil, text.contains(where: { !$0.isSpace }) {
        beside = "\(place(column)): \(String(decoding: text.prefix(100), as: UTF8.self))"
      }
      return
    }
    pad(to: column)
    guard bytes.count + text.count <= limit else {
      isTooLarge = true
      return
    }
    let start = bytes.count
    bytes.append(contentsOf: text)
    fields.append(TableRowScanner.Field(start: start, end: bytes.count))
    bytes.append(0x09)
  }

  /// Adds empty cells until there are as many.
  func pad(to width: Int) {
    while fields.count < width { fields.append(TableRowScanner.Field(start: bytes.count, end: bytes.count)) }
  }

  func add(_ time: SheetTime, column: Int) { times.append((column, time)) }
  func addRounded(_ column: Int) { rounded.append(column) }

  func add(_ reason: SetAsideReason, column: Int, detail: String) {
    problems.append((column, reason, "\(place(column)): \(detail)"))
  }

  private func place(_ column: Int) -> String { "\(CellReference.letters(column))\(number)" }

  /// The date or time of a cell.
  func time(_ column: Int) -> SheetTime? { times.first { $0.column == column }?.time }

  /// Lends the cells in the form of a table's.
  func withCells<Result>(_ body: (TableCells) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBufferPointer {
      try body(TableCells(fields: fields, row: $0, cut: nil, keepsCut: nil, sheetRow: self))
    }
  }
}
