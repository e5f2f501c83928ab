import Foundation
import Linkage

/// Joins records into clusters by the evidence between whole clusters.
struct RecordClustering {
  let scorer: PairScorer
  let blocking: BlockingPlan
  let model: MatchModel
  /// Where the records come from, when no cluster may hold two of one file.
  let sources: Packed<UInt16>?
  let judgements: RecordJudgements
  let order: RecordOrder

  /// Clusters records at a probability; the forest is by place in the engine. The prior is paid once a merge, as a
  /// merge is one hypothesis.
  func forest(pairs: [ScoredPair], probability: Double) throws(GraphError) -> ClusterForest {
    let records = order.recordAt.count
    let threshold = EvidenceWeight(log10LR: log10(probability / (1 - probability)) - model.priorLog10Odds)
    var edges: [WeightedEdge] = []
    edges.reserveCapacity(pairs.count)
    for pair in pairs {
      let weight = EvidenceWeight(log10LR: Double(pair.log10LR))
      if weight >= threshold {
        edges.append(WeightedEdge(left: pair.left, right: pair.right, weight: weight))
      }
    }
    var constraints = ClusterConstraints()
    constraints.judgements = placedJudgements
    if let sources { constraints.sources = (0..<records).map { UInt32(sources[$0]) } }
    return try EdgeContraction(threshold: threshold, constraints: constraints)
      .forest(nodes: records, edges: edges) { left, right, weights in
        guard let lefts = left.baseAddress, let rights = right.baseAddress else { return }
        scorer.score(PairBatch(left: lefts, right: rights, count: left.count)) { index in
          blocking.firstKey(of: Int(left[index]), Int(right[index]))
        } _: { sums in
          for index in 0..<left.count { weights[index] = EvidenceWeight(log10LR: Double(sums[index])) }
        }
      }
  }

  /// Judgements by place in the engine. No record that was judged is held as another's copy.
  private var placedJudgements: [ClusterConstraints.Judgement] {
    judgements.judgements.map {
      .init(left: order.placeOf[Int($0.left)], right: order.placeOf[Int($0.right)], isSame: $0.isSame)
    }
  }
}
