import Columns

/// Takes records, field by field, and makes a `Table` of them.
public struct TableBuilder: ~Copyable {
  /// Names of the id column that are tried when none is given, in this order.
  public static let idNames = ["unique_id", "id", "record_id", "rec_id", "uid"]
  /// Columns of all files together, at the most: a spreadsheet has 16,384.
  public static let columnLimit = 20_000

  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var drafts: [ColumnDraft] = []
  /// By column: the insides of its draft, for loops over values.
  private var lanes = Growing<ColumnDraft.Lane>(capacity: 16)
  private var pending = Growing<Announced>(capacity: Announced.limit)
  private var idBytes = Growing<UInt8>(capacity: 1 << 12)
  private var idOffsets = Growing<UInt64>(capacity: 1 << 10)
  private var lines = Growing<UInt32>(capacity: 1 << 10)
  private var sources: [Table.Source] = []
  private var fileStart = 0
  private var fileName = ""
  private var unit = TableLine.Unit.line
  private var ignored: Set<String> = []
  /// Columns left out on demand that some file has.
  private var ignoredSeen: Set<String> = []
  private(set) var idColumn = ""

  /// Told how many records there are, at the end of each block of a file.
  var onBlock: ((Int) -> Void)?

  /// Makes an empty builder.
  public init() {
    LargeBlocks.keep()
    idOffsets.append(0)
  }

  /// Records so far.
  public var recordCount: Int { lines.count }

  /// Records of the file that was begun last.
  var recordsOfFile: Int { lines.count - fileStart }

  /// Begins a file. The columns that follow are found by `column(_:)`.
  public mutating func beginFile(_ name: String, unit: TableLine.Unit = .line) {
    fileName = name
    self.unit = unit
    fileStart = lines.count
  }

  /// The number of the column of that name, made if it is new.
  ///
  /// - Throws: `TableError.tooManyColumns`.
  public mutating func column(_ name: String) throws(TableError) -> Int {
    if let known = numbers[name] { return known }
    if names.count == Self.columnLimit {
      throw .tooManyColumns(file: fileName, count: nil, limit: Self.columnLimit)
    }
    numbers[name] = names.count
    names.append(name)
    drafts.append(ColumnDraft())
    lanes.append(drafts[drafts.count - 1].lane)
    return names.count - 1
  }

  /// Notes which column is the id and which are left out, for the report.
  public mutating func note(idColumn: String, ignored: [String]) {
    self.idColumn = idColumn
    self.ignored.formUnion(ignored)
  }

  /// Notes that a file has a column that is left out on demand.
  mutating func leaveOut(_ name: String) { ignoredSeen.insert(name) }

  /// Begins a record.
  ///
  /// - Throws: `TableError.missingID` when the id is empty, `.tooLarge` beyond 2^31 - 2 records.
  public mutating func beginRecord(id: UnsafeBufferPointer<UInt8>, line: Int) throws(TableError) {
    if id.isEmpty { throw .missingID(file: fileName, line: TableLine(line, unit)) }
    if lines.count >= Int(Int32.max) - 1 { throw .tooLarge(file: fileName, what: "more than 2^31 records") }
    idBytes.append(contentsOf: id)
    idOffsets.append(UInt64(idBytes.count))
    lines.append(UInt32(truncatingIfNeeded: line))
  }

  /// Sets a value of the record begun last; an empty text is no value. Set a column once a record.
  @inline(__always)
  public mutating func set(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) throws(TableError) {
    try put(column, lines.count - 1, text, hash: ValueInterner.hash(text))
  }

  /// Sets a value of the record begun last, not later than the next `settle`; the bytes must stay until then.
  @inline(__always)
  mutating func announce(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) throws(TableError) {
    let hash = ValueInterner.hash(text)
    lanes.base[column].core.pointee.fetchSlot(hash)
    pending.append(
      Announced(
        column: UInt32(truncatingIfNeeded: column),
        record: UInt32(truncatingIfNeeded: lines.count - 1), hash: UInt32(truncatingIfNeeded: hash),
        text: text))
    if pending.count == Announced.limit { try settle() }
  }

