/// A projection in which texts of one author lie close, learnt from a background: the leading directions of its weighted
/// features, turned by a discriminant.
struct LeadingDirections {
  let rank: Int
  private let characters: FeatureVocabulary
  private let words: FeatureVocabulary
  private let directions: [Float]
  private let mean: [Float]
  /// `rank` values a document.
  private let coordinates: [Float]

  /// Weight of words beside characters.
  static let wordWeight: Float = 0.7

  /// - Parameters:
  ///   - characters: those that are read; all words are.
  ///   - profiles: a document each.
  init(
    _ profiles: [StyleProfile], characters: FeatureVocabulary, words: FeatureVocabulary, rank: Int,
    threads: Int
  ) {
    self.characters = characters
    self.words = words
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
    directions = svd.right
    var values = matrix.times(svd.right, width: svd.rank, threads: threads)
    var sums = [Double](repeating: 0, count: svd.rank)
    for (index, value) in values.enumerated() { sums[index % svd.rank] += Double(value) }
    let mean = sums.map { Float($0 / Double(max(matrix.rows, 1))) }
    for index in values.indices { values[index] -= mean[index % svd.rank] }
    StyleEmbedding.normaliseRows(&values, width: svd.rank)
    self.mean = mean
    coordinates = values
  }

  /// The projection; nil with too few authors to learn what tells them apart.
  ///
  /// - Parameters:
  ///   - groups: documents of each author.
  ///   - limit: most dimensions.
  func projection(_ groups: [[Int]], limit: Int, threads: Int) -> StyleEmbedding? {
    guard let discriminant = Discriminant(coordinates, rank: rank, groups: groups, limit: limit) else {
      return nil
    }
    let dimensions = discriminant.dimensions
    // The length that coordinates are divided by in training changes no direction, so one map does it all.
    return StyleEmbedding(
      characters: characters, words: words, wordWeight: Self.wordWeight,
      matrix: denseProduct(
        directions, rows: characters.count + words.count, inner: rank, discriminant.matrix,
        columns: dimensions,
        threads: threads),
      bias: denseProduct(mean, rows: 1, inner: rank, discriminant.matrix, columns: dimensions, threads: 1).map
      {
        -$0
      })
  }
}
