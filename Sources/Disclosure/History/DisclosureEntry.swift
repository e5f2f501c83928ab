/// One line in the record of a disclosure, as it is stored.
public struct DisclosureEntry: Hashable, Sendable {
  /// A stable name of what was done: `decide`, `deliver`, …
  public let action: String
  /// The state after it, as it was stored.
  public let state: DisclosureState
  /// When it took effect, in seconds since 1970 UTC.
  public let time: Int64
  /// When it was written down.
  public let recordedAt: Int64
  /// The staff id of who did it.
  public let who: String
  /// Whether the case's log has an entry for it.
  public let isLogged: Bool
  /// What was done; nil when its content was erased, or cannot be read.
  public let content: Content?

  /// What was done, by whom, and what was known at that time.
  public struct Content: Hashable, Sendable, Codable {
    /// What was done.
    public let event: DisclosureEvent
    /// Who did it, with the roles of that time.
    public let who: StaffMember
    /// What was known.
    public let circumstances: DisclosureRecord.Circumstances

    /// Puts together what was done.
    public init(
      event: DisclosureEvent, who: StaffMember, circumstances: DisclosureRecord.Circumstances
    ) {
      self.event = event
      self.who = who
      self.circumstances = circumstances
    }
  }

  /// Takes a stored line.
  public init(
    action: String, state: DisclosureState, time: Int64, recordedAt: Int64, who: String, isLogged: Bool,
    content: Content?
  ) {
    self.action = action
    self.state = state
    self.time = time
    self.recordedAt = recordedAt
    self.who = who
    self.isLogged = isLogged
    self.content = content
  }
}
