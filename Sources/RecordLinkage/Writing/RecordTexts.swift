import Columns
import Stylometry

/// What records hold of writing, as far as it tells copies of a record apart (`RecordCopies`): a text too short to be
/// judged says no more than none.
struct RecordTexts {
  /// By record, a hash of its texts, the same whatever other records there are; 0 where they are too short.
  let hashes: Packed<UInt64>
  private let columns: [Column]

  /// Nil where no column holds writing. O(bytes).
  init?(_ columns: [Column], records: Int) {
    if columns.isEmpty { return nil }
    self.columns = columns
    hashes = Packed<UInt64>(repeating: 0, count: records)
    let lengths = Packed<Int>(repeating: 0, count: records)
    for (number, column) in columns.enumerated() {
      let byValue = (0..<column.pool.count).map { stableHash(column.pool.text($0), seed: UInt64(number)) }
      for record in 0..<records {
        let value = Int(column.values[record])
        if value == 0 { continue }
        hashes[record] = foldedMultiply(hashes[record] ^ byValue[value], 0x8ebc_6af0_9c88_c6e3) | 1
        lengths[record] += column.pool.text(value).count
      }
    }
    // A character is a byte or more.
    for record in 0..<records where lengths[record] < StyleModel.shortest { hashes[record] = 0 }
  }

  /// Whether two records hold the same, or nothing that could be judged.
  func areSame(_ one: Int, _ other: Int) -> Bool {
    hashes[one] == hashes[other]
      && (hashes[one] == 0 || columns.allSatisfy { $0.values[one] == $0.values[other] })
  }
}
