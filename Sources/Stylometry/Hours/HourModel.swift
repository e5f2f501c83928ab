import Foundation

/// How the posting hours of people differ, and how those of one person do from one time to another, as two normal
/// distributions of their moments; a text of few hours shows its moments by chance besides (two covariances, as of
/// speaker recognition, with a third for sampling).
public struct HourModel: Sendable, Equatable {
  /// Accounts that posted in fewer hours are not judged by them.
  public static let fewestHours = 5
  /// Moments are taken to vary independently by as much as so many authors would say so.
  static let shrinkage = 20.0
  /// Variances are no less than this; a moment lies between -1 and 1.
  static let leastVariance = 1e-4
  /// So many change their hours altogether: they move, or find work. Without them one such person would cost as much as
  /// all others gain.
  public static let changing = 0.1

  /// Of people.
  public let mean: [Double]
  /// Covariance of people.
  let between: Matrix
  /// Covariance of one person at different times.
  let within: Matrix
  /// Covariance of single hours of one person.
  let sampling: Matrix

  /// A model that is known; nil for parts of the wrong size.
  public init?(mean: [Double], between: Matrix, within: Matrix, sampling: Matrix) {
    let size = HourMoments.dimensions
    guard mean.count == size,
      [between, within, sampling].allSatisfy({ $0.rows == size && $0.columns == size })
    else { return nil }
    self.mean = mean
    self.between = between
    self.within = within
    self.sampling = sampling
  }

  /// Learns from the hours of each author at two times, of which each has two or more; nil without an author.
  public init?(_ authors: [(PostingHours, PostingHours)]) {
    let authors = authors.map { [$0.0, $0.1] }
    guard !authors.isEmpty, authors.joined().allSatisfy({ $0.count > 1 }) else { return nil }
    let size = HourMoments.dimensions
    let sides = Double(2 * authors.count)
    var mean = [Double](repeating: 0, count: size)
    for side in authors.joined() {
      for index in 0..<size { mean[index] += side.sums[index] / Double(side.count) / sides }
    }
    var (between, within) = (Matrix(rows: size, columns: size), Matrix(rows: size, columns: size))
    var sampling = Matrix(rows: size, columns: size)
    var (freedom, inverse) = (0.0, 0.0)
    for author in authors {
      let points = author.map { side in (0..<size).map { side.sums[$0] / Double(side.count) - mean[$0] } }
      let apart = zip(points[0], points[1]).map { $0 - $1 }
      within.add(apart, apart, times: 1 / sides)
      between.add(points[0], points[1], times: 1 / sides)
      between.add(points[1], points[0], times: 1 / sides)
      for (side, point) in zip(author, points) {
        freedom += Double(side.count - 1)
        inverse += 1 / Double(side.count) / sides
        for hour in side.hours {
          let values = HourMoments.values(of: hour)
          let distance = values.indices.map { values[$0] - mean[$0] - point[$0] }
          sampling.add(distance, distance, times: 1)
        }
      }
    }
    for index in sampling.values.indices {
      sampling.values[index] /= freedom
      within.values[index] -= sampling.values[index] * inverse
    }
    let share = Double(authors.count) / (Double(authors.count) + Self.shrinkage)
    guard let between = Self.covariance(between, share: share),
      let within = Self.covariance(within, share: share),
      let sampling = Self.covariance(sampling, share: 1)
    else { return nil }
    self.init(mean: mean, between: between, within: within, sampling: sampling)
  }

  /// What is left of an estimate when moments may be independent, as a covariance: no variance is less than the least.
  private static func covariance(_ estimate: Matrix, share: Double) -> Matrix? {
    var shrunk = estimate
    for row in 0..<shrunk.rows {
      for column in 0..<shrunk.columns where row != column { shrunk[row, column] *= share }
    }
    guard let eigen = SymmetricEigen(shrunk) else { return nil }
    var scaled = eigen.vectors
    for column in 0..<scaled.columns {
      for row in 0..<scaled.rows { scaled[row, column] *= max(eigen.values[column], leastVariance) }
    }
    return scaled.times(eigen.vectors.transposed)
  }

  /// Natural log of the likelihood ratio of two accounts by their hours: how much more probable they are if one person
  /// posted both. 0 where either has too few.
  public func logRatio(_ pair: HourPair) -> Double {
    guard pair.isEnough else { return 0 }
    let sides = [pair.one, pair.other]
    let size = HourMoments.dimensions
    let points = sides.map { side in zip(side.means, mean).map { $0 - $1 } }
    let totals = sides.map { side in
      var total = between
      for index in total.values.indices {
        total.values[index] += within.values[index] + sampling.values[index] / Double(side.count)
      }
      return total
    }
    var joint = Matrix(rows: 2 * size, columns: 2 * size)
    for row in 0..<size {
      for column in 0..<size {
        joint[row, column] = totals[0][row, column]
        joint[size + row, size + column] = totals[1][row, column]
        joint[size + row, column] = between[row, column]
        joint[row, size + column] = between[row, column]
      }
    }
    guard let both = NormalDensity(covariance: joint), let first = NormalDensity(covariance: totals[0]),
      let second = NormalDensity(covariance: totals[1])
    else { return 0 }
    let ratio =
      both.logDensity(points[0] + points[1]) - first.logDensity(points[0]) - second.logDensity(points[1])
    // log((1 - changing) e^ratio + changing), without overflow.
    let (same, changed) = (ratio + log(1 - Self.changing), log(Self.changing))
    return max(same, changed) + log1p(exp(-abs(same - changed)))
  }
}

extension Matrix {
  /// Adds the product of a column and a row.
  fileprivate mutating func add(_ column: [Double], _ row: [Double], times factor: Double) {
    for (place, value) in column.enumerated() {
      for (other, second) in row.enumerated() { self[place, other] += value * second * factor }
    }
  }
}
