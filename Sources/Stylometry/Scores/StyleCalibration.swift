import Foundation

/// Turns fused log odds into a likelihood ratio, as pairs of known truth say: an affine map whose offset and slope may
/// change with the length of the shorter text (logistic calibration, Morrison, 2013).
public struct StyleCalibration: Sendable, Equatable {
  /// Mean of the log odds of the pairs it was fitted to, and their deviation.
  let mean: Double
  let scale: Double
  /// Mean of the logarithms of lengths.
  let logLength: Double
  let model: RidgeLogistic
  /// Share of pairs of one author among those it was fitted to, as natural log odds.
  let priorOdds: Double
  /// How many pairs it was fitted to.
  public let pairs: Int
  /// Shortest and longest text of these pairs, in characters.
  public let lengths: ClosedRange<Int>

  /// A pair to calibrate by.
  public struct Pair: Sendable {
    /// Fused natural log odds.
    public var logOdds: Double
    /// Characters of the shorter text.
    public var length: Int
    /// Whether one author wrote both.
    public var isSame: Bool

    /// Makes a pair.
    public init(logOdds: Double, length: Int, isSame: Bool) {
      self.logOdds = logOdds
      self.length = length
      self.isSame = isSame
    }
  }

  /// Fits it; nil without pairs of both sorts.
  public init?(_ pairs: [Pair]) {
    let same = pairs.count { $0.isSame }
    guard same > 0, same < pairs.count else { return nil }
    let count = Double(pairs.count)
    let mean = pairs.reduce(0) { $0 + $1.logOdds } / count
    let square = pairs.reduce(0) { $0 + ($1.logOdds - mean) * ($1.logOdds - mean) } / count
    let scale = max(square.squareRoot(), 1e-9)
    let logLength = pairs.reduce(0) { $0 + log(Double(max($1.length, 1))) } / count
    self.mean = mean
    self.scale = scale
    self.logLength = logLength
    self.pairs = pairs.count
    let sorted = pairs.map(\.length).sorted()
    lengths = sorted[0]...sorted[sorted.count - 1]
    priorOdds = log(Double(same) / Double(pairs.count - same))
    let rows = pairs.flatMap {
      Self.row(($0.logOdds - mean) / scale, log(Double(max($0.length, 1))) - logLength)
    }
    // The slope hardly penalised; what length does to it more, as it must show in the data.
    model = RidgeLogistic(rows: rows, columns: 3, labels: pairs.map(\.isSame), penalty: 0.5)
  }

  private static func row(_ score: Double, _ length: Double) -> [Float] {
    [Float(score), Float(length), Float(score * length)]
  }

  /// log10 of the likelihood ratio of a pair.
  ///
  /// - Parameters:
  ///   - logOdds: fused natural log odds.
  ///   - length: characters of the shorter text; taken as the nearest length that was seen.
  public func log10LR(_ logOdds: Double, length: Int) -> Double {
    let seen = min(max(length, lengths.lowerBound), lengths.upperBound)
    let row = Self.row((logOdds - mean) / scale, log(Double(max(seen, 1))) - logLength)
    return (model.logOdds(row) - priorOdds) / 2.302_585_092_994_045_684
  }
}
