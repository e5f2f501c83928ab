internal import AccountModel
internal import CLibXML2

/// Cuts the part of a sheet into rows: where cells stand, what they show, and what else the sheet says.
///
///     worksheet
///       cols       col min max hidden
///       sheetData  row r hidden        c r s t        f, v, is (t, r (t), rPh)
///       mergeCells mergeCell ref
final class SheetParser: XMLTextHandler {
  /// Thrown by whoever takes the rows when it needs no more of them.
  struct Enough: Error {}

  /// Cells that are one to whoever looks at the sheet, over several rows.
  struct Merge {
    let first: CellReference
    let last: CellReference
    let reference: String

    var columns: ClosedRange<Int> { first.column...Swift.max(first.column, last.column) }
  }

  private let book: Workbook
  private let part: String
  private let budget: TextBudget
  private let showsFractions: Bool
  private let take: (SheetRow) throws -> Void
  private let row: SheetRow
  /// Rows that were taken.
  private(set) var rows = 0
  private(set) var hiddenRows = 0
  private(set) var hiddenColumns = 0
  private(set) var merges: [Merge] = []
  /// Merges that are more than are kept.
  private(set) var furtherMerges = 0

  private static let mergeLimit = 10_000

  private var depth = 0
  private var isInData = false
  private var isInRow = false
  private var isInCell = false
  private var isInline = false
  private var isRun = false
  private var isText = false
  private var lastRow: UInt32 = 0
  private var column = -1
  private var type: CellType? = .number
  private var style = 0
  private var hasFormula = false
  private var hasValue = false
  private var collects = false
  private var text: [UInt8] = []
  private var isTooLarge = false

  private enum Name: UInt32, CaseIterable {
    case sheetData = 1, row, c, v, f, `is`, t, r, rPh, s, hidden, col, min, max, mergeCell, ref
  }

