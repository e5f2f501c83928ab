internal import AccountModel
internal import CaseFile
internal import Disclosure
import GRDB
internal import Linkage

/// What the case knows beside a record, as the rules ask for it.
enum Circumstances {
  /// Everybody who linked or judged in the case, whoever they were then: none of them decides.
  static func analysts(_ database: Database) throws -> Set<String> {
    Set(
      try String.fetchAll(
        database, sql: "SELECT DISTINCT actor FROM log_entry WHERE action IN ('link', 'judge', 'undo')"))
  }

  /// Everybody who linked, judged, proposed or gathered what corroborates.
  static func analysts(of history: IdentificationHistory, _ database: Database) throws -> Set<String> {
    try analysts(database)
      .union(history.entries.filter { ["propose", "corroborate"].contains($0.action) }.map(\.who))
  }

  /// Alerts that touch accounts of an identification: merges with a protected account that were held in the run it
  /// came from or in the latest one (`A3-A9`), and members that were marked protected since (`A3`).
  ///
  /// - Parameter time: runs and marks after it do not count (ISO 8601 in UTC to the second); nil for all.
  static func alerts(
    of history: IdentificationHistory, by time: String? = nil, _ database: Database
  ) throws -> Set<String> {
    let members = numbers(history.members)
    let list = members.map(String.init).joined(separator: ",")
    let held = try Row.fetchAll(
      database,
      sql: """
        SELECT DISTINCT left, right FROM held_merge
        WHERE cause = ? AND (left IN (\(list)) OR right IN (\(list))) AND run IN (
          (SELECT id FROM run WHERE hash = ?),
          (SELECT run FROM run_order WHERE made_at <= coalesce(?, made_at) ORDER BY id DESC LIMIT 1))
        """, arguments: [HeldMerge.Cause.protectedAccount.rawValue, history.run, time])
    let marked = try Int64.fetchAll(
      database, sql: "SELECT id FROM account WHERE is_protected AND id IN (\(list))"
    ).filter { account in try time.map { try wasMarked("A\(account)", by: $0, database) } ?? true }
    return Set(
      held.map { row in
        let (left, right): (Int64, Int64) = (row["left"], row["right"])
        return "A\(min(left, right))-A\(max(left, right))"
      } + marked.map { "A\($0)" })
  }

  /// Whether an account was marked as protected by then, by the first entry that says so; always where none does.
  private static func wasMarked(_ account: String, by time: String, _ database: Database) throws -> Bool {
    let imports = try LogEntry.all(database, .init(action: "import")).filter { entry in
      entry.payload?.details["protected"]?.split(separator: " ").contains { $0 == account } == true
    }
    let marks = try LogEntry.all(database, .init(action: "protect", subject: account)) + imports
    return marks.map(\.at).min().map { $0 <= time } ?? true
  }

  /// Alerts that nobody has looked into.
  ///
  /// - Parameter time: see `alerts`.
  static func openAlerts(
    of history: IdentificationHistory, by time: String? = nil, _ database: Database
  ) throws -> [String] {
    try alerts(of: history, by: time, database).subtracting(history.identification?.examinedAlerts ?? [])
      .sorted()
  }

  /// The numbers of accounts that are given as `A3`.
  private static func numbers(_ members: [String]) -> [Int64] { members.compactMap { Int64($0.dropFirst()) } }

  /// Refuses to take accounts for one person's of which a human judged two different, by the latest judgement of the two
  /// that stands. A run knows no judgement that was made after it, nor does an identification that came from the run.
  ///
  /// - Parameters:
  ///   - members: the accounts, as `A3`.
  ///   - what: what holds the accounts, as `C1` or `I2`.
  ///   - time: judgements made after it do not count (ISO 8601 in UTC to the second); nil for all.
  ///   - advice: what to do about it.
  /// - Throws: `CaseError.invalid`, or what the database reports.
  static func checkJudgements(
    of members: [String], in what: String, by time: String? = nil, advice: String, _ database: Database
  ) throws {
    let list = numbers(members).map(String.init).joined(separator: ",")
    let pairs = try Row.fetchAll(
      database,
      sql: """
        SELECT left, right FROM judgement AS one
        WHERE \(judgedDifferent) AND left IN (\(list)) AND right IN (\(list))
          AND made_at <= coalesce(:time, made_at)
        ORDER BY left, right
        """, arguments: ["verdict": Judgement.different.rawValue, "time": time])
    guard !pairs.isEmpty else { return }
    let named = pairs.map { "A\($0["left"] as Int64) and A\($0["right"] as Int64)" }
    throw CaseError.invalid("\(named.joined(separator: ", ")) of \(what) were judged different: \(advice).")
  }

  /// Refuses to hand on a run that has two accounts in one cluster of which a human judged since that they are different.
  ///
  /// - Throws: `CaseError.invalid`, or what the database reports.
  static func checkJudgements(ofRun run: Int64, _ database: Database) throws {
    let pairs = try Row.fetchAll(
      database,
      sql: """
        SELECT one.left, one.right, this.cluster FROM judgement AS one
          JOIN cluster_member AS this ON this.run = :run AND this.account = one.left
          JOIN cluster_member AS that ON that.run = :run AND that.account = one.right
        WHERE \(judgedDifferent) AND this.cluster > 0 AND this.cluster = that.cluster
        ORDER BY one.left, one.right
        """, arguments: ["run": run, "verdict": Judgement.different.rawValue])
    guard !pairs.isEmpty else { return }
    let named = pairs.map {
      "A\($0["left"] as Int64) and A\($0["right"] as Int64) of C\($0["cluster"] as Int64)"
    }
    throw CaseError.invalid(
      "\(named.joined(separator: ", ")) were judged different since the last run joined them. Run `cognate link` again, then export."
    )
  }

  /// The latest judgement of two accounts that stands says that they are different, and none of them was withdrawn.
  private static let judgedDifferent = """
    one.verdict = :verdict AND one.undone_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM judgement AS later
      WHERE later.left = one.left AND later.right = one.right AND later.undone_at IS NULL AND later.id > one.id)
    AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE account IN (one.left, one.right))
    """

  /// Who holds the case.
  static func authority(_ database: Database) throws -> Authority {
    try String.fetchOne(database, sql: "SELECT mode FROM opening") == CaseMode.force.rawValue
      ? .force : .charity
  }

  /// What is known for a step of an identification.
  static func of(
    _ history: IdentificationHistory, _ database: Database
  ) throws -> Identification.Circumstances {
    Identification.Circumstances(
      analysts: try analysts(of: history, database),
      hasProtectedAlert: try !openAlerts(of: history, database).isEmpty, authority: try authority(database))
  }

  /// What is known for a step of a disclosure.
  ///
  /// - Parameter time: what became known after it does not count, in seconds since 1970 UTC; nil for all.
  static func of(
    _ disclosure: DisclosureHistory, on identification: IdentificationHistory, by time: Int64? = nil,
    _ database: Database
  ) throws -> DisclosureRecord.Circumstances {
    var known = DisclosureRecord.Circumstances()
    known.isSuspectUnder18 = identification.identification?.isUnder18
    if let time { known.isSuspectUnder18 = identification.isUnder18(by: time) }
    known.hasProtectedAlert = try !openAlerts(
      of: identification, by: time.map(Instant.text), database
    ).isEmpty
    known.analysts = try analysts(of: identification, database)
    for entry in disclosure.entries where entry.time <= time ?? entry.time {
      if case .requesterCheck(let isClear, _) = entry.content?.event { known.isRequesterChecked = isClear }
    }
    return known
  }
}
