import AccountModel
import Linkage
import Testing

/// What people have in common who live or work together, and what changes hands.
@Suite("Shared premises, devices and numbers")
struct SharedPremisesTests {
  private let day: Int64 = 86_400_000_000

  /// The evidence between two accounts among others.
  private func pair(
    others: Int = 60, active: [ClosedRange<Int64>?] = [nil, nil],
    _ show: (inout InputMaker, AccountNode, Int) -> Void
  ) throws -> PairEvidence {
    var maker = InputMaker()
    for number in 0..<2 {
      let account = maker.account(number == 0 ? .instagram : .x, active: active[number])
      show(&maker, account, number)
    }
    maker.bystanders(others)
    return try #require(maker.run().pairs.first { $0.left.raw == 0 && $0.right.raw == 1 })
  }

  @Test("One home or office joins nobody, however much of it is shared", arguments: [20, 60, 300, 5_000])
  func household(others: Int) throws {
    let found = try pair(others: others) { maker, account, number in
      maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000)
      maker.show(account, .postalAddress, "1 high street ab1 2cd")
      maker.show(account, .phone, "+442079460000", flags: ["fixed-line"])
      maker.show(account, .userAgent, "Mozilla/5.0")
    }
    #expect(found.log10LR < 3 && found.log10LR > 2)
    #expect(Set(found.items.map(\.group)).isSuperset(of: ["premises", "user-agent"]))
    #expect(found.items.filter { $0.group == "premises" && $0.log10LR != 0 }.count == 1)
  }

  @Test("Of many uses of an address, in any order, the two nearest tell; of a port those of that port")
  func nearestUses() throws {
    let minute: Int64 = 60_000_000
    func statement(_ times: [Int64], _ others: [Int64], port: UInt16) throws -> String {
      try pair { maker, account, number in
        for time in number == 0 ? times : others {
          maker.show(
            account, .ip, "192.0.2.1", time: time * minute,
            port: time % 2 == 0 ? port : 50_000 + UInt16(number))
        }
      }.items[0].statement
    }
    let (times, others): ([Int64], [Int64]) = ([9_001, 4, 777, 3_000], [100_001, 784, 5_001, 3_002])
    // Even minutes have one port on both sides: 3,000 and 3,002. Below 1024 it is a service's.
    #expect(try statement(times, others, port: 40_000).contains("same port within 2 min"))
    #expect(try statement(times, others, port: 443).contains("; 2 min apart"))
    #expect(try statement([9_001, 777], [5_001, 791], port: 1).contains("; 14 min apart"))
  }

  @Test("A device of a household is not counted beside its connection, nor its browser beside it")
  func deviceAndConnection() throws {
    func weight(_ further: Bool) throws -> Double {
      try pair { maker, account, _ in
        maker.show(account, .device, "d:1")
        if further {
          maker.show(account, .ip, "192.0.2.1")
          maker.show(account, .userAgent, "Mozilla/5.0")
        }
      }.log10LR
    }
    #expect(try weight(true) == weight(false))
    #expect(try weight(false) > 3)
  }

  @Test("Twins: a date of birth under two given names adds little", arguments: [20, 300, 5_000])
  func twins(others: Int) throws {
    func weight(_ names: [String]) throws -> (Double, String) {
      let found = try pair(others: others) { maker, account, number in
        maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000)
        maker.show(account, .postalAddress, "1 high street ab1 2cd")
        maker.show(account, .dateOfBirth, "1990-02-03")
        maker.show(account, .personName, names[number])
      }
      return (found.log10LR, found.items.map(\.statement).joined(separator: "\n"))
    }
    for names in [
      ["anna ashgrove", "beth ashgrove"], ["ashgrove, anna", "ashgrove, beth"],
      ["ashgrove anna", "ashgrove beth"], ["anna thomas", "beth thomas"],
      ["mr john hale", "mr paul hale"], ["dipl. ing. anna ashgrove", "mme beth ashgrove"],
      ["o'neill owen", "o'neill kit"], ["anna ashgrove", "hannah ashgrove"],
      ["mia ashgrove", "amelia ashgrove"], ["thomas, anna", "thomas, beth"], ["thomas, anna", "beth thomas"],
    ] {
      let (twins, said) = try weight(names)
      #expect(twins < 3 && said.contains("the given names on record differ"), "\(names)")
    }
    for names in [
      ["anna ashgrove", "anna ashgrove"], ["anna ashgrove", "ashgrove anna"], ["a ashgrove", "anna birch"],
      ["anna ashgrove", "anna birch"], ["anna mary ashgrove", "anna ashgrove"],
      ["kate ashgrove", "katherine ashgrove"], ["ashgrove, bob", "robert ashgrove"],
      ["anna thomas", "a thomas"], ["anna thomas", "anna james"], ["tom thomas", "thomas thomas"],
      ["ms anna ashgrove", "ashgrove"], ["lady ashgrove", "ashgrove anna"],
      ["ashgrove phd", "anna ashgrove"],
      ["frau ashgrove", "ashgrove, anna"], ["ashgrove jr.", "anna ashgrove"],
      ["ashgrove 2nd", "anna ashgrove"], ["thomas, anna", "anna thomas"],
      ["anna thomas, jr.", "thomas, anna"],
    ] {
      let (one, said) = try weight(names)
      #expect(one > 4 && !said.contains("the given names on record differ"), "\(names)")
    }
  }

  @Test("A date of birth that a program fills in says nothing, and a first of January little")
  func datesThatAreNone() throws {
    func found(_ dates: [String], _ flags: [String] = []) throws -> PairEvidence {
      try pair { maker, account, number in
        maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000)
        maker.show(account, .dateOfBirth, dates[number], flags: dates[number] == "1970-01-01" ? flags : [])
      }
    }
    let none = try found(["1970-01-01", "1970-01-01"], ["default-date"])
    #expect(none.items.map(\.group) == ["premises"] && none.log10LR < 3)
    let against = try found(["1970-01-01", "1990-02-03"], ["default-date"])
    #expect(against.items.map(\.group) == ["premises"])
    let january = try found(["1990-01-01", "1990-01-01"])
    let first = try #require(january.items.first { $0.statement.contains("first of January") })
    #expect(first.log10LR == 0 && first.log10LRAlone == 0.5 && january.log10LR < 3)
    // Namesakes of one community have it in common as well.
    let namesakes = try pair { maker, account, _ in
      maker.show(account, .personName, "qorvex blintley")
      maker.show(account, .dateOfBirth, "1990-01-01")
    }
    #expect(namesakes.log10LR == 2.5)
    #expect(try found(["1990-02-03", "1990-02-03"]).log10LR > 4)
    // It stands for any day of its year, and for none of another.
    for (dates, isAgainst) in [
      (["1990-01-01", "1990-02-03"], false), (["1990-02-03", "1990-01-01"], false),
      (["1990-01-01", "1991-02-03"], true), (["1990-02-03", "1990-02-04"], true),
    ] { #expect(try found(dates).items.contains { $0.log10LR == -1.5 } == isAgainst, "\(dates)") }
  }

  @Test("A family's mailbox, number and tablet are of its home, where names on record tell")
  func familysOwn() throws {
    func found(_ names: [String], isProtected: Bool = false) -> LinkageRun {
      var maker = InputMaker()
      for name in names {
        let account = maker.account(protected: isProtected && name == names[0])
        maker.show(account, .personName, name)
        maker.show(account, .email, "ashgroves@example.org")
        maker.show(account, .phone, "+447700900123")
        maker.show(account, .device, "d:1")
      }
      maker.bystanders(60)
      return maker.run()
    }
    for names in [
      ["anna ashgrove", "tom ashgrove"], ["ashgrove, anna", "mr tom ashgrove"],
      ["paul ashgrove", "paula ashgrove"], ["ian ashgrove", "brian ashgrove"],
      ["michael james", "michelle james"], ["stephen ashgrove", "stephanie ashgrove"],
      ["anna ashgrove", "hannah ashgrove"], ["minh le", "anh le"], ["du, wei", "ling du"],
      ["le minh", "le anh"], ["le minh", "anh le"], ["le thi hoa", "le van nam"],
    ] {
      let pair = try #require(found(names).pairs.first)
      #expect(pair.log10LR == 2 && pair.items[0].statement.contains("may be a family's"), "\(names)")
      #expect(found(names, isProtected: true).clustering.held.map(\.cause) == [.protectedAccount])
    }
    for names in [
      ["anna ashgrove", "anna ashgrove"], ["kate ashgrove", "katherine ashgrove"],
      ["liz ashgrove", "elizabeth ashgrove"], ["bob ashgrove", "robert ashgrove"],
      ["ed ashgrove", "edward ashgrove"], ["mike james", "michael james"],
      ["max ashgrove", "maxwell ashgrove"], ["jo ashgrove", "josephine ashgrove"],
      ["vic ashgrove", "victoria ashgrove"], ["kat ashgrove", "kathleen ashgrove"],
      ["kath ashgrove", "katherine ashgrove"], ["dan ashgrove", "danielle ashgrove"],
      ["ros ashgrove", "rosemary ashgrove"], ["rob ashgrove", "roberta ashgrove"],
      ["meg ashgrove", "megan ashgrove"], ["nan ashgrove", "nancy ashgrove"],
      ["mohammed ashgrove", "muhammad ashgrove"], ["yusuf ashgrove", "yousef ashgrove"],
      ["a ashgrove", "anna ashgrove"],
      ["anna ashgrove", "qorvex blintley"], ["anna birch", "anna ashgrove"],
      ["anna van der ashgrove", "piet van der blint"], ["van der ashgrove anna", "van der blint piet"],
    ] { #expect(try #require(found(names).pairs.first).log10LR >= 5, "\(names)") }
  }

  /// Who opens a false account gives a false name, so that it does not count; but whoever looks must see it.
  @Test func namesWithNothingInCommonAreSaid() throws {
    func statement(_ names: [String]) throws -> (Double, String) {
      let found = try pair { maker, account, number in
        maker.show(account, .phone, "+447700900123")
        if names.count == 2 { maker.show(account, .personName, names[number]) }
      }
      return (found.log10LR, found.items[0].statement)
    }
    let said = try statement(["anna ashgrove", "qorvex blintley"])
    #expect(said.1.contains("names on record have no word in common"))
    #expect(try said.0 == statement([]).0)
    for names in [
      ["anna ashgrove", "anna birch"], ["kate ashgrove", "katie birch"], ["tom ashgrove", "anna ashgrove"],
    ] { #expect(try !statement(names).1.contains("no word in common"), "\(names)") }
  }

  @Test("An accent makes no other name")
  func accents() throws {
    let found = try pair { maker, account, number in
      maker.show(account, .ip, "192.0.2.1")
      maker.show(account, .dateOfBirth, "1990-02-03")
      maker.show(account, .personName, ["siân fry", "sian fry"][number])
      maker.show(account, .personName, "sian fry", rule: number == 0 ? "unaccented" : "")
    }
    #expect(!found.items.contains { $0.statement.contains("the given names on record differ") })
  }

  @Test("A device sold, and one that is in use throughout")
  func secondHand() throws {
    func weight(gapInDays: Int64) throws -> (Double, String) {
      let found = try pair(active: [0...(10 * day), ((10 + gapInDays) * day)...((20 + gapInDays) * day)]) {
        maker, account, _ in maker.show(account, .device, "d:1")
      }
      return (found.log10LR, found.items[0].statement)
    }
    let (sold, said) = try weight(gapInDays: 420)
    #expect(sold == 1 && said.contains("420 days apart, so it may have been given to someone else"))
    #expect(try weight(gapInDays: -5).0 > 3)
  }

  @Test(
    "A number named at two far registrations is one while both accounts use it, unless one has another since")
  func numberHeldThroughout() throws {
    func weight(hasAnother: Bool) throws -> Double {
      try pair(active: [0...(400 * day), (300 * day)...(400 * day)]) { maker, account, number in
        maker.show(account, .phone, "+447700900123", time: Int64(number) * 300 * day)
        if hasAnother, number == 0 { maker.show(account, .phone, "+447700900456", time: 100 * day) }
      }.log10LR
    }
    #expect(try weight(hasAnother: false) > 3)
    #expect(try weight(hasAnother: true) == 1)
  }

  @Test("The port of a service is no mapping of address translation")
  func servicePort() throws {
    func weight(port: UInt16) throws -> Double {
      try pair { maker, account, number in
        maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000, port: port)
      }.log10LR
    }
    #expect(try weight(port: 443) < 3)
    #expect(try weight(port: 50_000) > weight(port: 443) + 0.9)
  }

  @Test("An address seen months apart weighs little, and the sentence says so")
  func formerAddress() throws {
    func found(days: Int64) throws -> PairEvidence {
      try pair { maker, account, number in
        maker.show(account, .ip, "192.0.2.1", time: Int64(number) * days * day)
      }
    }
    let former = try found(days: 430)
    #expect(former.log10LR <= 1 && former.items[0].statement.contains("430 days apart"))
    #expect(try found(days: 3).log10LR > 1)
  }

  @Test("A common browser weighs what it is worth, and never lifts a name over the threshold")
  func browser() throws {
    var maker = InputMaker()
    for number in 0..<200 {
      let account = maker.account(number == 0 ? .instagram : .x)
      if number < 2 {
        maker.show(account, .handle, "danielthompson")
        maker.show(account, .displayName, "daniel thompson")
      }
      if number % 4 < 2 { maker.show(account, .userAgent, "Mozilla/5.0") }
    }
    let found = try #require(maker.run().pairs.first { $0.left.raw == 0 && $0.right.raw == 1 })
    let browser = try #require(found.items.first { $0.group == "user-agent" })
    #expect(browser.log10LR <= 0.01)
    #expect(found.log10LR < 3)
  }
}

