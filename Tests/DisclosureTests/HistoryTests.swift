import Disclosure
import Foundation
import Testing

/// Stored lines of a life that lacks nothing.
private func entries(
  to state: DisclosureState, analysts: Set<String> = ["analyst"], isLogged: Bool = true
) throws -> [DisclosureEntry] {
  var circumstances = Samples.clear
  circumstances.analysts = analysts
  var entries: [DisclosureEntry] = []
  for (place, step) in Samples.way(state).enumerated() {
    let time = Samples.start + Int64(place)
    entries.append(
      DisclosureEntry(
        action: step.action, state: step.target, time: time, recordedAt: time, who: Samples.who(step).id,
        isLogged: isLogged,
        content: DisclosureEntry.Content(
          event: .step(step), who: Samples.who(step), circumstances: circumstances)))
  }
  return entries
}

private func history(
  _ entries: [DisclosureEntry], confirmedAt: Int64? = Samples.start, endedAt: Int64? = nil
) -> DisclosureHistory {
  DisclosureHistory(
    id: "D1", basis: .init(id: "I1", confirmedAt: confirmedAt, endedAt: endedAt), parent: nil, unit: "North",
    authority: .force, rules: .proposal, isEnhanced: false, entries: entries)
}

@Suite struct HistoryTests {
  private static let events: [DisclosureEvent] =
    Samples.steps.map { .step($0) } + [
      .heldBack(Samples.deferral(), items: [.identity, .address], confirmedAt: Samples.start),
      .requesterCheck(isClear: true, how: "by telephone"), .pause(.delivery, reason: "in hospital"),
      .resume(.delivery), .occurrence(.arrest, at: Samples.start),
      .told(.arrest, at: Samples.start, how: "by telephone"),
    ]

