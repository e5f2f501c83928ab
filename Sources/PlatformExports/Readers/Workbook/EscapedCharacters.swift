/// Characters that workbooks write as `_xHHHH_` (ST_Xstring, ECMA-376 part 1, 22.9.2.19): those that XML cannot hold,
/// returns, and the underscore of what only looks so.
enum EscapedCharacters {
  /// Undoes them from a position on; half of a surrogate pair becomes U+FFFD.
  static func decode(_ text: inout [UInt8], from start: Int) {
    guard var position = next(text, from: start) else { return }
    var result = Array(text[start..<position])
    while let unit = unit(text, position) {
      var scalar = Unicode.Scalar(unit)
      position += 7
      if (0xD800...0xDBFF).contains(unit), let low = self.unit(text, position),
        (0xDC00...0xDFFF).contains(low)
      {
        scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        position += 7
      }
      result.append(contentsOf: String(Character(scalar ?? "\u{FFFD}")).utf8)
      let end = next(text, from: position) ?? text.count
      result.append(contentsOf: text[position..<end])
      position = end
    }
    text.replaceSubrange(start..., with: result)
  }

  private static func next(_ text: [UInt8], from start: Int) -> Int? {
    var position = start
    while let found = text[position...].firstIndex(of: UInt8(ascii: "_")) {
      if unit(text, found) != nil { return found }
      position = found + 1
    }
    return nil
  }

  /// The unit of UTF-16 that is written at a position.
  private static func unit(_ text: [UInt8], _ position: Int) -> UInt32? {
    guard position + 7 <= text.count, text[position] == UInt8(ascii: "_"),
      text[position + 1] == UInt8(ascii: "x"), text[position + 6] == UInt8(ascii: "_")
    else { return nil }
    var value: UInt32 = 0
    for byte in text[position + 2..<position + 6] {
      let digit: UInt8
      switch byte {
      case 0x30...0x39: digit = byte - 0x30
      case 0x41...0x46: digit = byte - 0x37
      case 0x61...0x66: digit = byte - 0x57
      default: return nil
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}
