/// Leading directions of the background's features, and where its documents lie in them.
struct LeadingDirections: Sendable {
  let rank: Int
  private let directions: [Float]
  private let mean: [Float]
  /// `rank` values a document.
  private let coordinates: [Float]

  /// - Parameters:
  ///   - places: characters that are read.
  ///   - words: count of words, all of which are read.
  init(_ vectors: [StyleVectors], places: [Int], words: Int, rank: Int, threads: Int) {
    var matrix = SparseMatrix(columns: places.count + words)
    for vector in vectors {
      matrix.append(StyleBackground.projectionRow(vector.characters, vector.words, places: places))
    }
    let svd = RandomisedSVD(matrix, rank: min(rank, matrix.rows / 3), threads: threads)
    self.rank = svd.rank
    directions = svd.right
    var values = matrix.times(svd.right, width: svd.rank, threads: threads)
    var sums = [Double](repeating: 0, count: svd.rank)
    for (index, value) in values.enumerated() { sums[index % svd.rank] += Double(value) }
    let mean = sums.map { Float($0 / Double(max(matrix.rows, 1))) }
    for index in values.indices { values[index] -= mean[index % svd.rank] }
    StyleProjection.normaliseRows(&values, width: svd.rank)
    self.mean = mean
    coordinates = values
  }

  /// Coordinates of a document.
  subscript(document: Int) -> [Float] { Array(coordinates[document * rank..<(document + 1) * rank]) }

  /// What tells authors apart; nil with too few of them.
  ///
  /// - Parameter groups: documents of each author.
  func discriminant(_ groups: [[Int]], limit: Int) -> StyleProjection.Discriminant? {
    StyleProjection.Discriminant(coordinates, rank: rank, groups: groups, limit: limit)
  }

  func projection(_ discriminant: StyleProjection.Discriminant) -> StyleProjection {
    StyleProjection(
      directions: directions, rank: rank, mean: mean, discriminant: discriminant)
  }
}
