import Columns

/// How well clusters agree with the truth, over the ids of the truth.
///
/// An id that the clusters leave out stands alone; an id that the truth does not know is counted and not scored.
/// Everything is counted by the sizes of clusters and of their intersections: O(n log n), never pair by pair.
public struct ClusterMetrics: Sendable, Equatable {
  /// Ids scored.
  public let ids: Int
  /// Ids of the truth that the clusters leave out, scored as standing alone.
  public let missingIDs: Int
  /// Ids of the clusters that the truth does not know, not scored.
  public let unknownIDs: Int
  /// Pairs that are together in both.
  public let truePositives: Int
  /// Pairs that are together in the clusters alone.
  public let falsePositives: Int
  /// Pairs that are together in the truth alone.
  public let falseNegatives: Int
  /// B-cubed precision: over the ids, the mean share of an id's cluster that belongs with it.
  public let bCubedPrecision: Double
  /// B-cubed recall: over the ids, the mean share of an id's true cluster that is with it.
  public let bCubedRecall: Double
  /// Clusters with at least one scored id.
  public let predictedClusters: Int
  /// True clusters.
  public let trueClusters: Int
  /// Clusters that are exactly a true cluster.
  public let exactClusters: Int
  /// Ids in the largest cluster.
  public let largestPredicted: Int

  /// Pairs rightly together among pairs together; 1 when no pair is together.
  public var precision: Double { Self.ratio(truePositives, truePositives + falsePositives) }
  /// Pairs found among true pairs; 1 when there is no true pair.
  public var recall: Double { Self.ratio(truePositives, truePositives + falseNegatives) }
  /// Harmonic mean of precision and recall.
  public var f1: Double { Self.harmonic(precision, recall) }
  /// Harmonic mean of B-cubed precision and recall (Bagga and Baldwin, 1998).
  public var bCubedF1: Double { Self.harmonic(bCubedPrecision, bCubedRecall) }

  /// Compares clusters with the truth.
  public init(truth: ClusterAssignment, predicted: ClusterAssignment) {
    // One number an id: predicted cluster above, true cluster below.
    var cells: [UInt64] = []
    cells.reserveCapacity(truth.count)
    var fresh = UInt64(predicted.clusterCount)
    var missing = 0
    for token in 0..<UInt32(truncatingIfNeeded: truth.count) {
      let label = truth.ids.withBytes(TokenID(raw: token)) { predicted.ids.find($0) }
      let cluster: UInt64
      if let label {
        cluster = UInt64(predicted.labels[Int(label.raw)])
      } else {
        cluster = fresh
        fresh += 1
        missing += 1
      }
      cells.append(cluster << 32 | UInt64(truth.labels[Int(token)]))
    }
    cells.sort()

    var predictedSizes = [Int](repeating: 0, count: Int(fresh))
    var trueSizes = [Int](repeating: 0, count: truth.clusterCount)
    for cell in cells {
      predictedSizes[Int(cell >> 32)] += 1
      trueSizes[Int(cell & 0xffff_ffff)] += 1
    }
    var together = 0
    var exact = 0
    var precisionSum = 0.0
    var recallSum = 0.0
    var start = 0
    while start < cells.count {
      var end = start + 1
      while end < cells.count, cells[end] == cells[start] { end += 1 }
      let count = end - start
      let predictedSize = predictedSizes[Int(cells[start] >> 32)]
      let trueSize = trueSizes[Int(cells[start] & 0xffff_ffff)]
      together += Self.pairs(count)
      if count == predictedSize, count == trueSize { exact += 1 }
      precisionSum += Double(count) * Double(count) / Double(predictedSize)
      recallSum += Double(count) * Double(count) / Double(trueSize)
      start = end
    }
    ids = cells.count
    missingIDs = missing
    unknownIDs = predicted.count - (cells.count - missing)
    truePositives = together
    falsePositives = predictedSizes.reduce(0) { $0 + Self.pairs($1) } - together
    falseNegatives = trueSizes.reduce(0) { $0 + Self.pairs($1) } - together
    bCubedPrecision = cells.isEmpty ? 1 : precisionSum / Double(cells.count)
    bCubedRecall = cells.isEmpty ? 1 : recallSum / Double(cells.count)
    predictedClusters = predictedSizes.count { $0 > 0 }
    trueClusters = truth.clusterCount
    exactClusters = exact
    largestPredicted = predictedSizes.max() ?? 0
  }

  private static func pairs(_ size: Int) -> Int { size * (size - 1) / 2 }
  private static func ratio(_ part: Int, _ whole: Int) -> Double {
    whole == 0 ? 1 : Double(part) / Double(whole)
  }
  private static func harmonic(_ left: Double, _ right: Double) -> Double {
    left + right == 0 ? 0 : 2 * left * right / (left + right)
  }
}
