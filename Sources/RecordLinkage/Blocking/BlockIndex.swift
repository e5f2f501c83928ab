import CKernels

/// Blocks of one key: the records that share it, blocks of 2 to `cap` records alone, in the order of their first records,
/// so that a walk over the blocks goes through the rows of the records from front to back.
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

  /// Finds the blocks. Those above the cap are left out, and `dropped` is called with each record and hash of theirs.
  ///
  /// O(records), by a hash table of the keys.
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
    var groups = KeyGroups(expected: words.count)
    // The hash gives way to the number of the group.
    for index in 0..<words.count {
      if index + KeyGroups.fetchAhead < words.count {
        groups.fetch(UInt32(truncatingIfNeeded: words[index + KeyGroups.fetchAhead] >> 32))
      }
      let group = groups.add(UInt32(truncatingIfNeeded: words[index] >> 32))
      words[index] = UInt64(group) << 32 | words[index] & 0xffff_ffff
    }
    let places = Packed<UInt32>(repeating: .max, count: groups.count)
    var starts = Growing<UInt32>(capacity: 1024)
    var hashes = Growing<UInt32>(capacity: 1024)
    var total = 0
    var pairCount = 0
    var cappedBlocks = 0
    var cappedRecords = 0
    for group in 0..<groups.count {
      let size = groups.size(group)
      if size > cap {
        cappedBlocks += 1
        cappedRecords += size
      } else if size > 1 {
        places[group] = UInt32(total)
        starts.append(UInt32(total))
        hashes.append(groups.hash(group))
        total += size
        pairCount += size * (size - 1) / 2
      }
    }
    starts.append(UInt32(total))
    let records = Packed<UInt32>(uninitialised: total)
    for index in 0..<words.count {
      let (group, record) = (Int(words[index] >> 32), words[index] & 0xffff_ffff)
      let place = places[group]
      if place != .max {
        records[Int(place)] = UInt32(record)
        places[group] = place + 1
      } else if groups.size(group) > cap {
        dropped(Int(record), groups.hash(group))
      }
    }
    self.records = records
    self.starts = starts.packed()
    self.hashes = hashes.packed()
    self.pairCount = pairCount
    self.cappedBlocks = cappedBlocks
    self.cappedRecords = cappedRecords
  }
}

/// Numbers 32-bit keys by first appearance and counts them: open addressing over a power-of-two table.
struct KeyGroups: ~Copyable {
  static let fetchAhead = 24

  private struct Group: BitwiseCopyable {
    let hash: UInt32
    var size: UInt32
  }

  /// By slot, the key above and the group's number and 1 below; 0 is free.
  private let slots: Packed<UInt64>
  private let shift: UInt32
  private var groups = Growing<Group>(capacity: 1024)

  init(expected: Int) {
    var bits = 4
    while 1 << bits < expected + expected / 2 { bits += 1 }
    slots = Packed(repeating: 0, count: 1 << bits)
    shift = UInt32(32 - min(bits, 32))
  }

  var count: Int { groups.count }
  func size(_ group: Int) -> Int { Int(groups[group].size) }
  func hash(_ group: Int) -> UInt32 { groups[group].hash }

  @inline(__always)
  private func start(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) &>> shift) }

  @inline(__always)
  func fetch(_ hash: UInt32) { cog_prefetch(slots.base + start(hash)) }

  /// The number of a key's group, with this record counted.
  @inline(__always)
  mutating func add(_ hash: UInt32) -> Int {
    var slot = start(hash)
    while true {
      let word = slots.base[slot]
      if word == 0 { break }
      if word >> 32 == UInt64(hash) {
        let group = Int(word & 0xffff_ffff) - 1
        groups.base[group].size += 1
        return group
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let group = groups.count
    groups.append(Group(hash: hash, size: 1))
    slots.base[slot] = UInt64(hash) << 32 | UInt64(group + 1)
    return group
  }
}