@Suite("Rarity of handles")
struct NameRarityTests {
  @Test("Popular words are no letters at random, nor are they as loose keys spell them")
  func words() {
    for text in [
      "footballfan", "fotbalfan", "northernlad", "northemlad", "sunshine", "darkangel", "manchesterlad",
      "anonymoususer", "leedsmum", "sailornurse", "sailomurse",
    ] {
      #expect(NameRarity.log10Rarity(text) < 6.1, "\(text)")
    }
    #expect(NameRarity.log10Rarity("qumorvixaltep") > 9)
    #expect(NameRarity.log10Rarity("fan") <= NameRarity.log10Rarity("fxn"))
  }

  @Test(
    "Two popular words and other digits join nobody, however many accounts there are",
    arguments: [60, 300, 5_000])
  func stems(others: Int) throws {
    func weight(_ handles: [String], stem: String) throws -> Double {
      var maker = InputMaker()
      for handle in handles {
        let account = maker.account(handle == handles[0] ? .instagram : .reddit)
        maker.show(account, .handle, handle)
        maker.show(account, .handle, stem, rule: "trailing-digits")
      }
      maker.bystanders(others)
      return try #require(maker.run().pairs.first).log10LR
    }
    #expect(try weight(["footballfan37", "footballfan81"], stem: "footballfan") < 3.05)
    for name in [
      "sophie", "gareth", "amelia", "ibrahim", "alexandra", "fiona", "nigel", "piotr", "henry", "arthur",
      "sally",
    ] {
      #expect(try weight(["\(name)37", "\(name)81"], stem: name) < 1, "\(name)")
    }
    // Nor do given and family names that many bear, also of other languages.
    for name in [
      "henryjenkins", "isaacharrison", "simrankaur", "kayleighrobertson", "dannysullivan",
      "harjitsingh", "katarzynakowalska", "khalidmahmood", "zhangxiaoming", "petemelson", "imranahmed",
      "elifdemir", "zhouxiaofeng", "vijayreddy",
    ] {
      #expect(try weight(["\(name)37", "\(name)81"], stem: name) < 2, "\(name)")
    }
    let rare = try weight(["qumorvix37", "qumorvix81"], stem: "qumorvix")
    #expect(rare > 2.4 && rare <= 2.9)
  }
}

