internal import CStyleKernels

/// Keeps the largest of the values that are offered, for each of a block of queries. The result does not depend on the
/// order in which they come, but for equal values at different places.
struct NearestKeys: ~Copyable {
  let kept: Int
  private let queries: Int
  private let nearest: cog_nearest
  private let scratch: UnsafeMutablePointer<UInt64>
  private let all: UnsafeMutablePointer<UInt32>

  /// Room for some queries, each of which keeps so many; `room` for more than are kept, before the best are chosen.
  init(queries: Int, kept: Int, room: Int = 0) {
    self.kept = kept
    self.queries = queries
    let capacity = kept + max(room, Int(COG_PORTION)) + 1
    nearest = cog_nearest(
      keys: .allocate(capacity: queries * capacity), counts: .allocate(capacity: queries),
      limits: .allocate(capacity: queries), capacity: capacity, kept: kept)
    nearest.counts.initialize(repeating: 0, count: queries)
    nearest.limits.initialize(repeating: .min, count: queries)
    scratch = .allocate(capacity: capacity)
    all = .allocate(capacity: queries)
    for query in 0..<queries { (all + query).initialize(to: UInt32(query)) }
  }

  deinit {
    nearest.keys.deallocate()
    nearest.counts.deallocate()
    nearest.limits.deallocate()
    scratch.deallocate()
    all.deallocate()
  }

  /// Forgets all.
  func removeAll() {
    nearest.counts.update(repeating: 0, count: queries)
    nearest.limits.update(repeating: .min, count: queries)
  }

  /// Offers the first queries, or those that are named, `count` values each, at places `first` and following; those of one
  /// are `stride` behind those of the one before. Places ascend from one call to the next, so that of equal values the
  /// earlier place is kept.
  func offer(
    _ values: UnsafePointer<Int32>, stride: Int, count: Int, first: Int, queries: Int,
    named names: UnsafePointer<UInt32>? = nil
  ) {
    withUnsafePointer(to: nearest) {
      cog_nearest_offer(
        $0, names ?? UnsafePointer(all), queries, values, stride, count, UInt32(truncatingIfNeeded: first))
    }
  }

  /// Takes what was kept before, as `finish` gave it.
  func begin(_ query: Int, with earlier: UnsafeBufferPointer<UInt64>) {
    let own = nearest.keys + query * nearest.capacity
    let count = min(earlier.count, kept)
    if let base = earlier.baseAddress { own.update(from: base, count: count) }
    nearest.counts[query] = UInt32(count)
    nearest.limits[query] = count == kept && count > 0 ? Self.value(own[count - 1]) : .min
  }

  /// The keys that are kept of a query, largest first.
  func finish(_ query: Int) -> UnsafeMutableBufferPointer<UInt64> {
    let own = keep(query)
    if let base = own.baseAddress { cog_keys_order(base, own.count, scratch) }
    return own
  }

  /// The keys that are kept of a query, of which the least is the last if there are as many as are kept.
  func keep(_ query: Int) -> UnsafeMutableBufferPointer<UInt64> {
    withUnsafePointer(to: nearest) { cog_nearest_shrink($0, query) }
    return UnsafeMutableBufferPointer(
      start: nearest.keys + query * nearest.capacity, count: Int(nearest.counts[query]))
  }

  /// The key of a value at a place.
  @inline(__always)
  static func key(_ value: Int32, at place: UInt32) -> UInt64 {
    UInt64(UInt32(bitPattern: value) ^ 0x8000_0000) << 32 | UInt64(~place)
  }

  /// The place of a key.
  @inline(__always)
  static func place(_ key: UInt64) -> Int { Int(~UInt32(truncatingIfNeeded: key)) }

  /// The value of a key.
  @inline(__always)
  static func value(_ key: UInt64) -> Int32 { cog_key_value(key) }
}
