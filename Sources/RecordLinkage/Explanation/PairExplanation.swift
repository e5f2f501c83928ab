/// Why a pair weighs what it weighs: the levels of its fields and what each adds.
public struct PairExplanation: Sendable, Codable, Hashable {
  /// What was compared: a field, how it agreed, and the values as they were read.
  public struct Comparison: Sendable, Codable, Hashable {
    /// The field.
    public let field: String
    /// How it agreed.
    public let agreement: String
    /// How many records hold such a value: the bounds of the bucket; nil where agreement has no frequency.
    public let frequency: ClosedRange<Int>?
    /// Values of the lower record.
    public let left: [String]
    /// Values of the higher record.
    public let right: [String]
  }

  /// One step of the sum: a field, or several that are weighed together.
  public struct Step: Sendable, Codable, Hashable {
    /// What was compared; empty for what the way in which the pair was found takes from the sum.
    public let comparisons: [Comparison]
    /// log10 of the likelihood ratio.
    public let log10LR: Double
  }

  /// The lower record.
  public let left: Int
  /// The higher record.
  public let right: Int
  /// log10 of the likelihood ratio; the sum of the steps.
  public let log10LR: Double
  /// Whether the two are in one cluster.
  public let isJoined: Bool
  /// The steps, the strongest first.
  public let steps: [Step]
  /// What could not be compared, as one of the two has no value.
  public let silent: [Comparison]
}

/// What a run shows of single pairs and clusters, picked out while the values were at hand.
public struct RunExamples: Sendable, Codable, Hashable {
  /// Pairs right at the threshold, those above it first.
  public var nearThreshold: [PairExplanation] = []
  /// The pairs of most weight.
  public var strongest: [PairExplanation] = []
  /// Pairs that alone hold the two halves of a cluster together, weakest first.
  public var weakestJoined: [PairExplanation] = []
  /// The clusters whose weakest links are the weakest, weakest first.
  public var bridges: [Bridge] = []
  /// The strongest links that did not join their records.
  public var held: [Held] = []
  /// The largest clusters.
  public var largest: [Cluster] = []

  /// The weakest link of a cluster: without it the cluster falls into two.
  public struct Bridge: Sendable, Codable, Hashable {
    /// Number of the cluster.
    public let cluster: Int
    /// The two records that it joins.
    public let left: Int
    /// The other record.
    public let right: Int
    /// log10 of the likelihood ratio of the two.
    public let log10LR: Double
    /// The same less what speaks against it between the two halves of the cluster.
    public let evidence: Double
    /// Records on either side.
    public let sides: [Int]
  }

  /// A link that reached the threshold and joined nothing.
  public struct Held: Sendable, Codable, Hashable {
    /// The two records.
    public let left: Int
    /// The other record.
    public let right: Int
    /// log10 of the likelihood ratio; nil for what somebody had judged the same.
    public let log10LR: Double?
    /// What held it, in words.
    public let cause: String
  }

  /// A cluster with the values of its first records.
  public struct Cluster: Sendable, Codable, Hashable {
    /// Its number.
    public let number: Int
    /// Records in it.
    public let size: Int
    /// Pairs of its records that reach the threshold themselves.
    public let strongPairs: Int
    /// log10 LR of its weakest link, less what speaks against it; nil where none was weighed, as between copies.
    public let weakestLink: Double?
    /// Columns of `values`.
    public let columns: [String]
    /// Some of its records.
    public let records: [Int]
    /// By record of `records`, its value in each column as read; empty for none.
    public let values: [[String]]
  }
}
