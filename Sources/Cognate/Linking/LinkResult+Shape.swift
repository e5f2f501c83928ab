import Linkage

extension LinkResult.Cluster {
  /// Weakest link, density and bridges of a cluster.
  struct Shape {
    let weakestLink: Double?
    let density: Double
    let bridges: Int

    /// From the pairs in it that reach the threshold.
    init(accounts: Int, edges: [(UInt32, UInt32)], weakestLink: Double?) {
      let shape = ClusterShape(nodes: accounts, edges: edges)
      self.weakestLink = weakestLink
      density = (shape.density * 1000).rounded() / 1000
      bridges = shape.bridges.count
    }

    /// The shape of every cluster of a run, by number.
    static func all(_ run: LinkageRun, _ numbers: [Int], threshold: Double) -> [Int: Shape] {
      var sizes: [Int: Int] = [:]
      for number in numbers where number > 0 { sizes[number, default: 0] += 1 }
      var edges: [Int: [(UInt32, UInt32)]] = [:]
      for pair in run.pairs where pair.log10LR >= threshold {
        let number = numbers[Int(pair.left.raw)]
        if number > 0, number == numbers[Int(pair.right.raw)] {
          edges[number, default: []].append((pair.left.raw, pair.right.raw))
        }
      }
      var weakest: [Int: Double] = [:]
      for merge in run.clustering.merges where merge.log10LR.isFinite {
        let number = numbers[Int(merge.left.raw)]
        weakest[number] = min(weakest[number] ?? merge.log10LR, merge.log10LR)
      }
      var shapes: [Int: Shape] = [:]
      for (number, size) in sizes {
        shapes[number] = Shape(accounts: size, edges: edges[number] ?? [], weakestLink: weakest[number])
      }
      return shapes
    }
  }
}
