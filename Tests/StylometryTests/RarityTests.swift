import Stylometry
import TestSupport
import Testing

@Suite("Rarity of shared n-grams")
struct RarityTests {
  private static let common = [
    "the", "and", "was", "with", "house", "garden", "letter", "never", "morning", "walk",
  ]

  private static func profile(_ text: String) throws -> StyleProfile {
    var builder = ProfileBuilder()
    builder.add(post: text)
    return try builder.profile()
  }

  /// Some words of the common list, with a word of the author's own among them.
  private static func text(_ own: String, _ generator: inout SplitMix) -> String {
    var words = (0..<18).map { _ in common[Int.random(in: 0..<common.count, using: &generator)] }
    words.insert(own, at: Int.random(in: 0...words.count, using: &generator))
    return words.joined(separator: " ")
  }

  /// A word nobody else has.
  private static func word(_ number: Int) -> String {
    let letters = Array("bdfgjkmpqrvxz")
    return String((0..<6).map { letters[(number + 3) * (7 + 5 * $0) % 997 % letters.count] })
  }

  /// What is learnt from authors who each have a word of their own.
  private static func learnt(countsUnknown: Bool) throws -> StyleTrainer.Result {
    var generator = SplitMix(seed: 11)
    var documents: [BackgroundDocuments.Document] = []
    var profiles: [StyleProfile] = []
    for author in 0..<StyleTrainer.authorsForProjection * 5 / 4 {
      for side in 0..<2 {
        documents.append(.init(author: author, side: side))
        profiles.append(try profile(text(word(author), &generator)))
      }
    }
    var trainer = StyleTrainer(threads: 1)
    trainer.countsUnknown = countsUnknown
    return try trainer.train(BackgroundDocuments(documents), profiles: profiles)
  }

  @Test("A word that nobody in the background uses tells authors by whom it is shared")
  func unknownWord() throws {
    let learnt = try Self.learnt(countsUnknown: true)
    let scores = { (one: String, other: String) in
      try learnt.background.scores(
        learnt.background.vectors(Self.profile(one)), learnt.background.vectors(Self.profile(other)))
    }
    let (one, other) = ("the letter was zwyntqu in the morning", "never walk with zwyntqu and the garden")
    let shared = try scores(one, other)
    let apart = try scores(one, other.replacing("zwyntqu", with: "hobblick"))
    for score in [StyleScore.charactersUnknown, .wordsUnknown] {
      #expect(shared[score.rawValue] > 0.05, "\(score)")
      #expect(apart[score.rawValue] < shared[score.rawValue] / 4, "\(score)")
    }
    let odds = (learnt.fusion.logOdds(shared, length: 38), learnt.fusion.logOdds(apart, length: 38))
    #expect(odds.0 > odds.1 + 1, "\(odds)")
    // The bands add up to no more than the cosine, of which the commonest n-grams have the rest.
    for (cosine, bands) in [
      (StyleScore.characters, [StyleScore.charactersRare, .charactersUncommon, .charactersCommon]),
      (.words, [.wordsRare, .wordsUncommon, .wordsCommon]),
    ] {
      let sum = bands.reduce(0) { $0 + shared[$1.rawValue] }
      #expect(sum >= 0 && sum <= shared[cosine.rawValue] + 1e-9)
      #expect(shared[cosine.rawValue] > 0.02)
    }
  }

  @Test("A model that is kept does not take a name in two texts for one hand")
  func namesDoNotCountUnlessAskedFor() throws {
    let learnt = try Self.learnt(countsUnknown: false)
    let scores = try learnt.background.scores(
      learnt.background.vectors(Self.profile("the letter was zwyntqu in the morning")),
      learnt.background.vectors(Self.profile("never walk with zwyntqu and the garden")))
    #expect(scores[StyleScore.charactersUnknown.rawValue] == 0)
    #expect(scores[StyleScore.wordsUnknown.rawValue] == 0)
  }
}
