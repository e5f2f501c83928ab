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

  private struct Node {
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
  mutating func boost(_ groups: inout Groups, gradient: [Double], curvature: [Double]) {
    var members = Array(0..<Int32(groups.count))
    let root = nodes.count
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    roots.append(root)
    split(root, 0..<groups.count, depth: 0, &members, &groups, gradient, curvature)
  }

  private mutating func split(
    _ node: Int, _ range: Range<Int>, depth: Int, _ members: inout [Int32], _ groups: inout Groups,
    _ gradient: [Double], _ curvature: [Double]
  ) {
    let width = groups.featureCount
    var sumGradient = 0.0
    var sumCurvature = 0.0
    var gradients = [Double](repeating: 0, count: width * Self.values)
    var curvatures = gradients
    groups.features.withUnsafeBufferPointer { features in
      gradients.withUnsafeMutableBufferPointer { gradients in
        curvatures.withUnsafeMutableBufferPointer { curvatures in
          for index in range {
            let member = Int(members[index])
            let (g, h) = (gradient[member], curvature[member])
            sumGradient += g
            sumCurvature += h
            let row = member * width
            for feature in 0..<width {
              let place = feature * Self.values + Int(features[row + feature])
              gradients[place] += g
              curvatures[place] += h
            }
          }
        }
      }
    }
    var best: (gain: Double, feature: Int, threshold: Int)?
    if depth < Self.depth, sumCurvature > 2 * Self.leafWeight {
      let whole = sumGradient * sumGradient / (sumCurvature + Self.ridge)
      for feature in 0..<width {
        var (g, h) = (0.0, 0.0)
        for threshold in 0..<Self.values - 1 {
          g += gradients[feature * Self.values + threshold]
          h += curvatures[feature * Self.values + threshold]
          if h < Self.leafWeight { continue }
          if sumCurvature - h < Self.leafWeight { break }
          let (rest, restCurvature) = (sumGradient - g, sumCurvature - h)
          let gain = g * g / (h + Self.ridge) + rest * rest / (restCurvature + Self.ridge) - whole
          if gain > 1e-6, gain > (best?.gain ?? 0) + 1e-9 { best = (gain, feature, threshold) }
        }
      }
    }
    guard let best else {
      let value = Self.rate * sumGradient / (sumCurvature + Self.ridge)
      nodes[node].value = Float(value)
      for index in range { groups.scores[Int(members[index])] += Double(Float(value)) }
      return
    }
    // A stable partition keeps the sums, and with them the result, the same in every run.
    var left: [Int32] = []
    var right: [Int32] = []
    for index in range {
      let member = members[index]
      if Int(groups.features[Int(member) * width + best.feature]) <= best.threshold {
        left.append(member)
      } else {
        right.append(member)
      }
    }
    members.replaceSubrange(range, with: left + right)
    let child = nodes.count
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    nodes.append(Node(feature: -1, threshold: 0, child: 0, value: 0))
    nodes[node].feature = Int32(best.feature)
    nodes[node].threshold = UInt8(best.threshold)
    nodes[node].child = Int32(child)
    let middle = range.lowerBound + left.count
    split(child, range.lowerBound..<middle, depth: depth + 1, &members, &groups, gradient, curvature)
    split(child + 1, middle..<range.upperBound, depth: depth + 1, &members, &groups, gradient, curvature)
  }

  /// log odds of a feature vector.
  func score(_ features: UnsafePointer<UInt8>) -> Double {
    var sum = base
    for root in roots {
      var node = root
      while nodes[node].feature >= 0 {
        let step = features[Int(nodes[node].feature)] <= nodes[node].threshold ? 0 : 1
        node = Int(nodes[node].child) + step
      }
      sum += Double(nodes[node].value)
    }
    return sum
  }
}
