/// What sort of thing an identifier is, and so how it is normalised and compared.
public enum IdentifierKind: String, CaseIterable, Sendable, Codable, Hashable {
  /// An e-mail address.
  case email
  /// A telephone number.
  case phone
  /// A name by which a platform lets others address an account (`@name`, vanity URL, legacy `Name#1234`).
  case handle
  /// A platform's own permanent identifier for an account (numeric id, DID, `t2_…`, actor URI).
  case platformID = "platform-id"
  /// A name that an account shows and may change at will, or under which another person saved it.
  case displayName = "display-name"
  /// The name of a person, as asserted in a profile or a subscriber record.
  case personName = "person-name"
  /// A date of birth.
  case dateOfBirth = "date-of-birth"
  /// A postal address or a part of one.
  case postalAddress = "postal-address"
  /// A web address written or shown by the account.
  case url
  /// A web address that points at an account on a platform.
  case profileLink = "profile-link"
  /// An IP address, with or without a port.
  case ip
  /// An identifier of a device, an installation or a SIM; the label names which (`imei`, `idfa`, `push-token`).
  case device
  /// A browser cookie that a platform recorded (Meta's `datr`, an Instagram session cookie).
  case cookie
  /// A user-agent string.
  case userAgent = "user-agent"
}

/// Who says that a value belongs to an account.
public enum Assertion: String, CaseIterable, Sendable, Codable, Hashable {
  /// The platform recorded it (a login address, a numeric id, a verified e-mail).
  case platform
  /// A person typed it (a display name, a bio, the name under which a contact was saved).
  case user
  /// It is asserted in a way that the sender could have forged (a `From` line, an untrusted hop).
  case claimed
  /// Cognate derived it from another value.
  case inferred
}

/// A weaker form of an identifier: two accounts that share it may be related, by how rare the key is.
public struct LooseKey: Hashable, Sendable, Codable {
  /// Name of the rule that made the key, for example `gmail-dots`; stable, shown in explanations.
  public let rule: String
  /// The key itself.
  public let value: String

  /// Makes a key.
  public init(rule: String, value: String) {
    self.rule = rule
    self.value = value
  }
}

/// An identifier in canonical form with its loose keys.
///
/// Equal canonical forms of the same kind (and platform, for handles and platform ids) mean the same thing by
/// the platform's own rule. An equal loose key is a hint only.
public struct NormalisedIdentifier: Hashable, Sendable, Codable {
  /// The kind after looking at the value: a "phone" that is a `@lid` comes back as a platform id.
  public let kind: IdentifierKind
  /// Canonical form; empty when the value identifies nothing (`flags` says why).
  public let canonical: String
  /// Loose keys, strongest first, without duplicates and without the canonical form itself.
  public let looseKeys: [LooseKey]
  /// Port, when an IP address was written with one.
  public let port: UInt16?
  /// What was noticed: `short-code`, `private-range`, `cgnat`, `randomised-mac`, `mixed-script`, `masked`, ….
  public let flags: [String]

  /// Makes a normalised identifier.
  public init(
    kind: IdentifierKind, canonical: String, looseKeys: [LooseKey] = [], port: UInt16? = nil,
    flags: [String] = []
  ) {
    self.kind = kind
    self.canonical = canonical
    self.looseKeys = looseKeys
    self.port = port
    self.flags = flags
  }
}
