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
  @Flag(help: "Keep ratios within what the calibrating pairs support, as in a case.") var bounded = false
  @OptionGroup var workers: ThreadOptions
  @OptionGroup var show: OutputOptions

  func validate() throws {
    for task in tasks where Self.stem(task) == nil {
      throw ValidationError("\(task): a task is named NAME.docs.ndjson or NAME.docs.ndjson.gz")
    }
  }

  private static func stem(_ path: String) -> String? {
    for suffix in [".docs.ndjson.gz", ".docs.ndjson.zst", ".docs.ndjson"] where path.hasSuffix(suffix) {
      return String(path.dropLast(suffix.count))
    }
    return nil
  }

  func run() throws {
    try OutputFile.check(output)
    let embedding = try StyleModelArgument.embedding(embedding)
    var figures: [StyleTaskFigures] = []
    for path in tasks.sorted() {
      guard let stem = Self.stem(path) else { continue }
      let name = URL(fileURLWithPath: stem).lastPathComponent
      Terminal.write("\(Terminal.safe(name)) …")
      let task = try StyleTask(documents: path, pairs: stem + ".pairs.tsv")
      let evaluation = try StyleEvaluation(
        task, embedding: embedding, orElse: try? StyleModel.builtIn(), isBounded: bounded,
        threads: workers.count)
      evaluation.warnOfChosenPairs()
      Terminal.warn(ofUnplacedTimes: task.corpus.unplacedTimes)
      figures.append(try StyleTaskFigures(name: name, evaluation, task.corpus))
    }
    try ByteFile.write(StyleReport.html(figures, version: CognateVersion.current), to: output)
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
  var auc: Double
  var cllr: Double
  var cllrMinimum: Double
  var firstRank: Double
  var firstEightRanks: Double

  enum CodingKeys: String, CodingKey {
    case task, auc, cllr, cllrMinimum = "cllr_min", firstRank = "r_at_1", firstEightRanks = "r_at_8"
  }

  init(_ figures: StyleTaskFigures) {
    task = figures.name
    auc = figures.metrics.auc
    cllr = figures.metrics.cost.cllr
    cllrMinimum = figures.metrics.cost.minimum
    firstRank = figures.retrieval.first
    firstEightRanks = figures.retrieval.firstEight
  }
}
