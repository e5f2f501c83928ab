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
  /// weak pull to the line that changes nothing. The line never falls, as a map must not turn scores round.
  static func platt(_ examples: [Example]) -> MonotoneMap {
    let same = Double(examples.count { $0.isSame })
    let different = Double(examples.count) - same
    let (high, low) = ((same + 1) / (same + 2), 1 / (different + 2))
    let odds = examples.map { max(min($0.log10Odds, 30), -30) * 2.302585093 }
    let targets = examples.map { $0.isSame ? high : low }
    let (slopePull, offsetPull) = (1.0, 0.1)
    // Log likelihood, less the pulls.
    func worth(_ slope: Double, _ offset: Double) -> Double {
      var sum = -slopePull / 2 * (slope - 1) * (slope - 1) - offsetPull / 2 * offset * offset
      for (x, target) in zip(odds, targets) {
        let z = slope * x + offset
        sum += target * z - max(z, 0) - log1p(exp(-abs(z)))
      }
      return sum
    }
    var (slope, offset) = (1.0, 0.0)
    var best = worth(slope, offset)
    for _ in 0..<100 {
      var (g0, g1) = (-slopePull * (slope - 1), -offsetPull * offset)
      var (h00, h01, h11) = (slopePull, 0.0, offsetPull)
      for (x, target) in zip(odds, targets) {
        let p = 1 / (1 + exp(-(slope * x + offset)))
        g0 += (target - p) * x
        g1 += target - p
        let weight = p * (1 - p)
        h00 += weight * x * x
        h01 += weight * x
        h11 += weight
      }
      // At the limit of the slope the offset alone moves.
      let isHeld = slope <= leastSlope && h11 * g0 - h01 * g1 <= 0
      let determinant = h00 * h11 - h01 * h01
      var step =
        isHeld ? (0, g1 / h11) : ((h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant)
      // The sum is concave: some part of the step leads upwards.
      var isMoved = false
      for _ in 0..<40 {
        let next = (max(slope + step.0, leastSlope), offset + step.1)
        let value = worth(next.0, next.1)
        if value > best + 1e-12 {
          ((slope, offset), best, isMoved) = (next, value, true)
          break
        }
        step = (step.0 / 2, step.1 / 2)
      }
      if !isMoved { break }
    }
    return MonotoneMap(slope: slope, offset: offset / 2.302585093)
  }

  /// The line of Platt's method rises at least this much.
  static let leastSlope = 0.01

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
