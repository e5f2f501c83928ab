import Linkage
import Testing

@Suite("Edge contraction")
struct EdgeContractionTests {
  /// A random graph as a matrix of ten-thousandths and as edges.
  private struct Graph {
    let nodes: Int
    var weights: [[Int32]]

    /// Weights from -range to range in steps of one log10, or all different.
    init(nodes: Int, edges: Int, _ random: inout Seeded, allDifferent: Bool = false, range: Int = 8) {
      self.nodes = nodes
      weights = Array(repeating: Array(repeating: 0, count: nodes), count: nodes)
      var used: Set<Int32> = [0]
      for _ in 0..<edges {
        let (left, right) = (random.below(nodes), random.below(nodes))
        var weight = Int32(random.below(2 * range + 1) - range) * 10_000
        while allDifferent, !used.insert(weight).inserted { weight += Int32(1 + random.below(97)) }
        if left == right { continue }
        weights[left][right] = weight
        weights[right][left] = weight
      }
    }

    func edges(from lowest: Int32 = .min) -> [WeightedEdge] {
      var edges: [WeightedEdge] = []
      for left in 0..<nodes {
        for right in left + 1..<max(nodes, left + 1)
        where weights[left][right] != 0 && weights[left][right] >= lowest {
          edges.append(
            WeightedEdge(
              left: UInt32(left), right: UInt32(right), weight: EvidenceWeight(raw: weights[left][right])))
        }
      }
      return edges
    }

    func lookUp(
      _ left: UnsafeBufferPointer<UInt32>, _ right: UnsafeBufferPointer<UInt32>,
      _ found: UnsafeMutableBufferPointer<EvidenceWeight>
    ) {
      for place in left.indices {
        found[place] = EvidenceWeight(raw: weights[Int(left[place])][Int(right[place])])
      }
    }
  }

  private static let threshold = EvidenceWeight(log10LR: 3)

  private func constraints(_ nodes: Int, _ random: inout Seeded) -> ClusterConstraints {
    var constraints = ClusterConstraints()
    for _ in 0..<random.below(6) {
      constraints.judgements.append(
        .init(
          left: UInt32(random.below(nodes)), right: UInt32(random.below(nodes)), isSame: random.below(2) == 0)
      )
    }
    if random.below(2) == 0 { constraints.protected.insert(UInt32(random.below(nodes))) }
    if random.below(3) == 0 { constraints.sources = (0..<nodes).map { _ in UInt32(random.below(6)) } }
    return constraints
  }

  @Test("Agrees with the definition on random graphs, with constraints and without")
  func definition() throws {
    var random = Seeded(1)
    var merged = 0
    for round in 0..<300 {
      let nodes = 2 + random.below(26)
      let graph = Graph(nodes: nodes, edges: random.below(nodes * 3), &random)
      let constraints = round % 3 == 0 ? ClusterConstraints() : constraints(nodes, &random)
      let expected = NaiveContraction(
        nodes: nodes, weights: graph.weights, threshold: Self.threshold.raw, constraints: constraints
      ).clusters()
      let contraction = EdgeContraction(threshold: Self.threshold, constraints: constraints)
      let given = try contraction.forest(nodes: nodes, edges: graph.edges())
      #expect(given.clusterOfNode == expected)
      // Only what reaches the threshold is given; the rest is looked up.
      let lazy = try contraction.forest(
        nodes: nodes, edges: graph.edges(from: Self.threshold.raw), lookUp: graph.lookUp)
      #expect(lazy.clusterOfNode == expected)
      #expect(lazy.merges.map(\.evidence) == given.merges.map(\.evidence))
      merged += given.merges.count
    }
    #expect(merged > 500)
  }

