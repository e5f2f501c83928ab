public import FileOutput

/// Writes CLUSTERS.csv and EDGES.csv.
public struct ResultWriter {
  /// A file that cannot be written.
  public typealias Failure = WriteFailure

  private let table: Table
  private let resolution: Resolution

  /// Makes a writer of what was found in a table.
  public init(_ table: Table, _ resolution: Resolution) {
    self.table = table
    self.resolution = resolution
  }

  /// Writes `unique_id,cluster_id`, one line a record in the order of the input.
  public func writeClusters(to path: String) throws(Failure) {
    try ClusterFile.write(resolution.clusterOfRecord, to: path) { table.idText($0) }
  }

  /// Writes `id_l,id_r,log10_lr,probability`, one line a pair kept.
  public func writeEdges(to path: String) throws(Failure) {
    var out = try ByteFile(path)
    try out.append("id_l,id_r,log10_lr,probability\n")
    for pair in sortedPairs() {
      try out.append(field: table.idText(Int(pair.left)))
      try out.append(literal: ",")
      try out.append(field: table.idText(Int(pair.right)))
      try out.append(literal: ",")
      try out.append(Double(pair.log10LR), places: 4)
      try out.append(literal: ",")
      // Six places would call certain what is not.
      try out.append(min(resolution.probability(pair), 0.999999), places: 6)
      try out.append(literal: "\n")
    }
    try out.close()
  }

  /// The pairs by left record, then by right one: dealt out by the left record, of which few pairs have the same.
  private func sortedPairs() -> [ScoredPair] {
    let pairs = resolution.pairs
    let ends = Packed<UInt32>(repeating: 0, count: table.recordCount + 1)
    for pair in pairs { ends[Int(pair.left) + 1] += 1 }
    for record in 0..<table.recordCount { ends[record + 1] += ends[record] }
    return [ScoredPair](unsafeUninitializedCapacity: pairs.count) { sorted, count in
      for pair in pairs {
        sorted.initializeElement(at: Int(ends[Int(pair.left)]), to: pair)
        ends[Int(pair.left)] += 1
      }
      count = pairs.count
      var start = 0
      for record in 0..<table.recordCount {
        let end = Int(ends[record])
        if end > start + 1 {
          var group = UnsafeMutableBufferPointer(rebasing: sorted[start..<end])
          group.sort { $0.right < $1.right }
        }
        start = end
      }
    }
  }
}
