internal import AccountModel
internal import Charts
internal import Foundation
internal import Linkage
internal import Reports

/// The page of a case's last run: no script, no network; the same case gives the same bytes.
package enum ClusterPage {
  /// The page.
  static func html(_ report: ClusterReport) -> String {
    var sections: [ReportPage.Section] = [
      ("alerts", "Alerts of protected accounts", alerts(report)),
      ("run", "The run", run(report)), ("clusters", "Clusters", list(report)),
    ]
    for cluster in report.clusters {
      sections.append(
        (cluster.summary.id.lowercased(), cluster.summary.id, ClusterSection.html(cluster, report)))
    }
    sections += [
      ("held", "Held", held(report)), ("leads", "Next below the threshold", leads(report)),
      ("alone", "Accounts in no cluster", alone(report)),
      ("meaning", "What the figures mean", meaning(report)),
    ]
    let reference = report.opening.reference
    return ReportPage(
      title: "Case \(HTMLText.plain(reference, limit: 80)): clusters of the last run",
      heading: "Case \(HTMLText.escape(reference, limit: 80)): accounts that may have one controller",
      summary: summary(report), sections: sections,
      footer:
        "Investigative lead. A human decides. Made by cognate clusters --report; this page asks for nothing from any network.",
      style: LinkGraph.style + style
    ).html
  }

  /// Rules of style beside those of every page.
  package static let style = """

    .code{font-family:ui-monospace,monospace;font-size:.85em}table.run td{max-width:44rem;overflow-wrap:anywhere}table.run th{white-space:nowrap}
    td.whole{white-space:nowrap}.places{font-size:.85rem}.places p,.places ul{margin:.2rem 0}
    @media print{.fall td{overflow-wrap:anywhere}table.fall{margin-bottom:.8rem}.pair{break-inside:auto}
    .pair>p,.places p{break-after:avoid}.pair>p,.places li,table.fall{break-inside:avoid}}
    """

  // MARK: - The beginning

  private static func summary(_ report: ClusterReport) -> String {
    let counts = report.counts
    var text =
      report.isOfNamed
      ? "<p class=\"lead\"><b>\(ExportMark.label.uppercased())</b>. This page is of \(count(report.clusters.count, "cluster")) of the \(Figure.grouped(report.clusterCount)) that the last run found among \(count(counts.accounts, "account")).</p>\n"
      : "<p class=\"lead\"><b>\(ExportMark.label.uppercased())</b>. The last run joined \(Figure.grouped(counts.inClusters)) of \(count(counts.accounts, "account")) into \(count(report.clusterCount, "cluster")).</p>\n"
    if !report.alerts.isEmpty {
      text +=
        "<p class=\"warn\"><b>\(count(report.alerts.count, "alert"))</b>: a protected account would have been reached; nothing was joined. Someone may be posing as it, or it is its own account in another source: <a href=\"#alerts\">look</a>.</p>\n"
    }
    // What was done is not told here: accounts that were restricted are not to be named.
    if !report.run.changes.isEmpty {
      text +=
        "<p class=\"warn\">The case has changed since this run: sources, judgements, or protected, restricted or erased accounts. Run <code>cognate link</code> and make the page again.</p>\n"
    }
    text += "<p>\(HTMLText.escape(Propositions.caution, limit: 600))</p>\n"
    return text
      + PageParts.facts([
        ("accounts", Figure.grouped(counts.accounts)), ("sources", Figure.grouped(counts.sources)),
        ("clusters", Figure.grouped(report.clusterCount)), ("pairs compared", Figure.grouped(counts.pairs)),
        ("joined from log10 LR", Figure.fixed(report.run.settings.threshold, 2)),
        ("alerts", Figure.grouped(report.alerts.count)),
      ])
  }

  private static func run(_ report: ClusterReport) -> String {
    let run = report.run
    let rows: [(String, String)] = [
      ("case", "\(HTMLText.value(report.opening.reference)) (\(report.opening.mode.rawValue))"),
      ("run", "<span class=\"code\">\(HTMLText.escape(run.hash))</span>"),
      ("made", "\(HTMLText.escape(run.madeAt)) (UTC)"), ("engine", HTMLText.escape(run.engine)),
      ("weights", HTMLText.escape(run.settings.weights)),
      ("how accounts write", writing(run.settings)),
    ]
    return "<table class=\"run\"><tbody>\n"
      + rows.map { "<tr><th>\($0.0)</th><td>\($0.1)</td></tr>\n" }.joined() + "</tbody></table>\n"
  }

  private static func writing(_ settings: LinkageSettings) -> String {
    guard let (sha256, domain) = WritingModel.model(of: settings) else { return "not compared" }
    let how = domain.map { "weighed as texts of the domain \(HTMLText.value($0))" }
    return (how ?? "shown, without adding anything")
      + "; model <span class=\"code\">\(HTMLText.escape(sha256))</span>"
  }

  private static func alerts(_ report: ClusterReport) -> String {
    if report.alerts.isEmpty { return "" }
    return
      "<p>Accounts of victims and witnesses join nothing. Of these merges one account is theirs, and the weight is of what speaks for one controller alone. The evidence stays in the case: <code>cognate why</code> shows it.</p>\n"
      + merges(report.alerts, "in words") { words($0.log10LR) }
  }

  private static func list(_ report: ClusterReport) -> String {
    if report.list.isEmpty { return "<p>No two accounts reach the threshold together.</p>\n" }
    let shown = Set(report.clusters.map(\.summary.id))
    var html =
      "<p>The weakest link is the merge with least evidence of those that hold a cluster together; without a bridge the cluster falls into two, as no other pair across reaches the threshold. Look at these first.</p>\n"
      + table(report.list) {
        shown.contains($0) ? "<a href=\"#\($0.lowercased())\">\($0)</a>" : $0
      }
    let unlisted = report.list.count - min(report.list.count, ClusterReport.mostListed)
    if report.list.count > shown.count {
      html +=
        "<p class=\"warn\">The first \(Figure.grouped(shown.count)) are shown in full\(unlisted > 0 ? ", and \(count(unlisted, "more cluster")) \(unlisted == 1 ? "is" : "are") not listed" : ""). Name others to have a page of them: <code>cognate clusters CASE C\(shown.count + 1) --report PAGE.html</code>.</p>\n"
    }
    return html
  }

  /// Clusters in a table, at most `ClusterReport.mostListed`.
  ///
  /// - Parameter name: the cell of a cluster's id, as HTML.
  package static func table(_ clusters: [LinkResult.Cluster], name: (String) -> String) -> String {
    PageParts.table(
      [
        "cluster", "#accounts", "platforms", "#weakest link", "in words", "#pairs at the threshold",
        "#bridges",
      ],
      isWide: true)
      + clusters.prefix(ClusterReport.mostListed).map { cluster in
        let platforms = Set(cluster.accounts.map(\.platform)).sorted().prefix(12)
        let names: String = platforms.map { HTMLText.value($0, limit: 40) }.joined(separator: ", ")
        return
          "<tr><td>\(name(cluster.id))</td><td class=\"n\">\(Figure.grouped(cluster.accounts.count))</td>"
          + "<td>\(names)</td>\(weight(cluster.weakestLink))"
          + "<td>\(words(cluster.weakestLink))</td><td class=\"n\">\(HTMLText.escape(Figure.percent(cluster.density)))</td>"
          + "<td class=\"n\">\(Figure.grouped(cluster.bridges))</td></tr>\n"
      }.joined() + PageParts.tableEnd
  }

  // MARK: - What is in no cluster

  private static func held(_ report: ClusterReport) -> String {
    if report.held.isEmpty { return "" }
    return
      "<p>These reach the threshold by themselves, or were judged to be the same, and were not joined.</p>\n"
      + merges(report.held, "not joined because") { cause($0.cause) }
  }

  /// Merges that were not made, with a last column of one's own.
  private static func merges(
    _ merges: [ClusterReport.Held], _ head: String, _ last: (ClusterReport.Held) -> String
  ) -> String {
    PageParts.table(["account", "and", "#log10 LR", head], isWide: true)
      + merges.map {
        "<tr><td>\(account($0.left))</td><td>\(account($0.right))</td>\(weight($0.log10LR))<td>\(last($0))</td></tr>\n"
      }.joined() + PageParts.tableEnd
  }

  private static func leads(_ report: ClusterReport) -> String {
    if report.leads.isEmpty { return "" }
    let below = "next below the threshold of \(Figure.fixed(report.run.settings.threshold, 2))"
    return
      (report.leads.count == 1
      ? "<p>This pair comes \(below), and its accounts are not in one cluster. It is a lead, and no link: more evidence may speak for it or against it.</p>\n"
      : "<p>These \(count(report.leads.count, "pair")) come \(below), and their accounts are not in one cluster. They are leads, and no links: more evidence may speak for them or against them.</p>\n")
      + PairTable.html(report.leads, threshold: report.run.settings.threshold)
  }

  private static func alone(_ report: ClusterReport) -> String {
    let counts = report.counts
    var html =
      "<p>\(count(counts.accounts - counts.inClusters, "account")) of \(Figure.grouped(counts.accounts)) \(counts.accounts - counts.inClusters == 1 ? "is" : "are") in no cluster. "
      + "\(Figure.grouped(counts.protected)) of all \(counts.protected == 1 ? "is" : "are") protected and can be in none; \(Figure.grouped(counts.uncompared)) \(counts.uncompared == 1 ? "was" : "were") compared with no other, as nothing that they hold is held by another.</p>\n"
    if counts.withdrawn > 0 {
      html +=
        "<p>\(count(counts.withdrawn, "account")) \(counts.withdrawn == 1 ? "was" : "were") restricted or erased: nothing of \(counts.withdrawn == 1 ? "it" : "them") is on this page.</p>\n"
    }
    return html
  }

  /// What the figures of a run mean, as a list.
  package static func meaning(_ report: ClusterReport) -> String {
    """
    <ul>
    <li>A <b>likelihood ratio</b> (LR) is a model’s: how much better the evidence fits the proposition that \(Propositions.same) than the one that \(Propositions.different). Its weights are documented constants, not counted in this case. log10 LR +3 is a ratio of a thousand to one, −1 of one to ten.</li>
    <li>It is <b>no probability</b>, neither of the link nor of who somebody is. That depends on what else is known, and is for whoever decides.</li>
    <li>The <b>words</b> are those of the ENFSI Guideline for Evaluative Reporting in Forensic Science (2015). Evidence of different families adds up; of items that say the same the strongest counts.</li>
    <li>Accounts are joined from log10 LR \(Figure.fixed(report.run.settings.threshold, 2)) on, where the evidence between their clusters as a whole allows it.</li>
    <li>Accounts are counted as sources name them: one that a return names by its number, a list by its handle and a chat by the name that it shows is three here, also once the three are joined.</li>
    <li>First and last times are those of the sources: UTC where a zone is known, otherwise as they were written.</li>
    <li>Names are what accounts show, true or not; <b>no person is named</b>. Evidence quotes what the sources hold: treat the page as you treat them. To hand a result on, <code>cognate export</code> leaves out what must not leave.</li>
    </ul>

    """
  }

  // MARK: - Words

  static func count(_ number: Int, _ noun: String) -> String { PageParts.count(number, noun) }

  /// An account in a cell: number, platform, names.
  package static func account(_ account: AccountSummary, _ links: PageLinks = .onePage) -> String {
    let shown = account.shown.map { " (\(HTMLText.value($0, limit: 80)))" } ?? ""
    let mark = account.isProtected ? " <b>protected</b>" : ""
    return
      "\(links.account(account.id, account.id)) \(HTMLText.value(account.platform, limit: 40)): \(HTMLText.value(account.name, limit: 80))\(shown)\(mark)"
  }

  /// A weight in a cell; nil for what a human ordered.
  package static func weight(_ log10LR: Double?) -> String {
    "<td class=\"n\">\(log10LR.map { Figure.signed($0) } ?? "judged")</td>"
  }

  package static func words(_ log10LR: Double?) -> String {
    log10LR.map { VerbalSupport(log10LR: $0).rawValue } ?? "ordered by a human judgement"
  }

  package static func cause(_ cause: String) -> String {
    HTMLText.escape(LinkResult.Held.words(cause))
  }
}
