import Columns

/// How often each combination of levels occurs among pairs: what EM runs on.
///
/// A pattern is the key that made the pair, then a level for each field. Open addressing; equal hashes are confirmed by
/// the levels.
final class PatternTable {
  let fieldCount: Int
  /// Bytes of a pattern: the key, then the levels.
  let width: Int
  private var levels = Growing<UInt8>(capacity: 1 << 12)
  private(set) var counts = Growing<UInt32>(capacity: 1 << 10)
  private var slots: [UInt32]

  init(fieldCount: Int) {
    self.fieldCount = fieldCount
    width = fieldCount + 1
    slots = Array(repeating: .max, count: 1 << 12)
  }

  var count: Int { counts.count }

  /// Counts one pair and returns the number of its pattern.
  @discardableResult
  func add(_ pattern: UnsafeBufferPointer<UInt8>, times: UInt32 = 1) -> Int {
    let hash = stableHash(pattern)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] != .max {
      let known = Int(slots[slot])
      if equalBytes(levels.base + known * width, pattern.baseAddress, width) {
        counts[known] &+= times
        return known
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = UInt32(counts.count)
    levels.append(contentsOf: pattern)
    counts.append(times)
    if counts.count * 2 > slots.count { grow() }
    return counts.count - 1
  }

  /// Counts what another table has counted; patterns that are new come in the order in which they stand there.
  func add(_ other: PatternTable) {
    for pattern in 0..<other.count {
      add(
        UnsafeBufferPointer(start: other.levels.base + pattern * width, count: width),
        times: other.counts[pattern])
    }
  }

  /// The key of a pattern.
  @inline(__always) func key(_ pattern: Int) -> Int { Int(levels[pattern * width]) }

  /// A level of a pattern.
  @inline(__always) func level(_ pattern: Int, _ field: Int) -> Int {
    Int(levels[pattern * width + 1 + field])
  }

  private func grow() {
    slots = Array(repeating: .max, count: slots.count * 2)
    for pattern in 0..<counts.count {
      let hash = stableHash(UnsafeBufferPointer(start: levels.base + pattern * width, count: width))
      var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
      while slots[slot] != .max { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt32(pattern)
    }
  }
}
