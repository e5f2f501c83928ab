import ArgumentParser
import Cognate
import FileOutput
import Foundation
import StyleValidation
import Stylometry

struct StyleReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the validation report: figures and plots of one or more tasks.",
    discussion: """
      A task is NAME.docs.ndjson.gz (or .docs.ndjson) beside NAME.pairs.tsv; `cognate style evaluate --help` says what \
      they hold. Each is learnt, calibrated and judged as there.

      EXAMPLE:
        cognate style report tasks/*.docs.ndjson.gz -o style.html
      """)

  @Argument(help: "The documents of each task.", completion: .file(extensions: ["ndjson", "gz"]))
  var tasks: [String]
  @Option(name: .shortAndLong, help: "Write the page here.", completion: .file(extensions: ["html"]))
  var output: String
  @Option(help: "What an embedding of other corpora knows: a file, none, or built-in.")
  var embedding: String = "built-in"
  @Option(help: "What reads the texts beside their n-grams: a file, none, or built-in.")
  var encoder: String = "built-in"
  @Flag(help: "Keep ratios within what the calibrating pairs support, as in a case.") var bounded = false
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var show: OutputOptions
  @OptionGroup var progressOptions: ProgressOptions

  func validate() throws {
    for task in tasks where Self.stem(task) == nil {
      throw ValidationError("\(task): a task is named NAME.docs.ndjson or NAME.docs.ndjson.gz")
    }
    try OutputPaths.check(
      [output], against: tasks + tasks.compactMap { Self.stem($0).map(Self.pairs) } + [embedding, encoder],
      isJSON: show.json)
  }

  private static func stem(_ path: String) -> String? {
    for suffix in [".docs.ndjson.gz", ".docs.ndjson.zst", ".docs.ndjson"] where path.hasSuffix(suffix) {
      return String(path.dropLast(suffix.count))
    }
    return nil
  }

  /// Of each task the name of its files; where two have the same, with their folders.
  private static func names(_ stems: [String]) -> [String: String] {
    let last = { (stem: String) in URL(fileURLWithPath: stem).lastPathComponent }
    return Dictionary(
      stems.map { stem in (stem, stems.count { last($0) == last(stem) } > 1 ? stem : last(stem)) },
      uniquingKeysWith: { one, _ in one })
  }

  private static func pairs(_ stem: String) -> String { stem + ".pairs.tsv" }

  func run() throws {
    try OutputPaths.check(places: [output])
    // A task takes minutes: what lacks its pairs is told before the first.
    for path in tasks.compactMap({ Self.stem($0).map(Self.pairs) }) {
      guard FileManager.default.isReadableFile(atPath: path) else {
        throw StyleCorpusError.unreadable(
          file: path, reason: "it cannot be read; the pairs of a task lie beside its documents")
      }
    }
    let embedding = try StyleModelArgument.embedding(embedding)
    let encoder = try StyleModelArgument.encoder(encoder)
    var figures: [StyleTaskFigures] = []
    let names = Self.names(tasks.compactMap(Self.stem))
    let printer = ProgressPrinter(progressOptions.progress)
    for path in tasks.sorted() {
      guard let stem = Self.stem(path) else { continue }
      let name = names[stem] ?? stem
      printer.stage("\(Terminal.safe(name)): reading documents")
      let task = try StyleTask(documents: path, pairs: Self.pairs(stem))
      printer.finish()
      Terminal.warn(of: task.corpus.notes, in: path)
      let evaluation = try StyleEvaluation(
        task, embedding: embedding, encoder: encoder, orElse: try? StyleModel.builtIn(), isBounded: bounded,
        threads: workers.count
      ) { printer.stage("\(Terminal.safe(name)): \($0.name)") }
      printer.finish()
      evaluation.warn(of: task)
      figures.append(try StyleTaskFigures(name: name, evaluation, task))
    }
    try ByteFile.write(
      StyleReport.html(figures, isBounded: bounded, version: CognateVersion.current), to: output)
    let rows = figures.map { StyleReportRow($0) }
    try show.show(rows) {
      Terminal.table(
        [["task", "AUC", "Cllr", "Cllr min", "R@1", "R@8"]]
          + rows.map { row in
            [row.task]
              + [row.auc, row.cllr, row.cllrMinimum, row.firstRank, row.firstEightRanks].map {
                String(format: "%.4f", $0)
              }
          })
    }
  }
}

/// A task of the report, as printed.
struct StyleReportRow: Encodable {
  var task: String
  var pairs: Int
  var abstained: Int
  var isByStandIn: Bool
  var auc: Double
  var cllr: Double
  var cllrMinimum: Double
  var firstRank: Double
  var firstEightRanks: Double

  enum CodingKeys: String, CodingKey {
    case task, pairs, abstained, isByStandIn = "by_built_in_model", auc, cllr, cllrMinimum = "cllr_min",
      firstRank = "r_at_1", firstEightRanks = "r_at_8"
  }

  init(_ figures: StyleTaskFigures) {
    task = figures.name
    pairs = figures.metrics.pairs
    abstained = figures.metrics.abstained
    isByStandIn = figures.isByStandIn
    auc = figures.metrics.auc
    cllr = figures.metrics.cost.cllr
    cllrMinimum = figures.metrics.cost.minimum
    firstRank = figures.retrieval.first
    firstEightRanks = figures.retrieval.firstEight
  }
}
