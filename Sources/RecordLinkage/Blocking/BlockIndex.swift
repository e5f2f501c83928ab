import CKernels

/// Blocks of one key: the records that share it, blocks of 2 to `cap` records alone, in the order of their first records,
/// so that a walk over the blocks goes through the rows of the records from front to back.
///
/// A block of more than `cap` records of the base (`LearningBase`) is left out. Records behind the base join one by one
/// until a block is full, and those that come later stay out of it: what a record finds there does not depend on what
/// comes after it.
struct BlockIndex {
  /// Records of the blocks, end to end; within a block in ascending order.
  let records: Packed<UInt32>
  /// Where each block starts, and the end of the last.
  let starts: Packed<UInt32>
  /// By block: the key's hash; none where a record has one key at most.
  private let hashes: Packed<UInt32>
  private let hasHashes: Bool
  /// Pairs of records in the blocks, before those of earlier keys are left out.
  let pairCount: Int
  /// The same among records of the base.
  let basePairCount: Int
  /// Blocks that were larger than the cap, and the records in them.
  let cappedBlocks: Int
  let cappedRecords: Int
  /// The keys of those blocks.
  let cappedHashes: [UInt32]

  var blockCount: Int { starts.count - 1 }

  /// The hash of a block's key, or 0 where a record has one key at most.
  @inline(__always)
  func hash(_ block: Int) -> UInt32 { hasHashes ? hashes[block] : 0 }

  /// The blocks in runs of about `size` records each.
  func runs(of size: Int) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var first = 0
    for block in 0..<blockCount where Int(starts[block + 1]) - Int(starts[first]) >= size {
      runs.append(first..<block + 1)
      first = block + 1
    }
    if first < blockCount { runs.append(first..<blockCount) }
    return runs
  }

  /// Finds the blocks. `dropped` is called with each record, and the hash, that is in no block for the cap. Records below
  /// `base` are those of the base.
  ///
  /// O(records), by a hash table of the keys.
  init(_ key: KeySource, base: Int, cap: Int, dropped: (_ record: Int, _ hash: UInt32) -> Void) {
    let hasHashes = key.slots.count > 1
    self.hasHashes = hasHashes
    // Of the keys that may be shared: record below, and above the key, which then gives way to its group.
    var waiting = RecordKeys(key).shared()
    var groups = KeyGroups(expected: waiting.count)
    for index in 0..<waiting.count {
      if index + KeyGroups.fetchAhead < waiting.count {
        groups.fetch(UInt32(truncatingIfNeeded: waiting[index + KeyGroups.fetchAhead] >> 32))
      }
      let isOfBase = waiting[index] & 0xffff_ffff < UInt64(base)
      let group = groups.add(UInt32(truncatingIfNeeded: waiting[index] >> 32), isOfBase: isOfBase)
      waiting[index] = UInt64(group) << 32 | waiting[index] & 0xffff_ffff
    }
    let places = Packed<UInt32>(uninitialised: groups.count)
    let ends = Packed<UInt32>(uninitialised: groups.count)
    var starts = Growing<UInt32>(capacity: 1024)
    var hashes = Growing<UInt32>(capacity: 1024)
    var total = 0
    var pairCount = 0
    var basePairCount = 0
    var cappedBlocks = 0
    var cappedRecords = 0
    var cappedHashes: [UInt32] = []
    for group in 0..<groups.count {
      let all = groups.size(group)
      let ofBase = groups.baseSize(group)
      let size = ofBase > cap ? 0 : min(all, cap)
      if all > size {
        cappedBlocks += 1
        cappedRecords += all - size
        cappedHashes.append(groups.hash(group))
      }
      ends[group] = UInt32(total + size)
      places[group] = UInt32(total)
      if size > 1 {
        starts.append(UInt32(total))
        if hasHashes { hashes.append(groups.hash(group)) }
        total += size
        pairCount += size * (size - 1) / 2
        basePairCount += ofBase * (ofBase - 1) / 2
      } else if size == 1 {
        // Alone in its block: it has the key, and nobody to pair with.
        places[group] = .max
      }
    }
    starts.append(UInt32(total))
    let records = Packed<UInt32>(uninitialised: total)
    for index in 0..<waiting.count {
      let (group, record) = (Int(waiting[index] >> 32), Int(waiting[index] & 0xffff_ffff))
      let place = places[group]
      if place < ends[group] {
        records[Int(place)] = UInt32(truncatingIfNeeded: record)
        places[group] = place + 1
      } else if place != .max {
        dropped(record, groups.hash(group))
      }
    }
    self.records = records
    self.starts = starts.packed()
    self.hashes = hashes.packed()
    self.pairCount = pairCount
    self.basePairCount = basePairCount
    self.cappedBlocks = cappedBlocks
    self.cappedRecords = cappedRecords
    self.cappedHashes = cappedHashes
  }
}

