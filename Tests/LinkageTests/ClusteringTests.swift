import AccountModel
import Linkage
import Testing

/// A small generator with a fixed seed.
struct Seeded {
  private var state: UInt64
  init(_ seed: UInt64) { state = seed &+ 0x9E37_79B9_7F4A_7C15 }
  mutating func below(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}

/// Builds inputs by name.
struct InputMaker {
  var input = LinkageInput()
  private var keys: [LinkageInput.Key: KeyNode] = [:]
  private var reference: Int64 = 0

  mutating func account(
    _ platform: Platform = .instagram, protected: Bool = false, active: ClosedRange<Int64>? = nil
  ) -> AccountNode {
    input.accounts.append(.init(platform: platform, isProtected: protected, activity: active))
    return AccountNode(raw: UInt32(input.accounts.count - 1))
  }

  mutating func show(
    _ account: AccountNode, _ kind: IdentifierKind, _ text: String, rule: String = "", flags: [String] = [],
    assertion: Assertion = .platform, label: String = "", time: Int64? = nil, port: UInt16? = nil
  ) {
    let key = LinkageInput.Key(kind: kind, text: text, flags: flags)
    let node: KeyNode
    if let known = keys[key] {
      node = known
    } else {
      node = KeyNode(raw: UInt32(input.keys.count))
      input.keys.append(key)
      keys[key] = node
    }
    reference += 1
    input.sightings.append(
      .init(
        key: node, account: account, rule: rule, assertion: assertion, label: label, time: time, port: port,
        reference: reference))
  }

  /// Accounts that share nothing, so that two holders of a value are few among many.
  mutating func bystanders(_ count: Int) { for _ in 0..<count { _ = account() } }

  func run(threshold: Double = 3, threads: Int = 1) -> LinkageRun {
    var settings = LinkageSettings()
    settings.threshold = threshold
    return LinkageRun(input, settings: settings, threads: threads)
  }
}

@Suite("Clustering")
struct ClusteringTests {
  @Test("Sets know their sizes and how many are left")
  func unionFind() {
    var sets = UnionFind(count: 6)
    let joined = [sets.union(0, 1), sets.union(2, 3), sets.union(1, 3), sets.union(0, 2)]
    #expect(joined == [true, true, true, false])
    #expect(sets.setCount == 3)
    #expect(sets.size(of: 2) == 4)
    #expect(sets.size(of: 5) == 1)
  }

  @Test("A shared e-mail address joins, a stranger stays alone")
  func join() {
    var maker = InputMaker()
    let (one, other, stranger) = (maker.account(), maker.account(.telegram), maker.account())
    maker.bystanders(20)
    maker.show(one, .email, "a@example.org")
    maker.show(other, .email, "a@example.org")
    maker.show(stranger, .email, "b@example.org")
    let run = maker.run()
    let cluster = run.clustering.clusterOfAccount
    #expect(cluster[Int(one.raw)] == cluster[Int(other.raw)])
    #expect(cluster[Int(stranger.raw)] != cluster[Int(one.raw)])
    #expect(run.clustering.merges.count == 1)
  }

  @Test("Nothing joins a protected account, and whoever would is reported")
  func protected() {
    var maker = InputMaker()
    let (victim, impostor, friend) = (maker.account(protected: true), maker.account(), maker.account(.x))
    maker.bystanders(20)
    for account in [victim, impostor, friend] { maker.show(account, .email, "v@example.org") }
    let run = maker.run(threshold: 2)
    let cluster = run.clustering.clusterOfAccount
    #expect(cluster.filter { $0 == cluster[Int(victim.raw)] }.count == 1)
    #expect(cluster[Int(impostor.raw)] == cluster[Int(friend.raw)])
    #expect(run.clustering.held.map(\.cause) == [.protectedAccount, .protectedAccount])
  }

