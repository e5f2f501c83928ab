import AccountModel
import Stylometry
import TestSupport
import Testing

/// Text that more than one account posted says nothing of who writes like whom.
@Suite struct SharedPassagesTests {
  private static let letter = WrittenTexts.chainLetter
  private let profiler = StyleProfiler()

  private static func lines(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }

  private static func builder(_ posts: [(text: String, time: ObservedTime)]) -> ProfileBuilder {
    var builder = ProfileBuilder()
    for post in posts { builder.add(post: post.text, at: post.time) }
    return builder
  }

  private static func builder(_ posts: [String]) -> ProfileBuilder { builder(posts.map { ($0, .none) }) }

  private static func passages(
    _ all: [ProfileBuilder], order: [Int]? = nil, bytes: Int = 0, threads: Int = 1
  ) -> SharedPassages {
    SharedPassages(authors: all.count, bytes: bytes, order: order, threads: threads) { all[$0] }
  }

  private func profiles(
    _ all: [ProfileBuilder], order: [Int]? = nil, bytes: Int = 0, threads: Int = 1
  ) throws -> [StyleProfile] {
    let passages = Self.passages(all, order: order, bytes: bytes, threads: threads)
    return try all.indices.map { try profiler.profile(of: all[$0], without: passages, author: $0) }
  }

  private static func at(
    _ minutes: Int64, _ zone: ZoneKnowledge = .known, _ precision: TimePrecision = .second
  )
    -> ObservedTime
  {
    ObservedTime(microseconds: 1_767_225_600_000_000 + minutes * 60_000_000, zone: zone, precision: precision)
  }

  @Test func aPostOfBothIsLeftOutOfBoth() throws {
    let (one, other) = (Self.lines(WrittenTexts.chatty), Self.lines(WrittenTexts.formal))
    // Case, marks and white space are no difference, nor is where lines are broken.
    let copy = Self.letter.uppercased().replacing(" , ", with: ", ").replacing(".. ", with: "\n")
    let both = [Self.builder(one + [Self.letter]), Self.builder(other + [copy])]
    let found = try profiles(both)
    for (profile, (own, text)) in zip(found, [(one, Self.letter), (other, copy)]) {
      let alone = try profiler.profile(of: Self.builder(own))
      #expect(profile.characters == alone.characters && profile.words == alone.words)
      #expect(profile.rates == alone.rates && profile.length == alone.length && profile.posts == alone.posts)
      let breaks = text.count { $0 == "\n" }
      #expect(profile.sharedLength == text.unicodeScalars.count - breaks)
    }
    #expect(try profiles([both[0], Self.builder(other)])[0] == profiler.profile(of: both[0]))
  }

  @Test func aPassageWithinALineIsLeftOut() throws {
    let own = "he sent me this: "
    let comment = "\nwhat shall i do??"
    let found = try profiles([
      Self.builder([own + Self.letter + comment, "mine alone"]), Self.builder(["well\n" + Self.letter]),
    ])
    let rest = try profiler.profile(of: Self.builder([own + comment, "mine alone"]))
    #expect(found[0].characters == rest.characters && found[0].words == rest.words)
    #expect(found[0].sharedLength == Self.letter.unicodeScalars.count)
    #expect(found[0].leftOut[LeftOut.shared.rawValue].items == 1)
    #expect(found[1].length == 4)
    // A copy with a word changed keeps that word alone.
    let changed = Self.letter.replacing("court cases", with: "court trials")
    #expect(try profiles([Self.builder([Self.letter]), Self.builder([changed])])[1].length < 10)
  }

  @Test func shortTextAndQuotedTextIsNotShared() throws {
    let short = "see you tomorrow then, at the usual place, where we always meet"
    let both = [Self.builder([short, "a"]), Self.builder([short, "b"])]
    #expect(Self.passages(both).isEmpty)
    // What one quotes is not theirs, so it stays the other's.
    #expect(Self.passages([Self.builder([Self.letter]), Self.builder(["> " + Self.letter])]).isEmpty)
  }

  @Test func whoPostedItFirstKeepsIt() throws {
    func lengths(_ times: [ObservedTime], order: [Int]? = nil) throws -> [Bool] {
      try profiles(times.map { Self.builder([(Self.letter, $0)]) }, order: order).map { $0.sharedLength == 0 }
    }
    #expect(try lengths([Self.at(9), Self.at(0), Self.at(5)]) == [false, true, false])
    // Too near to tell; and wall clocks of no known zone, of which one may be another's afternoon.
    #expect(try lengths([Self.at(0), Self.at(1)]) == [false, false])
    #expect(try lengths([Self.at(0, .unknown), Self.at(60)]) == [false, false])
    #expect(try lengths([Self.at(0, .unknown), Self.at(3000)]) == [true, false])
    #expect(try lengths([Self.at(0), .none]) == [false, false])
    #expect(try lengths([Self.at(0, .known, .day), Self.at(9000)]) == [false, false])
    let tampered = ObservedTime(microseconds: .max, zone: .known, precision: .second)
    let early = ObservedTime(microseconds: .min + 1, zone: .known, precision: .second)
    #expect(try lengths([tampered, early]) == [false, true])
    // One message that two sources show.
    #expect(try lengths([Self.at(7), Self.at(7), Self.at(90)]) == [false, false, false])
    #expect(try lengths([Self.at(7), Self.at(7), Self.at(90)], order: [2, 1, 0]) == [false, true, false])
    #expect(try lengths([Self.at(7), Self.at(7), Self.at(8)], order: [2, 1, 0]) == [false, false, false])
    // One telephone writes no seconds.
    let withSeconds = ObservedTime(
      microseconds: Self.at(7).microseconds + 37_000_000, zone: .known, precision: .second)
    #expect(try lengths([withSeconds, Self.at(7)], order: [0, 1]) == [false, true])
    #expect(try lengths([withSeconds, Self.at(7)]) == [false, false])
  }

