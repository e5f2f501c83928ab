import Charts
public import CorpusKit
import Foundation
import Stylometry

/// What an evaluation of one task showed, for a report.
public struct StyleTaskFigures: Sendable {
  /// Name of the task.
  public var name: String
  /// Discrimination, calibration, decisions.
  public var metrics: VerificationMetrics
  /// Finding the right text among all.
  public var retrieval: RetrievalMetrics
  /// log10 ratios of test pairs of one author and of two, ascending; those abstained on are 0.
  public var same: [Double]
  /// See `same`.
  public var different: [Double]
  /// Least and largest ratio that the validation on the calibrating authors supports, by shortest length.
  public var bounds: [StyleCalibrationBucket]
  /// By length of the shorter text.
  public var lengths: [StyleErrorRates]
  /// Whether the built-in model judged, for want of authors to learn from.
  public var isByStandIn: Bool
  /// See `StyleTask.doubts`, and by whom ratios are calibrated in the place of pairs that are given.
  public var doubts: [String]
  /// See `StyleEvaluation.abstentionNote`.
  public var abstentionNote: String?

  /// The bounds of a range of lengths.
  public struct StyleCalibrationBucket: Sendable {
    /// From so many characters on.
    public var shortest: Int
    /// log10.
    public var lower: Double
    /// log10.
    public var upper: Double
  }

  /// How often a decision at even odds is wrong.
  public struct StyleErrorRates: Sendable {
    /// From so many characters of the shorter text on.
    public var shortest: Int
    /// Pairs of one author, and those with a ratio below 1.
    public var same: (pairs: Int, wrong: Int)
    /// Pairs of two authors, and those with a ratio above 1.
    public var different: (pairs: Int, wrong: Int)
    /// Pairs without a ratio.
    public var abstained: Int
  }

  /// The figures of an evaluation.
  public init(
    name: String, _ evaluation: StyleEvaluation, _ task: StyleTask
  ) throws(LikelihoodRatioCostError) {
    self.name = name
    metrics = try evaluation.metrics()
    retrieval = evaluation.retrieval(task.corpus)
    same = evaluation.scored.filter(\.pair.isSame).map { $0.log10LR ?? 0 }.sorted()
    different = evaluation.scored.filter { !$0.pair.isSame }.map { $0.log10LR ?? 0 }.sorted()
    bounds = (evaluation.calibration?.buckets ?? []).map {
      StyleCalibrationBucket(shortest: $0.shortest, lower: $0.bounds.lower, upper: $0.bounds.upper)
    }
    lengths = Self.lengths(evaluation.scored)
    isByStandIn = evaluation.isByStandIn
    doubts = task.doubts + [evaluation.calibratorsNote].compactMap { $0 }
    abstentionNote = evaluation.abstentionNote
  }

  private static func lengths(_ scored: [StyleEvaluation.Scored]) -> [StyleErrorRates] {
    let starts = [0, 250, 500, 1000, 2000, 4000, 8000]
    return starts.indices.compactMap { place in
      let end = place + 1 < starts.count ? starts[place + 1] : Int.max
      let inside = scored.filter { $0.length >= starts[place] && $0.length < end }
      if inside.isEmpty { return nil }
      let (same, different) = (inside.filter(\.pair.isSame), inside.filter { !$0.pair.isSame })
      return StyleErrorRates(
        shortest: starts[place],
        same: (same.count, same.count { ($0.log10LR ?? 0) < 0 }),
        different: (different.count, different.count { ($0.log10LR ?? 0) > 0 }),
        abstained: inside.count { $0.log10LR == nil })
    }
  }

  /// Shares of pairs with a ratio of at least so much (Tippett plot; Evett and Buckleton, 1996).
  func tippett() -> String {
    let range = -3.0...3.0
    func line(_ name: String, _ values: [Double]) -> LineChart.Series {
      LineChart.Series(
        name: name,
        points: (0...120).map { step in
          let threshold = range.lowerBound + Double(step) * 0.05
          let share = Double(values.count { $0 >= threshold }) / Double(max(values.count, 1))
          return (threshold, share)
        })
    }
    return LineChart(
      series: [line("one author", same), line("two authors", different)],
      axes: ("log10 likelihood ratio", "share of pairs with at least as much"), ranges: (range, 0...1)
    ).svg()
  }

  /// Empirical cross-entropy by prior odds (Ramos and Gonzalez-Rodriguez, 2013): bits that are still missing once the
  /// ratios are known, beside those missing without them.
  func crossEntropy() -> String {
    let range = -2.5...2.5
    func bits(_ odds: Double) -> Double { log1p(exp(-odds)) / log(2.0) }
    func entropy(_ prior: Double, _ scale: Double) -> Double {
      let odds = prior * log(10.0)
      let share = 1 / (1 + exp(-odds))
      let own = same.reduce(0) { $0 + bits($1 * scale * log(10.0) + odds) } / Double(max(same.count, 1))
      let other =
        different.reduce(0) { $0 + bits(-($1 * scale * log(10.0) + odds)) } / Double(max(different.count, 1))
      return share * own + (1 - share) * other
    }
    let places = (0...50).map { range.lowerBound + Double($0) * 0.1 }
    let own = places.map { (x: $0, y: entropy($0, 1)) }
    // Ratios that are worse than none need more than one bit: lines are cut at the end of the range.
    let most = own.reduce(1.0) { max($0, $1.y) }
    return LineChart(
      series: [
        .init(name: "with the ratios", points: own),
        .init(name: "without", points: places.map { ($0, entropy($0, 0)) }),
      ], axes: ("log10 prior odds", "empirical cross-entropy, bits"),
      ranges: (range, 0...max((most * 2).rounded(.up) / 2, 1))
    ).svg()
  }
}

