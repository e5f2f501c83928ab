import Foundation

/// The empirical lower and upper bound of likelihood ratios (Vergeer, van Es, de Jongh, Alberink and Stoel, 2016): no
/// ratio is reported that is further from 1 than the validation supports. Beyond them, with one misleading pair more on
/// each side than was seen, deciding by the ratios would do worse than deciding without.
public struct ValidationBounds: Sendable, Equatable {
  /// log10 of the least ratio that is supported, 0 or less.
  public var lower: Double
  /// log10 of the largest, 0 or more.
  public var upper: Double

  /// Thresholds are looked at in steps of this, in log10.
  static let step = 0.01

  /// Known bounds.
  public init(lower: Double, upper: Double) {
    self.lower = lower
    self.upper = upper
  }

  /// From log10 ratios of pairs of one author and of two; without either nothing is supported.
  public init(same: [Double], different: [Double]) {
    lower = 0
    upper = 0
    guard !same.isEmpty, !different.isEmpty else { return }
    let (same, different) = (same.sorted(), different.sorted())
    let most = log10(Double(max(same.count, different.count) + 1)) + 1
    let steps = Int((most / Self.step).rounded(.up))
    for step in 1...max(steps, 1) {
      let threshold = Double(step) * Self.step
      guard Self.isSupported(threshold, same, different) else { break }
      upper = threshold
    }
    for step in 1...max(steps, 1) {
      let threshold = -Double(step) * Self.step
      guard Self.isSupported(threshold, same, different) else { break }
      lower = threshold
    }
  }

  /// Whether deciding at this threshold costs no more than deciding without ratios, at the odds at which the threshold
  /// is the best: a miss costs 1, a false alarm `10^threshold`.
  private static func isSupported(_ threshold: Double, _ same: [Double], _ different: [Double]) -> Bool {
    let missed = Double(below(threshold, same) + 1) / Double(same.count + 1)
    let alarms = Double(different.count - below(threshold, different) + 1) / Double(different.count + 1)
    let ratio = pow(10, threshold)
    return missed + ratio * alarms <= min(1, ratio)
  }

  /// How many of ascending values are below a threshold.
  private static func below(_ threshold: Double, _ values: [Double]) -> Int {
    var (low, high) = (0, values.count)
    while low < high {
      let middle = (low + high) / 2
      if values[middle] < threshold { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// A log10 ratio within the bounds. To .05 from a bound it stays as it is; from there it nears the bound without
  /// reaching it, so that the order of pairs is kept.
  public func bounded(_ log10LR: Double) -> Double {
    if log10LR > 0 { return Self.limited(log10LR, upper) }
    return -Self.limited(-log10LR, -lower)
  }

  private static func limited(_ value: Double, _ bound: Double) -> Double {
    let margin = min(0.05, bound / 2)
    if value <= bound - margin { return value }
    if margin <= 0 { return 0 }
    return bound - margin * margin / (value - bound + 2 * margin)
  }
}
