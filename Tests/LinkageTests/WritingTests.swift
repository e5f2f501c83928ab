import AccountModel
import Linkage
import Synchronization
import Testing

@Suite("How accounts write, as evidence")
struct WritingTests {
  /// Two accounts that share an address, two that share nothing, and what their texts say.
  private func run(
    _ findings: [WritingComparison.Pair: WritingComparison.Finding],
    candidates: [WritingComparison.Pair] = [],
    threshold: Double = 3, threads: Int = 1
  ) -> LinkageRun {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.telegram))
    maker.show(one, .email, "a@example.org")
    maker.show(other, .email, "a@example.org")
    maker.bystanders(30)
    maker.input.writing = WritingComparison(candidates: candidates) { findings[$0] }
    return maker.run(threshold: threshold, threads: threads)
  }

  private func pair(_ left: UInt32, _ right: UInt32) -> WritingComparison.Pair {
    .init(AccountNode(raw: right), AccountNode(raw: left))
  }

  private func evidence(_ run: LinkageRun, _ left: UInt32, _ right: UInt32) -> PairEvidence? {
    run.pairs.first { $0.left.raw == left && $0.right.raw == right }
  }

  @Test("What is calibrated adds to what identifiers say, for and against")
  func adds() throws {
    let alone = try #require(evidence(run([:]), 0, 1)).log10LR
    for weight in [1.25, -1.25] {
      let found = run([
        pair(0, 1): .init(log10LR: weight, isCalibrated: true, statement: "they write alike", references: [7])
      ])
      let both = try #require(evidence(found, 0, 1))
      #expect(abs(both.log10LR - alone - weight) < 1e-12)
      let item = try #require(both.items.first { $0.family == .style })
      #expect(item.log10LR == weight && item.refersToRecords && item.references == [7])
      #expect(item.rule == "writing-compared" && item.statement == "they write alike")
    }
  }

  @Test("What is not calibrated is shown and adds nothing")
  func abstains() throws {
    let alone = try #require(evidence(run([:]), 0, 1)).log10LR
    let found = run([pair(0, 1): .init(log10LR: 9, isCalibrated: false, statement: "a score")])
    let both = try #require(evidence(found, 0, 1))
    #expect(both.log10LR == alone)
    let item = try #require(both.items.first { $0.family == .style })
    #expect(item.log10LR == 0 && item.rule == "writing-uncalibrated")
  }

  @Test("Texts alone propose a pair and never join it, however alike they are")
  func proposes() throws {
    for (weight, counted) in [(1.5, 1.5), (9, 2.5), (-9, -2.5)] {
      let found = run(
        [pair(2, 3): .init(log10LR: weight, isCalibrated: true, statement: "alike")],
        candidates: [pair(3, 2), pair(2, 2), pair(0, 1)])
      #expect(found.pairs.count == 2)
      #expect(try #require(evidence(found, 2, 3)).log10LR == counted)
      #expect(found.clustering.clusterOfAccount[2] != found.clustering.clusterOfAccount[3])
    }
  }

  @Test("At any threshold writing stays half a unit below it, and says what it does not count for")
  func staysBelowTheThreshold() throws {
    let finding = WritingComparison.Finding(log10LR: 1.88, isCalibrated: true, statement: "alike.")
    let expected = [(0.2, 0), (0.5, 0), (0.9, 0.4), (1.5, 1), (2.377, 1.87), (2.5, 1.88), (3, 1.88)]
    for (threshold, counted) in expected {
      let found = run([pair(2, 3): finding], candidates: [pair(2, 3)], threshold: threshold)
      let item = try #require(evidence(found, 2, 3)?.items.first)
      #expect(item.log10LR == counted && item.log10LRAlone == counted)
      #expect(item.statement.hasPrefix("alike."))
      #expect((item.statement == "alike.") == (counted == 1.88))
      #expect(found.clustering.clusterOfAccount[2] != found.clustering.clusterOfAccount[3])
      #expect(found.clustering.held.isEmpty)
    }
    let cut = run([pair(2, 3): finding], candidates: [pair(2, 3)], threshold: 1.5)
    #expect(
      try #require(evidence(cut, 2, 3)?.items.first).statement.contains("Of +1.88 it counts for +1.00: "))
  }

  @Test("Writing against two accounts counts in full at any threshold")
  func speaksAgainstInFull() throws {
    let finding = WritingComparison.Finding(log10LR: -2.1, isCalibrated: true, statement: "unlike")
    for threshold in [0.2, 1, 3] {
      let found = run([pair(2, 3): finding], candidates: [pair(2, 3)], threshold: threshold)
      let item = try #require(evidence(found, 2, 3)?.items.first)
      #expect(item.log10LR == -2.1 && item.statement == "unlike")
    }
  }

  /// Two groups of accounts, each held together by an address, all of which write alike across; `bridge` adds what else
  /// is known of the first of each.
  private func groups(
    _ threshold: Double, weight: Double, threads: Int = 1,
    bridge: (inout InputMaker, AccountNode, AccountNode) -> Void = { _, _, _ in }
  ) -> LinkageRun {
    var maker = InputMaker()
    let accounts = (0..<10).map { _ in maker.account() }
    for (number, account) in accounts.enumerated() {
      maker.show(account, .email, number < 5 ? "a@example.org" : "b@example.org")
    }
    bridge(&maker, accounts[0], accounts[5])
    maker.bystanders(60)
    let across = (0..<5).flatMap { one in (5..<10).map { pair(UInt32(one), UInt32($0)) } }
    maker.input.writing = WritingComparison(candidates: across) {
      across.contains($0) ? .init(log10LR: weight, isCalibrated: true, statement: "alike") : nil
    }
    return maker.run(threshold: threshold, threads: threads)
  }

  @Test("However many pairs of two clusters write alike, they stay two until more is known of one")
  func clustersNeedMore() {
    func apart(_ run: LinkageRun) -> Bool {
      run.clustering.clusterOfAccount[0] != run.clustering.clusterOfAccount[5]
    }
    for threshold in [0.3, 0.5, 1, 1.5, 2, 2.5, 3] {
      let run = groups(threshold, weight: 9)
      #expect(Set(run.clustering.clusterOfAccount[..<5]).count == 1)
      #expect(Set(run.clustering.clusterOfAccount[5..<10]).count == 1)
      #expect(apart(run))
      #expect(run.pairs.allSatisfy { $0.log10LR < threshold || $0.items.contains { $0.family != .style } })
      // A name that both show is worth 2: enough alone up to that, and with writing above.
      let named = groups(threshold, weight: 9) { maker, one, other in
        maker.show(one, .displayName, "Quill Marrow")
        maker.show(other, .displayName, "Quill Marrow")
      }
      #expect(!apart(named))
      let without = groups(threshold, weight: 0) { maker, one, other in
        maker.show(one, .displayName, "Quill Marrow")
        maker.show(other, .displayName, "Quill Marrow")
      }
      #expect(apart(without) == (threshold > 2))
    }
  }

  @Test("Neither threads nor the order of the candidates change anything")
  func isDeterministic() {
    let findings = Dictionary(
      uniqueKeysWithValues: (2..<30).map {
        (
          pair($0, $0 + 1),
          WritingComparison.Finding(log10LR: Double($0 % 5) - 1, isCalibrated: true, statement: "\($0)")
        )
      })
    let sorted = findings.keys.sorted()
    let one = run(findings, candidates: sorted)
    let other = run(findings, candidates: sorted.reversed(), threads: 2)
    #expect(one.pairs.map(\.items) == other.pairs.map(\.items))
    #expect(one.clustering.clusterOfAccount == other.clustering.clusterOfAccount)
  }

  @Test("Whose words a mail has is a claim: it does not add to an address that the mail claims as well")
  func forgedSender() throws {
    func weight(_ platform: Platform, log10LR: Double) throws -> PairEvidence {
      var maker = InputMaker()
      let (one, other) = (maker.account(platform), maker.account(.x))
      maker.bystanders(60)
      maker.show(one, .ip, "192.0.2.1", assertion: .claimed, label: "received", time: 0)
      maker.show(other, .ip, "192.0.2.1", time: 60_000_000)
      maker.input.writing = WritingComparison(candidates: []) { _ in
        .init(log10LR: log10LR, isCalibrated: true, statement: "How they write was compared.")
      }
      return try #require(maker.run().pairs.first)
    }
    let mail = try weight(.email, log10LR: 2)
    #expect(mail.log10LR == 2)
    #expect(mail.items.contains { $0.statement.contains("only the mail says") })
    #expect(try weight(.instagram, log10LR: 2).log10LR > 3)
    // What speaks against counts all the same.
    #expect(try weight(.email, log10LR: -2).log10LR < 0)
  }

  @Test("Whoever measures the texts hears first which accounts are compared, and of no others")
  func prepares() {
    final class Heard: Sendable {
      let pairs = Mutex<Set<WritingComparison.Pair>>([])
    }
    let heard = Heard()
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.telegram))
    maker.show(one, .email, "a@example.org")
    maker.show(other, .email, "a@example.org")
    maker.bystanders(30)
    maker.input.writing = WritingComparison(
      candidates: [pair(2, 3)], prepare: { pairs in heard.pairs.withLock { $0.formUnion(pairs) } }
    ) { asked in
      let isKnown = heard.pairs.withLock { $0.contains(asked) }
      return .init(log10LR: 0, isCalibrated: false, statement: isKnown ? "heard of" : "unheard of")
    }
    let run = maker.run()
    #expect(heard.pairs.withLock { $0 } == [pair(0, 1), pair(2, 3)])
    #expect(
      run.pairs.map { $0.items.first { $0.family == .style }?.statement } == ["heard of", "heard of"])
  }
}
