import Disclosure

/// One invented disclosure, led through the rules from its confirmation until the corpus ends.
struct DisclosureWalk {
  let unit: String
  let end: Int64
  let rules: RuleSet
  private var random: SeededRandom
  private let confirmedAt: Int64
  private var endedAt: Int64?
  private var record: DisclosureRecord
  private var entries: [DisclosureEntry] = []
  private var circumstances = DisclosureRecord.Circumstances()
  /// What happens beside the steps, in order of time.
  private var beside: [(time: Int64, event: DisclosureEvent, who: StaffMember)] = []
  private var now: Int64
  private var withheld: [DisclosureHistory] = []
  private let analyst: StaffMember
  private let decider: StaffMember
  private let approver: StaffMember
  private let discloser: StaffMember

  init(unit: String, begun: Int64, end: Int64, rules: RuleSet, random: SeededRandom) {
    self.unit = unit
    self.end = end
    self.rules = rules
    self.random = random
    confirmedAt = begun
    now = begun
    let isCharity = self.random.chance(0.04)
    let team = (ForceCorpus.units.firstIndex(of: unit) ?? 0) * 10 + self.random.below(3)
    analyst = StaffMember(id: "an\(team)", roles: [.analyst])
    decider = StaffMember(id: "de\(team)", roles: [.decider], rank: "DI")
    approver = StaffMember(id: "de\(team + 5)", roles: [.decider], rank: "DCI")
    discloser = StaffMember(id: "di\(team)", roles: [.discloser])
    record = DisclosureRecord(
      authority: isCharity ? .charity : .force, rules: rules, isEnhanced: self.random.chance(0.3))
    circumstances.analysts = [analyst.id]
    circumstances.isSuspectUnder18 = false
  }

  /// The record, and those that hold what it withheld.
  ///
  /// - Parameter firstNumber: the id of the first is `D` and this number.
  mutating func lives(firstNumber: Int) -> [DisclosureHistory] {
    if record.authority == .charity { leadCharity() } else { leadForce(firstNumber) }
    let own = history("D\(firstNumber)", entries, record, parent: nil)
    return [own] + withheld
  }

  private func history(
    _ id: String, _ entries: [DisclosureEntry], _ record: DisclosureRecord, parent: String?
  ) -> DisclosureHistory {
    // One in twenty is not confirmed yet: nothing was written down.
    let isConfirmed = !entries.isEmpty && record.authority == .force
    return DisclosureHistory(
      id: id,
      basis: DisclosureHistory.Basis(
        id: "I\(id.dropFirst())", confirmedAt: isConfirmed ? confirmedAt : nil, endedAt: endedAt),
      parent: parent, unit: unit, authority: record.authority, rules: rules, isEnhanced: record.isEnhanced,
      entries: entries)
  }

  // MARK: - Steps

  /// Takes a step after some time, and what happened before it; false when the corpus ends first or the rules refuse.
  @discardableResult
  private mutating func step(_ step: DisclosureStep, by who: StaffMember, after seconds: Int64) -> Bool {
    let time = now + max(seconds, 60)
    guard time < end else {
      noteWhatHappened(until: end)
      return false
    }
    noteWhatHappened(until: time)
    return note(.step(step), by: who, at: time)
  }

  private mutating func noteWhatHappened(until time: Int64) {
    while let next = beside.first, next.time <= time, next.time < end {
      beside.removeFirst()
      note(next.event, by: next.who, at: max(next.time, now))
    }
  }

  @discardableResult
  private mutating func note(_ event: DisclosureEvent, by who: StaffMember, at time: Int64) -> Bool {
    guard let outcome = try? record.taking(event, by: who, at: time, circumstances) else { return false }
    record = outcome.record
    now = max(now, time)
    entries.append(entry(event, by: who, at: time, record.state))
    if case .requesterCheck(let isClear, _) = event { circumstances.isRequesterChecked = isClear }
    return true
  }

  private func entry(
    _ event: DisclosureEvent, by who: StaffMember, at time: Int64, _ state: DisclosureState
  ) -> DisclosureEntry {
    DisclosureEntry(
      action: event.action, state: state, time: time, recordedAt: time, who: who.id, isLogged: true,
      content: DisclosureEntry.Content(event: event, who: who, circumstances: circumstances))
  }

