import Stylometry
import TestSupport
import Testing

/// Accounts among others, by the built-in model.
@Suite struct StyleSearchTests {
  /// Texts of writers with habits of their own, two of each.
  private static let texts: [[UInt8]] = {
    var random = SplitMix(seed: 6)
    let words = [
      "the", "and", "then", "we", "went", "down", "to", "see", "what", "was", "there", "but", "nobody", "had",
      "told", "them", "about", "it", "so", "off", "home", "again", "before", "dark", "with", "a", "bag", "of",
    ]
    let habits: [(between: String, end: String)] = [
      (" ", ". "), (" ", "!!! "), ("  ", "... "), (" ", "\n"), (", ", " - "), (" ", " :) "),
    ]
    var result: [[UInt8]] = []
    for _ in 0..<2 {
      for (place, habit) in habits.enumerated() {
        var text = ""
        for number in 0..<160 {
          var word = words[Int(random.next() % UInt64(words.count))]
          if place % 2 == 1, number % 5 == 0 { word = word.uppercased() }
          if place == 2 { word = word.replacing("the", with: "teh") }
          text += word + (number % 9 == 8 ? habit.end : habit.between)
        }
        result.append(Array(text.utf8))
      }
    }
    return result
  }()

  private func posts(_ text: [UInt8]) -> ProfileBuilder {
    var builder = ProfileBuilder()
    builder.add(post: text)
    return builder
  }

  private func search(_ texts: [[UInt8]], compared: Int, top: Int, threads: Int) throws -> StyleSearch.Result
  {
    try StyleSearch(StyleModel.builtIn(), compared: compared, threads: threads)
      .search(texts.count, bytes: texts.reduce(0) { $0 + $1.count }, top: top) { posts(texts[$0]) }
  }

  @Test func whatIsTooShortToBeJudgedComesLast() throws {
    let lines = ["ok", "x", "so we went home, and then...", "lol", "the and then"].map { Array($0.utf8) }
    let found = try search(Self.texts + lines, compared: 20, top: 16, threads: 2)
    for account in Self.texts.indices {
      let places = found.candidates[account].map(\.account)
      #expect(places.count == 16)
      #expect(places.prefix(11).allSatisfy { $0 < 12 } && places.suffix(5).allSatisfy { $0 >= 12 })
    }
  }

  @Test func thoseWhoWriteAlikeComeFirst() throws {
    for compared in [0, 20] {
      let found = try search(Self.texts, compared: compared, top: 3, threads: 2)
      #expect(found.method == .all)
      #expect(found.lengths.allSatisfy { $0 > 250 })
      var first = 0
      for account in Self.texts.indices {
        let candidates = found.candidates[account]
        #expect(candidates.count == 3 && !candidates.contains { $0.account == account })
        first += candidates[0].account % 6 == account % 6 ? 1 : 0
        #expect(candidates.allSatisfy { ($0.comparison == nil) == (compared == 0) })
        // No domain was named: there is a score and no ratio.
        #expect(candidates.allSatisfy { $0.comparison?.log10LR == nil })
      }
      #expect(first >= 9, "\(first) of 12 with \(compared) compared")
    }
  }

  @Test(arguments: [0, 4])
  func howAccountsAreNumberedChangesNothing(compared: Int) throws {
    // Short texts of which some are the same, so that many candidates are as good as each other.
    let texts = [
      "so off home", "and then", "so off home", "a bag", "so off home", "and then", "a bag", "so off home",
    ]
    let search = StyleSearch(try StyleModel.builtIn(), compared: compared, threads: 2)
    func found(_ numbers: [Int]) throws -> [[Int]] {
      let result = try search.search(texts.count, bytes: 1, order: numbers, top: 3) {
        posts(Array(texts[numbers[$0]].utf8))
      }
      var byNumber = [[Int]](repeating: [], count: texts.count)
      for (account, candidates) in result.candidates.enumerated() {
        byNumber[numbers[account]] = candidates.map { numbers[$0.account] }
      }
      return byNumber
    }
    let plain = try found([0, 1, 2, 3, 4, 5, 6, 7])
    #expect(plain.allSatisfy { $0.count == 3 })
    #expect(try found([7, 6, 5, 4, 3, 2, 1, 0]) == plain && found([3, 0, 6, 1, 7, 4, 2, 5]) == plain)
  }

  @Test func threadsChangeNothing() throws {
    let one = try search(Self.texts, compared: 5, top: 4, threads: 1)
    let several = try search(Self.texts, compared: 5, top: 4, threads: 5)
    #expect(one.candidates == several.candidates && one.lengths == several.lengths)
  }

  @Test func accountsWithoutTextAreNobodysCandidates() throws {
    let odd: [[UInt8]] = [
      [], Array("> quoted\n".utf8), Array(" \n\t".utf8), Array(String(repeating: "a", count: 3000).utf8),
      Array(String(repeating: "😂", count: 300).utf8), [0xFF, 0xFE, 0x80], Array("שלום".utf8), [0x78],
    ]
    for texts in [[], [[]], [Self.texts[0]], odd, Self.texts + odd] {
      let found = try search(texts, compared: 10, top: 30, threads: 2)
      let written = texts.indices.filter { found.lengths[$0] > 0 }
      for account in texts.indices {
        let expected = written.contains(account) ? written.filter { $0 != account } : []
        #expect(found.candidates[account].map(\.account).sorted() == expected)
        #expect(found.candidates[account].allSatisfy { $0.similarity.isFinite })
      }
    }
  }

  @Test func eachPairOfRivalsIsNamedOnce() throws {
    let model = try StyleModel.builtIn()
    let profiler = StyleProfiler()
    let accounts = try Self.texts.map { model.prepare(try profiler.profile(of: posts($0))) }
    let all = StylePairs.rivals(accounts, of: model, threads: 2)
    #expect(all == accounts.indices.map { Array(($0 + 1)..<accounts.count) })
    let nearest = try search(Self.texts, compared: 0, top: 3, threads: 1).candidates
    var expected = Set<[Int]>()
    for account in accounts.indices {
      for other in nearest[account] { expected.insert([account, other.account].sorted()) }
    }
    let some = StylePairs.rivals(accounts, of: model, fewest: 3, nearest: 3, threads: 1)
    #expect(
      some.enumerated().flatMap { one, others in others.map { [one, $0] } }
        == expected.sorted { $0.lexicographicallyPrecedes($1) })
    #expect(StylePairs.rivals(accounts, of: model, fewest: 3, nearest: 3, threads: 3) == some)
    #expect(StylePairs.rivals([], of: model, fewest: 0, threads: 1).isEmpty)
  }
}
