/// What is written down in the record of an identification: a step, or something that changes no state.
public enum IdentificationEvent: Hashable, Sendable {
  /// A step from one state to the next.
  case step(Identification.Step)
  /// A cluster is taken up without a person: the record begins.
  case open
  /// Whether the person is under 18, nil when that became doubtful; what it rests on; who else agrees.
  case age(isUnder18: Bool?, basis: String, approver: StaffMember?)
  /// Alerts of a protected account were looked into: which, and what was found.
  case alertExamined(alerts: [String], finding: String)

  /// A stable name, as it stands in the log.
  public var action: String {
    switch self {
    case .step(.propose): "propose"
    case .step(.corroborate): "corroborate"
    case .step(.confirm): "confirm"
    case .step(.reject): "reject"
    case .step(.withdraw): "withdraw"
    case .open: "open"
    case .age: "age"
    case .alertExamined: "alert"
    }
  }
}

extension Identification {
  /// Takes a step, or records what changes no state.
  ///
  /// - Throws: `Refusal`; the identification is then as it was.
  public func taking(
    _ event: IdentificationEvent, by who: StaffMember, at time: Int64, _ circumstances: Circumstances
  ) throws(Refusal) -> Identification {
    var next = self
    switch event {
    case .step(let step): return try taking(step, by: who, at: time, circumstances)
    case .open: try who.needsOne(of: [.analyst, .decider])
    case .age(let isUnder18, let basis, let approver):
      try stillStands(event)
      try who.needsOne(of: [.analyst, .reviewer, .decider])
      try Missing.check(to: event.action, [(basis, "what it rests on")])
      // To lift the stop is to override it: an officer, and a second person.
      if self.isUnder18 == true, isUnder18 != true {
        try who.needs(.decider)
        if who.id == proposedBy || circumstances.analysts.contains(who.id) {
          throw .secondPersonNeeded(
            who: who.id, why: "who linked the accounts or proposed the person does not lift the stop")
        }
        guard let approver else {
          throw .missing(["a second person, as it lifts the stop for a suspect under 18"], to: event.action)
        }
        try approver.needsOne(of: [.reviewer, .decider])
        if approver.id == who.id || approver.id == proposedBy {
          throw .secondPersonNeeded(who: approver.id, why: "a second person lifts the stop")
        }
      }
      next.isUnder18 = isUnder18
    case .alertExamined(let alerts, let finding):
      try stillStands(event)
      try who.needsOne(of: [.reviewer, .decider])
      if who.id == proposedBy || circumstances.analysts.contains(who.id) {
        throw .secondPersonNeeded(
          who: who.id, why: "who linked the accounts or proposed the person does not clear an alert")
      }
      var missing: [String] = []
      if alerts.isEmpty { missing.append("an alert: the cluster has none to look into") }
      if finding.isBlank { missing.append("what was found") }
      if !missing.isEmpty { throw .missing(missing, to: event.action) }
      next.examinedAlerts.formUnion(alerts)
    }
    return next
  }

  private func stillStands(_ event: IdentificationEvent) throws(Refusal) {
    if state == .rejected || state == .withdrawn {
      throw .notNow(event.action, state: state.rawValue, why: "the identification no longer stands")
    }
  }
}