  /// A time with a long tail: most within a few days, a few within weeks.
  private mutating func days(_ typical: Double) -> Int64 {
    var product = 1.0
    for _ in 0..<2 { product *= 0.15 + 1.7 * random.unit() }
    if random.chance(0.06) { product *= 6 }
    return Int64(typical * product * 86_400)
  }

  // MARK: - A force

  private mutating func leadForce(_ number: Int) {
    if random.chance(0.05) { return }
    plan()
    guard step(.becomeDue(confirmedAt: confirmedAt), by: decider, after: days(0.2)) else { return }
    note(
      .requesterCheck(isClear: true, how: "called back on the number on file"), by: discloser, at: now + 600)
    guard step(.review, by: decider, after: days(1.5)) else { return }
    var rounds = 0
    while rounds < 6 {
      rounds += 1
      if random.chance(0.03) { return supersede() }
      if random.chance(0.1) { pause(.decision) }
      switch random.below(100) {
      case ..<58:
        guard step(.decideToDisclose(decision()), by: decider, after: days(2)) else { return }
        return tell(number)
      case ..<70:
        guard step(.decidePartly(decision(holdingBack: true)), by: decider, after: days(2)) else { return }
        return tell(number)
      case ..<90:
        guard step(.postpone(deferral(after: days(2))), by: decider, after: days(2)) else { return }
        if random.chance(0.07) { return rest() }
      case ..<96:
        guard step(.refuse(denial()), by: decider, after: days(3)) else { return }
        if random.chance(0.6) { return rest() }
      default:
        guard step(.victimDeclines(statement: "does not wish to know"), by: discloser, after: days(2)) else {
          return
        }
        if random.chance(0.7) { return rest() }
        guard step(.victimWishes(statement: "wishes to know"), by: discloser, after: days(30)) else { return }
      }
      guard step(.review, by: decider, after: days(6)) else { return }
    }
    rest()
  }

  /// Nothing more is done; what happens beside goes on.
  private mutating func rest() { noteWhatHappened(until: end) }

  private mutating func supersede() {
    let wait = days(2)
    endedAt = now + wait / 2
    if !step(.supersede(reason: "the identification was withdrawn"), by: decider, after: wait) {
      endedAt = nil
    }
    rest()
  }

  private mutating func tell(_ number: Int) {
    if random.chance(0.08) { pause(.delivery) }
    if random.chance(0.04) {
      guard step(.postpone(deferral(after: days(1))), by: decider, after: days(1)),
        step(.review, by: decider, after: days(5)),
        step(.decideToDisclose(decision()), by: decider, after: days(1))
      else { return }
    }
    let channel = "a visit at work"
    guard step(.schedule(channel: channel, discloser: discloser), by: discloser, after: days(1)) else {
      return
    }
    if random.chance(0.03) { return supersede() }
    while random.chance(0.12) {
      guard step(.reportNoContact(attempts: "two visits"), by: discloser, after: days(1)) else { return }
      if random.chance(0.08) { return rest() }
      guard step(.schedule(channel: channel, discloser: discloser), by: discloser, after: days(3)) else {
        return
      }
    }
    let delivery = DisclosureStep.Delivery(
      method: "in person", recipients: ["victim"], noticeHash: random.hex(64))
    guard step(.deliver(delivery), by: discloser, after: days(1.5)) else { return }
    holdBack(number)
    if random.chance(0.05) { return rest() }
    guard step(.acknowledge(how: "signed"), by: discloser, after: days(1)) else { return }
    if random.chance(0.04) { return rest() }
    guard step(.close, by: decider, after: days(10)) else { return }
    if random.chance(0.03) {
      guard
        step(
          .requireCorrection(reason: "an account was wrong", recipients: ["victim"]), by: decider,
          after: days(20)),
        step(.correct(told: ["victim"], noticeHash: random.hex(64)), by: discloser, after: days(0.4))
      else { return }
      if random.chance(0.7) { step(.close, by: decider, after: days(3)) }
    }
    rest()
  }

