public import CaseFile
public import Disclosure
public import GRDB

extension Case {
  /// Checks who somebody is. A sign-in that failed is entered in the log.
  ///
  /// - Returns: a value for `acting(as:because:)` and for second persons.
  /// - Throws: `PeopleFailure`.
  public func signIn(_ id: String, passphrase: [UInt8]) throws -> SignedIn {
    do {
      return try database.read { try People.signIn(id, passphrase: passphrase, $0) }
    } catch let failure as PeopleFailure {
      if case .notSignedIn = failure {
        try database.operation { _, entries in
          _ = try entries.append(
            entry(.consultation, "sign-in.refused", details: ["id": String(id.prefix(80))]))
        }
      }
      throw failure
    }
  }

  /// Checks that who acts may do something; every operation of the library asks.
  ///
  /// - Throws: `PeopleFailure`.
  public func authorise(_ access: Access, _ database: Database) throws {
    try People.authorise(access, signedIn, database)
  }

  /// Who acts, as the rules know them.
  ///
  /// - Throws: `PeopleFailure` when nobody signed in.
  func member(_ database: Database) throws -> StaffMember {
    guard let signedIn else {
      throw try People.isAnybodyRegistered(database)
        ? PeopleFailure.signInNeeded : PeopleFailure.nobodyRegistered
    }
    return try People.current(signedIn, database)
  }

  /// A second person, who must be another than the one who acts.
  ///
  /// - Throws: `PeopleFailure`.
  func second(_ other: SignedIn, _ database: Database) throws -> StaffMember {
    if other.id == signedIn?.id { throw PeopleFailure.samePersonTwice(other.id) }
    return try People.current(other, database)
  }

  /// Registers somebody. The first person of a case is an admin, whom anybody may register; the others are registered
  /// by an admin.
  ///
  /// - Throws: `PeopleFailure`.
  public func addPerson(_ id: String, roles: Set<Role>, rank: String? = nil, passphrase: [UInt8]) throws {
    try database.operation { database, entries in
      try authorise(.administer, database)
      let rank = rank.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
      try People.add(
        id, roles: roles, rank: rank, passphrase: passphrase, at: CaseDatabase.timestamp(now()), database)
      var details = ["id": id, "roles": roles.map(\.rawValue).sorted().joined(separator: " ")]
      details["rank"] = rank
      details["verifier_sha256"] = try People.verifierHash(of: id, database)
      try entries.append(entry(.alteration, "who.add", details: details))
    }
  }

  /// Removes somebody; what they did stays on record, and their id is given to nobody else.
  ///
  /// - Throws: `PeopleFailure`.
  public func removePerson(_ id: String) throws {
    try database.operation { database, entries in
      _ = try member(database)
      try authorise(.administer, database)
      try People.remove(id, at: CaseDatabase.timestamp(now()), database)
      try entries.append(entry(.alteration, "who.remove", details: ["id": id]))
    }
  }

  /// Gives who signed in another passphrase.
  ///
  /// - Throws: `PeopleFailure`.
  public func changePassphrase(to passphrase: [UInt8]) throws {
    try database.operation { database, entries in
      let who = try member(database)
      guard let signedIn else { throw PeopleFailure.signInNeeded }
      try People.setPassphrase(of: signedIn, to: passphrase, database)
      var details = ["id": who.id]
      details["verifier_sha256"] = try People.verifierHash(of: who.id, database)
      try entries.append(entry(.alteration, "who.passphrase", details: details))
    }
  }

  /// Everybody who is or was registered. The ids of staff are no content of the case, and anybody may see them.
  public func people() throws -> [RegisteredPerson] { try database.read { try People.all($0) } }
}
