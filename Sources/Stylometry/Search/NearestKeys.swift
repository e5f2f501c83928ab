internal import CKernels

/// Keeps the largest of the values that are offered, for each of a block of queries. The result does not depend on the
/// order in which they come.
struct NearestKeys: ~Copyable {
  /// Values offered at a time, at most.
  static let portion = 512

  let kept: Int
  private let capacity: Int
  private let keys: UnsafeMutablePointer<UInt64>
  private let counts: UnsafeMutablePointer<Int>
  private let limits: UnsafeMutablePointer<Int32>
  private let queries: Int

  /// Room for some queries, each of which keeps so many.
  init(queries: Int, kept: Int) {
    self.kept = kept
    self.queries = queries
    capacity = kept + Self.portion + 1
    keys = .allocate(capacity: queries * capacity)
    counts = .allocate(capacity: queries)
    limits = .allocate(capacity: queries)
    counts.initialize(repeating: 0, count: queries)
    limits.initialize(repeating: .min, count: queries)
  }

  deinit {
    keys.deallocate()
    counts.deallocate()
    limits.deallocate()
  }

  /// Forgets all.
  func removeAll() {
    counts.update(repeating: 0, count: queries)
    limits.update(repeating: .min, count: queries)
  }

  /// Offers values at places `first` and following. Places ascend from one call for a query to the next, so that of equal
  /// values the earlier place is kept.
  @inline(__always)
  func offer(_ query: Int, _ values: UnsafePointer<Int32>, count: Int, first: Int) {
    var start = 0
    while start < count {
      let portion = min(Self.portion, count - start)
      if counts[query] + portion + 1 > capacity { shrink(query) }
      let own = keys + query * capacity + counts[query]
      counts[query] += cog_keys_above(
        values + start, portion, limits[query], UInt32(truncatingIfNeeded: first + start), own)
      start += portion
    }
  }

  private func shrink(_ query: Int) {
    guard counts[query] > kept, kept > 0 else {
      if kept == 0 { counts[query] = 0 }
      return
    }
    let own = keys + query * capacity
    cog_keys_keep(own, counts[query], kept)
    counts[query] = kept
    limits[query] = Int32(bitPattern: UInt32(truncatingIfNeeded: own[kept - 1] >> 32) ^ 0x8000_0000)
  }

  /// Takes what was kept before, as `finish` gave it.
  func begin(_ query: Int, with earlier: UnsafeBufferPointer<UInt64>) {
    let own = keys + query * capacity
    let count = min(earlier.count, kept)
    if let base = earlier.baseAddress { own.update(from: base, count: count) }
    counts[query] = count
    limits[query] =
      count == kept && count > 0
      ? Int32(bitPattern: UInt32(truncatingIfNeeded: own[count - 1] >> 32) ^ 0x8000_0000) : .min
  }

  /// The keys that are kept of a query, largest first.
  func finish(_ query: Int) -> UnsafeBufferPointer<UInt64> {
    shrink(query)
    var own = UnsafeMutableBufferPointer(start: keys + query * capacity, count: counts[query])
    own.sort(by: >)
    return UnsafeBufferPointer(own)
  }

  /// The place of a key.
  @inline(__always)
  static func place(_ key: UInt64) -> Int { Int(~UInt32(truncatingIfNeeded: key)) }

  /// The value of a key.
  @inline(__always)
  static func value(_ key: UInt64) -> Int32 {
    Int32(bitPattern: UInt32(truncatingIfNeeded: key >> 32) ^ 0x8000_0000)
  }
}
