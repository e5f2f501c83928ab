/// How points scatter: within authors and between them, as covariances.
public struct AuthorScatter: Sendable {
  /// Coordinates of a point.
  let rank: Int
  /// The mean of the authors' means.
  let mean: [Double]
  /// Covariance of an author's points.
  let within: Matrix
  /// Covariance of authors, less what comes of knowing each by a few points.
  let between: Matrix

  /// Nil with fewer than three authors of several documents.
  ///
  /// - Parameters:
  ///   - coordinates: `rank` values a document.
  ///   - groups: documents of each author; authors with one document say nothing of how authors vary.
  public init?(_ coordinates: [Float], rank: Int, groups: [[Int]]) {
    var deviations: [Float] = []
    var centres: [Float] = []
    var (count, shares) = (0, 0.0)
    for group in groups where group.count > 1 {
      var centre = [Float](repeating: 0, count: rank)
      for document in group {
        for column in 0..<rank { centre[column] += coordinates[document * rank + column] }
      }
      for column in 0..<rank { centre[column] /= Float(group.count) }
      let scale = (Float(group.count) / Float(group.count - 1)).squareRoot()
      for document in group {
        for column in 0..<rank {
          deviations.append((coordinates[document * rank + column] - centre[column]) * scale)
        }
      }
      count += group.count
      shares += 1 / Double(group.count)
      centres += centre
    }
    let authors = centres.count / max(rank, 1)
    guard authors > 2 else { return nil }
    var within = RandomisedSVD.gram(deviations, rows: count, width: rank)
    for index in within.values.indices { within.values[index] /= Double(count) }
    var mean = [Double](repeating: 0, count: rank)
    for author in 0..<authors {
      for column in 0..<rank { mean[column] += Double(centres[author * rank + column]) / Double(authors) }
    }
    for author in 0..<authors {
      for column in 0..<rank { centres[author * rank + column] -= Float(mean[column]) }
    }
    var between = RandomisedSVD.gram(centres, rows: authors, width: rank)
    for index in between.values.indices {
      between.values[index] =
        between.values[index] / Double(authors - 1) - within.values[index] * shares / Double(authors)
    }
    self.rank = rank
    self.mean = mean
    self.within = within
    self.between = between
  }
}
