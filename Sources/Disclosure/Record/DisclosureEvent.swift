/// What is written down in the record of a disclosure: a step, or something that changes no state.
public enum DisclosureEvent: Hashable, Sendable {
  /// A step from one state to the next.
  case step(DisclosureStep)
  /// The first entry of a record that holds what was withheld elsewhere.
  case heldBack(DisclosureStep.Deferral, items: Set<NoticeItem>, confirmedAt: Int64?)
  /// Whether who asks is the victim, and not the suspect or somebody close to them: what was found, and how.
  case requesterCheck(isClear: Bool, how: String)
  /// A clock stands, with the reason.
  case pause(ClockKind, reason: String)
  /// It runs again.
  case resume(ClockKind)
  /// Something happened of which the victim is to be told.
  case occurrence(Occurrence.Kind, at: Int64)
  /// The victim was told of it.
  case told(Occurrence.Kind, at: Int64, how: String)

  /// A stable name, as it stands in the log.
  public var action: String {
    switch self {
    case .step(let step): step.action
    case .heldBack: "hold-back"
    case .requesterCheck: "requester"
    case .pause: "pause"
    case .resume: "resume"
    case .occurrence: "event"
    case .told: "told"
    }
  }
}

extension DisclosureStep {
  /// A stable name, as it stands in the log.
  public var action: String {
    switch self {
    case .becomeDue: "due"
    case .review: "review"
    case .decideToDisclose: "decide"
    case .decidePartly: "decide-in-part"
    case .postpone: "defer"
    case .refuse: "refuse"
    case .victimDeclines: "decline"
    case .victimWishes: "wish"
    case .schedule: "schedule"
    case .reportNoContact: "no-contact"
    case .deliver: "deliver"
    case .acknowledge: "acknowledge"
    case .close: "close"
    case .supersede: "supersede"
    case .requireCorrection: "require-correction"
    case .correct: "correct"
    case .referToPolice: "refer"
    case .reportPoliceDecision: "police-decision"
    }
  }
}
