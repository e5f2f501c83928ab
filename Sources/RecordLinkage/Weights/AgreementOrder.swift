import Glibc

/// Keeps the weights of a field's levels in the order of agreement: what agrees less never weighs more.
///
/// m of a level that was hardly seen is its prior, u half a pair; the ratio of the two is then anything. In a table of
/// near copies nobody differs in a telephone number, and to differ would weigh 2.5 for one origin. So u is moved until
///
///     different        weighs nothing or against, while weights are learnt and after
///     any agreement    weighs no less than to differ: the two are weighed as one level where it would
///     a weaker sort    weighs no more than the stronger one does on values that are no rarer
///
/// and m, which few matches settle, is left alone (order-restricted estimation: Robertson, Wright and Dykstra, 1988). A
/// stronger sort of texts that pairs of one origin hardly show holds back none: where authors are written out or by
/// initials, names that are a letter apart are those of strangers, and names that share their words are not. Nor does one of
/// ages: in lists of two years those of one person differ by the years between. Of dates whose months are written as words
/// nothing is a digit apart, and another month is another date all the same. Nowhere is a share of pairs more than all: a
/// number that no two records of one origin have in common would else weigh thousands to one against them.
struct AgreementOrder {
  /// Of the pairs of one origin of a sort, a stronger sort has fewer than this share where it is hardly shown.
  private static let hardlyShown = 0.1

  /// By sort of agreement, the one that agrees more beyond doubt; nil where there is none.
  let stronger: [Int?]
  /// Sorts, each after the one that is stronger.
  private let sequence: [Int]
  /// Whether a stronger sort may be one that pairs of one origin hardly show.
  private let mayBeHardlyShown: Bool

  init(_ field: any ComparisonField) {
    let stronger = field.strongerCodes
    self.stronger = stronger
    let nearness = (field as? ValueField)?.nearness
    mayBeHardlyShown = nearness == .text || nearness == .amount
    func depth(_ code: Int) -> Int { stronger[code].map { depth($0) + 1 } ?? 0 }
    sequence = stronger.indices.filter { stronger[$0] != nil }.sorted { depth($0) < depth($1) }
  }

  /// Lets to differ weigh nothing at the most.
  func restrain(_ u: UnsafeMutablePointer<Double>, m: UnsafePointer<Double>) { u[1] = max(u[1], m[1]) }

  /// Puts u of all levels right by m, once weights are learnt; `occurs` says of which levels there are pairs at all.
  func apply(_ u: UnsafeMutablePointer<Double>, m: UnsafePointer<Double>, occurs: (Int) -> Bool) {
    for code in sequence {
      var shown = stronger[code]
      while mayBeHardlyShown, let one = shown, matched(m, one) < Self.hardlyShown * matched(m, code) {
        shown = stronger[one]
      }
      guard let parent = shown else { continue }
      var most = 0.0
      for bucket in stride(from: Level.buckets - 1, through: 0, by: -1) {
        let above = 2 + parent * Level.buckets + bucket
        // A value that one record has cannot agree exactly.
        if occurs(above), u[above] > 0 { most = max(most, m[above] / u[above]) }
        let level = 2 + code * Level.buckets + bucket
        if most > 0 { u[level] = max(u[level], min(m[level] / most, 1)) }
      }
    }
    pool(u, m)
    restrain(u, m: m)
  }

  /// m of a sort at all frequencies.
  private func matched(_ m: UnsafePointer<Double>, _ code: Int) -> Double {
    (0..<Level.buckets).reduce(0) { $0 + m[2 + code * Level.buckets + $1] }
  }

  /// Weighs levels that speak against one origin more than a difference does together with it, the strongest of them
  /// first (pool adjacent violators).
  private func pool(_ u: UnsafeMutablePointer<Double>, _ m: UnsafePointer<Double>) {
    let levels = (2..<2 + stronger.count * Level.buckets).filter { u[$0] > 0 }
      .sorted { m[$0] / u[$0] < m[$1] / u[$1] }
    var (matched, all) = (m[1], u[1])
    var pooled = 0
    for level in levels where all > 0 && m[level] / u[level] < matched / all {
      matched += m[level]
      all += u[level]
      pooled += 1
    }
    guard pooled > 0, matched > 0 else { return }
    for level in [1] + levels.prefix(pooled) { u[level] = m[level] * all / matched }
  }
}
