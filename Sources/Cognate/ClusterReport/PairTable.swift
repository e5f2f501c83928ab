internal import Charts

/// Pairs of accounts on a page: a table of weights, and below it the evidence of each.
package enum PairTable {
  /// As many places of one item are listed.
  private static let mostPlaces = 3

  /// Both.
  ///
  /// - Parameter threshold: log10 LR from which accounts are joined.
  static func html(_ pairs: [PairExplanation], threshold: Double) -> String {
    table(pairs, .onePage)
      + "<p>Below, the dashed line is the threshold, log10 LR \(Figure.fixed(threshold, 2)).</p>\n"
      + pairs.map { evidence($0, threshold: threshold) }.joined()
  }

  /// The table of weights.
  ///
  /// - Parameter isNamed: whether accounts come with their names, where nothing else beside the table has them.
  package static func table(_ pairs: [PairExplanation], _ links: PageLinks, isNamed: Bool = false) -> String {
    let low = min(pairs.map(\.log10LR).min() ?? 0, 0)
    let high = max(pairs.map(\.log10LR).max() ?? 0, 0)
    var html = PageParts.table(
      ["pair", "#log10 LR", ".against 0 for", "in words", "for, by family", "against"], isWide: true)
    for pair in pairs {
      let bar = RowBar.weight(pair.log10LR, range: pair.log10LR...pair.log10LR, scale: low...high)
      html +=
        "<tr><td class=\"\(isNamed ? "name" : "whole")\"><a href=\"\(links.pair(pair.left.id, pair.right.id))\">\(pair.left.id) and \(pair.right.id)</a>\(isNamed ? names(pair) : "")</td><td class=\"n\">\(Figure.signed(pair.log10LR))</td>"
        + "<td class=\"plot\">\(bar)</td><td>\(pair.support)</td><td>\(families(pair) { $0 > 0 })</td><td>\(families(pair) { $0 < 0 })</td></tr>\n"
    }
    return html + PageParts.tableEnd
  }

  private static func names(_ pair: PairExplanation) -> String {
    [pair.left, pair.right].map { "<div class=\"how\">\(HTMLText.value($0.label, limit: 160))</div>" }
      .joined()
  }

  /// Sums by family, in the order of the evidence.
  private static func families(_ pair: PairExplanation, where isWanted: (Double) -> Bool) -> String {
    var order: [String] = []
    var sums: [String: Double] = [:]
    for item in pair.evidence where isWanted(item.log10LR) {
      if sums[item.family] == nil { order.append(item.family) }
      sums[item.family, default: 0] += item.log10LR
    }
    let texts = order.map { "\(HTMLText.escape($0)) \(Figure.signed(sums[$0] ?? 0))" }
    return texts.isEmpty ? "–" : texts.joined(separator: ", ")
  }

  /// The waterfall of a pair in the sentences of `why`, what is not added again, and where each item comes from.
  private static func evidence(_ pair: PairExplanation, threshold: Double) -> String {
    "<div class=\"pair\"><h3 id=\"\(PageLinks.place(pair.left.id, pair.right.id))\">\(pair.left.id) and \(pair.right.id)</h3>\n"
      + reading(pair, threshold: threshold) + "</div>\n"
  }

  /// The same without a heading.
  ///
  /// - Parameters:
  ///   - threshold: log10 LR from which accounts are joined.
  ///   - places: as many places of one item are listed.
  package static func reading(
    _ pair: PairExplanation, threshold: Double, places mostPlaces: Int = PairTable.mostPlaces
  ) -> String {
    let counted = pair.evidence.filter { !$0.isCountedElsewhere }
    let fall = Waterfall(
      sides: (pair.left.label, pair.right.label),
      steps: counted.map {
        Waterfall.Step([Waterfall.Comparison(label: $0.family, detail: $0.statement)], weight: $0.log10LR)
      }, threshold: threshold)
    var html =
      "<p>log10 LR \(Figure.signed(pair.log10LR)): \(HTMLText.escape(pair.reading))</p>\n"
    html += pair.evidence.isEmpty ? "<p>\(PairExplanation.noEvidence)</p>\n" : fall.html()
    if let judgement = pair.judgement {
      html += "<p><b>Judged</b> \(HTMLText.value(judgement, limit: 1_000))</p>\n"
    }
    if let held = pair.held { html += "<p class=\"warn\">Not joined: \(ClusterPage.cause(held)).</p>\n" }
    let again = pair.evidence.filter(\.isCountedElsewhere).map { item in
      let weight = "\(HTMLText.escape(item.family)) \(Figure.signed(item.log10LRAlone)) alone"
      return
        "<li>\(weight): \(HTMLText.escape(item.statement, limit: Waterfall.detailLimit)) \(places(item, mostPlaces))</li>"
    }
    let sources = counted.filter { !$0.sources.isEmpty }.map { item in
      "<li>\(HTMLText.escape(item.family)): \(places(item, mostPlaces))</li>"
    }
    html += list("Each of these \(PairExplanation.countedElsewhere):", again)
    return html + list("Where it stands:", sources)
  }

  private static func list(_ head: String, _ items: [String]) -> String {
    items.isEmpty
      ? "" : "<div class=\"how places\"><p>\(head)</p><ul>\(items.joined(separator: "\n"))</ul></div>\n"
  }

  private static func places(_ item: PairExplanation.Item, _ mostPlaces: Int) -> String {
    let more = item.sources.count - mostPlaces
    return item.sources.prefix(mostPlaces).map { HTMLText.value($0) }.joined(separator: "; ")
      + (more > 0 ? " and \(PageParts.count(more, "more place"))" : "")
  }
}
