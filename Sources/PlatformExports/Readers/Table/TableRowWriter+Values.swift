internal import AccountModel

/// What the cells of a row say of accounts.
extension TableRowWriter {
  /// The conversation of two accounts in a table that names none: that two wrote to each other speaks against one
  /// controller. It has no name, as nobody gave it one.
  func conversation(
    _ one: AccountIndex, _ other: AccountIndex, _ writer: RecordWriter
  ) -> ChannelIndex {
    let (one, other) = (firstWritten(one, writer), firstWritten(other, writer))
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

  /// The first account of the same number or address, which may have been written without its country or in capitals.
  private func firstWritten(_ account: AccountIndex, _ writer: RecordWriter) -> AccountIndex {
    guard let key = writer.key(of: account), key.kind == .phone || key.kind == .email else { return account }
    let digits = key.kind == .phone ? MessagesAddress.tellingDigits(of: key.value.utf8) : nil
    let name = digits.map { String(decoding: $0, as: UTF8.self) } ?? key.value.lowercased()
    let seat = "\(key.platform.rawValue) \(name)"
    if let known = seats[seat] { return known }
    if seats.count < Self.conversationLimit { seats[seat] = account }
    return account
  }

  func key(
    _ column: TableMapping.AccountColumn, _ position: Int, _ cells: TableCells, _ locator: Locator,
    _ writer: RecordWriter
  ) -> AccountKey? {
    guard let value = cells.value(position) else { return nil }
    if Self.mayBeAnyWord.contains(column.kind), isNoValue(value, column.kind.rawValue, locator, writer) {
      return nil
    }
    guard isSound(value, column.kind, cells, position, locator, writer) else { return nil }
    let platform: Platform
    var scope = column.scope
    switch mapping.platform {
    case .constant(let constant): platform = constant
    case .column:
      let name = columns.platform.flatMap { self.name($0, "platform", cells, locator, writer) }
      platform = Platform(name ?? "unknown")
      if name == nil { scope = .source }
    }
    return AccountKey(platform: platform, kind: column.kind, scope: scope, value: value)
  }

  /// The name of a platform or conversation; nil for none, and for what a spreadsheet left of one, which would make one of
  /// many.
  func name(
    _ position: Int, _ unit: String, _ cells: TableCells, _ locator: Locator, _ writer: RecordWriter
  ) -> String? {
    guard let name = cells.value(position), !isNoValue(name, unit, locator, writer) else { return nil }
    guard Self.isRounded(name, cells, position) || Self.isError(name) else { return name }
    let reason = Self.isError(name) ? Self.spreadsheetError : Self.spreadsheetDamage
    writer.setAside(unit, reason, at: locator, detail: name)
    return nil
  }

  /// Writes the further identifiers; returns the first IP address.
  func identifiers(
    _ account: AccountIndex, _ cells: TableCells, _ time: ObservedTime, _ locator: Locator,
    _ writer: RecordWriter
  ) throws -> String? {
    var address: String?
    for (column, position, port) in columns.identifiers {
      guard let cell = cells.value(position) else { continue }
      let values = column.separator.map { cell.split(separator: $0).map { String($0) } } ?? [cell]
      for value in values {
        var value = DirectionMarks.stripped(value)
        guard !value.isEmpty,
          isSound(value, column.kind, cells, position, locator, writer)
        else { continue }
        if column.kind == .ip {
          if let port, let number = cells.value(port) {
            // Programs that keep numbers as fractions write `443.0`.
            let whole = number.hasSuffix(".0") ? number.dropLast(2) : number[...]
            if let number = UInt16(whole), number > 0 {
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
  func isNoValue(
    _ value: String, _ unit: String, _ locator: Locator, _ writer: RecordWriter
  ) -> Bool {
    guard NoValue.isNamed(by: value) else { return false }
    writer.setAside(unit, NoValue.reason, at: locator, detail: value)
    noValues.cells += 1
    if noValues.words.count < 5, !noValues.words.contains(value) { noValues.words.append(value) }
    if unit == IdentifierKind.handle.rawValue { noValues.isHandle = true }
    return true
  }

  /// Whether a value may be kept: no NUL, no word for no value, and not rounded, replaced or taken for a
  /// date by a spreadsheet.
  private func isSound(
    _ value: String, _ kind: IdentifierKind, _ cells: TableCells, _ position: Int, _ locator: Locator,
    _ writer: RecordWriter
  ) -> Bool {
    if value.utf8.contains(0) {
      writer.setAside(kind.rawValue, .malformed, at: locator, detail: "holds a NUL")
      return false
    }
    if !Self.mayBeAnyWord.contains(kind), isNoValue(value, kind.rawValue, locator, writer) { return false }
    let isWhole = [.phone, .platformID, .handle, .device, .cookie].contains(kind)
    if isWhole, Self.isRounded(value, cells, position) {
      writer.setAside(kind.rawValue, Self.spreadsheetDamage, at: locator, detail: value)
      return false
    }
    // Several names come to one date.
    if isWhole || kind == .displayName, cells.time(position) != nil {
      writer.setAside(kind.rawValue, Self.spreadsheetDate, at: locator, detail: value)
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

  private static func isRounded(_ value: String, _ cells: TableCells, _ position: Int) -> Bool {
    cells.isRounded(position) || isRounded(value) || cells.sheetRow == nil && isReopened(value)
  }

  /// What a spreadsheet makes of `4.47701E+11` when it opens it once more: a number of twelve digits or more, six at most and
  /// zeros behind them. Cells of sheets say whether they are numbers.
  private static func isReopened(_ value: String) -> Bool {
    value.utf8.count >= 12 && value.utf8.allSatisfy(\.isDigit)
      && value.utf8.dropFirst(6).allSatisfy { $0 == 0x30 }
  }

  /// `4.47701E+11`, as spreadsheets write long numbers; the exponent's sign tells it from a name.
  private static func isRounded(_ value: String) -> Bool {
    let parts = value.split(whereSeparator: { $0 == "E" || $0 == "e" })
    guard parts.count == 2, parts[1].first == "+", parts[1].count > 1 else { return false }
    return parts[1].dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
      && parts[0].allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
  }
}
