import Charts
import Foundation

extension HTMLReport {
  /// m and u of each agreement of each field.
  static func weights(_ resolution: Resolution) -> String {
    let levels = LevelSummary.fold(resolution.levelWeights).filter {
      $0.m >= 0.0005 || $0.agreement == "different"
    }
    var given = ""
    if !resolution.givenFields.isEmpty {
      let names = resolution.givenFields.map { HTMLText.value($0, limit: 120) }
      given =
        "<p>\(names.joined(separator: "; ")): this table has little beside names, handles and addresses to learn from, "
        + "so their weights are given, by the sort of agreement and by how likely a stranger agrees as well. Single pairs below show them.</p>\n"
    }
    if let writing = resolution.writing {
      let names = writing.columns.map { HTMLText.value($0, limit: 120) }
      given +=
        "<p>How \(names.joined(separator: "; ")) is written weighs as well, by likelihood ratios for the domain \(HTMLText.value(writing.domain, limit: 60)): "
        + "in \(Figure.grouped(writing.weighedPairs)) pairs, whose records are among \(Figure.grouped(writing.measuredRecords)) with text enough. Decoys know nothing of it.\(writing.remark.map { " \(HTMLText.value($0, limit: 600))." } ?? "")</p>\n"
    }
    if levels.isEmpty { return given }
    let lowest = min(levels.map(\.range.lowerBound).min() ?? 0, -0.5)
    let highest = max(levels.map(\.range.upperBound).max() ?? 0, 0.5)
    var html =
      "<p>How often two records agree so when they are of one origin (m) and when they are not (u), where both have a value. "
      + "The weight is log10 of m over u: agreement in what is rare among strangers weighs much. "
      + "The thin line is the range from the most common values to the rarest.</p>"
      + "<p class=\"legend\"><span class=\"key\"><i class=\"for\"></i>m, and weight for one origin</span> "
      + "<span class=\"key\"><i></i>u</span> <span class=\"key\"><i class=\"against\"></i>weight against</span></p>"
      + "<div class=\"scroll\"><table class=\"wide\"><thead><tr><th>agreement</th><th class=\"plot\">m</th><th class=\"n\"></th>"
      + "<th class=\"plot\">u</th><th class=\"n\"></th><th class=\"plot\">weight</th><th class=\"n\">log10 LR</th></tr></thead><tbody>\n"
    var field: String?
    for level in levels {
      if level.field != field {
        field = level.field
        html += "<tr class=\"group\"><td colspan=\"7\">\(HTMLText.value(level.field, limit: 120))</td></tr>\n"
      }
      html +=
        "<tr><td class=\"name\">\(HTMLText.escape(level.agreement))</td><td class=\"plot\">\(RowBar.share(level.m, style: "for"))</td>"
        + "<td class=\"n\">\(Figure.rate(level.m))</td><td class=\"plot\">\(RowBar.share(level.u, style: "u"))</td>"
        + "<td class=\"n\">\(Figure.rate(level.u))</td>"
        + "<td class=\"plot\">\(RowBar.weight(level.weight, range: level.range, scale: lowest...highest))</td>"
        + "<td class=\"n\">\(Figure.signed(level.weight))</td></tr>\n"
    }
    html += "</tbody></table></div>\n"
    let prior = resolution.model.priorLog10Odds
    return html + given
      + "<p>Before any comparison the log10 odds that two records taken at random are of one origin are \(Figure.signed(prior)): "
      + "about \(Figure.grouped(Int(resolution.model.matches.rounded()))) pairs among all.</p>\n"
  }

  /// Kept pairs by odds.
  static func scores(_ resolution: Resolution) -> String {
    if resolution.pairs.isEmpty { return "<p>No pair came near the threshold.</p>\n" }
    let prior = resolution.model.priorLog10Odds
    let (start, step) = (-2.0, 0.5)
    var counts = [Int](repeating: 0, count: 60)
    for pair in resolution.pairs {
      let bin = ((Double(pair.log10LR) + prior - start) / step).rounded(.down)
      counts[Int(min(max(bin, 0), Double(counts.count - 1)))] += 1
    }
    let used = (counts.lastIndex { $0 > 0 } ?? 0) + 1
    var chart = Histogram(
      start: start, step: step, counts: Array(counts[..<max(used, 8)]),
      axis: "log10 of the odds that the two are of one origin", noun: "pairs")
    let cut = resolution.probabilityToMerge
    chart.mark = (log10(cut / (1 - cut)), "joined from probability \(probability(cut))")
    let above = resolution.pairs.reduce(0) { $0 + (resolution.probability($1) >= cut ? 1 : 0) }
    return
      "<p>\(Figure.grouped(resolution.pairs.count)) of the pairs compared have odds above 1 to 100, and \(Figure.grouped(above)) reach the threshold. "
      + "A gap around the threshold is good news; a crowd there means that many decisions are close.</p>"
      + "<div class=\"scroll\">\(chart.svg())</div>\n"
  }
}
