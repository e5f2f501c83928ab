/// Who controls a cluster of accounts: the claim, how sure it is, and who stood for it.
public struct Identification: Hashable, Sendable {
  /// How far the claim has come.
  public enum State: String, Sendable, Codable, CaseIterable {
    /// A cluster, no person: a likelihood ratio alone goes no further.
    case hypothesis
    /// A member of staff proposes a person.
    case candidate
    /// Independent evidence, a search for the contrary, and a second person's review.
    case corroborated
    /// An authorised officer is satisfied: T0.
    case confirmed
    /// It did not hold.
    case rejected
    /// It was confirmed and did not hold.
    case withdrawn
  }

  /// Evidence that does not come from the same source as the proposal.
  public struct Corroboration: Hashable, Sendable, Codable {
    /// What it is.
    public let statement: String
    /// Where it is kept.
    public let reference: String
    /// Whether it is independent of the accounts and of the proposal.
    public let isIndependent: Bool

    enum CodingKeys: String, CodingKey { case statement, reference, isIndependent = "is_independent" }

    /// Records a corroboration.
    public init(statement: String, reference: String, isIndependent: Bool) {
      self.statement = statement
      self.reference = reference
      self.isIndependent = isIndependent
    }
  }

  /// A step, with all that it needs.
  public enum Step: Hashable, Sendable {
    /// A person is proposed, by a reference to the force's own record: the name is never here.
    case propose(personReference: String, sourceReference: String)
    /// - contrary: what was searched for and found against, or that nothing was found.
    case corroborate([Corroboration], contrary: String, reviewer: StaffMember)
    /// An officer confirms.
    case confirm(rationale: String)
    /// It did not hold.
    case reject(reason: String)
    /// It was confirmed in error.
    case withdraw(reason: String)

    /// The state that it leads to.
    public var target: State {
      switch self {
      case .propose: .candidate
      case .corroborate: .corroborated
      case .confirm: .confirmed
      case .reject: .rejected
      case .withdraw: .withdrawn
      }
    }
  }

  /// The cluster, as `C3`.
  public let cluster: String
  /// How far it has come.
  public private(set) var state: State = .hypothesis
  /// The reference of the proposed person; nil for a hypothesis, which has none.
  public private(set) var personReference: String?
  /// Who proposed.
  public private(set) var proposedBy: String?
  /// What corroborates.
  public private(set) var corroborations: [Corroboration] = []
  /// What speaks against, or what was searched in vain.
  public private(set) var contrary: String?
  /// Who reviewed.
  public private(set) var reviewedBy: String?
  /// Who confirmed, with the rank.
  public private(set) var confirmedBy: StaffMember?
  /// When it was confirmed, in seconds since 1970 UTC: T0.
  public private(set) var confirmedAt: Int64?
  /// When it was rejected or withdrawn.
  public private(set) var endedAt: Int64?
  /// Whether the person is under 18; nil while it is not known.
  public internal(set) var isUnder18: Bool?
  /// Alerts of a protected account that somebody has looked into.
  public internal(set) var examinedAlerts: Set<String> = []

  /// A hypothesis: these accounts are of one controller.
  public init(cluster: String) { self.cluster = cluster }

  /// The states that a step may lead to from each state.
  public static let steps: [State: Set<State>] = [
    .hypothesis: [.candidate, .rejected], .candidate: [.corroborated, .rejected],
    .corroborated: [.confirmed, .rejected], .confirmed: [.rejected, .withdrawn], .rejected: [],
    .withdrawn: [],
  ]

  /// What is known beside the identification itself.
  public struct Circumstances: Hashable, Sendable {
    /// Who linked the accounts of the cluster or judged pairs of it: none of them confirms.
    public var analysts: Set<String>
    /// Whether the cluster reached an account of a victim or witness and nobody has looked into it.
    public var hasProtectedAlert: Bool
    /// Who holds the case.
    public var authority: Authority

    /// Puts together what is known.
    public init(analysts: Set<String> = [], hasProtectedAlert: Bool = false, authority: Authority = .force) {
      self.analysts = analysts
      self.hasProtectedAlert = hasProtectedAlert
      self.authority = authority
    }
  }

  /// Takes a step.
  ///
  /// - Parameters:
  ///   - who: the member of staff.
  ///   - time: seconds since 1970 UTC.
  ///   - circumstances: what is known beside.
  /// - Throws: `Refusal`; the identification is then as it was.
  public func taking(
    _ step: Step, by who: StaffMember, at time: Int64, _ circumstances: Circumstances = Circumstances()
  ) throws(Refusal) -> Identification {
    let target = step.target
    if circumstances.authority == .charity, target == .confirmed || target == .withdrawn {
      throw .notFor(.charity, step: target.rawValue)
    }
    guard Self.steps[state]?.contains(target) == true else {
      throw .noSuchStep(from: state.rawValue, to: target.rawValue)
    }
    var next = self
    next.state = target
    switch step {
    case .propose(let person, let source):
      try who.needs(.analyst)
      try Missing.check(
        to: target.rawValue, [(person, "the reference of the person"), (source, "a source reference")])
      next.personReference = person
      next.proposedBy = who.id
    case .corroborate(let found, let contrary, let reviewer):
      try who.needs(.analyst)
      try reviewer.needs(.reviewer)
      if reviewer.id == who.id || reviewer.id == proposedBy {
        throw .secondPersonNeeded(who: reviewer.id, why: "the review is by a second person")
      }
      var missing: [String] = []
      if !found.contains(where: { $0.isIndependent && !$0.statement.isBlank && !$0.reference.isBlank }) {
        missing.append("an independent corroboration with its reference")
      }
      if contrary.isBlank { missing.append("what was searched for that speaks against, and what was found") }
      if !missing.isEmpty { throw .missing(missing, to: target.rawValue) }
      next.corroborations = found
      next.contrary = contrary
      next.reviewedBy = reviewer.id
    case .confirm(let rationale):
      try who.needs(.decider)
      if who.id == proposedBy || circumstances.analysts.contains(who.id) {
        throw .secondPersonNeeded(
          who: who.id, why: "who linked the accounts or proposed the person does not confirm")
      }
      var missing: [String] = []
      if rationale.isBlank { missing.append("the reasons") }
      if (who.rank ?? "").isBlank {
        missing.append(
          "the rank of the officer (an admin registers one by `cognate who add … --role decider --rank RANK`)"
        )
      }
      if circumstances.hasProtectedAlert { missing.append(Missing.alert) }
      if !missing.isEmpty { throw .missing(missing, to: target.rawValue) }
      next.confirmedBy = who
      next.confirmedAt = time
    case .reject(let reason), .withdraw(let reason):
      if who.roles.isDisjoint(with: [.analyst, .reviewer, .decider]) {
        throw .oneRoleNeeded([.analyst, .reviewer, .decider], who: who.id)
      }
      // What an officer confirmed falls by an officer alone.
      if state == .confirmed { try who.needs(.decider) }
      try Missing.check(to: target.rawValue, [(reason, "the reason")])
      next.endedAt = time
    }
    return next
  }
}
