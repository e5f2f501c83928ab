import CKernels

/// A key in use, for reports.
public struct BlockingFinding: Sendable, Codable, Hashable {
  /// What the key is made of.
  public let key: String
  /// Pairs in its blocks.
  public let pairs: Int
  /// Pairs that no earlier key had.
  public var newPairs: Int
  /// Blocks left out as too large, and the records in them.
  public let cappedBlocks: Int
  /// Records in those.
  public let cappedRecords: Int
}

/// The keys that are used, their blocks, and by record its keys, so that a pair is made by its first key alone.
final class BlockingPlan: @unchecked Sendable {
  /// By key: what it is made of, and the columns in it.
  let keys: [(name: String, columns: Set<String>, isOfWholeValues: Bool)]
  /// None once `releaseBlocks` was called.
  private(set) var indexes: [BlockIndex]
  /// By record, by slot of all keys: the hash; 0 for none and for blocks above the cap.
  let matrix: Packed<UInt32>
  let width: Int
  /// Keys at the front that are made of names, handles and e-mail addresses alone.
  let namingKeyCount: Int
  /// By key: its slots in a row of the matrix.
  let slotRanges: [Range<Int>]
  let sourceOfRecord: Packed<UInt16>?

  /// Chooses keys.
  ///
  /// Keys of one column are all used. Keys of two columns are tried on a sample, and used in ascending order of
  /// estimated pairs until the budget is spent: a key of few pairs that covers many records is a key whose agreement
  /// is seldom chance.
  init(_ plan: inout FieldPlan, records: Int, linkOnly sources: Packed<UInt16>?, settings: ResolveSettings) {
    let limits = settings.blockingLimits(records: records)
    let cap = limits.cap
    // Keys of names, handles and e-mail addresses alone come first: `FieldFamilies` says why.
    var chosen = (plan.keys + plan.statedKeys).filter { $0.columns.isSubset(of: plan.namingColumns) }
    namingKeyCount = chosen.count
    let perKey = limits.pairsPerKey
    var inUse: Set<String> = []
    for key in plan.keys where !key.columns.isSubset(of: plan.namingColumns) {
      let estimate = KeyEstimate(key.slots[0], cap: cap)
      if estimate.pairs > perKey || estimate.capped > 0.5 { continue }
      chosen.append(key)
      inUse.insert(key.name)
    }
    var candidates: [(key: (Int, Int), pairs: Double)] = []
    for one in plan.parts.indices {
      for other in plan.parts.indices where other > one {
        let (left, right) = (plan.parts[one], plan.parts[other])
        if !left.columns.isDisjoint(with: right.columns) { continue }
        let isOfNames = left.columns.union(right.columns).isSubset(of: plan.namingColumns)
        // Two whole names are a key already, and where names are weighed with handles no other may part them.
        if isOfNames, plan.hasHandles || left.isOfWholeValues && right.isOfWholeValues { continue }
        // Pairs that share both share the one already.
        if inUse.contains(left.name) || inUse.contains(right.name) { continue }
        let estimate = KeyEstimate(left.slots[0], right.slots[0], cap: cap)
        if estimate.covered < 0.001 || estimate.pairs > perKey { continue }
        candidates.append(((one, other), estimate.pairs))
      }
    }
    candidates.sort { $0.pairs != $1.pairs ? $0.pairs < $1.pairs : $0.key < $1.key }
    chosen += plan.statedKeys.filter { !$0.columns.isSubset(of: plan.namingColumns) }
    let budget = limits.pairs
    var spent = 0.0
    var pairs: [(KeySource, KeySource)] = []
    for candidate in candidates where chosen.count + pairs.count < limits.keys {
      spent += candidate.pairs
      if spent > budget { break }
      pairs.append((plan.parts[candidate.key.0], plan.parts[candidate.key.1]))
    }
    // Each key is let go once it is in the matrix and its blocks are made, and one of two parts is made only then.
    plan.dropKeys()
    keys =
      chosen.map { ($0.name, $0.columns, $0.isOfWholeValues) }
      + pairs.map { one, other in
        (
          KeySource.name(one, other), one.columns.union(other.columns),
          one.isOfWholeValues && other.isOfWholeValues
        )
      }
    var ranges: [Range<Int>] = []
    var slotCount = 0
    for count in chosen.map(\.slots.count) + pairs.map({ _ in 1 }) {
      ranges.append(slotCount..<slotCount + count)
      slotCount += count
    }
    slotRanges = ranges
    LargeBlocks.giveBack()
    let total = RowMatrix.width(slotCount)
    width = total
    let rows = Packed<UInt32>(lines: records * total)
    var indexes: [BlockIndex] = []
    chosen.reverse()
    pairs.reverse()
    for range in ranges {
      guard let key = chosen.popLast() ?? pairs.popLast().map(KeySource.both) else { break }
      for (slot, values) in zip(range, key.slots) {
        for record in 0..<records { rows[record * total + slot] = values[record] }
      }
      indexes.append(
        BlockIndex(key, cap: cap) { record, hash in
          for slot in range where rows[record * total + slot] == hash { rows[record * total + slot] = 0 }
        })
      if range.count > 1 { LargeBlocks.giveBack() }
    }
    matrix = rows
    self.indexes = indexes
    sourceOfRecord = sources
  }

