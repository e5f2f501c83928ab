import Stylometry
import TestSupport
import Testing

/// Texts of a kind that no domain was validated on, which all get ratios over 1.
@Suite struct ContradictionTests {
  private static let words = [
    "garden", "train", "office", "kitchen", "letter", "window", "dinner", "market", "story", "winter",
    "school",
    "river", "concert", "holiday", "neighbour", "picture", "weekend", "journey", "supper", "village",
    "meeting",
  ]
  private static let sentences = [
    "So I went back to the % because of the % and it was not what I had hoped for.",
    "I have been thinking about the % again today, and about the % too.",
    "My sister says that the % is better than the %, but then she would.",
    "Nothing much happened after the %, so I read about the % until late.",
    "If only they had told me about the % before we went to the %!",
    "Tomorrow there will be a % and I am looking forward to the %.",
  ]

  /// Entries that all write by one pattern, of other words for each author.
  private static func entries(_ author: UInt64, lines: Int = 40) -> String {
    var random = SplitMix(seed: author + 1)
    return (0..<lines).map { _ in
      sentences[Int.random(in: 0..<sentences.count, using: &random)].split(
        separator: "%", omittingEmptySubsequences: false
      ).joined(separator: words[Int.random(in: 0..<words.count, using: &random)])
    }.joined(separator: " ")
  }

  private static func styles(_ texts: [String], _ model: StyleModel) throws -> [PreparedStyle] {
    let profiler = model.profiler()
    return try texts.map { text in
      var posts = ProfileBuilder()
      posts.add(post: text)
      return model.prepare(try profiler.profile(of: posts))
    }
  }

  @Test func mostPairsOverOneContradictTheDomain() throws {
    let model = try StyleModel.builtIn()
    let styles = try Self.styles((0..<12).map { Self.entries($0) }, model)
    #expect(try #require(model.compare(styles[0], styles[1], domain: "blogs").log10LR) > 1)
    let held = model.held(against: styles, in: "blogs", threads: 1)
    let verdict = held.compare(styles[0], styles[1], domain: "blogs").verdict
    guard case .abstained(.contradicted("blogs", let percentage)) = verdict else {
      Issue.record("\(verdict)")
      return
    }
    #expect((76...100).contains(percentage))
    let reason = StyleAbstention.contradicted("blogs", percentage: percentage).description
    #expect(reason.hasPrefix("\(percentage) % of"))
    // A dozen accounts of one person look the same.
    #expect(reason.contains("or nearly all of the accounts are one author's"))
    // The score by which they are ranked stays.
    #expect(
      held.compare(styles[0], styles[1], domain: "blogs").score
        == model.compare(styles[0], styles[1], domain: "blogs").score)
    let other = model.held(against: styles.reversed(), in: "blogs", threads: 2)
    #expect(other.compare(styles[0], styles[1], domain: "blogs").verdict == verdict)
  }

  @Test func fewAccountsContradictNothing() throws {
    let model = try StyleModel.builtIn()
    let styles = try Self.styles((0..<9).map { Self.entries($0) }, model)
    let held = model.held(against: styles, in: "blogs", threads: 1)
    #expect(held.compare(styles[0], styles[1], domain: "blogs").log10LR != nil)
    #expect(
      model.held(against: styles, in: nil, threads: 1).compare(styles[0], styles[1], domain: "blogs").log10LR
        != nil)
  }
}
