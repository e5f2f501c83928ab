import Linkage

/// Edge contraction by its definition: every pair of clusters is weighed anew before each merge. O(n^3) and worse.
struct NaiveContraction {
  let nodes: Int
  /// By pair of nodes, what is known; 0 where nothing is.
  let weights: [[Int32]]
  let threshold: Int32
  var constraints = ClusterConstraints()

  private struct Choice {
    let evidence: Int64
    let left: Int
    let right: Int
    let clusters: (Int, Int)
  }

  /// Clusters by node, numbered by first node.
  func clusters() -> [UInt32] {
    var sets = (0..<nodes).map { [$0] }
    func set(of node: Int) -> Int { sets.firstIndex { $0.contains(node) } ?? 0 }
    let ordered = constraints.judgements.filter { $0.isSame && $0.left != $0.right }
      .map { (min($0.left, $0.right), max($0.left, $0.right)) }.sorted(by: <)
    for (left, right) in ordered {
      let (one, other) = (set(of: Int(left)), set(of: Int(right)))
      if one != other, mayJoin(sets[one], sets[other]) {
        sets[min(one, other)] += sets[max(one, other)]
        sets.remove(at: max(one, other))
      }
    }
    while let choice = best(sets) {
      sets[choice.clusters.0] += sets[choice.clusters.1]
      sets.remove(at: choice.clusters.1)
    }
    var numbers = [UInt32](repeating: 0, count: nodes)
    let byFirst = sets.sorted { ($0.min() ?? 0) < ($1.min() ?? 0) }
    for (number, members) in byFirst.enumerated() {
      for node in members { numbers[node] = UInt32(number) }
    }
    return numbers
  }

  private func mayJoin(_ one: [Int], _ other: [Int]) -> Bool {
    for left in one {
      for right in other {
        if constraints.protected.contains(UInt32(left)) || constraints.protected.contains(UInt32(right)) {
          return false
        }
        if !constraints.sources.isEmpty, constraints.sources[left] == constraints.sources[right] {
          return false
        }
        for judgement in constraints.judgements where !judgement.isSame {
          let pair = (Int(judgement.left), Int(judgement.right))
          if pair == (left, right) || pair == (right, left) { return false }
        }
      }
    }
    return true
  }

  private func best(_ sets: [[Int]]) -> Choice? {
    var chosen: Choice?
    for one in sets.indices {
      for other in sets.indices where other > one && mayJoin(sets[one], sets[other]) {
        var pairs: [(weight: Int32, left: Int, right: Int)] = []
        for left in sets[one] {
          for right in sets[other] {
            pairs.append((weights[left][right], min(left, right), max(left, right)))
          }
        }
        guard let first = pairs.min(by: { ($1.weight, $0.left, $0.right) < ($0.weight, $1.left, $1.right) })
        else { continue }
        let against = pairs.map { Int64(min($0.weight, 0)) }
        let worst = against.min() ?? 0
        let evidence = Int64(max(first.weight, 0)) + worst + (against.reduce(0, +) - worst) / 10
        if first.weight == 0 || evidence < Int64(threshold) { continue }
        let choice = Choice(
          evidence: evidence, left: first.left, right: first.right, clusters: (one, other))
        if let known = chosen {
          if (known.evidence, choice.left, choice.right) < (choice.evidence, known.left, known.right) {
            chosen = choice
          }
        } else {
          chosen = choice
        }
      }
    }
    return chosen
  }
}
