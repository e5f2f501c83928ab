import AccountModel

/// What a linkage run found, without times or places: the same input gives the same bytes.
public struct LinkResult: Sendable, Codable {
  /// A cluster of at least two accounts.
  public struct Cluster: Sendable, Codable {
    /// `C` and a number, in order of the first account.
    public var id: String
    /// Its accounts.
    public var accounts: [AccountSummary]
    /// log10 LR of the weakest merge that holds it together; nil when only judgements do.
    public var weakestLink: Double?
    /// Part of its pairs that reach the threshold by themselves, 0 to 1.
    public var density: Double
    /// Merges without which it would fall apart, as no other pair across reaches the threshold.
    public var bridges: Int
    /// What was done since the run that it depends on; nil when that is nothing.
    public var changedSince: [RunChange]?

    enum CodingKeys: String, CodingKey {
      case id, accounts, weakestLink = "weakest_link", density, bridges, changedSince = "changed_since_run"
    }
  }

  /// A merge that was held.
  public struct Held: Sendable, Codable {
    /// One account.
    public var left: String
    /// The other account.
    public var right: String
    /// Weight of the pair; nil for a human judgement.
    public var log10LR: Double?
    /// Why it was held.
    public var cause: String

    enum CodingKeys: String, CodingKey { case left, right, log10LR = "log10_lr", cause }
  }

  /// A value that too many accounts hold to link any by itself.
  public struct CommonValue: Sendable, Codable {
    /// The kind of identifier.
    public var kind: String
    /// The value.
    public var value: String
    /// Accounts that hold it.
    public var accounts: Int
    /// Whether they were compared on it.
    public var compared: Bool
  }

  /// Hash of inputs, settings and engine.
  public var run: String
  /// log10 of the likelihood ratio from which accounts were linked.
  public var threshold: Double
  /// Accounts of the case.
  public var accounts: Int
  /// Pairs of accounts that were compared.
  public var pairs: Int
  /// The clusters, by number.
  public var clusters: [Cluster]
  /// Merges held because a protected account would be reached: a human must look.
  public var alerts: [Held]
  /// Merges held for other reasons.
  public var held: [Held]
  /// Values that too many accounts hold to be compared on, or to be linked by them alone.
  public var commonValues: [CommonValue]

  enum CodingKeys: String, CodingKey {
    case run, threshold, accounts, pairs, clusters, alerts, held, commonValues = "common_values"
  }
}
