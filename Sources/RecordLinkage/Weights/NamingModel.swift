import Glibc

/// What agreement on names, handles and e-mail addresses together says: the log odds that a pair which shares a key of
/// them is of one origin.
///
/// Learnt without labels from two independent views. Given whether a pair is the same, what its names say and what its
/// other fields say are taken as independent, and the weights of the other fields are known. The log odds by names are
/// boosted trees over the levels, and each tree goes along the gradient of the likelihood of the whole, the sum of
/// log(p m + (1 - p) u) over pairs: the gradient for a pair is the probability with the other fields minus the one
/// without. A group of name patterns whose pairs agree on phones and addresses no more than strangers do is thus found
/// to be strangers, however much its handles and names agree.
final class NamingModel: Sendable {
  /// Trees.
  static let trees = 80
  /// Fewer pairs than this teach nothing.
  static let fewestPairs = 2_000.0
  /// Fewer other fields than this cannot judge.
  static let fewestOthers = 2

  /// Width of the bins that the log odds of the trees are put right in.
  static let binWidth = 0.5
  /// Bins; those at the ends take what lies beyond.
  static let bins = 40
  /// Rounds of E and M that a bin's share of matches takes.
  static let binRounds = 20
  /// Weight of what the trees say of a bin, against what the other fields say of its pairs: of many pairs, and how many
  /// make it half of that. From few pairs trees learn less, and stop short the more.
  static let treeShare = 0.5
  static let treePairs = 40_000.0

  let fields: [Int]
  let trees: BoostedTrees
  /// What the log odds of the trees stand for.
  let correction: MonotoneMap

  init(fields: [Int], trees: BoostedTrees, correction: MonotoneMap) {
    self.fields = fields
    self.trees = trees
    self.correction = correction
  }

  /// Features of a pattern: by field the sort of agreement, and how frequent the value is.
  @inline(__always)
  static func features(_ levels: (Int) -> Int, _ fields: [Int], into features: UnsafeMutablePointer<UInt8>) {
    for (position, field) in fields.enumerated() {
      let level = levels(field)
      features[2 * position] = level < 2 ? UInt8(level) : UInt8(2 + Level.code(level))
      features[2 * position + 1] = level < 2 ? UInt8(Level.buckets) : UInt8((level - 2) % Level.buckets)
    }
  }

