internal import AccountModel

/// Turns the rows of a table into accounts, identifiers and records.
final class TableRowWriter {
  let mapping: TableMapping
  let place: String
  let columns: TableColumns
  private let layout: TableLayout
  private let member: UInt32
  private let channel: String
  private var times: TableTimes?
  private var isOrderGiven = false
  /// By the two accounts, the lower index first.
  var conversations: [UInt64: ChannelIndex] = [:]
  /// The first account of each number or address in any way of writing.
  var seats: [String: AccountIndex] = [:]
  /// Pairs after which conversations are kept no more, to bound their memory.
  static let conversationLimit = 1 << 17
  private var rows = 0
  /// Rows that are none of the record class: before the header, the header again, remarks.
  private var otherRows = 0
  /// Rows of a table of UTF-8 in which something is CP1252, and in which something is damaged.
  private var rowsOfOtherEncoding = 0
  private var damagedRows = 0
  /// Cells that hold a word for no value, and some of these words.
  var noValues: (cells: Int, words: [String], isHandle: Bool) = (0, [], false)

  static let preamble = SetAsideReason(
    "preamble", "stands before the header row", isFault: false)
  static let repeatedHeader = SetAsideReason("repeated-header", "is the header row again", isFault: false)
  static let remark = SetAsideReason(
    "remark", "has one cell only, as titles and totals do", isFault: false)
  static let ragged = SetAsideReason("ragged", "has more or fewer cells than the header", isFault: true)
  static let unclosedQuote = SetAsideReason(
    "unclosed-quote", "opens a quote that is never closed; nothing behind it can be read", isFault: true)
  static let spreadsheetDamage = SetAsideReason(
    "spreadsheet-damage", "was rounded by a spreadsheet (4.47701E+11) and cannot be restored", isFault: true)
  static let spreadsheetDate = SetAsideReason(
    "spreadsheet-date",
    "is a date or time to the spreadsheet, which makes one of whatever looks so (MAR1, 1-2) and keeps no more of it",
    isFault: true)
  static let spreadsheetError = SetAsideReason(
    "spreadsheet-error", "is what a spreadsheet shows in the place of a value (#N/A, #NAME?, ####)",
    isFault: true)
  static let beside = SetAsideReason(
    "beside-table", "stands beside the table, in a column without a name", isFault: false)
  static let cutCell = SetAsideReason(
    "unterminated", "is the last cell and has no line end, so that it may have been cut", isFault: false)

  init(
    _ mapping: TableMapping, _ layout: TableLayout, optionClock: ZonedClock?, place: String, member: UInt32,
    channel: String
  ) throws {
    self.mapping = mapping
    self.layout = layout
    self.place = place
    self.member = member
    self.channel = channel
    columns = try TableColumns(mapping, layout, place: place)
    times = mapping.time.map { TableTimes($0, optionClock: optionClock) }
  }

  /// Whether one of some columns is mapped.
  func isMapped(anyOf range: ClosedRange<Int>) -> Bool { columns.mapped.contains { range.contains($0) } }

  // MARK: The order of day and month

  var leavesOrderOpen: Bool { times?.leavesOrderOpen ?? false }

  func setOrder(_ order: ReaderOptions.DateOrder, isGiven: Bool) {
    times?.order = order
    isOrderGiven = isGiven
  }

  /// What a row's date proves about the order of day and month.
  func orderProof(
    _ fields: [TableRowScanner.Field], _ row: UnsafeBufferPointer<UInt8>
  ) -> ReaderOptions.DateOrder? {
    order(of: TableCells(fields: fields, row: row, cut: nil, keepsCut: nil)).proof
  }

  /// What a row's date proves about the order of day and month, and whether it has one that is open.
  func order(of cells: TableCells) -> (proof: ReaderOptions.DateOrder?, isOpen: Bool) {
    guard let written = times?.written(cells, columns), written.exact == nil,
      let pair = times?.open(written.text)
    else { return (nil, false) }
    return (TableTimes.proof(pair), true)
  }

  // MARK: Rows

  /// Rows that were taken, those before the header and the header included.
  var rowsTaken: Int { rows }

  /// Takes a row whose fields the scanner holds.
  func take(_ row: TableRow, _ scanner: TableRowScanner, _ writer: RecordWriter) throws {
    let locator = Locator(
      member: member, offset: row.offset, length: UInt32(clamping: row.length), line: row.line)
    if row.condition == .whole, TableLayout.isBlank(row.bytes, layout.delimiter) { return }
    guard isBelowHeader(row.bytes, locator, writer) else { return }
    let unit = mapping.recordClass
    switch row.condition {
    case .unclosedQuote:
      return writer.setAside(unit, Self.unclosedQuote, at: locator, detail: "runs over \(row.lines) lines")
    case .tooLarge: return writer.setAside(unit, .tooLarge, at: locator)
    case .whole: break
    }
    if scanner.isMalformed {
      return writer.setAside(
        unit, .malformed, at: locator, detail: "text behind a closing quote; \(row.lines) lines")
    }
    let fields = scanner.fields
    guard isRecord(fields, row.bytes, isTerminated: row.isTerminated, locator, writer) else { return }
    // The last cell of a source without a final line end may have been cut. Text is kept, and said to be so.
    var cut: Int?
    if !row.isTerminated {
      writer.note("\(place): the last row has no line end and may have been cut.")
      cut = fields.count - 1
      writer.setAside("cell", Self.cutCell, at: locator, detail: layout.headers.last ?? "")
    }
    if row.isTerminated, !ValidUTF8.holds(row.bytes) { countEncoding(fields, row) }
    let cells = TableCells(fields: fields, row: row.bytes, cut: cut, keepsCut: columns.text)
    try record(cells, locator, writer)
  }

