/// Why a step was not taken. Nothing has changed.
public enum Refusal: Error, Hashable, Sendable {
  /// There is no such step from this state.
  case noSuchStep(from: String, to: String)
  /// Something must be given first: what.
  case missing([String], to: String)
  /// The person has not the role.
  case roleNeeded(Role, who: String)
  /// A second person is needed: who did the first part cannot do this one.
  case secondPersonNeeded(who: String, why: String)
  /// The case's holder may not take this step.
  case notFor(Authority, step: String)
  /// The person behind the accounts may be under 18: a specialist decides, outside this software.
  case under18
  /// A date is outside what the rule set allows.
  case dateOutOfRange(what: String, why: String)
  /// It cannot be recorded in this state.
  case notNow(String, state: String, why: String)
  /// None of the roles that may do it.
  case oneRoleNeeded([Role], who: String)
}

extension Refusal: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .noSuchStep(let from, let to): "there is no step from \(from) to \(to)"
    case .missing(let what, let to): "before \(to): \(what.joined(separator: "; "))"
    case .roleNeeded(let role, let who): "\(who) has not the role of \(role.rawValue)"
    case .secondPersonNeeded(let who, let why): "\(who) cannot do this: \(why)"
    case .notFor(let authority, let step):
      authority == .charity
        ? "a charity does not take the step to \(step); it refers to the police and records what they decided"
        : "a force does not take the step to \(step); it decides itself"
    case .under18: "the suspect is under 18, or may be: stop here and call a specialist"
    case .dateOutOfRange(let what, let why): "\(what): \(why)"
    case .notNow(let what, let state, let why): "\(what) cannot be recorded in state \(state): \(why)"
    case .oneRoleNeeded(let roles, let who):
      "\(who) has none of the roles \(roles.map(\.rawValue).joined(separator: ", "))"
    }
  }
}
