internal import CaseFile
internal import GRDB

/// The accounts of a case that what leaves it must not join with others, or not show.
struct AccountsApart {
  /// Of victims and witnesses.
  let protected: Set<Int64>
  /// Restricted or erased.
  let withdrawn: Set<Int64>

  /// - Parameter step: what is to be done once the case was linked again, as "export".
  /// - Throws: `CaseError.invalid` when the run joined one of them, being older than what sets it apart.
  init(_ database: Database, run: Int64, before step: String) throws {
    protected = try Set(
      Int64.fetchAll(database, sql: "SELECT id FROM account WHERE is_protected ORDER BY id"))
    let joined = try Int64.fetchOne(
      database,
      sql: """
        SELECT account FROM cluster_member JOIN account ON account.id = account
        WHERE run = ? AND cluster > 0 AND is_protected ORDER BY account LIMIT 1
        """, arguments: [run])
    if let joined {
      throw CaseError.invalid(
        "The last run joined A\(joined), which is protected since. Run `cognate link` again, then \(step).")
    }
    withdrawn = try Set(Int64.fetchAll(database, sql: "SELECT account FROM withdrawal ORDER BY account"))
    let linked = try Int64.fetchOne(
      database,
      sql: """
        SELECT cluster_member.account FROM cluster_member
          JOIN withdrawal ON withdrawal.account = cluster_member.account
        WHERE run = ? AND cluster > 0 ORDER BY cluster_member.account LIMIT 1
        """, arguments: [run])
    if let linked {
      throw CaseError.invalid(
        "The last run joined A\(linked), which was restricted or erased since. Run `cognate link` again, then \(step)."
      )
    }
  }
}
