internal import AccountModel

/// Turns the rows of a table into accounts, identifiers and records.
final class TableRowWriter {
  private let mapping: TableMapping
  private let layout: TableLayout
  private let place: String
  private let member: UInt32
  private let channel: String
  private let columns: TableColumns
  private var times: TableTimes?
  private var isOrderGiven = false
  /// By the two accounts, the lower index first.
  private var conversations: [UInt64: ChannelIndex] = [:]
  /// Pairs after which conversations are kept no more, to bound their memory.
  private static let conversationLimit = 1 << 17
  private var rows = 0
  /// Rows that are none of the record class: before the header, the header again, remarks.
  private var otherRows = 0
  /// Rows of a table of UTF-8 in which something is CP1252, and in which something is damaged.
  private var rowsOfOtherEncoding = 0
  private var damagedRows = 0
  /// Cells that hold a word for no value, and some of these words.
  private var noValues: (cells: Int, words: [String], isHandle: Bool) = (0, [], false)

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
  static let spreadsheetError = SetAsideReason(
    "spreadsheet-error", "is what a spreadsheet shows in the place of a value (#N/A, #NAME?, ####)",
    isFault: true)
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
    guard let text = timeText({ fields[$0].value(in: row) }), let pair = times?.open(text) else { return nil }
    return TableTimes.proof(pair)
  }

  private func timeText(_ cell: (Int) -> String?) -> String? {
    guard let column = columns.time, let date = cell(column), !date.isEmpty else { return nil }
    guard let clock = columns.clock else { return date }
    guard let time = cell(clock), !time.isEmpty else { return nil }
    return "\(date) \(time)"
  }

  // MARK: Rows

  /// Takes a row whose fields the scanner holds.
  func take(_ row: TableRow, _ scanner: TableRowScanner, _ writer: RecordWriter) throws {
    let locator = Locator(
      member: member, offset: row.offset, length: UInt32(clamping: row.length), line: row.line)
    if row.condition == .whole, TableLayout.isBlank(row.bytes, layout.delimiter) { return }
    rows += 1
    if rows <= layout.preamble {
      otherRows += 1
      return writer.setAside("preamble", Self.preamble, at: locator, detail: start(of: row))
    }
    if rows == layout.preamble + 1 {
      otherRows += 1
      return
    }
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
    if let (name, reason) = judge(fields, row) {
      if reason == Self.remark || reason == Self.repeatedHeader {
        otherRows += 1
        return writer.setAside(name, reason, at: locator, detail: start(of: row))
      }
      return writer.setAside(unit, reason, at: locator, detail: start(of: row))
    }
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

  private func start(of row: TableRow) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: row.bytes.prefix(200)).trimmed, as: UTF8.self)
  }

  /// Why a row cannot be a record, or is not meant to be one.
  private func judge(
    _ fields: [TableRowScanner.Field], _ row: TableRow
  ) -> (unit: String, reason: SetAsideReason)? {
    let width = layout.headers.count
    let filled = fields.indices.filter { fields[$0].isFilled(in: row.bytes) }
    if filled.isEmpty { return ("row", .empty) }
    if filled.count == 1, width > 1, fields.count != width || filled[0] != columns.account {
      return row.isTerminated ? ("remark", Self.remark) : ("row", .truncated)
    }
    if fields.count != width, (filled.last ?? 0) >= width || fields.count < width {
      return ("row", row.isTerminated ? Self.ragged : .truncated)
    }
    if filled.count >= width - 1,
      filled.allSatisfy({ TableMapping.folded(fields[$0].value(in: row.bytes)) == layout.headers[$0] })
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
      if let text = timeText({ cells.value($0) }) {
        if let pair = times.open(text), let proof = TableTimes.proof(pair), proof != times.order {
          throw inconsistent(text, times, locator)
        }
        guard let read = times.time(text) else {
          return writer.setAside(unit, .badTime, at: locator, detail: text)
        }
        time = read
        written = text
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
      if let name = cells.value(column), !isNoValue(name, "channel", locator, writer) {
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

  /// The conversation of two accounts in a table that names none: that two wrote to each other speaks against one
  /// controller. It has no name, as nobody gave it one.
  private func conversation(
    _ one: AccountIndex, _ other: AccountIndex, _ writer: RecordWriter
  ) -> ChannelIndex {
    if one == other { return .none }
    let pair = UInt64(min(one.raw, other.raw)) << 32 | UInt64(max(one.raw, other.raw))
    if let known = conversations[pair] { return known }
    guard conversations.count < Self.conversationLimit else {
      writer.note(
        "\(place): more than \(Self.conversationLimit) pairs of accounts wrote to each other; of further pairs it is not known "
          + "that they did. A column of conversations, named in the mapping, keeps them all.")
      return .none
    }
    let channel = writer.unnamedChannel()
    conversations[pair] = channel
    return channel
  }

  private func inconsistent(_ text: String, _ times: TableTimes, _ locator: Locator) -> ExportRefusal {
    ExportRefusal(
      "inconsistent-dates",
      what: "line \(locator.line) is dated \(text), which contradicts the order "
        + "\(times.order?.rawValue ?? "") \(isOrderGiven ? "given by --date-order" : "that earlier rows prove")",
      place: place, advice: "Two tables may have been put together: split them, or correct the format.")
  }

  private func key(
    _ column: TableMapping.AccountColumn, _ position: Int, _ cells: TableCells, _ locator: Locator,
    _ writer: RecordWriter
  ) -> AccountKey? {
    guard let value = cells.value(position) else { return nil }
    if Self.mayBeAnyWord.contains(column.kind), isNoValue(value, column.kind.rawValue, locator, writer) {
      return nil
    }
    guard isSound(value, column.kind, locator, writer) else { return nil }
    let platform: Platform
    var scope = column.scope
    switch mapping.platform {
    case .constant(let constant): platform = constant
    case .column:
      let name = columns.platform.flatMap { cells.value($0) }
        .flatMap { isNoValue($0, "platform", locator, writer) ? nil : $0 }
      platform = Platform(name ?? "unknown")
      if name == nil { scope = .source }
    }
    return AccountKey(platform: platform, kind: column.kind, scope: scope, value: value)
  }

  /// Writes the further identifiers; returns the first IP address.
  private func identifiers(
    _ account: AccountIndex, _ cells: TableCells, _ time: ObservedTime, _ locator: Locator,
    _ writer: RecordWriter
  ) throws -> String? {
    var address: String?
    for (column, position, port) in columns.identifiers {
      guard let cell = cells.value(position) else { continue }
      let values = column.separator.map { cell.split(separator: $0).map { String($0) } } ?? [cell]
      for value in values {
        var value = DirectionMarks.stripped(value)
        guard !value.isEmpty, isSound(value, column.kind, locator, writer) else { continue }
        if column.kind == .ip {
          if let port, let number = cells.value(port) {
            if let number = UInt16(number), number > 0 {
              value =
                value.contains(":") && !value.hasPrefix("[") ? "[\(value)]:\(number)" : "\(value):\(number)"
            } else {
              writer.setAside("port", .malformed, at: locator, detail: number)
            }
          }
          if address == nil { address = value }
        }
        try writer.identifier(
          account, column.kind, value, label: column.label, assertion: column.assertion, time: time,
          at: locator)
      }
    }
    return address
  }

  /// Whether a cell says that there is no value: one account of everybody who has none would be nobody's, as would one
  /// conversation.
  private func isNoValue(
    _ value: String, _ unit: String, _ locator: Locator, _ writer: RecordWriter
  ) -> Bool {
    guard NoValue.isNamed(by: value) else { return false }
    writer.setAside(unit, NoValue.reason, at: locator, detail: value)
    noValues.cells += 1
    if noValues.words.count < 5, !noValues.words.contains(value) { noValues.words.append(value) }
    if unit == IdentifierKind.handle.rawValue { noValues.isHandle = true }
    return true
  }

  /// Whether a value may be kept: no NUL, no word for no value, and not rounded or replaced by a spreadsheet.
  private func isSound(
    _ value: String, _ kind: IdentifierKind, _ locator: Locator, _ writer: RecordWriter
  ) -> Bool {
    if value.utf8.contains(0) {
      writer.setAside(kind.rawValue, .malformed, at: locator, detail: "holds a NUL")
      return false
    }
    if !Self.mayBeAnyWord.contains(kind), isNoValue(value, kind.rawValue, locator, writer) { return false }
    if [.phone, .platformID, .handle, .device, .cookie].contains(kind), Self.isRounded(value) {
      writer.setAside(kind.rawValue, Self.spreadsheetDamage, at: locator, detail: value)
      return false
    }
    // One text for all that was lost would make one account of many.
    if kind != .displayName, Self.isError(value) {
      writer.setAside(kind.rawValue, Self.spreadsheetError, at: locator, detail: value)
      return false
    }
    return true
  }

  /// Names and addresses of persons and descriptions of programs, which are compared by the words in them.
  private static let mayBeAnyWord: Set<IdentifierKind> = [.personName, .postalAddress, .userAgent]

  /// Whether a value is one of a spreadsheet's errors, or the marks that fill a column too narrow for a number.
  private static func isError(_ value: String) -> Bool {
    guard value.utf8.first == UInt8(ascii: "#"), value.utf8.count > 1 else { return false }
    return value.utf8.allSatisfy { $0 == UInt8(ascii: "#") } || errors.contains(value.uppercased())
  }

  /// English, German, French, Spanish and Italian.
  private static let errors: Set<String> = [
    "#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!",
    "#GETTING_DATA", "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#NOM?", "#VALEUR!", "#NOMBRE!", "#N/D",
    "#¿NOMBRE?", "#¡REF!", "#¡VALOR!", "#¡NUM!", "#¡DIV/0!", "#NOME?", "#RIF!", "#VALORE!",
  ]

  /// `4.47701E+11`, as spreadsheets write long numbers; the exponent's sign tells it from a name.
  private static func isRounded(_ value: String) -> Bool {
    let parts = value.split(whereSeparator: { $0 == "E" || $0 == "e" })
    guard parts.count == 2, parts[1].first == "+", parts[1].count > 1 else { return false }
    return parts[1].dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
      && parts[0].allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
  }

  /// Writes the counts.
  func finish(rowsSeen: Int, _ writer: RecordWriter) {
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
    if let undecided = times?.undecided, undecided > 0 {
      writer.note(
        "\(undecided) times fall where the clock of the assumed zone was changed and keep no zone.")
    }
  }
}
