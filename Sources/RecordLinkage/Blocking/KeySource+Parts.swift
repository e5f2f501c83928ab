import Columns

/// Keys of a part of a value, which hold where the rest of it was mistyped.
extension KeySource {
  /// A key of what `part` picks of each distinct value; values that it picks nothing of have no key.
  private static func part(
    _ column: NormalisedColumn, named name: String,
    _ part: (UnsafeBufferPointer<UInt8>) -> Range<Int>?
  ) -> KeySource {
    let hashes = Packed<UInt32>(repeating: 0, count: column.pool.count)
    for value in 1..<max(hashes.count, 1) {
      let text = column.pool.text(value)
      if let range = part(text), !range.isEmpty {
        hashes[value] = mix(stableHash(UnsafeBufferPointer(rebasing: text[range])))
      }
    }
    return KeySource(
      name: "\(name) of \(column.name)", slots: [map(column.values, hashes)], columns: [column.name])
  }

  /// The first bytes of the value; nothing for shorter values.
  static func prefix(_ column: NormalisedColumn, _ length: Int) -> KeySource {
    part(column, named: "first \(length)") { $0.count >= length ? 0..<length : nil }
  }

  /// The first word with a digit: in an address the number of the house in most countries, in the name of a thing often
  /// that of its model.
  static func number(_ column: NormalisedColumn) -> KeySource {
    part(column, named: "number") { text in words(text).first { hasDigit(text[$0]) } }
  }

  /// The last word of an address of several: its postcode or town, where it has one.
  static func lastWord(_ column: NormalisedColumn) -> KeySource {
    part(column, named: "last word") { text in
      let words = words(text)
      return words.count > 2 ? words.last : nil
    }
  }

  private static func words(_ text: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    text.split(separator: 0x20).map { $0.startIndex..<$0.endIndex }
  }

  private static func hasDigit(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    word.contains { $0 &- 0x30 < 10 }
  }
}
