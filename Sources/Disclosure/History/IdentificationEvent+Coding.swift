/// The form of an event on disk: one flat object with the stable name of what was done.
extension IdentificationEvent: Codable {
  private struct Form: Codable {
    var action: String
    var person: String?
    var source: String?
    var corroborations: [Identification.Corroboration]?
    var contrary: String?
    var reviewer: StaffMember?
    var reason: String?
    var isUnder18: Bool?
    var approver: StaffMember?
    var alerts: [String]?

    init(_ action: String) { self.action = action }

    enum CodingKeys: String, CodingKey {
      case action, person, source, corroborations, contrary, reviewer, reason, isUnder18 = "is_under_18"
      case approver, alerts
    }
  }

  /// Writes the form.
  public func encode(to encoder: any Encoder) throws {
    var form = Form(action)
    switch self {
    case .open: break
    case .step(.propose(let person, let source)):
      form.person = person
      form.source = source
    case .step(.corroborate(let found, let contrary, let reviewer)):
      form.corroborations = found
      form.contrary = contrary
      form.reviewer = reviewer
    case .step(.confirm(let reason)), .step(.reject(let reason)), .step(.withdraw(let reason)):
      form.reason = reason
    case .age(let isUnder18, let basis, let approver):
      form.isUnder18 = isUnder18
      form.reason = basis
      form.approver = approver
    case .alertExamined(let alerts, let finding):
      form.alerts = alerts
      form.reason = finding
    }
    try form.encode(to: encoder)
  }

  /// Reads the form.
  ///
  /// - Throws: `DecodingError` for a name that is not known, or without what the event needs.
  public init(from decoder: any Decoder) throws {
    let form = try Form(from: decoder)
    func need<Value>(_ value: Value?, _ name: String) throws -> Value {
      try decoder.need(value, name, of: form.action)
    }
    switch form.action {
    case "open": self = .open
    case "propose":
      self = .step(
        .propose(
          personReference: try need(form.person, "person"), sourceReference: try need(form.source, "source")))
    case "corroborate":
      self = .step(
        .corroborate(
          try need(form.corroborations, "corroborations"), contrary: try need(form.contrary, "contrary"),
          reviewer: try need(form.reviewer, "reviewer")))
    case "confirm": self = .step(.confirm(rationale: try need(form.reason, "reason")))
    case "reject": self = .step(.reject(reason: try need(form.reason, "reason")))
    case "withdraw": self = .step(.withdraw(reason: try need(form.reason, "reason")))
    case "age":
      self = .age(
        isUnder18: form.isUnder18, basis: try need(form.reason, "reason"), approver: form.approver)
    case "alert":
      self = .alertExamined(
        alerts: try need(form.alerts, "alerts"), finding: try need(form.reason, "reason"))
    default:
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "\(form.action) is no known action"))
    }
  }
}

extension Identification.Circumstances: Codable {
  private enum CodingKeys: String, CodingKey {
    case analysts, hasProtectedAlert = "has_protected_alert", authority
  }

  /// Reads what `encode` writes.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      analysts: Set(try container.decode([String].self, forKey: .analysts)),
      hasProtectedAlert: try container.decode(Bool.self, forKey: .hasProtectedAlert),
      authority: try container.decode(Authority.self, forKey: .authority))
  }

  /// Writes the analysts in order.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(analysts.sorted(), forKey: .analysts)
    try container.encode(hasProtectedAlert, forKey: .hasProtectedAlert)
    try container.encode(authority, forKey: .authority)
  }
}
