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

  /// Clusters records; by record, the representative of its cluster.
  static func run(
    records: Int, pairs: [ScoredPair], prior: Double, plan: FieldPlan, blocking: BlockingPlan,
    model: MatchModel,
    sources: Packed<UInt16>?, probability: Double
  ) -> [UInt32] {
    let threshold = Float(log10(probability / (1 - probability)) - prior)
    var merger = Merger(
      records: records, plan: plan, blocking: blocking, model: model, sources: sources, threshold: threshold)
    merger.contract(pairs, from: threshold)
    var sets = merger.sets
    return (0..<records).map { UInt32(sets.find($0)) }
  }

  /// The sets under construction.
  private struct Merger {
    var sets: UnionFind
    let recordCount: Int
    let plan: FieldPlan
    let model: MatchModel
    let sources: Packed<UInt16>?
    let threshold: Float
    let scorer: PairScorer
    let blocking: BlockingPlan

    init(
      records: Int, plan: FieldPlan, blocking: BlockingPlan, model: MatchModel, sources: Packed<UInt16>?,
      threshold: Float
    ) {
      sets = UnionFind(count: records)
      recordCount = records
      self.plan = plan
      self.model = model
      self.sources = sources
      self.threshold = threshold
      scorer = PairScorer(plan, model)
      self.blocking = blocking
    }

    /// Parts pairs into components and contracts each.
    mutating func contract(_ pairs: [ScoredPair], from cut: Float) {
      var components = UnionFind(count: recordCount)
      var strong = 0
      for pair in pairs where pair.log10LR >= cut {
        components.union(Int(pair.left), Int(pair.right))
        strong += 1
      }
      if strong == 0 { return }
      // Members by component, in the order of the records.
      var words = Growing<UInt64>(capacity: 1 << 10)
      for record in 0..<recordCount where components.size(of: record) > 1 {
        words.append(UInt64(components.find(record)) << 32 | UInt64(record))
      }
      radixSort(UnsafeMutableBufferPointer(start: words.base, count: words.count), bits: 32..<64)
      var members: [UInt32] = []
      var tooLarge: Set<Int> = []
      var start = 0
      while start < words.count {
        let root = words[start] >> 32
        members.removeAll(keepingCapacity: true)
        while start < words.count, words[start] >> 32 == root {
          members.append(UInt32(truncatingIfNeeded: words[start]))
          start += 1
        }
        if members.count == 2 {
          // The edge between the two is at the threshold or above it.
          join(members[0], members[1])
        } else if members.count <= EdgeContraction.componentLimit {
          small(members)
        } else {
          tooLarge.insert(Int(root))
        }
      }
      if tooLarge.isEmpty { return }
      let inside = pairs.filter { $0.log10LR >= cut && tooLarge.contains(components.find(Int($0.left))) }
      contract(inside, from: cut + 0.7)
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
            blocking.firstKey(of: Int(l[index]), Int(r[index]))
          }
          sums = Array(UnsafeBufferPointer(start: found, count: batch.count))
        }
      }
      // Between clusters: the strongest pair, and the sum of all that speaks against.
      var best = [Float](repeating: 0, count: count * count)
      var against = [Float](repeating: 0, count: count * count)
      var index = 0
      for one in 0..<count {
        for two in one + 1..<max(count, one + 1) {
          let forbidden = sources.map { $0[Int(records[one])] == $0[Int(records[two])] } ?? false
          let value = forbidden ? -1e9 : sums[index]
          for (a, b) in [(one, two), (two, one)] {
            best[a * count + b] = value
            against[a * count + b] = min(value, 0)
          }
          index += 1
        }
      }
      var alive = Array(0..<count)
      while alive.count > 1 {
        var winner: (Int, Int)?
        var highest = threshold
        for (position, a) in alive.enumerated() {
          for b in alive[(position + 1)...] {
            let place = a * count + b
            let value = best[place] > 0 ? best[place] + against[place] : best[place]
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
          best[c * count + a] = best[a * count + c]
          against[c * count + a] = against[a * count + c]
        }
      }
    }

    private mutating func join(_ one: UInt32, _ other: UInt32) { sets.union(Int(one), Int(other)) }
  }
}
