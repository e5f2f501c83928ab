internal import CKernels

/// Counts character 1-5-grams. Pairs of printable ASCII and what follows from them are counted in a table, which is a
/// third of all n-grams; the rest are hashed and sorted.
struct CharacterCounter: ~Copyable {
  private var folded = Scratch<UInt32>()
  private var keys: KeyCounter
  private let pairs: UnsafeMutablePointer<UInt32>
  private let lone: UnsafeMutablePointer<UInt32>
  private let moreKeys: UnsafeMutablePointer<UInt32>
  private let moreCounts: UnsafeMutablePointer<UInt32>
  private var tabs = 0

  /// Scalars at a time.
  private static let block = 1 << 16
  private static let tableSize = 96 * 128
  private static let mostTableKeys = 3 * 96 * 97 + 8

  /// - Parameter limit: see `KeyCounter`.
  init(limit: Int) {
    keys = KeyCounter(limit: limit, deals: true)
    pairs = .allocate(capacity: Self.tableSize)
    pairs.initialize(repeating: 0, count: Self.tableSize)
    lone = .allocate(capacity: 96)
    lone.initialize(repeating: 0, count: 96)
    moreKeys = .allocate(capacity: Self.mostTableKeys)
    moreCounts = .allocate(capacity: Self.mostTableKeys)
  }

  deinit {
    pairs.deallocate()
    lone.deallocate()
    moreKeys.deallocate()
    moreCounts.deallocate()
  }

  /// Counts a post; returns its scalars, white space folded.
  mutating func add(
    _ post: borrowing PostText, _ work: inout KeySortMemory
  ) throws(PackedCounts.NoRoom) -> Int {
    folded.reserve(post.count + 128)
    let length = cog_style_fold(post.text, post.kinds, post.count, folded.base, &tabs)
    var start = 0
    while start < length {
      let starts = min(Self.block, length - start)
      try keys.reserve(5 * starts, &work)
      let text = folded.base + start
      keys.advance(cog_style_pairs(text, starts, length - start, pairs, lone, keys.end))
      keys.advance(cog_style_keys(text, starts, length - start, keys.end))
      start += starts
    }
    return length - 2
  }

  /// All counts. Adds those of ASCII characters to their rates. The counter is empty afterwards.
  mutating func finish(
    rates: UnsafeMutablePointer<UInt32>, _ work: inout KeySortMemory
  ) throws(PackedCounts.NoRoom) -> SparseCounts {
    try keys.reserve(Self.mostTableKeys, &work)
    var more = KeySortMemory.More(keys: moreKeys, counts: moreCounts)
    withUnsafeTemporaryAllocation(of: UInt32.self, capacity: 96) { singles in
      guard let base = singles.baseAddress else { return }
      keys.advance(cog_style_drain(pairs, lone, keys.end, moreKeys, moreCounts, &more.count, base))
      let ascii = RateIndex.shared.pointee.ascii
      for scalar in 0x20..<0x80 where ascii[scalar] >= 0 { rates[Int(ascii[scalar])] &+= base[scalar - 0x20] }
    }
    rates[RateIndex.shared.pointee.firstHabit + RateHabit.tab.rawValue] &+= UInt32(truncatingIfNeeded: tabs)
    tabs = 0
    return try keys.finish(&work, adding: more)
  }
}
