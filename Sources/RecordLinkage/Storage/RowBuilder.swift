/// Columns of numbers brought together record by record, column after column.
///
/// Columns are written four at a time, so that each line of memory is touched once for four of them.
struct RowBuilder: ~Copyable {
  private let rows: Packed<UInt32>
  private let records: Int
  private let width: Int
  /// Columns that were added, and those of them that still wait to be written.
  private var added = 0
  private var waiting: [Packed<UInt32>] = []
  /// What is to be 0 in columns that wait: a number, of which record, in which of them.
  private var dropped = Growing<Dropped>(capacity: 1 << 10)

  private struct Dropped: BitwiseCopyable {
    let record: UInt32
    let number: UInt32
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

  /// Sets a number of a record to 0 in some columns, wherever it stands in them.
  @inline(__always)
  mutating func drop(_ number: UInt32, of record: Int, in slots: Range<Int>) {
    let written = added - waiting.count
    if slots.lowerBound < written { clear(number, record, slots.lowerBound..<min(slots.upperBound, written)) }
    if slots.upperBound <= written { return }
    dropped.append(
      Dropped(
        record: UInt32(truncatingIfNeeded: record), number: number,
        first: UInt16(truncatingIfNeeded: max(slots.lowerBound, written)),
        end: UInt16(truncatingIfNeeded: slots.upperBound)))
  }

  @inline(__always)
  private func clear(_ number: UInt32, _ record: Int, _ slots: Range<Int>) {
    let row = rows.base + record * width
    for slot in slots where row[slot] == number { row[slot] = 0 }
  }

  private mutating func write() {
    if waiting.isEmpty { return }
    let none = Packed<UInt32>(repeating: 0, count: waiting.count < 4 ? records : 0)
    while waiting.count < 4 { waiting.append(none) }
    let (a, b, c, d) = (waiting[0].base, waiting[1].base, waiting[2].base, waiting[3].base)
    var row = UnsafeMutableRawPointer(rows.base + (added - 1) / 4 * 4)
    let stride = width * MemoryLayout<UInt32>.stride
    for record in 0..<records {
      // Safe: a row has four columns from each multiple of four.
      row.storeBytes(of: SIMD4(a[record], b[record], c[record], d[record]), as: SIMD4<UInt32>.self)
      row += stride
    }
    waiting.removeAll(keepingCapacity: true)
    for place in 0..<dropped.count {
      let one = dropped[place]
      clear(one.number, Int(one.record), Int(one.first)..<Int(one.end))
    }
    dropped.truncate(to: 0)
  }

  /// The rows.
  consuming func finish() -> Packed<UInt32> {
    write()
    let rows = rows
    // What no column fills is the same in every run, as rows are stored.
    let filled = (added + 3) / 4 * 4
    for record in 0..<(filled < width ? records : 0) {
      (rows.base + (record * width + filled)).update(repeating: 0, count: width - filled)
    }
    return rows
  }
}
