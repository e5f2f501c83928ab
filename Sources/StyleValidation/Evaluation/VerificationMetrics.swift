public import CorpusKit
import Foundation
import Stylometry

/// How well likelihood ratios tell pairs of one author from pairs of two: the figures of the PAN tasks and of forensic
/// validation. A pair on which the method abstains counts as a likelihood ratio of 1.
public struct VerificationMetrics: Sendable, Equatable {
  /// Pairs judged.
  public let pairs: Int
  /// Pairs without a likelihood ratio.
  public let abstained: Int
  /// Area under the receiver operating characteristic; ties count half.
  public let auc: Double
  /// Equal error rate: where as many same pairs are missed as different ones are taken, as the mean of both rates.
  public let eer: Double
  /// Share right, where an unanswered pair earns the share of right answers (Peñas and Rodrigo, 2011).
  public let cAt1: Double
  /// F measure with weight on precision; an unanswered pair counts as missed (Bevendorff and others, 2019).
  public let f05u: Double
  /// 1 less the Brier score, which is the mean squared error of the probability, here at even odds: the higher the better.
  public let oneMinusBrier: Double
  /// See `LikelihoodRatioCost`.
  public let cost: LikelihoodRatioCost

  /// Judges log10 likelihood ratios; nil where the method abstained.
  ///
  /// - Throws: `LikelihoodRatioCostError` without pairs of both sorts.
  public init(_ pairs: [(log10LR: Double?, isSame: Bool)]) throws(LikelihoodRatioCostError) {
    let values = pairs.map { $0.log10LR ?? 0 }
    let same = pairs.indices.filter { pairs[$0].isSame }.map { values[$0] }
    let different = pairs.indices.filter { !pairs[$0].isSame }.map { values[$0] }
    cost = try LikelihoodRatioCost(sameSource: same, differentSource: different)
    self.pairs = pairs.count
    abstained = pairs.count { $0.log10LR == nil }
    (auc, eer) = Self.ranking(same.sorted(), different.sorted())
    var (right, truePositive, falsePositive, missed, unanswered) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var squares = 0.0
    for (pair, value) in zip(pairs, values) {
      if value == 0 {
        unanswered += 1
      } else if (value > 0) == pair.isSame {
        right += 1
        if pair.isSame { truePositive += 1 }
      } else if value > 0 {
        falsePositive += 1
      } else {
        missed += 1
      }
      let error = 1 / (1 + exp(-value * 2.302_585_092_994_045_684)) - (pair.isSame ? 1 : 0)
      squares += error * error
    }
    let count = Double(pairs.count)
    cAt1 = (right + unanswered * right / count) / count
    let weighted = 1.25 * truePositive
    f05u = weighted == 0 ? 0 : weighted / (weighted + 0.25 * (missed + unanswered) + falsePositive)
    oneMinusBrier = 1 - squares / count
  }

  /// AUC and equal error rate of ascending values.
  private static func ranking(_ same: [Double], _ different: [Double]) -> (auc: Double, eer: Double) {
    let auc = RankSum.wins(same, different) / Double(same.count) / Double(different.count)
    // Thresholds at every value: same pairs below it are missed, different ones from it on are taken.
    var best = (gap: Double.infinity, rate: 1.0)
    var (missed, passed) = (0, 0)
    for threshold in (same + different).sorted() + [.infinity] {
      while missed < same.count, same[missed] < threshold { missed += 1 }
      while passed < different.count, different[passed] < threshold { passed += 1 }
      let missRate = Double(missed) / Double(same.count)
      let alarmRate = 1 - Double(passed) / Double(different.count)
      if abs(missRate - alarmRate) < best.gap {
        best = (abs(missRate - alarmRate), (missRate + alarmRate) / 2)
      }
    }
    return (auc, best.rate)
  }
}

/// How often the right candidate is among the first.
public struct RetrievalMetrics: Sendable, Equatable {
  /// Count of queries.
  public let queries: Int
  /// Candidates of each.
  public let candidates: Int
  /// Share of queries whose best candidate is right.
  public let first: Double
  /// Share of queries with the right one among the best eight.
  public let firstEight: Double
  /// Mean of 1 / rank of the right one.
  public let meanReciprocalRank: Double

  /// - Parameters:
  ///   - ranks: rank of the right candidate from 1, a query each; nil when it was not among those kept.
  ///   - candidates: how many each query had.
  public init(ranks: [Int?], candidates: Int) {
    queries = ranks.count
    self.candidates = candidates
    let count = Double(max(ranks.count, 1))
    first = Double(ranks.count { $0 == 1 }) / count
    firstEight = Double(ranks.count { ($0 ?? .max) <= 8 }) / count
    meanReciprocalRank = ranks.reduce(0) { $0 + ($1.map { 1 / Double($0) } ?? 0) } / count
  }
}
