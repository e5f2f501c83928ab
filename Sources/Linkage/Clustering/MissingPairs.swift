/// The pairs of small components that no edge is given for, looked up for many components at once.
///
/// A merge asks for the pairs between two clusters, which are few at a time, and a look-up of few pairs costs most of
/// what one of thousands does. Whatever merges are made, the pairs that they ask for are the pairs of the component; so
/// in a small one all are looked up beforehand.
struct MissingPairs {
  /// Nodes of a component at most; of larger ones, which may be sparse, merges ask for themselves.
  static let mostNodes = 16
  /// Pairs after which it is time to look up.
  static let batch = 2048

  /// Components gathered, and by component where its pairs start.
  private var starts: [Int] = [0]
  /// By pair of places of a component: its weight.
  private var weights: [EvidenceWeight] = []
  /// By pair to look up: its nodes, and its place in `weights`.
  private var left: [UInt32] = []
  private var right: [UInt32] = []
  private var slots: [Int] = []
  private var found: [EvidenceWeight] = []
  private var isGiven: [Bool] = []

  /// Pairs to look up.
  var count: Int { slots.count }

  /// Where the pair of two places of a component stands among its pairs.
  @inline(__always)
  static func slot(_ low: UInt32, _ high: UInt32) -> Int { Int(high) * (Int(high) - 1) / 2 + Int(low) }

  mutating func reset() {
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    weights.removeAll(keepingCapacity: true)
    left.removeAll(keepingCapacity: true)
    right.removeAll(keepingCapacity: true)
    slots.removeAll(keepingCapacity: true)
  }

  /// Takes a component: its nodes, and its edges by number; what is numbered beyond the edges is passed over.
  mutating func gather(
    _ nodes: ArraySlice<UInt32>, _ items: ArraySlice<UInt32>, _ edges: [WeightedEdge], _ places: [UInt32]
  ) {
    let pairs = nodes.count * (nodes.count - 1) / 2
    // Where every pair is given, nothing is asked for; nor is it between two nodes of which a pair is given.
    guard nodes.count > 1, nodes.count <= Self.mostNodes, items.count < pairs else {
      starts.append(weights.count)
      return
    }
    let start = weights.count
    isGiven.removeAll(keepingCapacity: true)
    for _ in 0..<pairs {
      isGiven.append(false)
      weights.append(EvidenceWeight(raw: 0))
    }
    for item in items where Int(item) < edges.count {
      let edge = edges[Int(item)]
      let (one, other) = (places[Int(edge.left)], places[Int(edge.right)])
      let slot = Self.slot(min(one, other), max(one, other))
      isGiven[slot] = true
      weights[start + slot] = edge.weight
    }
    var slot = 0
    for high in nodes.indices.dropFirst() {
      for low in nodes.startIndex..<high {
        if !isGiven[slot] {
          left.append(nodes[low])
          right.append(nodes[high])
          slots.append(start + slot)
        }
        slot += 1
      }
    }
    starts.append(weights.count)
  }

  /// Looks up what was gathered.
  mutating func find(_ lookUp: EdgeContraction.LookUp) {
    let count = slots.count
    if count == 0 { return }
    if found.count < count { found = [EvidenceWeight](repeating: EvidenceWeight(raw: 0), count: count) }
    left.withUnsafeBufferPointer { left in
      right.withUnsafeBufferPointer { right in
        found.withUnsafeMutableBufferPointer {
          lookUp(left, right, UnsafeMutableBufferPointer(rebasing: $0[..<count]))
        }
      }
    }
    for index in 0..<count { weights[slots[index]] = found[index] }
  }

  /// By pair of places of a component gathered, its weight (`slot`); empty where merges ask for themselves.
  func weights(_ component: Int) -> ArraySlice<EvidenceWeight> {
    weights[starts[component]..<starts[component + 1]]
  }
}