  @Test func neitherNumbersNorThreadsNorMemoryMatter() throws {
    let texts = [
      [WrittenTexts.chatty, Self.letter], Self.lines(WrittenTexts.formal) + ["x " + Self.letter],
      [WrittenTexts.chatty], Self.lines(WrittenTexts.formalToo), [],
    ]
    let first = try profiles(texts.map { Self.builder($0) })
    #expect(first.map { $0.sharedLength > 0 } == [true, true, true, false, false])
    #expect(try profiles(texts.map { Self.builder($0) }, bytes: 5 << 28, threads: 3) == first)
    #expect(try profiles(texts.reversed().map { Self.builder($0.reversed()) }) == first.reversed())
  }

  @Test func aGroupOfAuthorsIsTakenForOne() throws {
    var random = SplitMix(seed: 31)
    func any<Element>(of all: [Element]) -> Element { all[Int(random.next() % UInt64(all.count))] }
    let pieces =
      Self.lines(WrittenTexts.chatty).prefix(2) + [Self.letter, Self.letter + " pass it on", "mine alone"]
    let times = [
      Self.at(0), Self.at(7), Self.at(7, .unknown), Self.at(9000), Self.at(0, .known, .day), .none,
    ]
    let groups = [0, 1, 0, 2, 1, 0]
    var leftOut = 0
    for round in 0..<100 {
      let all = groups.map { _ in
        Self.builder((0..<2).map { _ in (any(of: Array(pieces)), any(of: times)) })
      }
      let found = PassagePostings(authors: all.count, bytes: 0, threads: 2) { all[$0] }
      for order in [nil, [2, 0, 1]] {
        let grouped = SharedPassages(found, groups: groups, order: order)
        let merged = (0..<3).map { group in
          groups.indices.filter { groups[$0] == group }.reduce(into: ProfileBuilder()) { $0.merge(all[$1]) }
        }
        let expected = Self.passages(merged, order: order)
        #expect(grouped.isEmpty == expected.isEmpty, "round \(round)")
        for group in merged.indices {
          let profile = try profiler.profile(of: merged[group], without: grouped, author: group)
          #expect(
            try profile == profiler.profile(of: merged[group], without: expected, author: group),
            "round \(round)")
          leftOut += profile.sharedLength > 0 ? 1 : 0
        }
      }
    }
    #expect(leftOut > 100)
    let one = [Self.builder([Self.letter]), Self.builder([Self.letter])]
    let found = PassagePostings(authors: 2, bytes: 0, threads: 1) { one[$0] }
    #expect(SharedPassages(found, groups: [0, 0]).isEmpty && !SharedPassages(found).isEmpty)
  }

  @Test func thePlainProfilerLeavesOutTheSame() throws {
    var random = SplitMix(seed: 29)
    let pieces = [
      "It was the best of times and the worst of times, so they say 12, and then for a while neither", "\n",
      "\r\n", " ", "!!", "so", "(a",
      "2nd", "don’t", "we went down to the harbour and saw the boats come in again", "\n> quoted\n",
      "\n-- \nx",
      "https://example.org/a", "@ann", "Привет, как дела, что нового у вас там слышно сегодня", "😂", "",
      "nobody had told them anything about it until the letter came on a Monday morning",
    ]
    for round in 0..<200 {
      let all = (0..<3).map { _ in
        Self.builder(
          (0..<4).map { _ in
            (0..<8).map { _ in pieces[Int(random.next() % UInt64(pieces.count))] + " " }.joined()
          })
      }
      let passages = Self.passages(all)
      for author in all.indices {
        let fast = try profiler.profile(of: all[author], without: passages, author: author)
        let plain = PlainProfiler.profile(of: all[author], without: passages, author: author)
        #expect(fast == plain, "round \(round)")
      }
    }
  }

  @Test func strangersStayStrangers() throws {
    let model = try StyleModel.builtIn()
    let texts = [
      WrittenTexts.chatty, WrittenTexts.formal, WrittenTexts.chattyToo, WrittenTexts.formalToo,
    ].map(Self.lines)
    func search(_ texts: [[String]]) throws -> [[StyleSearch.Candidate]] {
      try StyleSearch(model, compared: 4, domain: "chat", threads: 1)
        .search(texts.count, bytes: 0, top: 3) { Self.builder(texts[$0]) }.candidates
    }
    let alone = try search(texts)
    #expect(alone[0].contains { $0.account == 1 && $0.comparison?.log10LR ?? 0 < 0 })
    #expect(
      try search(texts.map { $0 + ["pass it on: " + Self.letter] }).map { $0.map(\.account) }
        == alone.map { $0.map(\.account) })
    #expect(try search(texts.map { $0 + [Self.letter] }) == alone)
    // With nothing of their own, nothing is said of them.
    let found = try search([[Self.letter, "a b"], [Self.letter, "c d"]])
    #expect(found[0].allSatisfy { $0.comparison?.log10LR == nil })
  }
}
