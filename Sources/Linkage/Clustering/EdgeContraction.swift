/// Clusters a weighted graph by greedy additive edge contraction (Keuper and others, 2015, for the multicut problem).
///
/// Two clusters are joined on the evidence between the two as wholes: the strongest pair for it, the strongest pair
/// against it, and a tenth of all others against it. The two with the most evidence are joined first, until none
/// reaches the threshold. The pairs between two clusters repeat one another, as each record stands in many of them: so
/// strengths are not added, and what further pairs have against it counts little each, but counts, as one strong pair
/// must not drag two clusters together that many pairs keep apart.
///
/// The evidence of a merge never exceeds that of the merge before it in its component: of a joined cluster and a third
/// one it is at most the larger of what it was for its parts. So the merges down to a higher threshold are what a run
/// at that threshold makes, and any threshold is a cut of the forest. Without evidence against and constraints this is
/// single linkage, and the forest is a maximum spanning one.
///
/// Links between clusters stand in lists and in a table by pair of clusters, merges in a heap; a merge moves the links
/// of the cluster with fewer. O(E log E log V) at worst, near O(E log E) in practice. In components of a few nodes
/// all pairs are looked up, in others those of the links that are considered, at most `sampleSide`² of each.
public struct EdgeContraction: Sendable {
  /// Finds the weights of pairs of nodes, the lower node of each first.
  ///
  /// Asked for pairs between two clusters that no edge is given for, as blocking brought only some together; only what
  /// speaks against is used of it. A pure function: the same pair has the same weight whenever it is asked.
  public typealias LookUp = (
    _ left: UnsafeBufferPointer<UInt32>, _ right: UnsafeBufferPointer<UInt32>,
    _ weights: UnsafeMutableBufferPointer<EvidenceWeight>
  ) -> Void

  /// Nodes of a cluster at most that look-ups take; of larger ones the first that were joined, and their sum is scaled.
  static let sampleSide = 32

  /// By what the weights of pairs against a merge are divided, but for the strongest of them.
  static let furtherAgainst: Int64 = 10

  /// The evidence that a merge needs.
  public var threshold: EvidenceWeight
  /// What no merge may break.
  public var constraints: ClusterConstraints

  /// Makes a contraction.
  public init(threshold: EvidenceWeight, constraints: ClusterConstraints = ClusterConstraints()) {
    self.threshold = threshold
    self.constraints = constraints
  }

  /// Clusters nodes.
  ///
  /// - Parameters:
  ///   - nodes: how many there are, numbered from 0.
  ///   - edges: each pair at most once, in any order. With `lookUp`, those below the threshold may be left out.
  ///   - lookUp: finds what is not given; without it, pairs that are not given say nothing.
  /// - Throws: `GraphError` when an edge or a constraint names a node that does not exist.
  public func forest(
    nodes: Int, edges: [WeightedEdge], lookUp: LookUp? = nil
  ) throws(GraphError) -> ClusterForest {
    try validate(nodes, edges)
    let isProtected = protection(nodes)
    let parts = try Parts(nodes, edges, self, isProtected)
    var state = Contraction(
      edges: edges, judgements: constraints.judgements, sources: constraints.sources, threshold: threshold)
    var missing = MissingPairs()
    var first = 0
    while first < parts.count {
      var end = lookUp == nil ? parts.count : first
      missing.reset()
      while end < parts.count, missing.count < MissingPairs.batch {
        missing.gather(parts.nodes(end), parts.items(end), edges, parts.placeOfNode)
        end += 1
      }
      if let lookUp { missing.find(lookUp) }
      for part in first..<end where parts.items(part).count > 0 {
        state.contract(
          parts.nodes(part), parts.items(part), parts.placeOfNode, lookUp,
          known: lookUp == nil ? [] : missing.weights(part - first))
      }
      first = end
    }
    if !constraints.protected.isEmpty { state.hold(isProtected) }
    return try ClusterForest(nodes: nodes, merges: state.merges, held: state.held)
  }

  private func validate(_ nodes: Int, _ edges: [WeightedEdge]) throws(GraphError) {
    for (number, edge) in edges.enumerated() where max(Int(edge.left), Int(edge.right)) >= nodes {
      throw .noSuchNode(edge: number, node: max(edge.left, edge.right), nodes: nodes)
    }
    for (number, judgement) in constraints.judgements.enumerated()
    where max(Int(judgement.left), Int(judgement.right)) >= nodes {
      throw .noSuchNode(edge: number, node: max(judgement.left, judgement.right), nodes: nodes)
    }
    if !constraints.sources.isEmpty, constraints.sources.count != nodes {
      throw .sourcesMissing(given: constraints.sources.count, nodes: nodes)
    }
  }

