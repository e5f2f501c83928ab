/// The keys of all records brought together in rows, key after key.
///
/// Columns are written four at a time, so that each line of memory is touched once for four of them.
struct KeyMatrix: ~Copyable {
  private let rows: Packed<UInt32>
  private let records: Int
  private let width: Int
  /// Columns that were added, and those of them that still wait to be written.
  private var added = 0
  private var waiting: [Packed<UInt32>] = []
  /// What is to be left out again: a hash, of which record, in which slots.
  private var dropped = Growing<Dropped>(capacity: 1 << 10)

  private struct Dropped: BitwiseCopyable {
    let record: UInt32
    let hash: UInt32
    let first: UInt16
    let end: UInt16
  }

  /// - Parameter width: columns of a row, a multiple of four.
  init(records: Int, width: Int) {
    rows = Packed(lines: records * width)
    self.records = records
    self.width = width
  }

  /// Adds the next column.
  mutating func add(_ column: Packed<UInt32>) {
    waiting.append(column)
    added += 1
    if waiting.count == 4 { write() }
  }

  /// Leaves out a key of a record in some columns.
  @inline(__always)
  mutating func drop(_ hash: UInt32, of record: Int, in slots: Range<Int>) {
    dropped.append(
      Dropped(
        record: UInt32(truncatingIfNeeded: record), hash: hash,
        first: UInt16(truncatingIfNeeded: slots.lowerBound), end: UInt16(truncatingIfNeeded: slots.upperBound)
      ))
  }

  private mutating func write() {
    guard let first = waiting.first else { return }
    // Columns that there are not are never asked for.
    while waiting.count < 4 { waiting.append(first) }
    let (a, b, c, d) = (waiting[0].base, waiting[1].base, waiting[2].base, waiting[3].base)
    var row = UnsafeMutableRawPointer(rows.base + (added - 1) / 4 * 4)
    let stride = width * MemoryLayout<UInt32>.stride
    for record in 0..<records {
      // Safe: a row has four columns from each multiple of four.
      row.storeBytes(of: SIMD4(a[record], b[record], c[record], d[record]), as: SIMD4<UInt32>.self)
      row += stride
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// The rows.
  consuming func finish() -> Packed<UInt32> {
    write()
    let rows = rows
    for number in 0..<dropped.count {
      let one = dropped[number]
      let row = rows.base + Int(one.record) * width
      for slot in Int(one.first)..<Int(one.end) where row[slot] == one.hash { row[slot] = 0 }
    }
    return rows
  }
}
