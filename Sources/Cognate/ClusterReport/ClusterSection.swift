internal import AccountModel
internal import CaseFile
internal import Charts
internal import Foundation
internal import Linkage

/// One cluster on a page: its graph, its accounts, its pairs, and what people decided.
package enum ClusterSection {
  /// The cluster; the evidence of its pairs too, where the page has room for it.
  static func html(_ cluster: ClusterReport.Cluster, _ report: ClusterReport) -> String {
    let threshold = report.run.settings.threshold
    return html(cluster, threshold: threshold, .onePage) { PairTable.html($0, threshold: threshold) }
  }

  /// The cluster.
  ///
  /// - Parameters:
  ///   - threshold: log10 LR from which accounts are joined.
  ///   - table: what is shown of its pairs.
  package static func html(
    _ cluster: ClusterReport.Cluster, threshold: Double, _ links: PageLinks,
    pairs table: ([PairExplanation]) -> String
  ) -> String {
    let count = cluster.summary.accounts.count
    let pairs = count * (count - 1) / 2
    var html = "<p class=\"lead\">\(shape(cluster.summary))</p>\n" + graph(cluster, threshold)
    html += heading("Accounts", links) + accounts(cluster.members, links)
    let rest = cluster.comparedPairs < pairs ? "; the others share nothing that is looked at" : ""
    html +=
      heading("Pairs", links)
      + "<p>\(Figure.grouped(cluster.comparedPairs)) of \(PageParts.count(pairs, "pair")) \(cluster.comparedPairs == 1 ? "was" : "were") compared\(rest).</p>\n"
    if cluster.pairs.count < cluster.comparedPairs {
      html +=
        "<p class=\"warn\">The \(Figure.grouped(cluster.pairs.count)) that weigh most, for or against, are shown; \(links.anyPair)</p>\n"
    }
    if !cluster.pairs.isEmpty { html += table(cluster.pairs) }
    return html + judged(cluster.judged, links)
  }

  private static func heading(_ text: String, _ links: PageLinks) -> String {
    "<\(links.heading)>\(text)</\(links.heading)>\n"
  }

  private static func shape(_ cluster: LinkResult.Cluster) -> String {
    let weakest = cluster.weakestLink.map { "weakest link \(Figure.signed($0)) (\(ClusterPage.words($0)))" }
    let bridges = cluster.bridges > 0 ? PageParts.count(cluster.bridges, "bridge") : nil
    return [
      PageParts.count(cluster.accounts.count, "account"), weakest ?? "held together by judgements", bridges,
    ].compactMap { $0 }.joined(separator: ", ") + "."
  }

  // MARK: - The graph

  private static func meanings(_ threshold: Double) -> [LinkGraph.Kind: String] {
    [
      .supports: "for one controller, from log10 LR \(Figure.fixed(threshold, 2)) on",
      .weak: "for one controller, below the threshold", .opposes: "against (log10 LR below 0)",
      .held: "alert: held, a protected account", .judged: "judged the same by a human",
    ]
  }

  private static func graph(_ cluster: ClusterReport.Cluster, _ threshold: Double) -> String {
    let members = cluster.summary.accounts
    guard members.count <= LinkGraph.mostNodes else {
      return
        "<p class=\"soft\">There are too many accounts to draw; the tables have them.</p>\n"
    }
    var shown = members
    var places = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1.id, $0) })
    func place(_ account: AccountSummary) -> Int? {
      if let known = places[account.id] { return known }
      guard account.isProtected, shown.count < LinkGraph.mostNodes else { return nil }
      places[account.id] = shown.count
      shown.append(account)
      return shown.count - 1
    }
    var edges: [LinkGraph.Edge] = []
    func add(_ left: Int?, _ right: Int?, _ kind: LinkGraph.Kind, _ weight: Double, _ label: String) {
      guard let left, let right else { return }
      edges.append(.init(left: left, right: right, kind: kind, weight: weight, label: label))
    }
    // What links nobody by itself lies below what does.
    let isWeak = { (pair: ClusterReport.Weight) in pair.log10LR >= 0 && pair.log10LR < threshold }
    for pair in cluster.weights.filter(isWeak) + cluster.weights.filter({ !isWeak($0) }) {
      let kind: LinkGraph.Kind = isWeak(pair) ? .weak : pair.log10LR < 0 ? .opposes : .supports
      add(
        places["A\(pair.left)"], places["A\(pair.right)"], kind, pair.log10LR, Figure.signed(pair.log10LR))
    }
    for judged in cluster.judged where judged.verdict == Judgement.same.rawValue && judged.remark == nil {
      add(places[judged.left.id], places[judged.right.id], .judged, 0, "judged")
    }
    for alert in cluster.alerts {
      let label = alert.log10LR.map { "held \(Figure.signed($0))" } ?? "held"
      add(place(alert.left), place(alert.right), .held, alert.log10LR ?? 0, label)
    }
    let nodes = shown.map { account in
      LinkGraph.Node(
        head: "\(account.id) \(account.platform)\(account.isProtected ? " protected" : "")",
        name: account.shown ?? account.name, isMarked: account.isProtected)
    }
    let alerts =
      cluster.alerts.isEmpty
      ? "" : ", and \(PageParts.count(cluster.alerts.count, "alert")) of protected accounts"
    let id = cluster.summary.id
    return LinkGraph(
      id: "graph\(id)",
      title: "Cluster \(id): \(PageParts.count(members.count, "account")) and what was compared",
      description:
        "\(PageParts.count(cluster.weights.count, "pair")) compared, \(PageParts.count(cluster.weights.count { $0.log10LR < 0 }, "pair")) of them against\(alerts). The tables below have the same in words.",
      nodes: nodes, edges: edges, meanings: meanings(threshold)
    ).svg()
  }

  // MARK: - Tables

  private static func accounts(_ members: [ClusterReport.Member], _ links: PageLinks) -> String {
    var html = PageParts.table(
      ["account", "platform", "name", "shows", "#records", "#sources", "first", "last"], isWide: true)
    for member in members {
      let account = member.account
      let name =
        HTMLText.value(account.name, limit: 80)
        + (account.isLocal ? " <span class=\"how\">named in one source only</span>" : "")
      html +=
        "<tr><td>\(links.account(account.id, account.id))</td><td>\(HTMLText.value(account.platform, limit: 40))</td><td class=\"name\">\(name)</td>"
        + "<td>\(account.shown.map { HTMLText.value($0, limit: 80) } ?? "")</td><td class=\"n\">\(Figure.grouped(account.records))</td>"
        + "<td class=\"n\">\(Figure.grouped(account.sources))</td><td class=\"whole\">\(time(member.first))</td><td class=\"whole\">\(time(member.last))</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  /// A time to the minute, in UTC or as it was written.
  private static func time(_ microseconds: Int64?) -> String {
    guard let microseconds else { return "–" }
    let seconds = (Double(microseconds) / 1_000_000).rounded(.down)
    let stamp = CaseDatabase.timestamp(Date(timeIntervalSince1970: seconds))
    return HTMLText.escape(String(stamp.dropLast(4)).replacing("T", with: " "))
  }

  private static func judged(_ judgements: [ClusterReport.Judged], _ links: PageLinks) -> String {
    if judgements.isEmpty { return "" }
    var html =
      heading("Judgements", links)
      + PageParts.table(["account", "and", "judged", "because", "at (UTC)", ""], isWide: true)
    for one in judgements {
      html +=
        "<tr><td>\(ClusterPage.account(one.left, links))</td><td>\(ClusterPage.account(one.right, links))</td><td><b>\(HTMLText.escape(one.verdict))</b></td>"
        + "<td>\(HTMLText.lines(one.reason, limit: 1_000))</td><td>\(HTMLText.escape(one.madeAt))</td><td>\(one.remark ?? "")</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }
}
