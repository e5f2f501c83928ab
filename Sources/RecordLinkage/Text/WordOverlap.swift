/// Words that two texts have in common.
enum WordOverlap {
  /// Share of the words of the text with fewer words that the other has too, 0...1; words are parted by single spaces.
  /// Texts of one word share nothing here: they are compared letter by letter.
  static func share(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Double {
    let (one, two) = (words(left), words(right))
    let fewer = min(one.count, two.count)
    if fewer < 2 { return 0 }
    var found = 0
    var used: UInt64 = 0
    for word in one {
      for (position, candidate) in two.enumerated() where position < 64 && used >> UInt64(position) & 1 == 0 {
        if candidate.count == word.count, candidate.elementsEqual(word) {
          used |= 1 << UInt64(position)
          found += 1
          break
        }
      }
    }
    return Double(found) / Double(fewer)
  }

  private static func words(_ text: UnsafeBufferPointer<UInt8>) -> [Slice<UnsafeBufferPointer<UInt8>>] {
    text.split(separator: 0x20, maxSplits: 31)
  }
}
