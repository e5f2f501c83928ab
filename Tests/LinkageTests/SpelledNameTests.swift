import AccountModel
import Linkage
import Testing

/// Handles that spell the name shown with them, as namesakes' do.
@Suite struct SpelledNameTests {
  /// The weight of two handles that meet by a key, shown with a name each.
  private func weight(
    _ key: String, rule: String = "trailing-digits", handles: [String], names: [String]
  ) throws -> Double {
    var maker = InputMaker()
    for (number, platform) in [Platform.instagram, .x].enumerated() {
      let account = maker.account(platform)
      maker.show(account, .handle, handles[number])
      if key != handles[number] { maker.show(account, .handle, key, rule: rule) }
      maker.show(account, .displayName, names[number], assertion: .user)
    }
    maker.bystanders(60)
    return try #require(maker.run().pairs.first { $0.right.raw == 1 }).log10LR
  }

  /// `rn` looks like `m`: such a name's handles meet by a key in which it stands so as well.
  @Test func lettersThatLookAlikeSpellItAsWell() throws {
    let names = ["chloe winterburn", "chloe winterburn"]
    #expect(
      try weight(
        "chloewintembum", rule: "skeleton", handles: ["chloewinterburn", "chloewinterburn"], names: names)
        == 2.5)
    #expect(
      try weight("chloewintembum", handles: ["chloewinterburn77", "chloewinterburn12"], names: names) == 2.5)
    #expect(
      try weight("chloewintembum", handles: ["chloewinterburn77", "chloewinterburn12"], names: ["qq", "zz"])
        > 3)
  }

  /// `cqorvalister235` and `cqorvalister44` are Chloe's and Colin's.
  @Test(arguments: [
    ("cqorvalister", true), ("qorvalisterc", true), ("chloeqorvalister", true), ("qorvalisterchloe", true),
    ("chloeq", true), ("qorvalisterch", false), ("thecqorvalister", false), ("drcolinqorvex", false),
  ])
  func initialsSpellItAsWell(handle: String, isName: Bool) throws {
    let found = try weight(
      handle, handles: ["\(handle)235", "\(handle)44"], names: ["chloe qorvalister", "dr. colin qorvalister"])
    #expect(isName ? found <= 2.5 : found > 3)
  }
}