/// The validation report on comparing styles, as one page.
public enum StyleReport {
  /// What the comparison must not be used for.
  public static let limits = [
    "Texts of different kinds: a letter against a chat. Every published method fails there (best AUC of the PAN tasks of 2022 and 2023: .60 to .62).",
    "Authors who disguise how they write, or imitate somebody. Nothing here measures it.",
    "Texts that a program wrote, rewrote or translated: they show the program's habits.",
    "Texts that several people wrote, or that were copied from elsewhere and not left out as quotes.",
    "Another language than the model's, fewer than 250 characters, or a kind of text that no calibration covers: there is no likelihood ratio then, and the score adds nothing.",
    "Deciding. A ratio of 20 misleads in about one comparison of twenty-one at even odds; among many candidates the nearest is usually somebody else.",
  ]

  /// The page.
  ///
  /// - Parameters:
  ///   - isBounded: whether ratios were kept within their bounds.
  ///   - version: of the program.
  public static func html(_ tasks: [StyleTaskFigures], isBounded: Bool, version: String) -> String {
    var sections: [ReportPage.Section] = [("summary", "Summary", table(tasks))]
    for (number, task) in tasks.enumerated() {
      sections.append(("task\(number)", HTMLText.escape(task.name), body(task)))
    }
    sections.append(
      (
        "limits", "What it must not be used for",
        "<ul>" + limits.map { "<li>\(HTMLText.escape($0))</li>" }.joined() + "</ul>\n"
      ))
    return ReportPage(
      title: "Validation of the comparison of styles", heading: "Validation of the comparison of styles",
      summary:
        "<p>Of each task the authors of one part are background, those of another calibrate, and these figures are of a third. A pair without a likelihood ratio counts as a ratio of 1. \(isBounded ? "The ratios keep within the bounds that are named with each task, as those of a case do." : "The ratios are as calibrated; those of a case keep within the bounds that are named with each task (<code>--bounded</code> judges them so).") Lengths are of texts as written, and only those shorter than those of enough calibrating pairs get no ratio; a case abstains from texts of fewer than \(StyleModel.shortest) characters and for other reasons as well. R@1 and R@8 are of ratios balanced among all queries and candidates of a task, which counts on each candidate being one of theirs. N-grams that nobody in the background writes count here, and not in a model that is kept: names are among them, and in a case many write of one victim.</p>\n",
      sections: sections, footer: "Cognate \(HTMLText.escape(version))"
    ).html
  }

  private static func row(_ cells: [String], _ tag: String = "td") -> String {
    "<tr>" + cells.map { "<\(tag)>\(HTMLText.escape($0))</\(tag)>" }.joined() + "</tr>\n"
  }

  private static func table(_ tasks: [StyleTaskFigures]) -> String {
    var html =
      "<div class=\"scroll\"><table>"
      + row(
        [
          "task", "pairs", "abstained", "AUC", "EER", "c@1", "F0.5u", "1 − Brier", "Cllr", "Cllr min",
          "queries", "R@1", "R@8",
        ], "th")
    for task in tasks {
      let metrics = task.metrics
      html += row([
        task.name, Figure.grouped(metrics.pairs), Figure.grouped(metrics.abstained),
        Figure.fixed(metrics.auc, 4), Figure.fixed(metrics.eer, 3), Figure.fixed(metrics.cAt1, 3),
        Figure.fixed(metrics.f05u, 3), Figure.fixed(metrics.oneMinusBrier, 3),
        Figure.fixed(metrics.cost.cllr, 3),
        Figure.fixed(metrics.cost.minimum, 3), Figure.grouped(task.retrieval.candidates),
        Figure.fixed(task.retrieval.first, 3), Figure.fixed(task.retrieval.firstEight, 3),
      ])
    }
    return html + "</table></div>\n"
  }

  private static func body(_ task: StyleTaskFigures) -> String {
    var notes = task.doubts
    if task.isByStandIn {
      notes.append(
        "the task has too few background authors to learn from: the built-in model judged it, which leaves out what nobody in its background writes"
      )
    }
    if let note = task.abstentionNote { notes.append(note) }
    var html = notes.map { "<p>Beware: \(HTMLText.escape($0)).</p>\n" }.joined()
    html += "<h3>Tippett plot</h3>\n<div class=\"scroll\">\(task.tippett())</div>\n"
    html +=
      "<h3>Empirical cross-entropy</h3>\n<div class=\"scroll\">\(task.crossEntropy())</div>\n"
    html +=
      "<h3>Errors at even odds, by length of the shorter text</h3>\n<div class=\"scroll\"><table>"
      + row(["from characters", "one author", "missed", "two authors", "taken for one", "abstained"], "th")
    for rates in task.lengths {
      func share(_ part: (pairs: Int, wrong: Int)) -> String {
        part.pairs == 0 ? "–" : Figure.percent(Double(part.wrong) / Double(part.pairs))
      }
      html += row([
        Figure.grouped(rates.shortest), Figure.grouped(rates.same.pairs), share(rates.same),
        Figure.grouped(rates.different.pairs), share(rates.different), Figure.grouped(rates.abstained),
      ])
    }
    html += "</table></div>\n"
    for bucket in task.bounds {
      html +=
        "<p>From \(Figure.grouped(bucket.shortest)) characters on the calibrating pairs support ratios from \(Figure.signed(bucket.lower)) to \(Figure.signed(bucket.upper)) (log10).</p>\n"
    }
    return html
  }
}
