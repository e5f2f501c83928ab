import CKernels

/// A column after its values were brought to a normal form: by record a number in `pool`.
struct NormalisedColumn {
  let name: String
  let values: Packed<UInt32>
  let pool: ValuePool
  /// Records that the pool counts, from the first on.
  let counted: Int

  /// Normalises the distinct values of columns into one pool, so that equal numbers mean equal values across
  /// the columns too. `transform` writes the normal form, or leaves the buffer empty for "no value"; texts of bytes in
  /// `plain` alone are their own.
  ///
  /// - Returns: the columns in their order; nil beyond 4 GiB of distinct text.
  static func normalise(
    _ columns: [Column], plain: PlainBytes = .none,
    _ transform: (_ text: UnsafeBufferPointer<UInt8>, _ column: Int, inout [UInt8]) -> Void
  ) -> [NormalisedColumn]? {
    if columns.count == 1, isNormal(columns[0], plain, transform) {
      return [
        NormalisedColumn(
          name: columns[0].name, values: columns[0].values, pool: columns[0].pool, counted: columns[0].counted
        )
      ]
    }
    let interner = ValueInterner()
    var results: [(String, Packed<UInt32>)] = []
    for (number, column) in columns.enumerated() {
      // Values are numbered in the order of the records, so that what lies near in one lies near in the other.
      let values = Packed<UInt32>(uninitialised: column.values.count)
      let isDone = renumber(column, into: values, interner) { _, text, out in
        if TextFolding.isPlaceholder(text) {
          out.removeAll(keepingCapacity: true)
        } else {
          transform(text, number, &out)
        }
      }
      if !isDone { return nil }
      results.append((column.name, values))
    }
    let pool = interner.takePool()
    let counted = columns.first?.counted ?? 0
    pool.count(results.map(\.1), records: counted)
    return results.map { NormalisedColumn(name: $0.0, values: $0.1, pool: pool, counted: counted) }
  }

  /// Writes, by record, the number that the normal form of its value has in an interner; false once that is full.
  static func renumber(
    _ column: Column, into values: Packed<UInt32>, _ interner: ValueInterner,
    _ normalForm: (_ value: Int, UnsafeBufferPointer<UInt8>, inout [UInt8]) -> Void
  ) -> Bool {
    let waiting = UInt32.max - 1
    let map = Packed<UInt32>(repeating: .max, count: column.pool.count)
    map[0] = 0
    var queue = InternQueue(interner)
    var scratch: [UInt8] = []
    var first = 0
    while first < values.count {
      let last = min(first + InternQueue.limit, values.count)
      for record in first..<last {
        column.pool.fetchOffset(Int(column.values[record]))
        cog_prefetch(map.base + Int(column.values[record]))
      }
      for record in first..<last where map[Int(column.values[record])] == .max {
        column.pool.fetchBytes(Int(column.values[record]))
      }
      for record in first..<last {
        let raw = Int(column.values[record])
        if map[raw] != .max { continue }
        map[raw] = waiting
        scratch.removeAll(keepingCapacity: true)
        normalForm(raw, column.pool.text(raw), &scratch)
        scratch.withUnsafeBufferPointer { queue.add($0, map.base + raw) }
      }
      if !queue.flush() { return false }
      for record in first..<last { values[record] = map[Int(column.values[record])] }
      first = last
    }
    return true
  }

  /// Whether every value is its own normal form already, so that the column can serve as it is.
  private static func isNormal(
    _ column: Column, _ plain: PlainBytes,
    _ transform: (_ text: UnsafeBufferPointer<UInt8>, _ column: Int, inout [UInt8]) -> Void
  ) -> Bool {
    let arePlain = plain.holds(all: column.pool.bytes)
    var scratch: [UInt8] = []
    for value in 1..<max(column.pool.count, 1) {
      let text = column.pool.text(value)
      if TextFolding.isPlaceholder(text) { return false }
      if arePlain { continue }
      scratch.removeAll(keepingCapacity: true)
      transform(text, 0, &scratch)
      if scratch.count != text.count || !equalBytes(scratch, text.baseAddress, text.count) { return false }
    }
    return true
  }
}
