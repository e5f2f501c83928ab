import AccountModel
import Linkage
import Testing

/// Who shows what is another's, as impostors and fan pages do.
@Suite struct PoseTests {
  @Test func whoTakesANameAndLinksToWhoseItIsIsNotJoined() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.telegram))
    for account in [one, other] { maker.show(account, .displayName, "qorvex blintley", assertion: .user) }
    maker.bystanders(30)
    #expect(maker.run().pairs.map(\.log10LR) == [2])
    maker.input.profileLinks = [
      .init(from: one, to: other, assertion: .user, statement: "links", reference: 1)
    ]
    #expect(maker.run().pairs.map(\.log10LR) == [2])
    #expect(try #require(maker.run().pairs.first).items.map(\.log10LRAlone) == [2, 1])
    // Who poses as a protected account is to be looked at.
    maker.input.accounts[1].isProtected = true
    #expect(maker.run().clustering.held.map(\.cause) == [.protectedAccount])
    maker.input.accounts[1].isProtected = false
    // The other confirms it.
    maker.input.profileLinks.append(
      .init(from: other, to: one, assertion: .user, statement: "links", reference: 2))
    #expect(maker.run().pairs.map(\.log10LR) == [5.5])
  }
}