  @Test("Neither the order of edges nor the numbering of nodes matters")
  func permutation() throws {
    var random = Seeded(2)
    for _ in 0..<60 {
      let nodes = 40
      let graph = Graph(nodes: nodes, edges: 150, &random, allDifferent: true)
      let constraints = constraints(nodes, &random)
      let contraction = EdgeContraction(threshold: Self.threshold, constraints: constraints)
      var edges = graph.edges()
      let reference = try contraction.forest(nodes: nodes, edges: edges)
      for place in edges.indices { edges.swapAt(place, random.below(edges.count)) }
      let shuffled = try contraction.forest(
        nodes: nodes,
        edges: edges.map { WeightedEdge(left: $0.right, right: $0.left, weight: $0.weight) })
      #expect(shuffled.clusterOfNode == reference.clusterOfNode)
      #expect(shuffled.merges == reference.merges)
      #expect(shuffled.held == reference.held)

      // Contradicting orders are taken by node, so that another numbering may take another one first.
      var free = contraction
      free.constraints.judgements.removeAll { $0.isSame }
      let plain = try free.forest(nodes: nodes, edges: edges)
      var name = (0..<nodes).map { UInt32($0) }
      for place in name.indices { name.swapAt(place, random.below(nodes)) }
      var renamed = free
      renamed.constraints.judgements = free.constraints.judgements.map {
        .init(left: name[Int($0.left)], right: name[Int($0.right)], isSame: $0.isSame)
      }
      renamed.constraints.protected = Set(free.constraints.protected.map { name[Int($0)] })
      if !free.constraints.sources.isEmpty {
        for node in 0..<nodes {
          renamed.constraints.sources[Int(name[node])] = free.constraints.sources[node]
        }
      }
      let other = try renamed.forest(
        nodes: nodes,
        edges: edges.map {
          WeightedEdge(left: name[Int($0.left)], right: name[Int($0.right)], weight: $0.weight)
        })
      for one in 0..<nodes {
        for two in one + 1..<max(nodes, one + 1) {
          let together = plain.clusterOfNode[one] == plain.clusterOfNode[two]
          let stillTogether = other.clusterOfNode[Int(name[one])] == other.clusterOfNode[Int(name[two])]
          #expect(together == stillTogether)
        }
      }
    }
  }

  @Test("No constraint is ever broken, and what it holds is reported")
  func constraintsHold() throws {
    var random = Seeded(3)
    var heldByCause: [HeldEdge.Cause: Int] = [:]
    for _ in 0..<200 {
      let nodes = 30
      let graph = Graph(nodes: nodes, edges: 120, &random)
      let constraints = constraints(nodes, &random)
      let edges = graph.edges()
      let forest = try EdgeContraction(threshold: Self.threshold, constraints: constraints)
        .forest(nodes: nodes, edges: edges)
      let cluster = forest.clusterOfNode
      for judgement in constraints.judgements where !judgement.isSame && judgement.left != judgement.right {
        #expect(cluster[Int(judgement.left)] != cluster[Int(judgement.right)])
      }
      for node in constraints.protected {
        #expect(cluster.filter { $0 == cluster[Int(node)] }.count == 1)
      }
      if !constraints.sources.isEmpty {
        var seen: Set<[UInt32]> = []
        for node in 0..<nodes { #expect(seen.insert([cluster[node], constraints.sources[node]]).inserted) }
      }
      // Every pair at the threshold is inside a cluster or held; so is every order that was given.
      let held = Set(forest.held.filter { !$0.isJudged }.map { [$0.left, $0.right] })
      for edge in edges where edge.weight >= Self.threshold {
        let isInside = cluster[Int(edge.left)] == cluster[Int(edge.right)]
        let bothProtected =
          constraints.protected.contains(edge.left) && constraints.protected.contains(edge.right)
        #expect(isInside != (held.contains([edge.left, edge.right]) || bothProtected))
      }
      for edge in forest.held { heldByCause[edge.cause, default: 0] += 1 }
      #expect(forest.merges.count == nodes - forest.clusterCount)
    }
    for cause in [HeldEdge.Cause.protected, .judgedDifferent, .sameSource, .evidenceAgainst] {
      #expect(heldByCause[cause, default: 0] > 0)
    }
  }

  @Test("A cut of the forest is what a run at that threshold gives")
  func cuts() throws {
    var random = Seeded(4)
    for round in 0..<60 {
      let nodes = 40
      let graph = Graph(nodes: nodes, edges: 160, &random)
      let constraints = round % 2 == 0 ? ClusterConstraints() : constraints(nodes, &random)
      func run(_ threshold: EvidenceWeight) throws -> ClusterForest {
        try EdgeContraction(threshold: threshold, constraints: constraints)
          .forest(nodes: nodes, edges: graph.edges())
      }
      let forest = try run(EvidenceWeight(log10LR: 1))
      #expect(
        zip(forest.merges, forest.merges.dropFirst()).allSatisfy { $0.isJudged || $0.evidence >= $1.evidence }
      )
      for height in 2...8 {
        let threshold = EvidenceWeight(log10LR: Double(height))
        let cut = try forest.cut(at: threshold)
        #expect(cut.numbers == (try run(threshold).clusterOfNode))
      }
    }
  }

