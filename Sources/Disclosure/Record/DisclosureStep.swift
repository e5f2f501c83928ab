/// A step of a disclosure, with all that it needs.
public enum DisclosureStep: Hashable, Sendable {
  /// A decision to tell.
  public struct Decision: Hashable, Sendable {
    /// Why.
    public let rationale: String
    /// What is told.
    public let items: Set<NoticeItem>
    /// What is held back; empty when all is told.
    public let withheld: Set<NoticeItem>
    /// Why that is held back.
    public let deferral: Deferral?
    /// The risk assessment, or where it is kept.
    public let riskAssessment: String
    /// The safety plan, or why there is none.
    public let safetyPlan: String
    /// Why the address is told, where it is.
    public let addressReason: String?

    /// Records a decision.
    public init(
      rationale: String, items: Set<NoticeItem>, withheld: Set<NoticeItem> = [], deferral: Deferral? = nil,
      riskAssessment: String, safetyPlan: String, addressReason: String? = nil
    ) {
      self.rationale = rationale
      self.items = items
      self.withheld = withheld
      self.deferral = deferral
      self.riskAssessment = riskAssessment
      self.safetyPlan = safetyPlan
      self.addressReason = addressReason
    }
  }

  /// Not yet.
  public struct Deferral: Hashable, Sendable {
    /// Why.
    public let reasons: Set<ReasonCode>
    /// What shows it.
    public let evidence: String
    /// When it is weighed again.
    public let reviewBy: CivilDate
    /// What would end it.
    public let endsWhen: String

    /// Records a deferral.
    public init(reasons: Set<ReasonCode>, evidence: String, reviewBy: CivilDate, endsWhen: String) {
      self.reasons = reasons
      self.evidence = evidence
      self.reviewBy = reviewBy
      self.endsWhen = endsWhen
    }
  }

  /// No.
  public struct Denial: Hashable, Sendable {
    /// Why.
    public let reason: ReasonCode
    /// The reasons in words.
    public let rationale: String
    /// The second person who approves.
    public let approver: StaffMember
    /// How the victim can challenge it.
    public let routeOfChallenge: String

    /// Records a denial.
    public init(reason: ReasonCode, rationale: String, approver: StaffMember, routeOfChallenge: String) {
      self.reason = reason
      self.rationale = rationale
      self.approver = approver
      self.routeOfChallenge = routeOfChallenge
    }
  }

  /// The telling itself.
  public struct Delivery: Hashable, Sendable {
    /// How: in person, by telephone, …
    public let method: String
    /// Who was told.
    public let recipients: [String]
    /// SHA-256 of the exact notice, in hexadecimal.
    public let noticeHash: String

    /// Records a delivery.
    public init(method: String, recipients: [String], noticeHash: String) {
      self.method = method
      self.recipients = recipients
      self.noticeHash = noticeHash
    }
  }

  /// The identification was confirmed at that time.
  case becomeDue(confirmedAt: Int64)
  /// Somebody takes it up.
  case review
  /// All is told.
  case decideToDisclose(Decision)
  /// Some is told.
  case decidePartly(Decision)
  /// Not yet.
  case postpone(Deferral)
  /// No.
  case refuse(Denial)
  /// The victim does not wish to know.
  case victimDeclines(statement: String)
  /// The victim wishes to know after all.
  case victimWishes(statement: String)
  /// A safe channel and who tells.
  case schedule(channel: String, discloser: StaffMember)
  /// The victim could not be reached.
  case reportNoContact(attempts: String)
  /// Told.
  case deliver(Delivery)
  /// The victim has it.
  case acknowledge(how: String)
  /// Done.
  case close
  /// The identification was withdrawn.
  case supersede(reason: String)
  /// What was told is wrong.
  case requireCorrection(reason: String, recipients: [String])
  /// Those were told that it was wrong.
  case correct(told: [String], noticeHash: String)
  /// A charity tells the police.
  case referToPolice(force: String, reference: String)
  /// What the police decided.
  case reportPoliceDecision(decision: String, reference: String)

  /// The state that it leads to.
  public var target: DisclosureState {
    switch self {
    case .becomeDue, .victimWishes: .due
    case .review: .underReview
    case .decideToDisclose: .decidedDisclose
    case .decidePartly: .decidedPartial
    case .postpone: .deferred
    case .refuse: .refused
    case .victimDeclines: .victimDeclined
    case .schedule: .scheduled
    case .reportNoContact: .unableToContact
    case .deliver: .disclosed
    case .acknowledge: .acknowledged
    case .close, .supersede: .closed
    case .requireCorrection: .correctionDue
    case .correct: .corrected
    case .referToPolice: .referredToPolice
    case .reportPoliceDecision: .policeDecisionReported
    }
  }

  /// Whether it ends a record because its identification fell.
  var isSuperseding: Bool {
    if case .supersede = self { return true }
    return false
  }

  /// Who takes it, for a force.
  var role: Role {
    switch self {
    case .decideToDisclose, .decidePartly, .postpone, .refuse, .supersede, .requireCorrection: .decider
    case .schedule, .reportNoContact, .deliver, .acknowledge, .correct, .victimDeclines, .victimWishes:
      .discloser
    case .becomeDue, .review, .close: .decider
    case .referToPolice, .reportPoliceDecision: .analyst
    }
  }
}
