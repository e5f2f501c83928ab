import Disclosure
import Testing

/// Steps that lack nothing, from 1 June 2026 on.
enum Samples {
  static let start: Int64 = 1_780_300_800
  static let hash = String(repeating: "0f", count: 32)

  static var clear: DisclosureRecord.Circumstances {
    var circumstances = DisclosureRecord.Circumstances()
    circumstances.isSuspectUnder18 = false
    circumstances.isRequesterChecked = true
    circumstances.analysts = ["analyst"]
    return circumstances
  }

  static func deferral(
    reasons: Set<ReasonCode> = [.investigation], evidence: String = "arrest planned", days: Int = 7,
    endsWhen: String = "the arrest"
  ) -> DisclosureStep.Deferral {
    DisclosureStep.Deferral(
      reasons: reasons, evidence: evidence, reviewBy: LondonTime.date(of: start).adding(days),
      endsWhen: endsWhen)
  }

  static func decision(
    rationale: String = "earliest opportunity", items: Set<NoticeItem> = [.identity, .status],
    withheld: Set<NoticeItem> = [], deferral: DisclosureStep.Deferral? = nil, risk: String = "RA/1",
    plan: String = "SP/1", addressReason: String? = nil
  ) -> DisclosureStep.Decision {
    DisclosureStep.Decision(
      rationale: rationale, items: items, withheld: withheld, deferral: deferral, riskAssessment: risk,
      safetyPlan: plan, addressReason: addressReason)
  }

  static func denial(
    rationale: String = "court order", approver: StaffMember = second, route: String = "the force's review"
  ) -> DisclosureStep.Denial {
    DisclosureStep.Denial(
      reason: .courtOrder, rationale: rationale, approver: approver, routeOfChallenge: route)
  }

  static func delivery(
    method: String = "in person", recipients: [String] = ["the victim"], hash: String = hash
  ) -> DisclosureStep.Delivery {
    DisclosureStep.Delivery(method: method, recipients: recipients, noticeHash: hash)
  }

  static let partial = decision(items: [.status], withheld: [.identity], deferral: deferral())

  static let steps: [DisclosureStep] = [
    .becomeDue(confirmedAt: start), .review, .decideToDisclose(decision()), .decidePartly(partial),
    .postpone(deferral()), .refuse(denial()), .victimDeclines(statement: "not now"),
    .victimWishes(statement: "yes"), .schedule(channel: "at the station", discloser: discloser),
    .reportNoContact(attempts: "three calls"), .deliver(delivery()), .acknowledge(how: "signed"), .close,
    .supersede(reason: "withdrawn"), .requireCorrection(reason: "another person", recipients: ["the victim"]),
    .correct(told: ["the victim"], noticeHash: hash), .referToPolice(force: "Kent", reference: "K/1"),
    .reportPoliceDecision(decision: "disclosed", reference: "K/2"),
  ]

  static func who(_ step: DisclosureStep) -> StaffMember {
    switch step {
    case .becomeDue, .review, .decideToDisclose, .decidePartly, .postpone, .refuse, .close, .supersede,
      .requireCorrection:
      officer
    default: discloser
    }
  }

  /// A way to each state.
  static func way(_ state: DisclosureState) -> [DisclosureStep] {
    let review: [DisclosureStep] = [.becomeDue(confirmedAt: start), .review]
    let scheduled =
      review + [.decideToDisclose(decision()), .schedule(channel: "at the station", discloser: discloser)]
    let told = scheduled + [.deliver(delivery())]
    let wrong = told + [.requireCorrection(reason: "another person", recipients: ["the victim"])]
    return switch state {
    case .notDue: []
    case .due: [review[0]]
    case .underReview: review
    case .decidedDisclose: review + [.decideToDisclose(decision())]
    case .decidedPartial: review + [.decidePartly(partial)]
    case .deferred: review + [.postpone(deferral())]
    case .refused: review + [.refuse(denial())]
    case .victimDeclined: review + [.victimDeclines(statement: "not now")]
    case .scheduled: scheduled
    case .unableToContact: scheduled + [.reportNoContact(attempts: "three calls")]
    case .disclosed: told
    case .acknowledged: told + [.acknowledge(how: "signed")]
    case .closed: told + [.acknowledge(how: "signed"), .close]
    case .correctionDue: wrong
    case .corrected: wrong + [.correct(told: ["the victim"], noticeHash: hash)]
    case .referredToPolice: [.referToPolice(force: "Kent", reference: "K/1")]
    case .policeDecisionReported:
      [
        .referToPolice(force: "Kent", reference: "K/1"),
        .reportPoliceDecision(decision: "disclosed", reference: "K/2"),
      ]
    }
  }

