import Foundation
import Stylometry
import TestSupport
import Testing

@Suite("Model of styles")
struct StyleModelTests {
  /// One for all tests: it is read once.
  private static let model = Result { try StyleModel.builtIn() }

  private static let english = """
    I thought about calling you on Sunday but the line was bad again, so here is a letter instead. We walked down to \
    the harbour after lunch; the boats were in, and Peter bought more fish than we could ever eat. Did you hear that \
    the school is going to close? They say it's the money. I don't believe a word of it, and neither does your mother. \
    Anyway, let me know when you are coming, and bring the blue coat if you still have it!
    """
  private static let hasty = """
    ok so i was thinking... maybe we shud just go on friday?? idk its up to u lol. my phone is dead so ill be late :( \
    also can u bring the charger thx!! sam said he might come but u know how he is haha. anyway i gotta run, the bus \
    is here already omg. tell me if ur not coming ok?? i dont wanna wait around like last time... it was so cold lol \
    and nobody even said sorry haha
    """
  private static let german = """
    Am Sonntag wollte ich dich anrufen, aber die Leitung war wieder schlecht, also schreibe ich dir lieber einen Brief. \
    Nach dem Essen gingen wir zum Hafen hinunter; die Boote lagen schon da, und Peter kaufte mehr Fisch, als wir essen \
    konnten. Hast du gehört, dass die Schule geschlossen werden soll? Es liegt wohl am Geld. Ich glaube davon kein \
    Wort, und deine Mutter glaubt es auch nicht.
    """

  private static let hebrew = String(
    repeating:
      "שלום לכולם, מה שלומכם היום? אני חושב על הבית הגדול ליד הים, ואולי נלך לשם מחר בבוקר עם כל המשפחה. ",
    count: 6)

  private static func profile(_ posts: String...) throws -> StyleProfile {
    var builder = ProfileBuilder()
    for post in posts { builder.add(post: post) }
    return try builder.profile()
  }

  @Test("The built-in model knows its domains and says where it is from")
  func builtIn() throws {
    let model = try Self.model.get()
    #expect(model.domains == ["blogs", "chat"])
    #expect(model.language == "en")
    #expect(model.fileBytes.count <= 8 << 20)
  }

  @Test("Two texts are compared alike from either side, and a ratio keeps within its bounds")
  func compares() throws {
    let model = try Self.model.get()
    let (one, other) = try (
      model.prepare(Self.profile(Self.english)), model.prepare(Self.profile(Self.hasty))
    )
    for domain in model.domains {
      let result = model.compare(one, other, domain: domain)
      #expect(result == model.compare(other, one, domain: domain))
      #expect(result.score < model.compare(one, one, domain: domain).score)
      if let ratio = result.log10LR { #expect(ratio < 0 && ratio > -3) }
    }
    #expect(model.compare(one, other, domain: nil).verdict == .abstained(.noDomain))
    #expect(model.compare(one, other, domain: "x").verdict == .abstained(.unknownDomain("x")))
    let habits = model.habits(one, other, limit: 4)
    #expect(
      habits.differing.count == 4 && habits.differing.allSatisfy { $0.weight < 0 && !$0.sentence.isEmpty })
    #expect(habits.agreeing.allSatisfy { $0.weight > 0 })
    // A text agrees with itself in all its habits, and in none does it differ.
    let itself = model.habits(one, one, limit: 4)
    #expect(itself.differing.isEmpty && itself.agreeing.count == 4)
    #expect(itself.agreeing.allSatisfy { $0.left == $0.right && $0.left > 0 })
  }

  @Test("What two have in common by doing it less than others is called seldom")
  func seldom() throws {
    let model = try Self.model.get()
    // Of eight lines one begins with a capital; most people begin half of theirs so.
    let lines = (1...8).map {
      $0 == 3 ? "So that was that, said the man." : "and then we went on to the next one"
    }
    let text = try model.prepare(Self.profile(lines.joined(separator: "\n")))
    let found = model.habits(text, text, limit: 1000).agreeing
    let capital = try #require(found.first { $0.sentence == "begins lines with a capital" })
    #expect(capital.isSeldom && capital.agreement == "seldom begins lines with a capital")
    let lower = try #require(found.first { $0.sentence == "begins lines in lower case" })
    #expect(!lower.isSeldom && lower.agreement == lower.sentence)
  }

