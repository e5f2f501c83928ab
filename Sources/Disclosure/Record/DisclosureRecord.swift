/// Telling one victim of one identification: a record whose state only the steps of the rules can change.
public struct DisclosureRecord: Hashable, Sendable {
  /// What must be known before a decision.
  public struct Circumstances: Hashable, Sendable {
    /// Whether the suspect is under 18; nil while it is not known.
    public var isSuspectUnder18: Bool?
    /// Whether the cluster reached an account of a victim or witness and nobody has looked into it.
    public var hasProtectedAlert = false
    /// Whether it was checked that who asks is the victim, and not the suspect or somebody close to them.
    public var isRequesterChecked = false
    /// Who linked the accounts or proposed the person: none of them decides.
    public var analysts: Set<String> = []

    /// Nothing is known yet.
    public init() {}
  }

  /// A step that was taken.
  public struct Passage: Hashable, Sendable {
    /// The state that it led to.
    public let state: DisclosureState
    /// When, in seconds since 1970 UTC.
    public let time: Int64
    /// Who took it.
    public let who: String
    /// The day by which a deferral is to be reviewed; nil for other steps.
    public let reviewBy: CivilDate?

    /// Notes a step.
    public init(state: DisclosureState, time: Int64, who: String, reviewBy: CivilDate? = nil) {
      self.state = state
      self.time = time
      self.who = who
      self.reviewBy = reviewBy
    }
  }

  /// What a step gives.
  public struct Outcome: Hashable, Sendable {
    /// The record after the step.
    public let record: DisclosureRecord
    /// The record of what was held back, after a disclosure in part.
    public let withheld: DisclosureRecord?
  }

  /// Who holds the case.
  public let authority: Authority
  /// The rules that it began under.
  public let rules: RuleSet
  /// Whether the victim has enhanced rights.
  public let isEnhanced: Bool
  /// Where it stands.
  public private(set) var state: DisclosureState = .notDue
  /// The steps so far.
  public private(set) var history: [Passage] = []
  /// When the identification was confirmed: T0.
  public private(set) var confirmedAt: Int64?
  /// The decision to tell, if one was taken.
  public private(set) var decision: DisclosureStep.Decision?
  /// The deferral that is in force.
  public private(set) var deferral: DisclosureStep.Deferral?
  /// Who is to tell.
  public private(set) var discloser: String?
  /// Everybody who was told.
  public private(set) var recipients: [String] = []
  /// Those who must hear of an error.
  public private(set) var toldInError: [String] = []
  /// What happened in the proceedings, of which the victim is to be told.
  public internal(set) var occurrences: [Occurrence] = []
  /// When which clock stood.
  public internal(set) var pauses: [ClockPause] = []

  /// A record in which nothing is due.
  public init(authority: Authority, rules: RuleSet, isEnhanced: Bool) {
    self.authority = authority
    self.rules = rules
    self.isEnhanced = isEnhanced
  }

  /// Whether a step leads from one state to another for who holds the case.
  public static func allows(
    _ step: DisclosureStep, from state: DisclosureState, for authority: Authority
  ) -> Bool {
    if case .supersede = step { return state.isBeforeDisclosure }
    // Closing is the end of three ways; being due again is the victim's wish alone.
    if case .becomeDue = step { return authority == .force && state == .notDue }
    if case .victimWishes = step { return authority == .force && state == .victimDeclined }
    let table = authority == .force ? DisclosureState.force : DisclosureState.charity
    return table[state]?.contains(step.target) == true
  }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - who: the member of staff.
  ///   - time: seconds since 1970 UTC; not before the step before, but for steps that say that it was wrong.
  ///   - circumstances: what is known.
  /// - Throws: `Refusal`; the record is then as it was.
  public func taking(
    _ step: DisclosureStep, by who: StaffMember, at time: Int64, _ circumstances: Circumstances
  ) throws(Refusal) -> Outcome {
    guard Self.allows(step, from: state, for: authority) else {
      let other: Authority = authority == .force ? .charity : .force
      if Self.allows(step, from: state, for: other) { throw .notFor(authority, step: step.target.rawValue) }
      throw .noSuchStep(from: state.rawValue, to: step.target.rawValue)
    }
    // A clock that was ahead once keeps nobody from ending a record, or from saying that it was wrong.
    let isWrong = step.target == .correctionDue || step.isSuperseding
    if let last = history.last, time < last.time, !isWrong {
      throw .dateOutOfRange(what: "the time of this step", why: "it is before the last step")
    }
    switch step {
    // Both follow from a step of the identification, which its own rules allowed.
    case .supersede: try who.needsOne(of: [.analyst, .reviewer, .decider])
    case .becomeDue: try who.needsOne(of: [.analyst, .decider, .discloser])
    default: try who.needs(authority == .force ? step.role : .analyst)
    }
    try check(step, who, time, circumstances)
    var next = self
    next.state = step.target
    var reviewBy: CivilDate?
    if case .postpone(let deferral) = step { reviewBy = deferral.reviewBy }
    next.history.append(Passage(state: step.target, time: time, who: who.id, reviewBy: reviewBy))
    next.endPauses(at: time)
    var withheld: DisclosureRecord?
    switch step {
    case .becomeDue(let instant): next.confirmedAt = instant
    case .decideToDisclose(let decision), .decidePartly(let decision): next.decision = decision
    case .postpone(let deferral):
      next.deferral = deferral
      next.decision = nil
    case .schedule(_, let discloser): next.discloser = discloser.id
    case .deliver(let delivery):
      next.recipients += delivery.recipients
      withheld = heldBack(by: who, at: time)
    case .requireCorrection(_, let recipients): next.toldInError = recipients
    case .correct: next.toldInError = []
    default: break
    }
    return Outcome(record: next, withheld: withheld)
  }

  /// What a decision in part held back, as a deferred record of its own.
  private func heldBack(by who: StaffMember, at time: Int64) -> DisclosureRecord? {
    guard let decision, !decision.withheld.isEmpty, let deferral = decision.deferral else { return nil }
    return DisclosureRecord(
      heldBack: deferral, confirmedAt: confirmedAt, authority: authority, rules: rules,
      isEnhanced: isEnhanced, by: who, at: time)
  }

  /// The record of what was held back when the rest was told: it begins deferred.
  public init(
    heldBack deferral: DisclosureStep.Deferral, confirmedAt: Int64?, authority: Authority, rules: RuleSet,
    isEnhanced: Bool, by who: StaffMember, at time: Int64
  ) {
    self.init(authority: authority, rules: rules, isEnhanced: isEnhanced)
    state = .deferred
    self.confirmedAt = confirmedAt
    self.deferral = deferral
    history = [Passage(state: .deferred, time: time, who: who.id, reviewBy: deferral.reviewBy)]
  }
}
