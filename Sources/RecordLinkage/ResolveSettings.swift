import Foundation

/// Settings of a run; the defaults are what the engine chooses.
public struct ResolveSettings: Sendable, Codable, Hashable {
  /// Blocks of more records than this make no pairs.
  public var blockCap = 32
  /// Pairs a record that a key may make; one that makes more is used in company only.
  public var pairsPerRecordAndKey = 1.5
  /// Pairs a record that keys of two columns may add together.
  public var pairsPerRecord = 2.0
  /// Pairs that a table may have in all whatever the limits by record say: a small one can afford to look further.
  public var sparePairs = 400_000.0
  /// Keys in use at most, and how many more a small table may have.
  public var keyLimit = 16
  /// See `keyLimit`.
  public var spareKeys = 8
  /// Random pairs drawn to learn how often records agree by chance, at most.
  public var randomPairs = 200_000
  /// Random pairs for each record.
  public var randomPairsPerRecord = 15
  /// Candidate pairs that EM looks at, about.
  public var trainingPairs = 500_000
  /// A table of fewer records is learnt from as a whole; of others see `LearningBase`.
  public var fewestForBase = 1 << 17
  /// Records of one file, or of one source where a column tells it, are never joined.
  public var linkOnly = false
  /// Columns, one or two, whose values make a key beside those that the engine chooses.
  public var blockingKeys: [[String]] = []
  /// Whether single pairs are picked out and explained (`Resolution.examples`); the columns as read then stay in
  /// memory until the end.
  public var explains = false
  /// A merge needs this probability; nil for the lowest one, from even odds up, at which the pairs above it are expected
  /// to be right in `expectedPrecision` of the cases; where less than a quarter of the pairs that are expected would be found so,
  /// the one at which half are, if nine in ten are then expected to be right.
  public var probability: Double?
  /// See `probability`.
  public var expectedPrecision = 0.98

  /// Threads at most; nil for one a core. The result is the same with any number.
  public var threads: Int?

  /// Whether the run keeps what `ResultStore` stores (`Resolution.state`); the columns as read then stay in memory.
  public var keepsState = false

  /// What results were made by; a store of another version cannot be added to.
  public static let engineVersion = 14

  /// The defaults.
  public init() {}

  /// Threads in use.
  var threadCount: Int { max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount) }

  /// The limits that hold for a table of so many records.
  func blockingLimits(records: Int) -> (
    cap: Int, pairsPerKey: Double, pairs: Double, keys: Int
  ) {
    let spare = sparePairs / Double(max(records, 1))
    return (
      max(blockCap, min(100, Int(spare * 2))),
      Double(records) * max(pairsPerRecordAndKey, min(10, spare / 2)),
      Double(records) * max(pairsPerRecord, min(16, spare)),
      keyLimit + min(spareKeys, Int(spare / 2))
    )
  }
}
