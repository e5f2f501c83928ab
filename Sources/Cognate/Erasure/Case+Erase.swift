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
  /// Copies of sources that the case keeps and that may still hold an erased account, by their places in its folder. They
  /// hold what others wrote as well: people decide what becomes of them.
  public var keptCopies: [String] = []
  /// Why parts of what was erased may still lie between the rows of `case.sqlite`; nil when nothing does.
  public var leftBehind: String?

  enum CodingKeys: String, CodingKey {
    case subject, kind, entry, erasedEntries = "erased_entries", keptCopies = "kept_copies"
    case leftBehind = "left_behind"
  }
}

extension Case {
  /// Restricts or erases content, by two persons. What was done and when stays in the log, without content.
  ///
  /// - Parameters:
  ///   - subject: `A3`, `I2`, `D4` or `E17`. Only an account can be restricted; a record is erased once it rests.
  ///   - reason: why, in words that may stay for ever: without names.
  ///   - second: a reviewer or another officer.
  /// - Throws: `PeopleFailure`, `Refusal`, `CaseError`; nothing has changed then.
  public func erase(
    _ subject: String, _ kind: Erasure.Kind, reason: String, second: SignedIn
  ) throws -> ErasureReport {
    var report: ErasureReport = try database.operation { database, entries in
      _ = try keeper(database)
      let other = try checkSecond(second, database)
      guard !reason.allSatisfy(\.isWhitespace) else { throw CaseError.invalid("--reason is empty.") }
      let found = try Subject(subject, database)
      let draft = entry(
        kind == .erase ? .erasure : .alteration, kind.rawValue, subjects: [found.id],
        details: ["reason": reason, "second": other.id])
      return kind == .erase
        ? try erase(found, draft, database, &entries) : try restrict(found, draft, database, &entries)
    }
    if kind == .erase { report.leftBehind = database.rebuildFailure }
    return report
  }

  // MARK: - Inside a transaction

  private func restrict(
    _ found: Subject, _ draft: LogEntryDraft, _ database: Database, _ entries: inout LogEntries
  ) throws -> ErasureReport {
    guard case .account(let number) = found else {
      throw CaseError.invalid("Only an account can be restricted; \(found.id) can only be erased.")
    }
    if let earlier = try Erasure.kind(ofAccount: number, database) {
      throw CaseError.invalid("\(found.id) is \(earlier == .erase ? "erased" : "restricted") already.")
    }
    try Erasure.mark(account: number, .restrict, at: stamp, entry: try entries.reserve(), database)
    let own = try entries.append(draft)
    return ErasureReport(subject: found.id, kind: .restrict, entry: own, erasedEntries: [])
  }

  private func erase(
    _ found: Subject, _ draft: LogEntryDraft, _ database: Database, _ entries: inout LogEntries
  ) throws -> ErasureReport {
    // What goes with it is known before it is looked for holds.
    var draft = draft
    let gone: [ErasableEntry]
    if case .entry(let index) = found {
      gone = [
        ErasableEntry(index: index, subjects: try LogEntry.one(database, index).payload?.subjects ?? [])
      ]
      draft.subjects = []
    } else {
      draft.subjects = try together(found, database)
      gone = try ErasableEntry.all(with: draft.subjects, database)
    }
    try HoldReach(database).check(found.id, gone, database)
    try checkIsOver(found, database)
    var runs: [Int64] = []
    var copies: [String] = []
    switch found {
    case .account(let number):
      copies = try KeptCopy.places(thatMayHold: number, in: self.database.folder, database)
      runs = try StoredRunDigest.runs(withEvidenceOf: number, database)
      try Erasure.erase(account: number, database)
      draft.details["content_sha256"] = try StoredSourceDigest.statement(ofAccount: number, database)
    case .identification(let history):
      let number = Int64(history.id.dropFirst()) ?? 0
      for one in try DisclosureStore.all(of: number, database) {
        try Erasure.erase(disclosure: one.number, database)
      }
      try Erasure.erase(identification: number, database)
    case .disclosure(let stored): try Erasure.erase(disclosure: stored.number, database)
    case .entry: break
    }
    if case .account(let number) = found {
      try Erasure.mark(account: number, .erase, at: stamp, entry: try entries.reserve(), database)
    }
    let own = try entries.erase(gone.map(\.index), draft, runs: runs)
    return ErasureReport(
      subject: found.id, kind: .erase, entry: own, erasedEntries: gone.map(\.index), keptCopies: copies)
  }

