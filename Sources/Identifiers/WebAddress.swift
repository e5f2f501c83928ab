public import AccountModel

/// Web addresses.
///
/// Canonical form: scheme and host in lower case, host in A-labels, no default port, no user name, no
/// fragment, no parameters that only say how the link was passed on. What those parameters said comes back
/// as loose keys (`share-token`, see `ShareToken`); further keys: `domain`. Flags: `has-credentials`,
/// `has-fragment`, `assumed-scheme`, `hidden-characters`. Canonical is empty with `not-a-url` or
/// `placeholder`.
public enum WebAddress {
  /// Normalises an address; without a scheme `https` is assumed.
  public static func normalise(_ raw: String) -> NormalisedIdentifier {
    guard raw.utf8.count <= 16_384 else { return .nothing(.url, "not-a-url") }
    let (text, hidden) = raw.cleaned
    if placeholders.contains(text.lowercased()) { return .nothing(.url, "placeholder") }
    guard let url = canonicalURL(text) else { return .nothing(.url, "not-a-url") }
    var keys = KeyCollector(canonical: url.text)
    for token in ShareToken.tokens(in: text) where !token.isKnownShared { keys.add("share-token", token.key) }
    keys.add("domain", url.host)
    return NormalisedIdentifier(
      kind: .url, canonical: url.text, looseKeys: keys.keys,
      flags: url.flags + (hidden ? ["hidden-characters"] : []))
  }

  /// The parts of an address that a canonical form is made of.
  struct Parts {
    var scheme: String
    var host: String
    var port: String
    /// With its leading slash; empty when there is none.
    var path: String
    /// Name and value of each parameter as written, in order.
    var query: [(name: String, value: String)]
    var flags: [String]
  }

  /// The canonical text of an address, its host and flags.
  static func canonicalURL(_ text: String) -> (text: String, host: String, flags: [String])? {
    guard let parts = parts(of: text) else { return nil }
    let kept = parts.query.filter {
      !($0.name.isEmpty && $0.value.isEmpty) && !ShareToken.isTracking($0.name, host: parts.host)
    }
    var canonical = parts.scheme + "://" + parts.host + (parts.port.isEmpty ? "" : ":" + parts.port)
    canonical += parts.path == "/" ? "" : parts.path
    if !kept.isEmpty {
      canonical +=
        "?" + kept.map { $0.value.isEmpty ? $0.name : $0.name + "=" + $0.value }.joined(separator: "&")
    }
    return (canonical, parts.host, parts.flags)
  }

  static func parts(of text: String) -> Parts? {
    var rest = Array(text.utf8)[...]
    var flags: [String] = []
    var scheme = "https"
    if let mark = schemeEnd(rest) {
      scheme = String(bytes: rest[..<mark]).lowercased()
      guard ["http", "https", "ftp", "at", "ws", "wss"].contains(scheme) else { return nil }
      rest = rest[(mark + 3)...]
    } else {
      flags.append("assumed-scheme")
    }
    if let hash = rest.firstIndex(of: ascii("#")) {
      rest = rest[..<hash]
      flags.append("has-fragment")
    }
    let authorityEnd = rest.firstIndex(where: isAuthorityEnd) ?? rest.endIndex
    var authority = rest[..<authorityEnd]
    rest = rest[authorityEnd...]
    if let at = authority.lastIndex(of: ascii("@")) {
      // Without a scheme it is an address of mail (`mailto:ann@example.org`), and whose host that is says nothing.
      if flags.contains("assumed-scheme") { return nil }
      authority = authority[(at + 1)...]
      flags.append("has-credentials")
    }
    guard let (host, port) = hostAndPort(authority, scheme: scheme) else { return nil }
    if flags.contains("assumed-scheme"), !host.utf8.contains(ascii(".")) { return nil }
    let pathEnd = rest.firstIndex(of: ascii("?")) ?? rest.endIndex
    var query: [(name: String, value: String)] = []
    if pathEnd < rest.endIndex {
      for pair in rest[(pathEnd + 1)...].split(separator: ascii("&")) {
        let equals = pair.firstIndex(of: ascii("=")) ?? pair.endIndex
        query.append((escaped(pair[..<equals]), equals < pair.endIndex ? escaped(pair[(equals + 1)...]) : ""))
      }
    }
    return Parts(
      scheme: scheme, host: host, port: port, path: escaped(rest[..<pathEnd]), query: query, flags: flags)
  }

  /// Where `://` begins.
  private static func schemeEnd(_ text: ArraySlice<UInt8>) -> Int? {
    for (position, byte) in zip(text.indices, text) {
      if byte == ascii(":") { return text[position...].starts(with: "://".utf8) ? position : nil }
      guard byte.isAlphanumeric || byte == ascii("+") || byte == ascii("-") || byte == ascii(".") else {
        return nil
      }
    }
    return nil
  }

  private static func isAuthorityEnd(_ byte: UInt8) -> Bool {
    byte == ascii("/") || byte == ascii("?") || byte == ascii("\\")
  }

  private static func hostAndPort(_ authority: ArraySlice<UInt8>, scheme: String) -> (String, String)? {
    if scheme == "at", authority.starts(with: "did:".utf8) {
      return (String(bytes: authority).lowercased(), "")
    }
    var name = authority
    var port = ""
    if authority.last != ascii("]"), let colon = authority.lastIndex(of: ascii(":")) {
      let digits = authority[(colon + 1)...]
      if !digits.isEmpty {
        guard digits.allSatisfy(\.isDigit), let number = UInt16(String(bytes: digits)) else { return nil }
        port = String(number)
      }
      name = authority[..<colon]
    }
    if (scheme == "https" && port == "443") || (scheme == "http" && port == "80") { port = "" }
    if name.first == ascii("["), name.last == ascii("]") {
      guard let address = IPAddress(String(bytes: name.dropFirst().dropLast())), !address.isIPv4 else {
        return nil
      }
      return ("[\(address)]", port)
    }
    guard let host = EmailAddress.canonicalDomain(String(bytes: name)) else { return nil }
    return (host, port)
  }

  /// Percent-escapes what may not stand in an address (white space, controls, what is not ASCII), and writes
  /// existing escapes in upper case.
  private static func escaped(_ text: ArraySlice<UInt8>) -> String {
    if text.allSatisfy(isPlain) { return String(bytes: text) }
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    var escape = 0
    for byte in text {
      if escape > 0, byte.isHexDigit {
        result.append(byte.isLower ? byte & ~0x20 : byte)
        escape -= 1
        continue
      }
      escape = byte == ascii("%") ? 2 : 0
      if byte != ascii("%"), !isPlain(byte) {
        result += [ascii("%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(bytes: result)
  }

  /// Whether a byte may stand in an address as it is, and begins no escape.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case 0...0x20, 0x7F..., ascii("\""), ascii("<"), ascii(">"), ascii("%"): false
    default: true
    }
  }
}
