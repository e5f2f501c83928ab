import Foundation

/// How often a pair may be the contrary of all that its scores say: somebody else wrote from the account, or pasted a
/// page, or a corpus has one person under two names. Such pairs are too rare to be seen among a few dozen that calibrate,
/// and a model of the scores alone would be certain that there are none; so every ratio is that of a mixture of the model
/// and of lapses, and none says more than the number of calibrating pairs can bear.
///
/// As a likelihood ratio r comes to ((1 - same) r + same) / (different r + 1 - different), the order of pairs is kept.
public struct LapseRates: Sendable, Equatable {
  /// Share of pairs of one author that look like any two's.
  public var same: Double
  /// Share of pairs of two authors that look like one's.
  public var different: Double

  /// Known rates.
  public init(same: Double, different: Double) {
    self.same = same
    self.different = different
  }

  /// What pairs leave open among which no lapse need be: a quarter of a pair more than they are. Half of one, as Jeffreys'
  /// prior has it, costs calibrated ratios more than it spares others.
  ///
  /// - Parameters:
  ///   - same: independent pairs of one author.
  ///   - different: independent pairs of two.
  public init(same: Int, different: Int) {
    self.init(same: 0.25 / Double(same + 2), different: 0.25 / Double(different + 2))
  }

  /// The log of a ratio (natural), from the log of what it were without lapses.
  public func tempered(_ logRatio: Double) -> Double {
    Self.logSum(log1p(-same) + logRatio, log(same))
      - Self.logSum(log(different) + logRatio, log1p(-different))
  }

  /// log(exp(one) + exp(other)).
  private static func logSum(_ one: Double, _ other: Double) -> Double {
    max(one, other) + log1p(exp(-abs(one - other)))
  }
}
