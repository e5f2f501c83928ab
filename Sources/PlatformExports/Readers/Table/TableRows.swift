/// A row of a table; its bytes are valid until the next row is asked for.
struct TableRow {
  enum Condition {
    case whole
    /// Longer than the limit; the bytes are gone.
    case tooLarge
    /// Begins a quoted field that the table never closes; the bytes are gone or are the rest of the table.
    case unclosedQuote
  }

  var bytes: UnsafeBufferPointer<UInt8>
  var condition: Condition
  /// Byte offset and length in the member, whatever its encoding.
  var offset: UInt64
  var length: UInt64
  /// Line of its beginning, from 1.
  var line: UInt32
  /// Lines that it spans.
  var lines: Int
  var isTerminated: Bool
}

/// The rows of a table, streamed; memory for one row of at most the limit.
struct TableRows {
  private(set) var scanner: TableRowScanner
  private let input: MemberInput
  private let encoding: TableEncoding
  private let limit: Int
  private var sourceOffset: UInt64
  private var pending = 0
  private var line: UInt32 = 1

  /// Rows of an input of UTF-8 that stands for a source in `encoding`, beginning at a byte of it.
  init(
    _ input: MemberInput, delimiter: UInt8, encoding: TableEncoding, sourceOffset: UInt64, limit: Int,
    escapes: Bool = false
  ) {
    self.input = input
    self.encoding = encoding
    self.limit = limit
    self.sourceOffset = sourceOffset
    scanner = TableRowScanner(delimiter: delimiter, escapes: escapes)
  }

  /// The next row, or nil at the end.
  mutating func next() throws -> TableRow? {
    consume(pending)
    pending = 0
    line &+= UInt32(truncatingIfNeeded: scanner.lineEnds)
    scanner.reset()
    let start = sourceOffset
    var condition = TableRow.Condition.whole
    while true {
      if scanner.scan(input.window) {
        // A large block may hold a row whole that smaller ones would have shown to be over the limit.
        if scanner.position > limit { condition = .tooLarge }
        return row(from: start, condition, isTerminated: true)
      }
      if scanner.position > limit {
        condition = .tooLarge
        consume(scanner.position)
        scanner.discard()
      }
      if try !input.fillMore() { break }
    }
    let isTerminated = scanner.isTerminated
    let isUnclosed = scanner.isInsideQuotes
    guard scanner.finish() || condition == .tooLarge else { return nil }
    return row(from: start, isUnclosed ? .unclosedQuote : condition, isTerminated: isTerminated)
  }

  private mutating func row(from start: UInt64, _ condition: TableRow.Condition, isTerminated: Bool)
    -> TableRow
  {
    pending = scanner.position
    let bytes = UnsafeBufferPointer(rebasing: input.window.prefix(pending))
    let length = sourceOffset - start + UInt64(TableText.sourceLength(bytes, encoding))
    return TableRow(
      bytes: bytes, condition: condition, offset: start, length: length, line: line,
      lines: max(scanner.lineEnds, 1), isTerminated: isTerminated)
  }

  private mutating func consume(_ count: Int) {
    guard count > 0 else { return }
    sourceOffset += UInt64(
      TableText.sourceLength(UnsafeBufferPointer(rebasing: input.window.prefix(count)), encoding))
    input.consume(count)
  }
}
