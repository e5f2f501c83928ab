/// Turns coordinates so that authors are told apart: they are whitened by how authors differ from themselves and weighted
/// by how they differ from one another (within-class covariance normalisation, Hatch and others, 2006, and linear
/// discriminant analysis; as in i-vectors, Dehak and others, 2011).
struct Discriminant: Sendable {
  /// A row of `dimensions` values for each leading direction.
  let matrix: [Float]
  let dimensions: Int

  /// - Parameters:
  ///   - coordinates: `rank` values a document.
  ///   - groups: documents of each author; authors with one document say nothing of how authors vary.
  ///   - limit: most dimensions that are kept.
  init?(_ coordinates: [Float], rank: Int, groups: [[Int]], limit: Int) {
    var deviations: [Float] = []
    var centres: [Float] = []
    var count = 0
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
        count += 1
      }
      centres += centre
    }
    let authors = centres.count / max(rank, 1)
    guard authors > 2 else { return nil }
    var within = RandomisedSVD.gram(deviations, rows: count, width: rank)
    var trace = 0.0
    for index in within.values.indices { within.values[index] /= Double(count) }
    for index in 0..<rank { trace += within[index, index] }
    // A ridge, as the smallest eigenvalues are the least well known.
    for index in 0..<rank { within[index, index] += 0.05 * trace / Double(rank) }
    var mean = [Double](repeating: 0, count: rank)
    for author in 0..<authors {
      for column in 0..<rank { mean[column] += Double(centres[author * rank + column]) / Double(authors) }
    }
    for author in 0..<authors {
      for column in 0..<rank { centres[author * rank + column] -= Float(mean[column]) }
    }
    var between = RandomisedSVD.gram(centres, rows: authors, width: rank)
    for index in between.values.indices { between.values[index] /= Double(authors - 1) }
    guard let spread = SymmetricEigen(within) else { return nil }
    var scaled = spread.vectors
    for column in 0..<rank {
      let scale = 1 / max(spread.values[column], 1e-12).squareRoot()
      for row in 0..<rank { scaled[row, column] *= scale }
    }
    let whitening = scaled.times(spread.vectors.transposed)
    guard let best = SymmetricEigen(whitening.times(between).times(whitening)) else { return nil }
    let dimensions = min(limit, rank)
    var kept = best.vectors.selecting(columns: Array(0..<dimensions))
    for column in 0..<dimensions {
      let value = max(best.values[column], 0)
      let scale = (value / (1 + value)).squareRoot()
      for row in 0..<rank { kept[row, column] *= scale }
    }
    matrix = whitening.times(kept).values.map { Float($0) }
    self.dimensions = dimensions
  }
}
