import Columns

/// The handles of a table (user names, and local parts of e-mail addresses) in one pool, with their shapes.
final class HandleSpace: @unchecked Sendable {
  let pool: ValuePool
  /// By handle: number of its skeleton; 0 for none.
  let skeleton: Packed<UInt32>
  /// By handle: number of its stem; 0 for none.
  let stem: Packed<UInt32>
  /// By handle: the digits at its end as a number with a leading 1, so that 07 and 7 differ; 1 for none, 0 when
  /// there are more than nine.
  let digits: Packed<UInt32>
  let skeletons: ValuePool
  /// Sets of bytes, see `ValuePool.signatures`: of skeletons, and of handles.
  let skeletonSets: Packed<UInt32>
  let handleSets: Packed<UInt32>
  let stems: ValuePool
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
    skeleton = Packed(repeating: 0, count: pool.count)
    stem = Packed(repeating: 0, count: pool.count)
    digits = Packed(repeating: 1, count: pool.count)
    var shape = HandleShape()
    for value in 1..<max(pool.count, 1) {
      shape.read(pool.text(value))
      guard let own = shape.skeleton.withUnsafeBufferPointer({ skeletonInterner.intern($0) }),
        let stemOf = shape.stem.withUnsafeBufferPointer({ stemInterner.intern($0) })
      else { return nil }
      skeleton[value] = own
      stem[value] = stemOf
      var number: UInt32 = 1
      for digit in shape.digits.prefix(9) { number = number &* 10 &+ UInt32(digit &- 0x30) }
      digits[value] = shape.digits.count > 8 ? 0 : number
    }
    skeletons = skeletonInterner.takePool()
    stems = stemInterner.takePool()
    skeletonSets = skeletons.signatures()
    handleSets = pool.signatures()
    let records = columns.first?.count ?? 0
    handleCounts = Packed(repeating: 0, count: pool.count)
    skeletonCounts = Packed(repeating: 0, count: skeletons.count)
    stemCounts = Packed(repeating: 0, count: stems.count)
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
          if skeleton[other] == skeleton[handle] { newSkeleton = false }
          if stem[other] == stem[handle] { newStem = false }
        }
        if newHandle { handleCounts[handle] &+= 1 }
        if newSkeleton { skeletonCounts[Int(skeleton[handle])] &+= 1 }
        if newStem { stemCounts[Int(stem[handle])] &+= 1 }
      }
    }
  }

  /// Lets the columns go.
  func dropColumns() { columns = [] }

  /// Whether one run of digits begins with the other, or one is empty.
  @inline(__always)
  func digitsAgree(_ one: Int, _ two: Int) -> Bool {
    var (short, long) = (digits[one], digits[two])
    if short > long { swap(&short, &long) }
    if short == 0 { return false }
    while long > short { long /= 10 }
    return long == short
  }
}
