import AccountModel
import Linkage
import Testing

@Suite("An account that comes after a block, as evidence")
struct SuccessionTests {
  private static let hour: Int64 = 3_600_000_000
  private static let day = 24 * hour

  private func succession(
    _ delay: Int64, observed: Int64 = 120 * day, others: Int = 0, references: [Int64] = [3, 9]
  ) -> LinkageInput.Succession {
    .init(
      blocked: AccountNode(raw: 1), newcomer: AccountNode(raw: 0), delay: delay, observed: observed,
      othersBetween: others, references: references)
  }

  private func run(_ successions: [LinkageInput.Succession], others: (inout InputMaker) -> Void = { _ in })
    -> LinkageRun
  {
    var maker = InputMaker()
    maker.bystanders(30)
    maker.input.successions = successions
    others(&maker)
    return maker.run()
  }

  private func item(_ successions: [LinkageInput.Succession]) -> EvidenceItem? {
    run(successions).pairs.first?.items.first
  }

  @Test("The weight is log10 of the two densities of the wait, as documented")
  func weight() throws {
    // returns = 1 / (4 h * ln(129,600)), chance = 1 / 2,880 h:
    // log10((.5 * .021236 + .5 * .000347) / (.05 * .021236 + .95 * .000347)) = .8895…
    #expect(try #require(item([succession(4 * Self.hour)])).log10LR == 0.89)
    // A minute and less: as much as it can be, one in ten of those who come so soon being others.
    for delay in [1, 1_000_000, 60_000_000] {
      #expect(try #require(item([succession(Int64(delay))])).log10LR == 1)
    }
    var last = 1.1
    for hours in [1, 6, 24, 72, 120] {
      let weight = try #require(item([succession(Int64(hours) * Self.hour)])).log10LR
      #expect(weight < last && weight > 0)
      last = weight
    }
  }

  @Test("Of a short time on record it says less, and of many years no more than of one")
  func observed() throws {
    func weight(_ days: Int) -> Double? {
      item([succession(12 * Self.hour, observed: Int64(days) * Self.day)])?.log10LR
    }
    #expect([365, 120, 60, 30, 18].map(weight) == [0.89, 0.73, 0.58, 0.4, 0.26])
    #expect([366, 3650].map(weight) == [0.89, 0.89])
    // In a week whoever is new comes within days of the block in any case.
    #expect([7, 1, 0].map(weight) == [nil, nil, nil])
  }

  @Test("A long wait, and none, say nothing: neither for nor against")
  func longWait() {
    for delay in [0, -1, 20 * Self.day, 90 * Self.day, 91 * Self.day, .max, .min] {
      #expect(run([succession(delay)]).pairs.isEmpty)
    }
  }

  @Test("It is looked at without a shared value, and joins nobody by itself")
  func alone() throws {
    let found = run([succession(60_000_000)])
    let pair = try #require(found.pairs.first)
    #expect(found.pairs.count == 1 && pair.left.raw == 0 && pair.right.raw == 1 && pair.log10LR == 1)
    let item = pair.items[0]
    #expect(item.family == .succession && item.rule == "appeared-after-block")
    #expect(item.refersToRecords && item.references == [3, 9])
    #expect(
      item.statement
        == "One was blocked, and 60 s later whoever had blocked it got the first message on record from the other"
        + " (from nobody else in between, in 120 days on record). Friends of somebody who was blocked may write then as"
        + " well, and so may somebody who was known before."
    )
    #expect(found.clustering.clusterOfAccount[0] != found.clustering.clusterOfAccount[1])
  }

  @Test("Of several blocks of a pair the weightiest counts, in whatever order they come")
  func several() throws {
    let all = [
      succession(5 * Self.hour, others: 2), succession(2 * Self.hour, others: 1, references: [5, 6]),
      succession(2 * Self.hour, references: [5, 7]), succession(30 * Self.day),
    ]
    let items = [all, all.reversed(), [all[2], all[0], all[3], all[1]]].map { item($0) }
    #expect(items.allSatisfy { $0 == items[0] })
    // Which of equal weights it is, imports do not decide: their order numbers the records.
    let equal = [succession(1_000_000, references: [8, 9]), succession(2_000_000, references: [3, 4])]
    #expect(item(equal)?.references == [8, 9] && item(equal.reversed())?.references == [8, 9])
    #expect(
      try #require(items[0]).references == [5, 6] && items[0]?.statement.contains("one other account") == true
    )
  }

  @Test("It adds to what the two share")
  func adds() throws {
    let shared: (inout InputMaker) -> Void = { maker in
      for account in [0, 1] { maker.show(AccountNode(raw: UInt32(account)), .email, "a@example.org") }
    }
    let alone = try #require(run([], others: shared).pairs.first).log10LR
    let both = try #require(run([succession(4 * Self.hour)], others: shared).pairs.first)
    #expect(abs(both.log10LR - alone - 0.89) < 1e-9 && both.items.count == 2)
  }
}
