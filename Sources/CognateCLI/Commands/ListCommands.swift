import ArgumentParser
import CaseFile
import Cognate
import FileOutput
import Foundation

struct AccountsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "accounts", abstract: "List the accounts of a case, or one with its identifiers.",
    discussion: """
      EXAMPLES:
        cognate accounts case.cognate
        cognate accounts case.cognate A12
        cognate accounts case.cognate instagram:some.handle --json
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "An account: A12, platform:name or a name.")
  var account: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    if let account {
      let detail = try opened.run { try $0.account(account) }
      try output.show(detail) {
        let rows = detail.identifiers.map {
          [
            $0.kind, Self.value($0), $0.label, $0.assertion, "\($0.sightings)x",
            Terminal.safe($0.source),
          ]
        }
        return Self.line(detail.account) + "\n" + Terminal.table(rows, indent: "  ")
      }
      try warn(of: [detail.account], opened)
    } else {
      let accounts = try opened.run { try $0.accounts() }
      try output.show(accounts) {
        accounts.isEmpty ? "No accounts." : accounts.map(Self.line).joined(separator: "\n")
      }
      try warn(of: accounts, opened)
    }
  }

  /// Clusters stand beside accounts, and are those of the last run.
  private func warn(of accounts: [AccountSummary], _ opened: Case) throws {
    guard accounts.contains(where: { $0.cluster != nil }) else { return }
    Terminal.warn(of: try opened.changesSinceRun(), what: "the clusters are of the last run")
  }

  /// The canonical form, with what was written where that hides something.
  private static func value(_ identifier: IdentifierSummary) -> String {
    let shown = Terminal.safe(identifier.written)
    return shown == identifier.written
      ? Terminal.safe(identifier.canonical) : "\(Terminal.safe(identifier.canonical)) (written \(shown))"
  }

  private static func line(_ account: AccountSummary) -> String {
    var parts = [Terminal.safe(account.label), Terminal.count(account.records, "record")]
    if account.isLocal { parts.append("named in one source only") }
    if account.isProtected { parts.append(Terminal.yellow("protected")) }
    if let cluster = account.cluster { parts.append(cluster) }
    return parts.joined(separator: ", ")
  }
}

struct ClustersCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clusters",
    abstract: "List the clusters of the last run, or write a page of them to look at.",
    discussion: """
      --report writes one HTML page instead, which needs no network and runs no script: alerts of protected accounts, each \
      cluster as a graph with its accounts, the evidence of its pairs and what people judged, and what comes next below \
      the threshold. It holds content of the case; the log has its SHA-256. The same case gives the same bytes.

      EXAMPLES:
        cognate clusters case.cognate C1
        cognate clusters case.cognate --report page.html
        cognate clusters case.cognate C1 C4 --report briefing.html
      """)

  @OptionGroup var target: CaseArgument
  @Argument(help: "Clusters, as C1; all when none is named.")
  var clusters: [String] = []
  @Option(
    help: "Write a page here; a file that is there is replaced.", completion: .file(extensions: ["html"]))
  var report: String?
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws { try OutputPaths.check([report], against: [], isJSON: output.json) }

  func run() throws {
    try OutputPaths.check(places: [report])
    let opened = try target.open()
    if let report { return try write(report, of: opened) }
    var found = try opened.run { try $0.clusters() }
    // Where there is no cluster there is none to say it of.
    let changed = try found.first.map(\.changedSince) ?? opened.changesSinceRun()
    if !clusters.isEmpty {
      let wanted = try Set(
        clusters.map { name in
          guard let number: Int64 = RecordLabel.number(name, letter: "C"),
            found.contains(where: { $0.id == "C\(number)" })
          else { throw CaseError.noSuchCluster(name) }
          return "C\(number)"
        })
      found = found.filter { wanted.contains($0.id) }
    }
    try output.show(found) {
      found.isEmpty ? "No clusters." : found.map(ReportText.text).joined(separator: "\n")
    }
    Terminal.warn(of: changed, what: "these are the clusters of the last run")
    // No cluster holds them, and an alert is for everybody who looks at the case.
    let alerts = try opened.alertsOfLastRun()
    if alerts > 0 {
      Terminal.warning(
        "the last run raised \(Terminal.count(alerts, "alert")) of protected accounts: `cognate link` names them, and so does --report."
      )
    }
  }

  private func write(_ page: String, of opened: Case) throws {
    let printer = ProgressPrinter(progressOptions.progress)
    let made = try opened.run { try $0.reportClusters(clusters, to: page) { printer.stage($0) } }
    printer.finish()
    if OutputFile.isStandardOutput(page) {
      Terminal.write(Self.text(made, page))
    } else {
      try output.show(made) { Self.text(made, page) }
    }
    Terminal.warn(of: made.changedSince, what: "this is a page of the last run")
  }

  private static func text(_ made: MadeClusterReport, _ page: String) -> String {
    var lines = [
      "Wrote \(Terminal.safe(page)): \(made.shown) of \(Terminal.count(made.clusters, "cluster")), \(Terminal.count(made.alerts, "alert")), \(made.bytes) bytes",
      "SHA-256 \(made.sha256), as the log has it. The page holds content of the case: treat it so.",
    ]
    if made.withdrawnAccounts > 0 {
      lines.append(
        "Left out: \(Terminal.count(made.withdrawnAccounts, "account")) that \(made.withdrawnAccounts == 1 ? "was" : "were") restricted or erased."
      )
    }
    return lines.joined(separator: "\n")
  }
}
