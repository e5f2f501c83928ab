import Columns

/// The levels of some fields in the patterns of a table, each combination once: what is worked out of them alone is worked
/// out once for all patterns that have it.
struct PatternParts {
  /// By pattern, its combination.
  private let numbers: Packed<UInt32>
  /// By combination, the first pattern that has it.
  private let firsts: Packed<UInt32>
  private let table: PatternTable

  init(_ table: PatternTable, fields: [Int]) {
    self.table = table
    let numbers = Packed<UInt32>(uninitialised: table.count)
    var firsts = Growing<UInt32>(capacity: 1 << 10)
    // The first byte stands for the key and is the same for all.
    let parts = PatternTable(fieldCount: fields.count)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: fields.count + 1) { part in
      part[0] = 0
      for pattern in 0..<table.count {
        for (position, field) in fields.enumerated() {
          part[position + 1] = UInt8(truncatingIfNeeded: table.level(pattern, field))
        }
        let number = parts.add(UnsafeBufferPointer(part))
        numbers[pattern] = UInt32(truncatingIfNeeded: number)
        if number == firsts.count { firsts.append(UInt32(truncatingIfNeeded: pattern)) }
      }
    }
    self.numbers = numbers
    self.firsts = firsts.packed()
  }

  /// The combination of a pattern.
  @inline(__always)
  func number(of pattern: Int) -> Int { Int(numbers[pattern]) }

  /// What is worked out of each combination, from the levels by field; it may ask for those of the fields alone.
  func map(_ body: ((Int) -> Int) -> Float) -> Packed<Float> {
    let result = Packed<Float>(uninitialised: firsts.count)
    for number in 0..<firsts.count {
      let levels = table.rows + Int(firsts[number]) * table.width + 1
      result[number] = body { Int(levels[$0]) }
    }
    return result
  }
}
