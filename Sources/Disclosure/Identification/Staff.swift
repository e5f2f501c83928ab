/// What a person may do.
public enum Role: String, Sendable, Codable, CaseIterable {
  /// Imports, links, proposes and corroborates.
  case analyst
  /// Is the second person on an identification.
  case reviewer
  /// Confirms, and decides on disclosure.
  case decider
  /// Tells the victim.
  case discloser
  /// Reads the log, not the content.
  case auditor
  /// Keeps the installation; reads no content.
  case admin
}

/// A person who works on the case, by the name that the force gives; never the person behind an account.
public struct StaffMember: Hashable, Sendable {
  /// The name they sign in by.
  public let id: String
  /// What they may do.
  public let roles: Set<Role>
  /// Their rank, where one is recorded.
  public let rank: String?

  /// Names a member of staff.
  public init(id: String, roles: Set<Role>, rank: String? = nil) {
    self.id = id
    self.roles = roles
    self.rank = rank
  }
}

/// Who holds the case, which says what may be decided in it.
public enum Authority: String, Sendable, Codable {
  /// A police force: decides.
  case force
  /// A charity, or a processor: refers to the police and records what they decided.
  case charity
}
