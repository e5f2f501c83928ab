import AccountModel
import Linkage
import Testing

@Suite("How accounts write, as evidence")
struct WritingTests {
  /// Two accounts that share an address, two that share nothing, and what their texts say.
  private func run(
    _ findings: [WritingComparison.Pair: WritingComparison.Finding],
    candidates: [WritingComparison.Pair] = [],
    threads: Int = 1
  ) -> LinkageRun {
    var maker = InputMaker()
    let (one, other) = (maker.account(), maker.account(.telegram))
    maker.show(one, .email, "a@example.org")
    maker.show(other, .email, "a@example.org")
    maker.bystanders(30)
    maker.input.writing = WritingComparison(candidates: candidates) { findings[$0] }
    return maker.run(threads: threads)
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
}
