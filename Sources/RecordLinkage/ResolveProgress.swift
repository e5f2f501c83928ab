/// How far a run has come.
public struct ResolveProgress: Sendable, Codable, Hashable {
  /// The parts of a run, in their order.
  public enum Stage: String, Sendable, Codable, CaseIterable {
    case read, normalise, block, train, score, cluster, explain, write
  }

  /// What is counted.
  public enum Unit: String, Sendable, Codable {
    case records, pairs
  }

  /// The part under way.
  public let stage: Stage
  /// How many are done.
  public let done: Int
  /// How many there are, at the most; nil where that is not known.
  public let total: Int?
  /// Of what.
  public let unit: Unit

  /// Makes a note of how far a run has come.
  public init(stage: Stage, done: Int, total: Int?, unit: Unit) {
    self.stage = stage
    self.done = done
    self.total = total
    self.unit = unit
  }
}
