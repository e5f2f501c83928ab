import Glibc

/// Gradient-boosted trees for a probability, on features of few values (Friedman, 2001; second-order steps and histograms
/// as in Chen and Guestrin, 2016).
///
/// Examples are groups: a feature vector and how many pairs have it. Deterministic: ties go to the lower feature and
/// threshold.
struct BoostedTrees {
  /// Splits below one another.
  static let depth = 5
  /// Share of each tree's step that is taken.
  static let rate = 0.3
  /// Second-order weight that each leaf must have.
  static let leafWeight = 3.0
  /// Pull of leaf values towards 0.
  static let ridge = 3.0

  /// Values of a feature are below this.
  static let values = 20

  fileprivate struct Node: BitwiseCopyable {
    var feature: Int32
    /// Goes left when the value is at most this; the children are at `child` and `child + 1`. A leaf has feature -1.
    var threshold: UInt8
    var child: Int32
    var value: Float
  }

  private var nodes: [Node] = []
  private var roots: [Int] = []
  private(set) var base: Double = 0

  /// Groups of examples.
  struct Groups {
    let featureCount: Int
    /// Row after row.
    var features: [UInt8] = []
    /// Pairs in each group.
    var counts: [Double] = []
    /// log odds by the trees so far.
    var scores: [Double] = []
    var count: Int { counts.count }
  }

  init(base: Double) { self.base = base }

  /// Adds one tree along the gradient of the log likelihood; the scores of the groups move with it.
  ///
  /// O(groups x features x depth), and less than half of that in fact: of two children the smaller is counted, and the
  /// larger is what remains of the parent.
  mutating func boost(_ groups: inout Groups, gradient: [Double], curvature: [Double]) {
    let growth = Growth(groups, gradient: gradient, curvature: curvature)
    let root = nodes.count
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    roots.append(root)
    var sum = SIMD2<Double>.zero
    for group in 0..<groups.count { sum += growth.slopes[group] }
    split(root, 0..<groups.count, depth: 0, sum, growth.histogram(0..<groups.count), growth, &groups.scores)
  }

  /// What the growing of one tree needs.
  private struct Growth {
    /// By feature and value: sums of gradient and curvature.
    typealias Histogram = Packed<SIMD2<Double>>

    let width: Int
    let features: [UInt8]
    /// By group: gradient and curvature.
    let slopes: Histogram
    /// Groups, those of a node side by side.
    let members: Packed<Int32>
    private let spare: Packed<Int32>

    init(_ groups: Groups, gradient: [Double], curvature: [Double]) {
      width = groups.featureCount
      features = groups.features
      slopes = Packed(uninitialised: groups.count)
      members = Packed(uninitialised: groups.count)
      spare = Packed(uninitialised: groups.count)
      for group in 0..<groups.count {
        slopes[group] = SIMD2(gradient[group], curvature[group])
        members[group] = Int32(truncatingIfNeeded: group)
      }
    }

    func histogram(_ range: Range<Int>) -> Histogram {
      let result = Histogram(repeating: .zero, count: width * BoostedTrees.values)
      let (slopes, members, sums) = (slopes.base, members.base, result.base)
      features.withUnsafeBufferPointer { features in
        guard let rows = features.baseAddress else { return }
        for index in range {
          let member = Int(members[index])
          let slope = slopes[member]
          let row = rows + member &* width
          var place = sums
          for feature in 0..<width {
            place[Int(row[feature])] += slope
            place += BoostedTrees.values
          }
        }
      }
      return result
    }

    /// Parts the members of a node, in their order, which keeps the sums and with them the result the same in every run;
    /// returns how many go left.
    func part(_ range: Range<Int>, feature: Int, threshold: Int) -> Int {
      let (members, spare) = (members.base, spare.base)
      var (left, right) = (range.lowerBound, 0)
      for index in range {
        let member = members[index]
        if Int(features[Int(member) &* width &+ feature]) <= threshold {
          members[left] = member
          left += 1
        } else {
          spare[right] = member
          right += 1
        }
      }
      (members + left).update(from: spare, count: right)
      return left - range.lowerBound
    }
  }

