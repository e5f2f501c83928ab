/// One line in the record of an identification, as it is stored.
public struct IdentificationEntry: Hashable, Sendable {
  /// A stable name of what was done: `propose`, `confirm`, …
  public let action: String
  /// The state after it, as it was stored.
  public let state: Identification.State
  /// When it took effect, in seconds since 1970 UTC.
  public let time: Int64
  /// The staff id of who did it.
  public let who: String
  /// Whether the case's log has an entry for it.
  public let isLogged: Bool
  /// What was done; nil when its content was erased, or cannot be read.
  public let content: Content?

  /// What was done, by whom, and what was known at that time.
  public struct Content: Hashable, Sendable, Codable {
    /// What was done.
    public let event: IdentificationEvent
    /// Who did it, with the roles of that time.
    public let who: StaffMember
    /// What was known.
    public let circumstances: Identification.Circumstances

    /// Puts together what was done.
    public init(
      event: IdentificationEvent, who: StaffMember, circumstances: Identification.Circumstances
    ) {
      self.event = event
      self.who = who
      self.circumstances = circumstances
    }
  }

  /// Takes a stored line.
  public init(
    action: String, state: Identification.State, time: Int64, who: String, isLogged: Bool, content: Content?
  ) {
    self.action = action
    self.state = state
    self.time = time
    self.who = who
    self.isLogged = isLogged
    self.content = content
  }
}

/// The whole life of one identification, read from what was stored.
public struct IdentificationHistory: Hashable, Sendable {
  /// Its id: `I2`.
  public let id: String
  /// The cluster as it was called when the record began: `C3`.
  public let cluster: String
  /// Hash of the run that made the cluster.
  public let run: String
  /// The accounts that the cluster had then.
  public let members: [String]
  /// Where it stands.
  public let state: Identification.State
  /// All that was written down, in order.
  public let entries: [IdentificationEntry]
  /// The identification that the rules make of it; nil when they refuse a line, or a line's content was erased.
  public let identification: Identification?
  /// Why there is none.
  public let problem: String?

  /// Reads a stored life.
  ///
  /// - Parameter entries: in the order in which they were written.
  public init(id: String, cluster: String, run: String, members: [String], entries: [IdentificationEntry]) {
    self.id = id
    self.cluster = cluster
    self.run = run
    self.members = members
    self.entries = entries
    state = entries.last?.state ?? .hypothesis
    var found = Identification(cluster: cluster)
    var why: String?
    for (place, entry) in entries.enumerated() where why == nil {
      let line = "line \(place + 1) (\(entry.action))"
      guard let content = entry.content else {
        why = "\(line): its content was erased, or cannot be read"
        break
      }
      do throws(Refusal) {
        found = try found.taking(content.event, by: content.who, at: entry.time, content.circumstances)
      } catch { why = "\(line): the rules refuse it: \(error)" }
      if why == nil,
        found.state != entry.state || content.event.action != entry.action || content.who.id != entry.who
      {
        why = "\(line): it is stored as \(entry.state.rawValue), and leads to \(found.state.rawValue)"
      }
    }
    problem = why
    identification = why == nil ? found : nil
  }

  /// When it was confirmed, in seconds since 1970 UTC: T0; nil when it never was.
  public var confirmedAt: Int64? { entries.first { $0.action == "confirm" }?.time }

  /// When it was rejected or withdrawn.
  public var endedAt: Int64? { entries.first { $0.state == .rejected || $0.state == .withdrawn }?.time }

  /// Whether the person was noted by then to be under 18; nil where that was not known, or had become doubtful.
  ///
  /// - Parameter time: seconds since 1970 UTC.
  public func isUnder18(by time: Int64) -> Bool? {
    var known: Bool?
    for entry in entries where entry.time <= time {
      if case .age(let found, _, _) = entry.content?.event { known = found }
    }
    return known
  }

  /// Whether its content was erased: it takes no further step, and nothing rests on it any more.
  public var isErased: Bool { !entries.isEmpty && entries.allSatisfy { $0.content == nil } }

  /// Whether somebody confirmed who had linked the accounts or proposed the person.
  public var isConfirmedByAnalyst: Bool {
    let proposer = entries.first { $0.action == "propose" }?.who
    return entries.contains { entry in
      entry.action == "confirm"
        && (entry.who == proposer || entry.content?.circumstances.analysts.contains(entry.who) == true)
    }
  }

  /// Whether a line is missing from the log.
  public var isOutsideLog: Bool { entries.contains { !$0.isLogged } }
}
