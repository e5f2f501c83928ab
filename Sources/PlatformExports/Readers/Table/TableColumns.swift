/// The positions of a mapping's columns in one table.
struct TableColumns {
  let account: Int
  let other: Int?
  let platform: Int?
  let text: Int?
  let channel: Int?
  let time: Int?
  let clock: Int?
  let identifiers: [(column: TableMapping.IdentifierColumn, position: Int, port: Int?)]
  /// All of them.
  let mapped: Set<Int>

  init(_ mapping: TableMapping, _ layout: TableLayout, place: String) throws {
    func position(_ name: String?) throws -> Int? { try name.map { try layout.column($0, place: place) } }
    account = try layout.column(mapping.account.column, place: place)
    other = try position(mapping.other?.column)
    if case .column(let name) = mapping.platform { platform = try position(name) } else { platform = nil }
    text = try position(mapping.textColumn)
    channel = try position(mapping.channelColumn)
    time = try position(mapping.time?.column)
    clock = try position(mapping.time?.clockColumn)
    identifiers = try mapping.identifiers.compactMap { column in
      func isThere(_ name: String) -> Bool { layout.headers.contains(TableMapping.folded(name)) }
      if column.isOptional, !isThere(column.column) { return nil }
      let port = column.isOptional && !(column.portColumn.map(isThere) ?? false) ? nil : column.portColumn
      return (column, try layout.column(column.column, place: place), try position(port))
    }
    var mapped = Set([account, other, platform, text, channel, time, clock].compactMap { $0 })
    for (_, position, port) in identifiers { mapped.formUnion([position, port].compactMap { $0 }) }
    self.mapped = mapped
  }
}

/// The cells of one row, as values.
struct TableCells {
  let fields: [TableRowScanner.Field]
  let row: UnsafeBufferPointer<UInt8>
  /// A cell that may have been cut, and so counts as empty unless it is the one of `keepsCut`.
  let cut: Int?
  let keepsCut: Int?
  /// The row of a sheet that they are of, which says more of them than their text does.
  var sheetRow: SheetRow?

  /// The date or time that a cell of a sheet holds.
  func time(_ position: Int) -> SheetTime? { sheetRow?.time(position) }

  /// Whether a cell holds a number of which digits were lost.
  func isRounded(_ position: Int) -> Bool { sheetRow?.rounded.contains(position) ?? false }

  /// A cell without marks and outer white space; nil when empty.
  func value(_ position: Int) -> String? {
    guard position < fields.count, position != cut else { return nil }
    let value = DirectionMarks.stripped(fields[position].value(in: row))
    return value.isEmpty ? nil : value
  }

  /// A cell as it stands.
  func text(_ position: Int) -> String {
    guard position < fields.count, position != cut || position == keepsCut else { return "" }
    var field = fields[position]
    if position == cut, field.start < field.end {
      // A character that the end of the source cuts in two is none.
      field.end -= ValidUTF8.unfinishedTail(UnsafeBufferPointer(rebasing: row[field.start..<field.end]))
    }
    return field.value(in: row, trimmed: false)
  }
}