  @Test("Where nothing speaks against, a cut is single linkage")
  func singleLinkage() throws {
    var random = Seeded(5)
    let nodes = 500
    var edges: [WeightedEdge] = []
    for node in 0..<nodes {
      for other in node + 1..<max(min(node + 40, nodes), node + 1) where random.below(30) == 0 {
        edges.append(
          WeightedEdge(
            left: UInt32(node), right: UInt32(other),
            weight: EvidenceWeight(log10LR: Double(1 + random.below(90)) / 10)))
      }
    }
    let forest = try EdgeContraction(threshold: EvidenceWeight(log10LR: 0.1))
      .forest(nodes: nodes, edges: edges)
    for tenths in stride(from: 1, through: 95, by: 4) {
      let threshold = EvidenceWeight(log10LR: Double(tenths) / 10)
      let ends = edges.filter { $0.weight >= threshold }.flatMap { [$0.left, $0.right] }
      let expected = try ConnectedComponents(nodes: nodes, edges: ends)
      #expect(try forest.cut(at: threshold).numbers == expected.numbers)
    }
    // A maximum spanning forest: its weight is Kruskal's.
    var sets = UnionFind(count: nodes)
    var most: Int64 = 0
    for edge in edges.sorted(by: { $0.weight > $1.weight })
    where sets.union(Int(edge.left), Int(edge.right)) { most += Int64(edge.weight.raw) }
    #expect(forest.merges.reduce(0) { $0 + Int64($1.weight.raw) } == most)
  }

  @Test("One strong pair does not join clusters that all other pairs keep apart")
  func noSnowball() throws {
    // Cliques of five, each joined to the next by one pair as strong as those inside.
    let cliques = 200
    let nodes = 5 * cliques
    let strong = EvidenceWeight(log10LR: 6)
    var edges: [WeightedEdge] = []
    for clique in 0..<cliques {
      for one in 0..<5 {
        for two in one + 1..<max(5, one + 1) {
          edges.append(
            WeightedEdge(left: UInt32(5 * clique + one), right: UInt32(5 * clique + two), weight: strong))
        }
      }
      if clique > 0 {
        edges.append(
          WeightedEdge(
            left: UInt32(5 * clique - 1), right: UInt32(5 * clique), weight: EvidenceWeight(log10LR: 5.9)))
      }
    }
    let forest = try EdgeContraction(threshold: Self.threshold).forest(nodes: nodes, edges: edges) {
      left, right, found in
      for place in left.indices {
        let isInside = left[place] / 5 == right[place] / 5
        let isBridge = left[place] + 1 == right[place]
        found[place] = EvidenceWeight(log10LR: isInside ? 6 : isBridge ? 5.9 : -2)
      }
    }
    #expect(forest.clusterOfNode == (0..<nodes).map { UInt32($0 / 5) })
    #expect(forest.held.count == cliques - 1)
  }

