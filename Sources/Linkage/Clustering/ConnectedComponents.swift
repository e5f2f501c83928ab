import CKernels

/// A graph that cannot be clustered as it is given.
public enum GraphError: Error, Hashable, CustomStringConvertible {
  /// More nodes than 32 bits can number.
  case tooManyNodes(Int)
  /// More edges than 32 bits can number.
  case tooManyEdges(Int)
  /// Sources are given for some nodes only.
  case sourcesMissing(given: Int, nodes: Int)
  /// A list of pairs with a number left over at its end.
  case oddNumberOfEnds(Int)
  /// An edge ends at a node that does not exist.
  case noSuchNode(edge: Int, node: UInt32, nodes: Int)

  /// What, where and what to do.
  public var description: String {
    switch self {
    case .tooManyNodes(let nodes): "\(nodes) nodes: at most 4294967295 can be clustered in one run"
    case .tooManyEdges(let edges): "\(edges) edges: at most 4294967294 can be clustered in one run"
    case .sourcesMissing(let given, let nodes):
      "\(given) sources for \(nodes) nodes: each node needs one, or none is given at all"
    case .oddNumberOfEnds(let ends): "\(ends) ends of edges: an edge has two, so one is missing"
    case .noSuchNode(let edge, let node, let nodes):
      "edge \(edge) ends at node \(node), but nodes are numbered from 0 to \(nodes - 1)"
    }
  }
}

/// The connected components of an undirected graph.
///
/// Rem's union-find with splicing (Dijkstra, 1976; Patwary, Blair and Manne, 2010): parents have lower numbers than
/// their children, so that one pass in ascending order numbers the components. What it costs is waiting for memory,
/// so lines are asked for some edges ahead. Once one component holds a good part of all nodes, as it does in dense
/// graphs after about as many edges as there are nodes, edges inside it are passed over by a map of one bit a node,
/// which stays in cache; the thought is that of Afforest (Sutton, Ben-Nun and Barak, 2018), which needs adjacency
/// lists, carried over to plain lists of edges.
///
/// O(edges α(nodes)) time; four bytes a node and one bit.
public struct ConnectedComponents: Sendable {
  /// By node, the number of its component, by first node.
  public let numbers: [UInt32]
  /// Components, those of one node included.
  public let count: Int

  /// Finds the components.
  ///
  /// - Parameters:
  ///   - nodes: how many there are, numbered from 0.
  ///   - edges: the two ends of each edge, end to end; loops and repeated edges do no harm.
  /// - Throws: `GraphError` for an odd number of ends, for ends that do not exist and for 2^32 nodes and more.
  public init(nodes: Int, edges: [UInt32]) throws(GraphError) {
    guard nodes < Int(UInt32.max) else { throw .tooManyNodes(nodes) }
    guard edges.count % 2 == 0 else { throw .oddNumberOfEnds(edges.count) }
    var failure: GraphError?
    var count = 0
    numbers = [UInt32](unsafeUninitializedCapacity: max(nodes, 0)) { buffer, initialised in
      guard nodes > 0, let parents = buffer.baseAddress else {
        if edges.first != nil { failure = .noSuchNode(edge: 0, node: edges[0], nodes: max(nodes, 0)) }
        return
      }
      for node in 0..<nodes { parents[node] = UInt32(truncatingIfNeeded: node) }
      initialised = nodes
      edges.withUnsafeBufferPointer { ends in
        guard let base = ends.baseAddress else { return }
        var search = ComponentSearch(nodes: nodes, parents: parents, ends: base, edges: edges.count / 2)
        failure = search.run()
      }
      count = ComponentSearch.number(parents, nodes)
    }
    self.count = count
    if let failure { throw failure }
  }
}

/// The search for components; raw memory is touched here alone.
private struct ComponentSearch {
  /// Edges looked at together: their ends fit the first-level cache.
  static let block = 2048
  /// Edges ahead of the one in hand whose nodes are asked for.
  static let ahead = 16
  /// The part of all nodes from which a component is worth a map.
  static let worthMapping = 0.25

  let nodes: Int
  /// By node: a node of its component with a lower number, or itself.
  let parents: UnsafeMutablePointer<UInt32>
  let ends: UnsafePointer<UInt32>
  let edges: Int

