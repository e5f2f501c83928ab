/// How well a cluster hangs together, by the pairs in it that reach the threshold.
public struct ClusterShape: Hashable, Sendable {
  /// Part of all its pairs that reach the threshold, 0 to 1.
  public let density: Double
  /// Pairs without which it would fall apart, by position among those given, ascending.
  public let bridges: [Int]

  /// Looks at one cluster.
  ///
  /// Bridges are found by low-link (Tarjan, 1974) without recursion; O(edges log edges).
  /// - Parameters:
  ///   - nodes: how many nodes the cluster has.
  ///   - edges: its pairs at the threshold, by node; two nodes given twice are no bridge.
  public init(nodes: Int, edges: [(UInt32, UInt32)]) {
    let possible = max(nodes * (nodes - 1) / 2, 1)
    density = Double(edges.count) / Double(possible)
    bridges = Self.bridges(edges)
  }

  private static func bridges(_ edges: [(UInt32, UInt32)]) -> [Int] {
    var ends: [(node: UInt32, edge: Int, other: UInt32)] = []
    ends.reserveCapacity(2 * edges.count)
    for (number, edge) in edges.enumerated() where edge.0 != edge.1 {
      ends.append((edge.0, number, edge.1))
      ends.append((edge.1, number, edge.0))
    }
    ends.sort { $0.node != $1.node ? $0.node < $1.node : $0.edge < $1.edge }
    // Places of nodes, and where the ends of each begin.
    var nodes: [UInt32] = []
    var starts: [Int] = []
    for (position, end) in ends.enumerated() where end.node != nodes.last {
      nodes.append(end.node)
      starts.append(position)
    }
    starts.append(ends.count)
    func place(_ node: UInt32) -> Int {
      var (low, high) = (0, nodes.count)
      while low < high {
        let middle = (low + high) / 2
        if nodes[middle] < node { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let others = ends.map { place($0.other) }
    var order = [Int](repeating: -1, count: nodes.count)
    var low = order
    var found: [Int] = []
    var seen = 0
    var stack: [(node: Int, by: Int, next: Int)] = []
    for start in nodes.indices where order[start] < 0 {
      stack.append((start, -1, starts[start]))
      (order[start], low[start]) = (seen, seen)
      seen += 1
      while let top = stack.last {
        if top.next < starts[top.node + 1] {
          stack[stack.count - 1].next += 1
          let (edge, other) = (ends[top.next].edge, others[top.next])
          if edge == top.by { continue }
          if order[other] >= 0 {
            low[top.node] = min(low[top.node], order[other])
          } else {
            (order[other], low[other]) = (seen, seen)
            seen += 1
            stack.append((other, edge, starts[other]))
          }
        } else {
          stack.removeLast()
          guard let above = stack.last?.node else { continue }
          low[above] = min(low[above], low[top.node])
          if low[top.node] > order[above] { found.append(top.by) }
        }
      }
    }
    return found.sorted()
  }
}
