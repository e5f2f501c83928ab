import CKernels
import Stylometry
import TestSupport
import Testing

/// The fast pass against the plain one, bit for bit.
@Suite struct StyleProfilerTests {
  private let profiler = StyleProfiler()

  private func builder(_ posts: [[UInt8]]) -> ProfileBuilder {
    var builder = ProfileBuilder()
    for post in posts { builder.add(post: post) }
    return builder
  }

  private func expectSame(_ posts: [[UInt8]], isJoined: Bool = false, _ comment: Comment) throws {
    var builder = builder(posts)
    builder.isJoined = isJoined
    let fast = try profiler.profile(of: builder)
    let plain = PlainProfiler.profile(of: builder)
    #expect(fast.characters == plain.characters, comment)
    #expect(fast.words == plain.words, comment)
    for rate in fast.rates.indices where fast.rates[rate] != plain.rates[rate] {
      Issue.record(
        "\(comment): \(RateCatalogue.rates[rate].name) \(fast.rates[rate]) \(plain.rates[rate])")
    }
    #expect(fast == plain, comment)
  }

  /// Pieces that meet every branch: lists, marks, lines that are left out, references, every class of scalar.
  private static let pieces: [String] =
    [
      " ", " ", " ", "  ", "\t", "\n", "\n", "\r\n", "\u{A0}", "\u{3000}", ".", "..", "...", "....", ",", "!",
      "?!", "??", "-", "--",
      " - ", "'", "’", "\"", "“", "‘", "(", "( ", ")", "*", "_", "`", "&", " & ", "%", "5%", "$5", "£7", "€9",
      "10:30", ":", ";", ":)", "XD", "xd",
      "o_O", "<3", "\\o/", ":'(", "😂", "😂😂", "👍🏽", "❤\u{FE0F}", "…", "é", "naïve", "Привет", "שלום", "日本",
      "e\u{301}", "\u{200D}", "I",
      "i", "a", "u", "the", "The", "THE", "and", ", and ", "don't", "don’t", "dont", "do not", "kind of",
      "colour", "COLOR", "sooo", "AAAh",
      "noOooo", "l8r", "2day", "snake_case", "_x_", "McDonald", "@ann", "@ann's", "ann@example.org",
      "https://example.org/x", "(www.example.org),",
      "\n> quoted", "\n>:( not", "\n<ann> hi", "\n-- \n", "\n--\n", "\nSent from my phone",
      "\nOn Monday Ann wrote:",
      "\nBegin forwarded message:", "\nFrom: Ann", "\n*From:* Ann\n*Sent:* today", "\nDate: 1 May\n",
      "\n sent: ",
      "\n----- Original Message -----\n", "\nget outlook for x\n",
      "It was the best of times and the worst of times, so they say 12.", "\u{E000}",
      "\u{1}", "\u{7F}", "a\u{0}b", "ſ", "𝕏", "\u{10FFFF}", "'em", "''", "rock'n'roll", "a'",
      "supercalifragilisticexpialidocious",
      "\nOn Monday, Ann <ann@example.org> wrote:\n", "\nVon: Ann\nGesendet: heute\n",
      "\n*De :* Ann\n*Envoyé :* 1 mai\n",
      "\nOd: Ann\nWysłano: dzisiaj\n", "\nFrån: Ann\nSkickat: idag\n", "\nDe nada", "\nda", "\nvan ", "\nod",
      "\n-----Ursprüngliche Nachricht-----\n",
      "[quote=\"Ann\"]", "[QUOTE]", "[/quote]", "```", "\n-----BEGIN PGP MESSAGE-----\n",
      "\n-----END PGP MESSAGE-----\n", "\n-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA1\n",
      "\nOn 3 May 2026 at 10:31 Ann <\nann@example.org>:\n\n> so", "\nAnn said:\n> so",
      "\n" + String(repeating: "_", count: 40) + "\nwidgets list\nhttps://lists.example.org/\n",
    ]

