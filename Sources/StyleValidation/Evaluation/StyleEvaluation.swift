import Columns
import Foundation
public import Stylometry

/// What a model makes of a task's test pairs.
public struct StyleEvaluation: Sendable {
  /// A test pair with its likelihood ratio.
  public struct Scored: Sendable {
    /// The pair, by places in the corpus.
    public var pair: StylePairs.Pair
    /// Characters of the shorter text, as written.
    public var length: Int
    /// log10 of the likelihood ratio; nil when the model abstains.
    public var log10LR: Double?
  }

  /// A candidate for one query.
  public struct Candidate: Sendable {
    /// Place of the document in the corpus.
    public var document: Int
    /// log10 of the likelihood ratio before bounds, or of the fused odds without calibration, balanced among all queries
    /// and candidates, see `BalancedRatios`; higher is more alike. 0 is certainty, as far as one of the queries' authors
    /// wrote the candidate.
    public var score: Double
  }

  /// A query and who comes nearest to it, best first.
  public struct Ranking: Sendable {
    /// Place of the query in the corpus.
    public var query: Int
    /// The best of all candidates.
    public var candidates: [Candidate]
  }

  /// What is being done, for progress.
  public enum Stage: Sendable {
    /// Measuring how the background's authors write.
    case background
    /// Learning from them.
    case learning
    /// Measuring the documents that calibrate and are judged.
    case documents
    /// Comparing the calibrating pairs.
    case calibration
    /// Judging the test pairs.
    case judging
    /// Comparing every query with every candidate.
    case ranking
  }

  /// How many candidates of each query are kept.
  public static let kept = 100

  /// Every test pair, in the order of the file.
  public let scored: [Scored]
  /// Every first text of the test pairs of one author, against all second ones but itself; each once.
  public let rankings: [Ranking]
  /// What the scores weigh in the fusion.
  public let weights: [Double]
  /// What the calibration was fitted to; nil when the task has too little to calibrate by.
  public let calibration: StyleCalibration?
  /// Whether the stand-in judged, since the task has too few fit authors to learn from.
  public let isByStandIn: Bool
  /// Whether pairs of two authors beside those given were calibrated by; not where they score otherwise.
  public let countsOthers: Bool
  /// Where the calibrating pairs are from.
  let calibratorsOrigin: StyleCalibrators.Origin

