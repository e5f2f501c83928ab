import Foundation

/// Logistic regression with a penalty on the squares of its weights, fitted by the quasi-Newton method L-BFGS
/// (Liu and Nocedal, 1989). The intercept is not penalised where nothing else is said.
public struct RidgeLogistic: Sendable, Equatable {
  /// One for each column.
  public var weights: [Double]
  /// Log odds where all columns are 0.
  public var intercept: Double

  /// Makes a model of known weights.
  public init(weights: [Double], intercept: Double) {
    self.weights = weights
    self.intercept = intercept
  }

  /// Fits a model.
  ///
  /// - Parameters:
  ///   - rows: row after row, `columns` values each.
  ///   - labels: whether a row is of the first class; one a row.
  ///   - penalty: added to the loss is `penalty / 2 · Σ (weight - towards)²`, beside the sum of the losses.
  ///   - towards: where weights go that the rows say nothing about; 0 when nil.
  ///   - counts: how often each row counts; once when nil.
  public init(
    rows: [Float], columns: Int, labels: [Bool], penalty: Double,
    towards: [Double]? = nil, counts: [Double]? = nil, iterations: Int = 200
  ) {
    self.init(
      rows: rows, columns: columns, labels: labels, penalties: [Double](repeating: penalty, count: columns),
      towards: towards, counts: counts, iterations: iterations)
  }

  /// The same with a penalty for each column, and one on the square of the intercept.
  public init(
    rows: [Float], columns: Int, labels: [Bool], penalties: [Double], interceptPenalty: Double = 0,
    towards: [Double]? = nil, counts: [Double]? = nil, iterations: Int = 200
  ) {
    precondition(rows.count == labels.count * columns, "the shapes do not fit")
    precondition((counts?.count ?? labels.count) == labels.count, "a count for each row")
    precondition(penalties.count == columns, "a penalty for each column")
    let centre = towards ?? [Double](repeating: 0, count: columns)
    let rows = Rows(
      values: rows, columns: columns, labels: labels, counts: counts,
      penalties: penalties + [interceptPenalty],
      centre: centre + [0])
    var point = rows.centre
    var (loss, gradient) = Self.loss(point, rows)
    var steps: [[Double]] = []
    var changes: [[Double]] = []
    for _ in 0..<iterations {
      var direction = Self.direction(gradient, steps, changes)
      var slope = Self.dot(direction, gradient)
      if slope >= 0 {
        direction = gradient.map { -$0 }
        slope = -Self.dot(gradient, gradient)
        steps.removeAll()
        changes.removeAll()
      }
      if Self.dot(gradient, gradient).squareRoot() < 1e-7 * Double(max(labels.count, 1)) { break }
      var length = steps.isEmpty ? min(1, 1 / Self.dot(gradient, gradient).squareRoot()) : 1
      var accepted = false
      for _ in 0..<40 {
        let next = zip(point, direction).map { $0 + length * $1 }
        let (nextLoss, nextGradient) = Self.loss(next, rows)
        if nextLoss <= loss + 1e-4 * length * slope {
          let step = zip(next, point).map { $0 - $1 }
          let change = zip(nextGradient, gradient).map { $0 - $1 }
          if Self.dot(step, change) > 1e-12 {
            steps.append(step)
            changes.append(change)
            if steps.count > 8 {
              steps.removeFirst()
              changes.removeFirst()
            }
          }
          let gain = loss - nextLoss
          (point, loss, gradient) = (next, nextLoss, nextGradient)
          accepted = gain > 1e-10 * max(abs(loss), 1)
          break
        }
        length /= 2
      }
      if !accepted { break }
    }
    weights = Array(point.prefix(columns))
    intercept = point[columns]
  }

  /// How often each row counts for the second class to count as much as the first: rows of the first once.
  public static func balanced(_ labels: [Bool]) -> [Double] {
    let first = Double(labels.count { $0 })
    let second = Double(max(labels.count { !$0 }, 1))
    return labels.map { $0 ? 1 : first / second }
  }

  /// The same model with its log odds times a number.
  func scaled(by slope: Double) -> RidgeLogistic {
    RidgeLogistic(weights: weights.map { $0 * slope }, intercept: intercept * slope)
  }

  /// Log odds (natural) of the first class.
  public func logOdds(_ row: some Sequence<Float>) -> Double {
    zip(row, weights).reduce(intercept) { $0 + Double($1.0) * $1.1 }
  }

  private static func dot(_ one: [Double], _ other: [Double]) -> Double {
    var sum = 0.0
    for index in one.indices { sum += one[index] * other[index] }
    return sum
  }

  /// What is fitted to.
  private struct Rows {
    var values: [Float]
    var columns: Int
    var labels: [Bool]
    var counts: [Double]?
    /// Of each column and of the intercept, as where they go.
    var penalties: [Double]
    var centre: [Double]
  }

  private static func loss(_ point: [Double], _ data: Rows) -> (Double, [Double]) {
    let (columns, labels) = (data.columns, data.labels)
    var loss = 0.0
    var gradient = [Double](repeating: 0, count: columns + 1)
    data.values.withUnsafeBufferPointer { rows in
      point.withUnsafeBufferPointer { point in
        gradient.withUnsafeMutableBufferPointer { gradient in
          for row in labels.indices {
            let base = row * columns
            var odds = point[columns]
            for column in 0..<columns { odds += Double(rows[base + column]) * point[column] }
            let signed = labels[row] ? -odds : odds
            let count = data.counts?[row] ?? 1
            loss += count * (max(signed, 0) + log1p(exp(-abs(signed))))
            let error = count * (1 / (1 + exp(-odds)) - (labels[row] ? 1 : 0))
            for column in 0..<columns { gradient[column] += error * Double(rows[base + column]) }
            gradient[columns] += error
          }
        }
      }
    }
    for column in 0...columns {
      let distance = point[column] - data.centre[column]
      loss += data.penalties[column] / 2 * distance * distance
      gradient[column] += data.penalties[column] * distance
    }
    return (loss, gradient)
  }

  /// The two-loop recursion of L-BFGS.
  private static func direction(
    _ gradient: [Double], _ steps: [[Double]], _ changes: [[Double]]
  ) -> [Double] {
    var result = gradient
    var factors = [Double](repeating: 0, count: steps.count)
    for index in steps.indices.reversed() {
      factors[index] = dot(steps[index], result) / dot(changes[index], steps[index])
      for place in result.indices { result[place] -= factors[index] * changes[index][place] }
    }
    if let step = steps.last, let change = changes.last {
      let scale = dot(step, change) / dot(change, change)
      for place in result.indices { result[place] *= scale }
    }
    for index in steps.indices {
      let back = dot(changes[index], result) / dot(changes[index], steps[index])
      for place in result.indices { result[place] += (factors[index] - back) * steps[index][place] }
    }
    return result.map { -$0 }
  }
}
