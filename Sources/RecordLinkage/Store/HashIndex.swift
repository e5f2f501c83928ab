import CKernels

/// Numbers by the hash of what they stand for: open addressing over a power-of-two table, laid out as it is stored.
///
///     slots     upper half of the hash | number and 1       0 is free
///
/// Hashes may collide; who looks a number up compares what it stands for.
struct HashIndex: Codable {
  private let slots: StoredArray<UInt64>
  private let bits: Int

  /// An index with room for so many numbers.
  init(room: Int) {
    var bits = 4
    while 1 << bits < room + room / 2 + 8 { bits += 1 }
    self.bits = bits
    slots = StoredArray(Packed(repeating: 0, count: 1 << bits))
  }

  /// Numbers that can be held, with a third of the table free.
  var room: Int { (1 << bits) / 3 * 2 }

  /// Adds a number; there must be room.
  func insert(_ hash: UInt64, _ number: Int) {
    let table = slots.array
    var slot = Int(hash >> UInt64(64 - bits))
    while table[slot] != 0 { slot = (slot + 1) & (table.count - 1) }
    table[slot] = hash & 0xffff_ffff_0000_0000 | UInt64(number + 1)
  }

  /// Has what `first` reads first fetched.
  @inline(__always)
  func fetch(_ hash: UInt64) { cog_prefetch(slots.array.base + Int(hash >> UInt64(64 - bits))) }

  /// The first number of a hash that stands for what is looked for.
  @inline(__always)
  func first(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    let table = slots.array.base
    let mask = (1 << bits) - 1
    var slot = Int(hash >> UInt64(64 - bits))
    while table[slot] != 0 {
      if (table[slot] ^ hash) >> 32 == 0 {
        let number = Int(table[slot] & 0xffff_ffff) - 1
        if isSame(number) { return number }
      }
      slot = (slot + 1) & mask
    }
    return nil
  }
}

/// A stored index with a small one beside it for what is new, so that the stored one stays as it is mapped until all is
/// stored anew.
struct GrowingIndex {
  private let stored: HashIndex
  /// Grows with what is new, so that no more memory is touched than that needs.
  private var added = HashIndex(room: 256)
  private var news: [(hash: UInt64, number: Int)] = []

  init(_ stored: HashIndex) { self.stored = stored }

  /// Has what `first` reads first fetched.
  @inline(__always)
  func fetch(_ hash: UInt64) { stored.fetch(hash) }

  @inline(__always)
  func first(_ hash: UInt64, where isSame: (Int) -> Bool) -> Int? {
    stored.first(hash, where: isSame) ?? added.first(hash, where: isSame)
  }

  mutating func insert(_ hash: UInt64, _ number: Int) {
    news.append((hash, number))
    if news.count <= added.room { return added.insert(hash, number) }
    added = HashIndex(room: 4 * news.count)
    for (hash, number) in news { added.insert(hash, number) }
  }

  /// One index of all; nil when the stored one has no room for `count` numbers.
  func joined(count: Int) -> HashIndex? {
    if count > stored.room { return nil }
    for (hash, number) in news { stored.insert(hash, number) }
    return stored
  }
}
