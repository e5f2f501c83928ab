internal import CKernels

/// Counts hashed keys. They are kept until there are many, sorted and counted at once, and such runs are merged in pairs
/// of about one size, so that time stays near linear and memory near what there is to tell apart.
struct KeyCounter: ~Copyable {
  private var keyMemory = Scratch<UInt32>(capacity: 4096)
  private(set) var count = 0
  private var runs: [SparseCounts] = []

  /// Where the next key goes. Room is to be asked for first.
  var end: UnsafeMutablePointer<UInt32> { keyMemory.base + count }

  /// Room for so many keys, at most 2^19, and for 32 more to be overwritten.
  mutating func reserve(_ more: Int, _ work: inout KeySortMemory) {
    if count + more + 64 > Int(COG_KEYS_LIMIT) { flush(&work) }
    keyMemory.reserve(count + more + 64, keeping: count)
  }

  mutating func advance(_ written: Int) { count += written }

  /// Safe: `reserve` made room.
  @inline(__always)
  mutating func append(_ key: UInt32) {
    keyMemory.base[count] = key
    count += 1
  }

  private mutating func flush(_ work: inout KeySortMemory) {
    runs.append(sorted(&work))
    while runs.count > 1, runs[runs.count - 2].count <= 2 * runs[runs.count - 1].count {
      let last = runs.removeLast()
      runs[runs.count - 1] = runs[runs.count - 1].merging(last)
    }
  }

  private mutating func sorted(
    _ work: inout KeySortMemory, adding more: KeySortMemory.More = KeySortMemory.More()
  ) -> SparseCounts {
    work.reserve(count + Int(COG_KEYS_ROOM))
    keyMemory.reserve(count + Int(COG_KEYS_ROOM), keeping: count)
    let distinct = cog_keys_count(
      keyMemory.base, count, work.scratch.base, work.distinct.base, work.counts.base)
    if more.count > 0 {
      cog_keys_add(work.distinct.base, work.counts.base, distinct, more.keys, more.counts, more.count)
    }
    count = 0
    return SparseCounts(
      sorted: UnsafeBufferPointer(start: work.distinct.base, count: distinct),
      UnsafeBufferPointer(start: work.counts.base, count: distinct))
  }

  /// All counts; the counter is empty afterwards. `more` is added to keys that are among the last ones.
  mutating func finish(
    _ work: inout KeySortMemory, adding more: KeySortMemory.More = KeySortMemory.More()
  ) -> SparseCounts {
    var result = sorted(&work, adding: more)
    while let run = runs.popLast() { result = run.merging(result) }
    return result
  }
}

/// What sorting needs beside the keys; shared by counters.
struct KeySortMemory: ~Copyable {
  var scratch = Scratch<UInt32>(capacity: 4096)
  var distinct = Scratch<UInt32>(capacity: 4096)
  var counts = Scratch<UInt32>(capacity: 4096)

  /// Keys that occurred more often than they were written.
  struct More {
    var keys: UnsafeMutablePointer<UInt32>?
    var counts: UnsafeMutablePointer<UInt32>?
    var count = 0
  }

  mutating func reserve(_ count: Int) {
    scratch.reserve(count)
    distinct.reserve(count)
    counts.reserve(count)
  }
}
