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
    if reversed { lines.reverse() }
    let pairs =
      InventedAuthors.pairs(split: "calib", authors: 30) + InventedAuthors.pairs(split: "test", authors: 30)
    let documents = try folder.write(lines.joined(separator: "\n") + "\n", to: "docs.ndjson")
    let truth = try folder.write(pairs.joined(separator: "\n") + "\n", to: "pairs.tsv")
    return try StyleTask(documents: documents.path, pairs: truth.path)
  }

  private static func evaluation(
    _ task: StyleTask, isBounded: Bool = false, threads: Int = 2
  ) throws -> StyleEvaluation {
    try StyleEvaluation(task, embedding: nil, isBounded: isBounded, threads: threads)
  }

  @Test("Authors with habits are told apart, and the ratios are worth their name")
  func tellsApart() throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: 30)
    let evaluation = try Self.evaluation(task, isBounded: true)
    let metrics = try evaluation.metrics()
    #expect(metrics.pairs == 60 && metrics.abstained == 0)
    #expect(metrics.auc > 0.85, "\(metrics)")
    #expect(metrics.cost.cllr < 0.8, "\(metrics)")
    #expect(evaluation.retrieval(task.corpus).firstEight > 0.5)
    // With so few authors only scores as seen from the cohort are weighed.
    for score in StyleScore.allCases {
      let isWeighed = score == .charactersNormalised || score == .wordsNormalised
      #expect((evaluation.weights[score.rawValue] != 0) == isWeighed, "\(score)")
    }
    // What thirty pairs of either sort support is not much.
    let bounds = try #require(evaluation.calibration?.buckets.first?.bounds)
    #expect(bounds.upper <= 1.5 && bounds.lower >= -1.5 && bounds.upper > 0.3)
    #expect(
      evaluation.scored.allSatisfy { ($0.log10LR ?? 9) < bounds.upper && ($0.log10LR ?? -9) > bounds.lower })
  }

  @Test("Each stage is told as it begins")
  func stages() throws {
    let task = try Self.task(try ScratchFolder(), fit: 22, characters: 260)
    var stages: [StyleEvaluation.Stage] = []
    _ = try StyleEvaluation(task, embedding: nil, threads: 2) { stages.append($0) }
    #expect(stages == [.background, .learning, .documents, .calibration, .judging, .ranking])
  }

  @Test("Threads and the order of documents change no bit")
  func deterministic() throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: 22, characters: 260)
    let one = try Self.evaluation(task, threads: 1)
    let turned = try Self.task(folder, fit: 22, characters: 260, reversed: true)
    let other = try Self.evaluation(turned, threads: 3)
    #expect(one.scoresText(task.corpus) == other.scoresText(turned.corpus))
    #expect(one.ranksText(task.corpus) == other.ranksText(turned.corpus))
  }

  @Test("Short texts are judged where others calibrate, empty ones never, and without calibration none is")
  func abstains() throws {
    let folder = try ScratchFolder()
    let short = try Self.evaluation(try Self.task(folder, fit: 20, characters: 150))
    #expect(try short.abstentionNote == nil && short.metrics().abstained == 0 && short.metrics().auc > 0.5)
    let file = folder.url.appendingPathComponent("docs.ndjson")
    let lines = try String(contentsOf: file, encoding: .utf8)
    // One text that is judged and one that calibrates, each in a pair of one author and in one of two.
    let emptied = lines.replacingOccurrences(
      of: #"("id":"(test|calib)3:A0".*"text":")[^"]*"#, with: "$1", options: .regularExpression)
    let documents = try folder.write(emptied, to: "emptied.ndjson").path
    let empty = try Self.evaluation(
      try StyleTask(documents: documents, pairs: folder.url.appendingPathComponent("pairs.tsv").path))
    #expect(empty.calibration?.lapses == LapseRates(same: 29, different: 29))
    let note = try #require(empty.abstentionNote)
    #expect(note.hasPrefix("of 2 of 60 test pairs") && note.hasSuffix("begin at 120 characters"))
    let evaluation = try Self.evaluation(
      try Self.uncalibrated(folder, fit: 20, without: #""split":"calib""#))
    #expect(evaluation.calibration == nil && evaluation.abstentionNote?.hasPrefix("the split calib") == true)
    #expect(evaluation.scored.allSatisfy { $0.log10LR == nil } && !evaluation.rankings.isEmpty)
    #expect(evaluation.calibratorsNote == nil)
  }

  /// A task that gives pairs to judge alone, without the documents whose lines hold something.
  private static func uncalibrated(
    _ folder: ScratchFolder, fit: Int, without left: String? = nil
  ) throws -> StyleTask {
    _ = try task(folder, fit: fit, characters: 300)
    let lines = try String(contentsOf: folder.url.appendingPathComponent("docs.ndjson"), encoding: .utf8)
      .split(separator: "\n").filter { line in left.map { !line.contains($0) } ?? true }
    let documents = try folder.write(lines.joined(separator: "\n"), to: "some.ndjson")
    let pairs = try folder.write(
      InventedAuthors.pairs(split: "test", authors: 30).joined(separator: "\n") + "\n", to: "test.tsv")
    return try StyleTask(documents: documents.path, pairs: pairs.path)
  }

  @Test("Where no pairs are given to calibrate by, documents make them, or authors who teach nothing")
  func calibrators() throws {
    let folder = try ScratchFolder()
    let given = try Self.evaluation(try Self.task(folder, fit: 24, characters: 300))
    #expect(given.calibratorsNote == nil)
    let ofDocuments = try Self.uncalibrated(folder, fit: 24)
    let made = try Self.evaluation(ofDocuments)
    #expect(made.calibratorsNote?.hasSuffix("documents of the split calib make") == true)
    // As many as the task would give.
    #expect(made.calibration?.lapses == given.calibration?.lapses && made.weights == given.weights)
    #expect(try made.metrics().abstained == 0 && made.metrics().cost.cllr < 0.9)
    #expect(try StyleTaskFigures(name: "made", made, ofDocuments).doubts == [made.calibratorsNote])
    let ofBackground = try Self.uncalibrated(folder, fit: 44, without: #""split":"calib""#)
    let taken = try Self.evaluation(ofBackground)
    #expect(taken.calibratorsNote?.contains("one in 4 authors of the split fit") == true)
    #expect(taken.calibration?.lapses == LapseRates(same: 11, different: 11))
    #expect(try taken.metrics().abstained == 0)
    // A model that is given may have learnt from them.
    let foreign = try StyleEvaluation(
      ofBackground, embedding: nil, by: try StyleModel.builtIn(), threads: 2)
    #expect(foreign.calibration == nil && foreign.calibratorsNote == nil)
  }

  @Test("The report shows the figures of a task, and names what it must not be used for")
  func report() throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: 20, characters: 300)
    let evaluation = try Self.evaluation(task)
    let figures = try StyleTaskFigures(name: "a<b", evaluation, task)
    #expect(figures.lengths.map(\.shortest) == [250] && figures.lengths[0].same.pairs == 30)
    let wrong = figures.lengths[0].same.wrong + figures.lengths[0].different.wrong
    #expect(
      wrong
        == evaluation.scored.count {
          ($0.log10LR ?? 0) < 0 && $0.pair.isSame || ($0.log10LR ?? 0) > 0 && !$0.pair.isSame
        })
    let page = StyleReport.html([figures], isBounded: false, version: "1")
    #expect(page.contains("a&lt;b") && !page.contains("a<b") && !page.contains("Beware"))
    #expect(page.contains("as calibrated"))
    #expect(!StyleReport.html([figures], isBounded: true, version: "1").contains("as calibrated"))
    #expect(page.components(separatedBy: "<svg").count == 3)
    for limit in StyleReport.limits { #expect(page.contains(limit.prefix(30))) }
    // Ratios of a thousand, all of them wrong: at even odds log2 of 1,001 bits are missing.
    var worse = figures
    (worse.same, worse.different) = ([-3], [3])
    #expect(!page.contains(">10.00<"))
    #expect(StyleReport.html([worse], isBounded: false, version: "1").contains(">10.00<"))
  }

  @Test("Where given pairs are more alike than others, the others do not calibrate", arguments: [1, 2])
  func givenPairsAlone(step: Int) throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 11)
    let lines = [("fit", 24), ("calib", 30), ("test", 30)].flatMap {
      authors.lines(split: $0.0, authors: $0.1, characters: 300, dialects: 2)
    }
    // Every second author writes the same dialect: by two the given pairs are of one, by one they are of two, and the
    // other pairs are of either.
    let pairs = ["calib", "test"].flatMap { InventedAuthors.pairs(split: $0, authors: 30, step: step) }
    let documents = try folder.write(lines.joined(separator: "\n") + "\n", to: "docs.ndjson")
    let truth = try folder.write(pairs.joined(separator: "\n") + "\n", to: "pairs.tsv")
    let evaluation = try Self.evaluation(try StyleTask(documents: documents.path, pairs: truth.path))
    #expect(!evaluation.countsOthers && evaluation.calibration != nil)
    #expect(try Self.evaluation(try Self.task(folder, fit: 24, characters: 300)).countsOthers)
  }

  @Test("A task with too few authors is judged by a model that stands in")
  func standsIn() throws {
    let folder = try ScratchFolder()
    let task = try Self.task(folder, fit: 10, characters: 300)
    let evaluation = try StyleEvaluation(task, embedding: nil, orElse: try StyleModel.builtIn(), threads: 2)
    #expect(try evaluation.metrics().abstained == 0 && evaluation.calibration != nil)
    #expect(evaluation.isByStandIn)
    let figures = try StyleTaskFigures(name: "few", evaluation, task)
    #expect(
      StyleReport.html([figures], isBounded: false, version: "1").contains("too few background authors"))
    let whole = try Self.evaluation(try Self.task(folder, fit: 20, characters: 300))
    #expect(!whole.isByStandIn)
  }

  @Test(
    "Authors without a text, or with texts of one side, are nobody to learn from",
    arguments: [(#"("split":"fit".*"text":")[^"]*"#, "$1"), (#"("split":"fit","side":")B"#, "$1A")])
  func nobodyToLearnFrom(pattern: String, replacement: String) throws {
    let folder = try ScratchFolder()
    _ = try Self.task(folder, fit: 24, characters: 300)
    let file = folder.url.appendingPathComponent("docs.ndjson")
    let lines = try String(contentsOf: file, encoding: .utf8)
    let changed = lines.replacingOccurrences(of: pattern, with: replacement, options: .regularExpression)
    #expect(changed != lines)
    let documents = try folder.write(changed, to: "changed.ndjson").path
    let task = try StyleTask(
      documents: documents, pairs: folder.url.appendingPathComponent("pairs.tsv").path)
    #expect(throws: StyleTrainingError.self) { try Self.evaluation(task) }
    let evaluation = try StyleEvaluation(task, embedding: nil, orElse: try StyleModel.builtIn(), threads: 2)
    #expect(try evaluation.isByStandIn && evaluation.metrics().abstained == 0)
    let training = StyleTraining(trainer: StyleTrainer(threads: 1), provenance: "", language: "en")
    #expect(throws: StyleTrainingFailure.self) { try training.model(background: [documents]) }
  }

  @Test("A text of a task goes on below what would end a post, and a list of posts does not")
  func joinedTexts() throws {
    let folder = try ScratchFolder()
    let text = #""Here I am.\n-- \nOn and on I write.\n""#
    let lines = [
      #"{"id":"a","text":\#(text)}"#, #"{"id":"b","posts":[{"text":\#(text)}]}"#,
      #"{"id":"c","author":"a","text":"Here."}"#,
    ]
    let documents = try folder.write(lines.joined(separator: "\n"), to: "joined.ndjson")
    let truth = try folder.write("test\ta\tc\t1\ntest\ta\tb\t0\n", to: "joined.tsv")
    let task = try StyleTask(documents: documents.path, pairs: truth.path)
    let profiler = StyleProfiler()
    #expect(try task.profile(0, by: profiler).length == 29)
    #expect(try task.profile(1, by: profiler).length == 10)
  }

  @Test("What does not fit together in a task is told, and a task without pairs of both sorts is refused")
  func doubts() throws {
    let folder = try ScratchFolder()
    #expect(try Self.task(folder, fit: 2, characters: 20).doubts.isEmpty)
    let lines = [
      #"{"id":"a","author":"x","split":"fit","side":"A","text":"one"}"#,
      #"{"id":"b","author":"x","split":"test","side":"B","text":"two"}"#,
      #"{"id":"c","author":"y","split":"test","side":"B","text":"three"}"#,
      #"{"id":"d","author":"z","side":"B","text":"four"}"#,
    ]
    let documents = try folder.write(lines.joined(separator: "\n"), to: "odd.ndjson").path
    func task(_ pairs: String) throws -> StyleTask {
      try StyleTask(documents: documents, pairs: folder.write(pairs, to: "odd.tsv").path)
    }
    let doubts = try task("test\ta\tb\t0\ntest\tb\tb\t1\ntest\tb\tc\t1\ntest\tc\tb\t0\n").doubts
    #expect(doubts.count == 7 && doubts[6].hasPrefix("one document has no split"))
    #expect(doubts[0].hasPrefix("2 pairs say otherwise") && doubts[1].hasPrefix("one pair is of a document"))
    #expect(doubts[2].hasPrefix("one pair is of another split") && doubts[3].contains("was learnt from"))
    #expect(doubts[4].hasPrefix("one pair to judge stands twice") && doubts[5].hasPrefix("one author is in"))
    for (pairs, same, different) in [("", 0, 0), ("test\tb\tb\t1\n", 1, 0), ("calib\tb\tc\t1\n", 0, 0)] {
      let path = folder.url.appendingPathComponent("odd.tsv").path
      #expect(throws: StyleCorpusError.oneSort(file: path, same: same, different: different)) {
        try task(pairs)
      }
    }
  }

  @Test("Why texts shorter than those that calibrate get no ratio is said")
  func shorterThanCalibrated() throws {
    let folder = try ScratchFolder()
    var authors = InventedAuthors(seed: 7)
    let lines = [("fit", 20, 600), ("calib", 30, 600), ("test", 30, 300)].flatMap {
      authors.lines(split: $0.0, authors: $0.1, characters: $0.2)
    }
    let pairs = ["calib", "test"].flatMap { InventedAuthors.pairs(split: $0, authors: 30) }
    let documents = try folder.write(lines.joined(separator: "\n") + "\n", to: "docs.ndjson")
    let truth = try folder.write(pairs.joined(separator: "\n") + "\n", to: "pairs.tsv")
    let task = try StyleTask(documents: documents.path, pairs: truth.path)
    let evaluation = try Self.evaluation(task)
    #expect(evaluation.calibration != nil && evaluation.scored.allSatisfy { $0.log10LR == nil })
    let note = try #require(evaluation.abstentionNote)
    #expect(note.hasPrefix("of 60 of 60 test pairs") && note.hasSuffix("begin at 500 characters"))
    let figures = try StyleTaskFigures(name: "short", evaluation, task)
    #expect(StyleReport.html([figures], isBounded: false, version: "1").contains("Beware: \(note)."))
    #expect(try Self.evaluation(try Self.task(folder, fit: 20, characters: 300)).abstentionNote == nil)
  }

  @Test("A text is one query and one candidate however many pairs it is in, and none of its own")
  func distinctQueries() throws {
    let folder = try ScratchFolder()
    _ = try Self.task(folder, fit: 20, characters: 260)
    let pairs =
      InventedAuthors.pairs(split: "calib", authors: 30)
      + InventedAuthors.pairs(split: "test", authors: 30)
      + (0..<30).flatMap { author in
        [("A0", "B1"), ("A1", "B0"), ("A1", "B1"), ("B0", "B1")].map {
          "test\ttest\(author):\($0.0)\ttest\(author):\($0.1)\t1"
        }
      }
    let documents = folder.url.appendingPathComponent("docs.ndjson").path
    let truth = try folder.write(pairs.joined(separator: "\n") + "\n", to: "several.tsv")
    let task = try StyleTask(documents: documents, pairs: truth.path)
    let evaluation = try Self.evaluation(task)
    // Of each author A0, A1 and B0 ask for B0 and B1.
    #expect(Set(evaluation.rankings.map(\.query)).count == 90 && evaluation.rankings.count == 90)
    for ranking in evaluation.rankings {
      let found = ranking.candidates.map(\.document)
      let isCandidate = task.corpus.documents[ranking.query].side == "B0"
      #expect(Set(found).count == found.count && found.count == (isCandidate ? 59 : 60))
      #expect(!found.contains(ranking.query) && ranking.candidates.allSatisfy { $0.score.isFinite })
    }
  }

  @Test("Too few authors are refused")
  func tooFew() throws {
    let folder = try ScratchFolder()
    #expect(throws: StyleTrainingError.tooFewAuthors(10, needed: 20)) {
      try Self.evaluation(try Self.task(folder, fit: 10), threads: 1)
    }
  }
}
