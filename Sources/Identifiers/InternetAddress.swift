import AccountModel
import Glibc

/// An IPv4 or IPv6 address in network byte order; an IPv4 address that is mapped into IPv6 counts as IPv4.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
  /// The upper 64 bits; 0 for IPv4.
  public let high: UInt64
  /// The lower 64 bits; an IPv4 address is the lowest 32.
  public let low: UInt64
  /// Whether it is an IPv4 address.
  public let isIPv4: Bool

  private init(high: UInt64, low: UInt64, isIPv4: Bool) {
    self.high = high
    self.low = low
    self.isIPv4 = isIPv4
  }

  /// Reads an address as text, without port, brackets or zone; nil when it is none.
  ///
  /// IPv4 is four decimal numbers. A leading zero is refused: some programs read such a number as octal.
  public init?(_ text: String) {
    var copy = text
    guard let address = copy.withUTF8({ IPAddress($0[...]) }) else { return nil }
    self = address
  }

  init?(_ text: Slice<UnsafeBufferPointer<UInt8>>) {
    guard text.count <= 45, text.count >= 2 else { return nil }
    if !text.contains(ascii(":")) {
      guard let value = Self.ipv4(text) else { return nil }
      self.init(high: 0, low: UInt64(value), isIPv4: true)
      return
    }
    var words: (UInt64, UInt64) = (0, 0)
    let parsed = withUnsafeTemporaryAllocation(of: CChar.self, capacity: 48) { room -> Bool in
      var count = 0
      for byte in text {
        guard byte.isHexDigit || byte == ascii(":") || byte == ascii(".") else { return false }
        room[count] = CChar(bitPattern: byte)  // Safe: at most 45 bytes, and the NUL after them.
        count += 1
      }
      room[count] = 0
      return inet_pton(AF_INET6, room.baseAddress, &words) == 1
    }
    guard parsed else { return nil }
    let high = UInt64(bigEndian: words.0)
    let low = UInt64(bigEndian: words.1)
    let isMapped = high == 0 && low >> 32 == 0xFFFF
    self.init(high: high, low: isMapped ? low & 0xFFFF_FFFF : low, isIPv4: isMapped)
  }

  private static func ipv4(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32? {
    var value: UInt32 = 0
    var part: UInt32 = 0
    var digits = 0
    var dots = 0
    for byte in text {
      if byte.isDigit {
        if digits > 0, part == 0 { return nil }
        part = part * 10 + UInt32(byte - 0x30)
        digits += 1
        if part > 255 { return nil }
      } else {
        guard byte == ascii("."), digits > 0, dots < 3 else { return nil }
        value = value << 8 | part
        dots += 1
        part = 0
        digits = 0
      }
    }
    return dots == 3 && digits > 0 ? value << 8 | part : nil
  }

  /// RFC 5952 text.
  public var description: String {
    isIPv4 ? Self.dotted(UInt32(truncatingIfNeeded: low)) : Self.ipv6(high, low)
  }

  /// The /24 of an IPv4 address or the /64 of an IPv6 address, with its length.
  public var network: String {
    isIPv4
      ? Self.dotted(UInt32(truncatingIfNeeded: low) & 0xFFFF_FF00) + "/24"
      : Self.ipv6(high, 0) + "/64"
  }

  static func dotted(_ value: UInt32) -> String {
    String(unsafeUninitializedCapacity: 15) { room in
      var count = 0
      for step in 0..<4 {
        let shift = 24 - 8 * step
        let part = UInt8(truncatingIfNeeded: value >> shift)
        if part >= 100 {
          room[count] = 0x30 + part / 100
          count += 1
        }
        if part >= 10 {
          room[count] = 0x30 + part / 10 % 10
          count += 1
        }
        room[count] = 0x30 + part % 10
        count += 1
        if shift > 0 {
          room[count] = ascii(".")
          count += 1
        }
      }
      return count
    }
  }

  private static func ipv6(_ high: UInt64, _ low: UInt64) -> String {
    var words = (high.bigEndian, low.bigEndian)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: 48) { room in
      guard inet_ntop(AF_INET6, &words, room.baseAddress, 48) != nil else { return "" }
      return String(bytes: room.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) })
    }
  }
}

