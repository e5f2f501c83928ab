public import AccountModel

/// An account of the demonstration case, with every name by which a source may call it.
public struct CastAccount: Sendable {
  /// A stable name: controller and platform, for example `k1-ig2`.
  public let name: String
  /// Who is behind it: `k1`, `k2`, `k3`, `victim` or a bystander's `b01`.
  public let controller: String
  /// Where the account lives.
  public let platform: Platform
  /// The platform's permanent id, in digits.
  public internal(set) var platformID: String?
  /// The name by which others address it, lower case.
  public internal(set) var handle: String?
  /// The number that names it, E.164.
  public internal(set) var phone: String?
  /// The address that names it, lower case.
  public internal(set) var email: String?
  /// The name that it shows, or under which the victim saved it; nil when it shows its handle or number.
  public internal(set) var displayName: String?
  /// Further spellings by which a source names it.
  var otherNames: [String] = []

  init(
    _ name: String, _ platform: Platform, platformID: String? = nil, handle: String? = nil,
    phone: String? = nil,
    email: String? = nil, displayName: String? = nil
  ) {
    self.name = name
    self.controller = String(name.prefix { $0 != "-" })
    self.platform = platform
    self.platformID = platformID
    self.handle = handle
    self.phone = phone
    self.email = email
    self.displayName = displayName
  }

  /// Whether it belongs to the victim: nothing may cluster outwards from it.
  public var isProtected: Bool { controller == "victim" }
  /// Whether one of the three stalkers is behind it.
  public var isSuspect: Bool { controller.hasPrefix("k") }

  /// The name that messages show.
  var shownName: String { displayName ?? handle ?? phone ?? email ?? name }

  /// The (kind, value) pairs by which a reader may name the account, strongest first.
  public var keys: [(kind: IdentifierKind, value: String)] {
    var result: [(kind: IdentifierKind, value: String)] = []
    if let platformID { result.append((.platformID, platformID)) }
    if let handle { result.append((.handle, handle)) }
    if let phone { result.append((.phone, phone)) }
    if let email { result.append((.email, email)) }
    // Meta's downloads and WhatsApp's name a sender by the name shown, which is the handle where none is set.
    if platform == .facebook || platform == .instagram || platform == .whatsapp || platform == .sms {
      if let shown = displayName ?? (platform == .instagram ? handle : nil) {
        result.append((.displayName, shown))
      }
      for name in otherNames { result.append((.displayName, name)) }
    }
    return result
  }
}

/// The cast names no account of that name: a fault of the generator.
public struct UnknownCastAccount: Error, Sendable, CustomStringConvertible {
  /// The name that was asked for.
  public let name: String
  /// What failed, in a sentence.
  public var description: String { "the demonstration case has no account named \(name)" }
}
