internal import AccountModel

/// A table (CSV, TSV and their kin) under a mapping that says what its columns are.
///
/// Without a mapping no table is recognised: what a column means is never guessed.
struct Table: ExportReader {
  static let format = ExportFormat(id: "table", title: "Table with a mapping", version: 7)
  static let options: Set<ReadingOption> = [.mappings, .dateOrder, .timeZone]

  private let context: UnitContext
  private let optionClock: ZonedClock?

  /// Bytes read ahead for dates that decide the order of day and month, before a table is refused.
  static let lookAheadLimit = 16 << 20

  init(context: UnitContext) throws {
    guard !context.options.mappings.isEmpty else {
      throw ExportRefusal(
        "no-mapping", what: "is a table and no mapping was given", place: context.root,
        advice: TableMapping.advice)
    }
    self.context = context
    optionClock = try ZonedClock.make(context.options)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    mapping(for: head.bytes, isWhole: head.isWhole, among: head.options.mappings) == nil ? .no : .certain
  }

  /// The first mapping whose header row stands in the beginning of a table.
  private static func mapping(
    for bytes: UnsafeBufferPointer<UInt8>, isWhole: Bool, among mappings: [TableMapping]
  ) -> TableMapping? {
    mappings.first { mapping in
      let encoding = mapping.encoding ?? TableText.encoding(of: bytes)
      if encoding == .utf8 { return TableLayout.find(mapping, in: bytes, isWhole: isWhole) != nil }
      var used = 0
      let mark = TableText.markLength(of: bytes, encoding)
      let text = UnsafeBufferPointer(rebasing: bytes.dropFirst(mark))
      return TableText.decode(text, encoding, isLast: true, used: &used).withUnsafeBufferPointer {
        TableLayout.find(mapping, in: $0, isWhole: isWhole) != nil
      }
    }
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    try input.fill(atLeast: TableText.lookAhead)
    let options = context.options
    // With --format every table comes here, and the first mapping says what is missing from it.
    let mapping =
      Self.mapping(for: input.window, isWhole: input.isExhausted, among: options.mappings)
      ?? options.mappings[0]
    let encoding = mapping.encoding ?? (input.offset > 0 ? .utf8 : TableText.encoding(of: input.window))
    if encoding == .windows1252, mapping.encoding == nil {
      writer.note("\(input.path) is not UTF-8 and was read as CP1252.")
    }
    let text = try TableText.utf8(input, encoding)
    let sourceOffset = input.offset
    try text.fill(atLeast: TableText.lookAhead)
    guard
      let layout = TableLayout.find(mapping, in: text.window, isWhole: text.isExhausted)
    else {
      throw ExportRefusal(
        "no-header-row",
        what: "has no row with the headers \(mapping.wantedHeaders.joined(separator: ", "))",
        place: input.path, advice: "Correct the mapping's headers, or its encoding or delimiter.")
    }
    let rowWriter = try TableRowWriter(
      mapping, layout, optionClock: optionClock, place: input.path, member: input.member,
      channel: context.root)
    try decideOrder(text, layout, rowWriter)

    var counter = TableRowCount(delimiter: layout.delimiter)
    text.tap { counter.add($0) }
    var rows = TableRows(
      text, delimiter: layout.delimiter, encoding: encoding, sourceOffset: sourceOffset,
      limit: context.options.limits.recordBytes)
    while let row = try rows.next() { try rowWriter.take(row, rows.scanner, writer) }
    counter.finish()
    try rowWriter.finish(rowsSeen: counter.rows, writer)
  }

  /// Reads ahead, without consuming, until a date of the time column decides what comes first, day or month.
  private func decideOrder(
    _ text: MemberInput, _ layout: TableLayout, _ rowWriter: TableRowWriter
  ) throws {
    guard rowWriter.leavesOrderOpen else { return }
    if let given = context.options.dateOrder, given != .yearMonthDay {
      rowWriter.setOrder(given, isGiven: true)
      return
    }
    var scanner = TableRowScanner(delimiter: layout.delimiter)
    var start = 0
    var rows = 0
    while start <= Self.lookAheadLimit {
      let window = text.window
      let rest = UnsafeBufferPointer(rebasing: window[start...])
      if !scanner.scan(rest) {
        if window.count <= Self.lookAheadLimit, try text.fillMore() { continue }
        break
      }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      if !TableLayout.isBlank(row, layout.delimiter) {
        rows += 1
        if rows > layout.preamble + 1, !scanner.isMalformed, scanner.fields.count >= layout.headers.count,
          let order = rowWriter.orderProof(scanner.fields, row)
        {
          rowWriter.setOrder(order, isGiven: false)
          return
        }
      }
      start += scanner.position
      scanner.reset()
    }
    throw ExportRefusal(
      "ambiguous-date-order",
      what: "no date in the first \(max(rows - layout.preamble - 1, 0)) rows tells day from month",
      place: text.path,
      advice: "Say which it is with --date-order dmy|mdy, or write dd and MM in the mapping's format.")
  }
}
