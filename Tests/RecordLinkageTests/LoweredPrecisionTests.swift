import Foundation
import RecordLinkage
import TestSupport
import Testing

/// Tables that tell too little for what is asked of the pairs that are joined.
@Suite struct LoweredPrecisionTests {
  /// A thousand people, half of them in a second record in which each value is another with one chance in four.
  private func resolution(given: UInt64, family: UInt64, postcodes: UInt64) throws -> Resolution {
    var random = SplitMix(seed: 7)
    let (starts, ends) = (
      ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "ny", "tis"],
      ["sol", "vir", "dan", "lund", "pek", "gosh", "nyb", "tisk", "karo", "mar"]
    )
    func word(_ number: UInt64) -> String { starts[Int(number % 12)] + ends[Int(number / 12 % 10)] }
    func values() -> [String] {
      [
        word(random.next() % given), word(random.next() % family) + "son",
        "ZZ\(random.next() % postcodes / 10) \(random.next() % 10)QQ",
      ]
    }
    var rows = ["id,given,family,postcode"]
    for person in 0..<1000 {
      let first = values()
      rows.append("a\(person)," + first.joined(separator: ","))
      if random.next() % 2 == 0 { continue }
      let second = zip(first, values()).map { random.next() % 100 < 25 ? $1 : $0 }
      rows.append("b\(person)," + second.joined(separator: ","))
    }
    return try ResolverTests.resolve(rows.joined(separator: "\n")).1
  }

  @Test func whatIsExpectedOfTheirPairsIsSaid() throws {
    let resolution = try resolution(given: 20, family: 40, postcodes: 60)
    let lowered = try #require(resolution.loweredPrecision)
    #expect((0.9..<0.98).contains(lowered))
    let probabilities = resolution.pairs
      .map { 1 / (1 + pow(10, -(Double($0.log10LR) + resolution.model.priorLog10Odds))) }
      .filter { $0 >= resolution.probabilityToMerge }
    #expect(abs(probabilities.reduce(0, +) / Double(probabilities.count) - lowered) < 1e-6)
  }

  @Test func howManyAreLeftIsSaid() throws {
    let resolution = try resolution(given: 20, family: 40, postcodes: 60)
    let lessSure = try #require(resolution.lessSure)
    let clusters = resolution.clusterOfRecord
    let left = resolution.pairs
      .filter { clusters[Int($0.left)] != clusters[Int($0.right)] }.map(resolution.probability)
      .filter { (0.8..<resolution.probabilityToMerge).contains($0) }
    #expect(lessSure.count == left.count)
    #expect(abs(left.reduce(0, +) - lessSure.expected) < 1e-6)
  }

  @Test func nothingIsSaidWhereEnoughIsSure() throws {
    let resolution = try resolution(given: 60, family: 100, postcodes: 200)
    #expect(resolution.loweredPrecision == nil)
    #expect(resolution.lessSure == nil)
  }
}
