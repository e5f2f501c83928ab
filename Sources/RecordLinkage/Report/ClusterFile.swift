import FileOutput

/// CLUSTERS.csv.
enum ClusterFile {
  /// Bytes of lines that are written at once.
  private static let room = 1 << 15
  /// What stands in a line beside the id: a comma, a letter, twenty digits and the line feed.
  private static let beside = 23

  /// Writes `unique_id,cluster_id`, one line a record in the order of the input.
  static func write(
    _ clusterOfRecord: [UInt32], to path: String, id: (Int) -> UnsafeBufferPointer<UInt8>
  ) throws(WriteFailure) {
    var out = try ByteFile(path)
    try out.append("unique_id,cluster_id\n")
    let lines = Packed<UInt8>(uninitialised: room)
    let base = lines.base
    var count = 0
    for record in clusterOfRecord.indices {
      let id = id(record)
      if count + id.count + beside > room {
        try out.append(raw: UnsafeRawBufferPointer(start: base, count: count))
        count = 0
      }
      let start = count
      var needsQuotes = id.count + beside > room
      if !needsQuotes {
        for byte in id {
          base[count] = byte
          count &+= 1
          needsQuotes = needsQuotes || byte == 0x2C || byte == 0x22 || byte == 0x0A || byte == 0x0D
        }
      }
      if needsQuotes {
        try out.append(raw: UnsafeRawBufferPointer(start: base, count: start))
        try out.append(field: id)
        count = 0
      }
      base[count] = 0x2C
      base[count + 1] = 0x63
      count = digits(clusterOfRecord[record], base, count + 2)
      base[count] = 0x0A
      count &+= 1
    }
    try out.append(raw: UnsafeRawBufferPointer(start: base, count: count))
    try out.close()
  }

  /// Writes a number and returns where it ends.
  @inline(__always)
  private static func digits(_ number: UInt32, _ out: UnsafeMutablePointer<UInt8>, _ start: Int) -> Int {
    var length = 1
    var limit: UInt64 = 10
    while UInt64(number) >= limit {
      limit &*= 10
      length &+= 1
    }
    var rest = number
    var place = start &+ length
    repeat {
      place &-= 1
      out[place] = 0x30 &+ UInt8(truncatingIfNeeded: rest % 10)
      rest /= 10
    } while place > start
    return start &+ length
  }
}
