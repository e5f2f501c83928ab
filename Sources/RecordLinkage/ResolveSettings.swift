/// Settings of a run; the defaults are what the engine chooses.
public struct ResolveSettings: Sendable, Codable, Hashable {
  /// Blocks of more records than this make no pairs.
  public var blockCap = 48
  /// Pairs a record that keys of two columns may add.
  public var pairsPerRecord = 6.0
  /// Keys in use at most.
  public var keyLimit = 16
  /// Random pairs drawn to learn how often records agree by chance.
  public var randomPairs = 400_000
  /// Candidate pairs that EM looks at, about.
  public var trainingPairs = 2_000_000
  /// Records of one file are never joined.
  public var linkOnly = false
  /// A merge needs this probability.
  public var probability = 0.5
  /// Tasks that compare at the same time; the result does not depend on it.
  public var tasks = 2

  /// The defaults.
  public init() {}
}
