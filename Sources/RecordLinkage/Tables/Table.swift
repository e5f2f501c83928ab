import Glibc

/// A column of a table: the number of each record's value, and the distinct values.
public struct Column: Sendable {
  /// The name in the header.
  public let name: String
  /// By record: number of its value in `pool`, 0 for none.
  public let values: Packed<UInt32>
  /// The distinct values, and how often the records counted have each.
  public let pool: ValuePool
  /// Records counted, from the first on: those that the engine learns from (`LearningBase`).
  let counted: Int
  /// What a person said that it holds.
  var statedKind: ColumnKind?
  /// What it holds, once it was recognised (`ColumnRecognition`); text until then.
  var kind = ColumnKind.text
  /// The order of day, month and year that a person stated.
  var dateOrder: DateLayout.Order?
  /// Its dates, once it was decided how they are written (`ColumnDecisions`).
  var dates: DateReadings?

  /// Of the records counted, those that have a value.
  public var filled: Int { counted - Int(pool.counts[0]) }

  /// How much it may tell: what most records have, in the most different values.
  var worth: Double { Double(filled) * (1 + Double(pool.count).squareRoot()) }

  /// Whether it stands before another where the order of the table may not decide: the fuller one, then by name. Names of
  /// columns differ in their bytes.
  func precedes(_ other: Column) -> Bool {
    filled != other.filled ? filled > other.filled : name.utf8.lexicographicallyPrecedes(other.name.utf8)
  }

  /// `counted` is all records if not given.
  init(
    name: String, values: Packed<UInt32>, pool: ValuePool, counted: Int? = nil, statedKind: ColumnKind? = nil,
    kind: ColumnKind = .text, dateOrder: DateLayout.Order? = nil
  ) {
    self.name = name
    self.values = values
    self.pool = pool
    self.counted = counted ?? values.count
    self.statedKind = statedKind
    self.kind = kind
    self.dateOrder = dateOrder
  }

  /// The same column by another name, of no stated kind.
  func renamed(_ name: String) -> Column {
    Column(name: name, values: values, pool: pool, counted: counted)
  }

  /// The same column with the values of the first records alone counted.
  func counting(first records: Int) -> Column {
    if records >= counted { return self }
    let counts = Packed<UInt32>(uninitialised: pool.count)
    for value in 0..<counts.count { counts[value] = pool.counts[value] }
    for record in records..<counted { counts[Int(values[record])] &-= 1 }
    return Column(
      name: name, values: values, pool: ValuePool(bytes: pool.bytes, offsets: pool.offsets, counts: counts),
      counted: records, statedKind: statedKind, kind: kind, dateOrder: dateOrder)
  }

  /// The records counted, and of the pool what they hold; values must be numbered by first appearance.
  var ofCounted: Column {
    if counted == values.count { return self }
    var count = pool.count
    while count > 1, pool.counts[count - 1] == 0 { count -= 1 }
    return Column(
      name: name, values: values.prefix(counted),
      pool: ValuePool(
        bytes: pool.bytes, offsets: pool.offsets.prefix(count + 1), counts: pool.counts.prefix(count)),
      statedKind: statedKind, kind: kind, dateOrder: dateOrder)
  }
}

/// Records of one or more files as columns of interned values.
public struct Table: Sendable {
  /// A file the records came from.
  public struct Source: Sendable {
    /// What it is called in messages.
    public let name: String
    /// What places in it are called.
    public let unit: TableLine.Unit
    /// Its records.
    public let records: Range<Int>
    /// Lines, or objects, with fewer fields than the header; the missing ones count as empty.
    public let shortRows: Int
    /// Lines with more fields than the header; the surplus is dropped.
    public let longRows: Int
    /// Lines of the first few such rows.
    public let raggedLines: [Int]
    /// Lines that could not be read, or have no id, and became no record.
    public let refusedLines: Int
    /// Lines of NDJSON of which some values were left out: objects, and those of repeated keys.
    public let partialLines: Int
    /// What else there is to say, in words, with counts.
    public internal(set) var notes: [String]
    /// Values, ids among them, with a NUL byte in them: the mark of a damaged file, or of binary data.
    public internal(set) var valuesWithNUL = 0

    /// Lines that were not used whole: refused, with fields beyond the header's, or with values that were left out.
    public var leftOut: Int { refusedLines + longRows + partialLines }

    /// All of it in words, with counts.
    public var remarks: [String] {
      var remarks: [String] = []
      if shortRows > 0 {
        remarks.append(
          "\(shortRows) \(shortRows == 1 ? "row has" : "rows have") fewer fields than the header; the missing ones count as empty"
        )
      }
      if longRows > 0 {
        remarks.append(
          "\(longRows) \(longRows == 1 ? "row has" : "rows have") more fields than the header; the surplus was left out"
        )
      }
      if !raggedLines.isEmpty {
        let lines = raggedLines.map(String.init).joined(separator: ", ")
        remarks.append(
          "\(unit == .row ? "these are rows" : "such rows are at lines") \(lines)\(shortRows + longRows > raggedLines.count ? ", …" : "")"
        )
      }
      return remarks + notes
    }
  }