  @Test func agreesOnRandomPosts() throws {
    var random = SplitMix(seed: 20_261_128)
    for round in 0..<600 {
      let posts = (0..<Int(random.next(upTo: 4)) + 1).map { _ in
        let count = Int(random.next(upTo: round % 10 == 0 ? 400 : 40))
        return Array(
          (0..<count).map { _ in Self.pieces[Int(random.next(upTo: UInt64(Self.pieces.count)))] }.joined()
            .utf8)
      }
      try expectSame(posts, isJoined: round % 3 == 2, "round \(round)")
    }
  }

  @Test func agreesOnBrokenBytes() throws {
    var random = SplitMix(seed: 7)
    let leads: [UInt8] = [
      0x61, 0x20, 0x0A, 0x80, 0xBF, 0xC0, 0xC2, 0xE0, 0xA0, 0xED, 0xE2, 0xF0, 0x90, 0x9F, 0xF4, 0x8F, 0xF5,
      0xFF,
    ]
    for round in 0..<400 {
      let count = Int(random.next(upTo: 90))
      let post = (0..<count).map { _ in
        round % 2 == 0
          ? leads[Int(random.next(upTo: UInt64(leads.count)))] : UInt8(truncatingIfNeeded: random.next())
      }
      try expectSame([post], "round \(round)")
    }
  }

  @Test func agreesOnWordsAcrossBlocks() throws {
    for length in 55...75 {
      let word = String(repeating: "a", count: length)
      for text in [
        word, "x " + word + " y", "X" + word + "'s 9 " + word.uppercased() + ":)", word + "’" + word,
      ] {
        try expectSame([Array(text.utf8)], "\(text)")
      }
    }
  }

  @Test func agreesOnMuchText() throws {
    var random = SplitMix(seed: 3)
    var text: [UInt8] = []
    while text.count < 600_000 {
      text.append(contentsOf: Self.pieces[Int(random.next(upTo: 90))].utf8)
      if random.next(upTo: 3) == 0 { text.append(UInt8(0x61 + random.next(upTo: 26))) }
    }
    // More keys than are sorted at once, so that runs are merged.
    try expectSame([text, text.reversed(), Array(text.map { $0 | 0x20 }.dropFirst(3))], "much text")
  }

  @Test func noMoreIsMeasuredThanIsWanted() throws {
    var random = SplitMix(seed: 9)
    let posts = (0..<200).map { _ in
      let words = (0..<12).map { _ in (0..<5).map { _ in UInt8(0x61 + random.next(upTo: 26)) } }
      return Array(words.joined(separator: [0x20]))
    }
    let whole = try profiler.profile(of: builder(posts))
    let limited = StyleProfiler(longest: 1000)
    let sample = try limited.profile(of: builder(posts))
    #expect(sample.length > 990 && sample.length <= 1000 && sample.posts == 15)
    #expect(sample.ownLength == whole.length && sample.leftOut[LeftOut.beyond.rawValue].items == 186)
    #expect(try limited.profile(of: builder(posts.reversed())) == sample)
    #expect(try StyleProfiler(longest: whole.length).profile(of: builder(posts)) == whole)
    // Of one post the beginning, up to the end of a word.
    let text = Array(posts.joined(separator: [0x0A]))
    let beginning = try #require(text.prefix(1001).lastIndex { $0 <= 0x20 })
    let cut = try limited.profile(of: builder([text]))
    let plain = PlainProfiler.profile(of: builder([Array(text[..<beginning])]))
    #expect(cut.characters == plain.characters && cut.words == plain.words && cut.rates == plain.rates)
    #expect(cut.units == plain.units && cut.length > 990)
    #expect(try limited.profile(of: builder([[UInt8](repeating: 0x61, count: 5000)])).length == 1000)
  }

  @Test(arguments: [1 << 12, 5 << 19])
  func tooManyNGramsForTheMemoryAreNoTrap(limit: Int) throws {
    var random = SplitMix(seed: 5)
    let letters = (0..<450_000).map { _ in UInt8(0x61 + random.next(upTo: 26)) }
    let (much, little) = (builder([letters]), builder([Array("It was the best of times.".utf8)]))
    // The smaller limit has no room for what is sorted first, the larger none for the sum.
    let profiler = StyleProfiler(countLimit: limit)
    let error = #expect(throws: StyleProfileError.self) { try profiler.profile(of: much) }
    guard case .noMemory(450_000, let wanted)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(wanted > limit && wanted < 10_000_000)
    #expect(error?.description.contains("450000 bytes of text") == true)
    // Nothing of it is left over.
    #expect(try profiler.profile(of: little) == PlainProfiler.profile(of: little))
  }

