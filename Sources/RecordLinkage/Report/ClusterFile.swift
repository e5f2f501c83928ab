import FileOutput

/// CLUSTERS.csv.
enum ClusterFile {
  /// Writes `unique_id,cluster_id`, one line a record in the order of the input.
  static func write(
    _ clusterOfRecord: [UInt32], to path: String, id: (Int) -> UnsafeBufferPointer<UInt8>
  ) throws(WriteFailure) {
    var out = try ByteFile(path)
    try out.append("unique_id,cluster_id\n")
    for record in clusterOfRecord.indices {
      try out.append(field: id(record))
      try out.append(literal: ",c")
      try out.append(number: Int(clusterOfRecord[record]))
      try out.append(literal: "\n")
    }
    try out.close()
  }
}