@Suite("Evidence against within a cluster")
struct ContradictionTests {
  /// A and B share an e-mail address, B and C a device; A and C nothing.
  private func chain(_ body: (inout InputMaker, AccountNode, AccountNode) -> Void) -> LinkageRun {
    var maker = InputMaker()
    let (one, middle, other) = (maker.account(), maker.account(.x), maker.account(.telegram))
    maker.bystanders(60)
    for account in [one, middle] { maker.show(account, .email, "a@example.org") }
    for account in [middle, other] { maker.show(account, .device, "d:1") }
    body(&maker, one, other)
    return maker.run()
  }

  @Test("What speaks against the ends of a chain is found and holds the weaker link")
  func ends() throws {
    #expect(chain { _, _, _ in }.clustering.merges.count == 2)
    let run = chain { maker, one, other in
      maker.show(one, .dateOfBirth, "1961-05-04")
      maker.show(other, .dateOfBirth, "1994-11-23")
      maker.input.conversations.append(.init(left: one, right: other, messages: 400, reference: 1))
    }
    let ends = try #require(run.pairs.first { $0.left.raw == 0 && $0.right.raw == 2 })
    #expect(ends.log10LR == -2.5)
    #expect(run.clustering.merges.count == 1)
    #expect(run.clustering.held.map(\.cause) == [.evidenceAgainst])
    #expect(run.pairs.map { [$0.left.raw, $0.right.raw] } == [[0, 1], [0, 2], [1, 2]])
  }

