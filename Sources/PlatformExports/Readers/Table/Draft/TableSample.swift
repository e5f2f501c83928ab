/// The beginning of a table, with the row that seems to name its columns.
struct TableSample {
  /// Rows that are looked at.
  static let rowLimit = 1_000

  /// What separates its fields.
  let delimiter: UInt8
  /// The names of its columns, as they stand.
  let headers: [String]
  /// By column, the values below its name that are not blank, nor say that there is none.
  let columns: [[String]]
  /// Rows below the names.
  let rows: Int

  /// Finds a table in the first bytes of a file, in UTF-8; nil where no two rows have the same number of cells, two at least.
  ///
  /// Its separator is the one that gives most rows of one width, and of several such the widest, as decimal commas part
  /// cells too. Its names are the first row of that width of which half the cells are filled, as a spreadsheet fills up titles;
  /// where that holds two at most, the first fuller one of words.
  init?(_ head: UnsafeBufferPointer<UInt8>, isWhole: Bool) {
    var best: TableSample?
    for delimiter in TableLayout.delimiters {
      let rows = Self.rows(head, delimiter, isWhole: isWhole)
      guard let found = TableSample(rows, delimiter) else { continue }
      let isBetter = best.map { (found.rows, found.headers.count) > ($0.rows, $0.headers.count) } ?? true
      if isBetter { best = found }
    }
    guard let best else { return nil }
    self = best
  }

  /// The sample of some rows of cells; nil where they are no table.
  init?(_ rows: [[String]], _ delimiter: UInt8) {
    var counts: [Int: Int] = [:]
    for row in rows where row.count > 1 { counts[row.count, default: 0] += 1 }
    guard let most = counts.values.max(), most > 1,
      let width = counts.keys.filter({ counts[$0] == most }).max(),
      let begin = rows.firstIndex(where: { $0.count == width && Self.filled($0) * 2 >= width })
        ?? rows.firstIndex(where: { $0.count == width })
    else { return nil }
    // What a return is about stands above its table in pairs: `Reference`, `AB/1`.
    let pairs = Self.filled(rows[begin])
    let names = rows[begin...].prefix(TableLayout.preambleLimit).firstIndex {
      $0.count == width && Self.filled($0) > pairs && $0.allSatisfy(Self.mayBeName)
    }
    let first = pairs <= 2 ? names ?? begin : begin
    self.delimiter = delimiter
    headers = rows[first]
    let body = rows[(first + 1)...].filter {
      $0.count == width && $0 != rows[first] && Self.filled($0) > 0
    }
    guard !body.isEmpty else { return nil }
    self.rows = body.count
    columns = (0..<width).map { column in
      body.map { $0[column] }.filter { !$0.isEmpty && !NoValue.isNamed(by: $0) }
    }
  }

  private static func filled(_ row: [String]) -> Int { row.count { !$0.isEmpty } }

  private static func mayBeName(_ cell: String) -> Bool {
    cell.isEmpty || cell.contains(where: \.isLetter) && !cell.contains(where: \.isNumber)
  }

  /// The rows that the bytes hold whole, without blank ones.
  private static func rows(_ head: UnsafeBufferPointer<UInt8>, _ delimiter: UInt8, isWhole: Bool)
    -> [[String]]
  {
    var scanner = TableRowScanner(delimiter: delimiter)
    var rows: [[String]] = []
    var start = 0
    while rows.count < rowLimit, start < head.count {
      let rest = UnsafeBufferPointer(rebasing: head[start...])
      if !scanner.scan(rest), !isWhole || !scanner.finish() { break }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      if !scanner.isMalformed, !TableLayout.isBlank(row, delimiter) {
        rows.append(scanner.fields.prefix(20_000).map { $0.value(in: row) })
      }
      start += scanner.position
      scanner.reset()
    }
    return rows
  }
}