  /// Learns from the fit documents, calibrates by the calib pairs, or such as documents make where there are too few, and
  /// judges the test pairs.
  ///
  /// - Parameters:
  ///   - embedding: learnt from other corpora; nil for none.
  ///   - encoder: taught on other corpora; nil for none.
  ///   - given: judges in place of what would be learnt; nil to learn.
  ///   - model: stands in for what cannot be learnt where the task has too few fit authors with texts to compare; nil to
  ///     fail then.
  ///   - isBounded: whether ratios keep within what the calibrating pairs support, as those of a case do. Without, the
  ///     figures tell how well the ratios are calibrated rather than how many pairs there were to calibrate by.
  ///   - threads: the result does not depend on them.
  ///   - stage: called as each stage begins.
  /// - Throws: `StyleTrainingError`, `StyleProfileError`.
  public init(
    _ task: StyleTask, embedding: StyleEmbedding?, encoder: TextEncoder? = nil, by given: StyleModel? = nil,
    orElse model: StyleModel? = nil, isBounded: Bool = false, threads: Int, stage: (Stage) -> Void = { _ in }
  ) throws {
    let calibrators = StyleCalibrators(task, mayTake: given == nil)
    calibratorsOrigin = calibrators.origin
    let (background, places) = task.background(without: calibrators.taken)
    let judge: StyleModel
    var learnsNothing = false
    if let given {
      judge = given
    } else {
      do {
        judge = try Self.learnt(task, background, places, embedding, encoder, threads: threads, stage: stage)
      } catch let error as StyleTrainingError {
        guard let model else { throw error }
        learnsNothing = true
        judge = model
      }
    }
    isByStandIn = learnsNothing
    let isLearnt = given == nil && !learnsNothing
    let authors = Dictionary(
      zip(places.map { task.corpus.documents[$0].author }, background.documents.map(\.author)),
      uniquingKeysWith: { one, _ in one })
    let (calib, test) = (calibrators.pairs, task.pairs(of: .test))
    stage(.documents)
    let needed = Set((calib + test).flatMap { [$0.left, $0.right] }).sorted()
    let lengths = Dictionary(uniqueKeysWithValues: needed.map { ($0, task.length($0)) })
    // Of longer texts as much as calibrates: two of them would share more than any calibrating pair.
    let longest = calib.flatMap { [lengths[$0.left] ?? 0, lengths[$0.right] ?? 0] }.max() ?? .max
    let computed = try Workers.map(
      chunks: needed.count, threads: threads, start: { judge.profiler(longest: longest) }
    ) {
      profiler, place throws(StyleProfileError) in
      judge.vectors(
        try task.profile(needed[place], by: profiler),
        without: isLearnt ? authors[task.corpus.documents[needed[place]].author] : nil)
    }
    let vectors = Dictionary(uniqueKeysWithValues: zip(needed, computed))
    @Sendable func values(_ left: Int, _ right: Int) -> [Double] {
      guard let one = vectors[left], let other = vectors[right] else { return [0] }
      return judge.values(one, other)
    }
    @Sendable func length(_ left: Int, _ right: Int) -> Int { min(lengths[left] ?? 0, lengths[right] ?? 0) }
    @Sendable func hours(_ left: Int, _ right: Int) -> (PostingHours, PostingHours) {
      (vectors[left]?.hours ?? PostingHours(), vectors[right]?.hours ?? PostingHours())
    }
    stage(.calibration)
    // An empty text has nothing to teach.
    let calibrating = CalibratingPairs(given: calib.filter { length($0.left, $0.right) > 0 }, of: task.corpus)
    let numbers = task.authorNumbers(calib.flatMap { [$0.left, $0.right] })
    let pairs = calibrating.pairs
    let valued = Workers.map(chunks: pairs.count, threads: threads, start: {}) { _, index in
      let (pair, isGiven) = pairs[index]
      return StyleCalibration.Pair(
        values: values(pair.left, pair.right), length: length(pair.left, pair.right),
        authors: (numbers[pair.left] ?? 0, numbers[pair.right] ?? 0), isSame: pair.isSame,
        isIndependent: isGiven, hours: hours(pair.left, pair.right))
    }
    countsOthers = calibrating.isOneKind(valued.map { $0.values[0] })
    let calibration = judge.calibration(
      countsOthers ? valued : valued.filter(\.isIndependent),
      background: isLearnt ? background.authors : nil)
    stage(.judging)
    scored = test.map { pair in
      let length = length(pair.left, pair.right)
      var ratio: Double?
      if let calibration, length > 0 {
        let values = values(pair.left, pair.right)
        let (one, other) = hours(pair.left, pair.right)
        ratio = calibration.log10LR(
          values, length: length, hours: calibration.log10LR(of: one, and: other), isBounded: isBounded)
      }
      return Scored(pair: pair, length: length, log10LR: ratio)
    }
    let same = test.filter(\.isSame)
    // Once each, however many pairs a text is in.
    let (queries, gallery) = (Self.distinct(same.map(\.left)), Self.distinct(same.map(\.right)))
    stage(.ranking)
    let ratios = Workers.map(chunks: queries.count, threads: threads, start: {}) { _, index in
      let query = queries[index]
      return gallery.map { document in
        if document == query { return Self.itself }
        let values = values(query, document)
        let (one, other) = hours(query, document)
        return calibration?.score(
          values, length: length(query, document), hours: calibration?.log10LR(of: one, and: other))
          ?? values[0]
          / 2.302_585_092_994_046
      }
    }
    rankings = Self.rankings(of: ratios, queries: queries, gallery: gallery)
    weights = judge.weights
    self.calibration = calibration
  }

  /// What stands in place of a ratio of a text and itself, which is no candidate.
  private static let itself = -1000.0

  /// The first of equal places each, in their order.
  static func distinct(_ places: [Int]) -> [Int] {
    var seen: Set<Int> = []
    return places.filter { seen.insert($0).inserted }
  }

  /// The best candidates of every query, as seen from all queries.
  static func rankings(of ratios: [[Double]], queries: [Int], gallery: [Int]) -> [Ranking] {
    let balanced = BalancedRatios(ratios).log10Values
    return queries.indices.map { row in
      var candidates = gallery.indices.filter { gallery[$0] != queries[row] }.map {
        Candidate(document: gallery[$0], score: balanced[row][$0])
      }
      candidates.sort { $0.score != $1.score ? $0.score > $1.score : $0.document < $1.document }
      return Ranking(query: queries[row], candidates: Array(candidates.prefix(kept)))
    }
  }

  private static func learnt(
    _ task: StyleTask, _ background: BackgroundDocuments, _ places: [Int], _ embedding: StyleEmbedding?,
    _ encoder: TextEncoder?, threads: Int, stage: (Stage) -> Void
  ) throws -> StyleModel {
    stage(.background)
    var trainer = StyleTrainer(threads: threads)
    trainer.embedding = embedding
    trainer.encoder = encoder
    // The texts of a task have no person in common that all of them write of.
    trainer.countsUnknown = true
    let profiles = try Workers.map(chunks: places.count, threads: threads, start: trainer.profiler) {
      profiler, place throws(StyleProfileError) in
      try task.profile(places[place], by: profiler)
    }
    stage(.learning)
    return StyleModel(
      try trainer.train(background, profiles: profiles), profiles: [], provenance: "", language: "")
  }
}
