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
    let interner = ValueInterner()
    var scratch: [UInt8] = []
    var results: [(String, Packed<UInt32>)] = []
    for (number, column) in columns.enumerated() {
      let map = Packed<UInt32>(repeating: 0, count: column.pool.count)
      for value in 1..<max(column.pool.count, 1) {
        let text = column.pool.text(value)
        if TextFolding.isPlaceholder(text) { continue }
        scratch.removeAll(keepingCapacity: true)
        transform(text, number, &scratch)
        guard let normal = scratch.withUnsafeBufferPointer({ interner.intern($0) }) else { return nil }
        map[value] = normal
      }
      let values = Packed<UInt32>(uninitialised: column.values.count)
      for record in 0..<values.count { values[record] = map[Int(column.values[record])] }
      results.append((column.name, values))
    }
    let pool = interner.pool()
    for value in 0..<pool.count { pool.counts[value] = 0 }
    for (_, values) in results {
      for record in 0..<values.count { pool.counts[Int(values[record])] &+= 1 }
    }
    return results.map { NormalisedColumn(name: $0.0, values: $0.1, pool: pool) }
  }
}
