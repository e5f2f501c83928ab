import Columns
public import Stylometry

/// What a model makes of a task's test pairs.
public struct StyleEvaluation: Sendable {
  /// A test pair with its likelihood ratio.
  public struct Scored: Sendable {
    /// The pair, by places in the corpus.
    public var pair: StylePairs.Pair
    /// log10 of the likelihood ratio; nil when the model abstains.
    public var log10LR: Double?
  }

  /// A candidate for one query.
  public struct Candidate: Sendable {
    /// Place of the document in the corpus.
    public var document: Int
    /// Fused log odds; higher is more alike.
    public var score: Double
  }

  /// A query and who comes nearest to it, best first.
  public struct Ranking: Sendable {
    /// Place of the query in the corpus.
    public var query: Int
    /// The best of all candidates.
    public var candidates: [Candidate]
  }

  /// How many candidates of each query are kept.
  public static let kept = 100
  /// Texts of fewer characters are not judged.
  public static let shortest = 250

  /// Every test pair, in the order of the file.
  public let scored: [Scored]
  /// Every first text of a test pair of one author, against all second ones.
  public let rankings: [Ranking]
  /// What the scores weigh in the fusion.
  public let weights: [Double]
  /// What the calibration was fitted to; nil when the task has nothing to calibrate by.
  public let calibration: StyleCalibration?

  /// Learns from the fit documents, calibrates by the calib pairs, and judges the test pairs.
  ///
  /// - Parameter threads: the result does not depend on it.
  public init(_ task: StyleTask, threads: Int) throws(StyleTrainingError) {
    let (background, places) = task.background()
    let profiler = StyleProfiler()
    let learnt = try StyleTrainer(threads: threads).train(background) {
      task.profile(places[$0], by: profiler)
    }
    let (calib, test) = (task.pairs(of: .calib), task.pairs(of: .test))
    let needed = Set((calib + test).flatMap { [$0.left, $0.right] }).sorted()
    let authors = Dictionary(
      zip(places, background.documents.map(\.author)), uniquingKeysWith: { one, _ in one })
    let model = learnt.background
    let computed = Workers.map(chunks: needed.count, threads: threads, start: { StyleProfiler() }) {
      model.vectors(task.profile(needed[$1], by: $0), without: authors[needed[$1]])
    }
    let vectors = Dictionary(uniqueKeysWithValues: zip(needed, computed))
    let lengths = Dictionary(uniqueKeysWithValues: needed.map { ($0, task.length($0)) })
    @Sendable func fused(_ left: Int, _ right: Int) -> Double {
      guard let one = vectors[left], let other = vectors[right] else { return 0 }
      return learnt.fusion.logOdds(model.scores(one, other))
    }
    func length(_ pair: StylePairs.Pair) -> Int { min(lengths[pair.left] ?? 0, lengths[pair.right] ?? 0) }
    let calibration = StyleCalibration(
      calib.map { .init(logOdds: fused($0.left, $0.right), length: length($0), isSame: $0.isSame) })
    scored = test.map { pair in
      guard let calibration, length(pair) >= Self.shortest else { return Scored(pair: pair, log10LR: nil) }
      return Scored(
        pair: pair, log10LR: calibration.log10LR(fused(pair.left, pair.right), length: length(pair)))
    }
    let same = test.filter(\.isSame)
    let gallery = same.map(\.right)
    rankings = Workers.map(chunks: same.count, threads: threads, start: {}) { _, index in
      let query = same[index].left
      var candidates = gallery.map { Candidate(document: $0, score: fused(query, $0)) }
      candidates.sort { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
      return Ranking(query: query, candidates: Array(candidates.prefix(Self.kept)))
    }
    weights = learnt.fusion.weights
    self.calibration = calibration
  }
}
