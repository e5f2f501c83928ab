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

  /// So many others at most, more or less; of more those that lie evenly among first and second texts. They are held, and
  /// many more tell nothing more.
  static let mostOthers = 500_000

  /// The given ones first.
  let pairs: [Pair]

  init(given: [StylePairs.Pair], of corpus: StyleCorpus) {
    var pairs: [Pair] = given.map { ($0, true) }
    let known = Set(given.map { [$0.left, $0.right] })
    let same = given.filter(\.isSame)
    let (lefts, rights) = (
      StyleEvaluation.distinct(same.map(\.left)), StyleEvaluation.distinct(same.map(\.right))
    )
    let step = max((lefts.count * rights.count + Self.mostOthers - 1) / Self.mostOthers, 1)
    for (place, left) in lefts.enumerated() {
      for right in stride(from: place % step, to: rights.count, by: step).map({ rights[$0] })
      where corpus.documents[left].author != corpus.documents[right].author
        && !known.contains([left, right])
      {
        pairs.append((StylePairs.Pair(left: left, right: right, isSame: false, split: .calib), false))
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
