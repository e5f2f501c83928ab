internal import AccountModel

/// Finds the lines and the rows of a subscriber's page in its tags, without a tree.
///
///     <div class="section"><ul><li>Name: Rex</li><li><b>e-Mail:</b> rex@example.org</li></ul></div>
///     <table><tr><th>Timestamp</th>…</tr><tr><td>2023-02-25 04:34:32 Z</td>…</tr></table>
///
/// Each element that is shown as a block ends a line; a row ends with its table, or where the next begins.
final class GooglePageStream: HTMLTokenHandler {
  private let page: GooglePage
  private let member: UInt32
  private let limit: Int
  private var block = HTMLWords()
  private var cell = HTMLWords()
  private var cells: [String] = []
  private var isInRow = false
  private var isInCell = false
  private var isCut = false
  private var isRowCut = false
  private var start: UInt64 = 0
  private var rowStart: UInt64 = 0
  private var position: UInt64 = 0
  private var isOpen = false
  private var isClosed = false
  private(set) var repairs = TextRepairs()

  /// - Parameter limit: bytes of one line, cell or row.
  init(_ page: GooglePage, member: UInt32, limit: Int) {
    self.page = page
    self.member = member
    self.limit = limit
  }

  /// Whether the page ends as it should: behind its last tag, and behind the end of `html` where that began.
  func isWhole(endsOutside: Bool) -> Bool {
    endsOutside && (isClosed || !isOpen) && !isInRow && block.isEmpty
  }

  /// Cells of a row, at most.
  private static let cellLimit = 256

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) throws {
    if isInRow, !isInCell { return }
    let length = isInRow ? cell.bytes.count : block.bytes.count
    guard !isCut, length + raw.count <= limit else {
      if isInRow { isRowCut = true } else { self.isCut = true }
      return
    }
    if isInRow {
      cell.append(raw, keepsLines: false)
    } else {
      if block.isEmpty { start = position }
      block.append(raw, keepsLines: false)
    }
  }

  func tag(_ tag: HTMLTag) throws {
    defer { position = tag.end }
    if tag.isNamed("br") {
      if isInRow { cell.breakLine() } else { block.breakLine() }
      return
    }
    if tag.isNamed("html") {
      if tag.isEnd { isClosed = true } else { isOpen = true }
    }
    if tag.isNamed("table") {
      try endRow(at: tag.offset)
      try endBlock(at: tag.offset)
      page.table()
    } else if tag.isNamed("tr") {
      try endRow(at: tag.offset)
      try endBlock(at: tag.offset)
      isInRow = !tag.isEnd
      rowStart = tag.offset
    } else if tag.isNamed("td") || tag.isNamed("th") {
      endCell()
      if !isInRow, !tag.isEnd {
        try endBlock(at: tag.offset)
        isInRow = true
        rowStart = tag.offset
      }
      isInCell = !tag.isEnd
    } else if !Self.inline.contains(where: { tag.name.elementsEqual($0) }) {
      if isInRow { cell.endLine() } else { try endBlock(at: tag.offset) }
    }
  }

  /// Elements that do not end a line.
  private static let inline = [
    "a", "abbr", "b", "bdi", "bdo", "code", "em", "font", "i", "img", "label", "mark", "small", "span",
    "strong",
    "sub", "sup", "time", "tt", "u", "wbr",
  ].map { Array($0.utf8) }

  private func endBlock(at end: UInt64) throws {
    guard !block.isEmpty || isCut else { return }
    let text = repairs.take(&block)
    if isCut {
      isCut = false
      return page.tooLarge(at: place(start, end))
    }
    try page.line(text, at: place(start, end))
  }

  private func endCell() {
    guard isInCell else { return }
    isInCell = false
    let text = repairs.take(&cell)
    if cells.count < Self.cellLimit { cells.append(text) } else { isRowCut = true }
  }

  private func endRow(at end: UInt64) throws {
    endCell()
    guard isInRow else { return }
    isInRow = false
    defer { (cells, isRowCut) = ([], false) }
    try page.row(cells, at: place(rowStart, end), isCut: isRowCut)
  }

  private func place(_ start: UInt64, _ end: UInt64) -> Locator {
    Locator(member: member, from: start, to: end)
  }
}
