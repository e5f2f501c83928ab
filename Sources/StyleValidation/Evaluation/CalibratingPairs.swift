import Stylometry

/// The pairs that the ratios of a task are calibrated by: those given, and every other pair of two authors that their
/// texts make, a first text and a second. These are many more; but where the given ones were chosen to be alike, of one
/// forum or on one subject, the others are none of their kind, and ratios that were calibrated by both would be wrong for
/// either.
struct CalibratingPairs {
  /// A pair, and whether the task gives it.
  typealias Pair = (pair: StylePairs.Pair, isGiven: Bool)

  /// Given pairs of two authors may lie so many standard deviations of a rank test from the others: beyond, the two are
  /// not of one kind (p < .01).
  static let limit = 2.576

  /// The given ones first.
  let pairs: [Pair]

  init(given: [StylePairs.Pair], of corpus: StyleCorpus) {
    var pairs: [Pair] = given.map { ($0, true) }
    let known = Set(given.map { [$0.left, $0.right] })
    let same = given.filter(\.isSame)
    for one in same {
      for other in same
      where corpus.documents[one.left].author != corpus.documents[other.right].author
        && !known.contains([one.left, other.right])
      {
        pairs.append(
          (StylePairs.Pair(left: one.left, right: other.right, isSame: false, split: one.split), false))
      }
    }
    self.pairs = pairs
  }

  /// Whether the other pairs score as those given do.
  ///
  /// - Parameter scores: one for each pair.
  func isOneKind(_ scores: [Double]) -> Bool {
    let different = pairs.indices.filter { !pairs[$0].pair.isSame }
    return abs(
      RankSum.deviate(
        different.filter { pairs[$0].isGiven }.map { scores[$0] },
        different.filter { !pairs[$0].isGiven }.map { scores[$0] })) <= Self.limit
  }
}