  static func record(_ state: DisclosureState, enhanced: Bool = false) throws -> DisclosureRecord {
    let isCharity = state == .referredToPolice || state == .policeDecisionReported
    var record = DisclosureRecord(
      authority: isCharity ? .charity : .force, rules: .proposal, isEnhanced: enhanced)
    for (place, step) in way(state).enumerated() {
      let who = isCharity ? analyst : who(step)
      record = try record.taking(step, by: who, at: start + Int64(place), clear).record
    }
    return record
  }
}

@Suite struct DisclosureRecordTests {
  /// The steps of the rules, written down once more, state by state.
  private static let allowed: [DisclosureState: Set<DisclosureState>] = [
    .notDue: [.due, .closed], .due: [.underReview, .closed],
    .underReview: [.decidedDisclose, .decidedPartial, .deferred, .refused, .victimDeclined, .closed],
    .decidedDisclose: [.scheduled, .deferred, .closed], .decidedPartial: [.scheduled, .deferred, .closed],
    .deferred: [.underReview, .closed], .refused: [.underReview, .closed], .victimDeclined: [.due, .closed],
    .scheduled: [.disclosed, .unableToContact, .closed], .unableToContact: [.scheduled, .closed],
    .disclosed: [.acknowledged, .correctionDue], .acknowledged: [.closed, .correctionDue],
    .closed: [.correctionDue], .correctionDue: [.corrected], .corrected: [.closed],
    .referredToPolice: [.policeDecisionReported, .closed], .policeDecisionReported: [.closed],
  ]

  /// The full product of states and steps.
  @Test func allStepsFromAllStates() throws {
    var taken = 0
    for from in DisclosureState.allCases {
      let record = try Samples.record(from)
      #expect(record.state == from)
      for step in Samples.steps {
        let isAllowed: Bool =
          switch step {
          case .supersede: from.isBeforeDisclosure
          case .close: [.acknowledged, .corrected, .policeDecisionReported].contains(from)
          case .becomeDue: from == .notDue
          case .victimWishes: from == .victimDeclined
          case .referToPolice: false  // a force
          default: Self.allowed[from]?.contains(step.target) == true
          }
        let who = record.authority == .charity ? analyst : Samples.who(step)
        do throws(Refusal) {
          let next = try record.taking(step, by: who, at: Samples.start + 100, Samples.clear).record
          #expect(isAllowed, "\(from) to \(step.target) was taken")
          #expect(next.state == step.target)
          taken += 1
        } catch {
          #expect(!isAllowed, "\(from) to \(step.target): \(error)")
          switch error {
          case .noSuchStep(let one, let two): #expect(one == from.rawValue && two == step.target.rawValue)
          case .notFor(let authority, _): #expect(authority == record.authority)
          default: Issue.record("\(from) to \(step.target): \(error)")
          }
        }
      }
    }
    #expect(taken > 30)
  }

