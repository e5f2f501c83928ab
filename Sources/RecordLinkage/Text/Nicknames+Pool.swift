import Columns
import Identifiers

extension Nicknames {
  /// By value of a pool of folded names: the lines it stands in; 0 for none.
  static func groups(of pool: ValuePool) -> Packed<UInt64> {
    let groups = Packed<UInt64>(repeating: 0, count: pool.count)
    for value in 1..<max(pool.count, 1) {
      groups[value] = Self.groups(of: pool.string(value), length: pool.text(value).count)
    }
    return groups
  }
}
