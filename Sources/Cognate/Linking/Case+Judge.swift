public import AccountModel
internal import CaseFile
import GRDB

/// A human's decision about two accounts, as stored.
public struct StoredJudgement: Sendable, Codable {
  /// One account; of the lower id.
  public var left: AccountSummary
  /// The other account.
  public var right: AccountSummary
  /// What was decided.
  public var verdict: Judgement
  /// Why.
  public var reason: String
  /// When, as ISO 8601 in UTC.
  public var madeAt: String

  enum CodingKeys: String, CodingKey { case left, right, verdict, reason, madeAt = "made_at" }
}

/// A judgement with what became of it.
public struct JudgementOnRecord: Sendable {
  /// Its number in the case, from 1.
  public var number: Int64
  /// What was decided.
  public var judgement: StoredJudgement
  /// When it was taken back, as ISO 8601 in UTC; nil while it stands.
  public var undoneAt: String?
}

extension Case {
  /// Records what a human decided about two accounts; the next `link` respects it.
  @discardableResult
  public func judge(
    _ left: String, _ right: String, _ verdict: Judgement, reason: String
  ) throws -> StoredJudgement {
    guard !reason.allSatisfy(\.isWhitespace) else {
      throw CaseError.invalid("A judgement needs a reason: --reason \"…\".")
    }
    let stamp = CaseDatabase.timestamp(now())
    return try database.operation { database, entries in
      try authorise(.work, database)
      let one = try AccountQueries.find(left, database)
      let other = try AccountQueries.find(right, database)
      guard one != other else { throw CaseError.invalid("\(left) and \(right) are the same account.") }
      let summaries = try AccountQueries.summaries(database, ids: [min(one, other), max(one, other)])
      if verdict == .same, let protected = summaries.first(where: \.isProtected) {
        throw CaseError.invalid("\(protected.label) is protected: nothing may be joined to it.")
      }
      try database.execute(
        sql: "INSERT INTO judgement (left, right, verdict, reason, made_at) VALUES (?, ?, ?, ?, ?)",
        arguments: [min(one, other), max(one, other), verdict.rawValue, reason, stamp])
      try entries.append(
        entry(
          .alteration, "judge", subjects: summaries.map(\.id),
          details: [
            "judgement": "\(database.lastInsertedRowID)", "verdict": verdict.rawValue, "reason": reason,
          ]))
      return StoredJudgement(
        left: summaries[0], right: summaries[1], verdict: verdict, reason: reason, madeAt: stamp)
    }
  }

  /// Takes back the latest judgement that stands, or one that is named; it stays on record as undone.
  ///
  /// - Parameter number: of `JudgementOnRecord`; the latest that stands when nil.
  /// - Throws: `CaseError.nothingToUndo`; `CaseError.invalid` when the one that is named does not stand any more, or is of
  ///   an account that was restricted or erased; `PeopleFailure`; errors of the database.
  @discardableResult
  public func undo(_ number: Int64? = nil) throws -> StoredJudgement {
    let stamp = CaseDatabase.timestamp(now())
    return try database.operation { database, entries in
      try authorise(.work, database)
      guard
        let row = try Row.fetchOne(
          database,
          sql: """
            SELECT * FROM judgement WHERE undone_at IS NULL AND (:number IS NULL OR id = :number AND \(Self.isShown))
            ORDER BY id DESC LIMIT 1
            """, arguments: ["number": number]),
        let verdict = Judgement(rawValue: row["verdict"])
      else {
        guard number == nil else {
          throw CaseError.invalid(
            "That judgement does not stand any more: somebody took it back, or one of its accounts is not shown any more. Nothing was taken back."
          )
        }
        throw CaseError.nothingToUndo
      }
      try database.execute(
        sql: "UPDATE judgement SET undone_at = ? WHERE id = ?", arguments: [stamp, row["id"] as Int64])
      let summaries = try AccountQueries.summaries(database, ids: [row["left"], row["right"]])
      guard summaries.count == 2 else { throw CaseError.nothingToUndo }
      try entries.append(
        entry(
          .alteration, "undo", subjects: summaries.map(\.id),
          details: ["judgement": "\(row["id"] as Int64)", "verdict": verdict.rawValue]))
      return StoredJudgement(
        left: summaries[0], right: summaries[1], verdict: verdict, reason: row["reason"],
        madeAt: row["made_at"])
    }
  }

  /// Whether both accounts of a judgement may be shown.
  private static let isShown = """
    left NOT IN (SELECT account FROM withdrawal) AND right NOT IN (SELECT account FROM withdrawal)
    """

  /// What people decided, oldest first, also what was taken back. Judgements of accounts that were restricted or erased do
  /// not come.
  public func judgements() throws -> [JudgementOnRecord] {
    try consult("judgements") { database, draft in
      let rows = try Row.fetchAll(
        database, sql: "SELECT * FROM judgement WHERE \(Self.isShown) ORDER BY id")
      let ids = Set(rows.flatMap { [$0["left"] as Int64, $0["right"] as Int64] })
      let accounts = try AccountQueries.summaries(database, ids: ids.sorted())
      draft.subjects = accounts.map(\.id)
      let byID = Dictionary(uniqueKeysWithValues: accounts.map { ($0.id, $0) })
      return rows.compactMap { row in
        guard let left = byID["A\(row["left"] as Int64)"], let right = byID["A\(row["right"] as Int64)"],
          let verdict = Judgement(rawValue: row["verdict"])
        else { return nil }
        return JudgementOnRecord(
          number: row["id"],
          judgement: StoredJudgement(
            left: left, right: right, verdict: verdict, reason: row["reason"], madeAt: row["made_at"]),
          undoneAt: row["undone_at"])
      }
    }
  }
}
