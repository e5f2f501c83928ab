import Foundation
public import Linkage

/// How a cluster of records hangs together, for reports.
public struct ClusterFinding: Sendable, Hashable {
  /// Its number.
  public let cluster: UInt32
  /// Its records, ascending.
  public let records: [UInt32]
  /// Part of its pairs that reach the threshold by themselves, 0 to 1.
  public let density: Double
  /// The merges that built it, weakest first.
  public let merges: [ClusterMerge]
  /// Pairs without which it would fall apart, as no other pair across reaches the threshold, weakest first.
  public let bridges: [ScoredPair]
}

extension Resolution {
  /// log10 LR that a merge needed.
  public var threshold: EvidenceWeight {
    EvidenceWeight(
      log10LR: log10(probabilityToMerge / (1 - probabilityToMerge)) - model.priorLog10Odds)
  }

  /// The largest clusters of two records and more, largest first, ties by number. O(records + pairs).
  public func largestClusters(_ most: Int) -> [ClusterFinding] {
    var sizes = [UInt32](repeating: 0, count: clusterCount)
    for cluster in clusterOfRecord { sizes[Int(cluster)] += 1 }
    let chosen = sizes.indices.filter { sizes[$0] > 1 }
      .sorted { sizes[$0] != sizes[$1] ? sizes[$0] > sizes[$1] : $0 < $1 }.prefix(max(most, 0))
    var rank = [Int32](repeating: -1, count: clusterCount)
    for (number, cluster) in chosen.enumerated() { rank[cluster] = Int32(truncatingIfNeeded: number) }
    var records = [[UInt32]](repeating: [], count: chosen.count)
    for (record, cluster) in clusterOfRecord.enumerated() where rank[Int(cluster)] >= 0 {
      records[Int(rank[Int(cluster)])].append(UInt32(truncatingIfNeeded: record))
    }
    var inside = [[ScoredPair]](repeating: [], count: chosen.count)
    let threshold = threshold
    for pair in pairs where EvidenceWeight(log10LR: Double(pair.log10LR)) >= threshold {
      let cluster = clusterOfRecord[Int(pair.left)]
      if rank[Int(cluster)] >= 0, cluster == clusterOfRecord[Int(pair.right)] {
        inside[Int(rank[Int(cluster)])].append(pair)
      }
    }
    var merges = [[ClusterMerge]](repeating: [], count: chosen.count)
    for merge in forest.merges.reversed() where rank[Int(clusterOfRecord[Int(merge.left)])] >= 0 {
      merges[Int(rank[Int(clusterOfRecord[Int(merge.left)])])].append(merge)
    }
    return chosen.enumerated().map { number, cluster in
      let edges = inside[number]
      let shape = ClusterShape(nodes: records[number].count, edges: edges.map { ($0.left, $0.right) })
      let bridges = shape.bridges.map { edges[$0] }.sorted {
        if $0.log10LR != $1.log10LR { return $0.log10LR < $1.log10LR }
        return $0.left != $1.left ? $0.left < $1.left : $0.right < $1.right
      }
      return ClusterFinding(
        cluster: UInt32(truncatingIfNeeded: cluster), records: records[number], density: shape.density,
        merges: merges[number], bridges: bridges)
    }
  }
}
