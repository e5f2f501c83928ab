/// Encodings other than UTF-8 that the beginning of a file shows: by a byte-order mark, or by where NUL bytes lie, since
/// half of the bytes of most texts in UTF-16 are NUL, and three quarters of those in UTF-32.
enum TextEncoding: String {
  case utf16 = "UTF-16"
  case utf32 = "UTF-32"

  /// Bytes that are looked at.
  static let lookAhead = 4096

  /// Nil for UTF-8, and for what is no text.
  init?(beginning: UnsafeBufferPointer<UInt8>) {
    let bytes = beginning.prefix(Self.lookAhead)
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32
      return
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .utf16
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
    self = .utf16
  }
}
