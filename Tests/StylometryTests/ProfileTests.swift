import Stylometry
import Testing

private func profile(_ posts: [String]) throws -> StyleProfile {
  var builder = ProfileBuilder()
  for post in posts { builder.add(post: post) }
  return try builder.profile()
}

private func profile(bytes: [UInt8]) throws -> StyleProfile {
  var builder = ProfileBuilder()
  builder.add(post: bytes)
  return try builder.profile()
}

private func count(_ name: String, _ profile: StyleProfile) throws -> UInt32 {
  profile.rates[try #require(RateCatalogue.index(named: name), "no rate \(name)")]
}

extension StyleProfile {
  /// Whether the same was counted as of one post.
  fileprivate func counts(_ post: String) throws -> Bool {
    let other = try profile([post])
    return characters == other.characters && words == other.words && rates == other.rates
      && units == other.units
  }
}

@Suite struct ProfileTests {
  private let posts = [
    "Hello there, I don't know… maybe l8r?", "> somebody else's words\nhaha yes!!",
    "@ann look: https://example.org/x?y=1",
    "ok\nu r right  😂😂", "I'll colour it grey, and center it. Sooo nice", "", " \t ", "Zoë — naïve",
  ]

  @Test func orderOfPostsChangesNothing() throws {
    #expect(try profile(posts) == profile(posts.reversed()))
    var rotated = posts
    rotated.append(rotated.removeFirst())
    #expect(try profile(posts) == profile(rotated))
  }

  @Test func copiesInOtherSourcesCountOnce() throws {
    func builder(_ posts: [String]) -> ProfileBuilder {
      var builder = ProfileBuilder()
      for post in posts { builder.add(post: post) }
      return builder
    }
    let sources = [
      ["ok", "see you", "ok", "Zoë"], ["see you", "ok"], ["ok", "see you", "see you", "later"],
    ]
    let once = try profile(["ok", "ok", "see you", "see you", "Zoë", "later"])
    #expect(try ProfileBuilder(withoutCopies: sources.map(builder)).profile() == once)
    #expect(try ProfileBuilder(withoutCopies: sources.reversed().map(builder)).profile() == once)
    #expect(try ProfileBuilder(withoutCopies: [builder(posts)]).profile() == profile(posts))
    #expect(try ProfileBuilder(withoutCopies: []).profile() == profile([]))
  }

  @Test func mergeIsOnePass() throws {
    var first = ProfileBuilder()
    var second = ProfileBuilder()
    for (index, post) in posts.enumerated() {
      if index % 2 == 0 { first.add(post: post) } else { second.add(post: post) }
    }
    #expect(try first.profile().merging(second.profile()) == profile(posts))
    second.merge(first)
    #expect(try second.profile() == profile(posts))
  }

  @Test func pastedTextCountsOnce() throws {
    let text = "It was the best of times and also the worst of times, or so we have all been told."
    let once = try profile([text])
    let often = try profile(Array(repeating: text, count: 500) + [text.uppercased()])
    #expect(often.posts == 1)
    #expect(often.leftOut[LeftOut.duplicates.rawValue].items == 500)
    #expect(once.merging(once) == nil)
    #expect(often.characters.total == once.characters.total)
  }

  @Test func gramsHaveTheDocumentedKeys() throws {
    // Computed from the recipe of StyleHash by another program, in Python: of " ab ", and of newline, "ab", newline.
    let result = try profile(["ab"])
    #expect(
      result.characters
        == SparseCounts(counting: [
          56_556_808, 127_441_331, 251_046_968, 281_833_058, 2_204_663_532, 2_610_328_314, 2_979_590_213,
          2_979_590_213, 3_122_156_727, 3_680_766_607,
        ]))
    #expect(
      result.words
        == SparseCounts(
          keys: [431_488_062, 865_742_503, 1_516_932_286, 2_096_048_619], counts: [1, 1, 1, 1]))
    #expect(result.length == 2)
  }

  @Test func numbersCaseAndLineBreaksDoNotHidePastedText() throws {
    let text = "Please meet us at the old station by the river on 12 May at 10.30, and do not be late!"
    let copies = [
      text, text.uppercased(), text.replacing("12", with: "13"),
      text.replacing(" by ", with: "\nby "), text.replacing(", and", with: " -- and"),
    ]
    let result = try profile(copies)
    #expect(result.posts == 1)
    #expect(result.leftOut[LeftOut.duplicates.rawValue].items == 4)
    #expect(try profile(copies.reversed()) == result)
    #expect(try profile([text.replacing("late", with: "early"), text]).posts == 2)
  }

  @Test func longPostsAreCut() throws {
    let limit = ProfileBuilder.pieceLimit
    let lines = String(repeating: "ok then\n", count: limit / 8 + 10)
    #expect(try profile([lines]).posts == 2)
    #expect(try profile([lines]) == profile([String(lines.prefix(limit)), String(lines.dropFirst(limit))]))
    // No scalar is cut in two, wherever the limit falls.
    for shift in 0..<4 {
      let result = try profile([
        String(repeating: "a", count: shift) + String(repeating: "😂", count: limit / 4)
      ])
      #expect(result.leftOut[LeftOut.invalidBytes.rawValue].items == 0)
      #expect(result.length == limit / 4 + shift)
    }
  }

  @Test func ratesCountHabits() throws {
    let result = try profile([
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

  @Test("A mail below its headers is quoted", arguments: ["Sent", "DATE", "*Sent"])
  func quotedMail(header: String) throws {
    let own = "I shall see to it.\n\n"
    let star = header.hasPrefix("*") ? "*" : ""
    let quoted = "\(star)From: Bob Example\n\(header): 1 May\nTo: Ann\n\nCould you see to the gate please?"
    let result = try profile([own + quoted])
    #expect(result.leftOut[LeftOut.quoted.rawValue].items == 1)
    #expect(try count("word.you", result) == 0 && count("word.i", result) == 1)
    // A line that merely begins so is the author's own.
    let letter = try profile(["From: what I know, you are right.\nTo: be clear"])
    #expect(letter.leftOut[LeftOut.quoted.rawValue].items == 0)
    #expect(try count("word.you", letter) == 1)
  }

  @Test(
    "A mail below headers in another language is quoted",
    arguments: [
      "Von: Bob\nGesendet: heute", "*De :* Bob\n*Envoyé :* 1 mai", "De: Bob\nEnviado: hoy",
      "Da: Bob\nInviato: oggi",
      "Van: Bob\nVerzonden: 1 mei", "Od: Bob\nWysłano: 1 maja", "Från: Bob\nSkickat: 1 maj",
      "-----Ursprüngliche Nachricht-----",
    ])
  func quotedMailOfOtherLanguages(head: String) throws {
    let quoted = try profile(["I shall see to it.\n\n\(head)\n\nCould you see to the gate please?"])
    #expect(try count("word.you", quoted) == 0 && count("word.i", quoted) == 1)
    let letter = try profile(["Von: what I know, you are right.\nDe facto you are."])
    #expect(try count("word.you", letter) == 2)
  }

  @Test("What stands below an attribution without marks is quoted")
  func unmarkedQuotation() throws {
    let line = "On Friday, 2 January 2026 at 09:12:31 GMT, Ann <ann@example.org> wrote:"
    let unmarked = try profile(["I shall not.\n\n    \(line)  \n \n Could you see to the gate?\nAnd you too."]
    )
    #expect(try count("word.you", unmarked) == 0 && count("word.i", unmarked) == 1)
    let marked = try profile(["\(line)\n\n> Could you see to the gate?\n\nI saw to it, you know."])
    #expect(try count("word.you", marked) == 1 && count("word.i", marked) == 1)
    // Nothing says that a mail was answered.
    #expect(try count("word.you", profile(["On Monday Ann wrote:\nyou know"])) == 1)
    for name in ["@ann", "(@ann)", "@ann@example.org"] {
      #expect(try count("word.you", profile(["On Monday \(name) wrote:\nyou know"])) == 1)
    }
  }

  @Test(
    "What programs and people write above a marked quotation is left out with it",
    arguments: [
      "On Fri, 2 Jan 2026 at 09:12, Marta Keldon <marta@example.org>\nwrote:",
      "Am Fr., 2. Jan. 2026 um 09:12 Uhr schrieb Marta Keldon <\nmarta@example.org>:",
      "Le 2 janvier 2026, Marta Keldon a écrit :", "Marta Keldon wrote:",
      "Am 02.01.2026 schrieb Marta Keldon:",
    ], ["\n", "\n\n"])
  func attribution(head: String, gap: String) throws {
    let result = try profile(["I shall not.\n\n\(head)\(gap)> Could you see to the gate?\n\nYou know why."])
    #expect(try result.counts("I shall not.\n\n\(gap.dropFirst())\nYou know why."))
    // A colon above what is no quotation, and prose above an attribution, are the author's own.
    #expect(try profile(["\(head)\n>:( no"]).leftOut[LeftOut.quoted.rawValue].items == 0)
    #expect(try count("word.you", profile(["You know that\nAnn said:\n> so"])) == 1)
  }

  @Test("Quotations in the markup of forums are left out, one within another")
  func forumQuotations() throws {
    for quoted in [
      "[quote]Could you see to it?[/quote]\n", "[QUOTE=Marta;1234]Could you\nsee to it?[/QUOTE]",
      "[quote author=Константин Константинопольский link=topic=104512.msg1286411#msg1286411 date=1393767120]"
        + "Could you see to it?[/quote]\n",
      "[quote:1a2b=\"Marta\"]Could [quote=Ann]you[/quote] see to it?\n[/quote:1a2b]\n",
    ] {
      let result = try profile(["I shall.\n\(quoted)I must."])
      #expect(try result.counts("I shall.\nI must."), "\(quoted)")
      #expect(result.leftOut[LeftOut.quoted.rawValue].items == 1)
    }
    // What does not end is none; of two that began the one that ends is.
    #expect(try count("word.you", profile(["[quote]you know"])) == 1)
    #expect(try count("word.you", profile(["[quote]you know[quote=you]you[/quote]"])) == 1)
    #expect(try count("word.you", profile(["[quoted]you know[/quoted]"])) == 1)
  }

  @Test("Code, keys and signatures of programs are left out, where each post is one")
  func codeAndArmour() throws {
    let letters = "mQENBFxyzABCDEFGH\n=abCd"
    let posts = [
      "I shall.\n```c\nif (you == NULL) return;\n```\nI must.", "I shall. ```you()``` I must.",
      "I shall.\n-----BEGIN PGP PUBLIC KEY BLOCK-----\n\n\(letters)\n"
        + "-----END PGP PUBLIC KEY BLOCK-----\nI must.",
      "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nI shall. I must.\n-----BEGIN PGP SIGNATURE-----\n"
        + "\n\(letters)\n-----END PGP SIGNATURE-----\n",
    ]
    for (number, post) in posts.enumerated() {
      let result = try profile([post])
      #expect(try count("word.you", result) == 0 && count("word.i", result) == 2, "\(post)")
      #expect(result.leftOut[LeftOut.code.rawValue].items == (number == 3 ? 2 : 1), "\(post)")
      #expect(result.length < 22, "\(post)")
    }
    #expect(try count("word.you", profile(["```\nyou know\n-----BEGIN PGP MESSAGE-----\nyou know"])) == 2)
    let signed = try profile([posts[3].replacing("I must.", with: "I must.\n- -- \nYou know who")])
    #expect(try count("word.you", signed) == 0 && count("word.i", signed) == 2)
    // What begins within another and does not end there reaches into nothing that follows.
    let post = "[quote]you\n```\nyou[/quote]\nI shall.\n```\n[quote]you\n```\nI must.\n[quote]you[/quote]"
    let result = try profile([post])
    #expect(try count("word.you", result) == 0 && count("word.i", result) == 2)
    #expect(try count("word.you", profile(["[quote]you\n```\n[quote]\n```\nyou[/quote]\nI shall."])) == 0)
  }

  @Test("What a mailing list adds below a rule is left out")
  func listFooter() throws {
    let rule = String(repeating: "_", count: 47)
    let footer = "\(rule)\nwidgets mailing list\nwidgets@lists.example.org\nhttps://lists.example.org/widgets"
    let result = try profile(["I shall.\n\(footer)"])
    #expect(try result.counts("I shall."))
    #expect(result.leftOut[LeftOut.signatures.rawValue].items == 1)
    #expect(try count("word.you", profile(["I shall.\n\(rule)\nYou too."])) == 1)
    // People draw a rule between parts of what they write.
    let paragraph = String(repeating: "and so it went on, ", count: 12)
    let drawn = "I shall.\n\(rule)\nYou know, \(paragraph)see https://example.org/."
    #expect(try count("word.you", profile([drawn])) == 1)
  }

  @Test("Of posts that are set one behind another no line leaves out the rest")
  func joinedPosts() throws {
    var builder = ProfileBuilder()
    builder.add(
      post: "You too.\n-- \nYou\nOn Monday Ann <ann@example.org> wrote:\nYou know.\nFrom: Ann\nDate: today\n"
        + "```\nyou\n```\n[quote]you[/quote]\n> you\nYou see.")
    #expect(try count("word.you", builder.profile()) == 1)
    builder.isJoined = true
    #expect(try count("word.you", builder.profile()) == 5)
  }

  @Test func referencesAndSignaturesAreLeftOut() throws {
    let result = try profile(["see (https://example.org/a), @bob.\nann@example.org\n-- \nAnn Example"])
    #expect(result.leftOut[LeftOut.links.rawValue].items == 2)
    #expect(result.leftOut[LeftOut.mentions.rawValue].items == 1)
    #expect(result.leftOut[LeftOut.signatures.rawValue].items == 1)
    #expect(try count("habit.link", result) == 2)
    #expect(try count("capital.45", result) == 0)
  }

  @Test("Two dashes above more than a signature divide a text, and with a space behind them never do")
  func dashesDivide() throws {
    func signatures(_ mark: String, lines: Int, _ line: String = "we went on") throws -> UInt64 {
      let rest = (0..<lines).map { "\(line) \($0)\n\n" }.joined()
      return try profile(["Once upon a time\n\(mark)\n\(rest)"]).leftOut[LeftOut.signatures.rawValue].items
    }
    #expect(try signatures("--", lines: 12) == 1)
    #expect(try signatures("--", lines: 13) == 0)
    #expect(try signatures("-- ", lines: 13) == 1)
    #expect(try signatures("--", lines: 13, "> they said") == 1)
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

  @Test func hostileTextHasAProfile() throws {
    #expect(try profile([]) == StyleProfile())
    #expect(try profile([""]) == StyleProfile())
    #expect(try profile(["x"]).length == 1)
    #expect(try profile([String(repeating: "a", count: 1 << 16)]).characters.count == 14)
    #expect(try profile(["😂👍🏽"]).length == 3)
    #expect(try profile(["שלום עולם"]).length == 9)
    #expect(try profile([String(repeating: "e\u{301}", count: 100)]).length == 200)
  }

  @Test func everyCutOfUTF8HasAProfile() throws {
    let bytes = Array("a€😂é".utf8)
    for cut in 0...bytes.count {
      let head = try profile(bytes: Array(bytes[..<cut]))
      let expected = String(decoding: bytes[..<cut], as: UTF8.self).unicodeScalars.count
      #expect(head.length == expected)
    }
    #expect(try profile(bytes: [0xFF, 0xC0, 0x80]).leftOut[LeftOut.invalidBytes.rawValue].items == 3)
  }
}
