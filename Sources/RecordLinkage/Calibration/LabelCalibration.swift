import Glibc

/// How labels changed the probabilities.
public struct LabelCalibration: Sendable, Codable, Hashable {
  /// How probabilities are put right.
  public enum Method: String, Sendable, Codable, Hashable {
    /// They are left as they are, as they fit the labels best.
    case none
    /// A straight line through the log odds (Platt, 1999), for few labels.
    case platt
    /// Any map that does not descend (Zadrozny and Elkan, 2002), for many.
    case isotonic
  }

  /// Fewer labels than this are fitted by a line.
  public static let fewestForIsotonic = 200
  /// Fewer labels of one sort than this are fitted by a line too: a free map would follow every one of them.
  public static let fewestOfEachForIsotonic = 30
  /// Parts that the labels are split into: each is judged by a map learnt from the others.
  public static let folds = 5

  /// How.
  public let method: Method
  /// Labelled pairs.
  public let pairs: Int
  /// Bits of surprise a label, by the probabilities without labels.
  public let logLossBefore: Double
  /// The same by a map that was learnt from the labels of other pairs.
  public let logLossAfter: Double

  private enum CodingKeys: String, CodingKey {
    case method, pairs, logLossBefore = "log_loss_before", logLossAfter = "log_loss_after"
  }
}

/// Learns a map of log odds from labels.
enum LabelFit {
  /// A labelled pair: log10 of its odds, which part it is in, and the label.
  struct Example {
    let log10Odds: Double
    let fold: Int
    let isSame: Bool
  }

  /// Learns a map of log10 odds. The map is the mean of those learnt without one part of the labels each, and it is
  /// taken only if the part left out is judged better by it; nil otherwise.
  static func fit(_ examples: [Example]) -> (map: MonotoneMap?, report: LabelCalibration) {
    let same = examples.count { $0.isSame }
    let isFew =
      examples.count < LabelCalibration.fewestForIsotonic
      || min(same, examples.count - same) < LabelCalibration.fewestOfEachForIsotonic
    let before =
      examples.reduce(0) { $0 + surprise($1.log10Odds, $1.isSame) } / Double(max(examples.count, 1))
    var after = 0.0
    var maps: [MonotoneMap] = []
    for fold in 0..<LabelCalibration.folds {
      let rest = examples.filter { $0.fold != fold }
      let map = isFew ? platt(rest) : isotonic(rest)
      for example in examples where example.fold == fold {
        after += surprise(map(example.log10Odds), example.isSame)
      }
      maps.append(map)
    }
    after /= Double(max(examples.count, 1))
    let isBetter = after < before
    let method: LabelCalibration.Method = !isBetter ? .none : isFew ? .platt : .isotonic
    return (
      isBetter ? MonotoneMap(mean: maps) : nil,
      LabelCalibration(method: method, pairs: examples.count, logLossBefore: before, logLossAfter: after)
    )
  }

  /// Bits of surprise at a label. Odds are held within 10^6, so that one wrong label costs no more than it may.
  private static func surprise(_ log10Odds: Double, _ isSame: Bool) -> Double {
    let odds = max(min(log10Odds, 6), -6) * (isSame ? -1 : 1)
    return log2(1 + pow(10, odds))
  }

  /// Logistic regression on the log odds by Newton's method, with targets a little short of 0 and 1 (Platt, 1999) and a
  /// weak pull to the line that changes nothing.
  static func platt(_ examples: [Example]) -> MonotoneMap {
    let same = Double(examples.count { $0.isSame })
    let different = Double(examples.count) - same
    let (high, low) = ((same + 1) / (same + 2), 1 / (different + 2))
    let unit = 2.302585093
    var slope = 1.0
    var offset = 0.0
    for _ in 0..<60 {
      let pull = 1.0
      var (g0, g1) = (-pull * (slope - 1), -pull * 0.1 * offset)
      var (h00, h01, h11) = (pull, 0.0, pull * 0.1)
      for example in examples {
        let x = max(min(example.log10Odds, 8), -8) * unit
        let p = 1 / (1 + exp(-(slope * x + offset)))
        let miss = (example.isSame ? high : low) - p
        g0 += miss * x
        g1 += miss
        let weight = p * (1 - p)
        h00 += weight * x * x
        h01 += weight * x
        h11 += weight
      }
      let determinant = h00 * h11 - h01 * h01
      guard determinant > 1e-12 else { break }
      let step0 = (h11 * g0 - h01 * g1) / determinant
      let step1 = (h00 * g1 - h01 * g0) / determinant
      // Half steps keep far starts from overshooting; the slope stays positive, as a map must not turn scores round.
      slope = max(slope + max(min(step0, 0.5), -0.5), 0.01)
      offset += max(min(step1, 2), -2)
      if abs(step0) + abs(step1) < 1e-9 { break }
    }
    return MonotoneMap(slope: slope, offset: offset / unit)
  }

  /// Isotonic regression of the labels on the score; each run of equal values counts half a pair of either label more.
  static func isotonic(_ examples: [Example]) -> MonotoneMap {
    let sorted = examples.sorted { $0.log10Odds < $1.log10Odds }
    let odds = sorted.map { max(min($0.log10Odds, 12), -12) }
    let fitted = IsotonicRegression.fit(
      sorted.map { $0.isSame ? 1 : 0 }, weights: Array(repeating: 1, count: sorted.count))
    var from: [Double] = []
    var shares: [Double] = []
    var weights: [Double] = []
    var start = 0
    while start < fitted.count {
      var end = start
      var sum = 0.0
      while end < fitted.count, fitted[end] == fitted[start] {
        sum += odds[end]
        end += 1
      }
      let count = Double(end - start)
      let mean = sum / count
      // Scores that are all alike make one knot.
      if let last = from.last, mean - last < 1e-9 {
        let place = from.count - 1
        shares[place] = (shares[place] * weights[place] + fitted[start] * count) / (weights[place] + count)
        weights[place] += count
      } else {
        from.append(mean)
        shares.append((fitted[start] * count + 0.5) / (count + 1))
        weights.append(count)
      }
      start = end
    }
    let smooth = IsotonicRegression.fit(shares, weights: weights)
    return MonotoneMap(from: from, to: smooth.map { log10($0 / (1 - $0)) })
  }
}
