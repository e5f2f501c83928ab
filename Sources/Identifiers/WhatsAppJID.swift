import AccountModel

/// A WhatsApp address (`447700900123@s.whatsapp.net`).
public struct WhatsAppJID: Sendable {
  /// What WhatsApp's servers are for.
  public enum Server: Sendable {
    /// People, by their numbers.
    case phone
    /// People, by ids that hide their numbers.
    case lid
    /// Groups.
    case group
    /// Lists of recipients, channels, calls and bots, by words that others than WhatsApp may write as well.
    case list

    /// By a domain in lower case; nil when it is none of WhatsApp's.
    init?(_ domain: some StringProtocol) {
      switch domain {
      case "s.whatsapp.net", "c.us", "whatsapp.net": self = .phone
      case "lid", "hosted.lid": self = .lid
      case "g.us": self = .group
      case "broadcast", "newsletter", "call", "bot", "status": self = .list
      default: return nil
      }
    }
  }

  /// Where it is.
  public let server: Server
  /// The user part, without the agent and device that may follow.
  public let user: String

  /// Reads an address, and nothing behind it; nil for anything that is not at one of WhatsApp's servers.
  public init?(address text: Substring) {
    guard let at = text.utf8.lastIndex(of: ascii("@")),
      let server = Server(text[text.utf8.index(after: at)...].lowercased())
    else { return nil }
    self.server = server
    // 447700900123.0:12 is the person's twelfth device.
    user = String(text[..<at].prefix { $0 != ":" && $0 != "." }).trimmed
  }

  /// Reads an address, with a name behind it perhaps, as reports on phones have both in one cell.
  init?(_ text: String) {
    if let jid = Self(address: text[...]) {
      self = jid
    } else if let space = text.firstIndex(where: \.isWhitespace), let jid = Self(address: text[..<space]),
      jid.isNumbered
    {
      self = jid
    } else {
      return nil
    }
  }

  /// Whether a text ends as only WhatsApp's addresses do.
  public static func isAddress(_ text: String) -> Bool {
    Self(address: text[...]).map { $0.server != .list } ?? false
  }

  /// Whether a domain, in lower case, is one of WhatsApp's own, so that nothing at it is an e-mail address.
  static func isServer(_ domain: String) -> Bool { Server(domain) != nil }

  private var isNumbered: Bool { !user.isEmpty && user.utf8.allSatisfy(\.isDigit) }

  /// The number that a person's address is (`+447700900123`); nil when it is none.
  public var number: String? {
    server == .phone && isNumbered && (7...15).contains(user.utf8.count) ? "+" + user : nil
  }

  /// The id that hides a person's number (`12345678901234@lid`); nil when it is none.
  public var hiddenID: String? { server == .lid && isNumbered ? user + "@lid" : nil }

  func normalised(by numbers: PhoneNumber) -> NormalisedIdentifier {
    switch server {
    case .group, .list: .nothing(.platformID, "group")
    case .lid:
      hiddenID.map { NormalisedIdentifier(kind: .platformID, canonical: $0, flags: ["lid"]) }
        ?? .nothing(.platformID, "invalid-id")
    case .phone: number.map(numbers.normalise) ?? .nothing(.phone, "invalid-number")
    }
  }
}