  /// What is erased with something: an identification takes its disclosures along.
  private func together(_ found: Subject, _ database: Database) throws -> [String] {
    guard case .identification(let history) = found else { return [found.id] }
    let number = Int64(history.id.dropFirst()) ?? 0
    return [history.id] + (try DisclosureStore.all(of: number, database).map(\.history.id))
  }

  /// Refuses to erase what is still in use, or vouches for what is kept.
  private func checkIsOver(_ found: Subject, _ database: Database) throws {
    switch found {
    case .account(let number):
      if try Erasure.kind(ofAccount: number, database) == .erase {
        throw CaseError.invalid("\(found.id) is erased already.")
      }
      for history in try IdentificationStore.all(database)
      where history.members.contains(found.id) && history.endedAt == nil && !history.isErased {
        throw CaseError.invalid(
          "\(found.id) is one of the accounts of \(history.id), which is \(history.state.rawValue): restrict it, or end or erase \(history.id) first."
        )
      }
    case .identification(let history):
      let disclosures = try DisclosureStore.all(of: Int64(history.id.dropFirst()) ?? 0, database)
      let isOver = history.endedAt != nil || !disclosures.isEmpty
      guard isOver, disclosures.allSatisfy(\.history.state.isAtRest) else {
        throw CaseError.invalid(
          "\(history.id) is \(history.state.rawValue): it is erased once it was rejected or withdrawn, or has disclosures, and each of these is closed, refused or declined."
        )
      }
      for one in disclosures { try checkIsToldOf(one.history) }
    case .disclosure(let stored):
      guard stored.history.state.isAtRest else {
        throw CaseError.invalid(
          "\(found.id) is \(stored.history.state.rawValue): a disclosure is erased once it is closed, refused or declined."
        )
      }
      try checkIsToldOf(stored.history)
    case .entry(let index):
      guard try LogEntry.one(database, index).operation != .erasure else {
        throw CaseError.invalid("\(found.id) tells of an erasure, without content: it stays.")
      }
      let steps = try Int.fetchOne(
        database,
        sql: """
          SELECT (SELECT count(*) FROM identification_step WHERE log_entry = :index AND content IS NOT NULL)
            + (SELECT count(*) FROM disclosure_step WHERE log_entry = :index AND content IS NOT NULL)
          """, arguments: ["index": Int64(index)])
      guard steps == 0 else {
        throw CaseError.invalid(
          "\(found.id) vouches for a step of an identification or a disclosure: erase that, and the entry goes with it."
        )
      }
    }
  }

  /// Refuses to erase that the victim is still to be told of something: its clock would be gone with the content, overdue or
  /// not. Of an identification that fell nothing is left to be told.
  private func checkIsToldOf(_ history: DisclosureHistory) throws {
    let kinds = Set(Occurrence.Kind.allCases.map(\.clock))
    guard history.basis.endedAt == nil,
      let open = history.clocks.first(where: { $0.stop == nil && kinds.contains($0.kind) })
    else { return }
    throw CaseError.invalid(
      "\(history.id) has a clock that runs, \(open.kind.rawValue) since \(Instant.text(open.start)): the victim is still to be told of what happened then. Enter that with `cognate disclose told` first, as nothing would remind of it any more."
    )
  }

  private var stamp: String { Instant.text(Instant.seconds(now())) }
}
