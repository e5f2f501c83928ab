import Columns

/// Takes records, field by field, and makes a `Table` of them.
public struct TableBuilder: ~Copyable {
  /// Names of the id column that are tried when none is given, in this order.
  public static let idNames = ["unique_id", "id", "record_id", "rec_id", "uid"]

  private var names: [String] = []
  private var numbers: [String: Int] = [:]
  private var interners: [ValueInterner] = []
  /// By column: values of the records so far, shorter than the records where the last ones had none.
  private var drafts: [GrowingValues] = []
  private var pending = Announced()
  private var idBytes = Growing<UInt8>(capacity: 1 << 12)
  private var idOffsets = Growing<UInt64>(capacity: 1 << 10)
  private var lines = Growing<UInt32>(capacity: 1 << 10)
  private var sources: [Table.Source] = []
  private var fileStart = 0
  private var fileName = ""
  private var ignored: Set<String> = []
  /// Columns left out on demand that some file has.
  private var ignoredSeen: Set<String> = []
  private(set) var idColumn = ""

  /// Told how many records there are, at the end of each block of a file.
  var onBlock: ((Int) -> Void)?

  /// Makes an empty builder.
  public init() {
    LargeBlocks.goBack()
    idOffsets.append(0)
  }

  /// Records so far.
  public var recordCount: Int { lines.count }

  /// Records of the file that was begun last.
  var recordsOfFile: Int { lines.count - fileStart }

  /// Begins a file. The columns that follow are found by `column(_:)`.
  public mutating func beginFile(_ name: String) {
    fileName = name
    fileStart = lines.count
  }

  /// The number of the column of that name, made if it is new.
  public mutating func column(_ name: String) -> Int {
    if let known = numbers[name] { return known }
    numbers[name] = names.count
    names.append(name)
    interners.append(ValueInterner())
    drafts.append(GrowingValues())
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
    if id.isEmpty { throw .missingID(file: fileName, line: line) }
    if lines.count >= Int(Int32.max) - 1 { throw .tooLarge(file: fileName, what: "more than 2^31 records") }
    idBytes.append(contentsOf: id)
    idOffsets.append(UInt64(idBytes.count))
    lines.append(UInt32(truncatingIfNeeded: line))
  }

  /// Sets a value of the record begun last; an empty text is no value. Set a column once a record.
  @inline(__always)
  public mutating func set(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) throws(TableError) {
    let values = drafts[column].values
    let interner = interners[column]
    let record = lines.count - 1
    while values.pointee.count < record { values.pointee.append(0) }
    guard let value = interner.intern(text) else {
      throw .tooLarge(file: fileName, what: "a column of more than 4 GiB of distinct text")
    }
    values.pointee.append(value)
  }

  /// Sets a value of the record begun last, not later than the next `settle`; the bytes must stay until then.
  @inline(__always)
  mutating func announce(_ column: Int, _ text: UnsafeBufferPointer<UInt8>) throws(TableError) {
    let hash = interners[column].announce(text)
    pending.values.append(
      Announced.Value(column: column, record: lines.count - 1, hash: hash, text: text))
    if pending.values.count == Announced.limit { try settle() }
  }

  /// Sets what was announced.
  mutating func settle() throws(TableError) {
    for item in pending.values {
      let values = drafts[item.column].values
      while values.pointee.count < item.record { values.pointee.append(0) }
      guard let value = interners[item.column].intern(item.text, hash: item.hash) else {
        throw .tooLarge(file: fileName, what: "a column of more than 4 GiB of distinct text")
      }
      values.pointee.append(value)
    }
    pending.values.removeAll(keepingCapacity: true)
  }

  /// Ends the file that was begun.
  public mutating func endFile(
    shortRows: Int, longRows: Int, raggedLines: [Int], refusedLines: Int = 0, notes: [String] = []
  ) {
    sources.append(
      Table.Source(
        name: fileName, records: fileStart..<lines.count, shortRows: shortRows, longRows: longRows,
        raggedLines: raggedLines, refusedLines: refusedLines, notes: notes))
  }

  /// The table.
  ///
  /// - Throws: `TableError.duplicateID` when two records have one id, `.empty` when there are no records,
  ///   `.noSuchColumn` when no file has a column that was to be left out.
  public consuming func finish() throws(TableError) -> Table {
    let files = sources.map(\.name).joined(separator: ", ")
    if let name = ignored.subtracting(ignoredSeen).min() {
      throw .noSuchColumn(file: files, name: name, columns: names)
    }
    if lines.count == 0 { throw .empty(file: files) }
    var columns: [Column] = []
    for number in names.indices {
      let values = drafts[number].take(count: lines.count)
      let pool = interners[number].pool()
      interners[number] = ValueInterner()
      var filled = 0
      for value in 1..<max(pool.count, 1) { filled += Int(pool.counts[value]) }
      pool.counts[0] = UInt32(values.count - filled)
      columns.append(Column(name: names[number], values: values, pool: pool))
    }
    let table = Table(
      columns: columns, sources: sources, idColumn: idColumn, ignored: ignored.sorted(),
      idBytes: idBytes.packed(), idOffsets: idOffsets.packed(), lines: lines.packed())
    try Self.refuseDuplicates(table)
    return table
  }

  /// Sorts the hashes of the ids and compares the ids of equal hashes.
  private static func refuseDuplicates(_ table: Table) throws(TableError) {
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
        line: Int(table.lines[best.second]), firstFile: table.sources[table.source(of: best.first)].name,
        firstLine: Int(table.lines[best.first]))
    }
  }
}

/// The values of a column under construction, behind a pointer for the reason that `ValueInterner` gives.
final class GrowingValues {
  let values: UnsafeMutablePointer<Growing<UInt32>>

  init() {
    values = .allocate(capacity: 1)
    values.initialize(to: Growing<UInt32>(capacity: 64))
  }

  deinit {
    values.deinitialize(count: 1)
    values.deallocate()
  }

  /// The values, with 0 for the records up to `count` that have none, in an allocation of just their size.
  func take(count: Int) -> Packed<UInt32> {
    while values.pointee.count < count { values.pointee.append(0) }
    let packed = values.pointee.packed()
    values.pointee = Growing<UInt32>(capacity: 1)
    return packed
  }
}

/// Values that wait for their slots of the interner to arrive from memory.
struct Announced {
  static let limit = 192

  struct Value {
    let column: Int
    let record: Int
    let hash: UInt64
    let text: UnsafeBufferPointer<UInt8>
  }

  var values: [Value] = []
}