/// IP addresses as logs write them.
///
/// Canonical form: dotted decimal, or RFC 5952 text for IPv6. Loose keys: `ipv6-64`, `ipv4-24` (weak). Flags:
/// `private-range`, `cgnat`, `loopback`, `link-local`, `documentation`, `multicast`, `benchmark`, `reserved`,
/// `v4-mapped`, `zone`, `invalid-port`. Canonical is empty with `invalid-ip`, `unspecified`, `broadcast`,
/// `network-range`, `masked` or `placeholder`.
///
/// Behind carrier-grade NAT or a shared network an address names many people: address, port and time together
/// are what can be linked.
enum InternetAddress {
  /// Normalises `a.b.c.d`, `a.b.c.d:port`, IPv6, `[IPv6]`, `[IPv6]:port` and `IPv6%zone`.
  static func normalise(_ raw: String) -> NormalisedIdentifier {
    var copy = raw
    let parsed = copy.withUTF8 { bytes -> (IPAddress, Written)? in
      bytes.count > 96 ? nil : parse(bytes[...])
    }
    if let (address, written) = parsed { return finish(address, written) }
    guard raw.utf8.count <= 1_024 else { return .nothing(.ip, "invalid-ip") }
    var (text, hidden) = raw.cleaned
    let lowered = text.lowercased()
    if placeholders.contains(lowered) { return .nothing(.ip, "placeholder") }
    if let slash = text.utf8.lastIndex(of: ascii("/")) { return range(text, slash: slash) }
    if lowered.utf8.contains(where: { $0 == ascii("*") || $0 == ascii("x") }) {
      return .nothing(.ip, "masked")
    }
    guard hidden, let (address, written) = text.withUTF8({ parse($0[...]) }) else {
      return .nothing(.ip, "invalid-ip")
    }
    let result = finish(address, written)
    return NormalisedIdentifier(
      kind: .ip, canonical: result.canonical, looseKeys: result.looseKeys, port: result.port,
      flags: result.flags + ["hidden-characters"])
  }

  /// How an address was written, beside the address itself.
  private struct Written {
    var port: UInt16?
    var hasInvalidPort = false
    var hasZone = false
    var isMapped = false
  }

  private static func parse(_ whole: Slice<UnsafeBufferPointer<UInt8>>) -> (IPAddress, Written)? {
    var text = whole
    while let first = text.first, first.isBlank { text = text.dropFirst() }
    while let last = text.last, last.isBlank { text = text.dropLast() }
    var written = Written()
    if text.first == ascii("[") {
      guard let close = text.lastIndex(of: ascii("]")) else { return nil }
      let rest = text[(close + 1)...]
      if !rest.isEmpty {
        guard rest.first == ascii(":") else { return nil }
        readPort(rest.dropFirst(), &written)
      }
      text = text[(text.startIndex + 1)..<close]
    } else if let colon = text.firstIndex(of: ascii(":")), !text[(colon + 1)...].contains(ascii(":")) {
      // One colon only: no IPv6 address has that, so it is IPv4 and a port.
      readPort(text[(colon + 1)...], &written)
      text = text[..<colon]
    }
    if let percent = text.firstIndex(of: ascii("%")) {
      written.hasZone = true
      text = text[..<percent]
    }
    guard let address = IPAddress(text) else { return nil }
    written.isMapped = address.isIPv4 && text.contains(ascii(":"))
    return (address, written)
  }

  private static func readPort(_ digits: Slice<UnsafeBufferPointer<UInt8>>, _ written: inout Written) {
    var value = 0
    for byte in digits {
      guard byte.isDigit, value < 100_000 else {
        written.hasInvalidPort = true
        return
      }
      value = value * 10 + Int(byte - 0x30)
    }
    written.port = UInt16(exactly: value)
    written.hasInvalidPort = digits.isEmpty || written.port == nil
    if value == 0 { written.port = nil }
  }

