/// What must hold before each step.
extension DisclosureRecord {
  func check(
    _ step: DisclosureStep, _ who: StaffMember, _ time: Int64, _ circumstances: Circumstances
  ) throws(Refusal) {
    let target = step.target.rawValue
    switch step {
    case .becomeDue(let instant):
      if instant > time { throw .dateOutOfRange(what: "the confirmation", why: "it is after this step") }
    case .review, .close: break
    case .decideToDisclose(let decision), .decidePartly(let decision):
      try checkDecider(who, circumstances)
      try checkMayTell(circumstances, to: target)
      try check(decision, isPartial: step.target == .decidedPartial, time, to: target)
    case .postpone(let deferral):
      try checkDecider(who, circumstances)
      try check(deferral, time, to: target)
    case .refuse(let denial):
      try checkDecider(who, circumstances)
      try denial.approver.needs(.decider)
      if denial.approver.id == who.id {
        throw .secondPersonNeeded(who: denial.approver.id, why: "a refusal is approved by a second person")
      }
      if circumstances.analysts.contains(denial.approver.id) {
        throw .secondPersonNeeded(
          who: denial.approver.id,
          why: "who linked the accounts or proposed the person does not approve a refusal")
      }
      try Missing.check(
        to: target,
        [(denial.rationale, "the reasons in words"), (denial.routeOfChallenge, "a route of challenge")])
    case .victimDeclines(let statement), .victimWishes(let statement):
      try Missing.check(to: target, [(statement, "what the victim said")])
    case .schedule(let channel, let discloser):
      try checkMayTell(circumstances, to: target)
      try discloser.needs(.discloser)
      try Missing.check(to: target, [(channel, "a safe channel")])
    case .reportNoContact(let attempts): try Missing.check(to: target, [(attempts, "what was tried")])
    case .deliver(let delivery):
      try checkMayTell(circumstances, to: target)
      try check(delivery, who, to: target)
    case .acknowledge(let how): try Missing.check(to: target, [(how, "how the victim acknowledged it")])
    case .supersede(let reason):
      try Missing.check(to: target, [(reason, "why the identification was withdrawn")])
    case .requireCorrection(let reason, let named): try checkCorrection(reason, named, to: target)
    case .correct(let told, let hash):
      let left = Set(toldInError).subtracting(told).sorted()
      var missing = left.map { "tell \($0)" }
      if !Self.isHash(hash) { missing.append("SHA-256 of the exact correction") }
      if !missing.isEmpty { throw .missing(missing, to: target) }
    case .referToPolice(let force, let reference):
      try Missing.check(to: target, [(force, "the force"), (reference, "its reference")])
    case .reportPoliceDecision(let decision, let reference):
      try Missing.check(to: target, [(decision, "what the police decided"), (reference, "their reference")])
    }
  }

  private func checkDecider(_ who: StaffMember, _ circumstances: Circumstances) throws(Refusal) {
    if circumstances.analysts.contains(who.id) {
      throw .secondPersonNeeded(
        who: who.id, why: "who linked the accounts or proposed the person does not decide")
    }
  }

  /// The gates that stand before telling anybody anything, and before anything is made that tells.
  ///
  /// - Parameters:
  ///   - circumstances: what is known.
  ///   - target: what is to be done, as a refusal names it.
  /// - Throws: `Refusal.under18` or `.missing`.
  public func checkMayTell(_ circumstances: Circumstances, to target: String) throws(Refusal) {
    if circumstances.isSuspectUnder18 == true { throw .under18 }
    var missing: [String] = []
    if circumstances.isSuspectUnder18 == nil { missing.append("whether the suspect is under 18") }
    if circumstances.hasProtectedAlert { missing.append(Missing.alert) }
    if !circumstances.isRequesterChecked { missing.append("a check that who asks is the victim") }
    if !missing.isEmpty { throw .missing(missing, to: target) }
  }

  private func check(
    _ decision: DisclosureStep.Decision, isPartial: Bool, _ time: Int64, to target: String
  ) throws(Refusal) {
    var missing: [String] = []
    if decision.rationale.isBlank { missing.append("the reasons") }
    if decision.items.isEmpty { missing.append("what is told") }
    if !decision.items.isEmpty, !decision.items.contains(.status) {
      missing.append("the status: suspected, charged or convicted")
    }
    if decision.riskAssessment.isBlank { missing.append("a risk assessment") }
    if decision.safetyPlan.isBlank { missing.append("a safety plan, or why there is none") }
    if decision.items.contains(.address), decision.addressReason?.isBlank ?? true {
      missing.append("why the address is told")
    }
    if !decision.items.isDisjoint(with: decision.withheld) {
      missing.append("whether each item is told or held back")
    }
    if isPartial, decision.withheld.isEmpty { missing.append("what is held back") }
    if isPartial, decision.deferral == nil { missing.append("why the rest is held back, and until when") }
    if !isPartial, !decision.withheld.isEmpty {
      missing.append("a decision in part, as something is held back")
    }
    if !missing.isEmpty { throw .missing(missing, to: target) }
    if let deferral = decision.deferral { try check(deferral, time, to: target) }
  }

  private func check(_ deferral: DisclosureStep.Deferral, _ time: Int64, to target: String) throws(Refusal) {
    var missing: [String] = []
    if deferral.reasons.isEmpty { missing.append("a reason code") }
    if deferral.evidence.isBlank { missing.append("what shows the reason") }
    if deferral.endsWhen.isBlank { missing.append("what would end the deferral") }
    if !missing.isEmpty { throw .missing(missing, to: target) }
    let today = LondonTime.date(of: time)
    if deferral.reviewBy < today || deferral.reviewBy > today.adding(rules.longestDeferral) {
      throw .dateOutOfRange(
        what: "the review on \(deferral.reviewBy)",
        why: "rule set \(rules.version) allows \(today) to \(today.adding(rules.longestDeferral))")
    }
  }

  private func check(_ delivery: DisclosureStep.Delivery, _ who: StaffMember, to target: String)
    throws(Refusal)
  {
    var missing: [String] = []
    if delivery.method.isBlank { missing.append("how it was told") }
    if delivery.recipients.isEmpty || delivery.recipients.contains(where: \.isBlank) {
      missing.append("who was told")
    }
    if !Self.isHash(delivery.noticeHash) { missing.append("SHA-256 of the exact notice") }
    if !missing.isEmpty { throw .missing(missing, to: target) }
    if who.id != discloser {
      throw .secondPersonNeeded(who: who.id, why: "\(discloser ?? "nobody") was named to tell")
    }
  }

  private func checkCorrection(_ reason: String, _ named: [String], to target: String) throws(Refusal) {
    // A correction would tell of it for the first time, and say that they had been told before.
    if recipients.isEmpty { throw .notNow(target, state: state.rawValue, why: "nobody was told") }
    var missing: [String] = []
    if reason.isBlank { missing.append("what is wrong") }
    if named.isEmpty { missing.append("whom to tell") }
    missing += Set(recipients).subtracting(named).sorted().map { "\($0) among those to tell" }
    if !missing.isEmpty { throw .missing(missing, to: target) }
  }

  /// Whether a text is a SHA-256 in hexadecimal.
  static func isHash(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { $0 &- 0x30 < 10 || ($0 | 0x20) &- 0x61 < 6 }
  }
}
