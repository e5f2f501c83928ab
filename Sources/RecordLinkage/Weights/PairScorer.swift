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
  private var room = 0
  /// Weights of naming patterns, by their levels.
  private let remembered: UnsafeMutablePointer<WeightMemory>

  convenience init(_ plan: FieldPlan, _ model: MatchModel) { self.init(plan.fields, model) }

  init(_ fields: [any ComparisonField], _ model: MatchModel) {
    self.fields = fields
    self.model = model
    (families, null, naming) = (model.families, model.null, model.naming)
    remembered = .allocate(capacity: 1)
    remembered.initialize(to: WeightMemory())
    workspace = Workspace(fields: fields.count)
    levels = Packed(repeating: 0, count: 1)
    sums = Packed(repeating: 0, count: 1)
  }

  deinit {
    remembered.deinitialize(count: 1)
    remembered.deallocate()
  }

  /// Lends the log10 LR of each pair to `body`, as the memory is the scorer's own and its last use may end it. `key` says
  /// by a pair's place in the batch which key is the first that it shares, or gives the number of keys if it shares none.
  func score(_ batch: PairBatch, key: (Int) -> Int, _ body: (UnsafePointer<Float>) -> Void) {
    let fieldCount = fields.count
    if batch.count > room {
      room = max(batch.count, 2048)
      levels = Packed(repeating: 0, count: room * fieldCount)
      sums = Packed(repeating: 0, count: room)
    }
    for (number, field) in fields.enumerated() {
      field.compare(batch, into: levels.base + number * room, workspace)
    }
    let (families, null, naming, weights) = (families, null, naming, model.weights)
    let (base, room, sums) = (levels.base, self.room, self.sums.base)
    for index in 0..<batch.count {
      let level = { (field: Int) in Int(base[field * room + index]) }
      let key = key(index)
      var sum = families.othersWeight(weights, level)
      if let null { sum -= null.log10Excess(key: key, level) }
      if let naming, key < families.namingKeys {
        sum += learnt(naming, level)
      } else {
        sum += families.namingWeight(weights, level)
      }
      sums[index] = model.calibrated(sum)
    }
    withExtendedLifetime(self) { body(UnsafePointer(sums)) }
  }

  /// What the names of a pair say together, from memory when the pattern was seen. A pattern is up to eight levels.
  @inline(__always)
  private func learnt(_ naming: NamingModel, _ level: (Int) -> Int) -> Float {
    guard naming.fields.count <= 8 else { return weight(naming, level) }
    var key: UInt64 = 0
    for position in 0..<naming.fields.count { key = key << 8 | UInt64(level(naming.fields[position])) }
    return remembered.pointee.weight(key) { weight(naming, level) }
  }

  private func weight(_ naming: NamingModel, _ level: (Int) -> Int) -> Float {
    Float(naming.logOdds(level) / 2.302585093 - model.priorLog10Odds)
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

  @inline(__always)
  mutating func weight(_ key: UInt64, _ compute: () -> Float) -> Float {
    var slot = Int((key &* 0x9E37_79B9_7F4A_7C15) >> (64 &- bits))
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
      var slot = Int((old[position].key &* 0x9E37_79B9_7F4A_7C15) >> (64 - bits))
      while slots[slot].key != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = old[position]
    }
  }
}
