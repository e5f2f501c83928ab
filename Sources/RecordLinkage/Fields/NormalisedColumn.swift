/// A column after its values were brought to a normal form: by record a number in `pool`.
struct NormalisedColumn {
  let name: String
  let values: Packed<UInt32>
  let pool: ValuePool

  /// Normalises the distinct values of columns into one pool, so that equal numbers mean equal values across
  /// the columns too. `transform` writes the normal form, or leaves the buffer empty for "no value".
  ///
  /// - Returns: the columns in their order; nil beyond 4 GiB of distinct text.
  static func normalise(
    _ columns: [Column],
    _ transform: (_ text: UnsafeBufferPointer<UInt8>, _ column: Int, inout [UInt8]) -> Void
  ) -> [NormalisedColumn]? {
    var scratch: [UInt8] = []
    if columns.count == 1, isNormal(columns[0], &scratch, transform) {
      return [NormalisedColumn(name: columns[0].name, values: columns[0].values, pool: columns[0].pool)]
    }
    let interner = ValueInterner()
    var results: [(String, Packed<UInt32>)] = []
    for (number, column) in columns.enumerated() {
      // Values are numbered in the order of the records, so that what lies near in one lies near in the other.
      let map = Packed<UInt32>(repeating: .max, count: column.pool.count)
      map[0] = 0
      let values = Packed<UInt32>(uninitialised: column.values.count)
      for record in 0..<values.count {
        let raw = Int(column.values[record])
        if map[raw] == .max {
          let text = column.pool.text(raw)
          scratch.removeAll(keepingCapacity: true)
          if !TextFolding.isPlaceholder(text) { transform(text, number, &scratch) }
          guard let normal = scratch.withUnsafeBufferPointer({ interner.intern($0) }) else { return nil }
          map[raw] = normal
        }
        values[record] = map[raw]
      }
      results.append((column.name, values))
    }
    let pool = interner.takePool()
    for value in 0..<pool.count { pool.counts[value] = 0 }
    for (_, values) in results {
      for record in 0..<values.count { pool.counts[Int(values[record])] &+= 1 }
    }
    return results.map { NormalisedColumn(name: $0.0, values: $0.1, pool: pool) }
  }

  /// Whether every value is its own normal form already, so that the column can serve as it is.
  private static func isNormal(
    _ column: Column, _ scratch: inout [UInt8],
    _ transform: (_ text: UnsafeBufferPointer<UInt8>, _ column: Int, inout [UInt8]) -> Void
  ) -> Bool {
    for value in 1..<max(column.pool.count, 1) {
      let text = column.pool.text(value)
      if TextFolding.isPlaceholder(text) { return false }
      scratch.removeAll(keepingCapacity: true)
      transform(text, 0, &scratch)
      if scratch.count != text.count || !equalBytes(scratch, text.baseAddress, text.count) { return false }
    }
    return true
  }
}
