/// Where a table's header row stands, how its fields are separated, and which column is which.
struct TableLayout {
  /// Separators that are tried, in this order.
  static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]
  /// Rows before the header row (titles, notes) that are passed over.
  static let preambleLimit = 200

  let delimiter: UInt8
  /// Rows before the header row that are not blank.
  let preamble: Int
  let headers: [String]

  /// Finds the header row in the first bytes of a table; nil when none holds every wanted header.
  static func find(_ mapping: TableMapping, in head: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> Self? {
    let wanted = Set(mapping.wantedHeaders.map(TableMapping.folded))
    guard !wanted.isEmpty else { return nil }
    var best: Self?
    for delimiter in mapping.delimiter.map({ [$0] }) ?? delimiters {
      guard let found = find(wanted, delimiter, in: head, isWhole: isWhole) else { continue }
      if best.map({ found.headers.count > $0.headers.count }) ?? true { best = found }
    }
    return best
  }

  private static func find(
    _ wanted: Set<String>, _ delimiter: UInt8, in head: UnsafeBufferPointer<UInt8>, isWhole: Bool
  ) -> Self? {
    var scanner = TableRowScanner(delimiter: delimiter)
    var start = 0
    var preamble = 0
    for _ in 0..<preambleLimit {
      let rest = UnsafeBufferPointer(rebasing: head[start...])
      if !scanner.scan(rest), !isWhole || !scanner.finish() { return nil }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      let headers = scanner.fields.prefix(20_000).map { TableMapping.folded($0.value(in: row)) }
      if wanted.isSubset(of: headers) {
        return Self(delimiter: delimiter, preamble: preamble, headers: headers)
      }
      if !isBlank(row, delimiter) { preamble += 1 }
      start += scanner.position
      if start >= head.count { return nil }
      scanner.reset()
    }
    return nil
  }

  /// Whether a row is an empty line.
  static func isBlank(_ row: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8) -> Bool {
    row.allSatisfy { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 && delimiter != 0x09 }
  }

  /// The position of a column; throws `ExportRefusal` when it is missing or stands twice.
  func column(_ name: String, place: String) throws -> Int {
    let wanted = TableMapping.folded(name)
    let found = headers.indices.filter { headers[$0] == wanted }
    guard let first = found.first else {
      throw ExportRefusal(
        "missing-column", what: "has no column \(name.debugDescription)", place: place,
        advice: "Its columns are: \(headers.prefix(50).joined(separator: ", ")). Correct the mapping.")
    }
    guard found.count == 1 else {
      throw ExportRefusal(
        "ambiguous-column", what: "has \(found.count) columns \(name.debugDescription)", place: place,
        advice: "Rename all but one in a copy of the file, and say so in the case's notes.")
    }
    return first
  }
}
