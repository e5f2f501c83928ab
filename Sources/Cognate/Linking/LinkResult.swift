import AccountModel
internal import Linkage
internal import Stylometry

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
    /// Weight of the pair, with a protected account of what speaks for it alone; nil for a human judgement.
    public var log10LR: Double?
    /// Why it was held.
    public var cause: String
    /// Id of the one that is protected; nil when neither is.
    public var protected: String?

    enum CodingKeys: String, CodingKey { case left, right, log10LR = "log10_lr", cause, protected }

    init(_ left: AccountSummary, _ right: AccountSummary, log10LR: Double?, cause: String) {
      (self.left, self.right) = (left.label, right.label)
      (self.log10LR, self.cause) = (log10LR, cause)
      protected = left.isProtected ? left.id : right.isProtected ? right.id : nil
    }

    /// Why a merge was held, in words; a cause that this version does not know as it is.
    package static func words(_ cause: String) -> String {
      switch HeldMerge.Cause(rawValue: cause) {
      case .protectedAccount: "a protected account would be reached, by what speaks for one controller alone"
      case .judgedDifferent: "a human judged two of the accounts to have different controllers"
      case .evidenceAgainst: "evidence between other accounts of the two clusters outweighs it"
      case nil: cause
      }
    }
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

  /// How what accounts wrote fits the domain that it is weighed in.
  public struct Writing: Sendable, Codable {
    /// The name of the domain.
    public var domain: String
    /// Pairs of accounts that wrote enough and got a ratio, 2,000 at most.
    public var pairs: Int
    /// Of these, pairs with a ratio over 1 in a hundred, rounded down.
    public var percentOverOne: Int
    /// Whether ratios of writing count. They do not where most pairs would get more than 1, which says that the texts are
    /// not of the domain's kind, or nearly all one author's.
    public var isWeighed: Bool
    /// What an investigator must know of it; nil when there is nothing to say.
    public var remark: String?

    enum CodingKeys: String, CodingKey {
      case domain, pairs, percentOverOne = "percent_over_1", isWeighed = "weighed", remark
    }

    init(_ check: DomainCheck) {
      domain = check.domain
      pairs = check.pairs
      percentOverOne = check.percentage
      isWeighed = !check.isContradicted
      if check.isContradicted {
        remark =
          "How accounts write adds nothing: \(StyleAbstention.contradicted(domain, percentage: percentOverOne))."
      } else if pairs == 0 {
        remark =
          "How accounts write is weighed as “\(domain)”, and of no pair that was looked at can it be told: too little was written, or in another language or of another kind."
      } else if check.isOfTooFew {
        let pairs = pairs == 1 ? "one pair" : "\(pairs) pairs"
        remark =
          "How accounts write is weighed as “\(domain)”, and \(pairs) of accounts that wrote enough are too few to tell whether their texts are of that kind: whoever named it must know."
      }
    }
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
  /// How what accounts wrote fits the domain that was named; nil without one.
  public var writing: Writing?

  enum CodingKeys: String, CodingKey {
    case run, threshold, accounts, pairs, clusters, alerts, held, commonValues = "common_values", writing
  }
}
