import Foundation
import StyleValidation
import Testing

@Suite("Balanced ratios")
struct BalancedRatiosTests {
  /// log10; the candidate in the middle resembles everybody.
  private static let ratios = [[1.0, 1.2, -1.0], [-0.5, 1.5, -0.8], [-1.0, 0.9, 0.7]]

  @Test("Ratios of each query and of each candidate sum to one, in the order of a candidate's ratios")
  func sums() {
    let shares = BalancedRatios(Self.ratios).log10Values.map { $0.map { pow(10, $0) } }
    for place in 0..<3 {
      #expect(abs(shares[place].reduce(0, +) - 1) < 1e-3)
      #expect(abs(shares.reduce(0) { $0 + $1[place] } - 1) < 1e-12)
      // By its own ratios the text that resembles everybody would be the nearest of all three.
      #expect(shares[place].firstIndex(of: shares[place].max() ?? 0) == place)
    }
  }

  @Test("What raises all ratios of a query or of a candidate alike changes next to nothing")
  func scales() {
    let raised = Self.ratios.enumerated().map { query, row in
      row.enumerated().map { $1 + [3.0, -2, 0.5][query] + [0.25, -4, 7][$0] }
    }
    let (one, other) = (BalancedRatios(Self.ratios).log10Values, BalancedRatios(raised).log10Values)
    for (left, right) in zip(one.joined(), other.joined()) { #expect(abs(left - right) < 0.02) }
  }

  @Test("Ratios far out, and none at all, are taken as they come")
  func extremes() {
    let far = BalancedRatios([[400, -900], [-900, 300]]).log10Values
    for value in far.joined() { #expect(value.isFinite) }
    #expect(abs(far[0][0]) < 1e-9 && far[0][1] < -100)
    #expect(BalancedRatios([]).log10Values.isEmpty)
  }
}
