/// Names in the databases of an iPhone.
enum WhatsAppIOSName {
  /// A name that somebody chose for himself, without marks; empty for none.
  static func chosen(_ bytes: Bytes?) -> String {
    let name = DirectionMarks.stripped(DatabaseText.string(bytes))
    return isNumber(name) || NoValue.isNamed(by: name) || isRecord(name) ? "" : name
  }

  /// Whether a text is a telephone number with its country, as people write one or as WhatsApp and the phone's book do,
  /// with spaces and hyphens that do not break.
  static func isNumber(_ text: String) -> Bool {
    ValueShape.isPhone(text) || WhatsAppSystemText.isPhone(text)
  }

  /// A name under which a conversation or member is shown: a number where nobody was saved, and the app's own word
  /// ("You"), behind a mark of direction, for the owner.
  static func shown(_ bytes: Bytes?) -> String {
    DatabaseText.string(bytes).unicodeScalars.first == "\u{200E}" ? "" : chosen(bytes)
  }

  // MARK: Records

  /// Whether a text is no name but a record in base64, as newer versions keep in some of these columns, with a `+` in
  /// front or without.
  private static func isRecord(_ text: String) -> Bool {
    let packed = text.hasPrefix("+") ? text.utf8.dropFirst() : text.utf8[...]
    guard packed.count.isMultiple(of: 4), let bytes = unpacked(packed) else { return false }
    // Four letters may be a name as well.
    return packed.last == UInt8(ascii: "=") || packed.count >= 8 && isProtocolBuffer(bytes)
  }

  private static func unpacked(_ text: Substring.UTF8View) -> [UInt8]? {
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    var padding = 0
    for byte in text {
      guard let value = value(byte), padding == 0 || byte == UInt8(ascii: "=") else { return nil }
      if byte == UInt8(ascii: "=") { padding += 1 }
      bits = bits << 6 | value
      count += 1
      guard count == 4 else { continue }
      let whole = [UInt8(bits >> 16 & 0xFF), UInt8(bits >> 8 & 0xFF), UInt8(bits & 0xFF)]
      bytes += whole.prefix(max(3 - padding, 0))
      (bits, count) = (0, 0)
    }
    return bytes.isEmpty || padding > 2 ? nil : bytes
  }

  private static func value(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte - 0x41)
    case 0x61...0x7A: UInt32(byte - 0x61 + 26)
    case 0x30...0x39: UInt32(byte - 0x30 + 52)
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    case UInt8(ascii: "="): 0
    default: nil
    }
  }

  /// Whether bytes are fields with a number and a sort each, to the last byte. The records have texts and numbers of any
  /// length; with those of eight and four bytes beside them one in twelve names of twelve letters ("SarahJohnson") would
  /// be a record.
  private static func isProtocolBuffer(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    func number(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 63, by: 7) {
        guard let byte = rest.popFirst() else { return nil }
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      return nil
    }
    while !rest.isEmpty {
      guard let tag = number(&rest), tag >> 3 > 0 else { return false }
      let length: UInt64
      switch tag & 7 {
      case 0:
        guard number(&rest) != nil else { return false }
        length = 0
      case 2:
        guard let written = number(&rest) else { return false }
        length = written
      default: return false
      }
      guard length <= UInt64(rest.count) else { return false }
      rest = rest.dropFirst(Int(length))
    }
    return true
  }
}
