/// How the texts of accounts compare, for those that wrote enough: what a linkage run asks, and who answers it.
///
/// The run itself reads no text. Whoever prepares its input measures the texts, names the pairs that are so alike that
/// they must be looked at although they share no identifier, and answers for any pair.
public struct WritingComparison: Sendable {
  /// What the texts of two accounts say.
  public struct Finding: Sendable, Hashable {
    /// log10 of the likelihood ratio; 0 where the comparison abstains.
    public var log10LR: Double
    /// Whether the likelihood ratio was calibrated for such texts; otherwise the finding is shown and adds nothing.
    public var isCalibrated: Bool
    /// One sentence for a lay reader.
    public var statement: String
    /// The caller's numbers of records that show it.
    public var references: [Int64]

    /// Makes a finding.
    public init(log10LR: Double, isCalibrated: Bool, statement: String, references: [Int64] = []) {
      self.log10LR = log10LR
      self.isCalibrated = isCalibrated
      self.statement = statement
      self.references = references
    }
  }

  /// Two accounts, by their numbers.
  public struct Pair: Sendable, Hashable, Comparable {
    /// The account of the lower position.
    public let left: AccountNode
    /// The account of the higher position.
    public let right: AccountNode

    /// Makes a pair, in either order.
    public init(_ one: AccountNode, _ other: AccountNode) {
      left = min(one, other)
      right = max(one, other)
    }

    /// By the lower position, then the higher.
    public static func < (one: Self, other: Self) -> Bool {
      one.left != other.left ? one.left < other.left : one.right < other.right
    }
  }

  /// Pairs to look at, in any order.
  public var candidates: [Pair]
  /// Told of pairs before `finding` is asked of them, so that the texts of their accounts alone are measured, all at once.
  /// It changes no answer.
  public var prepare: @Sendable ([Pair]) -> Void
  /// Answers for two accounts; nil where one of them wrote nothing that can be compared. The same for the same
  /// accounts, whatever thread asks, and in either order.
  public var finding: @Sendable (Pair) -> Finding?

  /// Makes a comparison.
  public init(
    candidates: [Pair], prepare: @escaping @Sendable ([Pair]) -> Void = { _ in },
    finding: @escaping @Sendable (Pair) -> Finding?
  ) {
    self.candidates = candidates
    self.prepare = prepare
    self.finding = finding
  }
}

extension LinkageInput {
  /// By account, the keys that propose no pair and speak for one that something else proposes: who proposes pairs of
  /// groups by their texts must name those pairs of accounts that share such a key.
  public var supportingKeys: [Set<KeyNode>] {
    let isSupporting = keys.map { WeightTable.isUsable($0) && !WeightTable.proposes($0) }
    var held = [Set<KeyNode>](repeating: [], count: accounts.count)
    for sighting in sightings where isSupporting[Int(sighting.key.raw)] {
      held[Int(sighting.account.raw)].insert(sighting.key)
    }
    return held
  }
}
