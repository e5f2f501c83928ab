import AccountModel
import Linkage
import Testing

/// Handles that a platform gave to one account and then to another.
@Suite struct PassedOnHandleTests {
  private static let handle = "quorvexlintorp"

  private static func maker(
    ids: [String?], _ platform: Platform = .instagram, protected: Bool = false
  ) -> InputMaker {
    var maker = InputMaker()
    for (place, id) in ids.enumerated() {
      let account = maker.account(platform, protected: protected && place == 0)
      maker.show(account, .handle, handle)
      if let id { maker.show(account, .platformID, id) }
    }
    maker.bystanders(40)
    return maker
  }

  @Test(
    "Two ids are two accounts, of which one took the other's handle",
    arguments: [
      (["66010001", "66010002"], false),
      (["66010001", nil], true),
      // Two forms of id may be of one account.
      (["66010001", "17841400000000002"], true),
      (["66010001", "0f8fad5b-d9cb-469f-a165-70867728950e"], true),
      (["0f8fad5b-d9cb-469f-a165-70867728950d", "0f8fad5b-d9cb-469f-a165-70867728950e"], false),
      // So may one that a spreadsheet or a script rounded, and what Facebook shows in place of an id.
      (["1541812345678901234", "1541812345678900000"], true),
      (["1541812345678901234", "1541812345678901200"], true),
      (["1541812345678901234", "1541812345688901234"], false),
      (["pfbid02quorvexlintorp", "pfbid02blintleyrookab"], true),
    ])
  func twoIds(_ ids: [String?], isOne: Bool) throws {
    let pair = try #require(Self.maker(ids: ids).run().pairs.first)
    #expect(pair.log10LR == (isOne ? 3.7 : 2.5))
    #expect(pair.items[0].statement.contains("released and taken again") != isOne)
  }

  @Test func whoShowsTheHandleAloneJoinsNeither() {
    let run = Self.maker(ids: ["66010001", "66010002", nil]).run()
    #expect(run.pairs.map(\.log10LR) == [2.5, 2.5, 2.5])
    #expect(run.clustering.merges.isEmpty)
  }

  @Test func whoHasItOnAnotherServiceJoinsNeither() {
    var maker = Self.maker(ids: ["66010001", "66010002"])
    for platform in [Platform.x, .tiktok] {
      let account = maker.account(platform)
      maker.show(account, .handle, Self.handle)
    }
    let run = maker.run()
    // The two of services that gave it once are one as before.
    let joined = run.clustering.merges.map { platforms($0.left, $0.right, maker) }
    #expect(joined == [[.tiktok, .x]])
    #expect(run.pairs.filter { $0.log10LR == 2.5 }.count == 5)
  }

  private func platforms(_ left: AccountNode, _ right: AccountNode, _ maker: InputMaker) -> [Platform] {
    [left, right].map { maker.input.accounts[Int($0.raw)].platform }.sorted { $0.rawValue < $1.rawValue }
  }

  /// Nor does a form of it that leaves out what separates its words.
  @Test func aLooseFormOfItWeighsNoMore() throws {
    var maker = InputMaker()
    for id in ["66010001", "66010002"] {
      let account = maker.account()
      maker.show(account, .handle, "quorvex.lintorp")
      maker.show(account, .handle, "quorvexlintorp", rule: "separators")
      maker.show(account, .platformID, id)
    }
    maker.bystanders(40)
    #expect(try #require(maker.run().pairs.first).log10LR == 2.5)
  }

  /// A handle that only these two accounts have had tells them as before.
  @Test func anotherHandleInCommonCounts() throws {
    var maker = Self.maker(ids: ["66010001", "66010002", nil])
    for account in [0, 2] { maker.show(AccountNode(raw: UInt32(account)), .handle, "blintley_rook") }
    let weights = maker.run().pairs.map { [Int($0.left.raw), Int($0.right.raw)] + [Int($0.log10LR * 10)] }
    #expect(weights == [[0, 1, 25], [0, 2, 37], [1, 2, 25]])
  }

  @Test func whoTookAProtectedAccountsHandleIsToBeLookedAt() {
    let run = Self.maker(ids: ["66010001", "66010002"], protected: true).run()
    #expect(run.clustering.held.map(\.cause) == [.protectedAccount])
  }
}
