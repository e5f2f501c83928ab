import AccountModel
import Linkage
import Testing

@Suite("The same words, as evidence")
struct RepetitionTests {
  private func run(
    posters: Int = 2, isPublic: Bool = false, accounts: Int = 30, platform: Platform = .instagram
  ) -> LinkageRun {
    var maker = InputMaker()
    _ = maker.account(platform)
    maker.bystanders(accounts - 1)
    maker.input.repetitions = [
      .init(
        left: AccountNode(raw: 1), right: AccountNode(raw: 0), posters: posters, isPublic: isPublic,
        text: "you will not get rid of me", references: [4, 7])
    ]
    return maker.run()
  }

  @Test("It is looked at without a shared value, says what it is, and joins nobody by itself")
  func alone() throws {
    let found = run()
    let pair = try #require(found.pairs.first)
    #expect(found.pairs.count == 1 && pair.left.raw == 0 && pair.right.raw == 1 && pair.log10LR == 1)
    let item = pair.items[0]
    #expect(item.family == .sharedMessage && item.rule == "same-words" && !item.isClaimed)
    #expect(item.refersToRecords && item.references == [4, 7])
    #expect(
      item.statement
        == "Both wrote the same, word for word (“you will not get rid of me”, written by 2 of 30 accounts)."
        + " Whoever passes on another's words does so as well.")
    #expect(found.clustering.clusterOfAccount[0] != found.clustering.clusterOfAccount[1])
  }

  @Test("Where others could read it it weighs less; in a mail it is a claim")
  func readable() throws {
    let item = try #require(run(isPublic: true).pairs.first?.items.first)
    #expect(item.log10LR == 0.5 && item.statement.contains("accounts, where others could read it)"))
    #expect(try #require(run(platform: .email).pairs.first?.items.first).isClaimed)
  }

  @Test("The more wrote it, the less it weighs, as documented")
  func posters() throws {
    // log10(.1 / (.002 + .5 * 2 / (100 + 50))) = 1.06, at most 1; of five log10(.1 / (.002 + .5 * 4 / 150)) = .814.
    let weights = try [2, 3, 5, 8, 12, 20].map {
      try #require(run(posters: $0, accounts: 100).pairs.first).log10LR
    }
    #expect(weights[1] == 1 && weights[2] == 0.81)
    #expect(weights == weights.sorted(by: >) && weights.allSatisfy { $0 >= 0 })
  }
}
