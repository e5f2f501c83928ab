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

  /// A profile of somebody's name with that person's number in it is a fake as well as a second one. A mail's headers are no
  /// profile, and with another name the number stands by itself.
  @Test func whoWritesTheNumberOfWhoseNameItTakesIsNotJoined() throws {
    func found(_ names: [String], _ platform: Platform = .telegram, isProtected: Bool = false) -> LinkageRun {
      var maker = InputMaker()
      let (one, other) = (maker.account(protected: isProtected), maker.account(platform))
      maker.show(one, .displayName, names[0])
      maker.show(other, .displayName, names[1])
      maker.show(one, .phone, "+447700900123")
      maker.show(other, .phone, "+447700900123", assertion: .claimed, label: "biography")
      maker.bystanders(60)
      return maker.run()
    }
    let one = ["qorvex blintley", "qorvex blintley"]
    #expect(found(one).pairs.map(\.log10LR) == [2])
    #expect(found(one, isProtected: true).clustering.held.map(\.cause) == [.protectedAccount])
    #expect(found(one, .email).pairs.map(\.log10LR) == [3.4])
    #expect(found(["qorvex blintley", "captain heron"]).pairs.map(\.log10LR) == [1.4])
  }

  /// Name, handle, page and words that stand on a profile are copied at one go.
  @Test func whoCopiesAProfileIsNotJoined() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.x))
    for account in [one, other] {
      maker.show(account, .displayName, "qorvex blintley", assertion: .user)
      maker.show(account, .handle, "qorvexblintley", rule: "separators")
      maker.show(account, .url, "https://blintley.example/")
    }
    maker.bystanders(300)
    func repeated(isPublic: Bool) -> [LinkageInput.Repetition] {
      [.init(left: one, right: other, posters: 2, isPublic: isPublic, text: "photographer", references: [1])]
    }
    maker.input.repetitions = repeated(isPublic: true)
    #expect(maker.run().pairs.map(\.log10LR) == [2.5])
    // What was sent to somebody is not there to be copied.
    maker.input.repetitions = repeated(isPublic: false)
    #expect(maker.run().pairs.map(\.log10LR) == [3.5])
    maker.input.accounts[1].isProtected = true
    #expect(maker.run().clustering.held.map(\.cause) == [.protectedAccount])
  }

  /// A namesake spells a handle so as well; but one must look at who goes by name and handle of a protected account.
  @Test func whoTakesNameAndHandleOfAProtectedAccountIsToBeLookedAt() throws {
    var maker = InputMaker()
    for platform in [Platform.instagram, .x] {
      let account = maker.account(platform)
      maker.show(account, .displayName, "qorvex blintley", assertion: .user)
      maker.show(account, .handle, "qorvexblintley")
    }
    maker.bystanders(30)
    #expect(maker.run().pairs.map(\.log10LR) == [2.5])
    maker.input.accounts[0].isProtected = true
    #expect(maker.run().clustering.held.map(\.cause) == [.protectedAccount])
  }

  /// `fill704er701` and `fill1704er685` come to one form when digits are letters, letters are not repeated and what is at the
  /// end is dropped.
  @Test func theLoosestFormOfAHandleLinksNobodyByItself() throws {
    var maker = InputMaker()
    for handle in ["vexlin704er701", "vexlin1704er685"] {
      let account = maker.account(.x)
      maker.show(account, .handle, handle)
      maker.show(account, .handle, "vexlintoaer", rule: "collapse")
    }
    maker.bystanders(2_000)
    #expect(try #require(maker.run().pairs.first).log10LR < 3)
  }

  /// A handle with letters that only look right is an impostor's; digits for letters and other marks are a person's own.
  @Test(arguments: [
    ("pauivexlintorp", "paulvexlintorp", "skeleton", true),
    ("tornvexlintorp", "tomvexlintorp", "skeleton", true),
    ("p\u{430}ulvexlintorp", "paulvexlintorp", "skeleton", true),
    ("tornnvexlintorp", "tomvexlintorp", "collapse", true),
    ("pau1vex1int0rp", "paulvexlintorp", "skeleton", false),
    ("pau1vex1int0rpu5", "paulvexlintorpus", "leet", false),
    ("paul.vex_lintorp", "paulvexlintorp", "separators", false),
    ("paulvexlintorp77", "paulvexlintorp", "trailing-digits", false),
  ])
  func letters(_ one: String, _ other: String, rule: String, isDisguise: Bool) throws {
    var maker = InputMaker()
    for (handle, rule) in [(one, rule), (other, "")] {
      let account = maker.account()
      maker.show(account, .handle, handle)
      if !rule.isEmpty { maker.show(account, .handle, other, rule: rule) }
    }
    maker.bystanders(40)
    let found = try #require(maker.run().pairs.first)
    #expect((found.log10LR <= 2.5) == isDisguise, "\(found.log10LR)")
    #expect(found.items[0].statement.contains("only look alike") == isDisguise)
    maker.input.accounts[1].isProtected = true
    // The loosest form stays below the threshold by itself.
    #expect(maker.run().clustering.held.map(\.cause) == (rule == "collapse" ? [] : [.protectedAccount]))
  }

  /// Wikis and Discord keep the capitals of a name, Mastodon and Bluesky write the server behind it: nobody poses by that.
  @Test(arguments: [
    ("Quietvexlintorp", "nfkc-casefold", "quietvexlintorp", "", false),
    ("QuietVex-lintorp", "nfkc-casefold", "quietvex_lintorp", "", false),
    ("QuietVexLintorp#1234", "legacy-name", "quietvexlintorp", "", false),
    ("quietvexlintorp@social.example", "local-part", "quietvexlintorp", "", false),
    ("quietvexlintorp@social.example", "local-part", "quietvexlintorp.bsky.social", "local-part", false),
    ("PauIvexlintorp", "nfkc-casefold", "paulvexlintorp", "", true),
    ("pauivexlintorp@social.example", "local-part", "paulvexlintorp", "", true),
  ])
  func namesAsServicesWriteThem(
    _ one: String, _ rule: String, _ other: String, _ otherRule: String, isDisguise: Bool
  ) throws {
    var maker = InputMaker()
    for (handle, rule) in [(one, rule), (other, otherRule)] {
      let account = maker.account()
      maker.show(account, .handle, handle)
      let name = String(handle.lowercased().prefix { $0 != "@" && $0 != "#" })
        .replacing(".bsky.social", with: "")
      if !rule.isEmpty { maker.show(account, .handle, name, rule: rule) }
      let plain = isDisguise ? "paulvexlintorp" : "quietvexlintorp"
      if name != plain { maker.show(account, .handle, plain, rule: isDisguise ? "skeleton" : "separators") }
    }
    maker.bystanders(40)
    let found = try #require(maker.run().pairs.first)
    let item = try #require(found.items.first)
    #expect(item.statement.contains("only look alike") == isDisguise, "\(item)")
    #expect((found.log10LR <= 2.5) == isDisguise, "\(found.log10LR)")
  }

  /// Two claims of one weight, of which one stands in the group of names: whichever key came first had counted.
  @Test func whichOfEqualClaimsCountsIsNotForTheOrderOfImports() throws {
    func weight(handleFirst: Bool) throws -> Double {
      var maker = InputMaker()
      let (one, other) = (maker.account(.x), maker.account(.email))
      func handle() {
        maker.show(one, .handle, "dan_smith92")
        maker.show(other, .handle, "dan_smith92", rule: "shown-as-name")
      }
      if handleFirst { handle() }
      maker.show(one, .email, "quill@example.org")
      maker.show(other, .email, "quill@example.org", assertion: .claimed)
      if !handleFirst { handle() }
      for account in [one, other] { maker.show(account, .displayName, "sarah") }
      maker.bystanders(60)
      return try #require(maker.run().pairs.first).log10LR
    }
    #expect(try weight(handleFirst: true) == weight(handleFirst: false))
  }

  /// Each further one who posed as a protected account had taken from what the name weighs, so that three raised no alert.
  @Test(arguments: [1, 2, 3, 5, 30])
  func howeverManyPoseAsAProtectedAccountEachIsToBeLookedAt(impostors: Int) {
    var maker = InputMaker()
    for number in 0...impostors {
      let account = maker.account(number == 0 ? .instagram : .x, protected: number == 0)
      maker.show(account, .handle, "chloeqorvex", rule: "separators")
      maker.show(account, .displayName, "chloe qorvex")
    }
    maker.bystanders(8)
    let run = maker.run()
    #expect(
      run.clustering.held.map(\.cause) == Array(repeating: HeldMerge.Cause.protectedAccount, count: impostors)
    )
  }

  /// Two strangers who have a protected account's device are two to be looked at; forty have the computer of a library.
  @Test(arguments: [(1, true), (2, true), (4, true), (5, true), (40, false)])
  func whoHasAProtectedAccountsDeviceIsToBeLookedAt(others: Int, isAlert: Bool) {
    var maker = InputMaker()
    for number in 0...others {
      maker.show(maker.account(number == 0 ? .instagram : .x, protected: number == 0), .device, "d:1")
    }
    maker.bystanders(12)
    let held = maker.run().clustering.held
    #expect(held.filter { $0.cause == .protectedAccount }.count == (isAlert ? others : 0))
  }

  /// Whoever frames somebody opens an account of the same handle elsewhere: it counts, and the sentence says what it is.
  @Test func aHandleOfAnotherServiceIsSaidToBeOpenToAnybody() throws {
    func statement(_ platforms: [Platform]) throws -> String {
      var maker = InputMaker()
      for platform in platforms { maker.show(maker.account(platform), .handle, "qumorvixaltep") }
      maker.bystanders(30)
      return try #require(maker.run().pairs.first?.items.first).statement
    }
    #expect(try statement([.instagram, .x]).contains("; on another service anybody may take it"))
    #expect(try !statement([.x, .x]).contains("another service"))
    // So is the name in a handle of the fediverse, on each of its servers.
    var maker = InputMaker()
    for server in ["one.example", "two.example"] {
      let account = maker.account(.mastodon)
      maker.show(account, .handle, "qumorvixaltep@\(server)")
      maker.show(account, .handle, "qumorvixaltep", rule: "local-part")
    }
    maker.bystanders(30)
    let found = try #require(maker.run().pairs.first?.items.first)
    #expect(found.statement.contains("; on another service anybody may take it"))
  }

  /// A given name that is on no list passes for letters at random: two who bear it were joined by it from some ninety accounts on.
  @Test(arguments: [60, 300, 5_000])
  func oneNameWithOtherDigitsJoinsNobody(others: Int) throws {
    func run(_ handles: [String], isProtected: Bool = false) -> LinkageRun {
      var maker = InputMaker()
      for handle in handles {
        let account = maker.account(protected: isProtected && handle == handles[0])
        maker.show(account, .handle, handle)
        if handle.last?.isNumber == true {
          maker.show(account, .handle, "thandiweqo", rule: "trailing-digits")
        }
      }
      maker.bystanders(others)
      return maker.run()
    }
    let found = run(["thandiweqo97", "thandiweqo03"])
    #expect(try #require(found.pairs.first).log10LR > 2 && found.clustering.merges.isEmpty)
    #expect(run(["thandiweqo97", "thandiweqo"]).clustering.merges.count == 1)
    #expect(run(["thandiweqo97", "thandiweqo03"], isProtected: true).clustering.held.count == 1)
  }
}