  private func protection(_ nodes: Int) -> [Bool] {
    if constraints.protected.isEmpty { return [] }
    var result = [Bool](repeating: false, count: nodes)
    for node in constraints.protected where Int(node) < nodes { result[Int(node)] = true }
    return result
  }
}

/// The components that edges at the threshold and judgements span, each with its nodes and all edges inside it.
///
/// Nothing crosses components: clusters are found in each by itself.
private struct Parts {
  let count: Int
  /// By node, its place among the nodes of its component.
  private(set) var placeOfNode: [UInt32]
  private var nodes: [UInt32]
  private var nodeStarts: [UInt32]
  /// Numbers of edges, then of judgements counted on from the edges.
  private var items: [UInt32]
  private var itemStarts: [UInt32]

  init(
    _ nodeCount: Int, _ edges: [WeightedEdge], _ contraction: EdgeContraction, _ isProtected: [Bool]
  ) throws(GraphError) {
    let judgements = contraction.constraints.judgements
    guard edges.count + judgements.count < Int(UInt32.max) else { throw .tooManyEdges(edges.count) }
    func isFree(_ one: UInt32, _ other: UInt32) -> Bool {
      one != other && (isProtected.isEmpty || !isProtected[Int(one)] && !isProtected[Int(other)])
    }
    var ends: [UInt32] = []
    ends.reserveCapacity(2 * edges.count)
    for edge in edges where edge.weight >= contraction.threshold && isFree(edge.left, edge.right) {
      ends.append(edge.left)
      ends.append(edge.right)
    }
    for judgement in judgements where judgement.isSame && isFree(judgement.left, judgement.right) {
      ends.append(judgement.left)
      ends.append(judgement.right)
    }
    let components = try ConnectedComponents(nodes: nodeCount, edges: ends)
    let numbers = components.numbers
    count = components.count
    nodeStarts = [UInt32](repeating: 0, count: count + 1)
    itemStarts = nodeStarts
    nodes = [UInt32](repeating: 0, count: nodeCount)
    placeOfNode = nodes
    // Counting sort, twice: places within the component come with it.
    for node in 0..<nodeCount {
      let slot = Int(numbers[node]) + 1
      placeOfNode[node] = nodeStarts[slot]
      nodeStarts[slot] += 1
    }
    func component(_ one: UInt32, _ other: UInt32) -> Int? {
      isFree(one, other) && numbers[Int(one)] == numbers[Int(other)] ? Int(numbers[Int(one)]) : nil
    }
    for edge in edges {
      if let part = component(edge.left, edge.right) { itemStarts[part + 1] += 1 }
    }
    for judgement in judgements {
      if let part = component(judgement.left, judgement.right) { itemStarts[part + 1] += 1 }
    }
    for part in 0..<count {
      nodeStarts[part + 1] += nodeStarts[part]
      itemStarts[part + 1] += itemStarts[part]
    }
    for node in 0..<nodeCount {
      nodes[Int(nodeStarts[Int(numbers[node])] + placeOfNode[node])] = UInt32(truncatingIfNeeded: node)
    }
    items = [UInt32](repeating: 0, count: Int(itemStarts[count]))
    var next = itemStarts
    for (number, edge) in edges.enumerated() {
      guard let part = component(edge.left, edge.right) else { continue }
      items[Int(next[part])] = UInt32(truncatingIfNeeded: number)
      next[part] += 1
    }
    for (number, judgement) in judgements.enumerated() {
      guard let part = component(judgement.left, judgement.right) else { continue }
      items[Int(next[part])] = UInt32(truncatingIfNeeded: edges.count + number)
      next[part] += 1
    }
  }

  /// The nodes of a component, ascending.
  func nodes(_ part: Int) -> ArraySlice<UInt32> {
    nodes[Int(nodeStarts[part])..<Int(nodeStarts[part + 1])]
  }

  /// Its edges and judgements.
  func items(_ part: Int) -> ArraySlice<UInt32> {
    items[Int(itemStarts[part])..<Int(itemStarts[part + 1])]
  }
}
