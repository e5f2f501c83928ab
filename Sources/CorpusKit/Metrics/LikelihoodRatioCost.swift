import Foundation

/// Likelihood ratios cannot be judged as given.
public enum LikelihoodRatioCostError: Error, Sendable, Equatable, CustomStringConvertible {
  /// There is no pair of the same source, or none of different sources.
  case noPairs(sameSource: Int, differentSource: Int)
  /// A value is not a number.
  case notANumber

  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .noPairs(let same, let different):
      "the cost needs pairs of both sorts: \(same) of the same source and \(different) of different sources given"
    case .notANumber: "a likelihood ratio is not a number"
    }
  }
}

/// The log-likelihood-ratio cost of a set of likelihood ratios whose truth is known.
///
/// Brümmer and du Preez, "Application-independent evaluation of speaker detection" (2006). 0 is perfect; 1 is what
/// a method that always says LR = 1 costs; more than 1 misleads.
public struct LikelihoodRatioCost: Sendable, Equatable {
  /// Cllr: the mean of log2(1 + 1/LR) over pairs of the same source and of log2(1 + LR) over the others, halved.
  public let cllr: Double
  /// Cllr_min: the cost that is left after the best monotone recalibration of the same values (pool adjacent
  /// violators): what the method cannot tell apart.
  public let minimum: Double

  /// Judges log10 likelihood ratios; O(n log n).
  ///
  /// - Throws: `LikelihoodRatioCostError` when either list is empty or a value is NaN. An infinite value on the
  ///   wrong side gives an infinite cost.
  public init(sameSource: [Double], differentSource: [Double]) throws(LikelihoodRatioCostError) {
    guard !sameSource.isEmpty, !differentSource.isEmpty else {
      throw .noPairs(sameSource: sameSource.count, differentSource: differentSource.count)
    }
    if sameSource.contains(where: \.isNaN) || differentSource.contains(where: \.isNaN) { throw .notANumber }
    let ln10 = 2.302_585_092_994_045_684
    let same = sameSource.reduce(0) { $0 + Self.bits(-$1 * ln10) } / Double(sameSource.count)
    let different = differentSource.reduce(0) { $0 + Self.bits($1 * ln10) } / Double(differentSource.count)
    cllr = (same + different) / 2
    minimum = Self.minimum(sameSource, differentSource)
  }

  /// log2(1 + e^x) without overflow.
  private static func bits(_ x: Double) -> Double {
    let ln2 = 0.693_147_180_559_945_309
    return (max(x, 0) + log1p(exp(-abs(x)))) / ln2
  }

  private static func minimum(_ sameSource: [Double], _ differentSource: [Double]) -> Double {
    var values = sameSource.map { (value: $0, same: 1) } + differentSource.map { (value: $0, same: 0) }
    values.sort { $0.value < $1.value }
    // Blocks of equal recalibrated value, with the counts of both sorts.
    var blocks: [(same: Int, count: Int)] = []
    var position = 0
    while position < values.count {
      var block = (same: 0, count: 0)
      let value = values[position].value
      while position < values.count, values[position].value == value {
        block.same += values[position].same
        block.count += 1
        position += 1
      }
      // Equal values cannot be told apart; a block no better than the one before joins it.
      while let last = blocks.last, last.same * block.count >= block.same * last.count {
        block = (last.same + block.same, last.count + block.count)
        blocks.removeLast()
      }
      blocks.append(block)
    }
    let sameCount = Double(sameSource.count)
    let differentCount = Double(differentSource.count)
    var same = 0.0
    var different = 0.0
    for block in blocks {
      let positives = Double(block.same)
      let negatives = Double(block.count - block.same)
      if positives > 0 { same += positives * log2(1 + negatives / positives * sameCount / differentCount) }
      if negatives > 0 {
        different += negatives * log2(1 + positives / negatives * differentCount / sameCount)
      }
    }
    return (same / sameCount + different / differentCount) / 2
  }
}
