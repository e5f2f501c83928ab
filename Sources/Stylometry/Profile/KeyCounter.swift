internal import CKernels

/// Counts hashed keys. They are kept until there are many, sorted and counted at once, and such runs, packed, are merged
/// in pairs of about one size, so that time stays near linear and memory near what there is to tell apart. A counter that has
/// thrown is of no more use.
struct KeyCounter: ~Copyable {
  private var keyMemory = Scratch<UInt32>(capacity: 4096)
  private(set) var count = 0
  private var runs: [PackedCounts] = []

  /// Keys that are sorted at once; those and what sorting needs are a part of the memory of a profiler.
  private static let most = 1 << 20
  /// Bytes that a run may take.
  private let limit: Int
  /// See `cog_keys_count`.
  private let deals: Int32

  init(limit: Int, deals: Bool) {
    self.limit = limit
    self.deals = deals ? 1 : 0
  }

  /// Where the next key goes. Room is to be asked for first.
  var end: UnsafeMutablePointer<UInt32> { keyMemory.base + count }

  /// Room for so many keys, at most 2^19, and for 32 more to be overwritten.
  mutating func reserve(_ more: Int, _ work: inout KeySortMemory) throws(PackedCounts.NoRoom) {
    if count + more + 64 > Self.most { try flush(&work) }
    keyMemory.reserve(count + more + 64, keeping: count)
  }

  mutating func advance(_ written: Int) { count += written }

  /// Safe: `reserve` made room.
  @inline(__always)
  mutating func append(_ key: UInt32) {
    keyMemory.base[count] = key
    count += 1
  }

  private mutating func flush(_ work: inout KeySortMemory) throws(PackedCounts.NoRoom) {
    let distinct = sort(&work)
    runs.append(try PackedCounts(sorted: work.keys(distinct), work.counts(distinct), limit: limit))
    while runs.count > 1, runs[runs.count - 2].count <= 2 * runs[runs.count - 1].count {
      let last = runs.removeLast()
      runs[runs.count - 1] = try PackedCounts(merging: runs[runs.count - 1], last, limit: limit)
    }
  }

  /// Sorts what is kept; returns how many different keys there were.
  private mutating func sort(
    _ work: inout KeySortMemory, adding more: KeySortMemory.More = KeySortMemory.More()
  ) -> Int {
    work.reserve(count)
    keyMemory.reserve(count + Int(COG_KEYS_ROOM), keeping: count)
    let distinct = cog_keys_count(
      keyMemory.base, count, work.scratch.base, work.distinct.base, work.countMemory.base, deals)
    if more.count > 0 {
      cog_keys_add(work.distinct.base, work.countMemory.base, distinct, more.keys, more.counts, more.count)
    }
    count = 0
    return distinct
  }

  /// All counts; the counter is empty afterwards. `more` is added to keys that are among the last ones.
  mutating func finish(
    _ work: inout KeySortMemory, adding more: KeySortMemory.More = KeySortMemory.More()
  ) throws(PackedCounts.NoRoom) -> SparseCounts {
    let distinct = sort(&work, adding: more)
    guard !runs.isEmpty else { return SparseCounts(sorted: work.keys(distinct), work.counts(distinct)) }
    var result = try PackedCounts(sorted: work.keys(distinct), work.counts(distinct), limit: limit)
    while let run = runs.popLast() { result = try PackedCounts(merging: run, result, limit: limit) }
    return result.unpacked()
  }
}

/// What sorting needs beside the keys; shared by counters.
struct KeySortMemory: ~Copyable {
  var scratch = Scratch<UInt32>(capacity: 4096)
  var distinct = Scratch<UInt32>(capacity: 4096)
  var countMemory = Scratch<UInt32>(capacity: 4096)

  /// Keys that occurred more often than they were written.
  struct More {
    var keys: UnsafeMutablePointer<UInt32>?
    var counts: UnsafeMutablePointer<UInt32>?
    var count = 0
  }

  /// The keys that were found last.
  func keys(_ distinct: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: self.distinct.base, count: distinct)
  }

  /// The counts that were found last.
  func counts(_ distinct: Int) -> UnsafeBufferPointer<UInt32> {
    UnsafeBufferPointer(start: countMemory.base, count: distinct)
  }

  /// Room to sort so many keys in.
  mutating func reserve(_ count: Int) {
    let room = count + Int(COG_KEYS_ROOM)
    scratch.reserve(room + Int(COG_KEYS_SCRATCH))
    distinct.reserve(room)
    countMemory.reserve(room)
  }
}
