import Foundation

/// How scores are weighed together: a logistic model of them on their common scale, whose weights may change with the
/// length of the shorter text.
public struct StyleFusion: Sendable, Equatable {
  /// A pair to fit to.
  public struct Pair: Sendable {
    /// All scores, in the order of `StyleScore`.
    public var scores: [Double]
    /// Characters of the shorter text.
    public var length: Int
    /// Whether one author wrote both.
    public var isSame: Bool
  }

  /// Those that are weighed.
  let scores: [StyleScore]
  let row: LengthRow
  /// On the columns of `row`.
  let model: RidgeLogistic

  /// A fusion that is known.
  init(scores: [StyleScore], row: LengthRow, model: RidgeLogistic) {
    self.scores = scores
    self.row = row
    self.model = model
  }

  /// Fits it; pairs of one author count as much as those of two.
  init(_ pairs: [Pair], of scores: [StyleScore], penalty: Double = 1) {
    self.scores = scores
    let values = pairs.map { pair in scores.map { pair.scores[$0.rawValue] } }
    let lengths = pairs.map(\.length)
    // On the scale of pairs of two authors: those of one lie far out, and how far depends on how many of them are there.
    var others = pairs.indices.filter { !pairs[$0].isSame }
    if others.isEmpty { others = Array(pairs.indices) }
    row = LengthRow(others.map { values[$0] }, others.map { lengths[$0] })
    let same = Double(max(pairs.count(where: \.isSame), 1))
    let different = Double(max(pairs.count { !$0.isSame }, 1))
    var rows: [Float] = []
    for (value, length) in zip(values, lengths) {
      row.append(scaled: Self.shortened(row.scaled(value), scores), length, to: &rows)
    }
    model = RidgeLogistic(
      rows: rows, columns: row.columns, labels: pairs.map(\.isSame), penalty: penalty,
      counts: pairs.map { $0.isSame ? 1 : same / different })
  }

  /// Natural log odds of one author, at even odds before.
  ///
  /// - Parameter scores: all, in the order of `StyleScore`.
  public func logOdds(_ scores: [Double], length: Int) -> Double {
    logOdds(weighed: weighed(scores), length: length)
  }

  /// The same of scores that are on their common scale already.
  func logOdds(weighed: [Double], length: Int) -> Double {
    var values: [Float] = []
    row.append(scaled: weighed, length, to: &values)
    return model.logOdds(values)
  }

  /// The scores that are weighed, on their common scale.
  ///
  /// - Parameter scores: all, in the order of `StyleScore`.
  func weighed(_ scores: [Double]) -> [Double] {
    Self.shortened(row.scaled(self.scores.map { scores[$0.rawValue] }), self.scores)
  }

  /// Values on the common scale, sums of what is shared without their long tails: beyond some two standard deviations
  /// twice as much says only a little more. Texts that share a passage lie twenty out, and one slope cannot fit them and
  /// all others.
  private static func shortened(_ values: [Double], _ scores: [StyleScore]) -> [Double] {
    zip(values, scores).map { $1.isSumOfShared ? 2 * asinh($0 / 2) : $0 }
  }

  /// Whether n-grams outside the vocabularies are weighed.
  var countsUnknown: Bool { scores.contains(.charactersUnknown) || scores.contains(.wordsUnknown) }

  /// How much each score counts at the mean length, on a common scale; 0 for those that are not weighed.
  public var weights: [Double] {
    StyleScore.allCases.map { score in scores.firstIndex(of: score).map { model.weights[$0] } ?? 0 }
  }
}

/// Values on a common scale as columns of a model; where lengths differ the logarithm of the length, and its product
/// with each value, are columns as well.
struct LengthRow: Sendable, Equatable {
  var means: [Double]
  var scales: [Double]
  /// Mean logarithm of the length.
  var logLength: Double
  /// Whether lengths differ.
  var hasLengths: Bool

  init(means: [Double], scales: [Double], logLength: Double, hasLengths: Bool) {
    self.means = means
    self.scales = scales
    self.logLength = logLength
    self.hasLengths = hasLengths
  }

  /// The scale of some rows.
  ///
  /// - Parameter scaled: how many values, the last of each row, are on a common scale already and stay as they are.
  init(_ rows: [[Double]], _ lengths: [Int], scaled: Int = 0) {
    let count = Double(max(rows.count, 1))
    means = []
    scales = []
    let width = rows.first?.count ?? 0
    for column in 0..<width {
      if column >= width - scaled {
        means.append(0)
        scales.append(1)
        continue
      }
      let mean = rows.reduce(0) { $0 + $1[column] } / count
      let square = rows.reduce(0) { $0 + ($1[column] - mean) * ($1[column] - mean) } / count
      means.append(mean)
      scales.append(square > 1e-18 ? square.squareRoot() : 1)
    }
    let logs = lengths.map { log(Double(max($0, 1))) }
    let mean = logs.reduce(0, +) / count
    logLength = mean
    hasLengths = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot() > 0.25
  }

  var columns: Int { hasLengths ? 2 * means.count + 1 : means.count }

  /// Values on the common scale.
  func scaled(_ values: [Double]) -> [Double] { values.indices.map { (values[$0] - means[$0]) / scales[$0] } }

  /// Adds the columns of a row.
  func append(_ values: [Double], _ length: Int, to row: inout [Float]) {
    append(scaled: scaled(values), length, to: &row)
  }

  /// Adds the columns of a row whose values are on the common scale.
  func append(scaled: [Double], _ length: Int, to row: inout [Float]) {
    row += scaled.map { Float($0) }
    guard hasLengths else { return }
    let length = log(Double(max(length, 1))) - logLength
    row += scaled.map { Float($0 * length) }
    row.append(Float(length))
  }
}
