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

/// Which of the keys that a plan of fields offers is used.
enum KeyChoice: Sendable, Hashable, Codable {
  /// One of its keys, by number.
  case key(Int)
  /// One of those that a person asked for.
  case stated(Int)
  /// Two of its parts together.
  case parts(Int, Int)
}

/// The keys that are used, their blocks, and by record its keys, so that a pair is made by its first key alone.
final class BlockingPlan: @unchecked Sendable {
  /// By key: which of the plan's it is.
  let choices: [KeyChoice]
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
  ///
  /// Chosen by the first `base` records, and made for all.
  init(_ plan: inout FieldPlan, base: Int, linkOnly sourceNumbers: Packed<UInt16>?, settings: ResolveSettings)
  {
    let limits = settings.blockingLimits(records: base)
    let cap = limits.cap
    // Keys of names, handles and e-mail addresses alone come first: `FieldFamilies` says why.
    var chosen: [KeyChoice] = []
    func isOfNames(_ key: KeySource) -> Bool { key.columns.isSubset(of: plan.namingColumns) }
    chosen += plan.keys.indices.filter { isOfNames(plan.keys[$0]) }.map { .key($0) }
    chosen += plan.statedKeys.indices.filter { isOfNames(plan.statedKeys[$0]) }.map { .stated($0) }
    namingKeyCount = chosen.count
    let perKey = limits.pairsPerKey
    var inUse: Set<String> = []
    for (number, key) in plan.keys.enumerated() where !isOfNames(key) {
      let estimate = KeyEstimate(key.slots[0], records: base, cap: cap)
      if estimate.pairs > perKey || estimate.capped > 0.5 { continue }
      chosen.append(.key(number))
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
        let estimate = KeyEstimate(left.slots[0], right.slots[0], records: base, cap: cap)
        if estimate.covered < 0.001 || estimate.pairs > perKey { continue }
        candidates.append(((one, other), estimate.pairs))
      }
    }
    candidates.sort { $0.pairs != $1.pairs ? $0.pairs < $1.pairs : $0.key < $1.key }
    chosen += plan.statedKeys.indices.filter { !isOfNames(plan.statedKeys[$0]) }.map { .stated($0) }
    let budget = limits.pairs
    var spent = 0.0
    for candidate in candidates where chosen.count < limits.keys {
      spent += candidate.pairs
      if spent > budget { break }
      chosen.append(.parts(candidate.key.0, candidate.key.1))
    }
    choices = chosen
    // Each key is let go once it is in the matrix and its blocks are made, and one of two parts is made only then.
    var sources = Self.parts(of: chosen, plan)
    plan.dropKeys()
    keys = sources.map { parts in
      guard parts.count == 2 else { return (parts[0].name, parts[0].columns, parts[0].isOfWholeValues) }
      return (
        KeySource.name(parts[0], parts[1]), parts[0].columns.union(parts[1].columns),
        parts[0].isOfWholeValues && parts[1].isOfWholeValues
      )
    }
    var ranges: [Range<Int>] = []
    var slotCount = 0
    for count in sources.map({ $0.count == 2 ? 1 : $0[0].slots.count }) {
      ranges.append(slotCount..<slotCount + count)
      slotCount += count
    }
    slotRanges = ranges
    let records = plan.recordCount
    LargeBlocks.giveBack()
    let total = RowMatrix.width(slotCount)
    width = total
    var rows = RowBuilder(records: records, width: total)
    var indexes: [BlockIndex] = []
    sources.reverse()
    for range in ranges {
      guard let parts = sources.popLast() else { break }
      let key = parts.count == 2 ? KeySource.both(parts[0], parts[1]) : parts[0]
      for values in key.slots { rows.add(values) }
      indexes.append(
        BlockIndex(key, base: base, cap: cap) { record, hash in rows.drop(hash, of: record, in: range) })
      if range.count > 1 { LargeBlocks.giveBack() }
    }
    matrix = rows.finish()
    self.indexes = indexes
    sourceOfRecord = sourceNumbers
  }

  /// By key chosen, the one or two keys of a plan that it is made of.
  static func parts(of choices: [KeyChoice], _ plan: FieldPlan) -> [[KeySource]] {
    choices.map { choice in
      switch choice {
      case .key(let number): [plan.keys[number]]
      case .stated(let number): [plan.statedKeys[number]]
      case .parts(let one, let other): [plan.parts[one], plan.parts[other]]
      }
    }
  }

  /// A plan of a store: it tells which keys records share, and makes no pairs.
  init(
    choices: [KeyChoice], matrix: Packed<UInt32>, width: Int, namingKeyCount: Int, slotRanges: [Range<Int>]
  ) {
    self.choices = choices
    self.matrix = matrix
    self.width = width
    self.namingKeyCount = namingKeyCount
    self.slotRanges = slotRanges
    (keys, indexes, sourceOfRecord) = ([], [], nil)
  }

  /// Lets the blocks go once their pairs were scored.
  func releaseBlocks() { indexes = [] }

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

  /// Pairs that are compared together, field by field: what is held of their records stays in the nearest cache.
  private static let batchSize = 512

  /// Calls `body` with batches of the pairs of some blocks of a key; pairs whose lower record is not a multiple of
  /// `stride`, or whose higher record is not below `limit`, are left out.
  ///
  /// The rows of records in blocks to come are fetched from `rows` and from the matrix meanwhile.
  func forEachBatch(
    key: Int, blocks: Range<Int>, stride: Int = 1, below limit: Int = .max, rows: RowMatrix? = nil,
    _ body: (PairBatch) -> Void
  ) {
    let size = Self.batchSize
    let left = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    let right = UnsafeMutablePointer<UInt32>.allocate(capacity: size)
    defer {
      left.deallocate()
      right.deallocate()
    }
    var count = 0
    let index = indexes[key]
    if blocks.isEmpty { return }
    let (members, starts) = (index.records.base, index.starts.base)
    let last = Int(starts[blocks.upperBound])
    let repeats = RepeatedPairs(slotRanges, key: key, width: width)
    let keys = matrix.base
    // Later keys are not looked at.
    let lastSlot = slotRanges[key].upperBound - 1
    let step = UInt32(truncatingIfNeeded: stride)
    var ahead = blocks.lowerBound
    for block in blocks {
      let (start, end) = (Int(starts[block]), Int(starts[block + 1]))
      let hash = index.hash(block)
      while ahead < blocks.upperBound, Int(starts[ahead]) < min(end + Self.fetchAhead, last) {
        let (from, to) = (Int(starts[ahead]), Int(starts[ahead + 1]))
        ahead &+= 1
        // Of a sample most blocks have no pair.
        if step > 1, !(from..<to - 1).contains(where: { members[$0] % step == 0 }) { continue }
        for place in from..<to {
          let record = Int(members[place])
          cog_prefetch(keys + record &* width)
          cog_prefetch(keys + (record &* width &+ lastSlot))
          rows?.fetch(record)
        }
      }
      for first in start..<end - 1 {
        let one = members[first]
        if step > 1, one % step != 0 { continue }
        let row = keys + Int(one) &* width
        for second in first + 1..<end {
          let two = members[second]
          if Int(two) >= limit { break }
          if let sourceOfRecord, sourceOfRecord[Int(one)] == sourceOfRecord[Int(two)] { continue }
          if repeats.contain(row, keys + Int(two) &* width, hash: hash) { continue }
          left[count] = one
          right[count] = two
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
