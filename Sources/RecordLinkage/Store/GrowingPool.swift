import Columns

/// A pool with an index of its texts, to which texts are added.
struct GrowingPool {
  private static let fetchAhead = 16

  let pool: ValuePool
  var index: GrowingIndex

  /// An index of a pool's texts, with room for an eighth more.
  static func index(of pool: ValuePool) -> HashIndex {
    let index = HashIndex(room: pool.count + pool.count / 8 + 1024)
    for value in 1..<max(pool.count, 1) { index.insert(stableHash(pool.text(value)), value) }
    return index
  }

  /// The number of a text, made if it is new, and counted as never seen then.
  ///
  /// - Throws: `StoreIsFull` when there is no room.
  mutating func number(of text: UnsafeBufferPointer<UInt8>) throws(StoreIsFull) -> Int {
    if text.isEmpty { return 0 }
    let hash = stableHash(text)
    if let known = index.first(
      hash,
      where: { [pool] number in
        let start = UnsafePointer(pool.bytes.base + Int(pool.offsets[number]))
        return pool.length(number) == text.count && equalBytes(start, text.baseAddress, text.count)
      })
    {
      return known
    }
    let number = pool.count
    guard pool.bytes.count + text.count < Int(UInt32.max), pool.bytes.append(contentsOf: text),
      pool.offsets.append(UInt32(pool.bytes.count)), pool.counts.append(0)
    else { throw StoreIsFull() }
    index.insert(hash, number)
    return number
  }

  /// The numbers of another pool's texts.
  mutating func numbers(of other: ValuePool) throws(StoreIsFull) -> Packed<UInt32> {
    let map = Packed<UInt32>(repeating: 0, count: other.count)
    for value in 1..<max(other.count, 1) {
      if value + Self.fetchAhead < other.count {
        index.fetch(stableHash(other.text(value + Self.fetchAhead)))
      }
      map[value] = UInt32(try number(of: other.text(value)))
    }
    return map
  }
}

/// There is no room for what is to be added: all must be done anew.
struct StoreIsFull: Error {}
