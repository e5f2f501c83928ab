/// Which records the pages of one return gave already: a preserved copy of an account holds much of what its records hold.
struct RepeatedRecords {
  /// By record, the part of the return that gave it first.
  private var given: [Int: UInt64] = [:]

  /// Whether another part gave the same record before.
  mutating func isRepeated(_ hash: Int, from part: UInt64) -> Bool {
    if let first = given[hash] { return first != part }
    given[hash] = part
    return false
  }
}
