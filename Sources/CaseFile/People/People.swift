public import Disclosure
internal import Foundation
public import GRDB

/// Somebody who has proved who they are. Only `People.signIn` makes one.
public struct SignedIn: Sendable, Hashable {
  /// The staff id.
  public let id: String
  /// The case that they signed in to, by its public key.
  let caseKey: String
  /// What they proved it by; another passphrase since then ends it.
  let verifier: String

  /// As the log names them.
  public var actor: LogActor { LogActor(name: id, isAuthenticated: true) }
}

/// A registered person, as a list shows them.
public struct RegisteredPerson: Sendable, Hashable, Codable {
  /// The id that they sign in by.
  public var id: String
  /// What they may do, in order of name.
  public var roles: [Role]
  /// Their rank.
  public var rank: String?
  /// When they were registered, ISO 8601 in UTC.
  public var addedAt: String
  /// When they were removed; nil while they are registered.
  public var removedAt: String?

  enum CodingKeys: String, CodingKey {
    case id, roles, rank, addedAt = "added_at", removedAt = "removed_at"
  }
}

/// The people of a case. Every function runs inside a transaction of the case.
public enum People {
  /// Whether anybody is registered. Nobody ever becomes nobody again: the last admin stays.
  public static func isAnybodyRegistered(_ database: Database) throws -> Bool {
    try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM person)") ?? false
  }

  /// Everybody who is or was registered, in order of id.
  public static func all(_ database: Database) throws -> [RegisteredPerson] {
    try Row.fetchAll(database, sql: "SELECT * FROM person ORDER BY id").map { row in
      RegisteredPerson(
        id: row["id"], roles: roles(row["roles"]).sorted { $0.rawValue < $1.rawValue }, rank: row["rank"],
        addedAt: row["added_at"], removedAt: row["removed_at"])
    }
  }

  /// A registered person as the rules know them.
  ///
  /// - Throws: `PeopleFailure.noSuchPerson`, also for one who was removed.
  public static func member(_ id: String, _ database: Database) throws -> StaffMember {
    guard
      let row = try Row.fetchOne(
        database, sql: "SELECT roles, rank FROM person WHERE id = ? AND removed_at IS NULL", arguments: [id])
    else { throw PeopleFailure.noSuchPerson(id) }
    return StaffMember(id: id, roles: roles(row["roles"]), rank: row["rank"])
  }

  /// Checks a passphrase.
  ///
  /// - Throws: `PeopleFailure.notSignedIn`.
  public static func signIn(_ id: String, passphrase: [UInt8], _ database: Database) throws -> SignedIn {
    guard try isAnybodyRegistered(database) else { throw PeopleFailure.nobodyRegistered }
    let verifier = try String.fetchOne(
      database, sql: "SELECT verifier FROM person WHERE id = ? AND removed_at IS NULL", arguments: [id])
    guard let verifier, try Passphrase.matches(verifier, passphrase) else {
      throw PeopleFailure.notSignedIn(id)
    }
    return SignedIn(id: id, caseKey: try caseKey(database), verifier: verifier)
  }

  /// Who signed in, with the roles that they have now.
  ///
  /// - Throws: `PeopleFailure.noLongerValid` when they were removed, have another passphrase by now, or signed in to
  ///   another case.
  public static func current(_ signedIn: SignedIn, _ database: Database) throws -> StaffMember {
    let verifier = try String.fetchOne(
      database, sql: "SELECT verifier FROM person WHERE id = ? AND removed_at IS NULL",
      arguments: [signedIn.id])
    guard verifier == signedIn.verifier, try caseKey(database) == signedIn.caseKey else {
      throw PeopleFailure.noLongerValid(signedIn.id)
    }
    return try member(signedIn.id, database)
  }

  /// Checks that somebody may do something. While nobody is registered, anybody may do all but what needs people.
  ///
  /// - Throws: `PeopleFailure`.
  public static func authorise(_ access: Access, _ signedIn: SignedIn?, _ database: Database) throws {
    guard let signedIn else {
      if try isAnybodyRegistered(database) { throw PeopleFailure.signInNeeded }
      return
    }
    let member = try current(signedIn, database)
    if member.roles.isDisjoint(with: access.roles) {
      throw PeopleFailure.notAllowed(who: member.id, what: access)
    }
  }

  /// Registers somebody; the first is an admin.
  ///
  /// - Throws: `PeopleFailure`.
  public static func add(
    _ id: String, roles: Set<Role>, rank: String?, passphrase: [UInt8], at stamp: String, _ database: Database
  ) throws {
    try check(id, roles)
    if try !isAnybodyRegistered(database), roles != [.admin] { throw PeopleFailure.firstIsAdmin }
    // Ids that differ in case alone would be mistaken for one another.
    let taken = try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM person WHERE lower(id) = lower(?))", arguments: [id])
    if taken == true { throw PeopleFailure.idTaken(id) }
    let verifier = try Passphrase.verifier(of: passphrase)
    try database.execute(
      sql: "INSERT INTO person VALUES (?, ?, ?, ?, ?, NULL)",
      arguments: [id, roles.map(\.rawValue).sorted().joined(separator: " "), rank, verifier, stamp])
  }

  /// SHA-256 of what somebody's passphrase is checked against, in hexadecimal, for the log.
  public static func verifierHash(of id: String, _ database: Database) throws -> String? {
    try String.fetchOne(database, sql: "SELECT verifier FROM person WHERE id = ?", arguments: [id])
      .map(ContentHash.text)
  }

  /// Removes somebody: what they did stays on record.
  ///
  /// - Throws: `PeopleFailure.noSuchPerson`, `.lastAdmin`.
  public static func remove(_ id: String, at stamp: String, _ database: Database) throws {
    let member = try member(id, database)
    if member.roles.contains(.admin) {
      let others = try Row.fetchAll(
        database, sql: "SELECT roles FROM person WHERE removed_at IS NULL AND id <> ?", arguments: [id])
      guard others.contains(where: { roles($0["roles"]).contains(.admin) }) else {
        throw PeopleFailure.lastAdmin
      }
    }
    try database.execute(
      sql: "UPDATE person SET removed_at = ?, verifier = '' WHERE id = ?", arguments: [stamp, id])
  }

  /// Gives somebody who signed in another passphrase; they have to sign in with it.
  ///
  /// - Throws: `PeopleFailure`.
  public static func setPassphrase(of signedIn: SignedIn, to passphrase: [UInt8], _ database: Database) throws
  {
    _ = try current(signedIn, database)
    try database.execute(
      sql: "UPDATE person SET verifier = ? WHERE id = ?",
      arguments: [try Passphrase.verifier(of: passphrase), signedIn.id])
  }

  private static func check(_ id: String, _ roles: Set<Role>) throws(PeopleFailure) {
    let allowed = id.utf8.allSatisfy { byte in
      (byte | 0x20) &- 0x61 < 26 || byte &- 0x30 < 10 || [0x2D, 0x2E, 0x5F].contains(byte)
    }
    guard allowed, (1...40).contains(id.utf8.count), id.first.map({ $0.isLetter || $0.isNumber }) == true
    else {
      throw .badID(id)
    }
    if roles.isEmpty { throw .noRole }
    for role in [Role.admin, .auditor] where roles.contains(role) && roles.count > 1 {
      throw .standsAlone(role)
    }
  }

  private static func roles(_ text: String) -> Set<Role> {
    Set(text.split(separator: " ").compactMap { Role(rawValue: String($0)) })
  }

  private static func caseKey(_ database: Database) throws -> String {
    try LogState.stored(database)?.vkey ?? ""
  }
}
