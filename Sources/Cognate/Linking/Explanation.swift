import AccountModel

/// The evidence between two accounts under the last run.
public struct PairExplanation: Sendable, Codable {
  /// One item, with what it would weigh alone when a stronger item of the same sort stands for it.
  public struct Item: Sendable, Codable {
    /// The family of evidence.
    public var family: String
    /// Stable name of the rule that found it.
    public var rule: String
    /// Weight that counts towards the sum.
    public var log10LR: Double
    /// Weight that it would have if none stood for it.
    public var log10LRAlone: Double
    /// The degree of support in words; of an item for which a stronger one stands, that.
    public var support: String
    /// One sentence for a lay reader.
    public var statement: String
    /// The places that it came from.
    public var sources: [String]

    enum CodingKeys: String, CodingKey {
      case family, rule, log10LR = "log10_lr", log10LRAlone = "log10_lr_alone", support, statement, sources
    }

    /// Whether a stronger item of the same sort stands for it.
    public var isCountedElsewhere: Bool { Self.isCountedElsewhere(log10LR, alone: log10LRAlone) }

    private static func isCountedElsewhere(_ weight: Double, alone: Double) -> Bool {
      weight == 0 && alone != 0
    }

    /// The degree of support of a weight in words, which is not that of 0 where a stronger item stands for this one.
    static func support(_ weight: Double, alone: Double) -> String {
      isCountedElsewhere(weight, alone: alone)
        ? "not added again: a stronger item says the same" : VerbalSupport(log10LR: weight).rawValue
    }
  }

  /// One account; of the lower id.
  public var left: AccountSummary
  /// The other account.
  public var right: AccountSummary
  /// Sum of the items.
  public var log10LR: Double
  /// ENFSI's words for it.
  public var support: String
  /// The two propositions that the ratio is between.
  public var propositions: [String]
  /// Strongest for first, against last.
  public var evidence: [Item]
  /// What a human decided about the two, if anything.
  public var judgement: String?
  /// Why the merge was held, if it was.
  public var held: String?
  /// Whether the last run has both in one cluster.
  public var isInOneCluster: Bool
  /// Hash of the run.
  public var run: String
  /// What was done since the run that the evidence and the clusters depend on; the judgement is the latest. Nil when that
  /// is nothing.
  public var changedSince: [RunChange]?

  enum CodingKeys: String, CodingKey {
    case left, right, log10LR = "log10_lr", support, propositions, evidence, judgement, held
    case isInOneCluster = "is_in_one_cluster", run, changedSince = "changed_since_run"
  }

  /// What every likelihood ratio here compares.
  public static let propositions = [
    "the two accounts have the same controller", "the two accounts have different controllers",
  ]

  /// What is said of two accounts between which nothing was found.
  public static let noEvidence = "Nothing that was compared speaks for or against it."

  /// What is said of an item for which a stronger one stands.
  public static let countedElsewhere =
    "says the same as a stronger item of its sort, so it is not added again"

  /// The sum in words, with the propositions that it is between.
  public var reading: String {
    let support = VerbalSupport(log10LR: log10LR)
    if support == .none { return "\(support.rawValue) for either proposition." }
    let propositions = Self.propositions
    let (one, other) = log10LR > 0 ? (propositions[0], propositions[1]) : (propositions[1], propositions[0])
    return "\(support.rawValue) for the proposition that \(one), over the one that \(other)."
  }
}

/// How a cluster was built: its merges, weakest first.
public struct ClusterExplanation: Sendable, Codable {
  /// A merge with its strongest item of evidence.
  public struct Step: Sendable, Codable {
    /// One account.
    public var left: AccountSummary
    /// The other account.
    public var right: AccountSummary
    /// nil for a merge that a human ordered.
    public var log10LR: Double?
    /// The degree of support in words.
    public var support: String
    /// The strongest evidence between the two; where that is how they write, what it adds to as well.
    public var because: String

    enum CodingKeys: String, CodingKey { case left, right, log10LR = "log10_lr", support, because }
  }

  /// The cluster: `C1`.
  public var id: String
  /// Its accounts.
  public var accounts: [AccountSummary]
  /// The merges, weakest first.
  public var merges: [Step]
  /// Merges between an account of the cluster and others that were held.
  public var held: [LinkResult.Held]
  /// Hash of the run.
  public var run: String
  /// What was done since the run that it depends on; nil when that is nothing.
  public var changedSince: [RunChange]?

  enum CodingKeys: String, CodingKey {
    case id, accounts, merges, held, run, changedSince = "changed_since_run"
  }
}
