internal import AccountModel
internal import CaseFile
import Foundation
import GRDB
public import Linkage
internal import Stylometry

extension Case {
  /// Compares all accounts of the case, clusters them and stores the run.
  ///
  /// - Parameters:
  ///   - writing: compares how accounts write as well; nil does not.
  ///   - threads: does not change the result.
  ///   - progress: called with the name of each stage as it begins.
  public func link(
    settings: LinkageSettings = LinkageSettings(), writing: WritingModel? = nil, threads: Int = 1,
    progress: (String) -> Void = { _ in }
  ) throws -> LinkResult {
    var settings = settings
    settings.writing = writing?.identity
    progress("reading the case")
    let (linked, identity, summaries, written) = try database.read { database in
      try authorise(.work, database)
      var linked = try CaseLinkageInput(database)
      var written: AccountWriting?
      if let writing {
        progress("measuring how accounts write")
        // Without a domain texts add nothing, so it need not be known who wrote them together.
        let groups =
          writing.domain == nil
          ? Array(linked.accounts.indices)
          : LinkageRun(linked.input, settings: settings, threads: threads).clustering.clusterOfAccount
        let measured = try AccountWriting(
          database, of: linked, groups: groups, writing, threads: threads)
        linked.input.writing = measured.comparison(threads: threads)
        linked.input.repetitions = measured.repetitions
        written = measured
      }
      var summaries = try AccountQueries.summaries(database)
      // Accounts that were restricted or erased are listed, and not linked.
      if summaries.count != linked.accounts.count {
        let kept = Set(linked.accounts.map { "A\($0)" })
        summaries.removeAll { !kept.contains($0.id) }
      }
      return (linked, try Self.identity(database, settings: settings), summaries, written)
    }
    progress("comparing \(linked.accounts.count) accounts")
    let run = LinkageRun(linked.input, settings: settings, threads: threads)
    try written?.requireMeasured()
    var result = Self.result(run, linked, summaries, identity: identity.hash, settings: settings)
    result.writing = written?.check.map(LinkResult.Writing.init)
    let bytes = try JSONText.encode(result)
    progress("storing the run")
    try database.operation { database, entries in
      try authorise(.work, database)
      let order = try RunStore.save(
        run, identity, result: ContentHash.data(bytes), of: linked, in: database, now: now())
      let stored = try StoredRunDigest(run: RunStore.latest(database), database)
      try entries.append(
        entry(
          .combination, "link",
          details: [
            "run": identity.hash, "order": "\(order)", "threshold": "\(settings.threshold)",
            "accounts": "\(result.accounts)",
            "pairs": "\(result.pairs)", "clusters": "\(result.clusters.count)",
            "alerts": "\(result.alerts.count)", "result_sha256": stored.result,
            "evidence_sha256": stored.evidence,
          ]))
    }
    return result
  }

  /// What a run depends on: sources, judgements, protections; settings; versions.
  private static func identity(_ database: Database, settings: LinkageSettings) throws -> RunIdentity {
    let settingsText = String(decoding: try JSONText.encode(settings), as: UTF8.self)
    let engine = "cognate \(CognateVersion.current), linkage \(LinkageSettings.engineVersion)"
    return RunIdentity(inputs: try inputs(database), settings: settingsText, engine: engine)
  }

  /// Hash over the sources, judgements, protections and withdrawals as they stand.
  static func inputs(_ database: Database) throws -> String {
    let parts =
      try String.fetchAll(
        database,
        sql: """
          SELECT 'source ' || sha256 || ' ' || format || ' ' || format_version || ' ' || settings
            FROM source ORDER BY id
          """)
      + String.fetchAll(
        database,
        sql: """
          SELECT 'judgement ' || left || ' ' || right || ' ' || verdict FROM judgement
          WHERE undone_at IS NULL ORDER BY id
          """)
      + String.fetchAll(
        database, sql: "SELECT 'protected ' || id FROM account WHERE is_protected ORDER BY id")
      + String.fetchAll(
        database, sql: "SELECT 'withdrawn ' || account || ' ' || kind FROM withdrawal ORDER BY account")
    return ContentHash.text(parts.joined(separator: "\n"))
  }

  private static func result(
    _ run: LinkageRun, _ linked: CaseLinkageInput, _ summaries: [AccountSummary], identity: String,
    settings: LinkageSettings
  ) -> LinkResult {
    let numbers = RunStore.clusterNumbers(run)
    var members: [Int: [AccountSummary]] = [:]
    for (node, cluster) in numbers.enumerated() where cluster > 0 {
      var summary = summaries[node]
      summary.cluster = "C\(cluster)"
      members[cluster, default: []].append(summary)
    }
    let shapes = LinkResult.Cluster.Shape.all(run, numbers, threshold: settings.threshold)
    let clusters = members.keys.sorted().map { number in
      LinkResult.Cluster(
        id: "C\(number)", accounts: members[number] ?? [], weakestLink: shapes[number]?.weakestLink,
        density: shapes[number]?.density ?? 0, bridges: shapes[number]?.bridges ?? 0)
    }
    let held = run.clustering.held.map { one in
      LinkResult.Held(
        summaries[Int(one.left.raw)], summaries[Int(one.right.raw)],
        log10LR: one.log10LR.isFinite ? one.log10LR : nil, cause: one.cause.rawValue)
    }
    let alert = HeldMerge.Cause.protectedAccount.rawValue
    return LinkResult(
      run: identity, threshold: settings.threshold, accounts: linked.accounts.count, pairs: run.pairs.count,
      clusters: clusters, alerts: held.filter { $0.cause == alert }, held: held.filter { $0.cause != alert },
      commonValues: run.commonKeys.map { common in
        let key = linked.input.keys[Int(common.key.raw)]
        return .init(
          kind: key.kind.rawValue, value: key.text, accounts: common.holders, compared: common.isCompared)
      })
  }
}
