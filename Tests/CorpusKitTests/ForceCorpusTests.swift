import CorpusKit
import Disclosure
import Foundation
import TestSupport
import Testing

@Suite("A force's disclosures") struct ForceCorpusTests {
  /// Every state, every reason, both rule sets, pauses, partial disclosures: what a report must cope with.
  @Test func everyStateIsThere() throws {
    let force = try ForceCorpus(disclosures: 5_000, seed: 1)
    let histories = force.disclosures.map(\.history)
    #expect(histories.count > 5_000, "what was held back has records of its own")
    #expect(Set(histories.map(\.state)) == Set(DisclosureState.allCases))
    #expect(Set(histories.flatMap { $0.deferrals.flatMap(\.reasons) }) == Set(ReasonCode.allCases))
    #expect(Set(histories.map(\.rules.version)).count == 2)
    #expect(histories.contains { $0.clocks.contains { !$0.pauses.isEmpty } })
    #expect(histories.contains { $0.parent != nil })
    #expect(histories.contains { $0.isEnhanced } && histories.contains { !$0.isEnhanced })
    for history in histories {
      #expect(history.entries.allSatisfy { $0.time < ForceCorpus.end })
      #expect(zip(history.entries, history.entries.dropFirst()).allSatisfy { $0.recordedAt <= $1.recordedAt })
    }
  }

  /// The rules accept every record but those into which a breach was planted, and each of these shows.
  @Test func breachesArePlantedAndNothingElse() throws {
    let force = try ForceCorpus(disclosures: 3_000, seed: 6)
    var found: [String: [String]] = [:]
    for told in force.disclosures {
      let name = "\(told.caseReference) \(told.history.id)"
      let violations = told.history.violations
      if violations.contains(.deciderIsAnalyst) { found["decider-is-analyst", default: []].append(name) }
      if violations.contains(.toldBeforeConfirmation) {
        found["told-before-confirmation", default: []].append(name)
      }
      if violations.contains(.refusalWithoutSecondPerson) {
        found["refusal-without-second-person", default: []].append(name)
      }
      if violations.contains(.withdrawnWithoutCorrection) {
        found["withdrawn-without-correction", default: []].append(name)
      }
      if violations.contains(.outsideLog) { found["outside-log", default: []].append(name) }
      if told.history.problem != nil { found["unreplayable", default: []].append(name) }
    }
    #expect(found == force.planted)
    #expect(force.planted.values.allSatisfy { !$0.isEmpty })
  }
}