  /// Lets the blocks go once their pairs were scored.
  func releaseBlocks() { indexes = [] }

  /// Whether the pair was made by an earlier key, or in this key by a block of a lower hash.
  @inline(__always)
  func isRepeated(_ left: Int, _ right: Int, key: Int, hash: UInt32) -> Bool {
    if share(left, right, keysBelow: key) { return true }
    let (one, two) = (matrix.base + left * width, matrix.base + right * width)
    let range = slotRanges[key]
    if range.count > 1 {
      for a in range where one[a] != 0 && one[a] < hash {
        for b in range where one[a] == two[b] { return true }
      }
    }
    return false
  }

  @inline(__always)
  private func share(_ left: Int, _ right: Int, keysBelow limit: Int) -> Bool {
    let (one, two) = (matrix.base + left * width, matrix.base + right * width)
    for earlier in 0..<limit {
      let range = slotRanges[earlier]
      if range.count == 1 {
        let value = one[range.lowerBound]
        if value != 0, value == two[range.lowerBound] { return true }
      } else {
        for a in range where one[a] != 0 { for b in range where one[a] == two[b] { return true } }
      }
    }
    return false
  }

  /// The first key that two records share; the number of keys if they share none.
  func firstKey(of left: Int, _ right: Int) -> Int {
    let (one, two) = (matrix.base + left * width, matrix.base + right * width)
    for (key, range) in slotRanges.enumerated() {
      for a in range where one[a] != 0 { for b in range where one[a] == two[b] { return key } }
    }
    return slotRanges.count
  }

  /// Records whose rows are fetched before their block's turn.
  private static let fetchAhead = 48

  /// Calls `body` with batches of the pairs of some blocks of a key; pairs whose lower record is not a multiple of
  /// `stride` are left out.
  ///
  /// The rows of records in blocks to come are fetched from `rows` and from the matrix meanwhile.
  func forEachBatch(
    key: Int, blocks: Range<Int>, stride: Int = 1, rows: RowMatrix? = nil, _ body: (PairBatch) -> Void
  ) {
    let size = 2048
    let left = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let right = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    defer {
      left.deallocate()
      right.deallocate()
    }
    var count = 0
    let index = indexes[key]
    if blocks.isEmpty { return }
    let (members, last) = (index.records, Int(index.starts[blocks.upperBound]))
    var fetched = Int(index.starts[blocks.lowerBound])
    let keys = matrix.base
    for block in blocks {
      let (start, end) = (Int(index.starts[block]), Int(index.starts[block + 1]))
      let hash = index.hash(block)
      while fetched < min(end + Self.fetchAhead, last) {
        let record = Int(members[fetched])
        cog_prefetch(keys + record &* width)
        cog_prefetch(keys + (record &* width &+ width &- 1))
        rows?.fetch(record)
        fetched &+= 1
      }
      for first in start..<end - 1 {
        let one = Int(index.records[first])
        if stride > 1, one % stride != 0 { continue }
        for second in first + 1..<end {
          let two = Int(index.records[second])
          if let sourceOfRecord, sourceOfRecord[one] == sourceOfRecord[two] { continue }
          if isRepeated(one, two, key: key, hash: hash) { continue }
          left[count] = UInt32(one)
          right[count] = UInt32(two)
          count += 1
          if count == size {
            body(PairBatch(left: left, right: right, count: count))
            count = 0
          }
        }
      }
    }
    if count > 0 { body(PairBatch(left: left, right: right, count: count)) }
  }
}