  /// Takes a row of a sheet.
  func take(_ row: SheetRow, at locator: Locator, _ writer: RecordWriter) throws {
    row.pad(to: layout.headers.count)
    try row.withCells { cells in
      guard isBelowHeader(cells.row, locator, writer) else { return }
      let unit = mapping.recordClass
      if row.isTooLarge { return writer.setAside(unit, .tooLarge, at: locator) }
      if let fault = row.fault { return writer.setAside(unit, .malformed, at: locator, detail: fault) }
      for (column, reason, detail) in row.problems where columns.mapped.contains(column) {
        writer.setAside("cell", reason, at: locator, detail: detail)
      }
      if let beside = row.beside { writer.setAside("cell", Self.beside, at: locator, detail: beside) }
      guard isRecord(cells.fields, cells.row, isTerminated: true, locator, writer) else { return }
      try record(cells, locator, writer)
    }
  }

  /// Counts a row, and sets it aside where it stands before the header row.
  ///
  /// - Returns: whether it stands below that.
  private func isBelowHeader(
    _ row: UnsafeBufferPointer<UInt8>, _ locator: Locator, _ writer: RecordWriter
  ) -> Bool {
    rows += 1
    if rows > layout.preamble + 1 { return true }
    otherRows += 1
    if rows <= layout.preamble {
      writer.setAside("preamble", Self.preamble, at: locator, detail: start(of: row))
    }
    return false
  }

  /// Sets a row aside that cannot be a record, or is not meant to be one.
  ///
  /// - Returns: whether it is one.
  private func isRecord(
    _ fields: [TableRowScanner.Field], _ row: UnsafeBufferPointer<UInt8>, isTerminated: Bool,
    _ locator: Locator, _ writer: RecordWriter
  ) -> Bool {
    guard let (name, reason) = judge(fields, row, isTerminated: isTerminated) else { return true }
    if reason == Self.remark || reason == Self.repeatedHeader {
      otherRows += 1
      writer.setAside(name, reason, at: locator, detail: start(of: row))
    } else {
      writer.setAside(mapping.recordClass, reason, at: locator, detail: start(of: row))
    }
    return false
  }

  /// Counts a row in which something is no UTF-8.
  private func countEncoding(_ fields: [TableRowScanner.Field], _ row: TableRow) {
    var (isOther, isDamaged) = (false, false)
    for field in fields {
      let bytes = UnsafeBufferPointer(rebasing: row.bytes[field.start..<max(field.start, field.end)])
      if ValidUTF8.holds(bytes) { continue }
      if TableText.isDamaged(bytes) { isDamaged = true } else { isOther = true }
    }
    if isOther { rowsOfOtherEncoding += 1 }
    if isDamaged { damagedRows += 1 }
  }

