/// Text of IRC without what says how it looks.
enum IRCText {
  /// Without colours and the like, as mIRC introduced them: bold, italic, underline, strike, monospace, reverse, reset,
  /// colours by number (`\u{3}NN,MM`) or as hexadecimal (`\u{4}RRGGBB`), and XChat's sign for what is hidden.
  static func plain(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    var plain: [UInt8] = []
    plain.reserveCapacity(bytes.count)
    var position = 0
    func digits(_ limit: Int, _ isDigit: (UInt8) -> Bool) -> Bool {
      let start = position
      while position < bytes.count, position - start < limit, isDigit(bytes[position]) { position += 1 }
      return position > start
    }
    /// A colour, and behind a comma that of the background.
    func colour(_ limit: Int, _ isDigit: (UInt8) -> Bool) {
      guard digits(limit, isDigit), position < bytes.count, bytes[position] == UInt8(ascii: ",") else {
        return
      }
      position += 1
      if !digits(limit, isDigit) { position -= 1 }
    }
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x02, 0x08, 0x0F, 0x11, 0x16, 0x1D, 0x1E, 0x1F: break
      case 0x03: colour(2) { $0.isDigit }
      case 0x04: colour(6) { Character(Unicode.Scalar($0)).isHexDigit }
      default: plain.append(byte)
      }
    }
    return plain
  }

  /// Bytes of a text that was cut, without a sign of a colour at their end that may not be whole.
  static func withoutCutColour(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let sign = bytes.suffix(14).lastIndex(where: { $0 == 0x03 || $0 == 0x04 }) else { return bytes }
    let isCut = bytes[(sign + 1)...].allSatisfy {
      $0 == UInt8(ascii: ",") || Character(Unicode.Scalar($0)).isHexDigit
    }
    return isCut ? UnsafeBufferPointer(rebasing: bytes[..<sign]) : bytes
  }

  /// Whether a text can be a nick: no space, no sign that parts it from what stands beside it.
  static func isNick(_ text: some StringProtocol) -> Bool {
    let bytes = text.utf8
    guard (1...128).contains(bytes.count), let first = bytes.first, !first.isDigit,
      first != UInt8(ascii: "-")
    else { return false }
    return bytes.allSatisfy { byte in
      byte >= 0x80 || byte.isDigit || (0x41...0x7D).contains(byte)
        || byte == UInt8(ascii: "-")
    }
  }

  /// The nick between the signs of a line, without what it may do in the channel (`@`, `+`) and the channel's name behind
  /// it; nil for what is none.
  static func nick(_ bytes: ArraySlice<UInt8>) -> String? {
    let bytes = bytes.drop { " ~&@%+!".utf8.contains($0) }.prefix { $0 != UInt8(ascii: ":") }
    guard (1...128).contains(bytes.count), bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
    return bytes.withUnsafeBufferPointer { TableText.string($0) }
  }

  /// Nicks that differ in the case of ASCII letters are one.
  static func folded(_ nick: String) -> String {
    String(decoding: nick.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }
}
