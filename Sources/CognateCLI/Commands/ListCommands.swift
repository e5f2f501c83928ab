import ArgumentParser
import CaseFile
import Cognate
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
    } else {
      let accounts = try opened.run { try $0.accounts() }
      try output.show(accounts) { accounts.map(Self.line).joined(separator: "\n") }
    }
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
    commandName: "clusters", abstract: "List the clusters of the last run.",
    discussion: "EXAMPLE:\n  cognate clusters case.cognate C1")

  @OptionGroup var target: CaseArgument
  @Argument(help: "A cluster: C1.")
  var cluster: String?
  @OptionGroup var output: OutputOptions

  func run() throws {
    let opened = try target.open()
    var clusters = try opened.run { try $0.clusters() }
    // Where there is no cluster there is none to say it of.
    let changed = try clusters.first.map(\.changedSince) ?? opened.changesSinceRun()
    if let cluster {
      let number: Int64? = RecordLabel.number(cluster, letter: "C")
      clusters = clusters.filter { $0.id == number.map { "C\($0)" } }
      guard !clusters.isEmpty else { throw CaseError.noSuchCluster(cluster) }
    }
    try output.show(clusters) {
      clusters.isEmpty ? "No clusters." : clusters.map(ReportText.text).joined(separator: "\n")
    }
    Terminal.warn(of: changed, what: "these are the clusters of the last run")
  }
}
