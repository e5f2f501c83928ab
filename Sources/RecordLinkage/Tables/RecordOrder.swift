/// The order in which the engine holds records: by what they are most likely called.
///
/// Candidates share names and handles, so that records which are compared lie near each other in memory, and so do
/// their values. The result does not depend on it.
struct RecordOrder {
  /// By place in the engine, the record of the table; records that are not held (`RecordCopies`) have none.
  let recordAt: Packed<UInt32>
  /// By record of the table, its place, or that of the record which stands for it.
  let placeOf: Packed<UInt32>
  private let hasCopies: Bool
  /// Places of the base (`LearningBase`), from the first on; the records behind it come in the order of the table.
  let base: Int

  /// Sorts the records of the base by the first six letters of the first column that holds handles, else addresses, else names; records
  /// without a value come first, and equal ones in the order of the table.
  ///
  /// - Parameter base: records of the base; all of them where there are copies.
  init(_ columns: [Column], _ copies: RecordCopies, base: Int) {
    self.base = min(base, copies.heldCount)
    recordAt = Self.sorted(columns, copies, base: self.base)
    hasCopies = copies.areAny
    let places = Packed<UInt32>(uninitialised: copies.recordCount)
    for place in 0..<recordAt.count { places[Int(recordAt[place])] = UInt32(truncatingIfNeeded: place) }
    for number in 0..<copies.copies.count {
      let copy = copies.copies[number]
      places[Int(copy.record)] = places[Int(copy.first)]
    }
    placeOf = places
  }

  private static func sorted(
    _ columns: [Column], _ copies: RecordCopies, base: Int
  ) -> Packed<UInt32> {
    let records = copies.heldCount
    let recordAt = Packed<UInt32>(uninitialised: records)
    let wanted: [ColumnKind] = [.handle, .email, .familyName, .fullName, .givenName]
    var leading: Column?
    for kind in wanted where leading == nil { leading = columns.first { $0.kind == kind } }
    guard let leading, base > 50_000 else {
      var place = 0
      copies.forEachHeld { record in
        recordAt[place] = UInt32(record)
        place += 1
      }
      return recordAt
    }
    let prefixes = Packed<UInt32>(repeating: 0, count: leading.pool.count)
    for value in 1..<max(prefixes.count, 1) {
      var prefix: UInt32 = 0
      var letters = 0
      for byte in leading.pool.text(value) where (byte | 0x20) &- 0x61 < 26 {
        prefix = prefix << 5 | UInt32((byte | 0x20) &- 0x60)
        letters += 1
        if letters == 6 { break }
      }
      prefixes[value] = prefix << UInt32(5 * (6 - letters))
    }
    let words = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: records)
    defer { words.deallocate() }
    var filled = 0
    copies.forEachHeld { record in
      words[filled] = UInt64(prefixes[Int(leading.values[record])]) << 32 | UInt64(record)
      filled += 1
    }
    radixSort(UnsafeMutableBufferPointer(rebasing: words[..<base]), bits: 32..<62)
    for place in 0..<records { recordAt[place] = UInt32(truncatingIfNeeded: words[place]) }
    return recordAt
  }

  /// A column in this order, with the records of the base counted.
  func ordered(_ column: Column) -> Column {
    let column = hasCopies ? column : column.counting(first: base)
    let values = Packed<UInt32>(uninitialised: recordAt.count)
    for place in 0..<values.count { values[place] = column.values[Int(recordAt[place])] }
    var pool = column.pool
    if hasCopies {
      let counts = Packed<UInt32>(repeating: 0, count: pool.count)
      for place in 0..<values.count { counts[Int(values[place])] += 1 }
      pool = ValuePool(bytes: pool.bytes, offsets: pool.offsets, counts: counts)
    }
    return Column(
      name: column.name, values: values, pool: pool, counted: base, statedKind: column.statedKind,
      kind: column.kind, dateOrder: column.dateOrder)
  }
}
