/// Invisible characters that exports write around names, numbers and system texts:
/// U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069 and U+FEFF.
enum DirectionMarks {
  /// Bytes of the mark that stands at a position; 0 when none does.
  static func length(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int {
    guard position + 3 <= bytes.count else { return 0 }
    switch (bytes[position], bytes[position + 1], bytes[position + 2]) {
    case (0xE2, 0x80, 0x8E...0x8F), (0xE2, 0x80, 0xAA...0xAE), (0xE2, 0x81, 0xA6...0xA9), (0xEF, 0xBB, 0xBF):
      return 3
    default: return 0
    }
  }

  /// Whether a character is one of them.
  static func isMark(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x200E...0x200F, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: true
    default: false
    }
  }

  /// Text without marks anywhere and without white space at either end.
  static func stripped(_ text: String) -> String {
    var text = text
    return text.withUTF8 { stripped($0) }
  }

  /// As `stripped` of a string; what is not UTF-8 is read as CP1252, so that two names stay two. ASCII costs one pass and
  /// one copy.
  static func stripped(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let trimmed = bytes.trimmed
    if trimmed.allSatisfy({ $0 < 0x80 }) { return String(decoding: trimmed, as: UTF8.self) }
    var scalars = String.UnicodeScalarView()
    for scalar in TableText.string(trimmed).unicodeScalars where !isMark(scalar) {
      scalars.append(scalar)
    }
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }
}
