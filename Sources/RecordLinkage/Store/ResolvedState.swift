import Columns
import Linkage

/// What a run knew when it was done, as far as records can be added by it.
struct ResolvedState: Sendable {
  /// The table as read.
  let table: StoredTable
  /// Nil where records cannot be added but by resolving all anew, and why.
  var live: Live?
  let reason: String?

  struct Live: @unchecked Sendable {
    let plan: FieldPlan
    let blocking: BlockingPlan
    let cappedHashes: [[UInt32]]
    let cap: Int
    let model: MatchModel
    let probability: Double
    let order: RecordOrder
    /// By place.
    let pairs: [ScoredPair]
    /// By column, in the order of the engine: its name.
    let columnNames: [String]
    /// By record, of those that are alike but for platform and time: a hash of what they say.
    let contents: Packed<UInt64>
  }
}

/// Hashes of what records say, by the texts of their columns; 0 for a record that says nothing.
enum RecordContent {
  /// Columns of no value in any record change nothing.
  static func hashes(_ columns: [Column], _ kinds: [ColumnKind], records: Int) -> Packed<UInt64> {
    let hashes = Packed<UInt64>(repeating: 0, count: records)
    for (column, kind) in zip(columns, kinds) where !RecordCopies.ignored.contains(kind) {
      let salt = stableHash(column.name)
      let byValue = Packed<UInt64>(repeating: 0, count: column.pool.count)
      for value in 1..<max(byValue.count, 1) {
        byValue[value] = stableHash(column.pool.text(value), seed: salt) | 1 << 63
      }
      for record in 0..<records where column.values[record] != 0 {
        hashes[record] ^= foldedMultiply(byValue[Int(column.values[record])], 0x8ebc_6af0_9c88_c6e3 ^ salt)
      }
    }
    for record in 0..<records where hashes[record] != 0 {
      hashes[record] = foldedMultiply(hashes[record], 0xa076_1d64_78bd_642f) | 1
    }
    return hashes
  }
}
