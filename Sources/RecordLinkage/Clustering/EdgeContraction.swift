import Columns
import Foundation
import Linkage

/// Joins records into clusters by greedy edge contraction (Keuper et al., 2015, for the multicut problem).
///
/// Pairs that reach even odds span components; within a component every two records are compared, also those that
/// blocking did not bring together, and clusters are merged in descending order of the evidence between the two whole
/// clusters. The prior is paid once a merge, as a merge is one hypothesis.
struct EdgeContraction {
  /// Components above this are first parted by stronger edges.
  static let componentLimit = 160

  /// By record, the number of its cluster, by first record.
  let clusterOfRecord: [UInt32]
  let count: Int

  static func run(
    records: Int, pairs: [ScoredPair], prior: Double, plan: FieldPlan, blocking: BlockingPlan,
    model: MatchModel,
    sources: Packed<UInt16>?,
    probability: Double
  ) -> EdgeContraction {
    let threshold = Float(log10(probability / (1 - probability)) - prior)
    var merger = Merger(
      records: records, plan: plan, blocking: blocking, model: model, sources: sources, threshold: threshold)
    merger.contract(pairs, from: threshold)
    var sets = merger.sets
    var number = [UInt32](repeating: .max, count: records)
    var clusters = [UInt32](repeating: 0, count: records)
    var next: UInt32 = 0
    for record in 0..<records {
      let root = sets.find(record)
      if number[root] == .max {
        number[root] = next
        next += 1
      }
      clusters[record] = number[root]
    }
    return EdgeContraction(clusterOfRecord: clusters, count: Int(next))
  }

  /// The sets under construction.
  private struct Merger {
    var sets: UnionFind
    let plan: FieldPlan
    let model: MatchModel
    let sources: Packed<UInt16>?
    let threshold: Float
    let scorer: PairScorer
    let blocking: BlockingPlan
    let mode = ProcessInfo.processInfo.environment["MODE"] ?? "maxneg"
    let alpha = Float(ProcessInfo.processInfo.environment["ALPHA"] ?? "1") ?? 1

    init(
      records: Int, plan: FieldPlan, blocking: BlockingPlan, model: MatchModel, sources: Packed<UInt16>?,
      threshold: Float
    ) {
      sets = UnionFind(count: records)
      self.plan = plan
      self.model = model
      self.sources = sources
      self.threshold = threshold
      scorer = PairScorer(plan, model)
      self.blocking = blocking
    }

    /// Parts pairs into components and contracts each.
    mutating func contract(_ pairs: [ScoredPair], from cut: Float) {
      let strong = pairs.filter { $0.log10LR >= cut }
      if strong.isEmpty { return }
      // Numbers of the records that occur.
      var words = [UInt64]()
      words.reserveCapacity(strong.count * 2)
      for pair in strong {
        words.append(UInt64(pair.left))
        words.append(UInt64(pair.right))
      }
      words.withUnsafeMutableBufferPointer { radixSort($0, bits: 0..<32) }
      var members: [UInt32] = []
      for word in words where members.last != UInt32(word) { members.append(UInt32(word)) }
      words = []
      func local(_ record: UInt32) -> Int {
        var (low, high) = (0, members.count)
        while low < high {
          let middle = (low + high) / 2
          if members[middle] < record { low = middle + 1 } else { high = middle }
        }
        return low
      }
      var components = UnionFind(count: members.count)
      let locals = strong.map { (local($0.left), local($0.right)) }
      for (left, right) in locals { components.union(left, right) }
      // Members by component, in the order of the first.
      var order = (0..<members.count).map { (components.find($0), $0) }
      order.sort { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }
      var byRoot = [Int](repeating: 0, count: members.count)
      var start = 0
      while start < order.count {
        var end = start + 1
        while end < order.count, order[end].0 == order[start].0 { end += 1 }
        byRoot[order[start].0] = start
        let size = end - start
        if size <= EdgeContraction.componentLimit {
          small(order[start..<end].map { members[$0.1] })
        } else {
          let root = order[start].0
          var inside: [ScoredPair] = []
          for (index, pair) in strong.enumerated() where components.find(locals[index].0) == root {
            inside.append(pair)
          }
          contract(inside, from: cut + 0.7)
        }
        start = end
      }
    }

    /// Contracts one component of few records: all pairs are compared.
    private mutating func small(_ records: [UInt32]) {
      let count = records.count
      var left: [UInt32] = []
      var right: [UInt32] = []
      for one in 0..<count {
        for two in one + 1..<max(count, one + 1) { left.append(records[one]); right.append(records[two]) }
      }
      var sums: [Float] = []
      left.withUnsafeBufferPointer { lefts in
        right.withUnsafeBufferPointer { rights in
          guard let l = lefts.baseAddress, let r = rights.baseAddress else { return }
          let batch = PairBatch(left: l, right: r, count: lefts.count)
          let found = scorer.score(batch) { index in
            blocking.isRepeated(Int(l[index]), Int(r[index]), key: model.families.namingKeys, hash: 0)
          }
          sums = Array(UnsafeBufferPointer(start: found, count: batch.count))
        }
      }
      if count == 2 {
        if sums[0] >= threshold { join(records[0], records[1]) }
        return
      }
      // Between clusters: the strongest pair, and the sum of all that speaks against.
      var best = [Float](repeating: 0, count: count * count)
      var against = [Float](repeating: 0, count: count * count)
      var total = [Float](repeating: 0, count: count * count)
      var index = 0
      for one in 0..<count {
        for two in one + 1..<max(count, one + 1) {
          let forbidden = sources.map { $0[Int(records[one])] == $0[Int(records[two])] } ?? false
          let value = forbidden ? -1e9 : sums[index]
          for (a, b) in [(one, two), (two, one)] {
            best[a * count + b] = value
            against[a * count + b] = min(value, 0)
            total[a * count + b] = value
          }
          index += 1
        }
      }
      var alive = Array(0..<count)
      var sizes = [Float](repeating: 1, count: count)
      while alive.count > 1 {
        var winner: (Int, Int)?
        var highest = threshold
        for (position, a) in alive.enumerated() {
          for b in alive[(position + 1)...] {
            let place = a * count + b
            let value: Float
            switch mode {
            case "sum": value = total[place]
            case "avg": value = total[place] / (sizes[a] * sizes[b])
            case "damp": value = total[place] / pow(sizes[a] * sizes[b], alpha)
            default: value = best[place] > 0 ? best[place] + alpha * against[place] : best[place]
            }
            if value >= highest, winner == nil || value > highest {
              highest = value
              winner = (a, b)
            }
          }
        }
        guard let (a, b) = winner else { break }
        join(records[a], records[b])
        alive.removeAll { $0 == b }
        for c in alive where c != a {
          best[a * count + c] = max(best[a * count + c], best[b * count + c])
          against[a * count + c] += against[b * count + c]
          total[a * count + c] += total[b * count + c]
          best[c * count + a] = best[a * count + c]
          against[c * count + a] = against[a * count + c]
          total[c * count + a] = total[a * count + c]
        }
        sizes[a] += sizes[b]
      }
    }

    private mutating func join(_ one: UInt32, _ other: UInt32) { sets.union(Int(one), Int(other)) }
  }
}
