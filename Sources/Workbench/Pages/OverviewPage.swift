import CaseFile
import Charts
import Cognate
import Linkage
import Stylometry

/// The last run: alerts, clusters, what was held, what comes next below the threshold; and linking again.
enum OverviewPage {
  static func response(_ bench: Workbench) throws -> WorkbenchResponse {
    let body: String
    do {
      body = try html(bench.opened.clusterReport()) + link(bench)
    } catch CaseError.neverLinked {
      let count = try bench.opened.accounts().count
      body =
        count == 0
        ? "<p>The case holds no accounts yet. <a href=\"/sources#import\">Import</a> what platforms export.</p>\n"
        : "<p>\(PageParts.count(count, "account")) \(count == 1 ? "is" : "are") in the case, and were not compared yet.</p>\n"
          + (try link(bench))
    } catch let error as CaseError {
      // The run contradicts a later protection, restriction or erasure; linking again puts that right.
      body = "<p class=\"warn\">\(HTMLText.escape(error.description, limit: 1_000))</p>\n" + (try link(bench))
    }
    return try PageFrame.page(bench, .overview, title: "Accounts that may have one controller", body: body)
  }

  private static func html(_ report: ClusterReport) -> String {
    let counts = report.counts
    var html =
      PageFrame.changed(report.run.changes)
      + PageParts.facts([
        ("accounts", Figure.grouped(counts.accounts)), ("sources", Figure.grouped(counts.sources)),
        ("clusters", Figure.grouped(report.clusterCount)),
        ("accounts in them", Figure.grouped(counts.inClusters)),
        ("joined from log10 LR", Figure.fixed(report.run.settings.threshold, 2)),
        ("alerts", Figure.grouped(report.alerts.count)),
      ]) + "<p><a href=\"#meaning\">What the figures mean</a></p>\n"
    if !report.alerts.isEmpty {
      html +=
        "<h2>Alerts of protected accounts</h2>\n<p class=\"warn\">A protected account would have been reached; nothing was joined. Someone may be posing as it, or it is its own account in another source: look. The weight is of what speaks for one controller alone; the page of a pair has what speaks against it as well.</p>\n"
        + merges(report.alerts, "in words") { ClusterPage.words($0.log10LR) }
    }
    html += "<h2>Clusters</h2>\n" + list(report)
    if !report.held.isEmpty {
      html +=
        "<h2>Held</h2>\n<p>These reach the threshold by themselves, or were judged to be the same, and were not joined.</p>\n"
        + merges(report.held, "not joined because") { ClusterPage.cause($0.cause) }
    }
    if !report.leads.isEmpty {
      html +=
        "<h2>Next below the threshold</h2>\n<p>Leads, and no links: more evidence may speak for them or against them.</p>\n"
        + PairTable.table(report.leads, PageFrame.links, isNamed: true)
    }
    let alone = counts.accounts - counts.inClusters
    html +=
      "<p>\(PageParts.count(alone, "account")) \(alone == 1 ? "is" : "are") in no cluster; \(Figure.grouped(counts.protected)) \(counts.protected == 1 ? "is" : "are") protected and can be in none.</p>\n<h2 id=\"meaning\">What the figures mean</h2>\n"
    return html + ClusterPage.meaning(report)
  }

  private static func list(_ report: ClusterReport) -> String {
    if report.list.isEmpty { return "<p>No two accounts reach the threshold together.</p>\n" }
    let html =
      "<p>The weakest link holds the least; without a bridge a cluster falls into two. Look at these first.</p>\n"
      + ClusterPage.table(report.list) { "<a href=\"\(PageFrame.cluster($0))\">\($0)</a>" }
    let unlisted = report.list.count - ClusterReport.mostListed
    return unlisted > 0
      ? html
        + "<p class=\"warn\">\(PageParts.count(unlisted, "more cluster")) \(unlisted == 1 ? "is" : "are") not listed; <code>cognate clusters</code> lists all.</p>\n"
      : html
  }

  /// Merges that were not made, each with a link to its evidence, and a last column of one's own.
  private static func merges(
    _ merges: [ClusterReport.Held], _ head: String, _ last: (ClusterReport.Held) -> String
  ) -> String {
    PageParts.table(["account", "and", "#log10 LR", head, ""], isWide: true)
      + merges.map { one in
        "<tr><td>\(ClusterPage.account(one.left, PageFrame.links))</td><td>\(ClusterPage.account(one.right, PageFrame.links))</td>"
          + "\(ClusterPage.weight(one.log10LR))<td>\(last(one))</td><td><a href=\"\(PageFrame.pair(one.left.id, one.right.id))\">why</a></td></tr>\n"
      }.joined() + PageParts.tableEnd
  }

  private static func link(_ bench: Workbench) throws -> String {
    let last = try bench.opened.runSettings()
    return "<h2 id=\"link\">Link again</h2>\n"
      + PageFrame.form(
        bench, to: "/link",
        """
        <fieldset><legend>Compare all accounts and join them</legend>
        <label class="wide">from log10 LR <input type="number" name="threshold" min="0.01" step="any" required value="\((last ?? LinkageSettings()).threshold)"></label>
        \(writing(bench.writing, last))<p>Judgements are respected; the same case and choices give the same result.</p>
        <button>Link</button></fieldset>
        """)
  }

  /// What the form sends for weighing how accounts write: this and a domain.
  static let inDomain = "in "
  /// What it sends for not comparing that; anything else shows it without adding anything.
  static let notCompared = "no"

  private static func writing(_ writing: Workbench.Writing, _ last: LinkageSettings?) -> String {
    guard let model = writing.model else { return "<p>How accounts write is not compared.</p>\n" }
    // As the last run had it.
    let proposed = writing.domain ?? last.flatMap { WritingModel.domain(of: $0, by: model) }
    let isCompared = writing.domain != nil || last.map { $0.writing != nil } ?? true
    func option(_ value: String, _ text: String, _ isChosen: Bool) -> String {
      "<option value=\"\(HTMLText.escape(value))\"\(isChosen ? " selected" : "")>\(text)</option>"
    }
    let domains = model.domains.map { name in
      option(inDomain + name, "weighed as texts of the domain \(HTMLText.escape(name))", name == proposed)
    }
    let others = [
      option("shown", "shown, without adding anything", isCompared && (proposed ?? "").isEmpty),
      option(notCompared, "not compared", !isCompared),
    ]
    return
      "<label class=\"wide\">how accounts write <select name=\"writing\">\((domains + others).joined())</select></label>\n"
  }
}

/// What stands for every page while the case is worked on.
enum JobPage {
  static func response(_ stage: Job.Stage) -> WorkbenchResponse {
    WorkbenchResponse(
      PageFrame.bare(
        title: stage.title, refresh: "1",
        body:
          "<main><h1>\(HTMLText.escape(stage.title))</h1>\n<p role=\"status\">\(HTMLText.escape(stage.text))…</p>\n<p class=\"soft\">This page looks again each second and goes on by itself.</p></main>\n"
      ))
  }
}
