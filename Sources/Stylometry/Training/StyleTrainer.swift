import Columns

/// Learns from background documents all that scoring needs, and how scores are best weighed together.
public struct StyleTrainer: Sendable {
  /// With fewer authors a learned projection does more harm than good.
  public static let authorsForProjection = 100
  /// With fewer authors nothing can be learnt.
  public static let fewestAuthors = 20

  /// Threads for the heavy parts; results do not depend on them.
  public var threads: Int
  /// Leading directions that the projection starts from.
  public var rank = 300
  /// Dimensions of the projection.
  public var dimensions = 200
  /// Most character n-grams that the projection reads.
  public var projectionFeatures = 40_000
  /// Parts into which authors are divided, so that the scores that are weighed are of authors nothing was learnt from.
  public var folds = 5
  /// Penalty on the weights of habits.
  public var habitPenalty = 1000.0

  /// A trainer.
  public init(threads: Int) { self.threads = threads }

  /// What was learnt.
  public struct Result: Sendable {
    /// Scores two texts.
    public let background: StyleBackground
    /// Weighs the scores.
    public let fusion: StyleFusion
  }

  /// Learns.
  ///
  /// - Parameters:
  ///   - background: documents with their authors and sides.
  ///   - profile: the profile of a document by its place; called twice for each, in order, so that none is held.
  public func train(
    _ background: BackgroundDocuments, profile: (Int) -> StyleProfile
  ) throws(StyleTrainingError) -> Result {
    guard background.authors >= Self.fewestAuthors else {
      throw .tooFewAuthors(background.authors, needed: Self.fewestAuthors)
    }
    let pairs = background.pairs(folds: folds)
    guard !pairs.isEmpty else { throw .noPairs }
    let documents = Array(background.documents.indices)
    var (characterCounts, wordCounts) = (FeatureCounts(), FeatureCounts())
    for document in documents {
      let profile = profile(document)
      characterCounts.add(profile.characters)
      wordCounts.add(profile.words)
    }
    let characters = characterCounts.vocabulary(minimum: 3)
    let words = wordCounts.vocabulary(minimum: 2)
    let unfitted = HabitScale(
      characterKeys: characterCounts.mostCommon(800), wordKeys: wordCounts.mostCommon(400))
    let places = characters.mostFrequent(projectionFeatures)
    var vectors = documents.map { document in
      let profile = profile(document)
      return StyleVectors(
        characters: characters.weighted(profile.characters).normalised(),
        words: words.weighted(profile.words).normalised(), coordinates: [], projected: [],
        habits: unfitted.measured(profile), length: profile.length, norms: [])
    }
    var habitsOfAll = vectors.map(\.habits)
    let scale = HabitScale(unfitted, fittedTo: &habitsOfAll)
    for document in documents { vectors[document].habits = habitsOfAll[document] }
    let directions =
      background.authors < Self.authorsForProjection
      ? nil : LeadingDirections(vectors, places: places, words: words.count, rank: rank, threads: threads)
    if let directions { for document in documents { vectors[document].coordinates = directions[document] } }
    let cohort = CohortDocuments(background, vectors, characters: characters.count, words: words.count)
    Workers.update(&vectors, threads: threads) { document, vector in
      vector.norms = cohort.norms(vector, without: background.documents[document].author)
    }
    var heldOut: [(scores: [Double], isSame: Bool)] = []
    for fold in 0..<folds {
      heldOut += scores(ofFold: fold, background, pairs, vectors, cohort, directions)
    }
    let projection = directions.flatMap { directions in
      directions.discriminant(background.byAuthor, limit: dimensions).map { directions.projection($0) }
    }
    if let projection {
      for document in documents {
        vectors[document].projected = projection.projected(vectors[document].coordinates)
      }
    }
    return Result(
      background: StyleBackground(
        characters: characters, words: words, projectionPlaces: places, projection: projection, scale: scale,
        habits: habits(pairs, vectors), cohort: cohort.projected(vectors)),
      fusion: StyleFusion(heldOut))
  }

  /// The weights of differences of habits.
  private func habits(_ pairs: [BackgroundDocuments.Pair], _ vectors: [StyleVectors]) -> RidgeLogistic {
    let count = vectors.first?.habits.count ?? 0
    var rows: [Float] = []
    rows.reserveCapacity(pairs.count * count)
    for pair in pairs {
      let (one, other) = (vectors[pair.left].habits, vectors[pair.right].habits)
      for index in 0..<count { rows.append(abs(one[index] - other[index])) }
    }
    return RidgeLogistic(rows: rows, columns: count, labels: pairs.map(\.isSame), penalty: habitPenalty)
  }

  /// Scores of the pairs of a part of the authors, by what is learnt from all others.
  private func scores(
    ofFold fold: Int, _ background: BackgroundDocuments, _ pairs: [BackgroundDocuments.Pair],
    _ vectors: [StyleVectors], _ cohort: CohortDocuments, _ directions: LeadingDirections?
  ) -> [(scores: [Double], isSame: Bool)] {
    let tested = pairs.filter { $0.fold == fold }
    if tested.isEmpty { return [] }
    let isHeldOut = { @Sendable (author: Int) in BackgroundDocuments.fold(of: author, of: folds) == fold }
    let habits = habits(pairs.filter { $0.fold != fold }, vectors)
    var vectors = vectors
    if let directions,
      let discriminant = directions.discriminant(
        background.byAuthor.indices.filter { !isHeldOut($0) }.map { background.byAuthor[$0] },
        limit: dimensions)
    {
      let projection = directions.projection(discriminant)
      Workers.update(&vectors, threads: threads) { _, vector in
        vector.projected = projection.projected(vector.coordinates)
      }
      let projected = cohort.projected(vectors)
      let needed = Set(tested.flatMap { [$0.left, $0.right] })
      Workers.update(&vectors, threads: threads) { document, vector in
        if needed.contains(document) { vector.norms[2] = projected.projectionNorm(vector) { !isHeldOut($0) } }
      }
    }
    return tested.map {
      (StyleBackground.scores(vectors[$0.left], vectors[$0.right], habits: habits), $0.isSame)
    }
  }
}
