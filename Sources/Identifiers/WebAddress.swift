public import AccountModel

/// Web addresses.
///
/// Canonical form: scheme and host in lower case, host in A-labels, no default port, no user name, no fragment, no
/// parameters that only say how the link was passed on. What those parameters said comes back as loose keys
/// (`share-token`, see `ShareToken`); further keys: `domain`. Flags: `has-credentials`, `has-fragment`,
/// `assumed-scheme`, `hidden-characters`. Canonical is empty with `not-a-url` or `placeholder`.
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
    let kept = parts.query.filter { !ShareToken.isTracking($0.name, host: parts.host) }
    var canonical = parts.scheme + "://" + parts.host + (parts.port.isEmpty ? "" : ":" + parts.port)
    canonical += parts.path == "/" ? "" : parts.path
    if !kept.isEmpty {
      canonical +=
        "?" + kept.map { $0.value.isEmpty ? $0.name : $0.name + "=" + $0.value }.joined(separator: "&")
    }
    return (canonical, parts.host, parts.flags)
  }

  static func parts(of text: String) -> Parts? {
    var rest = text[...]
    var flags: [String] = []
    var scheme = "https"
    if let mark = rest.range(of: "://") {
      scheme = rest[..<mark.lowerBound].lowercased()
      guard ["http", "https", "ftp", "at", "ws", "wss"].contains(scheme) else { return nil }
      rest = rest[mark.upperBound...]
    } else {
      flags.append("assumed-scheme")
    }
    if let hash = rest.firstIndex(of: "#") {
      rest = rest[..<hash]
      flags.append("has-fragment")
    }
    let authorityEnd = rest.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "\\" }) ?? rest.endIndex
    var authority = rest[..<authorityEnd]
    rest = rest[authorityEnd...]
    if let at = authority.lastIndex(of: "@") {
      authority = authority[authority.index(after: at)...]
      flags.append("has-credentials")
    }
    guard let (host, port) = hostAndPort(authority, scheme: scheme) else { return nil }
    if flags.contains("assumed-scheme"), !host.contains(".") { return nil }
    let pathEnd = rest.firstIndex(of: "?") ?? rest.endIndex
    let path = escaped(rest[..<pathEnd])
    var query: [(name: String, value: String)] = []
    if pathEnd < rest.endIndex {
      for pair in rest[rest.index(after: pathEnd)...].split(separator: "&") {
        let equals = pair.firstIndex(of: "=")
        let name = escaped(pair[..<(equals ?? pair.endIndex)])
        query.append((name, equals.map { escaped(pair[pair.index(after: $0)...]) } ?? ""))
      }
    }
    return Parts(scheme: scheme, host: host, port: port, path: path, query: query, flags: flags)
  }

  private static func hostAndPort(_ authority: Substring, scheme: String) -> (String, String)? {
    var name = authority
    var port = ""
    if let colon = authority.lastIndex(of: ":"), !authority.hasSuffix("]") {
      let digits = authority[authority.index(after: colon)...]
      guard digits.utf8.allSatisfy(\.isDigit) else { return nil }
      port = digits.isEmpty ? "" : UInt16(digits).map { String($0) } ?? "invalid"
      if port == "invalid" { return nil }
      name = authority[..<colon]
    }
    if (scheme == "https" && port == "443") || (scheme == "http" && port == "80") { port = "" }
    if name.hasPrefix("["), name.hasSuffix("]") {
      guard let address = IPAddress(String(name.dropFirst().dropLast())), !address.isIPv4 else { return nil }
      return ("[\(address)]", port)
    }
    if name.hasPrefix("did:"), scheme == "at" { return (name.lowercased(), "") }
    guard let host = EmailAddress.canonicalDomain(String(name)) else { return nil }
    return (host, port)
  }

  /// Percent-escapes what may not stand in an address (white space, controls, what is not ASCII), and writes
  /// existing escapes in upper case.
  private static func escaped(_ text: Substring) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    var escape = 0
    for byte in text.utf8 {
      if escape > 0, byte.isHexDigit {
        result.append(byte.isLower ? byte & ~0x20 : byte)
        escape -= 1
        continue
      }
      escape = byte == ascii("%") ? 2 : 0
      if byte <= 0x20 || byte >= 0x7F || byte == ascii("\"") || byte == ascii("<") || byte == ascii(">") {
        result += [ascii("%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      } else {
        result.append(byte)
      }
    }
    return String(bytes: result)
  }
}

extension Substring {
  /// The first place of an ASCII text.
  fileprivate func range(of needle: String) -> (lowerBound: Index, upperBound: Index)? {
    let pattern = Array(needle.utf8)
    var position = utf8.startIndex
    while position < utf8.endIndex {
      if utf8[position...].starts(with: pattern) {
        return (position, utf8.index(position, offsetBy: pattern.count))
      }
      position = utf8.index(after: position)
    }
    return nil
  }
}
