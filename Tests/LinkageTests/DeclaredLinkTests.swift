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

  /// Links of both sides weigh what they do because each side has one, and the sentence says so, whichever came first.
  @Test func linksOfBothProfilesAreSaidToBeOfBoth() throws {
    func said(_ order: [Int]) throws -> String {
      var maker = InputMaker()
      let accounts = [maker.account(), maker.account(.x)]
      maker.bystanders(30)
      for number in order {
        maker.input.profileLinks.append(
          .init(
            from: accounts[number], to: accounts[1 - number], assertion: .user, statement: "links \(number)",
            reference: Int64(number), address: "https://\(number).example/"))
      }
      return try #require(maker.run().pairs.first?.items.first).statement
    }
    let both =
      "The profiles of the two accounts link to each other (“https://0.example/”, “https://1.example/”)."
    #expect(try said([0, 1]) == both)
    #expect(try said([1, 0]) == both)
    #expect(try said([1]) == "links 1")
  }

  private func linked(
    mutual: Bool = false, isProtected: Bool = false, names: [String] = [],
    _ show: (inout InputMaker, AccountNode, Int) -> Void
  ) throws -> PairEvidence {
    var maker = InputMaker()
    let accounts = [maker.account(protected: isProtected), maker.account(.x)]
    for (number, account) in accounts.enumerated() {
      if !names.isEmpty { maker.show(account, .personName, names[number]) }
      show(&maker, account, number)
    }
    maker.bystanders(300)
    for number in mutual ? [0, 1] : [0] {
      maker.input.profileLinks.append(
        .init(
          from: accounts[number], to: accounts[1 - number], assertion: .user, statement: "links",
          reference: Int64(number)))
    }
    return try #require(maker.run().pairs.first)
  }

  /// Who lives with somebody links to that person's profile: +2.15 and +1 had joined the two.
  @Test func whoLinksToSomebodyOfTheSameHomeIsNotJoined() throws {
    func home(isProtected: Bool) throws -> PairEvidence {
      try linked(isProtected: isProtected) { maker, account, number in
        maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000)
        maker.show(account, .postalAddress, "1 high street ab1 2cd")
      }
    }
    let pair = try home(isProtected: false)
    #expect(pair.log10LR > 2 && pair.log10LR < 3)
    #expect(pair.items.contains { $0.rule == "profile-links-to-other" && $0.log10LR == 0 })
    #expect(try home(isProtected: true).log10LR == pair.log10LR + 1)
    // A device is taken for one person's.
    let device = try linked { maker, account, _ in maker.show(account, .device, "d:1") }
    #expect(device.log10LR > 4)
  }

  /// Couples link to each other.
  @Test func whoLinksToEachOtherWithinAFamilyIsNotJoined() throws {
    func weight(_ names: [String], isProtected: Bool = false, device: Bool = false) throws -> Double {
      try linked(mutual: true, isProtected: isProtected, names: names) { maker, account, _ in
        if device { maker.show(account, .device, "d:1") }
      }.log10LR
    }
    let family = ["anna ashgrove", "tom ashgrove"]
    #expect(try weight(family) == 2)
    #expect(try weight(family, device: true) == 2)
    #expect(try weight(family, isProtected: true) == 3.5)
    #expect(try weight(["anna ashgrove", "qorvex blintley"]) == 3.5)
  }

  /// Nobody reads what the web address of both comes to, nor that whoever was sent the link may send it on.
  @Test func theSentenceOfATokenSaysWhatItIs() throws {
    var maker = InputMaker()
    for account in [maker.account(), maker.account(.x)] {
      maker.show(account, .url, "igsh=3gf0fb16vla2", rule: "share-token", flags: ["share-token"])
    }
    maker.bystanders(30)
    let item = try #require(maker.run().pairs.first?.items.first)
    #expect(item.rule == "url-share-token")
    #expect(
      item.statement
        == "Links that both show have the token “igsh=3gf0fb16vla2” (held by 2 of 32 accounts; it is made"
        + " for whoever copies a link, and whoever passes that link on has it as well).")
  }

  /// Who passes a link on has its token, and shows the page that it leads to: in a large case the two had joined the accounts.
  @Test(arguments: [30, 600, 6_000])
  func oneLinkThatIsPassedOnJoinsNobody(others: Int) throws {
    func found(_ show: (inout InputMaker, AccountNode) -> Void) throws -> PairEvidence {
      var maker = InputMaker()
      for account in [maker.account(), maker.account(.x)] {
        maker.show(
          account, .url, "igsh=3gf0fb16vla2", rule: "share-token", flags: ["share-token"], assertion: .user)
        show(&maker, account)
      }
      maker.bystanders(others)
      return try #require(maker.run().pairs.first)
    }
    let alone = try found { _, _ in }
    let withPage = try found { maker, account in
      maker.show(account, .url, "https://video.example/1", assertion: .user)
    }
    #expect(alone.log10LR > 0.5 && alone.log10LR <= 2 && withPage.log10LR == alone.log10LR)
    #expect(withPage.items.contains { $0.rule == "url-equal" && $0.log10LR == 0 && $0.log10LRAlone > 0 })
  }
}
