/// The form of an event on disk: one flat object with the stable name of what was done. What is left out is nil, lists
/// are sorted, and a name that is not known is refused.
extension DisclosureEvent: Codable {
  private struct Form: Codable {
    var action: String
    var rationale: String?
    var items: SortedList<NoticeItem>?
    var withheld: SortedList<NoticeItem>?
    var deferral: DeferralForm?
    var riskAssessment: String?
    var safetyPlan: String?
    var addressReason: String?
    var reason: String?
    var code: ReasonCode?
    var approver: StaffMember?
    var routeOfChallenge: String?
    var statement: String?
    var channel: String?
    var discloser: StaffMember?
    var method: String?
    var recipients: [String]?
    var noticeHash: String?
    var force: String?
    var reference: String?
    var decision: String?
    var time: Int64?
    var clock: ClockKind?
    var kind: Occurrence.Kind?
    var isClear: Bool?

    init(_ action: String) { self.action = action }

    enum CodingKeys: String, CodingKey {
      case action, rationale, items, withheld, deferral, reason, code, approver, statement, channel, discloser
      case method, recipients, force, reference, decision, time, clock, kind
      case riskAssessment = "risk_assessment", safetyPlan = "safety_plan", addressReason = "address_reason"
      case routeOfChallenge = "route_of_challenge", noticeHash = "notice_sha256", isClear = "is_clear"
    }
  }

  private struct DeferralForm: Codable {
    var reasons: SortedList<ReasonCode>
    var evidence: String
    var reviewBy: CivilDate
    var endsWhen: String

    enum CodingKeys: String, CodingKey {
      case reasons, evidence, reviewBy = "review_by", endsWhen = "ends_when"
    }

    init(_ deferral: DisclosureStep.Deferral) {
      reasons = SortedList(deferral.reasons)
      evidence = deferral.evidence
      reviewBy = deferral.reviewBy
      endsWhen = deferral.endsWhen
    }

    var deferral: DisclosureStep.Deferral {
      DisclosureStep.Deferral(
        reasons: reasons.elements, evidence: evidence, reviewBy: reviewBy, endsWhen: endsWhen)
    }
  }

  /// Writes the form.
  public func encode(to encoder: any Encoder) throws {
    var form = Form(action)
    switch self {
    case .step(let step): Self.fill(&form, from: step)
    case .heldBack(let deferral, let items, let confirmedAt):
      form.deferral = DeferralForm(deferral)
      form.items = SortedList(items)
      form.time = confirmedAt
    case .requesterCheck(let isClear, let how):
      form.isClear = isClear
      form.statement = how
    case .pause(let clock, let reason):
      form.clock = clock
      form.reason = reason
    case .resume(let clock): form.clock = clock
    case .occurrence(let kind, let at):
      form.kind = kind
      form.time = at
    case .told(let kind, let at, let how):
      form.kind = kind
      form.time = at
      form.method = how
    }
    try form.encode(to: encoder)
  }

  private static func fill(_ form: inout Form, from step: DisclosureStep) {
    switch step {
    case .becomeDue(let confirmedAt): form.time = confirmedAt
    case .review, .close: break
    case .decideToDisclose(let decision), .decidePartly(let decision):
      form.rationale = decision.rationale
      form.items = SortedList(decision.items)
      form.withheld = decision.withheld.isEmpty ? nil : SortedList(decision.withheld)
      form.deferral = decision.deferral.map(DeferralForm.init)
      form.riskAssessment = decision.riskAssessment
      form.safetyPlan = decision.safetyPlan
      form.addressReason = decision.addressReason
    case .postpone(let deferral): form.deferral = DeferralForm(deferral)
    case .refuse(let denial):
      form.code = denial.reason
      form.rationale = denial.rationale
      form.approver = denial.approver
      form.routeOfChallenge = denial.routeOfChallenge
    case .victimDeclines(let statement), .victimWishes(let statement): form.statement = statement
    case .schedule(let channel, let discloser):
      form.channel = channel
      form.discloser = discloser
    case .reportNoContact(let attempts): form.statement = attempts
    case .deliver(let delivery):
      form.method = delivery.method
      form.recipients = delivery.recipients
      form.noticeHash = delivery.noticeHash
    case .acknowledge(let how): form.method = how
    case .supersede(let reason): form.reason = reason
    case .requireCorrection(let reason, let recipients):
      form.reason = reason
      form.recipients = recipients
    case .correct(let told, let hash):
      form.recipients = told
      form.noticeHash = hash
    case .referToPolice(let force, let reference):
      form.force = force
      form.reference = reference
    case .reportPoliceDecision(let decision, let reference):
      form.decision = decision
      form.reference = reference
    }
  }