  @Test func eventsComeBackFromTheirForm() throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    for event in Self.events {
      let content = DisclosureEntry.Content(event: event, who: officer, circumstances: Samples.clear)
      let bytes = try encoder.encode(content)
      #expect(try JSONDecoder().decode(DisclosureEntry.Content.self, from: bytes) == content)
      #expect(String(decoding: bytes, as: UTF8.self).contains("\"action\":\"\(event.action)\""))
    }
    let names = Set(Self.events.map(\.action))
    #expect(names.count == Self.events.count)
    for text in [
      "{\"action\":\"seal\"}", "{\"action\":\"decide\"}", "{}", "{\"action\":\"pause\",\"clock\":\"x\"}",
    ] {
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(DisclosureEvent.self, from: Data(text.utf8))
      }
    }
  }

  @Test func everyStateIsReadBack() throws {
    for state in DisclosureState.allCases where state != .referredToPolice && state != .policeDecisionReported
    {
      let found = history(try entries(to: state))
      #expect(found.problem == nil && found.state == state && found.record?.state == state)
      #expect(found.violations.isEmpty)
      // What nobody has called due although it was confirmed is timed all the same.
      let clocks = state == .notDue ? [.decision, .endToEnd] : found.record?.clocks.map(\.kind) ?? []
      #expect(found.clocks.map(\.kind) == clocks, "\(state)")
      if state != .notDue { #expect(found.clocks == found.record?.clocks, "\(state)") }
    }
  }

  @Test func whatWasAlteredShows() throws {
    var lines = try entries(to: .disclosed)
    let last = try #require(lines.last)
    lines.removeLast()
    // A step that was cut out, a state that was rewritten, somebody else's name, content that is gone.
    #expect(history([lines[0]] + lines[2...] + [last]).problem != nil)
    func replaced(
      _ action: String, _ state: DisclosureState, _ who: String, _ content: DisclosureEntry.Content?
    )
      -> DisclosureHistory
    {
      history(
        lines + [
          DisclosureEntry(
            action: action, state: state, time: last.time, recordedAt: last.time, who: who, isLogged: true,
            content: content)
        ])
    }
    #expect(replaced(last.action, .disclosed, last.who, last.content).problem == nil)
    #expect(replaced(last.action, .acknowledged, last.who, last.content).problem != nil)
    #expect(replaced(last.action, .disclosed, "other", last.content).problem != nil)
    #expect(replaced("close", .disclosed, last.who, last.content).problem != nil)
    let erased = replaced(last.action, .disclosed, last.who, nil)
    #expect(erased.problem != nil && erased.record == nil && erased.state == .disclosed)
    // The times stay, so that a report still counts what was erased.
    #expect(erased.clocks.contains { $0.kind == .endToEnd && $0.stop == last.time })
  }

  @Test func violationsAreSeenWhateverTheRulesSay() throws {
    #expect(history(try entries(to: .disclosed, analysts: [officer.id])).violations == .deciderIsAnalyst)
    #expect(history(try entries(to: .disclosed, isLogged: false)).violations == .outsideLog)
    let told = try entries(to: .disclosed)
    #expect(history(told, confirmedAt: nil).violations == .toldBeforeConfirmation)
    #expect(history(told, confirmedAt: Samples.start + 1_000).violations == .toldBeforeConfirmation)
    #expect(
      history(told, endedAt: Samples.start + 1).violations
        == [.toldBeforeConfirmation, .withdrawnWithoutCorrection])
    // Within one second the order of the lines tells: the correction became due after the telling.
    let both = try entries(to: .correctionDue)
    let telling = try #require(both.first { $0.state == .disclosed }).time
    #expect(history(both, endedAt: telling).violations.isEmpty)
    #expect(
      history(told, endedAt: telling).violations == [.toldBeforeConfirmation, .withdrawnWithoutCorrection])
    // Told first, and then it fell: a correction is due, or was made after that.
    #expect(history(told, endedAt: Samples.start + 100).violations == .withdrawnWithoutCorrection)
    #expect(
      history(try entries(to: .closed), endedAt: Samples.start + 100).violations
        == .withdrawnWithoutCorrection)
    #expect(history(try entries(to: .correctionDue), endedAt: Samples.start + 100).violations.isEmpty)
    let corrected = try entries(to: .corrected)
    let time = try #require(corrected.last).time
    #expect(history(corrected, endedAt: time).violations.isEmpty)
    #expect(history(corrected, endedAt: time + 1).violations == .withdrawnWithoutCorrection)
    #expect(history(try entries(to: .scheduled), endedAt: Samples.start + 100).violations.isEmpty)
    let alone = DisclosureStep.refuse(Samples.denial(approver: officer))
    let refusal = DisclosureEntry(
      action: "refuse", state: .refused, time: Samples.start + 9, recordedAt: Samples.start + 9,
      who: officer.id, isLogged: true,
      content: .init(event: .step(alone), who: officer, circumstances: Samples.clear))
    #expect(
      history(try entries(to: .underReview) + [refusal]).violations == .refusalWithoutSecondPerson)
  }

  @Test func deferralsKeepTheirReasonsAndEnds() throws {
    let found = try #require(history(try entries(to: .deferred)).deferrals.first)
    #expect(found.reasons == [.investigation] && found.saysWhatEndsIt && found.reviewedAt == nil)
    #expect(!found.isWithoutEnd(now: Samples.start) && found.isWithoutEnd(now: Samples.start + 9 * 86_400))
  }
}

@Suite struct EventTests {
  private func refusal(
    _ event: DisclosureEvent, from state: DisclosureState, by who: StaffMember = officer
  ) throws -> Refusal? {
    let record = try Samples.record(state)
    do throws(Refusal) {
      _ = try record.taking(event, by: who, at: Samples.start + 100, Samples.clear)
      return nil
    } catch { return error }
  }

