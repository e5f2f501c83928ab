import CKernels

/// By key, the records that have it, gathered by buckets of hashes: who is in the block of a key is found without looking
/// at any other.
///
///     starts     by bucket, where its entries begin, and the end of the last
///     entries    slots of the rows of records in the matrix of keys (`BlockingPlan.matrix`), bucket after bucket
struct BlockPostings: Codable {
  fileprivate struct Key: Codable {
    let starts: StoredArray<UInt32>
    let entries: StoredArray<UInt32>
  }

  fileprivate let keys: [Key]
  private let bits: Int

  /// Gathers the keys of some records. O(records x keys).
  init(records: Int, _ plan: BlockingPlan) {
    var bits = 4
    while 1 << bits < records / 2 { bits += 1 }
    self.bits = bits
    keys = plan.slotRanges.map { range in
      let starts = Packed<UInt32>(repeating: 0, count: (1 << bits) + 2)
      plan.forEachKey(of: 0..<records, in: range) { _, _, hash in
        starts.base[bucket(hash, bits) + 2] += 1
      }
      for bucket in 2..<starts.count { starts[bucket] += starts[bucket - 1] }
      let entries = Packed<UInt32>(uninitialised: Int(starts[starts.count - 1]))
      plan.forEachKey(of: 0..<records, in: range) { record, slot, hash in
        let place = starts.base + (bucket(hash, bits) + 1)
        entries.base[Int(place.pointee)] = UInt32(truncatingIfNeeded: record * plan.width + slot)
        place.pointee += 1
      }
      return Key(starts: StoredArray(starts), entries: StoredArray(entries))
    }
  }

  /// The postings for a loop over records.
  var raw: Raw {
    Raw(
      starts: keys.map { UnsafePointer($0.starts.array.base) },
      entries: keys.map { UnsafePointer($0.entries.array.base) }, bits: bits)
  }

  /// See `raw`; valid while the postings live.
  struct Raw {
    fileprivate let starts: [UnsafePointer<UInt32>]
    fileprivate let entries: [UnsafePointer<UInt32>]
    fileprivate let bits: Int

    /// Has what `forEach` reads first fetched.
    @inline(__always)
    func fetch(key: Int, hash: UInt32) { cog_prefetch(starts[key] + bucket(hash, bits)) }

    /// Has what it reads next fetched, once that is there.
    @inline(__always)
    func fetchEntries(key: Int, hash: UInt32) {
      cog_prefetch(entries[key] + Int(starts[key][bucket(hash, bits)]))
    }

    /// And the rows that it looks at then.
    @inline(__always)
    func fetchRows(key: Int, hash: UInt32, _ matrix: UnsafePointer<UInt32>) {
      let starts = starts[key] + bucket(hash, bits)
      for place in Int(starts[0])..<Int(starts[1]) { cog_prefetch(matrix + Int(entries[key][place])) }
    }

    /// Calls `body` with each record in the block of a key's hash; `matrix` and `width` are those of the plan.
    @inline(__always)
    func forEach(
      key: Int, hash: UInt32, _ matrix: UnsafePointer<UInt32>, width: Int, _ body: (Int) -> Void
    ) {
      let starts = starts[key] + bucket(hash, bits)
      let entries = entries[key]
      for place in Int(starts[0])..<Int(starts[1]) {
        let entry = Int(entries[place])
        if matrix[entry] == hash { body(entry / width) }
      }
    }
  }
}

/// The same for records that are added one by one.
struct BlockChains {
  private let heads: Packed<UInt32>
  private let next: Packed<UInt32>
  private let bits: Int
  private let width: Int
  /// The record that the first row is of.
  private let first: Int

  /// Chains for `records` records from `first` on, none of which is in them yet.
  init(keys: Int, records: Int, width: Int, first: Int) {
    var bits = 4
    while 1 << bits < records { bits += 1 }
    self.bits = bits
    self.width = width
    self.first = first
    heads = Packed(repeating: 0, count: keys << bits)
    next = Packed(repeating: 0, count: records * width)
  }

  @inline(__always)
  private func bucket(_ key: Int, _ hash: UInt32) -> Int {
    key << bits | Int((hash &* 0x9E37_79B1) >> UInt32(32 - bits))
  }

  /// Adds a record by one of its keys; one that it has in two slots of a key is added by the first.
  @inline(__always)
  func insert(_ record: Int, key: Int, slot: Int, hash: UInt32) {
    let entry = (record - first) * width + slot
    let head = heads.base + bucket(key, hash)
    next.base[entry] = head.pointee
    head.pointee = UInt32(truncatingIfNeeded: entry + 1)
  }

  /// Calls `body` with each record in the block of a key's hash.
  @inline(__always)
  func forEach(key: Int, hash: UInt32, _ matrix: UnsafePointer<UInt32>, _ body: (Int) -> Void) {
    var entry = heads.base[bucket(key, hash)]
    let rows = matrix + first * width
    while entry != 0 {
      let place = Int(entry) - 1
      if rows[place] == hash { body(place / width + first) }
      entry = next.base[place]
    }
  }
}

extension BlockingPlan {
  /// Calls `body` with each record, slot and hash of a key, a hash that is in two slots of a record once.
  fileprivate func forEachKey(
    of records: Range<Int>, in range: Range<Int>, _ body: (_ record: Int, _ slot: Int, _ hash: UInt32) -> Void
  ) {
    for record in records {
      let row = matrix.base + record * width
      for slot in range where row[slot] != 0 {
        var isNew = true
        for earlier in range.lowerBound..<slot where row[earlier] == row[slot] { isNew = false }
        if isNew { body(record, slot, row[slot]) }
      }
    }
  }
}

@inline(__always)
private func bucket(_ hash: UInt32, _ bits: Int) -> Int { Int((hash &* 0x9E37_79B1) >> UInt32(32 - bits)) }
