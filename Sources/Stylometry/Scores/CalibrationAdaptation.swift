import Foundation

/// How far those who calibrate may mend the weights of scores that the background has weighed: by a penalty on the change
/// that is found on authors who are held out.
struct CalibrationAdaptation {
  /// Penalties on the change of a weight that are tried, ascending: with the last nothing changes.
  static let penalties = [10.0, 30, 100, 10_000]
  /// Of penalties that cost so little more than the best on held-out authors, the largest is taken: of a few dozen authors
  /// the best is chance.
  static let tolerance = 1.005
  /// Parts into which authors are divided.
  static let folds = 5

  private let rows: [Float]
  private let row: LengthRow
  private let pairs: [StyleCalibration.Pair]
  private let isWeighed: [Bool]
  private let towards: [Double]
  private let share: Double

  /// - Parameters:
  ///   - rows: the columns of `row`, pair after pair.
  ///   - weighed: how many values, the last of each pair, the background has weighed.
  ///   - share: how much a pair of one author counts.
  init(rows: [Float], row: LengthRow, pairs: [StyleCalibration.Pair], weighed: Int, share: Double) {
    self.rows = rows
    self.row = row
    self.pairs = pairs
    self.share = share
    let values = row.means.count
    // Values, and where lengths differ their products with the length, and the length.
    isWeighed = (0..<row.columns).map { $0 < 2 * values && $0 % values >= values - weighed }
    var towards = [Double](repeating: 0, count: row.columns)
    towards[0] = row.scales[0]
    self.towards = towards
  }

  /// The model of some pairs; those of one author count as much as those of two.
  func model(penalty: Double, of chosen: some Collection<Int>, iterations: Int = 200) -> RidgeLogistic {
    let same = chosen.count { pairs[$0].isSame }
    let balance = Double(same) / Double(max(chosen.count - same, 1))
    let columns = row.columns
    var values: [Float] = []
    values.reserveCapacity(chosen.count * columns)
    for pair in chosen { values += rows[pair * columns..<(pair + 1) * columns] }
    return RidgeLogistic(
      rows: values, columns: columns, labels: chosen.map { pairs[$0].isSame },
      penalties: isWeighed.map { $0 ? penalty : StyleCalibration.penalty }, towards: towards,
      counts: chosen.map { share * (pairs[$0].isSame ? 1 : balance) }, iterations: iterations)
  }

  /// The penalty by which, learnt from four fifths of the authors, the ratios of the others cost least.
  func bestPenalty() -> Double {
    var costs = [Double](repeating: 0, count: Self.penalties.count)
    for fold in 0..<Self.folds {
      let learning = pairs.indices.filter {
        pairs[$0].author % Self.folds != fold && pairs[$0].other % Self.folds != fold
      }
      let judged = pairs.indices.filter {
        pairs[$0].author % Self.folds == fold && pairs[$0].other % Self.folds == fold
      }
      for place in Self.penalties.indices {
        let model = model(penalty: Self.penalties[place], of: learning, iterations: 60)
        costs[place] += cost(judged, by: model)
      }
    }
    let least = costs.min() ?? 0
    let best = costs.indices.last { costs[$0] <= least * Self.tolerance } ?? 0
    return Self.penalties[best]
  }

  /// The log likelihood-ratio cost of some pairs (Brümmer and du Preez, 2006), in nats; of a sort that is missing 0.
  private func cost(_ judged: [Int], by model: RidgeLogistic) -> Double {
    var (sums, counts) = ([0.0, 0.0], [0.0, 0.0])
    for pair in judged {
      let odds = model.logOdds(rows[pair * row.columns..<(pair + 1) * row.columns])
      let signed = pairs[pair].isSame ? -odds : odds
      let sort = pairs[pair].isSame ? 0 : 1
      sums[sort] += max(signed, 0) + log1p(exp(-abs(signed)))
      counts[sort] += 1
    }
    return (sums[0] / max(counts[0], 1) + sums[1] / max(counts[1], 1)) / 2
  }
}
