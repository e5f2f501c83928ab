/// A merge that built a cluster: one edge of the spanning forest.
public struct ClusterMerge: Hashable, Sendable {
  /// The strongest pair between the two clusters, or the pair that was judged; the lower node first.
  public let left: UInt32
  /// The higher node.
  public let right: UInt32
  /// What is known between the pair; 0 for a judgement.
  public let weight: EvidenceWeight
  /// What is known between the two whole clusters: `weight` less what speaks against it; see `EdgeContraction`.
  public let evidence: EvidenceWeight
  /// Whether a human ordered it.
  public let isJudged: Bool
}

extension ClusterMerge {
  /// A node that says the same as another, and was joined to it without being compared with the rest.
  public init(copy: UInt32, of node: UInt32, weight: EvidenceWeight) {
    self.init(
      left: min(copy, node), right: max(copy, node), weight: weight, evidence: weight, isJudged: false)
  }
}

/// A pair at or above the threshold, or judged the same, whose nodes are in two clusters all the same, and why.
public struct HeldEdge: Hashable, Sendable {
  /// What held it, the first of these that holds.
  public enum Cause: Sendable {
    /// One of the two is protected.
    case protected
    /// A human keeps their clusters apart.
    case judgedDifferent
    /// Their clusters hold nodes of one source.
    case sameSource
    /// What speaks against it between the clusters outweighs it.
    case evidenceAgainst
  }

  /// The lower node.
  public let left: UInt32
  /// The higher node.
  public let right: UInt32
  /// What is known between the pair; 0 for a judgement.
  public let weight: EvidenceWeight
  /// Whether a human ordered what was held.
  public let isJudged: Bool
  /// What held it.
  public let cause: Cause
}

/// Clusters, and the merges that built them.
public struct ClusterForest: Sendable {
  /// By node, the number of its cluster, by first node.
  public let clusterOfNode: [UInt32]
  /// Clusters, those of one node included.
  public let clusterCount: Int
  /// The merges: judgements first, then by descending evidence; ties go by node.
  public let merges: [ClusterMerge]
  /// Pairs that were held, in the same order.
  public let held: [HeldEdge]

  init(nodes: Int, merges: [ClusterMerge], held: [HeldEdge]) throws(GraphError) {
    self.merges = Self.sorted(merges)
    self.held = held.sorted {
      if $0.isJudged != $1.isJudged { return $0.isJudged }
      if $0.weight != $1.weight { return $0.weight > $1.weight }
      return $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right
    }
    let components = try Self.components(nodes, self.merges[...])
    clusterOfNode = components.numbers
    clusterCount = components.count
  }

  /// Judgements first, then by descending evidence; ties by node.
  private static func sorted(_ merges: [ClusterMerge]) -> [ClusterMerge] {
    // Numbers are sorted in a fraction of the time that merges are: what decides mostly, and the place.
    let keys = merges.enumerated().map { place, merge in
      let evidence = UInt64(Int64(Int32.max) - Int64(merge.evidence.raw))
      return (merge.isJudged ? 0 : 1) << 63 | evidence << 31 | UInt64(place)
    }.sorted()
    var sorted = keys.map { merges[Int($0 & 0x7FFF_FFFF)] }
    var first = 0
    while first < sorted.count {
      var end = first + 1
      while end < sorted.count, keys[end] >> 31 == keys[first] >> 31 { end += 1 }
      if end - first > 1 {
        sorted[first..<end].sort { $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right }
      }
      first = end
    }
    return sorted
  }

  /// A forest without nodes.
  public static let unjoined = ClusterForest(
    clusterOfNode: [], clusterCount: 0, merges: [], held: [])

  private init(clusterOfNode: [UInt32], clusterCount: Int, merges: [ClusterMerge], held: [HeldEdge]) {
    self.clusterOfNode = clusterOfNode
    self.clusterCount = clusterCount
    self.merges = merges
    self.held = held
  }

  /// The same forest with other numbers for the nodes, among more nodes.
  ///
  /// - Parameters:
  ///   - nodes: nodes of the new forest.
  ///   - copies: merges to add, by new number.
  ///   - number: by node, its new number below `nodes`; no two alike.
  /// - Throws: `GraphError.noSuchNode` for a number that is too high.
  public func renumbered(
    nodes: Int, adding copies: [ClusterMerge] = [], _ number: (UInt32) -> UInt32
  ) throws(GraphError) -> ClusterForest {
    func pair(_ left: UInt32, _ right: UInt32) -> (left: UInt32, right: UInt32) {
      let (one, other) = (number(left), number(right))
      return (min(one, other), max(one, other))
    }
    return try ClusterForest(
      nodes: nodes,
      merges: copies
        + merges.map { merge in
          let (left, right) = pair(merge.left, merge.right)
          return ClusterMerge(
            left: left, right: right, weight: merge.weight, evidence: merge.evidence, isJudged: merge.isJudged
          )
        },
      held: held.map { edge in
        let (left, right) = pair(edge.left, edge.right)
        return HeldEdge(
          left: left, right: right, weight: edge.weight, isJudged: edge.isJudged, cause: edge.cause)
      })
  }

  /// The clusters at a threshold no lower than that of the run: what a run at that threshold would give.
  public func cut(at threshold: EvidenceWeight) throws(GraphError) -> ConnectedComponents {
    // Merges lie in descending order, so those that stand are a prefix.
    var (low, high) = (0, merges.count)
    while low < high {
      let middle = (low + high) / 2
      if merges[middle].isJudged || merges[middle].evidence >= threshold {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return try Self.components(clusterOfNode.count, merges[..<low])
  }

  private static func components(
    _ nodes: Int, _ merges: ArraySlice<ClusterMerge>
  ) throws(GraphError) -> ConnectedComponents {
    var ends: [UInt32] = []
    ends.reserveCapacity(2 * merges.count)
    for merge in merges {
      ends.append(merge.left)
      ends.append(merge.right)
    }
    return try ConnectedComponents(nodes: nodes, edges: ends)
  }
}
