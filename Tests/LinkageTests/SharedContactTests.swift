import AccountModel
import Linkage
import Testing

/// What a home has in common beside a mailbox or a number that its people may share.
@Suite("A mailbox or a number beside a home")
struct SharedContactTests {
  private static let reason = "people of one home may share"

  private func pair(
    others: Int = 60, protected: Bool = false, _ show: (inout InputMaker, AccountNode, Int) -> Void
  ) throws -> PairEvidence {
    var maker = InputMaker()
    for number in 0..<2 {
      let account = maker.account(number == 0 ? .instagram : .x, protected: protected && number == 0)
      show(&maker, account, number)
    }
    maker.bystanders(others)
    return try #require(maker.run().pairs.first { $0.left.raw == 0 && $0.right.raw == 1 })
  }

  /// The mailbox or number alone, and with connection, address and line of the home.
  private func both(
    _ kind: IdentifierKind, _ text: String, others: Int, _ show: (inout InputMaker, AccountNode, Int) -> Void
  ) throws -> (alone: PairEvidence, atHome: PairEvidence) {
    let found = try [false, true].map { isAtHome in
      try pair(others: others) { maker, account, number in
        maker.show(account, kind, text)
        show(&maker, account, number)
        if isAtHome {
          maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000)
          maker.show(account, .postalAddress, "1 high street ab1 2cd")
          maker.show(account, .phone, "+442079460000", flags: ["fixed-line"])
        }
      }
    }
    return (found[0], found[1])
  }

  /// That both live at one place showed a parent and a child who is registered with the parent's mailbox to be one person.
  @Test(arguments: [20, 60, 300, 5_000])
  func aHomeAddsNothingToWhatItMayShare(others: Int) throws {
    for (kind, text) in [(IdentifierKind.email, "a@example.org"), (.phone, "+447700900123")] {
      let (alone, atHome) = try both(kind, text, others: others) { _, _, _ in }
      #expect(alone.log10LR > 3.8 && atHome.log10LR == 4)
      let limited = atHome.items.filter { $0.statement.contains(Self.reason) }
      #expect(limited.count == (alone.log10LR > 4 ? 4 : 3))
    }
  }

  /// With a date of birth of each that date tells, however many accounts there are, and a mailbox without the home weighs more.
  @Test(arguments: [60, 300, 5_000])
  func aChildUnderAParentsMailboxIsNotTheParent(others: Int) throws {
    let (alone, atHome) = try both(.email, "a@example.org", others: others) { maker, account, number in
      maker.show(account, .dateOfBirth, number == 0 ? "1984-02-03" : "2012-11-23")
    }
    #expect(atHome.log10LR == 2.5 && alone.log10LR > 2.9)
  }

  @Test("A carrier's address is no home")
  func carrier() throws {
    let found = try pair(others: 300) { maker, account, _ in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .ip, "100.64.0.1", flags: ["cgnat"])
    }
    #expect(found.log10LR == 5 && found.items[0].log10LR > 4.9)
  }

  /// Burners of one mailbox with invented dates of birth fell apart where both had come by one exit of a private network.
  @Test("An address that more accounts use than a home has shows no home", arguments: [(18, 2.5), (19, 3.5)])
  func crowd(others: Int, weight: Double) throws {
    var maker = InputMaker()
    for number in 0..<2 + others {
      let account = maker.account()
      maker.show(account, .ip, "192.0.2.1")
      if number > 1 { continue }
      maker.show(account, .email, "a@example.org")
      maker.show(account, .dateOfBirth, number == 0 ? "1984-02-03" : "1992-11-23")
    }
    maker.bystanders(800)
    let found = try #require(maker.run().pairs.first { $0.left.raw == 0 && $0.right.raw == 1 })
    #expect(found.log10LR >= weight && found.log10LR < weight + 0.5)
  }

  @Test("A home tells whom a number went to that may have been given to a stranger")
  func recycled() throws {
    let day: Int64 = 86_400_000_000
    var maker = InputMaker()
    for start in [0, 400 * day] {
      let account = maker.account(active: start...(start + 10 * day))
      maker.show(account, .phone, "+447700900123")
      maker.show(account, .ip, "192.0.2.1")
    }
    maker.bystanders(60)
    let found = try #require(maker.run().pairs.first)
    #expect(found.log10LR > 2 && found.items.allSatisfy { $0.log10LR == $0.log10LRAlone })
    #expect(found.items.allSatisfy { !$0.statement.contains(Self.reason) })
  }

  /// A child with a parent's mailbox and number on the family's tablet was the parent at +12, "extremely strong support".
  @Test(arguments: [20, 60, 300, 5_000])
  func mailboxNumberAndDeviceAreNotAdded(others: Int) throws {
    let found = try pair(others: others) { maker, account, _ in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .phone, "+447700900123")
      maker.show(account, .device, "d:1")
    }
    #expect(found.log10LR == 5 && found.items.filter { $0.statement.contains(Self.reason) }.count == 2)
    let port = try pair(others: others) { maker, account, number in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000, port: 50_000)
    }
    #expect(port.log10LR > 4.9 && port.log10LR <= 5)
  }

  /// Of two of which one stands for the other it was said how much both count for.
  @Test("Nothing is said to count that does not")
  func sentences() throws {
    let found = try pair(others: 20) { maker, account, number in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .device, "d:1")
      maker.show(account, .ip, "192.0.2.1", time: Int64(number) * 60_000_000, port: 50_000)
    }
    let limited = found.items.filter { $0.statement.contains(Self.reason) }
    #expect(limited.count == 2 && limited.allSatisfy { $0.statement.contains(" no more than +") })
    #expect(limited.filter { $0.log10LR == 0 }.count == 1)
    let home = try pair { maker, account, _ in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .ip, "192.0.2.1")
    }
    #expect(home.items.contains { $0.log10LR == 0 && $0.statement.contains(" nothing counts: ") })
  }

  @Test("A name counts beside a mailbox, so does a claim, and all that is shared with a protected account")
  func others() throws {
    let name = try pair { maker, account, _ in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .displayName, "qorvex blintley")
    }
    let protected = try pair(protected: true) { maker, account, _ in
      maker.show(account, .email, "a@example.org")
      maker.show(account, .device, "d:1")
    }
    #expect(name.log10LR > 6 && protected.log10LR > 7)
    let claimed = try pair { maker, account, _ in
      maker.show(account, .email, "a@example.org", assertion: .claimed)
      maker.show(account, .ip, "192.0.2.1")
    }
    for found in [name, protected, claimed] {
      #expect(found.items.allSatisfy { $0.log10LR == $0.log10LRAlone })
    }
  }
}
