/// What a case holds for an export, as a stream: each part can be walked as often as a format needs, in a fixed order,
/// and nothing needs to be in memory whole.
///
/// An account of a victim or witness is never joined with another here: it has no cluster, no pair, no identifiers,
/// and no judgement "same". What was held for its sake comes as `held`.
public protocol CaseContent {
  /// What stands on the export.
  var mark: ExportMark { get }
  /// The sources, by id.
  func sources(_ body: (ExportedSource) throws -> Void) throws
  /// The accounts, by id.
  func accounts(_ body: (ExportedAccount) throws -> Void) throws
  /// Which source mentions which account, by account, then source.
  func mentions(_ body: (ExportedMention) throws -> Void) throws
  /// The identifiers that an exported account has, by id.
  func identifiers(_ body: (ExportedIdentifier) throws -> Void) throws
  /// Which account has which identifier, by account, then identifier.
  func holdings(_ body: (ExportedHolding) throws -> Void) throws
  /// The pairs of the run with their evidence, by left, then right account.
  func pairs(_ body: (ExportedPair) throws -> Void) throws
  /// The clusters, by number.
  func clusters(_ body: (ExportedCluster) throws -> Void) throws
  /// What people decided, oldest first.
  func judgements(_ body: (ExportedJudgement) throws -> Void) throws
  /// The merges that were held, in the order of the run.
  func held(_ body: (ExportedHeldMerge) throws -> Void) throws
}

/// A file that was imported.
public struct ExportedSource: Hashable, Sendable {
  /// `S` and a number.
  public var id: String
  /// SHA-256 in hexadecimal.
  public var sha256: String
  /// The format that it was read as.
  public var format: String
  /// Its name.
  public var name: String
  /// Its size.
  public var bytes: Int64
  /// When it was imported, as ISO 8601 in UTC.
  public var importedAt: String
  /// Reference of the authorisation, for communications data.
  public var authorisation: String?

  /// Makes a source.
  public init(
    id: String, sha256: String, format: String, name: String, bytes: Int64, importedAt: String,
    authorisation: String? = nil
  ) {
    self.id = id
    self.sha256 = sha256
    self.format = format
    self.name = name
    self.bytes = bytes
    self.importedAt = importedAt
    self.authorisation = authorisation
  }
}

/// An account.
public struct ExportedAccount: Hashable, Sendable {
  /// `A` and a number.
  public var id: String
  /// The platform's name.
  public var platform: String
  /// The kind of value that names it.
  public var kind: String
  /// The canonical form of what names it.
  public var name: String
  /// A handle or name that it shows, where its own name is a number.
  public var shown: String?
  /// Whether the name means something in one source only.
  public var isLocal: Bool
  /// Whether it belongs to a victim or witness.
  public var isProtected: Bool
  /// Records that it wrote or that are about it.
  public var records: Int
  /// `C` and a number; nil when it is alone, and always when it is protected.
  public var cluster: String?

  /// Makes an account; a protected one stands in no cluster.
  public init(
    id: String, platform: String, kind: String, name: String, shown: String? = nil, isLocal: Bool = false,
    isProtected: Bool = false, records: Int, cluster: String?
  ) {
    self.id = id
    self.platform = platform
    self.kind = kind
    self.name = name
    self.shown = shown
    self.isLocal = isLocal
    self.isProtected = isProtected
    self.records = records
    self.cluster = isProtected ? nil : cluster
  }

  /// The account in a few words, for the label of a node.
  public var label: String { "\(id) \(platform):\(name)" + (shown.map { " (\($0))" } ?? "") }
}

/// That a source mentions an account.
public struct ExportedMention: Hashable, Sendable {
  /// The account.
  public var account: String
  /// The source.
  public var source: String
  /// Records of the account in it.
  public var records: Int

  /// Makes a mention.
  public init(account: String, source: String, records: Int) {
    self.account = account
    self.source = source
    self.records = records
  }
}

/// An identifier in canonical form.
public struct ExportedIdentifier: Hashable, Sendable {
  /// `I` and a number.
  public var id: String
  /// Its kind: `email`, `phone`, `ip`, ….
  public var kind: String
  /// The platform inside which it means something; empty for any.
  public var platform: String
  /// The canonical form.
  public var value: String

  /// Makes an identifier.
  public init(id: String, kind: String, platform: String, value: String) {
    self.id = id
    self.kind = kind
    self.platform = platform
    self.value = value
  }