  @Test("One post shows no habit of how long posts are")
  func lengthOfPosts() throws {
    let model = try Self.model.get()
    func isNamed(_ posts: [String]) throws -> Bool {
      var builder = ProfileBuilder()
      for post in posts { builder.add(post: post) }
      let style = model.prepare(try builder.profile())
      return model.habits(style, style, limit: 1000).agreeing.contains {
        RateCatalogue.rates[$0.rate].name.hasPrefix("length.post")
      }
    }
    let (one, other) = (String(repeating: Self.english, count: 9), String(repeating: Self.hasty, count: 9))
    #expect(try !isNamed([one + other]) && isNamed([one, other]))
  }

  @Test("No more of a text is compared than ratios were validated on")
  func longest() throws {
    let model = try Self.model.get()
    var random = SplitMix(seed: 4)
    let words = Self.english.split(separator: " ")
    var builder = ProfileBuilder()
    for _ in 0..<200 {
      let post = (0..<15).map { _ in words[Int(random.next(upperBound: UInt64(words.count)))] }
      builder.add(post: post.joined(separator: " "))
    }
    let whole = try model.profiler(in: nil).profile(of: builder)
    #expect(whole.length > 12_000 && whole.ownLength == whole.length)
    for domain in model.domains {
      let style = model.prepare(try model.profiler(in: domain).profile(of: builder))
      #expect(style.length > 3_900 && style.length <= 4_000 && style.ownLength == whole.length)
    }
  }

  @Test("Who repeats another's short posts gets no ratio")
  func repeatsShortPosts() throws {
    let model = try Self.model.get()
    // No post has sixty letters, so that none is a passage.
    let posts = [
      "we walked down to the harbour after lunch", "did you hear that the school is to close",
      "i don't believe a word of it, you know", "anyway let me know when you are coming",
      "and bring the blue coat if you still have it", "the boats were in and it was raining again",
      "peter bought more fish than we could eat", "they say that it is all about the money",
    ]
    func account(_ posts: [String]) throws -> PreparedStyle {
      var builder = ProfileBuilder()
      for post in posts { builder.add(post: post) }
      return try model.prepare(builder.profile())
    }
    let one = try account(posts)
    let copy = try account(posts.reversed().map { "\($0)!" })
    let letters = posts.reduce(0) { $0 + $1.count { $0.isLetter } }
    #expect(model.compare(one, copy, domain: "chat").verdict == .abstained(.samePosts(letters: letters)))
    #expect(model.compare(copy, one, domain: "chat").verdict == .abstained(.samePosts(letters: letters)))
    #expect(model.compare(one, copy, domain: nil).verdict == .abstained(.noDomain))
    // One post that both have, and what anybody posts, say nothing.
    let own = (1...9).map { "never before did i say \($0) of these things to you" }
    let other = try account([posts[0]] + own + ["ok", "yes"])
    let verdict = model.compare(one, other, domain: "chat").verdict
    if case .abstained(.samePosts) = verdict { Issue.record("\(verdict)") }
  }

  @Test("Another language, and too little text, get no ratio")
  func abstains() throws {
    let model = try Self.model.get()
    let english = try model.prepare(Self.profile(Self.english))
    for text in [Self.german, Self.hebrew] {
      let result = try model.compare(english, model.prepare(Self.profile(text)), domain: "chat")
      #expect(result.verdict == .abstained(.otherLanguage(than: "en")), "\(text)")
    }
    // By a half or two fifths of it no text is anybody's: whoever else mixes the two seems to be the same.
    let outside = StyleAbstention.outsideDomain("chat")
    for part in [Self.german, String(Self.german.prefix(239))] {
      let mixed = try model.prepare(Self.profile(Self.hasty, part))
      #expect(model.compare(english, mixed, domain: "chat").verdict == .abstained(outside))
    }
    #expect(outside.description.contains("in part of another language"))
    let laughter = try model.prepare(Self.profile(String(repeating: "haha ", count: 100)))
    guard
      case .abstained(.tooFewWords(_, needed: 25)) = model.compare(english, laughter, domain: "chat").verdict
    else {
      Issue.record("a word over and over was judged")
      return
    }
    let short = String(Self.english.prefix(249))
    let result = try model.compare(english, model.prepare(Self.profile(short)), domain: "chat")
    guard case .abstained(.tooShort(_, needed: 250)) = result.verdict else {
      Issue.record("\(result)")
      return
    }
  }

