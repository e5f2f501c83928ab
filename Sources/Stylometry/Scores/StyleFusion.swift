/// How scores are weighed together: a logistic model of them on their common scale.
public struct StyleFusion: Sendable, Equatable {
  /// Mean of each score.
  let means: [Double]
  /// Standard deviation of each.
  let scales: [Double]
  /// On the scores less their mean, over their deviation.
  let model: RidgeLogistic

  /// Fits it to pairs whose truth is known.
  init(_ pairs: [(scores: [Double], isSame: Bool)], penalty: Double = 1) {
    let count = pairs.first?.scores.count ?? 0
    var (means, scales) = ([Double](repeating: 0, count: count), [Double](repeating: 1, count: count))
    for score in 0..<count {
      let values = pairs.map { $0.scores[score] }
      let mean = values.reduce(0, +) / Double(values.count)
      let square = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
      means[score] = mean
      scales[score] = square > 1e-18 ? square.squareRoot() : 1
    }
    self.means = means
    self.scales = scales
    let rows = pairs.flatMap { pair in
      pair.scores.indices.map { Float((pair.scores[$0] - means[$0]) / scales[$0]) }
    }
    model = RidgeLogistic(rows: rows, columns: count, labels: pairs.map(\.isSame), penalty: penalty)
  }

  /// Natural log odds of one author, at even odds before.
  public func logOdds(_ scores: [Double]) -> Double {
    var result = model.intercept
    for score in scores.indices {
      result += (scores[score] - means[score]) / scales[score] * model.weights[score]
    }
    return result
  }

  /// How much each score counts, on a common scale.
  public var weights: [Double] { model.weights }
}
