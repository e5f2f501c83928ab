/// The life of one disclosure as a line of JSON, for reports over many cases and for their tests.
///
///     {"case":"CR/1/26","id":"D4","unit":"North","authority":"force","rules":"proposal-2026-11","is_enhanced":false,
///      "basis":{"id":"I2","confirmed_at":1764580000},"entries":[{"action":"due","state":"due","time":1764580000,
///      "recorded_at":1764580000,"who":"ds.two","is_logged":true,"content":{…}}, …]}
public struct HistoryLine: Sendable, Hashable, Codable {
  /// What it rests on.
  public struct Basis: Sendable, Hashable, Codable {
    /// Id of the identification.
    public var id: String
    /// When it was confirmed.
    public var confirmedAt: Int64?
    /// When it ceased to hold.
    public var endedAt: Int64?

    enum CodingKeys: String, CodingKey { case id, confirmedAt = "confirmed_at", endedAt = "ended_at" }

    /// Names an identification.
    public init(id: String, confirmedAt: Int64?, endedAt: Int64?) {
      self.id = id
      self.confirmedAt = confirmedAt
      self.endedAt = endedAt
    }
  }

  /// One line of its record.
  public struct Entry: Sendable, Hashable, Codable {
    /// A stable name of what was done.
    public var action: String
    /// The state after it.
    public var state: DisclosureState
    /// When it took effect, in seconds since 1970 UTC.
    public var time: Int64
    /// When it was written down.
    public var recordedAt: Int64
    /// The staff id.
    public var who: String
    /// Whether the log has an entry for it.
    public var isLogged: Bool
    /// What was done; nil when it was erased.
    public var content: DisclosureEntry.Content?

    enum CodingKeys: String, CodingKey {
      case action, state, time, recordedAt = "recorded_at", who, isLogged = "is_logged", content
    }
  }

  /// Reference of the case.
  public var caseReference: String
  /// Its id in the case.
  public var id: String
  /// The record out of which it came.
  public var parent: String?
  /// The unit that answers for it.
  public var unit: String
  /// Who holds the case.
  public var authority: Authority
  /// Version of the rule set.
  public var rules: String
  /// Whether the victim has enhanced rights.
  public var isEnhanced: Bool
  /// What it rests on.
  public var basis: Basis
  /// All that was written down, in order.
  public var entries: [Entry]

  enum CodingKeys: String, CodingKey {
    case caseReference = "case", id, parent, unit, authority, rules, isEnhanced = "is_enhanced", basis,
      entries
  }

  /// The line of a history.
  public init(_ history: DisclosureHistory, caseReference: String) {
    self.caseReference = caseReference
    id = history.id
    parent = history.parent
    unit = history.unit
    authority = history.authority
    rules = history.rules.version
    isEnhanced = history.isEnhanced
    basis = Basis(
      id: history.basis.id, confirmedAt: history.basis.confirmedAt, endedAt: history.basis.endedAt)
    entries = history.entries.map { entry in
      Entry(
        action: entry.action, state: entry.state, time: entry.time, recordedAt: entry.recordedAt,
        who: entry.who, isLogged: entry.isLogged, content: entry.content)
    }
  }

  /// The history of a line.
  ///
  /// - Parameter rules: the rule set of that version.
  public func history(_ rules: RuleSet) -> DisclosureHistory {
    DisclosureHistory(
      id: id,
      basis: DisclosureHistory.Basis(id: basis.id, confirmedAt: basis.confirmedAt, endedAt: basis.endedAt),
      parent: parent, unit: unit, authority: authority, rules: rules, isEnhanced: isEnhanced,
      entries: entries.map { entry in
        DisclosureEntry(
          action: entry.action, state: entry.state, time: entry.time, recordedAt: entry.recordedAt,
          who: entry.who, isLogged: entry.isLogged, content: entry.content)
      })
  }
}
