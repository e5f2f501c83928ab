import AccountModel
import Linkage
import Testing

@Suite("Weights of evidence")
struct WeightTests {
  /// The pair of the first two accounts.
  private func pair(_ maker: InputMaker) -> PairEvidence? {
    pair(maker.run())
  }

  private func pair(_ run: LinkageRun) -> PairEvidence? {
    run.pairs.first { $0.left.raw == 0 && $0.right.raw == 1 }
  }

  private func two(others: Int = 30, _ body: (inout InputMaker, AccountNode, AccountNode) -> Void)
    -> InputMaker
  {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.telegram))
    body(&maker, one, other)
    maker.bystanders(others)
    return maker
  }

  @Test("An e-mail address weighs log10(m / u) as documented")
  func email() throws {
    let maker = two(others: 18) { maker, one, other in
      maker.show(one, .email, "a@example.org")
      maker.show(other, .email, "a@example.org")
    }
    // log10(.5 / (1e-7 + .002 * 1 / (20 + 50))) = 4.241…
    #expect(try #require(pair(maker)).log10LR == 4.24)
  }

  @Test("A value that more accounts hold weighs less")
  func frequency() throws {
    var last = Double.infinity
    for holders in 2...6 {
      let maker = two { maker, one, other in
        maker.show(one, .ip, "192.0.2.1")
        maker.show(other, .ip, "192.0.2.1")
        for _ in 2..<max(holders, 2) { maker.show(maker.account(), .ip, "192.0.2.1") }
      }
      let weight = try #require(pair(maker)).log10LR
      #expect(weight < last)
      last = weight
    }
  }

  @Test("What a dozen accounts and more hold joins no strangers, and is reported")
  func common() throws {
    for (kind, text) in [
      (IdentifierKind.email, "none@example.org"), (.phone, "+442079460000"), (.device, "d:1"),
    ] {
      for (holders, others) in [(12, 48), (30, 30), (50, 150)] {
        var maker = InputMaker()
        for _ in 0..<holders { maker.show(maker.account(), kind, text) }
        maker.bystanders(others)
        let run = maker.run()
        let found = try #require(pair(run))
        #expect(found.log10LR < 3)
        #expect(found.items[0].statement.contains("so many hold it"))
        #expect(Set(run.clustering.clusterOfAccount).count == holders + others)
        #expect(run.commonKeys.map(\.holders) == [holders] && run.commonKeys.allSatisfy(\.isCompared))
      }
    }
  }

  @Test("Up to five holders a value weighs as before, and a few accounts of one person stay together")
  func fewHolders() throws {
    var maker = InputMaker()
    for _ in 0..<5 { maker.show(maker.account(), .email, "a@example.org") }
    maker.bystanders(35)
    // log10(.5 / (1e-7 + .002 * 4 / (40 + 50))) = 3.749…
    let run = maker.run()
    #expect(try #require(pair(run)).log10LR == 3.75)
    #expect(Set(run.clustering.clusterOfAccount).count == 36)
    #expect(run.commonKeys.isEmpty)
  }

  /// Five accounts of one browser in a small case weigh less than two of it, and are no cluster: whoever looks must be told.
  @Test func whatAFewAccountsHoldAndDoesNotLinkThemIsReported() throws {
    for (kind, holders, isReported) in [
      (IdentifierKind.cookie, 2, false), (.cookie, 5, true), (.device, 2, false), (.device, 3, true),
      (.phone, 5, false), (.displayName, 5, false), (.ip, 3, false),
    ] {
      var maker = InputMaker()
      for _ in 0..<holders { maker.show(maker.account(), kind, "qorvex") }
      maker.bystanders(15 - holders)
      let run = maker.run()
      #expect(run.commonKeys.map(\.holders) == (isReported ? [holders] : []), "\(kind) \(holders)")
      if isReported { #expect(Set(run.clustering.clusterOfAccount).count == 15) }
    }
  }

  @Test("The number and the address of one office are not added")
  func oneOffice() throws {
    var maker = InputMaker()
    for _ in 0..<10 {
      let account = maker.account()
      maker.show(account, .phone, "+442079460000")
      maker.show(account, .email, "reception@hotel.example")
    }
    maker.bystanders(50)
    let found = try #require(pair(maker))
    #expect(found.items.count == 2 && found.items[1].log10LR == 0)
    #expect(found.log10LR == found.items[0].log10LRAlone && found.log10LR < 3)
  }

  @Test("An address alone never links, not even at the same hour")
  func addressAlone() throws {
    let maker = two(others: 10_000) { maker, one, other in
      maker.show(one, .ip, "192.0.2.1", time: 1_000_000_000)
      maker.show(other, .ip, "192.0.2.1", time: 2_000_000_000)
    }
    #expect(try #require(pair(maker)).log10LR < 3)
  }

  @Test("The same address and port within minutes weighs more than within the hour, behind a carrier as well")
  func port() throws {
    func weight(port: UInt16, flags: [String]) throws -> Double {
      let maker = two { maker, one, other in
        maker.show(one, .ip, "192.0.2.1", flags: flags, time: 0, port: 50_000)
        maker.show(other, .ip, "192.0.2.1", flags: flags, time: 60_000_000, port: port)
      }
      return try #require(pair(maker)).log10LR
    }
    #expect(try weight(port: 50_000, flags: []) > weight(port: 1, flags: []))
    #expect(try weight(port: 50_000, flags: ["cgnat"]) > 1.5)
    #expect(try weight(port: 1, flags: ["cgnat"]) <= 0.5)
  }

  @Test("A number used in periods far apart may have been given to someone else")
  func recycledNumber() throws {
    let day: Int64 = 86_400_000_000
    func weight(gapInDays: Int64) throws -> (Double, String) {
      var maker = InputMaker()
      let one = maker.account(.sms, active: 0...(10 * day))
      let other = maker.account(.telegram, active: ((10 + gapInDays) * day)...((20 + gapInDays) * day))
      maker.show(one, .phone, "+447700900123")
      maker.show(other, .phone, "+447700900123")
      maker.bystanders(30)
      let found = try #require(pair(maker))
      return (found.log10LR, found.items[0].statement)
    }
    #expect(try weight(gapInDays: 100).0 > 3)
    let (recycled, statement) = try weight(gapInDays: 365)
    #expect(recycled == 1)
    #expect(statement.contains("365 days apart"))
  }

  @Test("Several forms of one name are not added")
  func names() throws {
    let maker = two { maker, one, other in
      for account in [one, other] {
        maker.show(account, .handle, "gr1mr33fer")
        maker.show(account, .handle, "grimreefer", rule: "leet")
        maker.show(account, .displayName, "gr1mr33fer")
      }
    }
    let found = try #require(pair(maker))
    #expect(found.items.count == 3)
    #expect(found.items.filter { $0.log10LR != 0 }.count == 1)
    #expect(found.log10LR == found.items.map(\.log10LRAlone).max())
  }

  @Test("The local part of a shared address says nothing more")
  func localPart() throws {
    let maker = two { maker, one, other in
      for account in [one, other] {
        maker.show(account, .email, "quiet.button53@example.org")
        maker.show(account, .email, "quiet.button53", rule: "local-part")
      }
    }
    #expect(try #require(pair(maker)).items.map(\.rule) == ["email-equal"])
  }

  @Test("A common name does not link, a rare handle weighs more than a common one")
  func rarity() throws {
    func weight(_ kind: IdentifierKind, _ text: String) throws -> Double {
      let maker = two { maker, one, other in
        maker.show(one, kind, text)
        maker.show(other, kind, text)
      }
      return try #require(pair(maker)).log10LR
    }
    #expect(try weight(.displayName, "sarah smith") < 3)
    #expect(try weight(.personName, "sarah smith") < 3)
    #expect(try weight(.handle, "johnsmith") < 3)
    #expect(try weight(.handle, "xxgr1mr33f3r77") > 3)
    #expect(try weight(.handle, "xxgr1mr33f3r77") > weight(.handle, "john"))
  }

  @Test("What is only claimed weighs less than what the platform asserts")
  func assertion() throws {
    func weight(_ assertion: Assertion) throws -> Double {
      let maker = two { maker, one, other in
        maker.show(one, .email, "a@example.org")
        maker.show(other, .email, "a@example.org", assertion: assertion)
      }
      return try #require(pair(maker)).log10LR
    }
    #expect(try weight(.platform) > weight(.user))
    #expect(try weight(.user) > weight(.claimed))
  }

  @Test("Claims alone link nobody, however many accounts there are, and the sentence says what they are")
  func claims() throws {
    for others in [20, 400, 20_000] {
      let maker = two(others: others) { maker, one, other in
        maker.show(one, .email, "bob@example.org")
        maker.show(other, .email, "bob@example.org", assertion: .claimed, label: "reply-to")
        // What one forged mail can hold besides.
        for kind in [IdentifierKind.displayName, .handle] {
          maker.show(one, kind, "bob quillfeather")
          maker.show(other, kind, "bob quillfeather", assertion: .claimed)
        }
        maker.show(one, .ip, "192.0.2.9", time: 0, port: 5)
        maker.show(other, .ip, "192.0.2.9", assertion: .claimed, time: 0, port: 5)
      }
      let found = try #require(pair(maker))
      #expect(found.items.count == 4 && found.items.allSatisfy(\.isClaimed))
      #expect(found.items.filter { $0.log10LR != 0 }.count == 1)
      #expect(found.log10LR <= 2.5)
      let email = try #require(found.items.first { $0.rule == "email-equal" })
      // log10(.5 / .02), less what the sharing of a small case takes.
      #expect((1.39...1.4).contains(email.log10LRAlone))
      #expect(email.statement.contains("one of the two only claims it in reply-to, which anybody can write"))
    }
  }

  @Test("A claim adds to what is no claim, and takes nothing from it")
  func claimBesides() throws {
    let maker = two { maker, one, other in
      for account in [one, other] { maker.show(account, .phone, "+447700900123") }
      maker.show(one, .email, "a@example.org")
      maker.show(other, .email, "a@example.org", assertion: .claimed)
      // The same address from the platform stands for the claim of it.
      maker.show(one, .ip, "192.0.2.9")
      maker.show(other, .ip, "192.0.2.9")
      maker.show(other, .ip, "192.0.2.9", assertion: .claimed)
    }
    let found = try #require(pair(maker))
    #expect(found.items.filter(\.isClaimed).map(\.rule) == ["email-equal"])
    #expect(found.items.allSatisfy { $0.log10LR == $0.log10LRAlone })
    #expect(abs(found.log10LR - found.items.reduce(0) { $0 + $1.log10LR }) < 1e-12)
  }

  @Test("Dates of birth that differ and conversations speak against")
  func against() throws {
    var maker = two { maker, one, other in
      for account in [one, other] { maker.show(account, .personName, "callum holloway-pike") }
      maker.show(one, .dateOfBirth, "1990-01-02")
      maker.show(other, .dateOfBirth, "1985-11-30")
    }
    maker.input.conversations = [
      .init(left: AccountNode(raw: 0), right: AccountNode(raw: 1), messages: 4, reference: 1)
    ]
    let found = try #require(pair(maker))
    #expect(
      found.items.filter { $0.log10LR < 0 }.map(\.rule).sorted() == [
        "conversation-between", "date-of-birth-differs",
      ])
    #expect(found.items.last.map { $0.log10LR < 0 } == true)
  }

  @Test("Role mailboxes, private addresses and platform-wide values identify nobody")
  func worthless() {
    for flag in ["role-address", "private-range", "loopback", "link-local"] {
      let maker = two { maker, one, other in
        maker.show(one, .email, "info@example.org", flags: [flag])
        maker.show(other, .email, "info@example.org", flags: [flag])
      }
      #expect(pair(maker) == nil)
    }
  }

  @Test("A key beyond the cap proposes no pairs and is reported")
  func postingCap() {
    var maker = InputMaker()
    for _ in 0..<60 { maker.show(maker.account(), .ip, "192.0.2.1") }
    let run = maker.run()
    #expect(run.pairs.isEmpty)
    #expect(run.commonKeys.map(\.holders) == [60])
  }

  @Test("A profile link counts for little from one side and for much from both")
  func profileLinks() throws {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.x))
    maker.bystanders(10)
    maker.input.profileLinks = [
      .init(from: one, to: other, assertion: .user, statement: "links", reference: 1)
    ]
    #expect(try #require(pair(maker)).log10LR == 1)
    maker.input.profileLinks.append(
      .init(from: other, to: one, assertion: .user, statement: "links", reference: 2))
    #expect(try #require(pair(maker)).log10LR == 3.5)
  }

  @Test("However many show a handle as a name, those who have it share what they shared")
  func manyShowAHandle() throws {
    func found(showing: Int) throws -> (PairEvidence, LinkageRun) {
      let maker = two(others: 80 - showing) { maker, one, other in
        for account in [one, other] { maker.show(account, .handle, "dan_smith92") }
        for _ in 0..<showing {
          let impostor = maker.account(.whatsapp)
          maker.show(impostor, .displayName, "dan_smith92", assertion: .user)
          maker.show(impostor, .handle, "dan_smith92", rule: "shown-as-name", assertion: .user)
        }
      }
      let run = maker.run()
      return (try #require(pair(run)), run)
    }
    let (alone, _) = try found(showing: 0)
    for showing in [1, 10, 60] {
      let (pair, run) = try found(showing: showing)
      #expect(pair.log10LR == alone.log10LR && pair.items == alone.items)
      // Each of them is compared with both, until there are too many, which is said.
      let compared = run.pairs.filter { $0.left.raw < 2 && $0.right.raw >= 2 }
      #expect(compared.count == (showing > 50 ? 0 : 2 * showing))
      #expect(compared.allSatisfy { $0.items[0].statement.contains("(held by 3 of 82 accounts)") })
      #expect(run.commonKeys.contains { $0.holders == 62 } == (showing > 50))
    }
  }

  @Test("Hidden and reordering characters are shown as marks")
  func visibleText() {
    #expect(VisibleText.escape("a\u{202E}b\u{200B}c\u{1B}[31m") == "a\\u{202E}b\\u{200B}c\\u{1B}[31m")
    #expect(VisibleText.escape("👨‍👩‍👧 Zoë") == "👨‍👩‍👧 Zoë")
    #expect(VisibleText.quote(String(repeating: "x", count: 100)).count == 82)
  }

  @Test("A handle that is shown as the name of its account is no name that the handle spells")
  func handleShownByItsOwner() throws {
    func weight(_ name: String?) throws -> Double {
      let maker = two { maker, one, other in
        for account in [one, other] { maker.show(account, .handle, "qorvex.blint") }
        if let name { maker.show(one, .displayName, name, assertion: .user) }
      }
      return try #require(pair(maker)).log10LR
    }
    #expect(try weight(nil) == 4)
    #expect(try weight("qorvex.blint") == 4)
    #expect(try weight("qorvex blint") == 2.5)
  }

  @Test("A name that is another's handle weighs, and joins nobody by itself, as anybody can show it")
  func handleShownAsName() throws {
    let maker = two { maker, one, other in
      maker.show(one, .handle, "quiet.w1nd0w_43")
      maker.show(other, .displayName, "quiet.w1nd0w_43", assertion: .user)
      maker.show(other, .handle, "quiet.w1nd0w_43", rule: "shown-as-name", assertion: .user)
    }
    let found = try #require(pair(maker))
    // log10(.5 / .02) = 1.397…: one in fifty shows what is another's, as of other claims.
    #expect(found.log10LR == 1.4 && found.items.count == 1)
    #expect(found.items[0].isClaimed && found.items[0].rule == "handle-shown-as-name")
    #expect(found.items[0].group == "names")
    #expect(
      found.items[0].statement
        == "The name that one shows is the handle of the other, “quiet.w1nd0w_43” (held by 2 of 32 accounts),"
        + " but one of the two only claims it, which anybody can write."
    )
    #expect(maker.run().clustering.clusterOfAccount[0] != maker.run().clustering.clusterOfAccount[1])
    // Nor do a link of its own to that account's profile, an address of thousands of subscribers and a loose spelling.
    var more = two { maker, one, other in
      maker.show(one, .handle, "quiet_w1nd0w_43")
      maker.show(one, .handle, "quietw1nd0w43", rule: "separators")
      maker.show(other, .handle, "quietw1nd0w43", rule: "shown-as-name", assertion: .user)
      for account in [one, other] { maker.show(account, .ip, "100.64.0.1", flags: ["cgnat"]) }
    }
    more.input.profileLinks = [
      .init(
        from: AccountNode(raw: 1), to: AccountNode(raw: 0), assertion: .user, statement: "links", reference: 1
      )
    ]
    let framed = try #require(pair(more))
    #expect(framed.items.count == 3 && framed.log10LR < 3)
    #expect(
      framed.items[0].statement.hasPrefix(
        "The name that one shows and the handle of the other come to “quietw1nd0w43” when separators are left out ("
      ))
    // Two who show it as a name share the name, and nothing more.
    let names = two { maker, one, other in
      for account in [one, other] {
        maker.show(account, .displayName, "quiet.w1nd0w_43", assertion: .user)
        maker.show(account, .handle, "quiet.w1nd0w_43", rule: "shown-as-name", assertion: .user)
      }
    }
    #expect(try #require(pair(names)).items.map(\.rule) == ["display-name-equal"])
  }
}
