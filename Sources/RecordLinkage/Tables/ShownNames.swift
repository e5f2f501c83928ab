/// Names that platforms show beside user names: "Kay Roe" beside kay.roe, "Kay" beside kayroe88, and the user name itself
/// where nobody gave one.
enum ShownNames {
  /// Of the records that have a value and a user name or an e-mail address, the share whose user name has the first or last
  /// word of the value in it, from which on a column is one of names. In one of names that is a third or more, in one of
  /// towns or occupations next to none.
  static let leastShare = 0.2
  /// Fewer such records tell nothing.
  static let fewestRecords = 20
  /// Records that are looked at.
  static let sampleSize = 2_000
  /// A shorter word may be in a user name by chance.
  static let shortestWord = 4

  /// The share of such records; 0 where there are too few.
  static func share(of column: Column, beside handles: [Column]) -> Double {
    var (seen, told) = (0, 0)
    var (text, handle): ([UInt8], [UInt8]) = ([], [])
    for record in 0..<min(column.values.count, sampleSize) where column.values[record] != 0 {
      TextFolding.foldWords(column.pool.text(Int(column.values[record])), into: &text)
      let words = text.split(separator: 0x20)
      var (isSeen, isTold) = (false, false)
      for other in handles where other.values[record] != 0 {
        let written = other.pool.text(Int(other.values[record]))
        TextFolding.foldCode(UnsafeBufferPointer(rebasing: written.prefix { $0 != 0x40 }), into: &handle)
        isSeen = true
        isTold = isTold || [words.first, words.last].contains { $0.map { isName($0, in: handle) } ?? false }
      }
      if isSeen { seen += 1 }
      if isTold { told += 1 }
    }
    return seen < fewestRecords ? 0 : Double(told) / Double(seen)
  }

  /// Whether a word is in a user name as a name is: without digits, and not the whole of it.
  private static func isName(_ word: ArraySlice<UInt8>, in handle: [UInt8]) -> Bool {
    guard word.count >= shortestWord, word.count < handle.count, !word.contains(where: { $0 &- 0x30 < 10 })
    else { return false }
    return (0...handle.count - word.count).contains { handle[$0..<$0 + word.count].elementsEqual(word) }
  }
}
