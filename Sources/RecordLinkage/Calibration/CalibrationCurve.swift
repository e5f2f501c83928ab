import Glibc

/// Pairs by score: how many there are, how many would be there if all were of different origin, and the probability
/// that the model states.
///
/// Decoys are pairs made false by permutation. A decoy of a key keeps what its pairs agree on because of the key, with
/// all fields of the same family, and has its other fields from two records drawn at random. As many decoys stand for a
/// key as it is expected to make pairs of different origin. Where they are at a score is what false pairs would look
/// like if nothing but the key and chance made them agree; where people share more than that (households), the model
/// knows of it and decoys do not.
public struct CalibrationCurve: Sendable, Codable, Hashable {
  /// A range of scores.
  public struct Bin: Sendable, Codable, Hashable {
    /// log10 of the posterior odds, from here; the first bin takes all that is below as well.
    public let lower: Double
    /// To here; the last bin takes all that is above as well.
    public let upper: Double
    /// Pairs compared.
    public let observed: Int
    /// Pairs of different origin expected by the decoys.
    public let expectedFalse: Double
    /// Decoys behind `expectedFalse`.
    public let decoys: Int
    /// Mean probability that the model states; of the middle of the bin where no pair is.
    public let probability: Double
    /// 1 - local false-discovery rate by the decoys, not falling from bin to bin; nil where too few pairs and decoys are.
    public let probabilityByDecoys: Double?
  }

  /// Width of a bin, in log10 of the odds.
  public static let width = 0.25
  /// log10 of the odds where the first bin ends and the last one starts.
  public static let range = -4.0...6.0
  /// Fewer pairs and decoys than this in a bin say nothing.
  public static let fewestPairs = 20

  /// Decoys are asked from these log10 odds up.
  public static let lowestByDecoys = -1.0

  /// The bins, in ascending order.
  public let bins: [Bin]

  static let count = Int((range.upperBound - range.lowerBound) / width) + 2

  /// Of no pairs.
  static var empty: CalibrationCurve {
    CalibrationCurve(
      observed: [Int](repeating: 0, count: count), sums: [Double](repeating: 0, count: count),
      decoys: DecoyScores(),
      map: nil)
  }

  static func bin(_ log10Odds: Double) -> Int {
    min(max(Int(((log10Odds - range.lowerBound) / width).rounded(.down)) + 1, 0), count - 1)
  }

  /// - Parameters:
  ///   - observed: by bin, pairs.
  ///   - sums: by bin, the sum of their log10 odds.
  ///   - map: what the log10 odds of decoys stand for.
  init(observed: [Int], sums: [Double], decoys: DecoyScores, map: MonotoneMap?) {
    var counts = [Int](repeating: 0, count: Self.count)
    for odds in decoys.log10Odds { counts[Self.bin(map.map { $0(Double(odds)) } ?? Double(odds))] += 1 }
    let expected = counts.map { Double($0) * decoys.weight }
    let lowers = (0..<Self.count).map { Self.range.lowerBound + (Double($0) - 1) * Self.width }
    let isEnough = (0..<Self.count).map {
      observed[$0] >= Self.fewestPairs && observed[$0] + counts[$0] >= 2 * Self.fewestPairs
    }
    // Where false pairs are most of all, what they have in common drowns what is to be seen of matches.
    let used = (0..<Self.count).filter { isEnough[$0] && lowers[$0] >= Self.lowestByDecoys }
    let fitted = IsotonicRegression.fit(
      used.map { max(1 - expected[$0] / Double(observed[$0]), 0) }, weights: used.map { Double(observed[$0]) }
    )
    var byDecoys = [Double?](repeating: nil, count: Self.count)
    for (bin, value) in zip(used, fitted) { byDecoys[bin] = value }
    bins = (0..<Self.count).map { bin in
      let middle = observed[bin] > 0 ? sums[bin] / Double(observed[bin]) : lowers[bin] + Self.width / 2
      return Bin(
        lower: lowers[bin], upper: lowers[bin] + Self.width, observed: observed[bin],
        expectedFalse: expected[bin], decoys: counts[bin], probability: 1 / (1 + pow(10, -middle)),
        probabilityByDecoys: byDecoys[bin])
    }
  }
}