  /// What was held back goes on in a record of its own.
  private mutating func holdBack(_ number: Int) {
    guard let decision = record.decision, let deferral = decision.deferral else { return }
    let event = DisclosureEvent.heldBack(deferral, items: decision.withheld, confirmedAt: confirmedAt)
    var child = DisclosureRecord(
      heldBack: deferral, confirmedAt: confirmedAt, authority: .force, rules: rules,
      isEnhanced: record.isEnhanced, by: discloser, at: now)
    var lines = [entry(event, by: discloser, at: now, .deferred)]
    var time = now + days(8)
    if time < end, random.chance(0.7),
      let next = try? child.taking(DisclosureEvent.step(.review), by: decider, at: time, circumstances).record
    {
      child = next
      lines.append(entry(.step(.review), by: decider, at: time, child.state))
      time += days(2)
      let decided = DisclosureEvent.step(.decideToDisclose(self.decision()))
      if time < end, let next = try? child.taking(decided, by: decider, at: time, circumstances).record {
        child = next
        lines.append(entry(decided, by: decider, at: time, child.state))
      }
    }
    withheld.append(
      history("D\(number + withheld.count + 1)", lines, child, parent: "D\(number)"))
  }

  // MARK: - A charity

  private mutating func leadCharity() {
    guard step(.referToPolice(force: "a county force", reference: "F/1"), by: analyst, after: days(2)),
      random.chance(0.85),
      step(.reportPoliceDecision(decision: "told", reference: "F/1"), by: analyst, after: days(20)),
      random.chance(0.9)
    else { return }
    step(.close, by: analyst, after: days(5))
  }

  // MARK: - What happens beside the steps

  /// Arrests, interviews and the like, and when the victim is told of them.
  private mutating func plan() {
    let kinds: [Occurrence.Kind] = [
      .arrest, .interview, .release, .bailChange, .arrest, .release, .protectionOrderServed,
      .schemeApplication,
    ]
    for kind in kinds where random.chance(0.25) {
      let happened = confirmedAt + days(12)
      beside.append((happened + 1_800, .occurrence(kind, at: happened), decider))
      if random.chance(0.94) {
        let told = happened + (kind == .protectionOrderServed ? days(1) : days(3))
        beside.append((told + 3_600, .told(kind, at: told, how: "by telephone"), discloser))
      }
    }
    beside.sort { $0.time < $1.time }
  }

  private mutating func pause(_ clock: ClockKind) {
    let from = now + days(0.5)
    beside.append((from, .pause(clock, reason: "the victim is abroad"), decider))
    if random.chance(0.8) { beside.append((from + days(4), .resume(clock), decider)) }
    beside.sort { $0.time < $1.time }
  }

  // MARK: - What steps need

  private mutating func decision(holdingBack: Bool = false) -> DisclosureStep.Decision {
    DisclosureStep.Decision(
      rationale: "proportionate", items: [.identity, .status, .contacts],
      withheld: holdingBack ? [.accounts] : [],
      deferral: holdingBack ? deferral(after: days(2)) : nil, riskAssessment: "RA/1", safetyPlan: "SP/1")
  }

  private mutating func deferral(after wait: Int64) -> DisclosureStep.Deferral {
    var reasons: Set<ReasonCode> = [random.pick(ReasonCode.allCases)]
    if random.chance(0.2) { reasons.insert(random.pick(ReasonCode.allCases)) }
    // The day of review is counted from the day of the decision, which lies ahead and may be later than thought.
    let longest = rules.longestDeferral
    let day = LondonTime.date(of: now + wait).adding(random.int(in: max(1, longest / 3)...longest))
    return DisclosureStep.Deferral(
      reasons: reasons, evidence: "E/1", reviewBy: day, endsWhen: "the proceedings end")
  }

  private mutating func denial() -> DisclosureStep.Denial {
    DisclosureStep.Denial(
      reason: random.pick(ReasonCode.allCases), rationale: "risk", approver: approver,
      routeOfChallenge: "a review by the chief officer")
  }
}
