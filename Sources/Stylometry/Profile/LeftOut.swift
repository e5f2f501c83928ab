/// Why text was left out of a profile.
public enum LeftOut: Int, CaseIterable, Sendable, Codable {
  case quoted, forwarded, links, mentions, signatures, duplicates, invalidBytes, shared, beyond, code

  /// The reason as programs read it.
  public var code: String {
    switch self {
    case .quoted: "quoted"
    case .forwarded: "forwarded"
    case .links: "links"
    case .mentions: "mentions"
    case .signatures: "signatures"
    case .duplicates: "duplicates"
    case .invalidBytes: "invalid_bytes"
    case .shared: "shared"
    case .beyond: "beyond"
    case .code: "code"
    }
  }

  /// The reason in words.
  public var label: String {
    switch self {
    case .quoted: "quoted replies"
    case .forwarded: "forwarded text"
    case .links: "links and addresses"
    case .mentions: "mentions"
    case .signatures: "signatures"
    case .duplicates: "text pasted again"
    case .invalidBytes: "bytes that are no UTF-8"
    case .shared: "passages that another account posted word for word"
    case .beyond: "more text than ratios were validated on"
    case .code: "code, keys and what was signed or encrypted by a program"
    }
  }
}

/// Occurrences and Unicode scalars left out for one reason.
public struct LeftOutCount: Hashable, Sendable, Codable {
  /// How often: lines, links, names.
  public var items: UInt64 = 0
  /// Their Unicode scalars.
  public var scalars: UInt64 = 0

  /// Nothing yet.
  public init() {}

  mutating func add(_ count: Int) {
    items += 1
    scalars += UInt64(count)
  }
}
