internal import CaseFile
internal import Disclosure
import GRDB

/// The notices that were made, by their hashes; the files themselves are not kept.
enum NoticeStore {
  /// The notices of a record, oldest first.
  static func all(of disclosure: Int64, _ database: Database) throws -> [DisclosureView.Notice] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM notice WHERE disclosure = ? ORDER BY id", arguments: [disclosure]
    ).map { row in
      DisclosureView.Notice(
        id: "N\(row["id"] as Int64)", isCorrection: row["is_correction"], sha256: row["sha256"],
        madeAt: row["made_at"])
    }
  }

  /// Place of the line that a notice rests on: the last decision, or the step by which a correction became due.
  static func basis(of history: DisclosureHistory, isCorrection: Bool) -> Int? {
    history.entries.lastIndex { entry in
      isCorrection
        ? entry.state == .correctionDue && entry.action == "require-correction"
        : ["decide", "decide-in-part"].contains(entry.action)
    }
  }

  /// The newest notice that rests on the last decision, or on the step by which a correction became due. One that is
  /// older than the end of the identification says nothing of it, and does not count.
  static func latest(
    of stored: StoredDisclosure, isCorrection: Bool, _ database: Database
  ) throws -> DisclosureView.Notice? {
    guard let basis = basis(of: stored.history, isCorrection: isCorrection) else { return nil }
    let row = try Row.fetchOne(
      database,
      sql: """
        SELECT * FROM notice WHERE disclosure = ? AND is_correction = ? AND step = ? AND log_entry > (
          SELECT coalesce(max(step.log_entry), -1) FROM identification_step step
          JOIN disclosure ON disclosure.identification = step.identification
          WHERE disclosure.id = notice.disclosure AND step.state IN ('rejected', 'withdrawn'))
        ORDER BY id DESC LIMIT 1
        """, arguments: [stored.number, isCorrection, basis])
    return row.map {
      DisclosureView.Notice(
        id: "N\($0["id"] as Int64)", isCorrection: $0["is_correction"], sha256: $0["sha256"],
        madeAt: $0["made_at"])
    }
  }

  /// Accounts of an identification that were restricted or erased after a notice was made: it names them.
  ///
  /// - Parameters:
  ///   - members: the accounts, as `A3`.
  ///   - time: what was done after it does not count (ISO 8601 in UTC to the second).
  static func withdrawn(
    of members: [String], since notice: DisclosureView.Notice, by time: String, _ database: Database
  ) throws -> [String] {
    try String.fetchAll(
      database,
      sql: """
        SELECT 'A' || account FROM withdrawal
        WHERE account IN (\(members.map { String($0.dropFirst()) }.joined(separator: ","))) AND at <= ?
          AND log_entry > (SELECT log_entry FROM notice WHERE 'N' || id = ?)
        ORDER BY account
        """, arguments: [time, notice.id])
  }
}
