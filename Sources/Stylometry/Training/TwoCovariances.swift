/// How authors differ from one another and how one author's texts differ among themselves, as two normal distributions,
/// and the likelihood ratio of two points by them: the two-covariance model of speaker recognition (probabilistic linear
/// discriminant analysis; Ioffe, 2006; Brümmer and de Villiers, 2010).
///
/// A place has coordinates in which both covariances are diagonal. There the log of the ratio is the dot product of two
/// places plus a term of each alone, but for a constant.
public struct TwoCovariances: Sendable {
  /// Coordinates of a point.
  public let rank: Int
  /// Coordinates of a place.
  public var dimensions: Int { origin.count }
  /// A row of `dimensions` values for each coordinate of a point.
  let turn: [Float]
  /// The place of the mean author before it is taken off.
  let origin: [Float]
  /// What the square of each coordinate of a place counts in its own term.
  let ownWeights: [Float]

  /// What is known, as it was learnt before.
  init(rank: Int, turn: [Float], origin: [Float], ownWeights: [Float]) {
    self.rank = rank
    self.turn = turn
    self.origin = origin
    self.ownWeights = ownWeights
  }

  /// Turns them so that both are diagonal; nil when authors differ by no more than their own texts do.
  ///
  /// - Parameters:
  ///   - ridge: what is added to the variance of an author's texts in every direction, as a share of its mean. The
  ///     directions in which texts of one author hardly differ are known worst, and without it would count most.
  ///   - limit: most dimensions that are kept.
  public init?(_ scatter: AuthorScatter, ridge: Double, limit: Int) {
    let rank = scatter.rank
    let (mean, between) = (scatter.mean, scatter.between)
    var within = scatter.within
    var trace = 0.0
    for index in 0..<rank { trace += within[index, index] }
    for index in 0..<rank { within[index, index] += ridge * trace / Double(rank) }
    guard let spread = SymmetricEigen(within) else { return nil }
    var scaled = spread.vectors
    for column in 0..<rank {
      let scale = 1 / max(spread.values[column], 1e-12).squareRoot()
      for row in 0..<rank { scaled[row, column] *= scale }
    }
    let whitening = scaled.times(spread.vectors.transposed)
    guard let best = SymmetricEigen(whitening.times(between).times(whitening)) else { return nil }
    // Where authors do not differ by more than their own texts do there is nothing to tell them by.
    let kept = (0..<min(limit, rank)).filter { best.values[$0] > 1e-6 }
    guard !kept.isEmpty else { return nil }
    var turn = whitening.times(best.vectors.selecting(columns: kept))
    var ownWeights: [Float] = []
    for column in kept.indices {
      // Variance of authors b, of their texts 1. Log of the ratio: x y b / (1 + 2 b), and of each text alone
      // (1 / (1 + b) - (1 + b) / (1 + 2 b)) / 2 times its square.
      let between = best.values[kept[column]]
      let both = between / (1 + 2 * between)
      let own = (1 / (1 + between) - (1 + between) / (1 + 2 * between)) / 2
      for row in 0..<rank { turn[row, column] *= both.squareRoot() }
      ownWeights.append(Float(own / both))
    }
    let origin = kept.indices.map { column in
      Float((0..<rank).reduce(0) { $0 + mean[$1] * turn[$1, column] })
    }
    self.init(rank: rank, turn: turn.values.map { Float($0) }, origin: origin, ownWeights: ownWeights)
  }

  /// The same with its log ratios times a positive number.
  public func scaled(by slope: Double) -> TwoCovariances {
    let scale = Float(slope.squareRoot())
    return TwoCovariances(
      rank: rank, turn: turn.map { $0 * scale }, origin: origin.map { $0 * scale }, ownWeights: ownWeights)
  }

  /// The place of a point of `rank` coordinates: `dimensions` values.
  public func place(_ point: [Float]) -> [Float] {
    var result = denseProduct(point, rows: 1, inner: rank, turn, columns: dimensions, threads: 1)
    for index in result.indices { result[index] -= origin[index] }
    return result
  }

  /// Log of the likelihood ratio of two places, but for a constant.
  public func logRatio(_ one: [Float], _ other: [Float]) -> Double {
    StyleBackground.dot(one, other) + Double(ownTerm(one[...]) + ownTerm(other[...]))
  }

  /// The term of a place alone.
  public func ownTerm(_ place: ArraySlice<Float>) -> Float {
    var sum = 0.0
    for (value, weight) in zip(place, ownWeights) { sum += Double(value) * Double(value) * Double(weight) }
    return Float(sum)
  }
}
