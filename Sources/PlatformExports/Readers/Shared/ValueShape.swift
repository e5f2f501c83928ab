internal import Glibc

/// What a value looks like, for exports whose field names are in the language of the account.
enum ValueShape {
  /// An IPv4 or IPv6 address, alone or with a port: `1.2.3.4`, `1.2.3.4:443`, `2001:db8::1`,
  /// `[2001:db8::1]:443`.
  static func isIP(_ text: String) -> Bool {
    guard (2...64).contains(text.utf8.count) else { return false }
    if text.hasPrefix("[") {
      guard let close = text.firstIndex(of: "]") else { return false }
      let rest = text[text.index(after: close)...]
      return parses(String(text[text.index(after: text.startIndex)..<close]), AF_INET6)
        && (rest.isEmpty || (rest.first == ":" && isPort(rest.dropFirst())))
    }
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    switch parts.count {
    case 1: return parses(text, AF_INET)
    case 2: return parses(String(parts[0]), AF_INET) && isPort(parts[1])
    default: return parses(text, AF_INET6)
    }
  }

  /// An address with its port, which may stand in a field of its own; nil for what is none.
  static func address(_ text: String, port: String = "") -> String? {
    let isPlain = text.utf8.allSatisfy { (0x21...0x7E).contains($0) }
    let text = isPlain ? text : text.filter { !$0.isWhitespace }
    guard isIP(text) else { return nil }
    let port = port.trimmingSpaces
    let hasPort =
      text.hasPrefix("[") ? !text.hasSuffix("]") : text.utf8.count { $0 == UInt8(ascii: ":") } == 1
    guard !hasPort, isPort(port) else { return text }
    return text.utf8.contains(UInt8(ascii: ":")) && !text.hasPrefix("[")
      ? "[\(text)]:\(port)" : "\(text):\(port)"
  }

  /// A port number.
  static func isPort(_ text: some StringProtocol) -> Bool {
    (1...5).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
      && UInt16(text).map { $0 > 0 } ?? false
  }

  /// An address of mail, by its outline only.
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].contains("."), text.utf8.count <= 320 else {
      return false
    }
    return !text.contains(where: \.isWhitespace) && !parts[1].hasPrefix(".") && !parts[1].hasSuffix(".")
  }

  /// A telephone number with its country code: nothing weaker is told from other numbers by its look.
  static func isPhone(_ text: String) -> Bool {
    guard text.hasPrefix("+") || text.hasPrefix("00") else { return false }
    var digits = 0
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39: digits += 1
      case UInt8(ascii: "+"), UInt8(ascii: " "), UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")"):
        break
      default: return false
      }
    }
    return (8...17).contains(digits)
  }

  /// A user agent of a browser or of one of Meta's apps.
  static func isUserAgent(_ text: String) -> Bool {
    ["Mozilla/", "Instagram ", "Barcelona ", "Dalvik/", "Opera/", "[FBAN", "FBAN/"].contains {
      text.hasPrefix($0)
    }
  }

  /// An Instagram user name: 1 to 30 of `a-z 0-9 . _`.
  static func isInstagramHandle(_ text: String) -> Bool { isHandle(text, signs: "._") }

  /// A user name of ASCII letters, digits and some signs, 1 to 30 or another limit: what an old account may have, too.
  static func isHandle(_ text: some StringProtocol, signs: String, limit: Int = 30) -> Bool {
    (1...limit).contains(text.utf8.count)
      && text.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x41...0x5A).contains($0) || $0.isDigit
          || signs.utf8.contains($0)
      }
  }

  /// A UUID as it is mostly written: 32 hexadecimal digits with four dashes.
  static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    return parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
      && parts.allSatisfy { $0.utf8.allSatisfy { Character(Unicode.Scalar($0)).isHexDigit } }
  }

  /// A value of which a platform shows some characters only: `j***n@g****.com`, `+44••••••123`.
  static func isMasked(_ text: String) -> Bool { text.unicodeScalars.contains { masks.contains($0) } }

  private static let masks = Set("*\u{2022}\u{25CF}\u{25E6}\u{2217}\u{2731}\u{2026}\u{FF0A}".unicodeScalars)

  private static func parses(_ text: String, _ family: Int32) -> Bool {
    var address = in6_addr()
    return !text.utf8.contains(0) && inet_pton(family, text, &address) == 1
  }
}
