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
    // Sorted by the left record, then the right one.
    let order = Packed<UInt64>(uninitialised: resolution.pairs.count)
    for number in 0..<order.count {
      order[number] = UInt64(resolution.pairs[number].right) << 32 | UInt64(number)
    }
    let words = UnsafeMutableBufferPointer(start: order.base, count: order.count)
    radixSort(words, bits: 32..<64)
    for number in 0..<order.count {
      let pair = Int(order[number] & 0xffff_ffff)
      order[number] = UInt64(resolution.pairs[pair].left) << 32 | UInt64(pair)
    }
    radixSort(words, bits: 32..<64)
    for number in 0..<order.count {
      let pair = resolution.pairs[Int(order[number] & 0xffff_ffff)]
      try out.append(field: table.idText(Int(pair.left)))
      try out.append(",")
      try out.append(field: table.idText(Int(pair.right)))
      try out.append(",")
      try out.append(Double(pair.log10LR), places: 4)
      try out.append(",")
      try out.append(resolution.probability(pair), places: 6)
      try out.append("\n")
    }
    try out.close()
  }
}
