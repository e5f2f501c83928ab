public import CaseFile
internal import Disclosure
import GRDB

/// What an erasure did.
public struct ErasureReport: Sendable, Codable, Hashable {
  /// What was restricted or erased.
  public var subject: String
  /// Which of the two.
  public var kind: Erasure.Kind
  /// The entry of the log that tells of it, from 0.
  public var entry: UInt64
  /// Entries of the log whose content went with it.
  public var erasedEntries: [UInt64]

  enum CodingKeys: String, CodingKey { case subject, kind, entry, erasedEntries = "erased_entries" }
}

extension Case {
  /// Restricts or erases content, by two persons. What was done and when stays in the log, without content.
  ///
  /// - Parameters:
  ///   - subject: `A3`, `I2`, `D4` or `E17`. Only an account can be restricted; a record is erased once it has ended.
  ///   - reason: why, in words that may stay for ever: without names.
  ///   - second: a reviewer or another officer.
  /// - Throws: `PeopleFailure`, `Refusal`, `CaseError`; nothing has changed then.
  public func erase(
    _ subject: String, _ kind: Erasure.Kind, reason: String, second: SignedIn
  ) throws -> ErasureReport {
    try database.operation { database, entries in
      _ = try keeper(database)
      let other = try checkSecond(second, database)
      guard !reason.allSatisfy(\.isWhitespace) else { throw CaseError.invalid("--reason is empty.") }
      let found = try Subject(subject, database)
      var draft = entry(
        kind == .erase ? .erasure : .alteration, kind.rawValue, subjects: [found.id],
        details: ["reason": reason, "second": other.id])
      if kind == .erase { try checkHolds(found, database) }
      var about: [String]
      switch (found, kind) {
      case (.account(let number), .restrict):
        if let earlier = try Erasure.kind(ofAccount: number, database) {
          throw CaseError.invalid("\(found.id) is \(earlier == .erase ? "erased" : "restricted") already.")
        }
        let own = try entries.append(draft)
        try Erasure.mark(account: number, .restrict, at: stamp, entry: own, database)
        return ErasureReport(subject: found.id, kind: kind, entry: own, erasedEntries: [])
      case (_, .restrict):
        throw CaseError.invalid("Only an account can be restricted; \(found.id) can only be erased.")
      case (.account(let number), .erase):
        if try Erasure.kind(ofAccount: number, database) == .erase {
          throw CaseError.invalid("\(found.id) is erased already.")
        }
        for history in try IdentificationStore.all(database)
        where history.members.contains(found.id) && history.endedAt == nil {
          throw CaseError.invalid(
            "\(found.id) is one of the accounts of \(history.id), which is \(history.state.rawValue): restrict it, or end \(history.id) first."
          )
        }
        try Erasure.erase(account: number, database)
        draft.details["content_sha256"] = try StoredSourceDigest.statement(ofAccount: number, database)
        about = [found.id]
      case (.identification(let history), .erase):
        let number = Int64(history.id.dropFirst()) ?? 0
        let disclosures = try DisclosureStore.all(of: number, database)
        let isOver = history.endedAt != nil || !disclosures.isEmpty
        guard isOver, disclosures.allSatisfy({ $0.history.state == .closed }) else {
          throw CaseError.invalid(
            "\(history.id) is \(history.state.rawValue): it is erased once it was rejected or withdrawn, or told, and all its disclosures are closed."
          )
        }
        for one in disclosures { try Erasure.erase(disclosure: one.number, database) }
        try Erasure.erase(identification: number, database)
        about = [history.id] + disclosures.map(\.history.id)
      case (.disclosure(let stored), .erase):
        guard stored.history.state == .closed else {
          throw CaseError.invalid(
            "\(found.id) is \(stored.history.state.rawValue): a disclosure is erased once it is closed.")
        }
        try Erasure.erase(disclosure: stored.number, database)
        about = [found.id]
      case (.entry(let index), .erase):
        let operation = try LogEntry.one(database, index).operation
        guard operation != .erasure else {
          throw CaseError.invalid("\(found.id) tells of an erasure, without content: it stays.")
        }
        let hash = try Int.fetchOne(
          database,
          sql: """
            SELECT (SELECT count(*) FROM identification_step WHERE log_entry = :index AND content IS NOT NULL)
              + (SELECT count(*) FROM disclosure_step WHERE log_entry = :index AND content IS NOT NULL)
            """, arguments: ["index": Int64(index)])
        guard hash == 0 else {
          throw CaseError.invalid(
            "\(found.id) vouches for a step of an identification or a disclosure: erase that, and the entry goes with it."
          )
        }
        draft.subjects = []
        let own = try entries.erase([index], draft)
        return ErasureReport(subject: found.id, kind: kind, entry: own, erasedEntries: [index])
      }
      let gone = try Erasure.entries(about: about, database)
      draft.subjects = about
      let own = try entries.erase(gone, draft)
      if case .account(let number) = found {
        try Erasure.mark(account: number, .erase, at: stamp, entry: own, database)
      }
      return ErasureReport(subject: found.id, kind: kind, entry: own, erasedEntries: gone)
    }
  }

  private var stamp: String { Instant.text(Instant.seconds(now())) }

  /// Refuses an erasure that a hold forbids.
  private func checkHolds(_ subject: Subject, _ database: Database) throws {
    let reach = try subject.reach(database)
    for hold in try LegalHold.all(database) where hold.liftedAt == nil {
      guard hold.subject.isEmpty || reach.contains(hold.subject) else { continue }
      throw CaseError.invalid(
        "\(hold.id) (\(hold.reference)) holds \(hold.subject.isEmpty ? "the whole case" : hold.subject): it must be kept. Restrict it, or have the hold lifted."
      )
    }
  }
}
