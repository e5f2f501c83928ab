import Linkage

/// How well a cluster hangs together.
struct ClusterShape {
  var weakestLink: Double?
  var density = 0.0
  var bridges = 0

  /// The shape of every cluster, by number.
  ///
  /// A bridge is an edge of the graph of pairs that reach the threshold whose removal disconnects it, found by
  /// Tarjan's low-link (1974) without recursion; O(pairs).
  static func shapes(_ run: LinkageRun, _ numbers: [Int], threshold: Double) -> [Int: ClusterShape] {
    var shapes: [Int: ClusterShape] = [:]
    var sizes: [Int: Int] = [:]
    for number in numbers where number > 0 { sizes[number, default: 0] += 1 }
    var edges: [Int: [(Int, Int)]] = [:]
    for pair in run.pairs where pair.log10LR >= threshold {
      let (left, right) = (Int(pair.left.raw), Int(pair.right.raw))
      let number = numbers[left]
      if number > 0, number == numbers[right] { edges[number, default: []].append((left, right)) }
    }
    for merge in run.clustering.merges where merge.log10LR.isFinite {
      let number = numbers[Int(merge.left.raw)]
      let weakest = shapes[number]?.weakestLink
      shapes[number, default: ClusterShape()].weakestLink = min(weakest ?? merge.log10LR, merge.log10LR)
    }
    for (number, size) in sizes {
      shapes[number] = ClusterShape(
        edges: edges[number] ?? [], size: size, weakestLink: shapes[number]?.weakestLink)
    }
    return shapes
  }

  init() {}

  /// The shape of one cluster from the pairs in it that reach the threshold.
  init(edges: [(Int, Int)], size: Int, weakestLink: Double?) {
    self.weakestLink = weakestLink
    let possible = Double(max(size * (size - 1) / 2, 1))
    density = (Double(edges.count) / possible * 1000).rounded() / 1000
    bridges = Self.bridgeCount(edges)
  }

  private static func bridgeCount(_ edges: [(Int, Int)]) -> Int {
    var neighbours: [Int: [(node: Int, edge: Int)]] = [:]
    for (number, edge) in edges.enumerated() {
      neighbours[edge.0, default: []].append((edge.1, number))
      neighbours[edge.1, default: []].append((edge.0, number))
    }
    var order: [Int: Int] = [:]
    var low: [Int: Int] = [:]
    var bridges = 0
    for start in neighbours.keys.sorted() where order[start] == nil {
      var stack: [(node: Int, by: Int, next: Int)] = [(start, -1, 0)]
      order[start] = order.count
      low[start] = order[start]
      while let top = stack.last {
        let around = neighbours[top.node] ?? []
        if top.next < around.count {
          stack[stack.count - 1].next += 1
          let step = around[top.next]
          if step.edge == top.by { continue }
          if let seen = order[step.node] {
            low[top.node] = min(low[top.node] ?? seen, seen)
          } else {
            order[step.node] = order.count
            low[step.node] = order[step.node]
            stack.append((step.node, step.edge, 0))
          }
        } else {
          stack.removeLast()
          if let above = stack.last?.node, let mine = low[top.node] {
            low[above] = min(low[above] ?? mine, mine)
            if mine > (order[above] ?? 0) { bridges += 1 }
          }
        }
      }
    }
    return bridges
  }
}
