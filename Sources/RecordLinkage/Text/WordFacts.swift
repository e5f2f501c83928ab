import Columns

/// What is asked of the words of a text before the text itself.
///
/// Nearly all pairs of addresses, drawn at random or brought together by a name, have nothing in common; to part their
/// words anew for each pair took most of the time of small tables.
struct WordFacts: BitwiseCopyable {
  /// Words, without those with digits in them where `isAddress`.
  var count: UInt8 = 0
  /// Bytes of those words, with the spaces between them; 255 for all that are longer.
  var length: UInt8 = 0
  /// Bits that are set in `hashes`.
  var bits: UInt8 = 0
  /// One bit of 32 for each of the words.
  var hashes: UInt32 = 0
  /// The set of their bytes, as in `ValuePool.signatures`.
  var set: UInt32 = 0
  /// A hash of the first word with digits; 0 where there is none.
  var number: UInt32 = 0
  /// A hash of the words in their order.
  var all: UInt32 = 0

  /// The facts of each text of a pool.
  static func of(_ pool: ValuePool, isAddress: Bool) -> Packed<WordFacts> {
    let facts = Packed<WordFacts>(uninitialised: pool.count)
    for value in 0..<pool.count { facts[value] = WordFacts(pool.text(value), isAddress: isAddress) }
    return facts
  }

  init(_ text: UnsafeBufferPointer<UInt8>, isAddress: Bool) {
    var (words, bytes) = (0, 0)
    var mixed: UInt64 = 0
    var scan = WordScan(text)
    while let word = scan.next() {
      let hash = stableHash(word)
      if isAddress, WordScan.hasDigit(word) {
        if number == 0 { number = UInt32(truncatingIfNeeded: hash >> 32) | 1 }
        continue
      }
      if words > 0 {
        bytes += 1
        set |= 1
      }
      words += 1
      bytes += word.count
      hashes |= 1 << UInt32(hash >> 59)
      for byte in word { set |= 1 << UInt32(byte & 31) }
      mixed = foldedMultiply(mixed ^ hash, 0x9E37_79B9_7F4A_7C15)
    }
    count = UInt8(min(words, 255))
    length = UInt8(min(bytes, 255))
    bits = UInt8(hashes.nonzeroBitCount)
    all = UInt32(truncatingIfNeeded: mixed >> 32)
  }

  /// Whether the two texts may share as many words as are this share of the fewer; texts of one word share nothing.
  @inline(__always)
  func mayShare(_ share: Double, with other: WordFacts) -> Bool {
    let fewer = min(count, other.count)
    if fewer < 2 { return false }
    if fewer == 255 { return true }
    // Of two words that fell on one bit only one is seen.
    let hidden = Int(count - bits) + Int(other.count - other.bits)
    return Double((hashes & other.hashes).nonzeroBitCount + hidden) >= share * Double(fewer)
  }

  /// Whether the words may be within `edits` edits of each other.
  @inline(__always)
  func mayBeNear(_ other: WordFacts, edits: Int) -> Bool {
    if length == 255 || other.length == 255 { return true }
    return abs(Int(length) - Int(other.length)) <= edits && (set ^ other.set).nonzeroBitCount <= 2 * edits
  }
}

/// The words of a text that are parted by spaces, one after the other.
struct WordScan {
  private let text: UnsafeBufferPointer<UInt8>
  private var position = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  /// The next word; nil at the end.
  @inline(__always)
  mutating func next() -> UnsafeBufferPointer<UInt8>? {
    while position < text.count, text[position] == 0x20 { position &+= 1 }
    if position == text.count { return nil }
    let start = position
    while position < text.count, text[position] != 0x20 { position &+= 1 }
    return UnsafeBufferPointer(rebasing: text[start..<position])
  }

  @inline(__always)
  static func hasDigit(_ word: UnsafeBufferPointer<UInt8>) -> Bool {
    for byte in word where byte &- 0x30 < 10 { return true }
    return false
  }
}