  private func start(of row: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: row.prefix(200)).trimmed, as: UTF8.self)
  }

  /// Why a row cannot be a record, or is not meant to be one.
  private func judge(
    _ fields: [TableRowScanner.Field], _ row: UnsafeBufferPointer<UInt8>, isTerminated: Bool
  ) -> (unit: String, reason: SetAsideReason)? {
    let width = layout.headers.count
    let filled = fields.indices.filter { fields[$0].isFilled(in: row) }
    if filled.isEmpty { return ("row", .empty) }
    if filled.count == 1, width > 1, fields.count != width || filled[0] != columns.account {
      return isTerminated ? ("remark", Self.remark) : ("row", .truncated)
    }
    if fields.count != width, (filled.last ?? 0) >= width || fields.count < width {
      return ("row", isTerminated ? Self.ragged : .truncated)
    }
    if filled.count >= width - 1,
      filled.allSatisfy({ TableMapping.folded(fields[$0].value(in: row)) == layout.headers[$0] })
    {
      return ("repeated-header", Self.repeatedHeader)
    }
    return nil
  }

  private func record(_ cells: TableCells, _ locator: Locator, _ writer: RecordWriter) throws {
    let unit = mapping.recordClass
    guard let key = key(mapping.account, columns.account, cells, locator, writer) else {
      return writer.setAside(unit, .noAuthor, at: locator, detail: "its account cell gives no account")
    }
    var time = ObservedTime.none
    var written = ""
    if let times {
      if let found = times.written(cells, columns) {
        written = found.text
        if found.exact == nil, let pair = times.open(written), let proof = TableTimes.proof(pair),
          proof != times.order
        {
          throw inconsistent(written, times, locator)
        }
        guard let read = found.exact.map({ times.time($0) }) ?? times.time(written) else {
          return writer.setAside(unit, .badTime, at: locator, detail: written)
        }
        time = read
      } else if unit == .login || unit == .call || unit == .message {
        return writer.setAside(unit, .badTime, at: locator, detail: "its time cell is empty")
      }
    }
    let text = columns.text.map { cells.text($0) } ?? ""
    if unit == .message, text.isEmpty { return writer.setAside(unit, .empty, at: locator) }
    var otherKey: AccountKey?
    if let other = mapping.other, let column = columns.other {
      otherKey = self.key(other, column, cells, locator, writer)
      if otherKey == nil, unit != .call, unit != .message {
        return writer.setAside(unit, .noAuthor, at: locator, detail: "its other account's cell gives none")
      }
    }
    let account = try writer.account(
      key, role: .participant, assertion: mapping.account.assertion, at: locator)
    let other = try otherKey.map {
      try writer.account($0, role: .mentioned, assertion: mapping.other?.assertion ?? .platform, at: locator)
    }
    let address = try identifiers(account, cells, time, locator, writer)
    var conversation = ChannelIndex.none
    if let column = columns.channel {
      if let name = self.name(column, "channel", cells, locator, writer) {
        conversation = writer.channel(name)
      }
    } else if unit == .message, let other {
      conversation = self.conversation(account, other, writer)
    }
    try writer.record(
      unit, account: account, other: other ?? .none,
      assertion: unit == .declaredLink ? mapping.linkAssertion : nil,
      channel: conversation, time: time, writtenTime: written,
      text: columns.text == nil && unit == .login ? address ?? "" : text, at: locator)
  }

  private func inconsistent(_ text: String, _ times: TableTimes, _ locator: Locator) -> ExportRefusal {
    ExportRefusal(
      "inconsistent-dates",
      what:
        "\(locator.pattern > 0 ? "row \(locator.index.0)" : "line \(locator.line)") is dated \(text), which contradicts the order "
        + "\(times.order?.rawValue ?? "") \(isOrderGiven ? "given by --date-order" : "that earlier rows prove")",
      place: place, advice: "Two tables may have been put together: split them, or correct the format.")
  }

  /// Writes the counts.
  ///
  /// - Throws: `ExportRefusal` where dates show the other order of day and month than the mapping's, and none shows its own.
  func finish(rowsSeen: Int, _ writer: RecordWriter) throws {
    if let shown = times?.shown, shown.other > 0 {
      let dates = shown.other == 1 ? "1 date is none" : "\(shown.other) dates are none"
      guard shown.own > 0 else {
        throw ExportRefusal(
          "inconsistent-dates",
          what:
            "\(dates) unless day and month change places (\(shown.example)), and no other shows the order that the mapping has",
          place: place,
          advice:
            "Correct the mapping's format: dd is the day, MM the month, and xx stands for either where the dates shall decide."
        )
      }
      writer.note(
        "\(place): \(dates) unless day and month change places (\(shown.example)). The table may hold both orders: compare some "
          + "times with the original before you rely on them.")
    }
    writer.count(mapping.recordClass, seen: rowsSeen - otherRows)
    if rowsOfOtherEncoding > 0 {
      let rows = rowsOfOtherEncoding == 1 ? "1 row holds" : "\(rowsOfOtherEncoding) rows hold"
      writer.note("\(place): \(rows) text that is not UTF-8, which was read as CP1252.")
    }
    if damagedRows > 0 {
      let rows = damagedRows == 1 ? "1 row holds" : "\(damagedRows) rows hold"
      writer.note("\(place): \(rows) characters of UTF-8 that are cut or damaged; U+FFFD stands for these.")
    }
    if noValues.cells > 0 {
      let words = noValues.words.map { "“\($0)”" }.joined(separator: ", ")
      writer.note(
        "\(place): \(noValues.cells) cells hold a word for no value (\(words)) and count as empty."
          + (noValues.isHandle ? " Where one is somebody's handle, write it with an @." : ""))
    }
    if let mixed = times?.mixed, mixed.isSuspect {
      let (dates, texts) = (mixed.dates, mixed.texts)
      writer.note(
        "\(place): \(dates == 1 ? "1 date is" : "\(dates) dates are") on the 12th of a month at the latest, and "
          + "\(texts == 1 ? "1 that is text is" : "\(texts) that are text are") later: a spreadsheet that took days for months makes "
          + "just that of a table. Compare some with the original before you rely on these times.")
    }
    if let undecided = times?.undecided, undecided > 0 {
      writer.note(
        "\(undecided) times fall where the clock of the assumed zone was changed and keep no zone.")
    }
  }
}
