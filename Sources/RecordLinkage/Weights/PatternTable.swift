import Columns

/// How often each combination of levels occurs among pairs: what EM runs on.
///
/// A pattern is the key that made the pair, then a level for each field. Open addressing; equal hashes are confirmed by
/// the levels.
final class PatternTable {
  let fieldCount: Int
  /// Bytes of a pattern: the key, then the levels.
  let width: Int
  /// The state stands behind a pointer, as access to it is then not tracked at run time.
  private let core: UnsafeMutablePointer<Core>

  private struct Core: ~Copyable {
    var levels = Growing<UInt8>(capacity: 1 << 12)
    var counts = Growing<UInt32>(capacity: 1 << 10)
    /// By slot, the number of its pattern and 1; 0 is free.
    var slots = Packed<UInt32>(repeating: 0, count: 1 << 12)
  }

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    width = fieldCount + 1
    core = .allocate(capacity: 1)
    core.initialize(to: Core())
  }

  deinit {
    core.deinitialize(count: 1)
    core.deallocate()
  }

  /// Patterns.
  var count: Int { core.pointee.counts.count }

  /// By pattern, its pairs.
  var counts: UnsafePointer<UInt32> { UnsafePointer(core.pointee.counts.base) }

  /// By pattern, `width` bytes: its key, then its levels. Until the next `add`.
  var rows: UnsafePointer<UInt8> { UnsafePointer(core.pointee.levels.base) }

  /// Counts one pair and returns the number of its pattern.
  @discardableResult
  func add(_ pattern: UnsafeBufferPointer<UInt8>, times: UInt32 = 1) -> Int {
    let slots = core.pointee.slots
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: stableHash(pattern)) & mask
    while slots.base[slot] != 0 {
      let known = Int(slots.base[slot]) - 1
      if equalBytes(core.pointee.levels.base + known * width, pattern.baseAddress, width) {
        core.pointee.counts[known] &+= times
        return known
      }
      slot = (slot + 1) & mask
    }
    core.pointee.levels.append(contentsOf: pattern)
    core.pointee.counts.append(times)
    slots.base[slot] = UInt32(count)
    if count * 2 > slots.count { grow() }
    return count - 1
  }

  /// Counts what another table has counted; patterns that are new come in the order in which they stand there.
  func add(_ other: PatternTable) {
    for pattern in 0..<other.count {
      add(
        UnsafeBufferPointer(start: other.rows + pattern * width, count: width), times: other.counts[pattern])
    }
  }

  /// The key of a pattern.
  @inline(__always) func key(_ pattern: Int) -> Int { Int(rows[pattern * width]) }

  /// A level of a pattern.
  @inline(__always) func level(_ pattern: Int, _ field: Int) -> Int { Int(rows[pattern * width + 1 + field]) }

  private func grow() {
    let slots = Packed<UInt32>(repeating: 0, count: core.pointee.slots.count * 2)
    for pattern in 0..<count {
      let hash = stableHash(UnsafeBufferPointer(start: rows + pattern * width, count: width))
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots.base[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots.base[slot] = UInt32(pattern + 1)
    }
    core.pointee.slots = slots
  }
}
