/// How far telling one victim of one identification has come.
public enum DisclosureState: String, Sendable, Codable, CaseIterable {
  /// Nothing is confirmed yet.
  case notDue = "not-due"
  /// Confirmed: the clock runs.
  case due
  /// Somebody weighs it.
  case underReview = "under-review"
  /// All is to be told.
  case decidedDisclose = "decided-disclose"
  /// Some is to be told; the rest stays deferred, in a record of its own.
  case decidedPartial = "decided-partial"
  /// Not yet, with a date of review.
  case deferred
  /// No, with a second person's approval and a route of challenge.
  case refused
  /// The victim does not wish to know.
  case victimDeclined = "victim-declined"
  /// A safe channel and a person to tell are set.
  case scheduled
  /// The victim could not be reached safely.
  case unableToContact = "unable-to-contact"
  /// Told.
  case disclosed
  /// The victim has it.
  case acknowledged
  /// Done, or superseded.
  case closed
  /// What was told is wrong, and those who were told must hear it.
  case correctionDue = "correction-due"
  /// They heard it.
  case corrected
  /// A charity told the police.
  case referredToPolice = "referred-to-police"
  /// A charity knows what the police decided.
  case policeDecisionReported = "police-decision-reported"

  /// The states that a step may lead to from each state, for a force.
  static let force: [DisclosureState: Set<DisclosureState>] = [
    .notDue: [.due], .due: [.underReview],
    .underReview: [.decidedDisclose, .decidedPartial, .deferred, .refused, .victimDeclined],
    .decidedDisclose: [.scheduled, .deferred], .decidedPartial: [.scheduled, .deferred],
    .deferred: [.underReview], .refused: [.underReview], .victimDeclined: [.due],
    .scheduled: [.disclosed, .unableToContact], .unableToContact: [.scheduled],
    .disclosed: [.acknowledged, .correctionDue], .acknowledged: [.closed, .correctionDue],
    .closed: [.correctionDue], .correctionDue: [.corrected], .corrected: [.closed],
  ]

  /// The same for a charity, which decides nothing.
  static let charity: [DisclosureState: Set<DisclosureState>] = [
    .notDue: [.referredToPolice], .referredToPolice: [.policeDecisionReported],
    .policeDecisionReported: [.closed],
  ]

  /// Whether nothing was told yet, so that a withdrawn identification closes the record.
  public var isBeforeDisclosure: Bool {
    switch self {
    case .disclosed, .acknowledged, .closed, .correctionDue, .corrected: false
    default: true
    }
  }

  /// Whether nothing is left to be done before somebody asks anew: it is closed, was refused, or the victim declined. What
  /// rests is not kept for longer than it is needed.
  public var isAtRest: Bool {
    switch self {
    case .closed, .refused, .victimDeclined: true
    default: false
    }
  }

  /// Whether a decision was taken here.
  public var isDecision: Bool {
    switch self {
    case .decidedDisclose, .decidedPartial, .deferred, .refused: true
    default: false
    }
  }
}