  /// Kinds that describe a person and no account; they are never exported, as an export names nobody.
  public static let withheldKinds: Set<String> = ["person-name", "date-of-birth", "postal-address"]
}

/// That an account has an identifier.
public struct ExportedHolding: Hashable, Sendable {
  /// The account.
  public var account: String
  /// The identifier.
  public var identifier: String
  /// What the source calls it; may be empty.
  public var label: String
  /// Who says so: `platform`, `user`, `claimed`, `inferred`.
  public var assertion: String
  /// How often it was seen.
  public var sightings: Int

  /// Makes a holding.
  public init(account: String, identifier: String, label: String, assertion: String, sightings: Int) {
    self.account = account
    self.identifier = identifier
    self.label = label
    self.assertion = assertion
    self.sightings = sightings
  }
}

/// Two accounts with the evidence between them.
public struct ExportedPair: Hashable, Sendable {
  /// One item of evidence.
  public struct Item: Hashable, Sendable {
    /// The family of evidence.
    public var family: String
    /// Stable name of the rule.
    public var rule: String
    /// Its part in the sum.
    public var log10LR: Double
    /// The degree of support in words.
    public var support: String
    /// One sentence for a lay reader.
    public var statement: String
    /// Where it came from: source, member, line or byte.
    public var places: [String]

    /// Makes an item.
    public init(
      family: String, rule: String, log10LR: Double, support: String, statement: String, places: [String]
    ) {
      self.family = family
      self.rule = rule
      self.log10LR = log10LR
      self.support = support
      self.statement = statement
      self.places = places
    }
  }

  /// One account, of the lower id.
  public var left: String
  /// The other account.
  public var right: String
  /// The sum of the items.
  public var log10LR: Double
  /// The degree of support in words.
  public var support: String
  /// Whether the run has both in one cluster.
  public var isInOneCluster: Bool
  /// The evidence, for and against.
  public var evidence: [Item]

  /// Makes a pair.
  public init(
    left: String, right: String, log10LR: Double, support: String, isInOneCluster: Bool, evidence: [Item]
  ) {
    self.left = left
    self.right = right
    self.log10LR = log10LR
    self.support = support
    self.isInOneCluster = isInOneCluster
    self.evidence = evidence
  }

  /// The ratio in words, with both propositions.
  public var reading: String {
    Propositions.reading(
      ExportNumber.weight(log10LR), isNegative: log10LR < 0, support: support)
  }
}

/// A cluster of accounts.
public struct ExportedCluster: Hashable, Sendable {
  /// `C` and a number.
  public var id: String
  /// Its accounts, by id.
  public var accounts: [String]
  /// log10 LR of the weakest merge; nil when only judgements hold it together.
  public var weakestLink: Double?

  /// Makes a cluster.
  public init(id: String, accounts: [String], weakestLink: Double?) {
    self.id = id
    self.accounts = accounts
    self.weakestLink = weakestLink
  }
}

/// What a person decided about two accounts.
public struct ExportedJudgement: Hashable, Sendable {
  /// `J` and a number.
  public var id: String
  /// One account.
  public var left: String
  /// The other account.
  public var right: String
  /// `same`, `different` or `unsure`.
  public var verdict: String
  /// Why.
  public var reason: String
  /// When, as ISO 8601 in UTC.
  public var madeAt: String
  /// When it was taken back; nil while it stands.
  public var undoneAt: String?
  /// Whether one of the accounts is protected; it is then no line of a graph.
  public var touchesProtected: Bool

  /// Makes a judgement.
  public init(
    id: String, left: String, right: String, verdict: String, reason: String, madeAt: String,
    undoneAt: String? = nil, touchesProtected: Bool = false
  ) {
    self.id = id
    self.left = left
    self.right = right
    self.verdict = verdict
    self.reason = reason
    self.madeAt = madeAt
    self.undoneAt = undoneAt
    self.touchesProtected = touchesProtected
  }
}

/// A merge that the run did not make.
public struct ExportedHeldMerge: Hashable, Sendable {
  /// `H` and a number.
  public var id: String
  /// One account.
  public var left: String
  /// The other account.
  public var right: String
  /// Weight of the pair; nil for a human judgement.
  public var log10LR: Double?
  /// Why it was held: `protected-account`, ….
  public var cause: String

  /// Makes a held merge.
  public init(id: String, left: String, right: String, log10LR: Double?, cause: String) {
    self.id = id
    self.left = left
    self.right = right
    self.log10LR = log10LR
    self.cause = cause
  }
}
