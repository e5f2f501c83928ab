import ArgumentParser
import CorpusKit
import FileOutput
import Foundation
import StyleValidation
import Stylometry

struct StyleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "style", abstract: "Compare how texts are written.",
    subcommands: [
      StyleCompareCommand.self, StyleSearchCommand.self, StyleTrainCommand.self, StyleEvaluateCommand.self,
      StyleReportCommand.self,
    ])
}

struct StyleEvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge the comparison of styles on a task whose truth is known.",
    discussion: """
      DOCS is NDJSON, plain or packed by gzip or zstd: a document a line with id, author, split, side and text. \
      In place of text there may be posts, a list of objects with text and at, and then posting hours count as well. \
      PAIRS has a line a pair: split, id, id, and 1 for one author or 0 for two, between tabs. All learning is from \
      the split fit, calibration from the pairs of calib, or such as its documents make where there are too few; the \
      pairs of test are scored.

      EXAMPLES:
        cognate style evaluate task.docs.ndjson.gz task.pairs.tsv \\
          --scores scores.tsv --ranks ranks.tsv
        cognate style evaluate task.docs.ndjson.gz task.pairs.tsv --model forum.model
      """)

  @Argument(help: "The documents.", completion: .file(extensions: ["ndjson", "gz"])) var docs: String
  @Argument(help: "The pairs.", completion: .file(extensions: ["tsv"])) var pairs: String
  @Option(
    help: "Write id, id and log10 of the likelihood ratio of every test pair here.", completion: .file())
  var scores: String?
  @Option(help: "Write the nearest candidates of every query here: id, id, score.", completion: .file())
  var ranks: String?
  @Option(help: "What an embedding of other corpora knows: a file, none, or built-in.")
  var embedding: String = "built-in"
  @Option(
    help:
      "Judge by this model, with its own embedding and encoder, in place of one learnt from the split fit; its ratios are calibrated anew by the split calib. A file, or built-in."
  )
  var model: String?
  @Option(help: "What reads the texts beside their n-grams: a file, none, or built-in.")
  var encoder: String = "built-in"
  @Flag(help: "Keep ratios within what the calibrating pairs support, as in a case.") var bounded = false
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    if model != nil, embedding != "built-in" || encoder != "built-in" {
      throw ValidationError("--model has its own embedding and encoder: leave out --embedding and --encoder")
    }
    try OutputPaths.check(
      [scores, ranks], against: [docs, pairs, embedding, encoder, model], isJSON: output.json)
  }

  func run() throws {
    try OutputPaths.check(places: [scores, ranks])
    let printer = ProgressPrinter(progressOptions.progress)
    printer.stage("reading documents")
    let task = try StyleTask(documents: docs, pairs: pairs)
    printer.finish()
    Terminal.warn(of: task.corpus.notes, in: docs)
    let evaluation = try StyleEvaluation(
      task, embedding: try StyleModelArgument.embedding(embedding),
      encoder: try StyleModelArgument.encoder(encoder),
      by: try model.map { try StyleModelArgument.model($0) },
      orElse: try? StyleModel.builtIn(), isBounded: bounded, threads: workers.count
    ) { printer.stage($0.name) }
    printer.finish()
    evaluation.warn(of: task)
    if let scores { try ByteFile.write(evaluation.scoresText(task.corpus), to: scores) }
    if let ranks { try ByteFile.write(evaluation.ranksText(task.corpus), to: ranks) }
    let figures = StyleFigures(
      try evaluation.metrics(), evaluation.retrieval(task.corpus), evaluation)
    try output.show(figures) { figures.text }
  }
}

extension Terminal {
  /// Says how many times of posts do not count.
  static func warn(ofUnplacedTimes count: Int) {
    if count == 0 { return }
    warning(
      "\(self.count(count, "time")) of posts \(count == 1 ? "says" : "say") nothing of the hour and \(count == 1 ? "does" : "do") not count: a time needs a zone, as in 2026-01-01T10:00:00Z."
    )
  }
}

