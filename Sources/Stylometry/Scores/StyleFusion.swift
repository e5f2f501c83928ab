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
    /// To which part of the background its authors belong.
    public var part: Int
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

  /// Fits it; pairs of one author count as much as those of two. Weights learnt from a few dozen authors promise more than
  /// they hold: log odds are multiplied by what those of each part, by weights learnt from the others, turn out to be
  /// worth (by .8 with 70 authors, .99 with 400).
  init(_ pairs: [Pair], of scores: [StyleScore], penalty: Double = 1) {
    self.scores = scores
    let values = pairs.map { pair in scores.map { pair.scores[$0.rawValue] } }
    let lengths = pairs.map(\.length)
    // On the scale of pairs of two authors: those of one lie far out, and how far depends on how many of them are there.
    var others = pairs.indices.filter { !pairs[$0].isSame }
    if others.isEmpty { others = Array(pairs.indices) }
    row = LengthRow(others.map { values[$0] }, others.map { lengths[$0] })
    var rows: [Float] = []
    for (value, length) in zip(values, lengths) {
      row.append(scaled: Self.shortened(row.scaled(value), scores), length, to: &rows)
    }
    let labels = pairs.map(\.isSame)
    let fitted = Self.model(rows, row.columns, labels, penalty: penalty)
    let worth = Self.worth(rows, row.columns, labels, parts: pairs.map(\.part), penalty: penalty)
    model = fitted.scaled(by: worth)
  }

  private static func model(
    _ rows: [Float], _ columns: Int, _ labels: [Bool], penalty: Double
  ) -> RidgeLogistic {
    RidgeLogistic(
      rows: rows, columns: columns, labels: labels, penalty: penalty, counts: RidgeLogistic.balanced(labels))
  }

  /// What the log odds of pairs are worth by weights learnt from other parts: the slope of a logistic model; 1 of one part.
  private static func worth(
    _ rows: [Float], _ columns: Int, _ labels: [Bool], parts: [Int], penalty: Double
  ) -> Double {
    let found = Set(parts).sorted()
    if found.count < 2 { return 1 }
    var odds = [Float](repeating: 0, count: labels.count)
    for part in found {
      let others = labels.indices.filter { parts[$0] != part }
      var learning: [Float] = []
      learning.reserveCapacity(others.count * columns)
      for pair in others { learning += rows[pair * columns..<(pair + 1) * columns] }
      let model = model(learning, columns, others.map { labels[$0] }, penalty: penalty)
      for pair in labels.indices where parts[pair] == part {
        odds[pair] = Float(model.logOdds(rows[pair * columns..<(pair + 1) * columns]))
      }
    }
    let slope = RidgeLogistic(
      rows: odds, columns: 1, labels: labels, penalty: 1, towards: [1],
      counts: RidgeLogistic.balanced(labels)
    ).weights[0]
    return min(max(slope, 0.1), 1.2)
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
  /// - Parameter fitted: values that are put on a scale; others stay as they are. All when nil.
  init(_ rows: [[Double]], _ lengths: [Int], fitted: Range<Int>? = nil) {
    let count = Double(max(rows.count, 1))
    means = []
    scales = []
    let width = rows.first?.count ?? 0
    for column in 0..<width {
      if fitted?.contains(column) == false {
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
