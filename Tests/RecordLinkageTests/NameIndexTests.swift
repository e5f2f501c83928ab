import RecordLinkage
import TestSupport
import Testing

@Suite("Many names at once")
struct NameIndexTests {
  @Test func agreesWithPairs() throws {
    var random = Numbers(seed: 21)
    let names =
      (0..<120).map { _ in random.text(upTo: 70, letters: 4) } + [
        "", "ł", String(repeating: "ab", count: 60),
      ]
    let queries =
      (0..<40).map { _ in random.text(upTo: 20, letters: 4) } + [
        "", "łó", String(repeating: "ba", count: 50),
      ]
    let index = try #require(NameIndex(names))
    let similar = try #require(index.compare(queries, by: .jaroWinkler))
    let aligned = try #require(index.compare(queries, by: .stringAlignment))
    let plain = try #require(index.compare(queries, by: .levenshtein))
    for (query, text) in queries.enumerated() {
      for (number, name) in names.enumerated() {
        let place = query * names.count + number
        #expect(similar[place] == Float(StringSimilarity.jaroWinkler(text, name)))
        #expect(Int(aligned[place]) == StringSimilarity.damerauLevenshtein(text, name))
        #expect(plain[place] >= aligned[place])
      }
    }
  }

  @Test func knownDistances() throws {
    let index = try #require(NameIndex(["sitting", "abc", "", "ba"]))
    #expect(index.compare(["kitten"], by: .levenshtein) == [3, 6, 6, 6])
    #expect(index.compare(["ab"], by: .levenshtein) == [7, 1, 2, 2])
    #expect(index.compare(["ab"], by: .stringAlignment) == [7, 1, 2, 1])
  }

  @Test func nothingAgainstNothing() throws {
    let index = try #require(NameIndex([]))
    #expect(index.compare(["a"], by: .jaroWinkler) == [])
    #expect(NameIndex(["a"])?.compare([], by: .levenshtein) == [])
  }
}