  private enum CellType {
    case number, shared, text, boolean, error, date

    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
      switch (bytes.count, bytes.first) {
      case (0, _), (1, UInt8(ascii: "n")): self = .number
      case (1, UInt8(ascii: "s")): self = .shared
      case (1, UInt8(ascii: "b")): self = .boolean
      case (1, UInt8(ascii: "e")): self = .error
      case (1, UInt8(ascii: "d")): self = .date
      default:
        guard bytes == "str" || bytes == "inlineStr" else { return nil }
        self = .text
      }
    }
  }

  /// A parser of the part of a sheet, whose rows are kept as far as a table has columns.
  ///
  /// - Parameter showsFractions: whether fractions are as they are shown, and not with all the digits that are written.
  init(
    _ book: Workbook, part: String, budget: TextBudget, width: Int = CellReference.columnLimit,
    showsFractions: Bool = false, take: @escaping (SheetRow) throws -> Void
  ) {
    row = SheetRow(width: width)
    self.book = book
    self.part = part
    self.budget = budget
    self.showsFractions = showsFractions
    self.take = take
  }

  /// Reads the part, or as much of it as whoever takes the rows wants.
  ///
  /// - Returns: nil when that was enough.
  func read(_ input: MemberInput) throws -> cog_xml_report? {
    let stream = try XMLStream(
      input, names: Name.allCases.map { "\($0)" }, counted: [], anyPrefix: true, limits: book.package.limits,
      handler: self)
    do {
      return try stream.read(input)
    } catch is Enough {
      return nil
    }
  }

  /// What is hidden of a sheet, in words; nil for nothing.
  func hidden(of sheet: Workbook.Sheet?) -> String? {
    var hidden = sheet?.isHidden == true ? ["the sheet"] : []
    if hiddenRows > 0 { hidden.append(hiddenRows == 1 ? "1 row" : "\(hiddenRows) rows") }
    if hiddenColumns > 0 { hidden.append(hiddenColumns == 1 ? "1 column" : "\(hiddenColumns) columns") }
    return hidden.isEmpty ? nil : hidden.joined(separator: ", ")
  }

  // MARK: Elements

  func start(
    _ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place
  ) throws {
    depth += 1
    switch (depth, Name(rawValue: name)) {
    case (2, .sheetData?): isInData = true
    case (3, .row?) where isInData: try beginRow(attributes, isCut: place.cut != 0)
    case (3, .col?): countHidden(attributes)
    case (3, .mergeCell?): takeMerge(attributes)
    case (4, .c?) where isInRow: beginCell(attributes, isCut: place.cut != 0)
    case (5, .v?) where isInCell: collects = true
    case (5, .f?) where isInCell: (hasFormula, row.hasContent) = (true, true)
    case (5, .is?) where isInCell: isInline = true
    case (6, .r?) where isInline: isRun = true
    case (6..., .t?) where isInline: (isText, collects) = (true, depth == 6 || depth == 7 && isRun)
    default: break
    }
  }

  func text(_ bytes: UnsafeBufferPointer<UInt8>) throws {
    if isText { row.hasContent = true }
    guard collects else { return }
    (row.hasContent, hasValue) = (true, true)
    if text.count + bytes.count > book.package.limits.recordBytes {
      isTooLarge = true
    } else {
      text.append(contentsOf: bytes)
    }
  }

  func end(_ name: UInt32, _ place: cog_xml_place) throws {
    (collects, isText) = (false, false)
    switch depth {
    case 6: isRun = false
    case 5: isInline = false
    case 4 where isInCell:
      isInCell = false
      try endCell()
    case 3 where isInRow:
      isInRow = false
      if row.hasContent {
        // Cells that are left out are held as well.
        try budget.spend(8 * row.fields.count)
        rows += 1
        try take(row)
      }
    case 2: isInData = false
    default: break
    }
    depth -= 1
  }

  private func beginRow(_ attributes: UnsafeBufferPointer<cog_xml_attribute>, isCut: Bool) throws {
    isInRow = true
    column = -1
    let written = attributes.value(number: Name.r.rawValue)
    let number = written.isEmpty ? lastRow + 1 : Self.number(written).map { UInt32(clamping: $0) }
    if number ?? lastRow + 1 > CellReference.rowLimit {
      throw book.package.damaged(
        "has a row beyond the \(CellReference.rowLimit) that a sheet can have", in: part)
    }
    row.begin(number ?? lastRow + 1)
    if isCut || number == nil {
      row.fault = "its number cannot be read"
    } else if row.number <= lastRow {
      row.fault = "row \(row.number) stands behind row \(lastRow)"
    }
    lastRow = max(lastRow, row.number)
    if Self.isOn(attributes.value(number: Name.hidden.rawValue)) { hiddenRows += 1 }
  }

  private func beginCell(_ attributes: UnsafeBufferPointer<cog_xml_attribute>, isCut: Bool) {
    isInCell = true
    let written = attributes.value(number: Name.r.rawValue)
    var next = column + 1
    if !written.isEmpty {
      if let place = CellReference(written), place.row == row.number, place.column > column {
        next = place.column
      } else {
        row.fault =
          row.fault ?? "a cell says that it is \(String(decoding: written.prefix(20), as: UTF8.self))"
      }
    }
    if isCut || next >= CellReference.columnLimit { row.fault = row.fault ?? "a cell lies beyond the sheet" }
    column = next
    type = CellType(attributes.value(number: Name.t.rawValue))
    style = Self.number(attributes.value(number: Name.s.rawValue)) ?? 0
    (hasFormula, hasValue, isTooLarge) = (false, false, false)
    text.removeAll(keepingCapacity: true)
  }

  private func countHidden(_ attributes: UnsafeBufferPointer<cog_xml_attribute>) {
    guard Self.isOn(attributes.value(number: Name.hidden.rawValue)),
      let first = Self.number(attributes.value(number: Name.min.rawValue)),
      let last = Self.number(attributes.value(number: Name.max.rawValue)),
      first >= 1, last >= first
    else { return }
    hiddenColumns +=
      Swift.min(last, CellReference.columnLimit) - Swift.min(first, CellReference.columnLimit) + 1
  }

  private func takeMerge(_ attributes: UnsafeBufferPointer<cog_xml_attribute>) {
    let written = attributes.value(number: Name.ref.rawValue)
    let ends = written.split(separator: UInt8(ascii: ":"))
    guard ends.count == 2, let first = CellReference(ends[0]), let last = CellReference(ends[1]),
      last.row > first.row
    else { return }
    guard merges.count < Self.mergeLimit else {
      furtherMerges += 1
      return
    }
    merges.append(
      Merge(first: first, last: last, reference: String(decoding: written.prefix(30), as: UTF8.self)))
  }

  // MARK: Cells

  private func endCell() throws {
    guard !row.isTooLarge, row.fault == nil else { return }
    if isTooLarge {
      row.isTooLarge = true
      return
    }
    guard hasValue else {
      if hasFormula {
        row.add(.noResult, column: column, detail: "a formula")
      }
      return
    }
    switch type {
    case .shared?: try endShared()
    case .text?:
      EscapedCharacters.decode(&text, from: 0)
      append()
    case .number?: endNumber()
    case .boolean?:
      switch String(decoding: text, as: UTF8.self).lowercased() {
      case "1", "true": text = Array("TRUE".utf8)
      case "0", "false": text = Array("FALSE".utf8)
      default: return row.add(.malformed, column: column, detail: shown)
      }
      append()
    case .error?: row.add(TableRowWriter.spreadsheetError, column: column, detail: shown)
    case .date?:
      let written = String(decoding: text, as: UTF8.self)
      if let time = TimeText.iso8601(written) { row.add(.written(time), column: column) }
      append()
    case nil: row.add(.malformed, column: column, detail: "a value of a sort that is not known")
    }
  }

  private var shown: String { String(decoding: text.prefix(100), as: UTF8.self) }

  private func append() {
    text.withUnsafeBufferPointer { row.append($0, column: column, limit: book.package.limits.recordBytes) }
  }

  private func endShared() throws {
    guard let number = text.withUnsafeBufferPointer({ Self.number($0.trimmed) }) else {
      return row.add(.malformed, column: column, detail: shown)
    }
    let found: Void? = try book.strings.with(number) { text, isTooLong in
      try budget.spend(text.count)
      if isTooLong { row.isTooLarge = true }
      row.append(text, column: column, limit: book.package.limits.recordBytes)
    }
    if found == nil {
      row.add(.malformed, column: column, detail: "there is no text of the number \(number)")
    }
  }

  private func endNumber() {
    let format = book.styles[style]
    guard let number = text.withUnsafeBufferPointer({ SheetNumber($0, minimum: format.digits) }) else {
      return row.add(.malformed, column: column, detail: shown)
    }
    if format.isTime, let (time, written) = SheetTime.reading(number.value, format, is1904: book.is1904) {
      text = Array(written.utf8)
      if let time { row.add(time, column: column) }
    } else {
      text = Array((showsFractions ? number.shown : number.text).utf8)
      if number.isRounded { row.addRounded(column) }
    }
    append()
  }

  // MARK: Values

  private static func isOn(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes == "1" || bytes == "true" || bytes == "on"
  }

  /// A whole number of at most nine digits.
  private static func number(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard (1...9).contains(bytes.count) else { return nil }
    var value = 0
    for byte in bytes {
      guard byte.isDigit else { return nil }
      value = value * 10 + Int(byte) - 0x30
    }
    return value
  }
}

/// What the cells of a workbook may come to, in bytes of shared texts and in cells: a small file may name a large text very
/// often, and leave thousands of cells out in each row.
final class TextBudget {
  private var left = 1 << 30
  private let path: String

  init(path: String) { self.path = path }

  /// Grows with the bytes of the sheets.
  func add(_ bytes: Int) { left += 16 * bytes }

  /// - Throws: `ExportRefusal` when it is used up.
  func spend(_ bytes: Int) throws {
    left -= bytes
    guard left >= 0 else {
      throw ExportRefusal(
        "archive-bomb",
        what:
          "its cells name the same texts so often, or leave out so many before them, that they come to far more than its size",
        place: path, advice: "No provider's workbook does: treat it as hostile.")
    }
  }
}

extension SetAsideReason {
  /// A program that wrote the formula did not compute it.
  static let noResult = Self(
    "no-result",
    "is a formula whose result the workbook does not hold; a spreadsheet program that saves it again adds it",
    isFault: true)
}
