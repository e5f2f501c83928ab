import Columns

/// Learns from background documents all that scoring needs, and how scores are best weighed together.
public struct StyleTrainer: Sendable {
  /// With fewer authors only scores as seen from the cohort are weighed: projection and differences of habits would be
  /// learnt by heart.
  public static let authorsForProjection = 40
  /// With fewer authors nothing can be learnt.
  public static let fewestAuthors = 20

  /// Threads for the heavy parts; results do not depend on them.
  public var threads: Int
  /// Leading directions that the projection starts from.
  public var rank = 300
  /// Dimensions of the projection.
  public var dimensions = 200
  /// Most character n-grams that the projection reads; without any there is no projection.
  public var projectionFeatures = 40_000
  /// Only n-grams of so many authors count.
  public var authorsOfFeature = 3
  /// Parts into which authors are divided, so that the scores that are weighed are of authors nothing was learnt from.
  public var folds = 5
  /// Penalty on the weights of habits.
  public var habitPenalty = 1000.0
  /// Pairs of two authors for each pair of one that the fusion is fitted to.
  public var others = 16
  /// Learnt from other corpora; nil for none.
  public var embedding: StyleEmbedding?
  /// Taught on other corpora; nil for none. Profiles must be by it. As what it gives was not learnt from n-grams, of which
  /// the background's own authors tell what they are worth, it is weighed as the embedding is.
  public var encoder: TextEncoder?
  /// Whether n-grams count by the vocabularies of the embedding, which then need no room of their own in a file.
  public var sharesVocabularies = false
  /// Whether n-grams outside the vocabularies count. Names are among them: in a case, where many write of one person,
  /// they would make two hands look like one, so models that are kept do without.
  public var countsUnknown = false
  /// Most documents of the cohort.
  public var cohort = Int.max

  /// A trainer.
  public init(threads: Int) { self.threads = threads }

  /// A profiler of all that is learnt from.
  public func profiler() -> StyleProfiler { StyleProfiler(encoder: encoder) }

  /// What was learnt.
  public struct Result: Sendable {
    /// Scores two texts.
    public let background: StyleBackground
    /// Weighs the scores.
    public let fusion: StyleFusion
    /// Reads the texts as well; nil without one, or with too few authors to learn from what it gives.
    public let encoder: TextEncoder?
  }

  /// Learns. The fusion is fitted to authors that all else was learnt without, part after part (stacking; Wolpert,
  /// 1992): vocabularies and leading directions that a text had a share in make it look nearer to its like than a new
  /// text would look, which costs more than the smaller background of each part.
  ///
  /// - Parameters:
  ///   - background: documents with their authors and sides.
  ///   - profiles: one for each document; authors of whom none has a text of their own do not count.
  /// - Throws: where there are too few authors, or none of them can be compared.
  public func train(
    _ background: BackgroundDocuments, profiles: [StyleProfile]
  ) throws(StyleTrainingError) -> Result {
    let authors = background.byAuthor.count { group in group.contains { profiles[$0].length > 0 } }
    guard authors >= Self.fewestAuthors else {
      throw .tooFewAuthors(authors, needed: Self.fewestAuthors)
    }
    guard background.pairs(others: 1).contains(where: { !$0.isSame }) else { throw .noPairs }
    let embedded = embedding.map { embedding in
      Workers.map(chunks: profiles.count, threads: threads, start: {}) { embedding.point(profiles[$1]) }
    }
    let whole = learn(background, profiles, embedded) { _ in true }
    var weighed: [StyleFusion.Pair] = []
    for fold in 0..<folds {
      let isHeldOut = { @Sendable (author: Int) in author % folds == fold }
      let learnt = learn(background, profiles, embedded, asPartOf: whole) { !isHeldOut($0) }.background
      let pairs = background.pairs(others: others, of: isHeldOut)
      let needed = Set(pairs.flatMap { [$0.left, $0.right] }).sorted()
      let computed = Workers.map(chunks: needed.count, threads: threads, start: {}) { _, index in
        learnt.vectors(profiles[needed[index]], embedded: embedded?[needed[index]])
      }
      let places = Self.places(of: needed, count: profiles.count)
      weighed += Workers.map(chunks: pairs.count, threads: threads, start: {}) { _, index in
        let (one, other) = (computed[places[pairs[index].left]], computed[places[pairs[index].right]])
        return StyleFusion.Pair(
          scores: learnt.scores(one, other), length: min(one.length, other.length),
          isSame: pairs[index].isSame, part: fold)
      }
    }
    var learnt = whole.background
    if encoder != nil, background.authors >= Self.authorsForProjection {
      learnt.encoded = EncodedProjection(
        background.byAuthor.map { group in group.compactMap { profiles[$0].encoded } })
    }
    return Result(
      background: learnt,
      fusion: StyleFusion(weighed, of: fused(background)),
      encoder: learnt.encoded == nil ? nil : encoder)
  }

  /// Where each document stands among chosen ones; 0 for others.
  private static func places(of chosen: [Int], count: Int) -> [Int] {
    var places = [Int](repeating: 0, count: count)
    for (place, document) in chosen.enumerated() { places[document] = place }
    return places
  }

  /// The scores that are weighed by the background alone. Those of an embedding are not: it may have been learnt from
  /// these very authors, and would seem better than it is.
  private func fused(_ background: BackgroundDocuments) -> [StyleScore] {
    if background.authors < Self.authorsForProjection { return [.charactersNormalised, .wordsNormalised] }
    let known = StyleScore.own + StyleScore.ofRarity
    // Outside a vocabulary that was cut to what is common most n-grams are ordinary words.
    return sharesVocabularies || !countsUnknown ? known : known + StyleScore.ofUnknown
  }