extension StyleEvaluation.Stage {
  /// For progress.
  var name: String {
    switch self {
    case .background: "measuring how the background's authors write"
    case .learning: "learning from them"
    case .documents: "measuring the documents of the pairs"
    case .calibration: "calibrating"
    case .judging: "judging pairs"
    case .ranking: "ranking candidates"
    }
  }
}

extension StyleEvaluation {
  /// Says what whoever reads the figures of a task must know.
  func warn(of task: StyleTask) {
    for doubt in task.doubts { Terminal.warning("\(Terminal.safe(doubt)).") }
    if isByStandIn {
      Terminal.warning(
        "the split fit has too few authors with texts to compare, so that nothing is learnt and the built-in model judges the task, with its own embedding and without an encoder."
      )
    }
    if let calibratorsNote { Terminal.warning("\(calibratorsNote).") }
    if let abstentionNote { Terminal.warning("\(abstentionNote).") }
    if calibration != nil, !countsOthers {
      Terminal.warning(
        "the calibrating pairs of two authors score otherwise than other pairs of the same texts do, so that ratios are calibrated by those given alone, and hold for pairs chosen as these were."
      )
    }
    Terminal.warn(ofUnplacedTimes: task.corpus.unplacedTimes)
  }
}

/// Figures of an evaluation, as printed.
struct StyleFigures: Encodable {
  var pairs: Int
  var abstained: Int
  var auc: Double
  var eer: Double
  var cAt1: Double
  var f05u: Double
  var oneMinusBrier: Double
  var cllr: Double
  var cllrMinimum: Double
  var queries: Int
  var firstRank: Double
  var firstEightRanks: Double
  var meanReciprocalRank: Double
  var weights: [Double]
  /// Whether the built-in model judged, for want of authors to learn from.
  var isByStandIn: Bool
  /// What the log of the ratio by posting hours is multiplied by; nil where they do not count.
  var hourWeight: Double?

  enum CodingKeys: String, CodingKey {
    case pairs, abstained, auc, eer, cAt1 = "c_at_1", f05u = "f05u", oneMinusBrier = "one_minus_brier", cllr,
      cllrMinimum = "cllr_min", queries
    case firstRank = "r_at_1", firstEightRanks = "r_at_8", meanReciprocalRank = "mrr", weights,
      isByStandIn = "by_built_in_model", hourWeight = "hour_weight"
  }

  init(_ metrics: VerificationMetrics, _ retrieval: RetrievalMetrics, _ evaluation: StyleEvaluation) {
    pairs = metrics.pairs
    abstained = metrics.abstained
    auc = metrics.auc
    eer = metrics.eer
    cAt1 = metrics.cAt1
    f05u = metrics.f05u
    oneMinusBrier = metrics.oneMinusBrier
    cllr = metrics.cost.cllr
    cllrMinimum = metrics.cost.minimum
    queries = retrieval.queries
    firstRank = retrieval.first
    firstEightRanks = retrieval.firstEight
    meanReciprocalRank = retrieval.meanReciprocalRank
    weights = evaluation.weights
    isByStandIn = evaluation.isByStandIn
    hourWeight = evaluation.calibration?.hourWeight
  }

  var text: String {
    func figure(_ value: Double) -> String { String(format: "%.4f", value) }
    let rows = [
      ["test pairs", "\(pairs)", "abstained \(abstained)"],
      [
        "discrimination", "AUC \(figure(auc))", "EER \(figure(eer))", "c@1 \(figure(cAt1))",
        "F0.5u \(figure(f05u))",
      ],
      [
        "likelihood ratios", "Cllr \(figure(cllr))", "Cllr min \(figure(cllrMinimum))",
        "1 − Brier \(figure(oneMinusBrier))",
      ],
      [
        "retrieval", "\(queries) queries", "R@1 \(figure(firstRank))", "R@8 \(figure(firstEightRanks))",
        "MRR \(figure(meanReciprocalRank))",
      ],
    ]
    return Terminal.table(rows + (hourWeight.map { [["posting hours", "weight \(figure($0))"]] } ?? []))
  }
}
