public import CaseFile
internal import Disclosure
import GRDB

extension Case {
  /// Places a legal hold: what it names is not erased while it stands.
  ///
  /// - Parameters:
  ///   - subject: `A3`, `I2`, `D4` or `E17`; nil for the whole case.
  ///   - reference: whose order or request it is.
  /// - Returns: the hold's id.
  /// - Throws: `PeopleFailure`, `Refusal`, `CaseError`.
  public func placeHold(on subject: String?, reason: String, reference: String) throws -> String {
    try database.operation { database, entries in
      let who = try keeper(database)
      for (text, name) in [(reason, "--reason"), (reference, "--reference")]
      where text.allSatisfy(\.isWhitespace) { throw CaseError.invalid("\(name) is empty.") }
      let subject = try subject.map { try Subject($0, database).id } ?? ""
      let id = try LegalHold.place(
        subject, reason: reason, reference: reference, at: Instant.text(Instant.seconds(now())), by: who.id,
        database)
      try entries.append(
        entry(
          .alteration, "hold.place", subjects: [id] + (subject.isEmpty ? [] : [subject]),
          details: ["reason": reason, "reference": reference]))
      return id
    }
  }

  /// Lifts a legal hold, by two persons.
  ///
  /// - Parameter id: `H1` or `1`.
  /// - Returns: the hold's id.
  /// - Throws: `PeopleFailure`, `Refusal`, `CaseError`.
  @discardableResult
  public func liftHold(_ id: String, reason: String, second: SignedIn) throws -> String {
    try database.operation { database, entries in
      let who = try keeper(database)
      let other = try checkSecond(second, database)
      guard !reason.allSatisfy(\.isWhitespace) else { throw CaseError.invalid("--reason is empty.") }
      let lifted = try LegalHold.lift(id, at: Instant.text(Instant.seconds(now())), by: who.id, database)
      try entries.append(
        entry(
          .alteration, "hold.lift", subjects: [lifted], details: ["reason": reason, "second": other.id]))
      return lifted
    }
  }

  /// Every hold that was placed.
  public func holds() throws -> [LegalHold] {
    try consult("hold.list") { database, _ in try LegalHold.all(database) }
  }

  /// Who may keep or erase: an officer, who signed in.
  func keeper(_ database: Database) throws -> StaffMember {
    let who = try member(database)
    guard who.roles.contains(.decider) else { throw Refusal.roleNeeded(.decider, who: who.id) }
    return who
  }

  /// The second of two persons: a reviewer or another officer.
  func checkSecond(_ second: SignedIn, _ database: Database) throws -> StaffMember {
    let other = try self.second(second, database)
    guard !other.roles.isDisjoint(with: [.reviewer, .decider]) else {
      throw Refusal.oneRoleNeeded([.reviewer, .decider], who: other.id)
    }
    return other
  }
}
