import AccountModel
import Identifiers
import Linkage
import Testing

/// Whose names on record say that they are of one family, in the ways in which names are written.
@Suite("Names of one family")
struct FamilyNamesTests {
  /// Two accounts of a device, each with a name on record as a case has it.
  private func found(_ names: [String]) throws -> PairEvidence {
    var maker = InputMaker()
    for name in names {
      let account = maker.account()
      maker.show(account, .device, "d:1")
      maker.show(account, .personName, name)
      let plain = UnicodeText.unaccented(name)
      if plain != name { maker.show(account, .personName, plain, rule: "unaccented") }
    }
    maker.bystanders(60)
    return try #require(maker.run().pairs.first)
  }

  private func expectFamily(_ names: [[String]]) throws {
    for names in names {
      let pair = try found(names)
      #expect(
        pair.log10LR == 2 && pair.items.contains { $0.statement.contains("may be a family's") }, "\(names)")
    }
  }

  private func expectNoFamily(_ names: [[String]]) throws {
    for names in names {
      let pair = try found(names)
      #expect(
        pair.log10LR > 3 && !pair.items.contains { $0.statement.contains("may be a family's") }, "\(names)")
    }
  }

  /// Facebook and Instagram know no other name than the one that is shown.
  @Test func namesThatAreShownTellAFamilyWhereNoneIsOnRecord() throws {
    func found(_ accounts: [[(IdentifierKind, String)]], isLinked: Bool = false) throws -> PairEvidence {
      var maker = InputMaker()
      let nodes = accounts.map { names in
        let account = maker.account()
        for (kind, name) in names { maker.show(account, kind, name, assertion: .user) }
        if !isLinked { maker.show(account, .phone, "+447700900123") }
        return account
      }
      if isLinked {
        maker.input.profileLinks = [(nodes[0], nodes[1]), (nodes[1], nodes[0])].map {
          .init(from: $0.0, to: $0.1, assertion: .user, statement: "links", reference: 1)
        }
      }
      maker.bystanders(60)
      return try #require(maker.run().pairs.first)
    }
    let family: [[[(IdentifierKind, String)]]] = [
      [[(.displayName, "erin qorvex")], [(.displayName, "liam qorvex")]],
      [[(.displayName, "erin qorvex")], [(.personName, "mr liam qorvex")]],
      [[(.displayName, "anna vexlinska")], [(.displayName, "piotr vexlinski")]],
    ]
    for accounts in family {
      for isLinked in [false, true] {
        let pair = try found(accounts, isLinked: isLinked)
        #expect(pair.log10LR == 2, "\(accounts)")
        #expect(pair.items[0].statement.contains("given names that they show differ"), "\(pair.items)")
      }
    }
    let others: [[[(IdentifierKind, String)]]] = [
      [[(.displayName, "qorvex nation")], [(.displayName, "qorvex forever")]],
      [[(.displayName, "zoe official")], [(.displayName, "emma official")]],
      [[(.displayName, "chris from leeds")], [(.displayName, "kyle from leeds")]],
      [[(.displayName, "emma xx")], [(.displayName, "sophie xx")]],
      [[(.displayName, "emma private")], [(.displayName, "sophie private")]],
      [[(.displayName, "sam & co")], [(.displayName, "alex & co")]],
      [[(.displayName, "sam and emma qorvex")], [(.displayName, "erin qorvex")]],
      [[(.displayName, "dan qorvex")], [(.displayName, "daniel qorvex")]],
      [[(.displayName, "mo qorvex")], [(.displayName, "mohammed qorvex")]],
      [[(.displayName, "jonny qorvex")], [(.personName, "john qorvex")]],
      [[(.displayName, "erin")], [(.displayName, "liam qorvex")]],
      [[(.displayName, "erin qorvex")], [(.displayName, "liam blintley")]],
      // What is on record comes first.
      [[(.displayName, "erin qorvex"), (.personName, "liam qorvex")], [(.personName, "liam qorvex")]],
    ]
    for accounts in others {
      let pair = try found(accounts)
      #expect(pair.log10LR > 3 && !pair.items[0].statement.contains("family"), "\(accounts)")
    }
  }

  /// A family name beside itself without its accent had passed for a name and a short form of it.
  @Test func accentsTakeNobodyOutOfAFamily() throws {
    try expectFamily([
      ["ana vexlín lópez", "luis vexlín pérez"], ["hans mülqvor", "anna mülqvor"],
      ["nguyễn văn minh", "nguyen thi hoa"], ["nguyễn văn minh", "nguyễn thị hoa"],
    ])
    try expectNoFamily([["siân ashgrove", "sian ashgrove"], ["zoë ashgrove", "zoe ashgrove"]])
  }

  @Test func formsOfOneFamilyNameAreOfAFamily() throws {
    try expectFamily([
      ["jan vexlinski", "anna vexlinska"], ["vexlinska, anna", "jan vexlinski"],
      ["ivan qorvov", "elena qorvova"], ["jan mulqvák", "eva mulqváková"],
      ["petr qorveda", "eva qorvedova"], ["bilal mulqvain", "bushra mulqvein"],
      ["tom ashgrove", "anna birch-ashgrove"], ["omar al-vexlin", "hoda al vexlin"],
      ["иван петров", "елена петрова"], ["олег вексленський", "ганна вексленська"],
      ["omar al-vexlin", "hoda vexlin"], ["omar al-vexlin", "hoda el\u{2010}vexlin"],
    ])
    // The given name is the same as well, or may be.
    try expectNoFamily([
      ["anna vexlinski", "anna vexlinska"], ["bilal mulqvain", "bilal mulqvein"],
      ["kate vexlinski", "katherine vexlinska"], ["a vexlinska", "anna vexlinski"],
      ["mohammed mulqvain", "muhammad mulqvein"], ["anna birch-ashgrove", "anna ashgrove"],
      ["anne-marie ashgrove", "annemarie ashgrove"], ["omar al-vexlin", "hoda al-qorv"],
      ["ashgrove", "anna birch-ashgrove"], ["anna martin", "tom morton"],
    ])
  }

  /// What begins alike had passed for a name and a short form of it.
  @Test func namesOfTwoPartsAreTold() throws {
    try expectFamily([
      ["gurpreet vexlin", "gurjit vexlin"], ["harpreet vexlin", "harjinder vexlin"],
      ["chen xiaoming", "chen xiaohong"], ["xiaoming chen", "xiaohong chen"],
      ["abdulrahman vexlin", "abdulkarim vexlin"], ["oluwaseun vexlin", "oluwatobi vexlin"],
    ])
    try expectNoFamily([
      ["gurpreet vexlin", "gurp vexlin"], ["xiaoming chen", "xiao chen"],
      ["harpreet vexlin", "harps vexlin"],
      ["katarzyna vexlin", "katherine vexlin"], ["aleksander vexlin", "alexander vexlin"],
      ["abdulrahman vexlin", "abdelrahman vexlin"], ["gurpreet vexlin", "gurprit vexlin"],
    ])
  }

  /// That Kelly is a given name as well had made Siobhan Kelly and Sinead Kelly one person.
  @Test func familyNamesThatAreGivenNamesAreTold() throws {
    try expectFamily([
      ["siobhan kelly", "sinead kelly"], ["kelly, siobhan", "kelly, sinead"],
      ["gareth james", "rhiannon james"], ["adam kelly", "mason kelly"], ["sarah lewis", "owen lewis"],
      ["emma james", "dylan james"],
    ])
    try expectNoFamily([["isabel kelly", "isabella kelly"], ["kelly vexlin", "kelly qorv"]])
    // One given name and two family names, as of somebody who married: it had passed for the family's.
    try expectNoFamily([
      ["siobhan kelly", "siobhan qorv"], ["kelly, siobhan", "siobhan anne qorv"],
      ["katarzyna vexlin", "katarzyna birch-ashgrove"], ["harjit kaur", "harjit gill"],
      ["fiona vexlin", "fiona qorv"], ["siân vexlin", "sian qorv"], ["wendy vexlin", "wendy qorv"],
    ])
    try expectFamily([
      ["siobhan anne vexlin", "siobhan marie vexlin"], ["omar hassan", "hassan vexlin"],
      ["mohamed imran", "mohamed usman"],
      ["wayne james", "dean james"], ["kim minjun", "kim seoyeon"],
    ])
  }

  /// A man's title and a woman's are of two people, where no given name says that they are not.
  @Test func titlesAreTold() throws {
    let couples = [
      ["mr vexlin", "mrs vexlin"], ["mr. vexlin", "vexlin, ms k"], ["mr k vexlin", "ms k vexlin"],
      ["herr vexlin", "frau vexlin"],
    ]
    try expectFamily(couples)
    for names in couples {
      #expect(try found(names).items.contains { $0.statement.contains("the titles on record differ") })
    }
    try expectNoFamily([
      ["mr vexlin", "john vexlin"], ["mr & mrs vexlin", "mr vexlin"], ["dr vexlin", "mrs vexlin"],
      ["mr john vexlin", "mrs john vexlin"], ["miss vexlin", "mrs vexlin"],
    ])
  }

  /// Twins have their date of birth in common, whether their names are on record or merely shown.
  @Test(arguments: [IdentifierKind.personName, .displayName])
  func twins(_ kind: IdentifierKind) throws {
    var maker = InputMaker()
    for name in ["erin qorvex", "liam qorvex"] {
      let account = maker.account()
      maker.show(account, kind, name, assertion: .user)
      maker.show(account, .dateOfBirth, "1994-07-21")
      maker.show(account, .phone, "+447700900123")
    }
    maker.bystanders(60)
    #expect(try #require(maker.run().pairs.first).log10LR == 2)
  }

  /// The account of the mailbox, which names nobody, joined both of a couple: that they were born on different days was
  /// outweighed between them by the very mailbox.
  @Test func aMailboxOfTwoJoinsOneOfThem() throws {
    func run(_ dates: [String]) -> LinkageRun {
      var maker = InputMaker()
      for (name, date) in zip(["priya qorvex", "deepak qorvex"], dates) {
        let account = maker.account()
        maker.show(account, .personName, name)
        maker.show(account, .dateOfBirth, date)
        maker.show(account, .email, "qorvexes@example.org")
        maker.show(account, .device, "d:1")
        maker.show(account, .ip, "192.0.2.7")
      }
      maker.show(maker.account(.email), .email, "qorvexes@example.org")
      maker.bystanders(60)
      return maker.run()
    }
    let two = run(["1990-03-03", "1989-05-04"])
    #expect(two.pairs.map(\.log10LR).min() == -1.5)
    let shared = try #require(two.pairs.first { $0.log10LR == -1.5 }?.items.filter { $0.log10LR == 0 })
    #expect(shared.count == 3 && shared.allSatisfy { $0.statement.hasSuffix("it weighs nothing.") })
    // Why is said of each, and once.
    #expect(shared.allSatisfy { $0.statement.split(separator: "given names on record differ").count == 2 })
    #expect(two.clustering.merges.count == 1)
    #expect(two.clustering.held.map(\.cause) == [.evidenceAgainst])
    // Where the dates do not tell, the mailbox does.
    #expect(run(["1990-03-03", "1990-01-01"]).clustering.merges.count == 2)
  }
}
