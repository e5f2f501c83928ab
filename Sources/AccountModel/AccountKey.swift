/// How far the value that names an account reaches.
public enum AccountScope: String, Sendable, Codable, Hashable {
  /// Unique on the platform: the same value in another export is the same account by the platform's own rule.
  case platform
  /// Means something inside one source only: a display name, a name saved on one phone.
  case source
}

/// What names an account: the platform, the sort of value, how far it reaches, and the value.
public struct AccountKey: Hashable, Sendable, Codable {
  /// The service.
  public let platform: Platform
  /// The kind of `value`: a platform id, handle, phone, e-mail or display name.
  public let kind: IdentifierKind
  /// How far `value` reaches.
  public let scope: AccountScope
  /// The value as written in the source.
  public let value: String

  /// Makes a key.
  public init(platform: Platform, kind: IdentifierKind, scope: AccountScope, value: String) {
    self.platform = platform
    self.kind = kind
    self.scope = scope
    self.value = value
  }
}

/// The part an account plays in the source that mentions it; the higher raw value wins when it plays several.
public enum AccountRole: UInt8, Sendable, Codable, Hashable, Comparable {
  /// Only mentioned: a contact, a follower, a recipient.
  case mentioned = 0
  /// Wrote or called.
  case participant = 1
  /// The export is this account's own.
  case owner = 2

  /// Orders by how much the part counts.
  public static func < (left: AccountRole, right: AccountRole) -> Bool { left.rawValue < right.rawValue }
}
