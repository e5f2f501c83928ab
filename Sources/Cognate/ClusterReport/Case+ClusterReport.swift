internal import CaseFile
internal import Foundation
internal import Reports

/// A page of a case that was made.
public struct MadeClusterReport: Sendable, Codable {
  /// SHA-256 of the file.
  public var sha256: String
  /// Bytes of the file.
  public var bytes: Int
  /// Hash of the run.
  public var run: String
  /// Clusters of the run.
  public var clusters: Int
  /// Clusters that the page shows in full.
  public var shown: Int
  /// Alerts of protected accounts.
  public var alerts: Int
  /// Restricted and erased accounts, which were left out.
  public var withdrawnAccounts: Int
  /// What was done since the run that it depends on; nil where nothing was.
  public var changedSince: [RunChange]?

  enum CodingKeys: String, CodingKey {
    case sha256, bytes, run, clusters, shown, alerts, withdrawnAccounts = "withdrawn_accounts_left_out"
    case changedSince = "changed_since_run"
  }
}

extension Case {
  /// Writes the last run as one page to look at, with the evidence of each pair.
  ///
  /// Whoever may read the content of the case may. The log's entry, a look at the case with the page's SHA-256, is stored
  /// before the file gets its name. Nothing of who makes the page, or when, is in it: the same case gives the same bytes.
  ///
  /// - Parameters:
  ///   - clusters: those that the page is of, as C1; all when none is named.
  ///   - path: the file; one that is there is replaced, but for a file of the case or one that was imported into it.
  ///   - progress: called with the name of each stage as it begins.
  /// - Throws: `PeopleFailure` when nobody with the role has signed in; `CaseError.neverLinked`, `.noSuchCluster`;
  ///   `CaseError.invalid` for a path that is refused, for a run that a later protection, restriction or erasure contradicts,
  ///   or when the file cannot get its name; `WriteFailure`; errors of the database.
  public func reportClusters(
    _ clusters: [String] = [], to path: String, progress: (String) -> Void = { _ in }
  ) throws -> MadeClusterReport {
    try database.checkOutput(path, mayReplace: true)
    let opening = try opening()
    let file = try ExportFile(path, replacing: true)
    let made = try consult("clusters.report", query: clusters) { database, draft in
      progress("reading clusters and the evidence of their pairs")
      let report = try ClusterReport(database, opening: opening, names: clusters)
      progress("writing the page")
      try file.append(ClusterPage.html(report))
      let seal = try file.seal()
      draft.subjects = report.clusters.map(\.summary.id)
      draft.details["run"] = report.run.hash
      draft.details["sha256"] = seal.sha256
      draft.details["bytes"] = "\(seal.bytes)"
      draft.details["file"] = (path as NSString).lastPathComponent
      return MadeClusterReport(
        sha256: seal.sha256, bytes: seal.bytes, run: report.run.hash, clusters: report.clusterCount,
        shown: report.clusters.count, alerts: report.alerts.count,
        withdrawnAccounts: report.counts.withdrawn,
        changedSince: report.run.changes.isEmpty ? nil : report.run.changes)
    }
    do {
      try file.publish()
    } catch {
      throw CaseError.invalid(
        "\(error). The log tells of the page all the same, which nobody received. Make it again where there is room."
      )
    }
    return made
  }

  /// The last run as pages show it: all clusters as a list, or one of them with its accounts and pairs.
  ///
  /// Protected accounts are in no cluster and no pair, as in a page that is written. Unlike there they come with the
  /// handle or name that they show: whoever looks into an alert has to know whose account it is of.
  ///
  /// - Throws: as `reportClusters`, but for what files have to do with.
  package func clusterReport(_ cluster: String? = nil) throws -> ClusterReport {
    let opening = try opening()
    return try consult(cluster == nil ? "clusters" : "cluster", query: cluster.map { [$0] } ?? []) {
      database, draft in
      let report = try ClusterReport(
        database, opening: opening, names: cluster.map { [$0] } ?? [], isInFull: cluster != nil,
        showsProtected: true)
      draft.subjects = report.clusters.map(\.summary.id)
      draft.details["run"] = report.run.hash
      return report
    }
  }
}