  /// Joins all edges; the first edge that ends nowhere, if any.
  mutating func run() -> GraphError? {
    var map = [UInt64](repeating: 0, count: (nodes + 63) / 64)
    var hasMap = false
    var done = 0
    // A map is drawn after nodes * 3/4 edges and then whenever half as many again were joined.
    var next = min(edges, nodes - nodes / 4 + Self.block)
    while done < edges {
      let failure = map.withUnsafeBufferPointer { map in
        join(done..<next, skipping: hasMap ? map.baseAddress : nil)
      }
      if let failure { return failure }
      done = next
      if done < edges {
        flatten()
        if let root = rootOfLargest() {
          draw(root, into: &map)
          hasMap = true
        }
        next = min(edges, done + max(nodes / 4, done / 2, Self.block))
      }
    }
    return nil
  }

  /// Joins a range of edges but those with both ends in the map.
  private func join(_ range: Range<Int>, skipping map: UnsafePointer<UInt64>?) -> GraphError? {
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 2 * Self.block) { kept in
      guard let kept = kept.baseAddress else { return nil }
      var start = range.lowerBound
      while start < range.upperBound {
        let count = min(Self.block, range.upperBound - start)
        let from = ends + 2 * start
        var highest: UInt32 = 0
        for end in 0..<2 * count { highest = max(highest, from[end]) }
        if Int(highest) >= nodes { return missing(start..<start + count) }
        if let map {
          var found = 0
          for edge in 0..<count {
            let (one, other) = (from[2 * edge], from[2 * edge + 1])
            let inside =
              (map[Int(one >> 6)] >> UInt64(one & 63)) & (map[Int(other >> 6)] >> UInt64(other & 63)) & 1
            // Without a branch, which nobody could predict.
            kept[2 * found] = one
            kept[2 * found + 1] = other
            found += Int(1 - inside)
          }
          join(kept, found)
        } else {
          join(from, count)
        }
        start += count
      }
      return nil
    }
  }

  private func missing(_ range: Range<Int>) -> GraphError? {
    for edge in range {
      for end in [ends[2 * edge], ends[2 * edge + 1]] where Int(end) >= nodes {
        return .noSuchNode(edge: edge, node: end, nodes: nodes)
      }
    }
    return nil
  }

  @inline(__always)
  private func join(_ ends: UnsafePointer<UInt32>, _ count: Int) {
    for end in 0..<2 * min(Self.ahead, count) { cog_prefetch(parents + Int(ends[end])) }
    for edge in 0..<count {
      if edge + Self.ahead < count {
        cog_prefetch(parents + Int(ends[2 * (edge + Self.ahead)]))
        cog_prefetch(parents + Int(ends[2 * (edge + Self.ahead) + 1]))
      }
      var (one, other) = (ends[2 * edge], ends[2 * edge + 1])
      var (above, otherAbove) = (parents[Int(one)], parents[Int(other)])
      // Climbs from whichever parent is higher, and hangs what it leaves on the lower one.
      while above != otherAbove {
        if above > otherAbove {
          parents[Int(one)] = otherAbove
          if one == above { break }
          one = above
          above = parents[Int(one)]
        } else {
          parents[Int(other)] = above
          if other == otherAbove { break }
          other = otherAbove
          otherAbove = parents[Int(other)]
        }
      }
    }
  }

  /// Makes every node a child of its root: those before it are already.
  private func flatten() {
    for node in 0..<nodes { parents[node] = parents[Int(parents[node])] }
  }

  /// The root of the largest component, if it is worth a map, judged by nodes spread over all.
  private func rootOfLargest() -> UInt32? {
    let samples = min(nodes, 1024)
    var roots = (0..<samples).map { parents[Int(UInt64($0) * UInt64(nodes) / UInt64(samples))] }
    roots.sort()
    var best = (root: UInt32(0), seen: 0)
    var start = 0
    while start < roots.count {
      var end = start
      while end < roots.count, roots[end] == roots[start] { end += 1 }
      if end - start > best.seen { best = (roots[start], end - start) }
      start = end
    }
    return Double(best.seen) >= Self.worthMapping * Double(samples) ? best.root : nil
  }

  private func draw(_ root: UInt32, into map: inout [UInt64]) {
    for word in map.indices {
      var bits: UInt64 = 0
      let first = word * 64
      for bit in 0..<min(64, nodes - first) { bits |= (parents[first + bit] == root ? 1 : 0) << UInt64(bit) }
      map[word] = bits
    }
  }

  /// Numbers components in place: a parent stands before its children, so it has its number by then.
  static func number(_ parents: UnsafeMutablePointer<UInt32>, _ nodes: Int) -> Int {
    var next: UInt32 = 0
    for node in 0..<nodes {
      let parent = Int(parents[node])
      if parent == node {
        parents[node] = next
        next += 1
      } else {
        parents[node] = parents[parent]
      }
    }
    return Int(next)
  }
}