  @Test("A chain of thousands is checked where one account connects two, in time that grows with it")
  func longChain() throws {
    var maker = InputMaker()
    let accounts = (0..<2_000).map { number in maker.account(number % 2 == 0 ? .x : .telegram) }
    for (number, account) in accounts.enumerated() {
      maker.show(account, .dateOfBirth, "\(1900 + number % 100)-01-02")
      if number > 0 { maker.show(account, .email, "e\(number - 1)@example.org") }
      maker.show(account, .email, "e\(number)@example.org")
    }
    let run = maker.run()
    #expect(run.pairs.count == 1_999 + 1_998)
  }

  @Test("Accounts that nothing connects are not compared, whatever speaks against them")
  func strangers() {
    var maker = InputMaker()
    for year in 1950..<1990 { maker.show(maker.account(), .dateOfBirth, "\(year)-01-02") }
    maker.input.conversations.append(
      .init(left: AccountNode(raw: 0), right: AccountNode(raw: 1), messages: 4, reference: 1))
    #expect(maker.run().pairs.isEmpty)
  }

  @Test("Of two exports of one conversation the longer counts, in either order")
  func longerExport() throws {
    for counts in [[20, 30], [30, 20]] {
      let run = chain { maker, one, other in
        for messages in counts {
          maker.input.conversations.append(.init(left: one, right: other, messages: messages, reference: 1))
        }
      }
      let ends = try #require(run.pairs.first { $0.left.raw == 0 && $0.right.raw == 2 })
      #expect(ends.items.contains { $0.statement.contains("30 messages") })
    }
  }

  @Test("Who poses as a protected account is told of, whatever speaks against one controller")
  func impostor() throws {
    var maker = InputMaker()
    let (victim, impostor) = (maker.account(protected: true), maker.account(.x))
    maker.bystanders(60)
    for account in [victim, impostor] { maker.show(account, .handle, "qumorvixaltep") }
    maker.show(victim, .dateOfBirth, "1990-02-03")
    maker.show(impostor, .dateOfBirth, "1991-02-03")
    let run = maker.run()
    #expect(try #require(run.pairs.first).log10LR < 3)
    let held = try #require(run.clustering.held.first)
    #expect(held.cause == .protectedAccount && held.log10LR >= 3)
    #expect(run.clustering.merges.isEmpty)
  }
}
