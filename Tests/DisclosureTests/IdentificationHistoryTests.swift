import Disclosure
import Foundation
import Testing

/// The life of an identification as stored lines, and read back.
@Suite struct IdentificationHistoryTests {
  private static let corroboration = Identification.Corroboration(
    statement: "the number is in the subscriber's name", reference: "EX/4", isIndependent: true)

  private static let life: [(IdentificationEvent, StaffMember, Identification.State)] = [
    (.open, analyst, .hypothesis),
    (.step(.propose(personReference: "N/17", sourceReference: "EX/3")), analyst, .candidate),
    (
      .step(.corroborate([corroboration], contrary: "none found", reviewer: reviewer)), analyst,
      .corroborated
    ),
    (.age(isUnder18: false, basis: "date of birth in EX/4", approver: nil), officer, .corroborated),
    (.alertExamined(alerts: ["A1-A9"], finding: "an impostor"), officer, .corroborated),
    (.step(.confirm(rationale: "all agree")), officer, .confirmed),
    (.step(.withdraw(reason: "the device was sold")), officer, .withdrawn),
  ]

  private static func entries(
    _ life: [(IdentificationEvent, StaffMember, Identification.State)] = life,
    analysts: Set<String> = ["linker"], isLogged: Bool = true
  ) -> [IdentificationEntry] {
    life.enumerated().map { place, one in
      IdentificationEntry(
        action: one.0.action, state: one.2, time: 1_000 + Int64(place), who: one.1.id, isLogged: isLogged,
        content: .init(event: one.0, who: one.1, circumstances: .init(analysts: analysts)))
    }
  }

  private static func history(_ entries: [IdentificationEntry]) -> IdentificationHistory {
    IdentificationHistory(id: "I1", cluster: "C3", run: "ab", members: ["A1", "A2"], entries: entries)
  }

  @Test func eventsComeBackFromTheirForm() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let more: [IdentificationEvent] = [
      .age(isUnder18: nil, basis: "doubtful", approver: officer), .step(.reject(reason: "another user")),
    ]
    for event in Self.life.map({ $0.0 }) + more {
      let content = IdentificationEntry.Content(
        event: event, who: officer,
        circumstances: .init(analysts: ["b", "a"], hasProtectedAlert: true, authority: .charity))
      let bytes = try encoder.encode(content)
      #expect(try JSONDecoder().decode(IdentificationEntry.Content.self, from: bytes) == content)
      #expect(try encoder.encode(content) == bytes)
    }
    for text in [
      "{\"action\":\"guess\"}", "{\"action\":\"propose\"}", "{}",
      "{\"action\":\"confirm\",\"reason\":7}",
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(IdentificationEvent.self, from: Data(text.utf8))
      }
    }
  }

  @Test func aWholeLifeIsReadBack() throws {
    for length in 1...Self.life.count {
      let found = Self.history(Array(Self.entries().prefix(length)))
      #expect(found.problem == nil && found.state == Self.life[length - 1].2)
      #expect(found.identification?.state == found.state)
    }
    let whole = Self.history(Self.entries())
    #expect(whole.confirmedAt == 1_005 && whole.endedAt == 1_006)
    #expect(!whole.isOutsideLog && !whole.isConfirmedByAnalyst)
    #expect(whole.identification?.isUnder18 == false)
    #expect(whole.identification?.examinedAlerts == ["A1-A9"])
  }

  @Test func whatWasAlteredShows() throws {
    var lines = Self.entries()
    lines.remove(at: 2)
    #expect(Self.history(lines).problem != nil, "a review that is missing")
    var rewritten = Self.life
    rewritten[1].2 = .confirmed
    #expect(Self.history(Self.entries(rewritten)).problem != nil, "a state that was rewritten")
    #expect(Self.history(Self.entries(isLogged: false)).isOutsideLog)
    #expect(Self.history(Self.entries(analysts: [officer.id])).isConfirmedByAnalyst)
    let all = Self.entries()
    let erased = IdentificationEntry(
      action: all[5].action, state: all[5].state, time: all[5].time, who: all[5].who, isLogged: true,
      content: nil)
    let found = Self.history(Array(all.prefix(5)) + [erased])
    // What the report counts by stays: state and times.
    #expect(found.identification == nil && found.problem != nil)
    #expect(found.state == .confirmed && found.confirmedAt == 1_005)
  }

  @Test func whatEndedTakesNoMoreNotes() throws {
    let ended = try #require(Self.history(Self.entries()).identification)
    for event in [
      IdentificationEvent.age(isUnder18: true, basis: "x", approver: nil),
      .alertExamined(alerts: ["A1-A9"], finding: "x"),
    ] {
      guard
        case .notNow = Result(catching: { () throws(Refusal) in
          try ended.taking(event, by: officer, at: 2_000, .init())
        }).failure
      else {
        Issue.record("\(event.action) was taken")
        continue
      }
    }
  }

  @Test func liftingTheStopNeedsAnOfficerAndASecondPerson() throws {
    var found = try #require(Self.history(Array(Self.entries().prefix(3))).identification)
    found = try found.taking(
      .age(isUnder18: true, basis: "school photograph", approver: nil), by: analyst, at: 2_000, .init())
    func lift(_ who: StaffMember, _ approver: StaffMember?, analysts: Set<String> = []) -> Refusal? {
      Result(catching: { () throws(Refusal) in
        try found.taking(
          .age(isUnder18: false, basis: "birth certificate", approver: approver), by: who, at: 2_001,
          .init(analysts: analysts))
      }).failure
    }
    #expect(lift(analyst, officer) == .roleNeeded(.decider, who: analyst.id))
    guard case .missing = lift(officer, nil) else {
      Issue.record("one person lifted the stop")
      return
    }
    guard case .secondPersonNeeded = lift(officer, officer) else {
      Issue.record("the same person twice")
      return
    }
    // Whoever proposed the person or linked the accounts has a case to defend.
    let proposer = StaffMember(id: analyst.id, roles: [.analyst, .decider], rank: "inspector")
    for refusal in [lift(proposer, reviewer), lift(officer, reviewer, analysts: [officer.id])] {
      guard case .secondPersonNeeded = refusal else {
        Issue.record("an analyst of the link lifted the stop")
        return
      }
    }
    #expect(lift(officer, reviewer) == nil)
  }
}

extension Result {
  fileprivate var failure: Failure? {
    if case .failure(let failure) = self { return failure }
    return nil
  }
}
