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

  let fields: [Int]
  let trees: BoostedTrees

  init(fields: [Int], trees: BoostedTrees) {
    self.fields = fields
    self.trees = trees
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
      return trees.score(base)
    }
  }

  /// The model under construction.
  struct Training {
    private let fields: [Int]
    private var trees = BoostedTrees(base: 0)
    private var groups: BoostedTrees.Groups
    /// By pattern, its group; -1 for a pattern of a key that is not of names alone.
    private var groupOfPattern: [Int32]

    /// Nil when there is too little to learn from.
    init?(families: FieldFamilies, candidates: PatternTable) {
      guard !families.handles.isEmpty, families.others.count >= NamingModel.fewestOthers else { return nil }
      fields = families.names + families.handles
      let width = fields.count * 2
      let table = PatternTable(fieldCount: width - 1)
      groups = BoostedTrees.Groups(featureCount: width)
      groupOfPattern = Array(repeating: -1, count: candidates.count)
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

    /// log odds of a pattern by names; nil when its key is not of names alone.
    @inline(__always)
    func score(of pattern: Int) -> Double? {
      let group = groupOfPattern[pattern]
      return group < 0 ? nil : groups.scores[Int(group)]
    }

    /// Takes one step towards the probabilities.
    mutating func learn(_ probabilities: Packed<Double>, _ candidates: PatternTable, isFirst: Bool) {
      var positives = [Double](repeating: 0, count: groups.count)
      for pattern in 0..<candidates.count where groupOfPattern[pattern] >= 0 {
        positives[Int(groupOfPattern[pattern])] += probabilities[pattern] * Double(candidates.counts[pattern])
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

    /// What was learnt.
    var model: NamingModel { NamingModel(fields: fields, trees: trees) }
  }
}
