/// Whether values of two samples are drawn alike, by their ranks (Mann and Whitney, 1947).
public enum RankSum {
  /// How often a value of the first sample is above one of the second, ties by half, less what is expected of two samples
  /// drawn alike, over its standard deviation; 0 when a sample is empty.
  public static func deviate(_ one: [Double], _ other: [Double]) -> Double {
    if one.isEmpty || other.isEmpty { return 0 }
    let (first, second) = (Double(one.count), Double(other.count))
    return (wins(one.sorted(), other.sorted()) - first * second / 2)
      / (first * second * (first + second + 1) / 12).squareRoot()
  }

  /// How many pairs there are of a value and a lower one of the other sample, ties by half; both ascend.
  public static func wins(_ one: [Double], _ other: [Double]) -> Double {
    var wins = 0.0
    var (below, upTo) = (0, 0)
    for value in one {
      while below < other.count, other[below] < value { below += 1 }
      while upTo < other.count, other[upTo] <= value { upTo += 1 }
      wins += Double(below) + Double(upTo - below) / 2
    }
    return wins
  }
}
