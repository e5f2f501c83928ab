import Columns

/// The ids of all records, with an index.
struct StoredIDs: Codable {
  let bytes: StoredArray<UInt8>
  let offsets: StoredArray<UInt64>
  let index: HashIndex

  /// Copies the ids of a table.
  init(_ table: Table) {
    bytes = StoredArray(table.idBytes)
    offsets = StoredArray(table.idOffsets)
    index = HashIndex(room: table.recordCount + table.recordCount / 8 + 1024)
    for record in 0..<table.recordCount { index.insert(stableHash(table.idText(record)), record) }
  }

  init(bytes: Packed<UInt8>, offsets: Packed<UInt64>, index: HashIndex) {
    self.bytes = StoredArray(bytes)
    self.offsets = StoredArray(offsets)
    self.index = index
  }

  var count: Int { offsets.array.count - 1 }

  @inline(__always)
  func text(_ record: Int) -> UnsafeBufferPointer<UInt8> {
    let start = Int(offsets.array.base[record])
    return UnsafeBufferPointer(
      start: bytes.array.base + start, count: Int(offsets.array.base[record + 1]) - start)
  }

  /// The record of an id.
  func record(_ id: UnsafeBufferPointer<UInt8>) -> Int? {
    index.first(stableHash(id)) { text($0).elementsEqual(id) }
  }

  /// The same with the ids from a record on in the index; nil where it has no room.
  func indexed(from first: Int) -> StoredIDs? {
    if count > index.room { return nil }
    for record in first..<max(count, first) { index.insert(stableHash(text(record)), record) }
    return self
  }

  /// Adds the ids of a table, but for the index.
  func append(_ table: Table) throws(StoreIsFull) {
    let start = UInt64(bytes.array.count)
    let all = UnsafeBufferPointer(start: table.idBytes.base, count: table.idBytes.count)
    guard bytes.array.append(contentsOf: all) else { throw StoreIsFull() }
    for record in 1...max(table.recordCount, 1) where record <= table.recordCount {
      guard offsets.array.append(start + table.idOffsets[record]) else { throw StoreIsFull() }
    }
  }
}
