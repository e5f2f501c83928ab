import Stylometry
import Testing

private func profile(_ posts: [String]) -> StyleProfile {
  var builder = ProfileBuilder()
  for post in posts { builder.add(post: post) }
  return builder.profile()
}

private func profile(bytes: [UInt8]) -> StyleProfile {
  var builder = ProfileBuilder()
  builder.add(post: bytes)
  return builder.profile()
}

private func count(_ name: String, _ profile: StyleProfile) throws -> UInt32 {
  profile.rates[try #require(RateCatalogue.index(named: name), "no rate \(name)")]
}

@Suite struct ProfileTests {
  private let posts = [
    "Hello there, I don't know… maybe l8r?", "> somebody else's words\nhaha yes!!",
    "@ann look: https://example.org/x?y=1",
    "ok\nu r right  😂😂", "I'll colour it grey, and center it. Sooo nice", "", " \t ", "Zoë — naïve",
  ]

  @Test func orderOfPostsChangesNothing() {
    #expect(profile(posts) == profile(posts.reversed()))
    var rotated = posts
    rotated.append(rotated.removeFirst())
    #expect(profile(posts) == profile(rotated))
  }

  @Test func mergeIsOnePass() {
    var first = ProfileBuilder()
    var second = ProfileBuilder()
    for (index, post) in posts.enumerated() {
      if index % 2 == 0 { first.add(post: post) } else { second.add(post: post) }
    }
    #expect(first.profile().merging(second.profile()) == profile(posts))
    second.merge(first)
    #expect(second.profile() == profile(posts))
  }

  @Test func pastedTextCountsOnce() {
    let text = "It was the best of times and also the worst of times, or so we have all been told."
    let once = profile([text])
    let often = profile(Array(repeating: text, count: 500) + [text.uppercased()])
    #expect(often.posts == 1)
    #expect(often.leftOut[LeftOut.duplicates.rawValue].items == 500)
    #expect(once.merging(once) == nil)
    #expect(often.characters.total == once.characters.total)
  }

  @Test func gramsHaveTheDocumentedKeys() {
    // From the NumPy recipe of StyleHash for " ab " and the tokens newline, "ab", newline.
    let result = profile(["ab"])
    let scalars: [UInt64] = [0x20, 0x61, 0x62, 0x20]
    var keys: [UInt32] = []
    for start in 0..<4 {
      var hash: UInt64 = 0
      for length in 1...5 where start + length <= 4 {
        hash = hash &* 1_000_003 &+ scalars[start + length - 1] &+ UInt64(length)
        keys.append(UInt32(truncatingIfNeeded: (hash &* 0x9E37_79B9_7F4A_7C15) >> 32))
      }
    }
    #expect(result.characters == SparseCounts(counting: keys))
    #expect(result.characters.total == 10)
    // These were computed by another program, in Python.
    #expect(
      result.words
        == SparseCounts(keys: [2124696808, 2200832380, 2443171502, 2999334163], counts: [1, 1, 1, 1]))
    #expect(result.characters.keys.contains(3102383727))
    #expect(result.length == 2)
  }

  @Test func ratesCountHabits() throws {
    let result = profile([
      "i think u r right!!", "I’m sooo happy :) colour", "> quoted you\nok", "On Monday Ann wrote:",
    ])
    #expect(try count("habit.lowercaseI", result) == 1)
    #expect(try count("short.u", result) == 1)
    #expect(try count("habit.repeatedExclamation", result) == 1)
    #expect(try count("contraction.i'm", result) == 1)
    #expect(try count("habit.curlyApostrophe", result) == 1)
    #expect(try count("elongated.o", result) == 1)
    #expect(try count("emoticon.:)", result) == 1)
    #expect(try count("dialect.colour", result) == 1)
    #expect(try count("word.you", result) == 0)
    #expect(result.value(of: try #require(RateCatalogue.index(named: "dialect.colour"))) == 1)
    #expect(result.leftOut[LeftOut.quoted.rawValue].items == 2)
  }

  @Test func referencesAndSignaturesAreLeftOut() throws {
    let result = profile(["see (https://example.org/a), @bob.\nann@example.org\n-- \nAnn Example"])
    #expect(result.leftOut[LeftOut.links.rawValue].items == 2)
    #expect(result.leftOut[LeftOut.mentions.rawValue].items == 1)
    #expect(result.leftOut[LeftOut.signatures.rawValue].items == 1)
    #expect(try count("habit.link", result) == 2)
    #expect(try count("capital.45", result) == 0)
  }

  @Test func catalogueIsWellFormed() {
    let rates = RateCatalogue.rates
    #expect(rates.count > 1_000)
    #expect(Set(rates.map(\.name)).count == rates.count)
    #expect(rates.allSatisfy { !$0.sentence.isEmpty })
    for (index, rate) in rates.enumerated() {
      if case .choice(let members) = rate.denominator {
        #expect(members.contains(index) && members.count > 1 && members.allSatisfy(rates.indices.contains))
      }
    }
  }

  @Test func examplesComeFromTheText() throws {
    let rate = try #require(RateCatalogue.index(named: "short.u"))
    #expect(RateCatalogue.examples(of: rate, in: "are u there") == ["are u there"])
    #expect(RateCatalogue.examples(of: rate, in: "> are u there").isEmpty)
  }

  @Test func hostileTextHasAProfile() {
    #expect(profile([]) == StyleProfile())
    #expect(profile([""]) == StyleProfile())
    #expect(profile(["x"]).length == 1)
    #expect(profile([String(repeating: "a", count: 1 << 16)]).characters.count == 14)
    #expect(profile(["😂👍🏽"]).length == 3)
    #expect(profile(["שלום עולם"]).length == 9)
    #expect(profile([String(repeating: "e\u{301}", count: 100)]).length == 200)
  }

  @Test func everyCutOfUTF8HasAProfile() {
    let bytes = Array("a€😂é".utf8)
    for cut in 0...bytes.count {
      let head = profile(bytes: Array(bytes[..<cut]))
      let expected = String(decoding: bytes[..<cut], as: UTF8.self).unicodeScalars.count
      #expect(head.length == expected)
    }
    #expect(profile(bytes: [0xFF, 0xC0, 0x80]).leftOut[LeftOut.invalidBytes.rawValue].items == 3)
  }
}
