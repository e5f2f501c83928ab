import Charts
import Cognate
import Linkage

/// One cluster: its graph, accounts, pairs and judgements, and the merges that built it.
enum ClusterPages {
  static func response(_ bench: Workbench, cluster: String) throws -> WorkbenchResponse {
    let report = try bench.opened.clusterReport(cluster)
    let built = try bench.opened.how(cluster)
    let body =
      PageFrame.changed(report.run.changes)
      + report.clusters.map { one in
        ClusterSection.html(one, threshold: report.run.settings.threshold, PageFrame.links) {
          PairTable.table($0, PageFrame.links)
        }
      }.joined() + merges(built)
    return try PageFrame.page(bench, .overview, title: "Cluster \(built.id)", body: body)
  }

  private static func merges(_ built: ClusterExplanation) -> String {
    var html =
      "<h2>How it was built</h2>\n<p>The merges, weakest first: a threshold above one of them would cut the cluster there.</p>\n"
      + PageParts.table(["account", "and", "#log10 LR", "in words", "strongest evidence"], isWide: true)
    for step in built.merges {
      html +=
        "<tr><td>\(ClusterPage.account(step.left, PageFrame.links))</td><td>\(ClusterPage.account(step.right, PageFrame.links))</td>\(ClusterPage.weight(step.log10LR))"
        + "<td>\(HTMLText.escape(step.support))</td><td><a href=\"\(PageFrame.pair(step.left.id, step.right.id))\">why</a> \(HTMLText.escape(step.because, limit: 600))</td></tr>\n"
    }
    html += PageParts.tableEnd
    if !built.held.isEmpty {
      html +=
        "<h2>Held</h2>\n"
        + PageParts.table(["account", "and", "#log10 LR", "not joined because"], isWide: true)
        + built.held.map {
          "<tr><td>\(HTMLText.value($0.left))</td><td>\(HTMLText.value($0.right))</td>\(ClusterPage.weight($0.log10LR))<td>\(ClusterPage.cause($0.cause))</td></tr>\n"
        }.joined() + PageParts.tableEnd
    }
    return html
  }
}
