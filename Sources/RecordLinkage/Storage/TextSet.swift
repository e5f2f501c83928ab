import Columns

/// A fixed set of short texts that is asked about millions of others, nearly all of which are not in it.
struct TextSet: Sendable {
  private let longest: Int
  private let bits: UInt64
  /// By slot, the number of a text and 1, or 0.
  private let slots: [UInt16]
  private let texts: [[UInt8]]
  private let hashes: [UInt64]

  init(_ texts: some Sequence<String>) {
    let sorted = texts.sorted().map { Array($0.utf8) }
    self.texts = sorted
    longest = sorted.map(\.count).max() ?? 0
    var bits: UInt64 = 4
    while 1 << bits < sorted.count * 16 { bits += 1 }
    self.bits = bits
    hashes = sorted.map { $0.withUnsafeBufferPointer { stableHash($0) } }
    var slots = [UInt16](repeating: 0, count: 1 << Int(bits))
    for (number, hash) in hashes.enumerated() {
      var slot = Int(hash >> (64 - bits))
      while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = UInt16(truncatingIfNeeded: number + 1)
    }
    self.slots = slots
  }

  /// Whether the text is in the set. One hash and mostly one look.
  func contains(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if text.count > longest { return false }
    let hash = stableHash(text)
    var slot = Int(hash >> (64 - bits))
    while slots[slot] != 0 {
      let number = Int(slots[slot]) - 1
      if hashes[number] == hash, texts[number].elementsEqual(text) { return true }
      slot = (slot + 1) & (slots.count - 1)
    }
    return false
  }
}
