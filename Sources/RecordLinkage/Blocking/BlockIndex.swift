/// Blocks of one key: the records that share it, blocks of 2 to `cap` records alone.
struct BlockIndex {
  /// Records of the blocks, end to end; within a block in ascending order.
  let records: Packed<UInt32>
  /// Where each block starts, and the end of the last.
  let starts: Packed<UInt32>
  /// By block: the key's hash.
  let hashes: Packed<UInt32>
  /// Pairs of records in the blocks, before those of earlier keys are left out.
  let pairCount: Int
  /// Blocks that were larger than the cap, and the records in them.
  let cappedBlocks: Int
  let cappedRecords: Int

  var blockCount: Int { hashes.count }

  /// Sorts the records by key. Blocks above the cap are dropped, and `dropped` is called with each record and hash of
  /// theirs.
  init(_ key: KeySource, cap: Int, dropped: (_ record: Int, _ hash: UInt32) -> Void) {
    let recordCount = key.slots.first?.count ?? 0
    var words = Growing<UInt64>(capacity: recordCount)
    for record in 0..<recordCount {
      for (number, slot) in key.slots.enumerated() where slot[record] != 0 {
        var isNew = true
        for earlier in 0..<number where key.slots[earlier][record] == slot[record] { isNew = false }
        if isNew { words.append(UInt64(slot[record]) << 32 | UInt64(record)) }
      }
    }
    radixSort(UnsafeMutableBufferPointer(start: words.base, count: words.count), bits: 32..<64)
    var records = Growing<UInt32>(capacity: 1024)
    var starts = Growing<UInt32>(capacity: 1024)
    var hashes = Growing<UInt32>(capacity: 1024)
    var pairCount = 0
    var cappedBlocks = 0
    var cappedRecords = 0
    var position = 0
    while position < words.count {
      let hash = words[position] >> 32
      var end = position + 1
      while end < words.count, words[end] >> 32 == hash { end += 1 }
      let size = end - position
      if size > cap {
        cappedBlocks += 1
        cappedRecords += size
        for index in position..<end { dropped(Int(words[index] & 0xffff_ffff), UInt32(hash)) }
      } else if size > 1 {
        starts.append(UInt32(records.count))
        hashes.append(UInt32(hash))
        for index in position..<end { records.append(UInt32(truncatingIfNeeded: words[index])) }
        pairCount += size * (size - 1) / 2
      }
      position = end
    }
    starts.append(UInt32(records.count))
    self.records = records.packed()
    self.starts = starts.packed()
    self.hashes = hashes.packed()
    self.pairCount = pairCount
    self.cappedBlocks = cappedBlocks
    self.cappedRecords = cappedRecords
  }
}
