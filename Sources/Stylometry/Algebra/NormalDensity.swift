import Foundation

/// A normal distribution around 0, by the Cholesky factor of its covariance.
public struct NormalDensity: Sendable {
  private let factor: Matrix
  private let logDeterminant: Double

  /// Nil for a covariance that is not positive definite; of it the lower half is read.
  public init?(covariance: Matrix) {
    let size = covariance.rows
    guard size == covariance.columns else { return nil }
    var factor = Matrix(rows: size, columns: size)
    var logDeterminant = 0.0
    for row in 0..<size {
      for column in 0...row {
        var sum = covariance[row, column]
        for inner in 0..<column { sum -= factor[row, inner] * factor[column, inner] }
        if row > column {
          factor[row, column] = sum / factor[column, column]
        } else {
          guard sum > 0, sum.isFinite else { return nil }
          factor[row, row] = sum.squareRoot()
          logDeterminant += log(sum)
        }
      }
    }
    self.factor = factor
    self.logDeterminant = logDeterminant
  }

  /// Natural log of the density at a point, but for the constant that its dimensions give.
  public func logDensity(_ point: [Double]) -> Double {
    var solved = point
    for row in solved.indices {
      for column in 0..<row { solved[row] -= factor[row, column] * solved[column] }
      solved[row] /= factor[row, row]
    }
    return -(logDeterminant + solved.reduce(0) { $0 + $1 * $1 }) / 2
  }
}