  /// Of two links of equal weight that cannot both stand the first import told which did.
  @Test func whichOfEqualLinksStandsIsNotForTheOrderOfImports() {
    func partner(_ imported: [String]) -> String {
      var maker = InputMaker()
      for name in imported {
        let account = maker.account()
        for other in ["b", "c"] where name == "a" || name == other {
          maker.show(account, .email, "\(other)@example.org")
        }
        if name != "a" { maker.show(account, .dateOfBirth, name == "b" ? "1990-02-03" : "1961-05-04") }
      }
      maker.input.accountOrder = imported.map { UInt32(["a", "b", "c"].firstIndex(of: $0) ?? 0) }
      let run = maker.run()
      #expect(run.clustering.held.map(\.cause) == [.evidenceAgainst])
      let merge = run.clustering.merges[0]
      return [merge.left, merge.right].map { imported[Int($0.raw)] }.first { $0 != "a" } ?? ""
    }
    for imported in [
      ["a", "b", "c"], ["a", "c", "b"], ["b", "a", "c"], ["c", "b", "a"], ["c", "a", "b"],
    ] {
      #expect(partner(imported) == "b", "\(imported)")
    }
  }

  /// What does not link its holders by itself is listed for whoever looks at them, unless all of them are joined all the same.
  @Test(arguments: [(5, false), (4, true)])
  func aValueIsListedUnlessAllWhoHoldItAreJoined(joined: Int, isListed: Bool) {
    var maker = InputMaker()
    for number in 0..<5 {
      let account = maker.account()
      maker.show(account, .device, "d:1")
      if number < joined { maker.show(account, .email, "a@example.org") }
    }
    maker.bystanders(10)
    #expect(maker.run().commonKeys.map(\.holders) == (isListed ? [5] : []))
  }

  @Test("A human's word holds across clusters: different keeps apart, same joins")
  func judgements() {
    var maker = InputMaker()
    let nodes = (0..<4).map { _ in maker.account() }
    maker.bystanders(20)
    for (left, right) in [(0, 1), (1, 2), (2, 3)] {
      maker.show(nodes[left], .email, "m\(left)@example.org")
      maker.show(nodes[right], .email, "m\(left)@example.org")
    }
    maker.input.constraints = [.init(left: nodes[0], right: nodes[3], judgement: .different)]
    var run = maker.run()
    #expect(run.clustering.clusterOfAccount[0] != run.clustering.clusterOfAccount[3])
    #expect(run.clustering.held.map(\.cause) == [.judgedDifferent])

    let loner = maker.account()
    maker.input.constraints.append(.init(left: nodes[0], right: loner, judgement: .same))
    run = maker.run()
    #expect(run.clustering.clusterOfAccount[0] == run.clustering.clusterOfAccount[Int(loner.raw)])
    #expect(run.clustering.merges.first?.log10LR == .infinity)
  }

  @Test("The result does not depend on the order of sightings or the number of threads")
  func determinism() {
    var random = Seeded(11)
    var maker = InputMaker()
    let accounts = (0..<400).map { _ in maker.account() }
    for (number, account) in accounts.enumerated() {
      maker.show(account, .email, "m\(random.below(250))@example.org")
      maker.show(account, .handle, "grimreefer\(random.below(120))")
      maker.show(account, .ip, "192.0.2.\(random.below(60))", time: Int64(number) * 1_000_000_000)
    }
    let reference = maker.run(threshold: 1.5)
    let two = maker.run(threshold: 1.5, threads: 2)
    var shuffled = maker
    for position in shuffled.input.sightings.indices {
      shuffled.input.sightings.swapAt(position, random.below(shuffled.input.sightings.count))
    }
    let other = shuffled.run(threshold: 1.5)
    for run in [two, other] {
      #expect(run.clustering.clusterOfAccount == reference.clustering.clusterOfAccount)
      #expect(run.clustering.merges == reference.clustering.merges)
      #expect(run.pairs.map(\.items) == reference.pairs.map(\.items))
    }
    #expect(!reference.clustering.merges.isEmpty)
  }

  @Test("The forest has one merge fewer than each cluster has accounts")
  func forest() {
    var random = Seeded(5)
    var maker = InputMaker()
    for _ in 0..<200 {
      let account = maker.account()
      maker.show(account, .email, "m\(random.below(90))@example.org")
    }
    let run = maker.run(threshold: 2)
    let clusters = Set(run.clustering.clusterOfAccount).count
    #expect(run.clustering.merges.count == 200 - clusters)
  }
}
