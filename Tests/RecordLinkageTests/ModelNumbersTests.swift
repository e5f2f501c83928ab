import TestSupport
import Testing

import RecordLinkage

/// Things whose names hold the number of a model, and that are seldom called the same twice.
struct ModelNumbersTests {
  @Test func bringThingsTogetherWhoseNamesAreWrittenInOtherWays() throws {
    var random = Numbers(seed: 1)
    let syllables = ["ka", "ro", "mi", "ten", "sol", "vi", "dar", "lun", "pe", "gos", "hel", "ny"]
    let sorts = ["kettle", "toaster", "drill", "camera", "printer", "lamp", "router", "speaker"]
    let more = ["wireless", "portable", "compact", "digital", "smart", "silver", "black", "white"]
    let letters = Array("ABCDEFGHKLMNPRST")
    let brands = (0..<30).map { _ in (0..<3).map { _ in syllables[random.next(12)] }.joined() }
    var rows: [String] = []
    var truth: [Int] = []
    for thing in 0..<600 {
      let (brand, sort) = (brands[random.next(30)], sorts[random.next(8)])
      let model = "\(letters[random.next(16)])\(letters[random.next(16)])\(100 + random.next(9_000))"
      let price = 1_000 + random.next(40_000)
      for _ in 0..<1 + random.next(2) {
        var words = [brand, model, more[random.next(8)], sort, more[random.next(8)]]
        if random.next(2) == 0 { words.reverse() }
        let asked = price + (random.next(3) == 0 ? 0 : random.next(200))
        let known = random.next(10) > 0 ? brand : ""
        rows.append("r\(rows.count),\(words.joined(separator: " ")),\(known),\(asked)")
        truth.append(thing)
      }
    }
    let found = try ResolverTests.resolve("id,title,brand,price\n" + rows.joined(separator: "\n")).resolution
    let (precision, recall) = ResolverTests.scores(truth, found.clusterOfRecord)
    #expect(precision > 0.9 && recall > 0.5, "\(precision) \(recall)")
  }
}
