import Glibc

/// One `Received` header: who handed the message to whom, as the receiving server wrote it (RFC 5321, 4.4).
///
/// Only hops that servers of the recipient's side wrote can be trusted; a sender can invent all below them.
public struct ReceivedHop: Hashable, Sendable {
  /// The name or address with which the sender introduced itself.
  public var from: String?
  /// The address that the receiving server saw, from the comment or literal behind `from`.
  public var fromIP: String?
  /// The name that the receiving server found for that address, from the comment: `unknown` when it found none, nil
  /// when it says nothing of that.
  public var fromName: String?
  /// What the sender said in HELO or EHLO, where written apart.
  public var helo: String?
  /// The receiving server.
  public var by: String?
  /// The transport.
  public var via: String?
  /// The protocol.
  public var with: String?
  /// The receiving server's number for the message.
  public var id: String?
  /// The recipient.
  public var recipient: String?
  /// When the server says that it received the message.
  public var date: MailDate?

  /// The address to hold against the sender: the one that was seen, else one that stands as its name.
  public var address: String? { fromIP ?? from.flatMap { IPText.strip(Substring($0)) } }

  /// Whether the sender proved who it was, or wrote through a web mailer: RFC 3848's ESMTPA and its kin, HTTP.
  var isSubmission: Bool {
    [with, via].contains { text in
      guard let text = text?.uppercased() else { return false }
      return text.hasPrefix("HTTP") || text.hasPrefix("ASMTP") || text.hasPrefix("ESMTPA")
        || text.hasPrefix("ESMTPSA") || text.hasPrefix("UTF8SMTPA") || text.hasPrefix("UTF8SMTPSA")
    }
  }

  /// Whether the message was handed on inside one provider: by MAPI, or between hosts of one domain.
  var isInternal: Bool {
    if with?.uppercased().hasPrefix("MAPI") == true { return true }
    guard let from = from.flatMap(Self.domain), let by = by.flatMap(Self.domain) else { return false }
    return from == by
  }

  /// Whether the host seen is a mail server by what is said of it: it gave a host's whole name, the receiving
  /// server, if it looked, found one of that domain, and the name is not that of a customer's line.
  var isFromServer: Bool {
    guard let from, !HostName.isLocal(from), let domain = Self.domain(from), let address else { return false }
    if let helo, Self.domain(helo) == nil { return false }
    if let fromName, Self.domain(fromName) != domain { return false }
    return !HostName.isLine(fromName ?? from, address)
  }

  /// Whether the host seen is of the receiving server's own domain and no customer's line: providers put a balancer
  /// before their servers, and its address is that of all customers.
  var isFromOwnServer: Bool {
    guard let fromName, let address, let domain = Self.domain(fromName), by.flatMap(Self.domain) == domain
    else { return false }
    return !HostName.isLine(fromName, address)
  }

  /// What is registered of a host's name: two labels, three below `co.uk` and its kin; nil for an address.
  private static func domain(_ host: String) -> String? {
    let labels = host.lowercased().split(separator: ".")
    guard labels.count >= 2, labels.last?.contains(where: \.isNumber) == false, !host.contains("[") else {
      return nil
    }
    let isBelowCountry =
      labels[labels.count - 1].utf8.count == 2 && HostName.shared.contains(labels[labels.count - 2])
    return labels.suffix(isBelowCountry ? 3 : 2).joined(separator: ".")
  }

  /// Reads a header's value; what is not understood stays nil.
  public init(_ text: String) {
    let tokens = Self.tokens(text)
    var clause = ""
    var isFilled = false
    var seen: [String] = []  // from-clause comments and literals, in order
    for token in tokens {
      switch token {
      case .semicolon:
        clause = ""
      case .comment(let words):
        if clause == "from" { seen.append(words) }
        if clause.isEmpty, from == nil, by == nil, words.lowercased().hasPrefix("from ") {
          from = words.dropFirst(5).split(separator: " ").first.map(String.init)
          seen.append(String(words.dropFirst(5)))
        }
      case .word(let word):
        let lowered = word.lowercased()
        if ["from", "by", "via", "with", "id", "for"].contains(lowered), isFilled || clause != lowered {
          clause = lowered
          isFilled = false
          continue
        }
        if isFilled {
          if clause == "from" { seen.append(word) }
          continue
        }
        isFilled = fill(clause, word)
      }
    }
    (fromIP, helo, fromName) = Self.address(in: seen)
    if let last = tokens.lastIndex(where: { $0 == .semicolon }) {
      let rest = tokens[(last + 1)...].compactMap { token -> String? in
        if case .word(let word) = token { word } else { nil }
      }
      date = MailDate(rest.prefix(16).joined(separator: " "))
    }
  }

  /// Gives a clause its first value; false when the word is none.
  private mutating func fill(_ clause: String, _ word: String) -> Bool {
    let bare = word.trimming { "<>,".contains($0) }
    if bare.isEmpty { return false }
    switch clause {
    case "from": if from == nil { from = IPText.strip(bare) ?? String(bare) }
    case "by": if by == nil { by = IPText.strip(bare) ?? String(bare) }
    case "via": if via == nil { via = String(bare) }
    case "with":
      // "Microsoft SMTPSVC": the maker is not the protocol.
      if bare.lowercased() == "microsoft" { return false }
      if with == nil { with = String(bare) }
    case "id": if id == nil { id = String(bare) }
    case "for": if recipient == nil { recipient = String(bare) }
    default: return false
    }
    return true
  }

