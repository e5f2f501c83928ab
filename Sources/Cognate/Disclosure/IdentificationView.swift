internal import Disclosure

/// An identification as people and programs are shown it.
public struct IdentificationView: Sendable, Codable, Hashable {
  /// One line of its record.
  public struct Step: Sendable, Codable, Hashable {
    /// What was done.
    public var action: String
    /// The state after it.
    public var state: String
    /// When, ISO 8601 in UTC.
    public var at: String
    /// Who did it.
    public var who: String
    /// Whether the log tells of it.
    public var isLogged: Bool
    /// What it says, as it is stored: JSON, whose SHA-256 the entry of the log holds (`content_sha256`). Nil once erased.
    public var content: String?

    enum CodingKeys: String, CodingKey { case action, state, at, who, isLogged = "is_logged", content }
  }

  /// Its id: `I2`.
  public var id: String
  /// The cluster, as it was called then.
  public var cluster: String
  /// Hash of the run that made it.
  public var run: String
  /// Its accounts.
  public var members: [String]
  /// How far it has come.
  public var state: String
  /// The force's reference of the proposed person, if any.
  public var person: String?
  /// When it was confirmed: T0.
  public var confirmedAt: String?
  /// Whether the person is under 18; nil while it is not known.
  public var isUnder18: Bool?
  /// Alerts of a protected account that nobody has looked into.
  public var openAlerts: [String]
  /// Its record.
  public var steps: [Step]
  /// Whether what it said was erased, so that states, times and staff are all there is.
  public var isErased: Bool
  /// Why its record does not hold, if it does not.
  public var problem: String?
  /// What the last step changed elsewhere, in words.
  public var consequences: [String] = []

  enum CodingKeys: String, CodingKey {
    case id, cluster, run, members, state, person, confirmedAt = "confirmed_at", isUnder18 = "is_under_18"
    case openAlerts = "open_alerts", steps, isErased = "is_erased", problem, consequences
  }

  init(_ history: IdentificationHistory, contents: [String?], openAlerts: [String]) {
    id = history.id
    cluster = history.cluster
    run = history.run
    members = history.members
    state = history.state.rawValue
    person = history.identification?.personReference
    confirmedAt = history.confirmedAt.map(Instant.text)
    isUnder18 = history.identification?.isUnder18
    steps = zip(history.entries, contents).map { entry, content in
      Step(
        action: entry.action, state: entry.state.rawValue, at: Instant.text(entry.time), who: entry.who,
        isLogged: entry.isLogged, content: content)
    }
    isErased = StepContent.isErased(steps.map { ($0.isLogged, $0.content) })
    // Whether somebody had looked into them was erased as well.
    self.openAlerts = isErased ? [] : openAlerts
    problem = isErased ? nil : history.problem
  }
}
