import AccountModel
import Linkage
import Testing

/// What stands before the @ of an address, which is a name.
@Suite struct LocalPartTests {
  /// The evidence between two accounts that have an address each, with the keys that addresses have.
  private func pair(
    _ addresses: [String], named name: String? = nil, others: Int = 60
  ) throws -> PairEvidence {
    var maker = InputMaker()
    for address in addresses {
      let account = maker.account()
      let local = String(address.prefix { $0 != "@" })
      maker.show(account, .email, address)
      if let name { maker.show(account, .personName, name) }
      maker.show(account, .email, local, rule: "local-part")
      let joined = local.filter { !"._-".contains($0) }
      if joined != local { maker.show(account, .email, joined, rule: "separators") }
    }
    maker.bystanders(others)
    return try #require(maker.run().pairs.first)
  }

  /// Somebody of the name has `john.smith` at each provider.
  @Test(arguments: [
    ["john.smith@one.example", "john.smith@two.example"],
    ["john.smith@one.example", "john_smith@two.example"],
    ["john.smith@one.example", "johnsmith@two.example"],
    ["john.smith@one.example", "john_smith@one.example"],
  ])
  func namesakesAreNotOne(addresses: [String]) throws {
    for others in [20, 60, 2_000] {
      let found = try pair(addresses, others: others)
      #expect(found.log10LR > 0 && found.log10LR < 2.5)
      #expect(Set(found.items.map(\.group)) == ["names"])
    }
  }

  @Test func aRareOneWeighsAsAHandleDoes() throws {
    for addresses in [
      ["grim.reefvex9@one.example", "grim.reefvex9@two.example"],
      ["grim.reefvex9@one.example", "grim_reefvex9@two.example"],
    ] {
      let found = try pair(addresses)
      #expect(found.log10LR > 3, "\(addresses)")
      // Nobody must take it for one address.
      #expect(
        found.items.contains { $0.statement.contains("The part before the @ of the e-mail address of both") })
      #expect(found.items[0].statement.contains("; with each provider somebody else may have it"))
    }
  }

  /// Namesakes have it as well, however rare the name is.
  @Test func oneThatSpellsTheNameWeighsAsSuchAHandleDoes() throws {
    for addresses in [
      ["qorvexblintley@one.example", "qorvexblintley@two.example"],
      ["qorvex.blintley@one.example", "qorvex.blintley@two.example"],
    ] {
      #expect(try pair(addresses).log10LR > 3, "\(addresses)")
      #expect(try pair(addresses, named: "qorvex blintley").log10LR == 2.5, "\(addresses)")
    }
  }

  @Test func besideTheWholeAddressItSaysNothingMore() throws {
    #expect(
      try pair(["quiet.button53@one.example", "quiet.button53@one.example"]).items.map(\.rule) == [
        "email-equal"
      ])
  }
}
