import Linkage
import Testing

@Suite("Connected components")
struct ConnectedComponentsTests {
  /// Numbers by first node, from a plain union-find.
  private func naive(_ nodes: Int, _ ends: [UInt32]) -> [UInt32] {
    var sets = UnionFind(count: nodes)
    for edge in stride(from: 0, to: ends.count, by: 2) { sets.union(Int(ends[edge]), Int(ends[edge + 1])) }
    var number = [UInt32](repeating: .max, count: nodes)
    var next: UInt32 = 0
    return (0..<nodes).map { node in
      let root = sets.find(node)
      if number[root] == .max {
        number[root] = next
        next += 1
      }
      return number[root]
    }
  }

  @Test(
    "Agree with a plain union-find",
    arguments: [
      // Nodes and edges: none, few, sparse, and so dense that one component swallows most nodes early on.
      (1, 0), (2, 1), (10, 5), (200, 100), (200, 600), (5_000, 2_000), (5_000, 4_000), (5_000, 60_000),
      (30_000, 33_000), (30_000, 200_000),
    ])
  func random(nodes: Int, edges: Int) throws {
    var random = Seeded(UInt64(nodes + edges))
    let ends = (0..<2 * edges).map { _ in UInt32(random.below(nodes)) }
    let found = try ConnectedComponents(nodes: nodes, edges: ends)
    let expected = naive(nodes, ends)
    #expect(found.numbers == expected)
    #expect(found.count == Set(expected).count)
  }

  @Test("Paths, stars and cliques in hostile orders")
  func shapes() throws {
    let nodes = 20_000
    var path: [UInt32] = []
    for node in (1..<nodes).reversed() { path += [UInt32(node), UInt32(node - 1)] }
    #expect(try ConnectedComponents(nodes: nodes, edges: path).count == 1)
    var star: [UInt32] = []
    for node in 0..<nodes - 1 { star += [UInt32(nodes - 1), UInt32(node)] }
    #expect(try ConnectedComponents(nodes: nodes, edges: star).count == 1)
    // Even and odd nodes, each by its own path of steps of two, one upwards and one downwards.
    var halves: [UInt32] = []
    for node in stride(from: 2, to: nodes, by: 2) { halves += [UInt32(node - 2), UInt32(node)] }
    for node in stride(from: nodes - 1, to: 1, by: -2) { halves += [UInt32(node), UInt32(node - 2)] }
    let found = try ConnectedComponents(nodes: nodes, edges: halves)
    #expect(found.count == 2)
    #expect(found.numbers == (0..<nodes).map { UInt32($0 % 2) })
  }

  @Test("The order of edges and of their ends does not matter")
  func order() throws {
    var random = Seeded(17)
    let (nodes, edges) = (3_000, 9_000)
    var pairs = (0..<edges).map { _ in (UInt32(random.below(nodes)), UInt32(random.below(nodes))) }
    let one = try ConnectedComponents(nodes: nodes, edges: pairs.flatMap { [$0.0, $0.1] })
    for place in pairs.indices { pairs.swapAt(place, random.below(edges)) }
    let other = try ConnectedComponents(nodes: nodes, edges: pairs.flatMap { [$0.1, $0.0] })
    #expect(one.numbers == other.numbers)
  }

  @Test("What is no graph is refused")
  func refusals() throws {
    #expect(throws: GraphError.oddNumberOfEnds(3)) { try ConnectedComponents(nodes: 4, edges: [0, 1, 2]) }
    #expect(throws: GraphError.noSuchNode(edge: 1, node: 4, nodes: 4)) {
      try ConnectedComponents(nodes: 4, edges: [0, 1, 4, 2])
    }
    #expect(throws: GraphError.noSuchNode(edge: 0, node: 7, nodes: 0)) {
      try ConnectedComponents(nodes: 0, edges: [7, 7])
    }
    #expect(try ConnectedComponents(nodes: 0, edges: []).count == 0)
    // Far behind the first block, where most edges are passed over.
    var ends = [UInt32](repeating: 1, count: 40_000)
    for edge in 0..<1_000 { ends[2 * edge] = UInt32(edge) }
    ends[39_000] = 1_000
    #expect(throws: GraphError.noSuchNode(edge: 19_500, node: 1_000, nodes: 1_000)) {
      try ConnectedComponents(nodes: 1_000, edges: ends)
    }
  }
}