  @Test("A large component of weak links asks for few pairs")
  func largeComponent() throws {
    // Were clusters looked at pair by pair, 10^5 nodes would ask for 5 * 10^9.
    let nodes = 100_000
    var random = Seeded(6)
    var edges: [WeightedEdge] = []
    for node in 1..<nodes {
      edges.append(
        WeightedEdge(
          left: UInt32(random.below(node)), right: UInt32(node),
          weight: EvidenceWeight(log10LR: 3 + Double(random.below(1_000)) / 1_000)))
    }
    for isAgainst in [true, false] {
      var asked = 0
      let forest = try EdgeContraction(threshold: Self.threshold).forest(nodes: nodes, edges: edges) {
        left, _, found in
        asked += left.count
        for place in left.indices { found[place] = EvidenceWeight(raw: isAgainst ? -20_000 : 0) }
      }
      #expect(asked < 300 * nodes, "\(asked)")
      #expect((forest.clusterCount > 1) == isAgainst)
    }
  }

  @Test("Graphs and constraints that name no node are refused")
  func refusals() {
    var contraction = EdgeContraction(threshold: Self.threshold)
    let edge = WeightedEdge(left: 0, right: 3, weight: Self.threshold)
    #expect(throws: GraphError.noSuchNode(edge: 0, node: 3, nodes: 3)) {
      try contraction.forest(nodes: 3, edges: [edge])
    }
    contraction.constraints.judgements = [.init(left: 9, right: 0, isSame: true)]
    #expect(throws: GraphError.noSuchNode(edge: 0, node: 9, nodes: 4)) {
      try contraction.forest(nodes: 4, edges: [edge])
    }
    contraction.constraints = ClusterConstraints()
    contraction.constraints.sources = [1]
    #expect(throws: GraphError.sourcesMissing(given: 1, nodes: 4)) {
      try contraction.forest(nodes: 4, edges: [edge])
    }
  }

  @Test("Weights without bound are clamped")
  func extremes() throws {
    #expect(EvidenceWeight(log10LR: .infinity).raw == 2_000_000_000)
    #expect(EvidenceWeight(log10LR: .nan).raw == 0)
    #expect(EvidenceWeight(log10LR: 4.24).log10LR == 4.24)
    let nodes = 300
    var edges: [WeightedEdge] = []
    for node in 1..<nodes {
      edges.append(
        WeightedEdge(left: UInt32(node - 1), right: UInt32(node), weight: EvidenceWeight(log10LR: .infinity)))
    }
    let forest = try EdgeContraction(threshold: Self.threshold).forest(nodes: nodes, edges: edges) {
      _, _, found in for place in found.indices { found[place] = EvidenceWeight(raw: .min) }
    }
    #expect(forest.clusterCount == nodes / 2)
  }

  @Test("Bridges are the pairs without which a cluster falls apart")
  func bridges() {
    var random = Seeded(7)
    for _ in 0..<100 {
      let nodes = 2 + random.below(14)
      var edges: [(UInt32, UInt32)] = []
      for one in 0..<nodes {
        for two in one + 1..<max(nodes, one + 1) where random.below(4) == 0 {
          edges.append((UInt32(one), UInt32(two)))
        }
      }
      func components(without skipped: Int?) -> Int {
        var sets = UnionFind(count: nodes)
        for (number, edge) in edges.enumerated() where number != skipped {
          sets.union(Int(edge.0), Int(edge.1))
        }
        return sets.setCount
      }
      let shape = ClusterShape(nodes: nodes, edges: edges)
      let all = components(without: nil)
      #expect(shape.bridges == edges.indices.filter { components(without: $0) > all })
      #expect(abs(shape.density - Double(2 * edges.count) / Double(nodes * (nodes - 1))) < 1e-12)
    }
  }
}
