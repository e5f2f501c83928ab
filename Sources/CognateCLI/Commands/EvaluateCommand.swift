import ArgumentParser
import CorpusKit
import Foundation

struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Score clusters against the truth: pairwise and B-cubed.",
    discussion: """
      TRUTH.csv and CLUSTERS.csv are `unique_id,cluster_id`; any CSV with a unique_id (or id, record_id, rec_id, \
      uid) and a cluster (or cluster_id) column serves as truth.

      EXAMPLE:
        cognate evaluate truth.csv clusters.csv --json
      """)

  @Argument(help: "The truth.", completion: .file(extensions: ["csv"])) var truth: String
  @Argument(help: "The clusters to score.", completion: .file(extensions: ["csv"])) var clusters: String
  @OptionGroup var output: OutputOptions

  func run() throws {
    let metrics = ClusterMetrics(
      truth: try ClusterAssignment(table: URL(fileURLWithPath: truth)),
      predicted: try ClusterAssignment(table: URL(fileURLWithPath: clusters)))
    guard metrics.ids > 0 else { throw TableError.noRecords(path: truth) }
    guard metrics.missingIDs < metrics.ids else {
      throw TableError.noCommonID(truth: truth, clusters: clusters)
    }
    let scores = ClusterScores(metrics)
    try output.show(scores) { scores.text }
  }
}

/// Scores of a clustering, as printed.
struct ClusterScores: Encodable {
  var ids: Int
  var pairPrecision: Double
  var pairRecall: Double
  var pairF1: Double
  var bCubedPrecision: Double
  var bCubedRecall: Double
  var bCubedF1: Double
  var clusters: Int
  var trueClusters: Int
  var largestCluster: Int
  var missingIDs: Int
  var unknownIDs: Int

  enum CodingKeys: String, CodingKey {
    case ids, pairPrecision = "pair_precision", pairRecall = "pair_recall", pairF1 = "pair_f1"
    case bCubedPrecision = "bcubed_precision", bCubedRecall = "bcubed_recall", bCubedF1 = "bcubed_f1"
    case clusters, trueClusters = "true_clusters", largestCluster = "largest_cluster"
    case missingIDs = "missing_ids", unknownIDs = "unknown_ids"
  }

  init(_ metrics: ClusterMetrics) {
    ids = metrics.ids
    pairPrecision = metrics.precision
    pairRecall = metrics.recall
    pairF1 = metrics.f1
    bCubedPrecision = metrics.bCubedPrecision
    bCubedRecall = metrics.bCubedRecall
    bCubedF1 = metrics.bCubedF1
    clusters = metrics.predictedClusters
    trueClusters = metrics.trueClusters
    largestCluster = metrics.largestPredicted
    missingIDs = metrics.missingIDs
    unknownIDs = metrics.unknownIDs
  }

  var text: String {
    func figure(_ value: Double) -> String { String(format: "%.4f", value) }
    return Terminal.table([
      [
        "pairs", "precision \(figure(pairPrecision))", "recall \(figure(pairRecall))", "F1 \(figure(pairF1))",
      ],
      [
        "B-cubed", "precision \(figure(bCubedPrecision))", "recall \(figure(bCubedRecall))",
        "F1 \(figure(bCubedF1))",
      ],
      ["ids", "\(ids)", "missing \(missingIDs)", "unknown \(unknownIDs)"],
      ["clusters", "\(clusters)", "true \(trueClusters)", "largest \(largestCluster)"],
    ])
  }
}