  /// - Parameters:
  ///   - sum: gradient and curvature of the node.
  ///   - histogram: of the node; nil where it will not be split.
  private mutating func split(
    _ node: Int, _ range: Range<Int>, depth: Int, _ sum: SIMD2<Double>, _ histogram: Growth.Histogram?,
    _ growth: Growth, _ scores: inout [Double]
  ) {
    guard let histogram, let best = Self.bestSplit(histogram, sum, width: growth.width) else {
      let value = Float(Self.rate * sum.x / (sum.y + Self.ridge))
      nodes[node].value = value
      for index in range { scores[Int(growth.members[index])] += Double(value) }
      return
    }
    let leftCount = growth.part(range, feature: best.feature, threshold: best.threshold)
    let middle = range.lowerBound + leftCount
    let (left, right) = (range.lowerBound..<middle, middle..<range.upperBound)
    let child = nodes.count
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    nodes[node].feature = Int32(best.feature)
    nodes[node].threshold = UInt8(best.threshold)
    nodes[node].child = Int32(child)
    var histograms: (Growth.Histogram?, Growth.Histogram?)
    if depth + 1 < Self.depth {
      let smaller = growth.histogram(left.count <= right.count ? left : right)
      for place in 0..<histogram.count { histogram[place] -= smaller[place] }
      histograms = left.count <= right.count ? (smaller, histogram) : (histogram, smaller)
    }
    split(child, left, depth: depth + 1, best.sum, histograms.0, growth, &scores)
    split(child + 1, right, depth: depth + 1, sum - best.sum, histograms.1, growth, &scores)
  }

  /// The split of most gain, with the sum of what goes left; nil when none gains.
  private static func bestSplit(
    _ histogram: Growth.Histogram, _ sum: SIMD2<Double>, width: Int
  ) -> (feature: Int, threshold: Int, sum: SIMD2<Double>)? {
    if sum.y <= 2 * leafWeight { return nil }
    let whole = sum.x * sum.x / (sum.y + ridge)
    var highest = 0.0
    var best: (feature: Int, threshold: Int, sum: SIMD2<Double>)?
    for feature in 0..<width {
      var left = SIMD2<Double>.zero
      for threshold in 0..<values - 1 {
        left += histogram[feature * values + threshold]
        if left.y < leafWeight { continue }
        let right = sum - left
        if right.y < leafWeight { break }
        let gain = left.x * left.x / (left.y + ridge) + right.x * right.x / (right.y + ridge) - whole
        if gain > 1e-6, gain > highest + 1e-9 {
          highest = gain
          best = (feature, threshold, left)
        }
      }
    }
    return best
  }

  /// log odds of a feature vector.
  ///
  /// Four trees are gone down at once, as each step waits for the one before it; their values are added in turn.
  func score(_ features: UnsafePointer<UInt8>) -> Double {
    nodes.withUnsafeBufferPointer { nodes in
      roots.withUnsafeBufferPointer { roots in
        func below(_ place: Int) -> Int {
          let node = nodes[place]
          if node.feature < 0 { return place }
          return Int(node.child) + (features[Int(node.feature)] <= node.threshold ? 0 : 1)
        }
        var sum = base
        var tree = 0
        while tree + 4 <= roots.count {
          var (one, two, three, four) = (roots[tree], roots[tree + 1], roots[tree + 2], roots[tree + 3])
          for _ in 0..<Self.depth {
            (one, two, three, four) = (below(one), below(two), below(three), below(four))
          }
          sum += Double(nodes[one].value)
          sum += Double(nodes[two].value)
          sum += Double(nodes[three].value)
          sum += Double(nodes[four].value)
          tree += 4
        }
        while tree < roots.count {
          var place = roots[tree]
          for _ in 0..<Self.depth { place = below(place) }
          sum += Double(nodes[place].value)
          tree += 1
        }
        return sum
      }
    }
  }
}

extension BoostedTrees: Codable {
  private enum CodingKeys: String, CodingKey { case nodes, roots, base }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(array: Packed(nodes), .nodes)
    try container.encode(roots, forKey: .roots)
    try container.encode(base, forKey: .base)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(base: try container.decode(Double.self, forKey: .base))
    nodes = try container.array(.nodes).array
    roots = try container.decode([Int].self, forKey: .roots)
  }
}
