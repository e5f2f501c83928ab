import Foundation
import StyleValidation
import Testing

@Suite("Figures of verification")
struct VerificationMetricsTests {
  /// Same pairs first. Worked by hand: of 4 x 4 comparisons 13 are won and one, with the abstention, is a draw.
  private static let values: [(log10LR: Double?, isSame: Bool)] = [
    (2, true), (1, true), (0.5, true), (nil, true), (1.5, false), (-0.5, false), (-1, false), (-2, false),
  ]

  @Test("Ranking, answers and probabilities as worked by hand")
  func known() throws {
    let metrics = try VerificationMetrics(Self.values)
    #expect(metrics.pairs == 8 && metrics.abstained == 1)
    // 2 beats 4, 1 and .5 beat 3 each, the abstention stands as 0 and beats 3.
    #expect(metrics.auc == 13.0 / 16)
    #expect(metrics.eer == 0.25)
    // Six of seven answers right; the one unanswered earns their share.
    #expect(abs(metrics.cAt1 - (6 + 6.0 / 8) / 8) < 1e-12)
    #expect(abs(metrics.f05u - 1.25 * 3 / (1.25 * 3 + 0.25 * 1 + 1)) < 1e-12)
    let squares = Self.values.reduce(0.0) {
      let error = 1 / (1 + pow(10, -($1.log10LR ?? 0))) - ($1.isSame ? 1 : 0)
      return $0 + error * error
    }
    #expect(abs(metrics.oneMinusBrier - (1 - squares / 8)) < 1e-12)
  }

  @Test("The cost is that of the standard's example")
  func cost() throws {
    let same = [0.5, 2, 10, 100, 1000, 20000].map { (log10LR: Optional(log10($0)), isSame: true) }
    let different = [0.001, 0.01, 0.05, 0.2, 1, 3].map { (log10LR: Optional(log10($0)), isSame: false) }
    let metrics = try VerificationMetrics(same + different)
    #expect(abs(metrics.cost.cllr - 0.472_709_910_514_010_6) < 1e-12)
    #expect(abs(metrics.cost.minimum - 1.0 / 3) < 1e-12)
  }

  @Test("A method that knows nothing has the figures of chance")
  func chance() throws {
    let metrics = try VerificationMetrics((0..<10).map { (log10LR: nil, isSame: $0 % 2 == 0) })
    #expect(
      metrics.auc == 0.5 && metrics.cost.cllr == 1 && metrics.cAt1 == 0 && metrics.oneMinusBrier == 0.75)
    #expect(throws: (any Error).self) { try VerificationMetrics([(log10LR: 1, isSame: true)]) }
  }

  @Test("Ranks")
  func retrieval() {
    let metrics = RetrievalMetrics(ranks: [1, 2, 9, nil], candidates: 50)
    #expect(metrics.first == 0.25 && metrics.firstEight == 0.5)
    #expect(abs(metrics.meanReciprocalRank - (1 + 0.5 + 1.0 / 9) / 4) < 1e-12)
  }
}
