import PlatformExports

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
    /// What is counted: a class of record, or another unit of the format.
    public var unit: String
    /// How many the second count saw; nil when there is none.
    public var seen: Int?
    /// How many became records.
    public var imported: Int
    /// How many did not.
    public var setAside: Int
    /// Whether the second count is the sum of the two.
    public var agrees: Bool

    enum CodingKeys: String, CodingKey {
      case unit, seen, imported, setAside = "set_aside", agrees
    }
  }

  /// What was set aside for one reason.
  public struct SetAside: Sendable, Codable {
    /// What was set aside.
    public var unit: String
    /// Stable name of the reason.
    public var reason: String
    /// The reason in words.
    public var explanation: String
    /// Whether it is damage or not understood, and not what was to be expected.
    public var isFault: Bool
    /// How many.
    public var count: Int
    /// Some of them: where, and what stands there.
    public var examples: [String]

    enum CodingKeys: String, CodingKey {
      case unit, reason, explanation, isFault = "is_fault", count, examples
    }
  }

  /// What people call it.
  public var name: String
  /// Id of its format; nil when none was settled.
  public var format: String?
  /// SHA-256 of its bytes, or of its members' digests and paths; in hexadecimal.
  public var sha256: String?
  /// How it ended.
  public var outcome: Outcome
  /// Accounts that it mentions.
  public var accounts = 0
  /// Places at which it shows an identifier.
  public var identifiers = 0
  /// The reconciliation, by unit.
  public var counts: [Count] = []
  /// What was set aside, by unit and reason.
  public var setAside: [SetAside] = []
  /// Remarks.
  public var notes: [String] = []
  /// Accounts that became protected by this import, as A3.
  public var protected: [String] = []
  /// What was asked for and could not be done.
  public var warnings: [String] = []
  /// Why no copy could be kept of a source that is imported; nil when one was kept or none was wanted.
  public var copyFailure: String?
  /// Why it was refused, where and what to do.
  public var refusal: String?
  /// Stable name of the refusal's cause.
  public var refusalCode: String?

  enum CodingKeys: String, CodingKey {
    case name, format, sha256, outcome, accounts, identifiers, counts, setAside = "set_aside", notes
    case protected, warnings, copyFailure = "copy_failure", refusal, refusalCode = "refusal_code"
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
  /// Whether anything was damaged, not understood, not accounted for or not kept.
  public var isPartial: Bool {
    setAside.contains { $0.isFault } || counts.contains { !$0.agrees } || copyFailure != nil
  }
}

/// What became of an import.
public struct ImportReport: Sendable, Codable {
  /// What became of each source.
  public var sources: [SourceReport] = []
  /// Members that no reader recognised.
  public var unrecognised: [String] = []
  /// What some of these are, and what helps: `a.html: a page of …. Ask for …`; the first of each sort.
  public var unread: [String] = []
  /// How many of these are of a platform's export or return, so that the import is partial.
  public var unreadExports = 0
  /// Accounts of earlier imports that became protected, as A3.
  public var protected: [String] = []
  /// What was asked for and could not be done, beside the warnings of each source.
  public var warnings: [String] = []
  /// Members that are never read: links, encrypted entries, ….
  public var refusedMembers: [String] = []

  /// Why the import stopped before its end, when something of it was stored; nil when it did not.
  public var stoppedBy: String?

  enum CodingKeys: String, CodingKey {
    case sources, unrecognised, unread, unreadExports = "unread_exports", protected, warnings
    case refusedMembers = "refused_members", stoppedBy = "stopped_by"
  }

  /// How it ended as a whole.
  public enum Outcome: Sendable {
    case complete
    /// Something was refused, damaged or not accounted for, or is of an export that no reader reads.
    case partial
    /// Nothing could be imported.
    case refused
  }

  /// How it ended as a whole.
  public var outcome: Outcome {
    let refused = sources.lazy.filter { $0.outcome == .refused }.count
    if stoppedBy != nil { return .partial }
    if refused == sources.count { return .refused }
    return refused > 0 || unreadExports > 0 || !refusedMembers.isEmpty || sources.contains(where: \.isPartial)
      ? .partial : .complete
  }
}
