import Stylometry
import Testing

@Suite("Rank test")
struct RankSumTests {
  @Test("Two samples apart, mixed, tied and empty")
  func knownAnswers() {
    // Of nine comparisons 4.5 are expected with a variance of 3 · 3 · 7 / 12.
    #expect(abs(RankSum.deviate([1, 2, 3], [4, 5, 6]) + 4.5 / 5.25.squareRoot()) < 1e-12)
    #expect(abs(RankSum.deviate([6, 4, 5], [3, 1, 2]) - 4.5 / 5.25.squareRoot()) < 1e-12)
    #expect(RankSum.deviate([1, 4], [2, 3]) == 0)
    #expect(RankSum.deviate([7, 7], [7, 7, 7]) == 0)
    #expect(RankSum.deviate([], [1]) == 0 && RankSum.deviate([1], []) == 0)
  }
}
