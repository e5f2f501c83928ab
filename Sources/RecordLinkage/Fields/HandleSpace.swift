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
final class HandleSpace: @unchecked Sendable {
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
  /// By column of handles: by record its handle; none once the keys were made.
  private(set) var columns: [Packed<UInt32>]

  init?(pool: ValuePool, columns: [Packed<UInt32>]) {
    self.pool = pool
    self.columns = columns
    let skeletonInterner = ValueInterner()
    let stemInterner = ValueInterner()
    facts = Packed(repeating: HandleFacts(skeleton: 0, stem: 0, digits: 1, set: 0), count: pool.count)
    var skeletonQueue = InternQueue(skeletonInterner)
    var stemQueue = InternQueue(stemInterner)
    var shape = HandleShape()
    // Numbers arrive here first, as a queue writes to an array of numbers.
    let numbers = Packed<UInt32>(repeating: 0, count: 2 * InternQueue.limit)
    var first = 1
    while first < pool.count {
      let last = min(first + InternQueue.limit, pool.count)
      for value in first..<last {
        shape.read(pool.text(value))
        let place = numbers.base + 2 * (value - first)
        shape.skeleton.withUnsafeBufferPointer { skeletonQueue.add($0, place) }
        shape.stem.withUnsafeBufferPointer { stemQueue.add($0, place + 1) }
        var number: UInt32 = 1
        for digit in shape.digits.prefix(9) { number = number &* 10 &+ UInt32(digit &- 0x30) }
        facts.base[value].digits = shape.digits.count > 8 ? 0 : number
        var set: UInt32 = 0
        for byte in shape.skeleton { set |= 1 << UInt32(byte & 31) }
        facts.base[value].set = set
      }
      guard skeletonQueue.flush(), stemQueue.flush() else { return nil }
      for value in first..<last {
        facts.base[value].skeleton = numbers[2 * (value - first)]
        facts.base[value].stem = numbers[2 * (value - first) + 1]
      }
      first = last
    }
    skeletons = skeletonInterner.takePool()
    handleSets = pool.signatures()
    let records = columns.first?.count ?? 0
    handleCounts = Packed(repeating: 0, count: pool.count)
    skeletonCounts = Packed(repeating: 0, count: skeletons.count)
    stemCounts = Packed(repeating: 0, count: stemInterner.count)
    for record in 0..<records {
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

  /// Lets the columns go.
  func dropColumns() { columns = [] }

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
