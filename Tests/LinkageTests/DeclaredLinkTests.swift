import AccountModel
import Linkage
import Testing

/// Links that records declare, several of one pair.
@Suite struct DeclaredLinkTests {
  private func found(_ links: [(Assertion, String, readsAsPlatform: Bool)]) throws -> EvidenceItem {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account())
    maker.bystanders(30)
    maker.input.declaredLinks = links.enumerated().map { number, link in
      .init(
        from: one, to: other, assertion: link.0, statement: link.1, reference: Int64(number),
        readsAsPlatform: link.readsAsPlatform)
    }
    return try #require(maker.run().pairs.first?.items.first)
  }

  @Test func theWordThatWeighsMostCountsInWhateverOrderTheyCame() throws {
    let own = (Assertion.claimed, "in own words", readsAsPlatform: false)
    let line = (Assertion.claimed, "changed to", readsAsPlatform: true)
    let person = (Assertion.user, "a person wrote", readsAsPlatform: true)
    let platform = (Assertion.platform, "the platform records", readsAsPlatform: true)
    for (links, rule, weight) in [
      ([own, line], "declared-in-text", 2.5), ([line, person, own], "declared-in-text", 2.5),
      ([person, own], "declared-by-user", 1), ([line, platform, person], "declared-by-platform", 5),
    ] {
      for links in [links, links.reversed()] {
        let item = try found(links)
        #expect(item.rule == rule && item.log10LR == weight && item.references.count == links.count)
      }
    }
    #expect(try !found([own, person]).isClaimed)
  }

  @Test func ofEqualsTheSentenceIsTheSame() throws {
    let links = ["changed to +44 7700 900222", "changed to +447700900222"].map {
      (Assertion.claimed, $0, readsAsPlatform: true)
    }
    #expect(try found(links).statement == found(links.reversed()).statement)
  }

  /// Of many records four are named: that of the sentence is the first.
  @Test func theRecordOfTheSentenceIsNamed() throws {
    let person = (Assertion.user, "a person wrote", readsAsPlatform: true)
    let line = (Assertion.claimed, "changed to", readsAsPlatform: true)
    let item = try found([person, person, person, person, person, line])
    #expect(item.statement == "changed to" && item.references.first == 5 && item.references.count == 4)
  }
}
