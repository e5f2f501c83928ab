import Charts
import Foundation

extension HTMLReport {
  /// Sizes of clusters, and the largest.
  static func clusters(_ table: Table, _ resolution: Resolution) -> String {
    let sizes = resolution.clusterSizes
    let bands: [ClosedRange<Int>] = [
      1...1, 2...2, 3...3, 4...4, 5...5, 6...10, 11...20, 21...50, 51...100, 101...Int.max,
    ]
    var rows: [(label: String, clusters: Int, records: Int)] = []
    for band in bands {
      let inside = sizes.filter(band.contains)
      if inside.isEmpty { continue }
      let label =
        band.upperBound == Int.max
        ? "over 100" : band.count == 1 ? "\(band.lowerBound)" : "\(band.lowerBound) to \(band.upperBound)"
      rows.append((label, inside.count, inside.reduce(0, +)))
    }
    let most = Double(max(rows.map(\.clusters).max() ?? 1, 1))
    var html =
      "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>records in the cluster</th><th class=\"plot\">clusters</th><th class=\"n\"></th><th class=\"n\">records</th></tr></thead><tbody>\n"
    for row in rows {
      html +=
        "<tr><td class=\"name\">\(row.label)</td><td class=\"plot\">\(RowBar.share(Double(row.clusters) / most, style: "for"))</td>"
        + "<td class=\"n\">\(Figure.grouped(row.clusters))</td><td class=\"n\">\(Figure.grouped(row.records))</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    let largest = resolution.examples?.largest ?? []
    if largest.isEmpty { return html }
    html += "<h3>The largest clusters</h3>\n"
    html +=
      "<p>How dense a cluster is: the share of its pairs that reach the threshold by themselves. A large cluster of few strong pairs, or with a weak link, may be two.</p>"
      + "<div class=\"scroll\"><table><thead><tr><th>cluster</th><th class=\"n\">records</th><th class=\"n\">dense</th><th class=\"n\">weakest link, log10 LR</th><th>ids</th></tr></thead><tbody>\n"
    for cluster in largest {
      let pairs = Double(cluster.size) * Double(cluster.size - 1) / 2
      let ids = cluster.records.map { HTMLText.value(table.id($0), limit: 60) }.joined(separator: ", ")
      html +=
        "<tr><td>c\(cluster.number)</td><td class=\"n\">\(Figure.grouped(cluster.size))</td><td class=\"n\">\(HTMLText.escape(Figure.percent(min(Double(cluster.strongPairs) / pairs, 1))))</td>"
        + "<td class=\"n\">\(cluster.weakestLink.map { Figure.signed($0) } ?? "–")</td><td>\(ids)\(cluster.size > cluster.records.count ? " …" : "")</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    for cluster in largest.prefix(shownClusters) { html += members(table, cluster, resolution) }
    return html
  }

  private static let shownClusters = 3
  /// As many columns that a table of members leaves out are named.
  private static let hiddenColumns = 20

  private static func members(
    _ table: Table, _ cluster: RunExamples.Cluster, _ resolution: Resolution
  ) -> String {
    var html =
      "<h3>c\(cluster.number)</h3>\n<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>\(HTMLText.value(table.idColumn, limit: 60))</th>"
      + cluster.columns.map { "<th>\(HTMLText.value($0, limit: 60))</th>" }.joined()
      + "</tr></thead><tbody>\n"
    for (record, values) in zip(cluster.records, cluster.values) {
      html +=
        "<tr><td>\(HTMLText.value(table.id(record), limit: 60))</td>"
        + values.map { "<td>\($0.isEmpty ? "" : HTMLText.value($0, limit: 80))</td>" }.joined() + "</tr>\n"
    }
    html += "</tbody></table></div>\n"
    let others = resolution.findings.filter { $0.isCompared && !cluster.columns.contains($0.name) }
    if !others.isEmpty {
      let names = others.prefix(hiddenColumns).map { HTMLText.value($0.name, limit: 60) }
      html +=
        "<p class=\"soft\">Compared and not shown here: \(names.joined(separator: ", "))\(others.count > hiddenColumns ? " and \(count(others.count - hiddenColumns, "more column"))" : "").</p>\n"
    }
    let rest = cluster.size - cluster.records.count
    return rest > 0 ? html + "<p class=\"soft\">And \(count(rest, "more record")).</p>\n" : html
  }

  /// The clusters whose weakest links are the weakest, and links that joined nothing.
  static func bridges(_ table: Table, _ resolution: Resolution) -> String {
    guard let examples = resolution.examples else { return "" }
    var html = ""
    if !examples.bridges.isEmpty {
      let most = max(examples.bridges.map(\.evidence).max() ?? 1, 1)
      html +=
        "<p>Take such a link away, and its cluster falls into two. These are the ones to look at first. "
        + "The evidence is the link’s log10 LR less what speaks against it between the two halves.</p>"
        + "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>cluster</th><th>between</th><th>and</th><th class=\"n\">joins</th>"
        + "<th class=\"n\">log10 LR</th><th class=\"plot\">evidence</th><th class=\"n\"></th></tr></thead><tbody>\n"
      for bridge in examples.bridges {
        html +=
          "<tr><td>c\(bridge.cluster)</td>\(ids(table, bridge.left, bridge.right))"
          + "<td class=\"n\">\(bridge.sides.map { Figure.grouped($0) }.joined(separator: " + "))</td><td class=\"n\">\(Figure.signed(bridge.log10LR))</td>"
          + "<td class=\"plot\">\(RowBar.share(max(bridge.evidence, 0) / most, style: "for"))</td><td class=\"n\">\(Figure.signed(bridge.evidence))</td></tr>\n"
      }
      html += "</tbody></table></div>\n"
    }
    if !examples.held.isEmpty {
      html +=
        "<h3>Links that joined nothing</h3>\n<p>These reach the threshold by themselves, and their records are in two clusters all the same.</p>"
        + "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>between</th><th>and</th><th class=\"n\">log10 LR</th><th>held because</th></tr></thead><tbody>\n"
      for link in examples.held {
        html +=
          "<tr>\(ids(table, link.left, link.right))<td class=\"n\">\(link.log10LR.map { Figure.signed($0) } ?? "judged")</td><td>\(HTMLText.escape(link.cause))</td></tr>\n"
      }
      html += "</tbody></table></div>\n"
    }
    return html
  }

  private static func ids(_ table: Table, _ left: Int, _ right: Int) -> String {
    [left, right].map { "<td>\(HTMLText.value(table.id($0), limit: 60))</td>" }.joined()
  }

  /// Waterfalls of single pairs.
  static func pairs(_ table: Table, _ resolution: Resolution) -> String {
    guard let examples = resolution.examples else { return "" }
    let groups: [(String, String, [PairExplanation])] = [
      (
        "Near the threshold", "The closest decisions: a little more or less evidence would have turned them.",
        examples.nearThreshold
      ),
      (
        "The weakest that were joined", "Each is the one link between the two halves of its cluster.",
        examples.weakestJoined
      ),
      ("The strongest", "", examples.strongest),
    ]
    var html = ""
    for (title, text, pairs) in groups where !pairs.isEmpty {
      html += "<h3>\(title)</h3>\n" + (text.isEmpty ? "" : "<p>\(text)</p>\n")
      for pair in pairs { html += waterfall(pair, table, resolution) }
    }
    if html.isEmpty { return "" }
    return
      "<p>From the prior each comparison moves the sum, to the right for one origin, to the left against it; the dashed line is the threshold. "
      + "What is weighed together is one step, as it says the same thing more than once.</p>\n" + html
  }

  private static func waterfall(_ pair: PairExplanation, _ table: Table, _ resolution: Resolution) -> String {
    let steps = pair.steps.map { step in
      Waterfall.Step(
        step.comparisons.isEmpty
          ? [
            Waterfall.Comparison(
              label: "the way they were found",
              detail:
                "records that share a key, as those of relatives, agree in other things more often by chance")
          ]
          : step.comparisons.map { comparison in
            Waterfall.Comparison(
              label: comparison.field, detail: comparison.agreement + frequency(comparison.frequency),
              left: comparison.left, right: comparison.right)
          }, weight: step.log10LR)
    }
    let cut = resolution.probabilityToMerge
    let prior = resolution.model.priorLog10Odds
    var fall = Waterfall(
      sides: (table.id(pair.left), table.id(pair.right)), steps: steps, prior: prior,
      probability: resolution.probability(
        ScoredPair(left: UInt32(pair.left), right: UInt32(pair.right), log10LR: Float(pair.log10LR))),
      threshold: log10(cut / (1 - cut)))
    fall.silent = pair.silent.map {
      Waterfall.Comparison(label: $0.field, detail: "", left: $0.left, right: $0.right)
    }
    fall.verdict = pair.isJoined ? "In one cluster." : "Not in one cluster."
    return "<div class=\"pair\">\(fall.html())</div>\n"
  }

  private static func frequency(_ range: ClosedRange<Int>?) -> String {
    guard let range else { return "" }
    if range.upperBound == 1 { return ", seen once" }
    if range.upperBound == Int.max { return ", seen over \(Figure.grouped(range.lowerBound)) times" }
    return ", seen \(Figure.grouped(range.lowerBound)) to \(Figure.grouped(range.upperBound)) times"
  }
}
