import AccountModel

/// A WhatsApp address (`447700900123@s.whatsapp.net`), with a name behind it perhaps, as reports on phones have both in
/// one cell.
struct WhatsAppJID {
  private enum Server { case phone, lid, group }

  private let server: Server
  /// The user part, without the agent and device that may follow.
  private let user: String

  /// Reads an address; nil for anything that is not at one of WhatsApp's servers.
  init?(_ text: String) {
    if let jid = Self(address: Substring(text)) {
      self = jid
    } else if let space = text.firstIndex(where: \.isWhitespace), let jid = Self(address: text[..<space]),
      !jid.user.isEmpty, jid.user.utf8.allSatisfy(\.isDigit)
    {
      self = jid
    } else {
      return nil
    }
  }

  private init?(address text: Substring) {
    guard let at = text.utf8.lastIndex(of: ascii("@")) else { return nil }
    guard let server = Self.server(text[text.utf8.index(after: at)...].lowercased()) else { return nil }
    self.server = server
    // 447700900123.0:12 is the person's twelfth device.
    user = String(text[..<at].prefix { $0 != ":" && $0 != "." }).trimmed
  }

  /// Whether a domain, in lower case, is one of WhatsApp's own, so that nothing at it is an e-mail address.
  static func isServer(_ domain: String) -> Bool { server(domain) != nil }

  private static func server(_ domain: String) -> Server? {
    switch domain {
    case "s.whatsapp.net", "c.us", "whatsapp.net": .phone
    case "lid", "hosted.lid": .lid
    case "g.us", "broadcast", "newsletter", "call", "bot": .group
    default: nil
    }
  }

  func normalised(by numbers: PhoneNumber) -> NormalisedIdentifier {
    switch server {
    case .group: return .nothing(.platformID, "group")
    case .lid:
      guard !user.isEmpty, user.utf8.allSatisfy(\.isDigit) else { return .nothing(.platformID, "invalid-id") }
      return NormalisedIdentifier(kind: .platformID, canonical: user + "@lid", flags: ["lid"])
    case .phone:
      guard (7...15).contains(user.utf8.count), user.utf8.allSatisfy(\.isDigit) else {
        return .nothing(.phone, "invalid-number")
      }
      return numbers.normalise("+" + user)
    }
  }
}