  private static func range(_ text: String, slash: String.Index) -> NormalisedIdentifier {
    guard let length = Int(text[text.utf8.index(after: slash)...]),
      let address = IPAddress(String(text[..<slash])), (0...(address.isIPv4 ? 32 : 128)).contains(length)
    else { return .nothing(.ip, "invalid-ip") }
    if length == (address.isIPv4 ? 32 : 128) { return finish(address, Written()) }
    let isKeyed = length == (address.isIPv4 ? 24 : 64)
    let rule = address.isIPv4 ? "ipv4-24" : "ipv6-64"
    return .nothing(
      .ip, "network-range", keys: isKeyed ? [LooseKey(rule: rule, value: address.network)] : [])
  }

  private static func finish(_ address: IPAddress, _ written: Written) -> NormalisedIdentifier {
    var flags = scope(of: address).map { [$0] } ?? []
    if written.isMapped { flags.append("v4-mapped") }
    if written.hasZone { flags.append("zone") }
    if written.hasInvalidPort { flags.append("invalid-port") }
    if flags.first == "unspecified" || flags.first == "broadcast" {
      return NormalisedIdentifier(kind: .ip, canonical: "", port: written.port, flags: flags)
    }
    let network = LooseKey(rule: address.isIPv4 ? "ipv4-24" : "ipv6-64", value: address.network)
    return NormalisedIdentifier(
      kind: .ip, canonical: address.description, looseKeys: isTranslated(address) ? [] : [network],
      port: written.port, flags: flags)
  }

  /// Whether the first half of an IPv6 address is that of a translator or relay, and the same for all behind it: Teredo
  /// (RFC 4380) and NAT64 (RFC 6052, RFC 8215).
  private static func isTranslated(_ address: IPAddress) -> Bool {
    !address.isIPv4
      && (address.high >> 32 == 0x2001_0000 || address.high == 0x0064_FF9B_0000_0000
        || address.high >> 16 == 0x0064_FF9B_0001)
  }

  /// What an address is set aside for (IANA's special-purpose registries); nil for ordinary ones.
  static func scope(of address: IPAddress) -> String? {
    address.isIPv4 ? scopeOfIPv4(UInt32(truncatingIfNeeded: address.low)) : scopeOfIPv6(address)
  }

  private static func scopeOfIPv4(_ value: UInt32) -> String? {
    switch value >> 24 {
    case 10: return "private-range"
    case 127: return "loopback"
    case 0: return value == 0 ? "unspecified" : "reserved"
    case 224...239: return value >> 8 == 0xE9FC00 ? "documentation" : "multicast"
    case 240...255: return value == .max ? "broadcast" : "reserved"
    default: break
    }
    switch value {
    case 0xAC10_0000...0xAC1F_FFFF, 0xC0A8_0000...0xC0A8_FFFF: return "private-range"
    case 0x6440_0000...0x647F_FFFF: return "cgnat"
    case 0xA9FE_0000...0xA9FE_FFFF: return "link-local"
    case 0xC000_0200...0xC000_02FF, 0xC633_6400...0xC633_64FF, 0xCB00_7100...0xCB00_71FF:
      return "documentation"
    case 0xC612_0000...0xC613_FFFF: return "benchmark"
    default: return nil
    }
  }

  private static func scopeOfIPv6(_ address: IPAddress) -> String? {
    let high = address.high
    if high == 0 { return address.low == 0 ? "unspecified" : address.low == 1 ? "loopback" : "reserved" }
    if high >> 56 == 0xFF { return "multicast" }
    if high >> 54 == 0x3FA { return "link-local" }
    if high >> 57 == 0x7E { return "private-range" }
    if high >> 32 == 0x2001_0DB8 || high >> 44 == 0x3FFF0 { return "documentation" }
    return nil
  }
}