  /// The columns, the id left out; none once the table was resolved.
  public private(set) var columns: [Column]
  /// By record, where it came from, where a column was said to tell; else the files tell.
  private(set) var origin: Column?
  /// What those behind the records wrote, where columns were said to hold it; not compared otherwise.
  public private(set) var writing: [Column] = []
  /// The files.
  public internal(set) var sources: [Source]
  /// Name of the id column.
  public let idColumn: String
  /// Columns left out on demand.
  public let ignored: [String]
  let idBytes: Packed<UInt8>
  let idOffsets: Packed<UInt64>
  let lines: Packed<UInt32>

  /// Gives the columns away, so that each can be let go as soon as it is normalised.
  mutating func takeColumns() -> [Column] {
    defer { columns = [] }
    return columns
  }

  /// Gives the texts away.
  mutating func takeWriting() -> [Column] {
    defer { writing = [] }
    return writing
  }

  /// Brings values that are no UTF-8 to it, and notes how many there were.
  mutating func repairTexts() {
    var found = [Int](repeating: 0, count: sources.count)
    for number in columns.indices {
      guard let repaired = LegacyText.repaired(columns[number]) else { continue }
      for (source, file) in sources.enumerated() {
        for record in file.records where repaired.wasLegacy[Int(columns[number].values[record])] {
          found[source] += 1
        }
      }
      columns[number] = repaired.column
    }
    for (source, count) in found.enumerated() where count > 0 {
      sources[source].notes.append(
        "\(count) \(count == 1 ? "value is" : "values are") no UTF-8 and read as Windows-1252")
    }
  }

  /// Counts the values with NUL bytes, and notes how many there were. The values stay as they are.
  mutating func countNULs() {
    var found = [Int](repeating: 0, count: sources.count)
    for column in columns where column.pool.hasNUL {
      let pool = column.pool
      let isDamaged = (0..<pool.count).map { pool.text($0).contains(0) }
      for (source, file) in sources.enumerated() {
        for record in file.records where isDamaged[Int(column.values[record])] { found[source] += 1 }
      }
    }
    if idBytes.count > 0, memchr(idBytes.base, 0, idBytes.count) != nil {
      for (source, file) in sources.enumerated() {
        for record in file.records where idText(record).contains(0) { found[source] += 1 }
      }
    }
    for (source, count) in found.enumerated() where count > 0 {
      sources[source].valuesWithNUL = count
      sources[source].notes.append(
        "\(count) \(count == 1 ? "value has" : "values have") a NUL byte inside; the file may be damaged or binary"
      )
    }
  }

  /// Takes over what a person said of the columns.
  ///
  /// - Parameter isPartial: whether columns may be missing.
  /// - Throws: `TableError.noSuchColumn` for a column that is not there.
  mutating func apply(_ schema: TableSchema, isPartial: Bool = false) throws(TableError) {
    let order: DateLayout.Order? =
      switch schema.dateOrder {
      case .dmy: .dayFirst
      case .mdy: .monthFirst
      case .ymd: .yearFirst
      case nil: nil
      }
    for (name, role) in schema.columns.sorted(by: { $0.key < $1.key }) {
      if role == .id || role == .ignore { continue }
      guard let number = columns.firstIndex(where: { $0.name == name }) else {
        if isPartial { continue }
        throw .noSuchColumn(
          file: sources.map(\.name).joined(separator: ", "), name: name, columns: columns.map(\.name))
      }
      switch role {
      case .kind(let kind): columns[number].statedKind = kind
      case .source: origin = columns.remove(at: number)
      case .writing: writing.append(columns.remove(at: number))
      case .id, .ignore: break
      }
    }
    for number in columns.indices { columns[number].dateOrder = order }
  }

  /// Records.
  public var recordCount: Int { lines.count }

  /// The id of a record, as written.
  public func id(_ record: Int) -> String { String(decoding: idText(record), as: UTF8.self) }

  @inline(__always)
  func idText(_ record: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(idOffsets[record])
    return UnsafeBufferPointer(start: idBytes.base + start, count: Int(idOffsets[record + 1]) - start)
  }

  init(
    columns: [Column], sources: [Source], idColumn: String, ignored: [String], idBytes: Packed<UInt8>,
    idOffsets: Packed<UInt64>, lines: Packed<UInt32>
  ) {
    self.columns = columns
    self.sources = sources
    self.idColumn = idColumn
    self.ignored = ignored
    self.idBytes = idBytes
    self.idOffsets = idOffsets
    self.lines = lines
  }

  /// Where a record stands in its file.
  func line(of record: Int) -> TableLine {
    TableLine(Int(lines[record]), sources[source(of: record)].unit)
  }

  /// The number of the file that a record came from.
  public func source(of record: Int) -> Int {
    sources.firstIndex { $0.records.contains(record) } ?? 0
  }
}
