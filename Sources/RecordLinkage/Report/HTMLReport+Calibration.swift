import Charts
import Foundation

extension HTMLReport {
  /// Bins from these log10 odds up are shown: below, nobody would join.
  private static let lowestShown = -1.0

  /// What the model states against what decoys let one expect.
  static func calibration(_ resolution: Resolution) -> String {
    let bins = resolution.calibration.bins.filter { $0.lower >= lowestShown && $0.observed > 0 }
    if bins.isEmpty { return "" }
    var html =
      "<p>Decoys are pairs made false by exchanging values between records. Where scores are as high as theirs, so many pairs are expected to be false; "
      + "the rest of the pairs there should be right. Where the two agree, the probabilities can be taken at their word. "
      + "Decoys know nothing of what strangers share for a reason, as families do; the model does, and may state less.</p>\n"
    let points = bins.compactMap { bin in
      bin.probabilityByDecoys.map { (x: bin.probability, y: $0, weight: Double(bin.observed)) }
    }
    if points.count > 1 {
      let chart = CurveChart(
        series: [.init(name: "by decoys", points: points)],
        axes: ("probability that the model states", "share that decoys leave right"))
      html += "<div class=\"scroll\">\(chart.svg())</div>\n"
    } else {
      html += "<p>There are too few pairs and decoys to draw a curve.</p>\n"
    }
    html +=
      "<div class=\"scroll\"><table><thead><tr><th class=\"n\">log10 odds</th><th class=\"n\">pairs</th><th class=\"n\">false by decoys</th>"
      + "<th class=\"n\">stated probability</th><th class=\"n\">by decoys</th></tr></thead><tbody>\n"
    for bin in bins {
      let last = bin == resolution.calibration.bins.last
      html +=
        "<tr><td class=\"n\">\(Figure.signed(bin.lower)) \(last ? "and more" : "to \(Figure.signed(bin.upper))")</td>"
        + "<td class=\"n\">\(Figure.grouped(bin.observed))</td><td class=\"n\">\(Figure.fixed(bin.expectedFalse, 1))</td>"
        + "<td class=\"n\">\(Figure.probability(bin.probability))</td><td class=\"n\">\(bin.probabilityByDecoys.map { Figure.fixed($0, 4) } ?? "–")</td></tr>\n"
    }
    return html + "</tbody></table></div>\n"
  }
}
