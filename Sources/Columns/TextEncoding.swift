/// Encodings other than UTF-8 that the beginning of a file shows: by a byte-order mark, or by where NUL bytes lie, since
/// half of the bytes of most texts in UTF-16 are NUL, and three quarters of those in UTF-32.
public enum TextEncoding: Hashable, Sendable {
  case utf16LittleEndian, utf16BigEndian, utf32

  /// Bytes that are looked at.
  public static let lookAhead = 4096

  /// Its name in messages.
  public var name: String { self == .utf32 ? "UTF-32" : "UTF-16" }

  /// Nil for UTF-8, and for what is no text.
  public init?(beginning: some Collection<UInt8>) {
    let bytes = beginning.prefix(Self.lookAhead)
    // The mark of UTF-32 begins as that of UTF-16 does.
    for (mark, encoding) in Self.marks where bytes.starts(with: mark) {
      self = encoding
      return
    }
    // NUL bytes by their place in units of four bytes.
    var zeros = [0, 0, 0, 0]
    for (place, byte) in bytes.enumerated() where byte == 0 { zeros[place & 3] += 1 }
    let (units, all) = (bytes.count / 4, zeros.reduce(0, +))
    if units < 2 { return nil }
    // No scalar has more than 21 bits: one end of a unit of four bytes is always NUL, and the byte beside it nearly so.
    if zeros[3] == units && zeros[2] * 4 > units * 3 && zeros[0] == 0
      || zeros[0] == units && zeros[1] * 4 > units * 3 && zeros[3] == 0
    {
      self = .utf32
      return
    }
    // A binary file has its NUL bytes at even places as well as at odd ones.
    let odd = zeros[1] + zeros[3]
    guard all * 4 >= units, max(odd, all - odd) >= 8 * min(odd, all - odd) else { return nil }
    self = odd * 2 > all ? .utf16LittleEndian : .utf16BigEndian
  }

  private static let marks: [([UInt8], TextEncoding)] = [
    ([0xFF, 0xFE, 0, 0], .utf32), ([0, 0, 0xFE, 0xFF], .utf32), ([0xFF, 0xFE], .utf16LittleEndian),
    ([0xFE, 0xFF], .utf16BigEndian),
  ]
}
