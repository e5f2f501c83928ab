internal import AccountModel
internal import CaseFile
internal import Charts
internal import Foundation
internal import GRDB
internal import Linkage

extension ClusterReport {
  /// Reads what the page shows.
  ///
  /// - Parameters:
  ///   - names: clusters as C1; the page is of all of them when there is none.
  ///   - isInFull: whether clusters come with their pairs, or are listed alone.
  ///   - showsProtected: whether a protected account comes with the handle or name that it shows.
  /// - Throws: `CaseError.neverLinked`, `.noSuchCluster`; `.invalid` when the run joined an account that is protected,
  ///   restricted or erased since.
  init(
    _ database: Database, opening: CaseOpening, names: [String], isInFull: Bool = true,
    showsProtected: Bool = false
  ) throws {
    let number = try RunStore.latest(database)
    var wanted: Set<String> = []
    for name in names { wanted.insert("C\(try RunStore.members(of: name, in: number, database).number)") }
    let reader = try ClusterReportReader(database, run: number, showsProtected: showsProtected)
    let all = try Case.clusters(of: number, database)
    let shown = wanted.isEmpty ? all : all.filter { wanted.contains($0.id) }
    let held = try reader.held()
    let alert = HeldMerge.Cause.protectedAccount.rawValue
    let alerts = held.filter { $0.cause == alert }
    func isShown(_ account: AccountSummary) -> Bool {
      wanted.isEmpty || account.cluster.map(wanted.contains) ?? false
    }
    let judged = try reader.judged()
    self.opening = opening
    run = reader.run
    counts = try reader.counts(all)
    // An alert is for everybody who looks at the case.
    self.alerts = alerts
    self.held = held.filter { $0.cause != alert && (isShown($0.left) || isShown($0.right)) }
    list = shown
    clusterCount = all.count
    let inFull = !isInFull ? 0 : wanted.isEmpty ? Self.mostClusters : shown.count
    clusters = try shown.prefix(inFull).map {
      try reader.cluster($0, alerts: alerts, judged: judged)
    }
    leads = try reader.leads(of: wanted)
    isOfNamed = !wanted.isEmpty
  }
}

/// Reads the parts of a page under one run.
private struct ClusterReportReader {
  let run: ClusterReport.Run
  private let database: Database
  private let number: Int64
  private let apart: AccountsApart
  /// The accounts that may be shown, by id.
  private let accounts: [String: AccountSummary]

  init(_ database: Database, run number: Int64, showsProtected: Bool) throws {
    self.database = database
    self.number = number
    let apart = try AccountsApart(database, run: number, before: "make the page")
    self.apart = apart
    guard
      let row = try Row.fetchOne(
        database,
        sql: """
          SELECT hash, engine, max(run_order.made_at) AS made_at
          FROM run JOIN run_order ON run_order.run = run.id WHERE run.id = ?
          """, arguments: [number]), let hash: String = row["hash"]
    else { throw CaseError.neverLinked }
    let settings = try Case.settings(of: number, database)
    run = ClusterReport.Run(
      hash: hash, madeAt: row["made_at"], engine: row["engine"], settings: settings,
      changes: try RunChange.all(since: number, database))
    let summaries = try AccountQueries.summaries(database).filter { account in
      Int64(account.id.dropFirst()).map { !apart.withdrawn.contains($0) } ?? false
    }.map { account in
      var account = account
      // What a protected account shows is left to the case, which a page that is handed on leaves.
      if account.isProtected, !showsProtected { account.shown = nil }
      return account
    }
    accounts = Dictionary(uniqueKeysWithValues: summaries.map { ($0.id, $0) })
  }

  func counts(_ clusters: [LinkResult.Cluster]) throws -> ClusterReport.Counts {
    var counts = ClusterReport.Counts()
    counts.accounts = accounts.count
    counts.sources = try Int.fetchOne(database, sql: "SELECT count(*) FROM source") ?? 0
    counts.pairs =
      try Int.fetchOne(database, sql: "SELECT count(*) FROM pair WHERE run = ?", arguments: [number]) ?? 0
    counts.inClusters = clusters.reduce(0) { $0 + $1.accounts.count }
    counts.protected = accounts.values.count(where: \.isProtected)
    counts.uncompared =
      try Int.fetchOne(
        database,
        sql: """
          SELECT count(*) FROM account WHERE id NOT IN (SELECT account FROM withdrawal)
            AND id NOT IN (SELECT left FROM pair WHERE run = :run) AND id NOT IN (SELECT right FROM pair WHERE run = :run)
          """, arguments: ["run": number]) ?? 0
    counts.withdrawn = apart.withdrawn.count
    return counts
  }

  /// The merges that were not made, in the order of the run.
  func held() throws -> [ClusterReport.Held] {
    try Row.fetchAll(
      database, sql: "SELECT * FROM held_merge WHERE run = ? ORDER BY ordinal", arguments: [number]
    ).compactMap { row in
      guard let left = account(row["left"]), let right = account(row["right"]) else { return nil }
      return ClusterReport.Held(left: left, right: right, log10LR: row["log10_lr"], cause: row["cause"])
    }
  }

