/// A number for each of some pairs of numbers: open addressing, linear probing, deletion by shifting back.
///
/// One table serves many graphs in turn; emptying it costs what the next graph needs, not what the largest had.
struct PairTable {
  /// First number in the upper half, second in the lower one; `free` for a free slot.
  private var keys: [UInt64] = []
  private var values: [UInt32] = []
  private var mask = 0
  private var used = 0

  private static let free = UInt64.max
  /// Stands for "no value".
  static let none = UInt32.max

  /// Empties the table and makes it fit for about so many pairs.
  mutating func reset(expecting pairs: Int) {
    var size = 16
    while size < 2 * pairs { size *= 2 }
    if keys.count < size {
      keys = [UInt64](repeating: Self.free, count: size)
      values = [UInt32](repeating: Self.none, count: size)
    } else {
      for slot in 0..<size { keys[slot] = Self.free }
    }
    mask = size - 1
    used = 0
  }

  @inline(__always) private func home(_ key: UInt64) -> Int {
    Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }

  @inline(__always) private static func key(_ one: UInt32, _ other: UInt32) -> UInt64 {
    UInt64(one) << 32 | UInt64(other)
  }

  /// The value of a pair, or `none`. The order of the two numbers matters.
  func value(_ one: UInt32, _ other: UInt32) -> UInt32 {
    let key = Self.key(one, other)
    var slot = home(key)
    while keys[slot] != Self.free {
      if keys[slot] == key { return values[slot] }
      slot = (slot + 1) & mask
    }
    return Self.none
  }

  /// Gives a pair a value.
  mutating func set(_ one: UInt32, _ other: UInt32, _ value: UInt32) {
    if 2 * (used + 1) > mask + 1 { grow() }
    insert(Self.key(one, other), value)
  }

  private mutating func insert(_ key: UInt64, _ value: UInt32) {
    var slot = home(key)
    while keys[slot] != Self.free, keys[slot] != key { slot = (slot + 1) & mask }
    if keys[slot] == Self.free { used += 1 }
    keys[slot] = key
    values[slot] = value
  }

  /// Takes a pair out.
  mutating func remove(_ one: UInt32, _ other: UInt32) {
    let key = Self.key(one, other)
    var slot = home(key)
    while keys[slot] != key {
      if keys[slot] == Self.free { return }
      slot = (slot + 1) & mask
    }
    used -= 1
    var next = (slot + 1) & mask
    while keys[next] != Self.free {
      // An entry may move back unless that would put it before its home.
      if (next &- home(keys[next])) & mask >= (next &- slot) & mask {
        keys[slot] = keys[next]
        values[slot] = values[next]
        slot = next
      }
      next = (next + 1) & mask
    }
    keys[slot] = Self.free
  }

  private mutating func grow() {
    let (oldKeys, oldValues, oldSize) = (keys, values, mask + 1)
    reset(expecting: oldSize)
    for slot in 0..<oldSize where oldKeys[slot] != Self.free { insert(oldKeys[slot], oldValues[slot]) }
  }
}