/// The keys of records, each key of a record once.
private struct RecordKeys {
  private let slots: [Packed<UInt32>]
  private let records: Int

  init(_ key: KeySource) {
    slots = key.slots
    records = key.slots.first?.count ?? 0
  }

  /// The keys that may occur more than once, in the order of the records: key above, record below.
  ///
  /// Whether a record has a key, and another record the same, is anybody's guess, so that neither is a branch here.
  func shared() -> Growing<UInt64> {
    var filter = RepeatFilter(expected: records * slots.count)
    for slot in slots { filter.add(slot) }
    var waiting = Growing<UInt64>(capacity: 1024)
    let run = 1 << 12
    for start in stride(from: 0, to: records, by: run) {
      let end = min(start + run, records)
      let held = waiting.count
      let out = waiting.extend(by: (end - start) * slots.count)
      var found = 0
      if slots.count == 1 {
        let column = slots[0].base
        for record in start..<end {
          let hash = column[record]
          out[found] = UInt64(hash) << 32 | UInt64(record)
          found &+= hash != 0 && filter.isRepeated(hash) ? 1 : 0
        }
      } else {
        slots.map { UnsafePointer($0.base) }.withUnsafeBufferPointer { columns in
          for record in start..<end {
            for slot in 0..<columns.count {
              let hash = columns[slot][record]
              // Each key of a record once.
              var isNew = hash != 0
              for earlier in 0..<slot { isNew = isNew && columns[earlier][record] != hash }
              out[found] = UInt64(hash) << 32 | UInt64(record)
              found &+= isNew && filter.isRepeated(hash) ? 1 : 0
            }
          }
        }
      }
      waiting.truncate(to: held + found)
    }
    return waiting
  }
}

/// Tells keys that occur once, for sure, from those that may occur more often: two bits for each of some hashes.
private struct RepeatFilter: ~Copyable {
  private var seen: Packed<UInt64>
  private let mask: UInt32

  init(expected: Int) {
    var bits = 10
    while bits < 25, 1 << bits < expected * 4 { bits += 1 }
    // Two bits a hash.
    seen = Packed(repeating: 0, count: 1 << (bits - 5))
    mask = UInt32((1 << bits) - 1)
  }

  @inline(__always)
  private func place(_ hash: UInt32) -> (word: Int, shift: UInt64) {
    let position = ((hash &* 0x9E37_79B1) ^ (hash >> 15)) & mask
    return (Int(position >> 5), UInt64(position & 31) &* 2)
  }

  /// Adds the keys of records, 0 for none among them, which does no harm.
  mutating func add(_ hashes: Packed<UInt32>) {
    let (hashes, seen, count) = (hashes.base, seen.base, hashes.count)
    for record in 0..<count {
      let (word, shift) = place(hashes[record])
      let held = seen[word]
      // The first sets the lower bit, every other the upper one.
      let bit: UInt64 = ((held &>> shift) & 1) &+ 1
      seen[word] = held | bit &<< shift
    }
  }

  @inline(__always)
  func isRepeated(_ hash: UInt32) -> Bool {
    let (word, shift) = place(hash)
    return (seen.base[word] &>> (shift &+ 1)) & 1 != 0
  }
}

/// Numbers 32-bit keys by first appearance and counts them: open addressing over a power-of-two table.
struct KeyGroups: ~Copyable {
  static let fetchAhead = 24

  private struct Group: BitwiseCopyable {
    let hash: UInt32
    var size: UInt32
    var baseSize: UInt32
  }

  /// By slot, the group's number and 1; 0 is free.
  private let slots: Packed<UInt32>
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
  /// Of its records, those of the base.
  func baseSize(_ group: Int) -> Int { Int(groups[group].baseSize) }
  func hash(_ group: Int) -> UInt32 { groups[group].hash }

  @inline(__always)
  private func start(_ hash: UInt32) -> Int { Int((hash &* 0x9E37_79B1) &>> shift) }

  @inline(__always)
  func fetch(_ hash: UInt32) { cog_prefetch(slots.base + start(hash)) }

  /// The number of a key's group, with this record counted.
  @inline(__always)
  mutating func add(_ hash: UInt32, isOfBase: Bool) -> Int {
    let ofBase: UInt32 = isOfBase ? 1 : 0
    var slot = start(hash)
    while true {
      let held = slots.base[slot]
      if held == 0 { break }
      let group = Int(held) &- 1
      if groups.base[group].hash == hash {
        groups.base[group].size &+= 1
        groups.base[group].baseSize &+= ofBase
        return group
      }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let group = groups.count
    groups.append(Group(hash: hash, size: 1, baseSize: ofBase))
    slots.base[slot] = UInt32(truncatingIfNeeded: group + 1)
    return group
  }
}
