import Stylometry

/// Who calibrates a task, and by which pairs.
struct StyleCalibrators {
  /// Where the pairs are from.
  enum Origin {
    /// The task gives them.
    case pairs
    /// Made of the documents of split calib, of which the task gives too few pairs.
    case documents
    /// Made of a part of the authors of split fit, as no split calibrates.
    case background
  }

  let origin: Origin
  let pairs: [StylePairs.Pair]
  /// Authors of split fit whom nothing may be learnt from, since they calibrate.
  private(set) var taken: Set<String> = []

  /// - Parameter mayTake: whether authors of split fit may calibrate where nobody else does. Each fourth does then, as in
  ///   training by files without splits.
  init(_ task: StyleTask, mayTake: Bool) {
    let given = task.pairs(of: .calib)
    if !Self.areEnough(given) {
      let made = Self.pairs(of: task.places(of: .calib), in: task.corpus)
      if Self.areEnough(made) {
        (origin, pairs) = (.documents, made)
        return
      }
      if mayTake {
        let fourth = Self.fourth(of: task)
        let places = task.places(of: .fit).filter { fourth.contains(task.corpus.documents[$0].author) }
        let others = Self.pairs(of: places, in: task.corpus)
        if Self.areEnough(others) {
          (origin, pairs, taken) = (.background, others, fourth)
          return
        }
      }
    }
    (origin, pairs) = (.pairs, given)
  }

  /// Each fourth of the authors of split fit.
  private static func fourth(of task: StyleTask) -> Set<String> {
    let authors = Set(task.places(of: .fit).map { task.corpus.documents[$0].author }).sorted()
    return Set(authors.indices.filter { $0 % StyleTraining.calibrationShare == 0 }.map { authors[$0] })
  }

  private static func areEnough(_ pairs: [StylePairs.Pair]) -> Bool {
    let same = pairs.count(where: \.isSame)
    return min(same, pairs.count - same) >= StyleCalibration.fewestPairs
  }

  /// Of each author of some documents one pair with themselves, and one with somebody else.
  private static func pairs(of places: [Int], in corpus: StyleCorpus) -> [StylePairs.Pair] {
    let background = BackgroundDocuments(places: places, of: corpus)
    var seen: Set<[Int]> = []
    return background.pairs(others: 1).filter {
      seen.insert([background.documents[$0.left].author, $0.isSame ? 1 : 0]).inserted
    }.map { .init(left: places[$0.left], right: places[$0.right], isSame: $0.isSame, split: .calib) }
  }
}
