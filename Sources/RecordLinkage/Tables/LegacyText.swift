/// Texts that are no UTF-8, which tables of older programs hold: read as Windows-1252, as browsers do.
enum LegacyText {
  /// Windows-1252 where it is not Latin-1: 0x80 to 0x9F (WHATWG Encoding Standard).
  private static let upper: [UInt16] = [
    0x20AC, 0x81, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0x8D,
    0x17D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A,
    0x153, 0x9D, 0x17E, 0x178,
  ]

  /// The text in UTF-8, when it is none; nil when it is.
  static func decoded(_ text: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard text.contains(where: { $0 >= 0x80 }), String(validating: text, as: UTF8.self) == nil else {
      return nil
    }
    var result: [UInt8] = []
    result.reserveCapacity(text.count * 2)
    for byte in text {
      let scalar = (0x80..<0xA0).contains(byte) ? upper[Int(byte) - 0x80] : UInt16(byte)
      if scalar < 0x80 {
        result.append(byte)
      } else if scalar < 0x800 {
        result += [0xC0 | UInt8(scalar >> 6), 0x80 | UInt8(scalar & 0x3F)]
      } else {
        result += [0xE0 | UInt8(scalar >> 12), 0x80 | UInt8(scalar >> 6 & 0x3F), 0x80 | UInt8(scalar & 0x3F)]
      }
    }
    return result
  }

  /// The column with all its values in UTF-8, and by value of the old column whether it was none; nil when all were.
  static func repaired(_ column: Column) -> (column: Column, wasLegacy: [Bool])? {
    if column.pool.isASCII { return nil }
    var wasLegacy: [Bool] = []
    for value in 1..<max(column.pool.count, 1) where decoded(column.pool.text(value)) != nil {
      if wasLegacy.isEmpty { wasLegacy = [Bool](repeating: false, count: column.pool.count) }
      wasLegacy[value] = true
    }
    if wasLegacy.isEmpty { return nil }
    // A text may be there in both encodings, so values are numbered anew.
    let interner = ValueInterner()
    let map = Packed<UInt32>(repeating: 0, count: column.pool.count)
    for value in 1..<column.pool.count {
      let text = column.pool.text(value)
      let number = decoded(text).map { bytes in bytes.withUnsafeBufferPointer { interner.intern($0) } }
      guard let number = number ?? interner.intern(text) else { return nil }
      map[value] = number
    }
    let pool = interner.takePool()
    for value in 0..<pool.count { pool.counts[value] = 0 }
    let values = Packed<UInt32>(uninitialised: column.values.count)
    for record in 0..<values.count {
      let value = map[Int(column.values[record])]
      values[record] = value
      pool.counts[Int(value)] &+= 1
    }
    return (Column(name: column.name, values: values, pool: pool), wasLegacy)
  }
}