  @Test func aCharityDecidesNothing() throws {
    let record = DisclosureRecord(authority: .charity, rules: .proposal, isEnhanced: false)
    for step in Samples.steps {
      let result = Result { try record.taking(step, by: analyst, at: Samples.start, Samples.clear) }
      switch step {
      case .referToPolice, .supersede: #expect(throws: Never.self) { try result.get() }
      default: #expect(throws: Refusal.self) { try result.get() }
      }
    }
    #expect(throws: Refusal.notFor(.charity, step: "due")) {
      try record.taking(.becomeDue(confirmedAt: 0), by: officer, at: Samples.start, Samples.clear)
    }
  }

  private func missing(
    _ step: DisclosureStep, from state: DisclosureState, by who: StaffMember? = nil,
    _ circumstances: DisclosureRecord.Circumstances = Samples.clear
  ) throws -> Refusal? {
    let record = try Samples.record(state)
    do throws(Refusal) {
      _ = try record.taking(step, by: who ?? Samples.who(step), at: Samples.start + 100, circumstances)
      return nil
    } catch { return error }
  }

  /// Each thing that must hold, missing in turn.
  @Test func everyThingThatMustHold() throws {
    func lacks(_ step: DisclosureStep, from state: DisclosureState) throws -> Bool {
      if case .missing = try missing(step, from: state) { return true }
      return false
    }
    typealias S = Samples
    for decision in [
      S.decision(rationale: ""), S.decision(items: []), S.decision(items: [.identity]), S.decision(risk: ""),
      S.decision(plan: " "), S.decision(items: [.status, .address]),
      S.decision(items: [.status], withheld: [.status]),
      S.decision(withheld: [.accounts]),
    ] { #expect(try lacks(.decideToDisclose(decision), from: .underReview), "\(decision)") }
    #expect(
      try missing(
        .decideToDisclose(S.decision(items: [.status, .address], addressReason: "flight")), from: .underReview
      ) == nil)
    for decision in [
      S.decision(), S.decision(items: [.status], withheld: [.identity]),
      S.decision(items: [.status], deferral: S.deferral()),
    ] { #expect(try lacks(.decidePartly(decision), from: .underReview), "\(decision)") }
    for deferral in [S.deferral(reasons: []), S.deferral(evidence: ""), S.deferral(endsWhen: "")] {
      #expect(try lacks(.postpone(deferral), from: .underReview), "\(deferral)")
    }
    for denial in [S.denial(rationale: ""), S.denial(route: "")] {
      #expect(try lacks(.refuse(denial), from: .underReview), "\(denial)")
    }
    #expect(try lacks(.victimDeclines(statement: ""), from: .underReview))
    #expect(try lacks(.victimWishes(statement: ""), from: .victimDeclined))
    #expect(try lacks(.schedule(channel: "", discloser: discloser), from: .decidedDisclose))
    #expect(try lacks(.reportNoContact(attempts: ""), from: .scheduled))
    for delivery in [
      S.delivery(method: ""), S.delivery(recipients: []), S.delivery(recipients: [""]),
      S.delivery(hash: "abc"),
    ] { #expect(try lacks(.deliver(delivery), from: .scheduled), "\(delivery)") }
    #expect(try lacks(.acknowledge(how: ""), from: .disclosed))
    #expect(try lacks(.supersede(reason: ""), from: .due))
    #expect(try lacks(.requireCorrection(reason: "", recipients: ["the victim"]), from: .disclosed))
    #expect(try lacks(.requireCorrection(reason: "x", recipients: []), from: .disclosed))
    #expect(try lacks(.requireCorrection(reason: "x", recipients: ["somebody else"]), from: .disclosed))
    #expect(try lacks(.correct(told: [], noticeHash: S.hash), from: .correctionDue))
    #expect(try lacks(.correct(told: ["the victim"], noticeHash: ""), from: .correctionDue))
  }

  @Test func nobodyWhoWasNotToldIsCorrected() throws {
    let superseded = try Samples.record(.scheduled).taking(
      .supersede(reason: "withdrawn"), by: officer, at: Samples.start + 50, Samples.clear
    ).record
    #expect(superseded.state == .closed)
    for recipients in [["the victim"], []] {
      #expect(
        throws: Refusal.notNow("correction-due", state: "closed", why: "nobody was told")
      ) {
        try superseded.taking(
          .requireCorrection(reason: "another person", recipients: recipients), by: officer,
          at: Samples.start + 100, Samples.clear)
      }
    }
  }

  @Test func theReviewLiesWithinTheMaximum() throws {
    #expect(try missing(.postpone(Samples.deferral(days: 28)), from: .underReview) == nil)
    for days in [-1, 29] {
      guard case .dateOutOfRange = try missing(.postpone(Samples.deferral(days: days)), from: .underReview)
      else {
        Issue.record("\(days) days were accepted")
        continue
      }
    }
  }

  @Test func gatesBeforeTelling() throws {
    var circumstances = Samples.clear
    circumstances.isSuspectUnder18 = true
    let steps: [(DisclosureStep, DisclosureState)] = [
      (.decideToDisclose(Samples.decision()), .underReview), (.decidePartly(Samples.partial), .underReview),
      (.schedule(channel: "x", discloser: discloser), .decidedDisclose),
      (.deliver(Samples.delivery()), .scheduled),
    ]
    for (step, state) in steps {
      circumstances = Samples.clear
      circumstances.isSuspectUnder18 = true
      #expect(try missing(step, from: state, circumstances) == .under18)
      circumstances.isSuspectUnder18 = nil
      guard case .missing = try missing(step, from: state, circumstances) else {
        Issue.record("age"); continue
      }
      circumstances = Samples.clear
      circumstances.hasProtectedAlert = true
      guard case .missing = try missing(step, from: state, circumstances) else {
        Issue.record("alert"); continue
      }
      circumstances = Samples.clear
      circumstances.isRequesterChecked = false
      guard case .missing = try missing(step, from: state, circumstances) else {
        Issue.record("requester"); continue
      }
    }
    // Not to tell stays possible.
    circumstances.isSuspectUnder18 = true
    #expect(
      try missing(.postpone(Samples.deferral(reasons: [.under18])), from: .underReview, circumstances) == nil)
  }

  @Test func rolesAndSecondPersons() throws {
    for step in Samples.steps {
      let nobody = StaffMember(id: "nobody", roles: [.auditor, .admin])
      for state in DisclosureState.allCases {
        let record = try Samples.record(state)
        guard DisclosureRecord.allows(step, from: state, for: record.authority) else { continue }
        #expect(throws: Refusal.self) {
          try record.taking(step, by: nobody, at: Samples.start + 100, Samples.clear)
        }
      }
    }
    let both = StaffMember(id: "analyst", roles: [.analyst, .decider], rank: "inspector")
    for step in [
      DisclosureStep.decideToDisclose(Samples.decision()), .postpone(Samples.deferral()),
      .refuse(Samples.denial()),
    ] {
      guard case .secondPersonNeeded = try missing(step, from: .underReview, by: both) else {
        Issue.record("the analyst decided")
        continue
      }
    }
    for (approver, why) in [
      (officer, "a refusal is approved by a second person"),
      (both, "who linked the accounts or proposed the person does not approve a refusal"),
    ] {
      #expect(
        try missing(.refuse(Samples.denial(approver: approver)), from: .underReview)
          == .secondPersonNeeded(who: approver.id, why: why))
    }
    guard
      case .secondPersonNeeded = try missing(
        .deliver(Samples.delivery()), from: .scheduled, by: StaffMember(id: "other", roles: [.discloser]))
    else {
      Issue.record("somebody else told")
      return
    }
  }

  @Test func timeDoesNotRunBackwards() throws {
    #expect(throws: Refusal.self) {
      try Samples.record(.due).taking(.review, by: officer, at: Samples.start - 1, Samples.clear)
    }
  }

  @Test func whatWasHeldBackIsDeferredInARecordOfItsOwn() throws {
    var record = try Samples.record(.decidedPartial)
    record = try record.taking(
      .schedule(channel: "x", discloser: discloser), by: discloser, at: Samples.start + 10, Samples.clear
    ).record
    let outcome = try record.taking(
      .deliver(Samples.delivery()), by: discloser, at: Samples.start + 20, Samples.clear)
    let child = try #require(outcome.withheld)
    #expect(child.state == .deferred && child.confirmedAt == record.confirmedAt)
    #expect(child.deferral == Samples.deferral())
    #expect(
      try child.taking(.review, by: officer, at: Samples.start + 30, Samples.clear).record.state
        == .underReview)
    #expect(try Samples.record(.disclosed).state == .disclosed)
  }

  @Test func clocksFollowTheSteps() throws {
    let closed = try Samples.record(.closed)
    let kinds = closed.clocks.map(\.kind)
    #expect(kinds == [.decision, .endToEnd, .delivery])
    #expect(closed.clocks.allSatisfy { $0.stop != nil })
    let due = try Samples.record(.due, enhanced: true)
    let now = Samples.start + 86_400
    let dates = try due.dueDates(now: now, holidays)
    // 1 June 2026 is a Monday; with enhanced rights one working day.
    #expect(dates.first { $0.clock.kind == .decision }?.due == (try instant("2026-06-02T22:59:59Z")))
    #expect(dates.allSatisfy { $0.rules == "proposal-2026-11" })
    #expect(dates.first { $0.clock.kind == .endToEnd }?.due == nil)
    let deferred = try Samples.record(.deferred).dueDates(now: now, holidays)
    #expect(deferred.first { $0.clock.kind == .deferralReview }?.due == (try instant("2026-06-08T22:59:59Z")))
    let wrong = try Samples.record(.correctionDue)
    #expect(wrong.clocks.contains { $0.kind == .correction && $0.stop == nil })
  }
}
