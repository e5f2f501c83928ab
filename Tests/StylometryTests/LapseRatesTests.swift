import Foundation
import Stylometry
import Testing

@Suite("Lapse rates")
struct LapseRatesTests {
  @Test("A ratio is that of a mixture, for any size of it")
  func mixture() {
    let rates = LapseRates(same: 0.01, different: 0.002)
    for ratio in [1e-6, 0.3, 1, 40, 1e5] {
      let mixed = (0.99 * ratio + 0.01) / (0.002 * ratio + 0.998)
      #expect(abs(rates.tempered(log(ratio)) - log(mixed)) < 1e-12)
    }
    #expect(abs(rates.tempered(5000) - log(0.99 / 0.002)) < 1e-12)
    #expect(abs(rates.tempered(-5000) - log(0.01 / 0.998)) < 1e-12)
  }

  @Test("The order of pairs is kept, and more pairs bear more")
  func order() {
    let (few, many) = (LapseRates(same: 30, different: 30), LapseRates(same: 300, different: 300))
    let tempered = stride(from: -12.0, through: 12, by: 0.5).map { few.tempered($0) }
    #expect(zip(tempered, tempered.dropFirst()).allSatisfy { $0 < $1 })
    #expect(many.tempered(12) > few.tempered(12) && few.tempered(12) < log(128))
    #expect(abs(few.tempered(0)) < 1e-12)
  }
}
