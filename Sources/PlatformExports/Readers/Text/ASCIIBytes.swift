/// Whether bytes are those of an ASCII literal.
func == (bytes: UnsafeBufferPointer<UInt8>, text: StaticString) -> Bool {
  guard bytes.count == text.utf8CodeUnitCount else { return false }
  for position in 0..<bytes.count where bytes[position] != text.utf8Start[position] { return false }
  return true
}

extension UInt8 {
  /// Whether it is ASCII white space.
  var isSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }

  /// Whether it is an ASCII digit.
  var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension UnsafeBufferPointer<UInt8> {
  /// No bytes.
  static var empty: Self { UnsafeBufferPointer(start: nil, count: 0) }

  /// The bytes without ASCII white space at either end.
  var trimmed: Self {
    var (start, end) = (0, count)
    while start < end, self[start].isSpace { start += 1 }
    while end > start, self[end - 1].isSpace { end -= 1 }
    return Self(rebasing: self[start..<end])
  }
}