  /// What people decided about accounts of clusters, as far as it stands or the run still follows it, oldest first.
  func judged() throws -> [ClusterReport.Judged] {
    try Row.fetchAll(database, sql: "SELECT * FROM judgement ORDER BY id").compactMap { row in
      guard let left = account(row["left"]), let right = account(row["right"]) else { return nil }
      let verdict: String = row["verdict"]
      // It was made before the protection, and no run respects it.
      if left.isProtected || right.isProtected, verdict == Judgement.same.rawValue { return nil }
      let madeAt: String = row["made_at"]
      var remark: String?
      if let undoneAt: String = row["undone_at"] {
        guard undoneAt > run.madeAt, madeAt <= run.madeAt else { return nil }
        remark = "taken back since; the run still follows it"
      } else if madeAt > run.madeAt {
        remark = "made after the run, which does not know of it"
      }
      return ClusterReport.Judged(
        left: left, right: right, verdict: verdict, reason: row["reason"], madeAt: madeAt, remark: remark)
    }
  }

  func cluster(
    _ summary: LinkResult.Cluster, alerts: [ClusterReport.Held], judged: [ClusterReport.Judged]
  ) throws -> ClusterReport.Cluster {
    let inside = """
      FROM pair JOIN cluster_member one ON one.run = pair.run AND one.account = pair.left
        JOIN cluster_member other ON other.run = pair.run AND other.account = pair.right
      WHERE pair.run = :run AND one.cluster = :cluster AND other.cluster = :cluster
      """
    let arguments: StatementArguments = ["run": number, "cluster": Int64(summary.id.dropFirst()) ?? 0]
    func weights(_ end: String) throws -> [ClusterReport.Weight] {
      try Row.fetchAll(
        database, sql: "SELECT pair.left, pair.right, log10_lr \(inside) \(end)", arguments: arguments
      ).map { .init(left: $0["left"], right: $0["right"], log10LR: $0["log10_lr"]) }
    }
    let strongest = try weights(
      "ORDER BY abs(log10_lr) DESC, pair.left, pair.right LIMIT \(ClusterReport.mostPairs)"
    ).sorted { ($1.log10LR, $0.left, $0.right) < ($0.log10LR, $1.left, $1.right) }
    let ids = Set(summary.accounts.map(\.id))
    func touches(_ left: AccountSummary, _ right: AccountSummary) -> Bool {
      ids.contains(left.id) || ids.contains(right.id)
    }
    return ClusterReport.Cluster(
      summary: summary, members: try members(summary.accounts),
      comparedPairs: try Int.fetchOne(database, sql: "SELECT count(*) \(inside)", arguments: arguments) ?? 0,
      pairs: try strongest.compactMap { try explanation($0.left, $0.right) },
      weights: ids.count <= LinkGraph.mostNodes ? try weights("ORDER BY pair.left, pair.right") : [],
      alerts: alerts.filter { touches($0.left, $0.right) },
      judged: judged.filter { touches($0.left, $0.right) })
  }

  private func members(_ accounts: [AccountSummary]) throws -> [ClusterReport.Member] {
    let list = accounts.map { String($0.id.dropFirst()) }.joined(separator: ",")
    var spans: [String: (Int64?, Int64?)] = [:]
    for row in try Row.fetchAll(
      database,
      sql: """
        SELECT account, min(first_active) AS first, max(last_active) AS last FROM appearance
        WHERE account IN (\(list)) GROUP BY account
        """)
    {
      spans["A\(row["account"] as Int64)"] = (row["first"], row["last"])
    }
    return accounts.map { .init(account: $0, first: spans[$0.id]?.0, last: spans[$0.id]?.1) }
  }

  /// The pairs next below the threshold of which the accounts are in no cluster together.
  func leads(of clusters: Set<String>) throws -> [PairExplanation] {
    let list = clusters.map { String($0.dropFirst()) }.sorted().joined(separator: ",")
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT pair.left, pair.right, log10_lr
        FROM pair JOIN cluster_member one ON one.run = pair.run AND one.account = pair.left
          JOIN cluster_member other ON other.run = pair.run AND other.account = pair.right
        WHERE pair.run = :run AND log10_lr > 0 AND log10_lr < :threshold
          AND (one.cluster = 0 OR one.cluster <> other.cluster)
          AND (\(list.isEmpty ? "1" : "one.cluster IN (\(list)) OR other.cluster IN (\(list))"))
          AND pair.left NOT IN (SELECT id FROM account WHERE is_protected UNION SELECT account FROM withdrawal)
          AND pair.right NOT IN (SELECT id FROM account WHERE is_protected UNION SELECT account FROM withdrawal)
        ORDER BY log10_lr DESC, pair.left, pair.right LIMIT \(ClusterReport.mostLeads)
        """, arguments: ["run": number, "threshold": run.settings.threshold])
    return try rows.filter { VerbalSupport(log10LR: $0["log10_lr"]) != .none }.compactMap {
      try explanation($0["left"], $0["right"])
    }
  }

  private func explanation(_ left: Int64, _ right: Int64) throws -> PairExplanation? {
    guard let one = account(left), let other = account(right) else { return nil }
    return try Case.explanation(one, other, (left, right), run: number, database)
  }

  private func account(_ number: Int64) -> AccountSummary? { accounts["A\(number)"] }
}
