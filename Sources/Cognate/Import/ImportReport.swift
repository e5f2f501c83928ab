public import PlatformExports

/// What became of one source.
public struct SourceReport: Sendable, Codable {
  /// How an import of a source ended.
  public enum Outcome: String, Sendable, Codable {
    case imported
    /// The same bytes were imported before: nothing was added.
    case alreadyImported = "already-imported"
    /// Nothing of it was imported.
    case refused
  }

  /// Counts of one unit: seen by the second count, imported, set aside.
  public struct Count: Sendable, Codable {
    public var unit: String
    public var seen: Int?
    public var imported: Int
    public var setAside: Int
    public var agrees: Bool

    enum CodingKeys: String, CodingKey {
      case unit, seen, imported, setAside = "set_aside", agrees
    }
  }

  /// What was set aside for one reason.
  public struct SetAside: Sendable, Codable {
    public var unit: String
    public var reason: String
    public var explanation: String
    public var isFault: Bool
    public var count: Int
    public var examples: [String]

    enum CodingKeys: String, CodingKey {
      case unit, reason, explanation, isFault = "is_fault", count, examples
    }
  }

  public var name: String
  public var format: String?
  public var sha256: String?
  public var outcome: Outcome
  public var accounts = 0
  public var identifiers = 0
  public var counts: [Count] = []
  public var setAside: [SetAside] = []
  public var notes: [String] = []
  /// Why it was refused, where and what to do.
  public var refusal: String?
  /// Stable name of the refusal's cause.
  public var refusalCode: String?

  enum CodingKeys: String, CodingKey {
    case name, format, sha256, outcome, accounts, identifiers, counts, setAside = "set_aside", notes
    case refusal, refusalCode = "refusal_code"
  }

  init(name: String, outcome: Outcome) {
    self.name = name
    self.outcome = outcome
  }

  init(name: String, refusal: ExportRefusal) {
    self.init(name: name, outcome: .refused)
    self.refusal = refusal.description
    refusalCode = refusal.code
  }

  /// Records stored.
  public var records: Int { counts.reduce(0) { $0 + $1.imported } }
  /// Whether anything was damaged, not understood or not accounted for.
  public var isPartial: Bool { setAside.contains { $0.isFault } || counts.contains { !$0.agrees } }
}

/// What became of an import.
public struct ImportReport: Sendable, Codable {
  public var sources: [SourceReport] = []
  /// Members that no reader recognised.
  public var unrecognised: [String] = []
  /// Members that are never read: links, encrypted entries, ….
  public var refusedMembers: [String] = []

  enum CodingKeys: String, CodingKey {
    case sources, unrecognised, refusedMembers = "refused_members"
  }

  /// How it ended as a whole.
  public enum Outcome: Sendable {
    case complete
    /// Something was refused, damaged or not accounted for.
    case partial
    /// Nothing could be imported.
    case refused
  }

  /// How it ended as a whole.
  public var outcome: Outcome {
    let refused = sources.lazy.filter { $0.outcome == .refused }.count
    if refused == sources.count { return .refused }
    return refused > 0 || !refusedMembers.isEmpty || sources.contains(where: \.isPartial)
      ? .partial : .complete
  }

  mutating func append(_ other: ImportReport) {
    sources += other.sources
    unrecognised += other.unrecognised
    refusedMembers += other.refusedMembers
  }
}
