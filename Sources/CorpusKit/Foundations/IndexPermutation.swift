import Columns

/// A pseudo-random order of the numbers from 0 to `count` - 1, without a table.
///
/// A balanced Feistel network of four rounds over the next even power of two, walked until it falls inside the
/// range (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", 2002). At most four steps a number on
/// average. It lets a generator write its rows in shuffled order without holding them.
struct IndexPermutation: Sendable {
  private let count: UInt64
  private let half: UInt64
  private let mask: UInt64
  private let keys: (UInt64, UInt64, UInt64, UInt64)

  init(count: Int, seed: UInt64) {
    self.count = UInt64(max(count, 1))
    var bits: UInt64 = 2
    while bits < 62, (1 << bits) < self.count { bits += 2 }
    half = bits / 2
    mask = (1 << half) - 1
    var state = seed
    keys = (splitMix64(&state), splitMix64(&state), splitMix64(&state), splitMix64(&state))
  }

  subscript(index: Int) -> Int {
    var value = UInt64(index)
    repeat {
      var left = value >> half
      var right = value & mask
      (left, right) = (right, left ^ (mix(right, keys.0) & mask))
      (left, right) = (right, left ^ (mix(right, keys.1) & mask))
      (left, right) = (right, left ^ (mix(right, keys.2) & mask))
      (left, right) = (right, left ^ (mix(right, keys.3) & mask))
      value = left << half | right
    } while value >= count
    return Int(value)
  }

  private func mix(_ value: UInt64, _ key: UInt64) -> UInt64 {
    let product = (value ^ key).multipliedFullWidth(by: 0x9e37_79b9_7f4a_7c15 ^ key)
    return product.high ^ product.low
  }
}
