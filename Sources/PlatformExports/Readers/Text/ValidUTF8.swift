/// Checks and mends the encoding of text that a reader took from bytes.
enum ValidUTF8 {
  /// Whether bytes are valid UTF-8. ASCII is passed over eight bytes at a time.
  static func holds(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let base = UnsafeRawPointer(bytes.baseAddress) else { return true }
    var position = 0
    while bytes.count - position >= 8 {  // Safe: eight bytes remain from `position`.
      if base.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 != 0 { break }
      position += 8
    }
    while position < bytes.count, bytes[position] < 0x80 { position += 1 }
    if position == bytes.count { return true }
    let rest = UnsafeBufferPointer(rebasing: bytes[position...])
    return String(validating: rest, as: UTF8.self) != nil
  }

  /// Lends the bytes as valid UTF-8, damage replaced by U+FFFD; the flag tells whether there was any.
  static func with<Result>(
    _ bytes: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>, Bool) throws -> Result
  ) rethrows -> Result {
    if holds(bytes) { return try body(bytes, false) }
    var mended = String(decoding: bytes, as: UTF8.self)
    return try mended.withUTF8 { try body($0, true) }
  }

  /// Bytes at the end that begin a character and do not finish it: what a cut-off source leaves.
  static func unfinishedTail(_ bytes: UnsafeBufferPointer<UInt8>) -> Int {
    var position = bytes.count - 1
    while position >= 0, position >= bytes.count - 4 {
      let byte = bytes[position]
      let have = bytes.count - position
      switch byte {
      case 0x80...0xBF: position -= 1
      case 0xC2...0xDF: return have < 2 ? have : 0
      case 0xE0...0xEF: return have < 3 ? have : 0
      case 0xF0...0xF4: return have < 4 ? have : 0
      default: return 0
      }
    }
    return 0
  }
}