  // MARK: Tokens

  private enum Token: Equatable {
    case word(String)
    case comment(String)
    case semicolon
  }

  /// Longest header value that is looked at.
  static let limit = 16 << 10

  private static func tokens(_ text: String) -> [Token] {
    var tokens: [Token] = []
    var word: [UInt8] = []
    var depth = 0
    var closer: UInt8 = 0
    func end(_ make: (String) -> Token) {
      let value = String(decoding: word, as: UTF8.self)
      word.removeAll()
      if !value.isEmpty { tokens.append(make(value)) }
    }
    for byte in text.utf8.prefix(limit) {
      if depth > 0 {
        if byte == UInt8(ascii: "(") { depth += 1 }
        if byte == UInt8(ascii: ")") { depth -= 1 }
        if depth == 0 { end(Token.comment) } else { word.append(byte < 0x20 ? 0x20 : byte) }
      } else if closer != 0 {
        word.append(byte)
        if byte == closer { closer = 0 }
      } else {
        switch byte {
        case UInt8(ascii: "("):
          end(Token.word)
          depth = 1
        case UInt8(ascii: ";"):
          end(Token.word)
          tokens.append(.semicolon)
        case 0...0x20, UInt8(ascii: ","): end(Token.word)
        default:
          // Inside brackets, spaces and semicolons are part of the word.
          if byte == UInt8(ascii: "[") { closer = UInt8(ascii: "]") }
          if byte == UInt8(ascii: "<") { closer = UInt8(ascii: ">") }
          word.append(byte)
        }
      }
    }
    end(depth > 0 ? Token.comment : Token.word)
    return tokens
  }

  /// The first address that the server wrote behind the name, those in brackets first, the HELO name, and the
  /// first name of a host.
  private static func address(in seen: [String]) -> (ip: String?, helo: String?, name: String?) {
    var helo: String?
    var first: String?
    var name: String?
    for words in seen {
      var bracketed: String?
      var plain: String?
      var isHELO = false
      for word in words.split(whereSeparator: { " ,()".contains($0) }) {
        let lowered = word.lowercased()
        if lowered == "helo" || lowered == "ehlo" || lowered == "lhlo" {
          isHELO = true
        } else if lowered.hasPrefix("helo=") || lowered.hasPrefix("ehlo=") {
          helo = helo ?? String(word.dropFirst(5))
        } else if isHELO {
          isHELO = false
          helo = helo ?? IPText.strip(word) ?? String(word)
        } else if let open = word.firstIndex(of: "["), let close = word[open...].firstIndex(of: "]"),
          let ip = IPText.strip(word[open...close])
        {
          bracketed = bracketed ?? ip
        } else if let ip = IPText.strip(word) ?? IPText.strip(word.split(separator: "@").last ?? "") {
          plain = plain ?? ip
        } else if lowered == "unknown" {
          name = name ?? lowered
        } else if HostName.isWhole(word) {
          name = name ?? String(word.last == "." ? word.dropLast() : word)
        }
      }
      first = first ?? bracketed ?? plain
    }
    return (first, helo, name)
  }
}

/// IP addresses as mail servers write them.
enum IPText {
  /// The bare address of `[192.0.2.1]`, `[IPv6:2001:db8::1]`, `192.0.2.1:25`; nil when it is none.
  static func strip(_ word: Substring) -> String? {
    guard word.utf8.count <= 64 else { return nil }
    var text = word.trimming { "[]()<>".contains($0) }
    // A port behind brackets.
    if let close = text.firstIndex(of: "]") { text = text[..<close] }
    if text.lowercased().hasPrefix("ipv6:") { text = text.dropFirst(5) }
    if isAddress(text) { return String(text) }
    // A port behind an IPv4 address.
    if let colon = text.lastIndex(of: ":"), text[text.index(after: colon)...].allSatisfy(\.isNumber),
      text[..<colon].contains("."), isAddress(text[..<colon])
    {
      return String(text[..<colon])
    }
    return nil
  }

  private static func isAddress(_ text: Substring) -> Bool { bytes(text) != nil }

  /// The 4 or 16 bytes of an address.
  private static func bytes(_ text: Substring) -> [UInt8]? {
    var four = in_addr()
    var sixteen = in6_addr()
    let string = String(text)
    if inet_pton(AF_INET, string, &four) == 1 { return withUnsafeBytes(of: four) { Array($0) } }
    if text.contains(":"), inet_pton(AF_INET6, string, &sixteen) == 1 {
      return withUnsafeBytes(of: sixteen) { Array($0) }
    }
    return nil
  }

  /// Whether an address means something only inside one network: RFC 1918, 3927, 4193, 6598, loopback.
  static func isPrivate(_ text: String) -> Bool {
    guard var all = bytes(Substring(text)) else { return false }
    if all.count == 16 {
      if all[..<10].allSatisfy({ $0 == 0 }), all[10] == 0xFF, all[11] == 0xFF {
        all = Array(all[12...])
      } else {
        let isLoopback = all[..<15].allSatisfy { $0 == 0 } && all[15] <= 1
        return isLoopback || all[0] & 0xFE == 0xFC || (all[0] == 0xFE && all[1] & 0xC0 == 0x80)
      }
    }
    switch (all[0], all[1]) {
    case (0, _), (10, _), (127, _), (169, 254), (192, 168): return true
    case (172, let second): return second & 0xF0 == 16
    case (100, let second): return second & 0xC0 == 64
    default: return false
    }
  }
}
