import Charts

/// Pairs that are likely of one origin and yet are not joined, as others are surer, where many of those that are expected are
/// among them.
public struct LessSurePairs: Sendable {
  /// How many there are.
  public let count: Int
  /// How many of them are expected to be of one origin.
  public let expected: Double

  /// Probability from which on pairs are counted: nearer to even odds are many people of one home.
  private static let leastProbability = 0.8
  /// Fewer than this are not worth a word.
  private static let fewest = 5.0
  /// Nor is less than this share of all that are expected.
  private static let leastShare = 0.2

  /// Nil where they are few, or probabilities are in doubt.
  init?(_ resolution: Resolution) {
    guard resolution.givenFields.isEmpty, resolution.homeDoubt == nil, resolution.classDoubt == nil
    else { return nil }
    let clusters = resolution.clusterOfRecord
    var (count, expected, found) = (0, 0.0, 0.0)
    for pair in resolution.pairs {
      let probability = resolution.probability(pair)
      if probability < Self.leastProbability { continue }
      if clusters[Int(pair.left)] == clusters[Int(pair.right)] {
        found += probability
      } else if probability < resolution.probabilityToMerge {
        count += 1
        expected += probability
      }
    }
    guard expected >= max(Self.fewest, Self.leastShare * (expected + found)) else { return nil }
    self.count = count
    self.expected = expected
  }

  /// The same in words.
  public var remark: String {
    "\(Figure.grouped(count)) pairs of .8 or more are left, of which \(Figure.grouped(Int(expected.rounded(.down)))) are "
      + "expected to be right: a lower probability joins more"
  }
}
