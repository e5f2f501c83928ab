/// Words that two texts have in common.
enum WordOverlap {
  /// Words of a text that are looked at.
  static let wordLimit = 32

  /// Share of the words of the text with fewer words that the other has too, 0...1; words are parted by spaces.
  /// Texts of one word share nothing here: they are compared letter by letter.
  ///
  /// O(words x words); nothing is allocated.
  static func share(_ left: UnsafeBufferPointer<UInt8>, _ right: UnsafeBufferPointer<UInt8>) -> Double {
    withUnsafeTemporaryAllocation(of: UnsafeBufferPointer<UInt8>.self, capacity: wordLimit) { words in
      var count = 0
      var scan = WordScan(right)
      while count < wordLimit, let word = scan.next() {
        words.initializeElement(at: count, to: word)
        count += 1
      }
      var used: UInt32 = 0
      var (own, found) = (0, 0)
      scan = WordScan(left)
      while own < wordLimit, let word = scan.next() {
        own += 1
        for place in 0..<count where used >> UInt32(place) & 1 == 0 && words[place].count == word.count {
          if equalBytes(word, words[place]) {
            used |= 1 << UInt32(place)
            found += 1
            break
          }
        }
      }
      let fewer = min(own, count)
      return fewer < 2 ? 0 : Double(found) / Double(fewer)
    }
  }

  @inline(__always)
  private static func equalBytes(
    _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    for place in 0..<one.count where one[place] != other[place] { return false }
    return true
  }
}