  @Test("Texts without a word of prose get an answer and no ratio", arguments: 0..<6)
  func defined(kind: Int) throws {
    let text =
      switch kind {
      case 0: ""
      case 1: "a"
      case 2: String(repeating: "z", count: 1 << 20)
      case 3: String(repeating: "😂🔥", count: 400)
      case 4: String(repeating: "\u{202E}\u{200F}", count: 400)
      default: String(decoding: [UInt8](repeating: 0xFF, count: 600), as: UTF8.self)
      }
    let model = try Self.model.get()
    let one = try model.prepare(Self.profile(text))
    for other in [one, try model.prepare(Self.profile(Self.english))] {
      let result = model.compare(one, other, domain: "chat")
      let isSound = result.log10LR == nil && result.score.isFinite
      #expect(isSound, "\(result)")
      _ = model.habits(one, other)
    }
  }

  @Test("A text pasted many times counts once")
  func pasted() throws {
    let model = try Self.model.get()
    var builder = ProfileBuilder()
    for _ in 0..<10_000 { builder.add(post: Self.english) }
    let (once, often) = try (model.prepare(Self.profile(Self.english)), model.prepare(builder.profile()))
    #expect(once.length == often.length)
    let other = try model.prepare(Self.profile(Self.hasty))
    #expect(model.compare(once, other, domain: "chat") == model.compare(often, other, domain: "chat"))
  }

  @Test("What is written reads back as it was, and damage is found")
  func file() throws {
    let bytes = try Self.model.get().fileBytes
    #expect(try StyleModel(Data(bytes)).fileBytes == bytes)
    #expect(throws: StyleModelError.notAModel) { try StyleModel(Data(bytes.prefix(20))) }
    #expect(throws: StyleModelError.damaged) { try StyleModel(Data(bytes.dropLast(8))) }
    var damaged = bytes
    damaged[bytes.count / 2] ^= 1
    #expect(throws: StyleModelError.damaged) { try StyleModel(Data(damaged)) }
    var later = bytes
    later[8] = 9
    #expect(throws: StyleModelError.otherVersion(9)) { try StyleModel(Data(later)) }
  }

  @Test("A file that is no sound model is named with what is wrong")
  func named() throws {
    let folder = try ScratchFolder()
    let text = try folder.write("Well, I never.", to: "a.txt").path
    #expect(throws: StyleModelError.unusable(file: text, .notAModel)) { try StyleModel(path: text) }
    #expect(throws: StyleModelError.unusable(file: text, .notAnEmbedding)) {
      try StyleEmbedding(path: text)
    }
    #expect("\(StyleModelError.unusable(file: "x", .damaged))".hasPrefix("x: it is damaged"))
    let none = folder.url.appendingPathComponent("none").path
    #expect(
      throws: StyleModelError.unreadable(
        file: none, reason: "it cannot be read; name a file that exists, or built-in")
    ) {
      try StyleModel(path: none)
    }
  }

  @Test("One is one character, one word and one author")
  func singular() {
    #expect("\(StyleAbstention.tooShort(characters: 1, needed: 250))".contains("has 1 character of"))
    #expect("\(StyleAbstention.tooFewWords(1, needed: 25))".contains("has 1 word,"))
    #expect("\(StyleTrainingError.tooFewAuthors(1, needed: 20))".contains("has 1 author with a text;"))
    #expect("\(StyleAbstention.tooShort(characters: 0, needed: 250))".contains("has 0 characters of"))
  }
}
