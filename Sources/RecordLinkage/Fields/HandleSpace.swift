import CKernels
import Columns

/// What a comparison asks of a handle, in one place.
///
///     byte   0..3        4..7    8..11     12..15
///            skeleton    stem    digits    set of the skeleton's bytes
struct HandleFacts: BitwiseCopyable {
  /// Number of its skeleton; 0 for none.
  var skeleton: UInt32
  /// Number of its stem; 0 for none.
  var stem: UInt32
  /// The digits at its end as a number with a leading 1, so that 07 and 7 differ; 1 for none, 0 when there are more than
  /// eight.
  var digits: UInt32
  /// See `ValuePool.signatures`.
  var set: UInt32
}

/// The handles of a table (user names, and local parts of e-mail addresses) in one pool, with their shapes.
final class HandleSpace: Codable, @unchecked Sendable {
  let pool: ValuePool
  /// By handle.
  let facts: Packed<HandleFacts>
  let skeletons: ValuePool
  /// By handle: the set of its bytes, see `ValuePool.signatures`.
  let handleSets: Packed<UInt32>
  /// By handle, skeleton and stem: records that show it in any column.
  let handleCounts: Packed<UInt32>
  let skeletonCounts: Packed<UInt32>
  let stemCounts: Packed<UInt32>
  /// By stem and skeleton, the hash of its text.
  private(set) var stemHashes: Packed<UInt64>
  private(set) var skeletonHashes: Packed<UInt64>
  /// Records that are counted, from the first on.
  let counted: Int
  /// By column of handles: by record its handle; none once the keys were made.
  private(set) var columns: [Packed<UInt32>]

  init?(pool: ValuePool, columns: [Packed<UInt32>], counted: Int) {
    self.pool = pool
    self.columns = columns
    self.counted = counted
    let skeletonInterner = ValueInterner()
    let stemInterner = ValueInterner()
    facts = Packed(repeating: HandleFacts(skeleton: 0, stem: 0, digits: 1, set: 0), count: pool.count)
    var skeletonQueue = InternQueue(skeletonInterner)
    var stemQueue = InternQueue(stemInterner)
    var hashes = Growing<UInt64>(capacity: 1 << 10)
    var stemHashes = Growing<UInt64>(capacity: 1 << 10)
    hashes.append(0)
    stemHashes.append(0)
    let hashesInTurn = Packed<UInt64>(repeating: 0, count: 2 * InternQueue.limit)
    // Skeletons, and the stems in them, until they are interned.
    let room = Packed<UInt8>(uninitialised: InternQueue.limit * HandleShape.limit)
    // Numbers arrive here first, as a queue writes to an array of numbers.
    let numbers = Packed<UInt32>(repeating: 0, count: 2 * InternQueue.limit)
    var first = 1
    while first < pool.count {
      let last = min(first + InternQueue.limit, pool.count)
      for value in first..<last {
        let shape = HandleShape(pool.text(value), in: room.base + (value - first) * HandleShape.limit)
        let place = numbers.base + 2 * (value - first)
        let hash = stableHash(shape.skeleton)
        let hashOfStem = shape.stem.count == shape.skeleton.count ? hash : stableHash(shape.stem)
        hashesInTurn[2 * (value - first)] = hash
        hashesInTurn[2 * (value - first) + 1] = hashOfStem
        skeletonQueue.add(staying: shape.skeleton, hash: hash, place)
        stemQueue.add(staying: shape.stem, hash: hashOfStem, place + 1)
        facts.base[value].digits = shape.digits
        var set: UInt32 = 0
        for byte in shape.skeleton { set |= 1 << UInt32(byte & 31) }
        facts.base[value].set = set
      }
      guard skeletonQueue.flush(), stemQueue.flush() else { return nil }
      for value in first..<last {
        let place = 2 * (value - first)
        let (skeleton, stem) = (numbers[place], numbers[place + 1])
        facts.base[value].skeleton = skeleton
        facts.base[value].stem = stem
        if Int(skeleton) == hashes.count { hashes.append(hashesInTurn[place]) }
        if Int(stem) == stemHashes.count { stemHashes.append(hashesInTurn[place + 1]) }
      }
      first = last
    }
    skeletons = skeletonInterner.takePool()
    handleSets = pool.signatures()
    self.stemHashes = stemHashes.packed()
    skeletonHashes = hashes.packed()
    handleCounts = Packed(repeating: 0, count: pool.count)
    skeletonCounts = Packed(repeating: 0, count: skeletons.count)
    stemCounts = Packed(repeating: 0, count: stemInterner.count)
    for record in 0..<counted {
      // A record that shows a handle twice counts once.
      for (number, column) in columns.enumerated() {
        let handle = Int(column[record])
        if handle == 0 { continue }
        var (newHandle, newSkeleton, newStem) = (true, true, true)
        for earlier in 0..<number {
          let other = Int(columns[earlier][record])
          if other == 0 { continue }
          if other == handle { newHandle = false }
          if facts[other].skeleton == facts[handle].skeleton { newSkeleton = false }
          if facts[other].stem == facts[handle].stem { newStem = false }
        }
        if newHandle { handleCounts[handle] &+= 1 }
        if newSkeleton { skeletonCounts[Int(facts[handle].skeleton)] &+= 1 }
        if newStem { stemCounts[Int(facts[handle].stem)] &+= 1 }
      }
    }
  }

  private enum CodingKeys: String, CodingKey {
    case pool, facts, skeletons, handleSets, handleCounts, skeletonCounts, stemCounts, counted
  }

  /// In a store, what fields compare by.
  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(pool.stored, forKey: .pool)
    try container.encode(array: facts, .facts)
    try container.encode(skeletons.stored, forKey: .skeletons)
    try container.encode(array: handleSets, .handleSets)
    try container.encode(array: handleCounts, .handleCounts)
    try container.encode(array: skeletonCounts, .skeletonCounts)
    try container.encode(array: stemCounts, .stemCounts)
    try container.encode(counted, forKey: .counted)
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    pool = try container.decode(ValuePool.Stored.self, forKey: .pool).pool
    facts = try container.array(.facts)
    skeletons = try container.decode(ValuePool.Stored.self, forKey: .skeletons).pool
    handleSets = try container.array(.handleSets)
    handleCounts = try container.array(.handleCounts)
    skeletonCounts = try container.array(.skeletonCounts)
    stemCounts = try container.array(.stemCounts)
    counted = try container.decode(Int.self, forKey: .counted)
    (columns, stemHashes, skeletonHashes) = ([], Packed([]), Packed([]))
  }

  /// Lets go what keys alone are made of.
  func dropColumns() {
    columns = []
    (stemHashes, skeletonHashes) = (Packed([]), Packed([]))
  }

  /// Whether one run of digits begins with the other, or one is empty.
  @inline(__always)
  static func digitsAgree(_ one: UInt32, _ two: UInt32) -> Bool {
    var (short, long) = (one, two)
    if short > long { swap(&short, &long) }
    if short == 0 { return false }
    while long > short { long /= 10 }
    return long == short
  }
}