  /// log odds of a pattern.
  @inline(__always)
  func logOdds(_ levels: (Int) -> Int) -> Double {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: fields.count * 2) { features in
      guard let base = features.baseAddress else { return trees.base }
      Self.features(levels, fields, into: base)
      return correction(trees.score(base))
    }
  }

  /// The model under construction.
  struct Training {
    private let fields: [Int]
    private var trees = BoostedTrees(base: 0)
    private var groups: BoostedTrees.Groups
    /// By pattern, its group; -1 for a pattern of a key that is not of names alone.
    let groupOfPattern: Packed<Int32>

    /// Nil when there is too little to learn from.
    init?(families: FieldFamilies, candidates: PatternTable) {
      guard !families.handles.isEmpty, families.others.count >= NamingModel.fewestOthers else { return nil }
      fields = families.names + families.handles
      let width = fields.count * 2
      let table = PatternTable(fieldCount: width - 1)
      groups = BoostedTrees.Groups(featureCount: width)
      groupOfPattern = Packed(repeating: -1, count: candidates.count)
      var total = 0.0
      var features = [UInt8](repeating: 0, count: width)
      for pattern in 0..<candidates.count where candidates.key(pattern) < families.namingKeys {
        let count = Double(candidates.counts[pattern])
        total += count
        let group = features.withUnsafeMutableBufferPointer { buffer -> Int in
          guard let base = buffer.baseAddress else { return 0 }
          NamingModel.features({ candidates.level(pattern, $0) }, fields, into: base)
          return table.add(UnsafeBufferPointer(buffer))
        }
        if group == groups.count {
          groups.features.append(contentsOf: features)
          groups.counts.append(0)
          groups.scores.append(0)
        }
        groups.counts[group] += count
        groupOfPattern[pattern] = Int32(group)
      }
      if total < NamingModel.fewestPairs { return nil }
    }

    /// Lends, by pattern, its group, and by group the log odds by names.
    func withScores(_ body: (_ groups: UnsafePointer<Int32>, _ scores: UnsafePointer<Double>?) -> Void) {
      groups.scores.withUnsafeBufferPointer { body(groupOfPattern.base, $0.baseAddress) }
    }

    /// Takes one step towards the probabilities.
    mutating func learn(_ probabilities: Packed<Double>, _ candidates: PatternTable, isFirst: Bool) {
      var positives = [Double](repeating: 0, count: groups.count)
      positives.withUnsafeMutableBufferPointer { positives in
        let (groupOf, counts) = (groupOfPattern.base, candidates.counts)
        for pattern in 0..<candidates.count where groupOf[pattern] >= 0 {
          positives[Int(groupOf[pattern])] += probabilities.base[pattern] * Double(counts[pattern])
        }
      }
      if isFirst {
        let total = groups.counts.reduce(0, +)
        let share = min(max(positives.reduce(0, +) / total, 1e-4), 1 - 1e-4)
        trees = BoostedTrees(base: log(share / (1 - share)))
        for group in 0..<groups.count { groups.scores[group] = trees.base }
      }
      var gradient = positives
      var curvature = positives
      for group in 0..<groups.count {
        let probability = 1 / (1 + exp(-groups.scores[group]))
        gradient[group] -= groups.counts[group] * probability
        curvature[group] = groups.counts[group] * max(probability * (1 - probability), 1e-6)
      }
      trees.boost(&groups, gradient: gradient, curvature: curvature)
    }

    /// Puts right what the trees say, and returns the model. `rest` is log10 LR of the other fields by pattern.
    ///
    /// Trees are held back, so that they stop short of what the data say where they are surest. In each bin of their
    /// log odds the share of matches is estimated anew by the other fields, which are too sure in turn, as they are
    /// taken as independent; so the two meet half way. The share may not fall from one bin to the next.
    mutating func model(_ rest: Packed<Float>, _ candidates: PatternTable) -> NamingModel {
      let count = NamingModel.bins
      var sums = [Double](repeating: 0, count: count)
      var masses = sums
      let bins = groups.scores.map { score in
        min(max(Int((score / NamingModel.binWidth + Double(count / 2)).rounded(.down)), 0), count - 1)
      }
      for group in 0..<groups.count {
        sums[bins[group]] += groups.scores[group] * groups.counts[group]
        masses[bins[group]] += groups.counts[group]
      }
      let filled = (0..<count).filter { masses[$0] > 0 }
      let means = filled.map { sums[$0] / masses[$0] }
      let prior = means.map { 1 / (1 + exp(-$0)) }
      var place = [Int](repeating: 0, count: count)
      for (position, bin) in filled.enumerated() { place[bin] = position }
      let total = masses.reduce(0, +)
      let treeShare = NamingModel.treeShare * total / (total + NamingModel.treePairs)
      var shares = prior
      for _ in 0..<NamingModel.binRounds {
        var matched = [Double](repeating: 0, count: filled.count)
        for pattern in 0..<candidates.count where groupOfPattern[pattern] >= 0 {
          let position = place[bins[Int(groupOfPattern[pattern])]]
          let odds = shares[position] * exp(Double(rest[pattern]) * 2.302585093)
          matched[position] += odds / (odds + 1 - shares[position]) * Double(candidates.counts[pattern])
        }
        for position in shares.indices {
          shares[position] =
            treeShare * prior[position] + (1 - treeShare) * matched[position] / masses[filled[position]]
        }
      }
      let fitted = IsotonicRegression.fit(shares, weights: filled.map { masses[$0] })
      let correction = MonotoneMap(from: means, to: fitted.map { log($0 / (1 - $0)) })
      for group in 0..<groups.count { groups.scores[group] = correction(groups.scores[group]) }
      return NamingModel(fields: fields, trees: trees, correction: correction)
    }
  }
}