  @Test func onlyAClockThatRunsAndMayStandIsPaused() throws {
    #expect(try refusal(.pause(.decision, reason: "court"), from: .due) == nil)
    #expect(try refusal(.pause(.decision, reason: " "), from: .due) == .missing(["the reason"], to: "pause"))
    for (clock, state) in [
      (ClockKind.delivery, DisclosureState.due), (.decision, .decidedDisclose), (.right6, .due),
      (.correction, .correctionDue), (.deferralReview, .deferred),
    ] {
      guard case .notNow = try refusal(.pause(clock, reason: "court"), from: state) else {
        Issue.record("\(clock) stood in \(state)")
        continue
      }
    }
    guard case .notNow = try refusal(.resume(.decision), from: .due) else {
      Issue.record("a clock that ran was resumed")
      return
    }
    #expect(
      try refusal(.pause(.decision, reason: "court"), from: .due, by: discloser)
        == .roleNeeded(.decider, who: discloser.id))
  }

  @Test func aPauseEndsWithItsClock() throws {
    var record = try Samples.record(.underReview)
    let day: Int64 = 86_400
    record =
      try record.taking(
        .pause(.decision, reason: "court"), by: officer, at: Samples.start + day, Samples.clear
      ).record
    record =
      try record.taking(
        .step(.decideToDisclose(Samples.decision())), by: officer, at: Samples.start + 3 * day, Samples.clear
      ).record
    #expect(!record.isPaused(.decision))
    let clock = try #require(record.clocks.first { $0.kind == .decision })
    #expect(clock.paused(now: Samples.start + 9 * day) == 2 * day)
    #expect(clock.elapsed(now: Samples.start + 9 * day) == 3 * day)
  }

  @Test func theVictimIsToldOfWhatHappens() throws {
    var record = try Samples.record(.due)
    let now = Samples.start + 100
    let arrest = DisclosureEvent.occurrence(.arrest, at: Samples.start + 50)
    record = try record.taking(arrest, by: officer, at: now, Samples.clear).record
    let due = try record.dueDates(now: now, holidays).first { $0.clock.kind == .right6 }
    #expect(due?.clock.start == Samples.start + 50 && due?.clock.stop == nil)
    let told = DisclosureEvent.told(.arrest, at: now, how: "by telephone")
    record = try record.taking(told, by: discloser, at: now, Samples.clear).record
    #expect(record.clocks.first { $0.kind == .right6 }?.stop == now)
    #expect(throws: Refusal.self) { try record.taking(told, by: discloser, at: now, Samples.clear) }
    guard case .dateOutOfRange = try refusal(.occurrence(.arrest, at: now + 1), from: .due) else {
      Issue.record("an arrest in the future")
      return
    }
  }

  /// Of two arrests the later is noted first.
  @Test func theVictimIsToldOfWhatHappenedFirst() throws {
    var record = try Samples.record(.due)
    let now = Samples.start + 100
    for time in [Samples.start + 50, Samples.start + 10] {
      record = try record.taking(.occurrence(.arrest, at: time), by: officer, at: now, Samples.clear).record
    }
    func tell(_ record: DisclosureRecord, at time: Int64) throws -> DisclosureRecord {
      try record.taking(
        .told(.arrest, at: time, how: "by telephone"), by: discloser, at: now, Samples.clear
      ).record
    }
    #expect(throws: Refusal.self) { try tell(record, at: Samples.start + 9) }
    record = try tell(record, at: Samples.start + 20)
    #expect(record.occurrences.map(\.toldAt) == [nil, Samples.start + 20])
    // Nobody is told of the other before it happened.
    #expect(throws: Refusal.self) { try tell(record, at: Samples.start + 49) }
    record = try tell(record, at: Samples.start + 60)
    #expect(record.occurrences.map(\.toldAt) == [Samples.start + 60, Samples.start + 20])
  }

  @Test func aCharityNotesOnlyWhoAsks() throws {
    let record = DisclosureRecord(authority: .charity, rules: .proposal, isEnhanced: false)
    for event in [
      DisclosureEvent.pause(.decision, reason: "x"), .resume(.decision),
      .occurrence(.arrest, at: Samples.start), .told(.arrest, at: Samples.start, how: "x"),
    ] {
      #expect(throws: Refusal.notFor(.charity, step: event.action)) {
        try record.taking(event, by: officer, at: Samples.start, Samples.clear)
      }
    }
    _ = try record.taking(
      .requesterCheck(isClear: true, how: "known"), by: analyst, at: Samples.start, Samples.clear)
  }
}
