import Stylometry
import TestSupport
import Testing

/// Texts of a kind that no domain was validated on, which all get ratios over 1.
@Suite struct ContradictionTests {
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
    let styles = try Self.styles((0..<12).map { PatternedTexts.entries($0) }, model)
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
    let styles = try Self.styles((0..<9).map { PatternedTexts.entries($0) }, model)
    let held = model.held(against: styles, in: "blogs", threads: 1)
    #expect(held.compare(styles[0], styles[1], domain: "blogs").log10LR != nil)
    #expect(
      model.held(against: styles, in: nil, threads: 1).compare(styles[0], styles[1], domain: "blogs").log10LR
        != nil)
  }
}
