/// The leading directions of a background's weighted features, and where its documents lie in them.
///
/// Features count by the square root of their idf. Of rare ones most belong to what is written of, which is another thing
/// in the next text of the same author.
struct LeadingDirections {
  let rank: Int
  private let directions: StyleEmbedding
  /// `rank` values a document, of length 1.
  private let coordinates: [Float]

  /// Weight of words beside characters.
  static let wordWeight: Float = 1

  /// - Parameters:
  ///   - characters: those that are read; all words are.
  ///   - profiles: a document each.
  init(
    _ profiles: [StyleProfile], characters: FeatureVocabulary, words: FeatureVocabulary, rank: Int,
    threads: Int
  ) {
    let (characters, words) = (characters.flattened, words.flattened)
    var matrix = SparseMatrix(columns: characters.count + words.count)
    for profile in profiles {
      var row = characters.weighted(profile.characters).normalised()
      let second = words.weighted(profile.words).normalised()
      row.places += second.places.map { $0 + UInt32(characters.count) }
      row.values += second.values.map { $0 * Self.wordWeight }
      matrix.append(row)
    }
    let svd = RandomisedSVD(matrix, rank: min(rank, matrix.rows / 3), threads: threads)
    self.rank = svd.rank
    var values = matrix.times(svd.right, width: svd.rank, threads: threads)
    var sums = [Double](repeating: 0, count: svd.rank)
    for (index, value) in values.enumerated() { sums[index % svd.rank] += Double(value) }
    let mean = sums.map { Float($0 / Double(max(matrix.rows, 1))) }
    for index in values.indices { values[index] -= mean[index % svd.rank] }
    StyleEmbedding.normaliseRows(&values, width: svd.rank)
    coordinates = values
    directions = StyleEmbedding(
      characters: characters, words: words, wordWeight: Self.wordWeight, matrix: svd.right,
      bias: mean.map { -$0 })
  }

  /// Ridges that are tried, see `TwoCovariances`: for texts of 250 characters 1 and more were best, for 4,000 0.1.
  static let ridges = [0.1, 0.3, 1, 3]

  /// The projection; nil with too few authors to learn what tells them apart. Its ridge is that by which, learnt from two
  /// thirds of the authors, texts of the others are told apart best, and its ratios are brought to what the others' texts
  /// show them to be worth.
  ///
  /// - Parameters:
  ///   - background: the documents, by their places here.
  ///   - limit: most dimensions.
  ///   - ridge: that of the whole background where this is a part of it: by a small ridge ratios are spread otherwise
  ///     than by a large one that tells apart about as well, and weights learnt with the one do not fit the other.
  func projection(
    _ background: BackgroundDocuments, limit: Int, ridge: Double? = nil
  ) -> (projection: StyleProjection, ridge: Double)? {
    let isHeldOut = { (author: Int) in author % 3 == 0 }
    let others = background.byAuthor.indices.filter { !isHeldOut($0) }.map { background.byAuthor[$0] }
    let pairs = background.pairs(others: 16, of: isHeldOut)
    var best = (ridge: ridge ?? 1, slope: 1.0, area: 0.0)
    if let scatter = AuthorScatter(coordinates, rank: rank, groups: others) {
      for ridge in ridge.map({ [$0] }) ?? Self.ridges {
        guard let learnt = TwoCovariances(scatter, ridge: ridge, limit: limit) else { continue }
        let ratios = ratios(of: pairs, by: learnt)
        let area = Self.area(pairs, ratios)
        if area > best.area { best = (ridge, Self.slope(pairs, ratios), area) }
      }
    }
    guard let scatter = AuthorScatter(coordinates, rank: rank, groups: background.byAuthor) else {
      return nil
    }
    return TwoCovariances(scatter, ridge: best.ridge, limit: limit)
      .map { (StyleProjection(directions: directions, covariances: $0.scaled(by: best.slope)), best.ridge) }
  }

  /// Logs of the ratios of pairs.
  private func ratios(of pairs: [BackgroundDocuments.Pair], by learnt: TwoCovariances) -> [Double] {
    var places: [[Float]?] = Array(repeating: nil, count: coordinates.count / max(rank, 1))
    func place(_ document: Int) -> [Float] {
      if let known = places[document] { return known }
      let place = learnt.place(Array(coordinates[document * rank..<(document + 1) * rank]))
      places[document] = place
      return place
    }
    return pairs.map { learnt.logRatio(place($0.left), place($0.right)) }
  }

  /// What a log ratio is worth as log odds: the slope of a logistic model, pairs of one author and of two counting alike.
  private static func slope(_ pairs: [BackgroundDocuments.Pair], _ ratios: [Double]) -> Double {
    let labels = pairs.map(\.isSame)
    let model = RidgeLogistic(
      rows: ratios.map { Float($0) }, columns: 1, labels: labels, penalty: 1,
      counts: RidgeLogistic.balanced(labels))
    return min(max(model.weights[0], 0.01), 10)
  }

  /// How often a pair of one author has a higher ratio than a pair of two.
  private static func area(_ pairs: [BackgroundDocuments.Pair], _ ratios: [Double]) -> Double {
    func sorted(_ isSame: Bool) -> [Double] {
      pairs.indices.filter { pairs[$0].isSame == isSame }.map { ratios[$0] }.sorted()
    }
    let (same, different) = (sorted(true), sorted(false))
    return RankSum.wins(same, different) / Double(max(same.count * different.count, 1))
  }
}
