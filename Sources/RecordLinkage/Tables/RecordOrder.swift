/// The order in which the engine holds records: by what they are most likely called.
///
/// Candidates share names and handles, so that records which are compared lie near each other in memory, and so do
/// their values. The result does not depend on it.
struct RecordOrder {
  /// By place in the engine, the record of the table.
  let recordAt: Packed<UInt32>

  /// Sorts records by the first six letters of the first column that holds handles, else addresses, else names; records
  /// without a value come first, and equal ones in the order of the table.
  init(_ columns: [Column], records: Int) {
    recordAt = Packed(uninitialised: records)
    let wanted: [ColumnKind] = [.handle, .email, .familyName, .fullName, .givenName]
    let kinds = ColumnRecognition.kinds(of: columns)
    var leading: Column?
    for kind in wanted where leading == nil { leading = zip(columns, kinds).first { $0.1 == kind }?.0 }
    guard let leading, records > 50_000 else {
      for record in 0..<records { recordAt[record] = UInt32(record) }
      return
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
    for record in 0..<records {
      words[record] = UInt64(prefixes[Int(leading.values[record])]) << 32 | UInt64(record)
    }
    radixSort(words, bits: 32..<62)
    for place in 0..<records { recordAt[place] = UInt32(truncatingIfNeeded: words[place]) }
  }

  /// By record of the table, its place in the engine.
  func placeOfRecord() -> [UInt32] {
    var places = [UInt32](repeating: 0, count: recordAt.count)
    for place in places.indices { places[Int(recordAt[place])] = UInt32(truncatingIfNeeded: place) }
    return places
  }

  /// A column in this order.
  func ordered(_ column: Column) -> Column {
    let values = Packed<UInt32>(uninitialised: column.values.count)
    for place in 0..<values.count { values[place] = column.values[Int(recordAt[place])] }
    return Column(
      name: column.name, values: values, pool: column.pool, statedKind: column.statedKind,
      dateOrder: column.dateOrder)
  }
}