  @Test func hostileTextIsMeasuredInLinearTime() throws {
    // 100 MB of one letter: pieces of 1 MiB, all but the first left out, and the rest at the end.
    let letters = [UInt8](repeating: 0x61, count: 100_000_000)
    let result = try profiler.profile(of: builder([letters]))
    #expect(result.posts == 2)
    #expect(result.leftOut[LeftOut.duplicates.rawValue].items == 94)
    let often = Array(
      repeating: Array("It was the best of times, it was the worst of times, said they.".utf8), count: 10_000)
    let pasted = try profiler.profile(of: builder(often))
    #expect(pasted.posts == 1)
    #expect(pasted.leftOut[LeftOut.duplicates.rawValue].items == 9_999)
    let joined = try profiler.profile(of: builder([Array(often.joined())]))
    #expect(joined.characters.total > 3_000_000)
    #expect(
      try profiler.profile(of: builder([Array(String(repeating: "😂", count: 100_000).utf8)])).length
        == 100_000)
    // Short posts are counted as often as they were written.
    #expect(
      try profiler.profile(of: builder(Array(repeating: Array("ok".utf8), count: 10_000))).posts == 10_000)
  }

  @Test func keysAreCountedInAnyOrder() {
    var random = SplitMix(seed: 11)
    for count in [0, 1, 2, 7, 8, 9, 63, 64, 65, 1000, 4096, 13_000, 32_768, 32_769, 100_000] {
      for kind in 0..<7 {
        let keys: [UInt32] = (0..<count).map { index in
          switch kind {
          case 0: UInt32(truncatingIfNeeded: random.next())
          case 1: UInt32(truncatingIfNeeded: random.next(upTo: 50)) &* 0x9E37_79B1
          // No hashes: all in one bucket, descending; or one key alone.
          case 2: 0xABCD_0000 | UInt32((count - index) & 0xFFFF)
          case 3: 0xFFFF_FFFF
          // Halving their range parts nothing from the rest.
          case 4: 1 << UInt32(random.next() % 32)
          // A fifth are of a few, the first and the last among them, so that rooms are too small for some.
          case 5 where random.next(upTo: 5) == 0:
            UInt32(truncatingIfNeeded: random.next(upTo: 9)) &* 0x2000_0000 &- 1
          case 5: UInt32(truncatingIfNeeded: random.next())
          default: UInt32(truncatingIfNeeded: random.next(upTo: 4096)) << 20
          }
        }
        let expected = SparseCounts(counting: keys)
        for set in 0..<3 as Range<Int32> {
          let room = [UInt32](repeating: 0, count: Int(COG_KEYS_ROOM))
          var (sorted, scratch, unique, counts) = (keys + room, keys + room, keys + room, keys + room)
          scratch += [UInt32](repeating: 0, count: Int(COG_KEYS_SCRATCH))
          let distinct = cog_keys_count_with(set, &sorted, count, &scratch, &unique, &counts, 1)
          if distinct == .max { continue }
          #expect(Array(unique.prefix(distinct)) == expected.keys, "\(count) of kind \(kind), set \(set)")
          #expect(Array(counts.prefix(distinct)) == expected.counts, "\(count) of kind \(kind), set \(set)")
        }
      }
    }
  }

  @Test func gramKeysAgreeWithTheirTwin() {
    var random = SplitMix(seed: 5)
    for count in [0, 1, 2, 3, 4, 5, 6, 8, 13, 64, 1001] {
      let text = (0..<count + 64).map { $0 < count ? UInt32(random.next(upTo: 0x10FFFF)) : 0 }
      for starts in [0, count / 2, count] {
        var fast = [UInt32](repeating: 0, count: 3 * count + 64)
        var plain = fast
        let written = cog_style_keys(text, starts, count, &fast)
        #expect(written == cog_style_keys_baseline(text, starts, count, &plain))
        #expect(fast.prefix(written) == plain.prefix(written))
      }
    }
  }
}

extension SplitMix {
  fileprivate mutating func next(upTo bound: UInt64) -> UInt64 { next() % bound }
}
