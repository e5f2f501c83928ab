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
      if key != handles[number] {
        let reference = maker.input.sightings[maker.input.sightings.count - 1].reference
        maker.show(account, .handle, key, rule: rule)
        maker.input.sightings[maker.input.sightings.count - 1].reference = reference
      }
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
        > 2.5)
  }

  /// `cqorvalister235` and `cqorvalister44` are Chloe's and Colin's.
  @Test(arguments: [
    ("cqorvalister", true), ("qorvalisterc", true), ("chloeqorvalister", true), ("qorvalisterchloe", true),
    ("chloeq", true), ("qorvalisterch", false), ("thecqorvalister", false), ("drcolinqorvex", false),
  ])
  func initialsSpellItAsWell(handle: String, isName: Bool) throws {
    let found = try weight(
      handle, handles: ["\(handle)235", "\(handle)44"], names: ["chloe qorvalister", "dr. colin qorvalister"])
    #expect(isName ? found <= 2.5 : found > 2.5)
  }

  /// Of three names people use any two, and the order is not the same everywhere.
  @Test(arguments: [
    ("luciavexlin", true), ("luciaqorv", true), ("vexlinlucia", true), ("lvexlin", true),
    ("vexlinqorv", true),
    ("vexlinqorvlucia", true), ("qorvluciavexlin", true), ("luciamulqvor", false),
  ])
  func anyTwoOfItsWordsSpellItAsWell(handle: String, isName: Bool) throws {
    let names = ["lucia vexlin qorv", "lucia vexlin qorv"]
    let found = try weight(handle, handles: ["\(handle)235", "\(handle)44"], names: names)
    #expect(isName ? found <= 2.5 : found > 2.5)
  }

  /// A name with its family name first, and one with a sign behind it, is spelled as any other: two people called Anna Maria
  /// Qorvalister were joined by a handle.
  @Test(arguments: ["qorvalister, anna maria", "anna maria qorvalister ❤"])
  func itIsSpelledHoweverTheNameStands(name: String) throws {
    let handles = ["annaqorvalister235", "annaqorvalister44"]
    #expect(try weight("annaqorvalister", handles: handles, names: [name, name]) == 2.5)
  }

  /// In keys digits may be letters, and a handle may have marks where its name has spaces.
  @Test(arguments: [
    ("chloewinterburn01", "chloewintembumol", "skeleton", true),
    ("chloewinterburn7", "chloewintembumt", "leet", true),
    ("chloe.winterburn", "chloe.wintembum", "skeleton", true),
    ("chl0ewinterburn", "chl0ewinterburn", "", false),
  ])
  func whateverComesOfItSpellsItAsWell(handle: String, key: String, rule: String, isName: Bool) throws {
    var maker = InputMaker()
    for platform in [Platform.instagram, .x] {
      let account = maker.account(platform)
      maker.show(account, .displayName, "chloe winterburn", assertion: .user)
      maker.show(account, .handle, handle)
      let reference = maker.input.sightings[maker.input.sightings.count - 1].reference
      if rule.isEmpty { continue }
      maker.show(account, .handle, key, rule: rule)
      maker.input.sightings[maker.input.sightings.count - 1].reference = reference
    }
    maker.bystanders(60)
    let pair = try #require(maker.run().pairs.first { $0.right.raw == 1 })
    #expect(isName ? pair.log10LR == 2.5 : pair.log10LR > 3)
  }

  /// Letters that are none of ASCII are read by other means.
  @Test(arguments: [("zoë qorvalister", true), ("qq", false)])
  func lettersWithMarksSpellItAsWell(name: String, isName: Bool) throws {
    let handle = "zoëqorvalister"
    let found = try weight(handle, handles: [handle, handle], names: [name, name])
    #expect(isName ? found == 2.5 : found > 3)
  }

  @Test func wordsThatMeetAsLettersThatLookAlikeSpellIt() throws {
    let names = ["john peter nashby", "john peter nashby"]
    #expect(
      try weight("johnpeternashby", handles: ["johnpeternashby", "johnpeternashby"], names: names) == 2.5)
    #expect(
      try weight("johnpetemashby", handles: ["johnpeternashby", "johnpeternashby"], names: names) == 2.5)
  }

  /// Of items of one weight a reader is told the one that needs no rule.
  @Test func theVerySameHandleIsSaidFirst() throws {
    var maker = InputMaker()
    for platform in [Platform.instagram, .x] {
      let account = maker.account(platform)
      maker.show(account, .displayName, "john harrisby", assertion: .user)
      maker.show(account, .handle, "johnharrisby")
      maker.show(account, .handle, "johnharisby", rule: "collapse")
    }
    maker.bystanders(60)
    let items = try #require(maker.run().pairs.first { $0.right.raw == 1 }).items
    #expect(items.map(\.log10LRAlone).prefix(2) == [2.5, 2.5] && items[0].rule == "handle-equal")
  }
}