  /// Reads the form.
  ///
  /// - Throws: `DecodingError` for a name that is not known, or without what the event needs.
  public init(from decoder: any Decoder) throws {
    let form = try Form(from: decoder)
    func need<Value>(_ value: Value?, _ name: String) throws -> Value {
      try decoder.need(value, name, of: form.action)
    }
    func decision() throws -> DisclosureStep.Decision {
      DisclosureStep.Decision(
        rationale: try need(form.rationale, "rationale"), items: try need(form.items, "items").elements,
        withheld: form.withheld?.elements ?? [], deferral: form.deferral?.deferral,
        riskAssessment: try need(form.riskAssessment, "risk_assessment"),
        safetyPlan: try need(form.safetyPlan, "safety_plan"), addressReason: form.addressReason)
    }
    switch form.action {
    case "due": self = .step(.becomeDue(confirmedAt: try need(form.time, "time")))
    case "review": self = .step(.review)
    case "decide": self = .step(.decideToDisclose(try decision()))
    case "decide-in-part": self = .step(.decidePartly(try decision()))
    case "defer": self = .step(.postpone(try need(form.deferral, "deferral").deferral))
    case "refuse":
      self = .step(
        .refuse(
          DisclosureStep.Denial(
            reason: try need(form.code, "code"), rationale: try need(form.rationale, "rationale"),
            approver: try need(form.approver, "approver"),
            routeOfChallenge: try need(form.routeOfChallenge, "route_of_challenge"))))
    case "decline": self = .step(.victimDeclines(statement: try need(form.statement, "statement")))
    case "wish": self = .step(.victimWishes(statement: try need(form.statement, "statement")))
    case "schedule":
      self = .step(
        .schedule(
          channel: try need(form.channel, "channel"), discloser: try need(form.discloser, "discloser")))
    case "no-contact": self = .step(.reportNoContact(attempts: try need(form.statement, "statement")))
    case "deliver":
      self = .step(
        .deliver(
          DisclosureStep.Delivery(
            method: try need(form.method, "method"), recipients: try need(form.recipients, "recipients"),
            noticeHash: try need(form.noticeHash, "notice_sha256"))))
    case "acknowledge": self = .step(.acknowledge(how: try need(form.method, "method")))
    case "close": self = .step(.close)
    case "supersede": self = .step(.supersede(reason: try need(form.reason, "reason")))
    case "require-correction":
      self = .step(
        .requireCorrection(
          reason: try need(form.reason, "reason"), recipients: try need(form.recipients, "recipients")))
    case "correct":
      self = .step(
        .correct(
          told: try need(form.recipients, "recipients"),
          noticeHash: try need(form.noticeHash, "notice_sha256"))
      )
    case "refer":
      self = .step(
        .referToPolice(force: try need(form.force, "force"), reference: try need(form.reference, "reference"))
      )
    case "police-decision":
      self = .step(
        .reportPoliceDecision(
          decision: try need(form.decision, "decision"), reference: try need(form.reference, "reference")))
    case "hold-back":
      self = .heldBack(
        try need(form.deferral, "deferral").deferral, items: try need(form.items, "items").elements,
        confirmedAt: form.time)
    case "requester":
      self = .requesterCheck(
        isClear: try need(form.isClear, "is_clear"), how: try need(form.statement, "statement"))
    case "pause":
      self = .pause(try need(form.clock, "clock"), reason: try need(form.reason, "reason"))
    case "resume": self = .resume(try need(form.clock, "clock"))
    case "event": self = .occurrence(try need(form.kind, "kind"), at: try need(form.time, "time"))
    case "told":
      self = .told(
        try need(form.kind, "kind"), at: try need(form.time, "time"), how: try need(form.method, "method"))
    default:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(form.action) is no known action"))
    }
  }
}

extension DisclosureRecord.Circumstances: Codable {
  private enum CodingKeys: String, CodingKey {
    case isSuspectUnder18 = "is_suspect_under_18", hasProtectedAlert = "has_protected_alert"
    case isRequesterChecked = "is_requester_checked", analysts
  }

  /// Reads what `encode` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init()
    isSuspectUnder18 = try container.decodeIfPresent(Bool.self, forKey: .isSuspectUnder18)
    hasProtectedAlert = try container.decode(Bool.self, forKey: .hasProtectedAlert)
    isRequesterChecked = try container.decode(Bool.self, forKey: .isRequesterChecked)
    analysts = Set(try container.decode([String].self, forKey: .analysts))
  }

  /// Writes the analysts in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encodeIfPresent(isSuspectUnder18, forKey: .isSuspectUnder18)
    try container.encode(hasProtectedAlert, forKey: .hasProtectedAlert)
    try container.encode(isRequesterChecked, forKey: .isRequesterChecked)
    try container.encode(analysts.sorted(), forKey: .analysts)
  }
}
