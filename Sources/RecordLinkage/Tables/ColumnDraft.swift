/// A column under construction. What grows stands behind pointers, as access to it is then not tracked at run time.
final class ColumnDraft {
  private let interner = ValueInterner()
  /// Values of the records so far, shorter than the records where the last ones had none.
  private let values: UnsafeMutablePointer<Growing<UInt32>>

  /// The insides, for loops; valid while the draft lives.
  struct Lane: BitwiseCopyable {
    let core: UnsafeMutablePointer<ValueInterner.Core>
    let values: UnsafeMutablePointer<Growing<UInt32>>
  }

  var lane: Lane { Lane(core: interner.core, values: values) }

  init() {
    values = .allocate(capacity: 1)
    values.initialize(to: Growing<UInt32>(capacity: 32))
  }

  deinit {
    values.deinitialize(count: 1)
    values.deallocate()
  }

  /// The column, with no value for the records up to `records` that have none; the draft is done with.
  func column(_ name: String, records: Int) -> Column {
    while values.pointee.count < records { values.pointee.append(0) }
    let pool = interner.takePool()
    var filled = 0
    for value in 1..<max(pool.count, 1) { filled += Int(pool.counts[value]) }
    pool.counts[0] = UInt32(records - filled)
    return Column(name: name, values: values.pointee.take(), pool: pool)
  }
}

/// A value that waits for what the interner needs of memory.
struct Announced: BitwiseCopyable {
  static let limit = 96

  let column: UInt32
  let record: UInt32
  let hash: UInt32
  let text: UnsafeBufferPointer<UInt8>
}
