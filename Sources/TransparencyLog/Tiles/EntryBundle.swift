/// Entries end to end, each after its length in two bytes, the higher one first (C2SP tlog-tiles).
public enum EntryBundle {
  /// Bytes of an entry, at most.
  public static let entryLimit = Int(UInt16.max)

  /// Joins entries; nil when one is longer than `entryLimit`.
  public static func encode(_ entries: some Sequence<[UInt8]>) -> [UInt8]? {
    var bytes: [UInt8] = []
    for entry in entries {
      guard entry.count <= entryLimit else { return nil }
      bytes.append(UInt8(entry.count >> 8))
      bytes.append(UInt8(entry.count & 0xFF))
      bytes.append(contentsOf: entry)
    }
    return bytes
  }

  /// Joins entries of 32 bytes each.
  public static func encode(_ entries: [Digest]) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(entries.count * (Digest.length + 2))
    for entry in entries {
      bytes.append(0)
      bytes.append(UInt8(Digest.length))
      entry.withUnsafeBytes { bytes.append(contentsOf: $0) }
    }
    return bytes
  }

  /// Parts entries; nil when the lengths do not fit the bytes.
  public static func decode(_ bytes: [UInt8]) -> [ArraySlice<UInt8>]? {
    var entries: [ArraySlice<UInt8>] = []
    var position = 0
    while position < bytes.count {
      guard position + 2 <= bytes.count else { return nil }
      let start = position + 2
      let end = start + Int(bytes[position]) << 8 + Int(bytes[position + 1])
      guard end <= bytes.count else { return nil }
      entries.append(bytes[start..<end])
      position = end
    }
    return entries
  }
}