  /// Sets what was announced. Memory answers late, and each value needs two answers in turn: a slot, and what the slot
  /// stands for. So all values ask for the one before any of them asks for the other.
  mutating func settle() throws(TableError) {
    let items = pending.base
    for index in 0..<pending.count {
      lanes.base[Int(items[index].column)].core.pointee.fetchRecord(
        UInt64(items[index].hash), length: items[index].text.count)
    }
    for index in 0..<pending.count {
      let item = items[index]
      try put(Int(item.column), Int(item.record), item.text, hash: UInt64(item.hash))
    }
    pending.truncate(to: 0)
  }

  @inline(__always)
  private mutating func put(
    _ column: Int, _ record: Int, _ text: UnsafeBufferPointer<UInt8>, hash: UInt64
  ) throws(TableError) {
    let lane = lanes.base[column]
    while lane.values.pointee.count < record { lane.values.pointee.append(0) }
    guard let value = lane.core.pointee.intern(text, hash: hash) else {
      throw .tooLarge(file: fileName, what: "a column of more than 4 GiB of distinct text")
    }
    lane.values.pointee.append(value)
  }

  /// Ends the file that was begun.
  public mutating func endFile(
    shortRows: Int, longRows: Int, raggedLines: [Int], refusedLines: Int = 0,
    partialLines: Int = 0, notes: [String] = []
  ) {
    sources.append(
      Table.Source(
        name: fileName, unit: unit, records: fileStart..<lines.count, shortRows: shortRows,
        longRows: longRows,
        raggedLines: raggedLines, refusedLines: refusedLines, partialLines: partialLines, notes: notes))
  }

  /// The table.
  ///
  /// - Throws: `TableError.duplicateID` when two records have one id, `.empty` when there are no records,
  ///   `.noSuchColumn` when no file has a column that was to be left out.
  public consuming func finish() throws(TableError) -> Table { try finish(isPartial: false) }

  /// The same; a partial table may lack columns that are to be left out.
  consuming func finish(isPartial: Bool) throws(TableError) -> Table {
    let files = sources.map(\.name).joined(separator: ", ")
    if !isPartial, let name = ignored.subtracting(ignoredSeen).min() {
      throw .noSuchColumn(file: files, name: name, columns: names)
    }
    if lines.count == 0 { throw .empty(file: files) }
    var columns: [Column] = []
    drafts.reverse()
    for name in names {
      guard let draft = drafts.popLast() else { break }
      columns.append(draft.column(name, records: lines.count))
    }
    let table = Table(
      columns: columns, sources: sources, idColumn: idColumn, ignored: ignored.sorted(),
      idBytes: idBytes.packed(), idOffsets: idOffsets.packed(), lines: lines.packed())
    try Self.refuseDuplicates(table)
    return table
  }

  /// Whether each id is longer than the one before it, or follows it in the order of bytes, as counted ids do: no two of
  /// them are the same then.
  private static func isAscending(_ table: Table) -> Bool {
    for record in 1..<max(table.recordCount, 1) {
      let (before, id) = (table.idText(record - 1), table.idText(record))
      if id.count > before.count { continue }
      if id.count < before.count { return false }
      var position = 0
      while position < id.count, id[position] == before[position] { position &+= 1 }
      if position == id.count || id[position] < before[position] { return false }
    }
    return true
  }

  /// Sorts the hashes of the ids and compares the ids of equal hashes, unless their order tells that there are none.
  private static func refuseDuplicates(_ table: Table) throws(TableError) {
    if isAscending(table) { return }
    let count = table.recordCount
    let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: count)
    defer { words.deallocate() }
    for record in 0..<count {
      words[record] = stableHash(table.idText(record)) & 0xffff_ffff_0000_0000 | UInt64(record)
    }
    radixSort(words, bits: 32..<64)
    var best: (first: Int, second: Int)?
    for position in words.indices {
      let record = Int(words[position] & 0xffff_ffff)
      var earlier = position - 1
      while earlier >= 0, words[earlier] >> 32 == words[position] >> 32 {
        let other = Int(words[earlier] & 0xffff_ffff)
        if table.idText(other).elementsEqual(table.idText(record)) {
          if best.map({ record < $0.second }) ?? true { best = (other, record) }
          break
        }
        earlier -= 1
      }
    }
    if let best {
      throw .duplicateID(
        id: table.id(best.second), file: table.sources[table.source(of: best.second)].name,
        line: table.line(of: best.second),
        firstFile: table.sources[table.source(of: best.first)].name,
        firstLine: table.line(of: best.first))
    }
  }
}