  /// What scores texts, and the ridge of its projection, nil without one.
  private typealias Learnt = (background: StyleBackground, ridge: Double?)

  /// What is learnt from the documents of some authors.
  ///
  /// - Parameter whole: what was learnt from all of them; nil for that itself.
  private func learn(
    _ background: BackgroundDocuments, _ profiles: [StyleProfile], _ embedded: [[Float]]?,
    asPartOf whole: Learnt? = nil, of isWanted: (Int) -> Bool
  ) -> Learnt {
    let groups = background.byAuthor.indices.filter(isWanted).map { background.byAuthor[$0] }
    let members = groups.flatMap { $0 }
    var (characterCounts, wordCounts) = (FeatureCounts(), FeatureCounts())
    for document in members {
      let author = background.documents[document].author
      characterCounts.add(profiles[document].characters, author: author)
      wordCounts.add(profiles[document].words, author: author)
    }
    let shared = sharesVocabularies ? embedding : nil
    let characters = shared?.characters ?? characterCounts.vocabulary(authors: authorsOfFeature)
    let words = shared?.words ?? wordCounts.vocabulary(authors: authorsOfFeature)
    let unfitted = HabitScale(
      characterKeys: characterCounts.mostCommon(800), wordKeys: wordCounts.mostCommon(400))
    var measured = Workers.map(chunks: members.count, threads: threads, start: {}) { _, index in
      unfitted.measured(profiles[members[index]])
    }
    let scale = HabitScale(unfitted, fittedTo: &measured)
    let places = Self.places(of: members, count: profiles.count)
    let pairs = background.pairs(others: 1, of: isWanted)
    let isEnough = groups.count { !$0.isEmpty } >= Self.authorsForProjection
    let habits = habits(pairs.map { ($0, measured[places[$0.left]], measured[places[$0.right]]) })
    measured = []
    var (projection, ridge): (StyleProjection?, Double?)
    if isEnough, projectionFeatures > 0 {
      let read = characters.selecting(characters.mostFrequent(projectionFeatures))
      let directions = LeadingDirections(
        members.map { profiles[$0] }, characters: read, words: words, rank: rank, threads: threads)
      let chosen = BackgroundDocuments(
        groups.indices.flatMap { author in
          groups[author].map {
            let document = background.documents[$0]
            return BackgroundDocuments.Document(author: author, side: document.side, corpus: document.corpus)
          }
        })
      if let found = directions.projection(chosen, limit: dimensions, ridge: whole?.ridge) {
        (projection, ridge) = found
      }
    }
    let bare = StyleBackground(
      characters: characters, words: words, projection: projection, embedding: embedding, scale: scale,
      habits: habits, cohort: StyleCohort([], characters: characters.count, words: words.count),
      countsUnknown: fused(background).contains(.charactersUnknown))
    let cohort = cohort(background, groups)
    let share = whole.map { Double(cohort.count) / Double(max($0.background.cohort.authors.count, 1)) } ?? 1
    let nearest = max(Int((share * Double(CohortNorm.nearest)).rounded()), 1)
    let seen = bare.seen(
      from: cohort, nearest: nearest, background, profiles, embedded, threads: threads)
    return (seen, ridge)
  }

  /// The first document of each side of every author; of too many those that lie evenly.
  private func cohort(_ background: BackgroundDocuments, _ groups: [[Int]]) -> [Int] {
    var chosen: [Int] = []
    for group in groups {
      var seen: Set<[Int]> = []
      for document in group {
        let place = [background.documents[document].corpus, background.documents[document].side]
        if seen.insert(place).inserted { chosen.append(document) }
      }
    }
    if chosen.count <= cohort { return chosen }
    return (0..<cohort).map { chosen[$0 * chosen.count / cohort] }
  }

  /// The weights of differences of habits.
  private func habits(_ pairs: [(pair: BackgroundDocuments.Pair, left: [Float], right: [Float])])
    -> RidgeLogistic
  {
    let count = pairs.first?.left.count ?? 0
    var rows: [Float] = []
    rows.reserveCapacity(pairs.count * count)
    for (_, one, other) in pairs {
      for index in 0..<count { rows.append(abs(one[index] - other[index])) }
    }
    return RidgeLogistic(
      rows: rows, columns: count, labels: pairs.map(\.pair.isSame), penalty: habitPenalty, iterations: 60)
  }
}

extension StyleBackground {
  /// The same with a cohort of documents.
  fileprivate func seen(
    from documents: [Int], nearest: Int, _ background: BackgroundDocuments, _ profiles: [StyleProfile],
    _ embedded: [[Float]]?, threads: Int
  ) -> StyleBackground {
    let vectors = Workers.map(chunks: documents.count, threads: threads, start: {}) { _, index in
      unnormalised(profiles[documents[index]], embedded: embedded?[documents[index]])
    }
    return StyleBackground(
      characters: characters, words: words, projection: projection, embedding: embedding, scale: scale,
      habits: habits,
      cohort: StyleCohort(
        documents.indices.map { (background.documents[documents[$0]].author, vectors[$0]) },
        characters: characters.count, words: words.count, nearest: nearest),
      countsUnknown: countsUnknown)
  }
}
