import CKernels

/// Scores batches of pairs by a model; one for each task.
final class PairScorer {
  private let fields: [any ComparisonField]
  private let model: MatchModel
  private let families: FieldFamilies
  private let null: NullModel?
  private let naming: NamingModel?
  private let workspace: Workspace
  private var levels: Packed<UInt8>
  private var sums: Packed<Float>
  /// By pair, the levels of some fields side by side.
  private var patterns: Packed<UInt64>
  /// By pair, the key that it shares.
  private var keys: Packed<Int>
  private var room = 0
  /// Weights of the levels of names, and of all others.
  private let namesSeen: UnsafeMutablePointer<WeightMemory>
  private let othersSeen: UnsafeMutablePointer<WeightMemory>

  convenience init(_ plan: FieldPlan, _ model: MatchModel) { self.init(plan.fields, model) }

  init(_ fields: [any ComparisonField], _ model: MatchModel) {
    self.fields = fields
    self.model = model
    (families, null, naming) = (model.families, model.null, model.naming)
    namesSeen = .allocate(capacity: 1)
    namesSeen.initialize(to: WeightMemory())
    othersSeen = .allocate(capacity: 1)
    othersSeen.initialize(to: WeightMemory())
    patterns = Packed(uninitialised: 1)
    keys = Packed(uninitialised: 1)
    workspace = Workspace(fields: fields.count)
    levels = Packed(repeating: 0, count: 1)
    sums = Packed(repeating: 0, count: 1)
  }

  deinit {
    for seen in [namesSeen, othersSeen] {
      seen.deinitialize(count: 1)
      seen.deallocate()
    }
  }

  /// Lends the log10 LR of each pair to `body`, as the memory is the scorer's own and its last use may end it. `key` says
  /// by a pair's place in the batch which key is the first that it shares, or gives the number of keys if it shares none.
  func score(_ batch: PairBatch, key: (Int) -> Int, _ body: (UnsafePointer<Float>) -> Void) {
    compare(batch)
    let keys = self.keys.base
    for index in 0..<batch.count { keys[index] = key(index) }
    weigh(batch.count) { keys[$0] }
    withExtendedLifetime(self) { body(UnsafePointer(sums.base)) }
  }

  /// The same for pairs of which all share one key first.
  func score(_ batch: PairBatch, sharedKey: Int, _ body: (UnsafePointer<Float>) -> Void) {
    compare(batch)
    weigh(batch.count) { _ in sharedKey }
    withExtendedLifetime(self) { body(UnsafePointer(sums.base)) }
  }

  /// Finds the levels, field by field.
  private func compare(_ batch: PairBatch) {
    if batch.count > room {
      room = max(batch.count, 2048)
      levels = Packed(repeating: 0, count: room * fields.count)
      sums = Packed(repeating: 0, count: room)
      patterns = Packed(uninitialised: room)
      keys = Packed(uninitialised: room)
    }
    for (number, field) in fields.enumerated() {
      field.compare(batch, into: levels.base + number * room, workspace)
    }
  }

  /// Adds up what the levels weigh: the fields that tell of names from memory when their pattern was seen, and the others
  /// likewise.
  @inline(__always)
  private func weigh(_ count: Int, _ key: (Int) -> Int) {
    let (base, room, sums) = (levels.base, self.room, self.sums.base)
    weigh(families.others, count, othersSeen) { _ in
      true
    } _: { index in
      families.othersWeight(model.weights) { Int(base[$0 * room + index]) }
    } _: {
      sums[$0] = $1
    }
    if let null {
      let plain = null.sums
      // Households are held against what names say, where these are weighed as a whole.
      let wholeKeys = naming == nil || null.household == nil ? 0 : families.namingKeys
      for index in 0..<count {
        let key = key(index)
        let level = { (field: Int) in Int(base[field &* room &+ index]) }
        if key < wholeKeys {
          sums[index] -= null.log10ExcessWithoutHouseholds(key: key, level)
        } else {
          sums[index] -=
            null.isSum(key: key) ? plain.log10Excess(key: key, level) : null.log10Excess(key: key, level)
        }
      }
    }
    if let naming {
      let hasHouseholds = null?.household != nil
      let prior = Float(model.priorLog10Odds)
      let namingKeys = families.namingKeys
      weigh(naming.fields, count, namesSeen) {
        key($0) < namingKeys
      } _: { index in
        Float(naming.logOdds { Int(base[$0 * room + index]) } / 2.302585093 - model.priorLog10Odds)
      } _: { index, weight in
        if hasHouseholds {
          sums[index] = model.whole(rest: sums[index], names: weight + prior) {
            Int(base[$0 &* room &+ index])
          }
        } else {
          sums[index] += weight
        }
      }
      for index in 0..<count where key(index) >= namingKeys {
        sums[index] += families.namingWeight(model.weights) { Int(base[$0 * room + index]) }
      }
    } else {
      for index in 0..<count {
        sums[index] += families.namingWeight(model.weights) { Int(base[$0 * room + index]) }
      }
    }
    if model.calibration != nil { for index in 0..<count { sums[index] = model.calibrated(sums[index]) } }
  }

  /// Hands on what some fields weigh together, for the pairs that are wanted, worked out once for each pattern of their
  /// levels. A pattern of more than eight fields is not remembered.
  @inline(__always)
  private func weigh(
    _ some: [Int], _ count: Int, _ seen: UnsafeMutablePointer<WeightMemory>, _ isWanted: (Int) -> Bool,
    _ compute: (Int) -> Float, _ take: (Int, Float) -> Void
  ) {
    guard some.count <= 8 else {
      for index in 0..<count where isWanted(index) { take(index, compute(index)) }
      return
    }
    let patterns = self.patterns.base
    for index in 0..<count { patterns[index] = 0 }
    for field in some {
      let levels = levels.base + field * room
      for index in 0..<count { patterns[index] = patterns[index] &<< 8 | UInt64(levels[index]) }
    }
    for index in 0..<count where isWanted(index) { seen.pointee.fetch(patterns[index]) }
    for index in 0..<count where isWanted(index) {
      take(index, seen.pointee.weight(patterns[index]) { compute(index) })
    }
  }
}

/// Numbers that were worked out once, by a key of 64 bits.
private struct WeightMemory: ~Copyable {
  private struct Slot: BitwiseCopyable {
    var key: UInt64
    var weight: Float
  }

  private var slots = Packed(repeating: Slot(key: .max, weight: 0), count: 1 << 10)
  private var bits: UInt64 = 10
  private var count = 0

  /// Has the place of a key fetched.
  @inline(__always)
  func fetch(_ key: UInt64) { cog_prefetch(slots.base + slot(key)) }

  @inline(__always)
  private func slot(_ key: UInt64) -> Int { Int((key &* 0x9E37_79B9_7F4A_7C15) >> (64 &- bits)) }

  @inline(__always)
  mutating func weight(_ key: UInt64, _ compute: () -> Float) -> Float {
    var slot = slot(key)
    while true {
      let held = slots.base[slot]
      if held.key == key { return held.weight }
      if held.key == .max { break }
      slot = (slot &+ 1) & (slots.count &- 1)
    }
    let weight = compute()
    slots.base[slot] = Slot(key: key, weight: weight)
    count += 1
    if count * 2 > slots.count { grow() }
    return weight
  }

  private mutating func grow() {
    let old = slots
    bits += 1
    slots = Packed(repeating: Slot(key: .max, weight: 0), count: 1 << Int(bits))
    for position in 0..<old.count where old[position].key != .max {
      var slot = slot(old[position].key)
      while slots[slot].key != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = old[position]
    }
  }
}
