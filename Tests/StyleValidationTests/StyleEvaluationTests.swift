import Foundation
import StyleValidation
import Stylometry
import TestSupport
import Testing

@Suite("Evaluation of styles")
struct StyleEvaluationTests {
  /// A task of invented authors; `order` of its documents may be turned around.
  private static func task(
    _ folder: ScratchFolder, fit: Int, characters: Int = 400, reversed: Bool = false
  ) throws -> StyleTask {
    var authors = InventedAuthors(seed: 7)
    var lines = authors.lines(split: "fit", authors: fit, characters: characters)
    lines += authors.lines(split: "calib", authors: 30, characters: characters)
    lines += authors.lines(split: "test", authors: 30, characters: characters)
    if reversed {
      lines = lines.filter { $0.contains("\"fit\"") } + lines.filter { !$0.contains("\"fit\"") }.reversed()
    }
    let pairs =
      InventedAuthors.pairs(split: "calib", authors: 30) + InventedAuthors.pairs(split: "test", authors: 30)
    let documents = try folder.write(lines.joined(separator: "\n") + "\n", to: "docs.ndjson")
    let truth = try folder.write(pairs.joined(separator: "\n") + "\n", to: "pairs.tsv")
    return try StyleTask(documents: documents.path, pairs: truth.path)
  }

  @Test("Authors with habits are told apart, and the ratios are worth their name", arguments: [40, 120])
  func tellsApart(fit: Int) throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: fit)
    let evaluation = try StyleEvaluation(task, threads: 2)
    let metrics = try evaluation.metrics()
    #expect(metrics.pairs == 60 && metrics.abstained == 0)
    #expect(metrics.auc > 0.9, "\(metrics)")
    #expect(metrics.cost.cllr < 0.7, "\(metrics)")
    #expect(evaluation.retrieval(task.corpus).firstEight > 0.6)
    // 120 authors are enough for a projection, 40 are not: then it has no weight.
    let projection = evaluation.weights[StyleScore.projection.rawValue]
    #expect((projection != 0) == (fit == 120))
  }

  @Test("Threads and the order of other documents change no bit")
  func deterministic() throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: 110)
    let one = try StyleEvaluation(task, threads: 1)
    let two = try StyleEvaluation(task, threads: 3)
    #expect(one.scoresText(task.corpus) == two.scoresText(task.corpus))
    #expect(one.ranksText(task.corpus) == two.ranksText(task.corpus))
    let turned = try Self.task(folder, fit: 110, reversed: true)
    #expect(try StyleEvaluation(turned, threads: 2).scoresText(turned.corpus) == one.scoresText(task.corpus))
  }

  @Test("Short texts get no likelihood ratio, and without calibration nobody does")
  func abstains() throws {
    let folder = try ScratchFolder()
    let short = try Self.task(folder, fit: 40, characters: 249)
    #expect(try StyleEvaluation(short, threads: 2).metrics().abstained == 60)
    let lines = try String(contentsOf: folder.url.appendingPathComponent("docs.ndjson"), encoding: .utf8)
    let documents = try folder.write(lines, to: "again.ndjson")
    let pairs = try folder.write(
      InventedAuthors.pairs(split: "test", authors: 30).joined(separator: "\n") + "\n", to: "test.tsv")
    let task = try StyleTask(documents: documents.path, pairs: pairs.path)
    let evaluation = try StyleEvaluation(task, threads: 2)
    #expect(evaluation.calibration == nil)
    #expect(evaluation.scored.allSatisfy { $0.log10LR == nil } && !evaluation.rankings.isEmpty)
  }

  @Test("Too few authors are refused")
  func tooFew() throws {
    let folder = try ScratchFolder()
    #expect(throws: StyleTrainingError.tooFewAuthors(10, needed: 20)) {
      try StyleEvaluation(try Self.task(folder, fit: 10), threads: 1)
    }
  }
}
