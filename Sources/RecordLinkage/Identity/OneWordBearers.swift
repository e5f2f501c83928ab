/// Who shows a single word of a name, a given or a family name alone.
///
/// In how many other names a word occurs says how common it is (`IdentityIndex`); a word alone occurs in none. Different
/// handles and addresses beside it stand for different people then: whether one word is the name of two is told by nothing
/// else.
struct OneWordBearers {
  /// By word, how many.
  let ofWord: [(word: UInt32, count: UInt32)]
  /// All of them.
  let all: Double

  init(_ index: IdentityIndex) {
    // The word, then the stem of a handle beside it.
    var pairs: [UInt64] = []
    for column in index.nameColumns {
      for record in 0..<column.count {
        let name = Int(column[record])
        if name == 0 || index.isHandle[name] || index.person[name] != 0 { continue }
        let words = index.words(of: name)
        guard words.count == 1, let word = words.first else { continue }
        for handles in index.handleColumns where handles[record] != 0 {
          pairs.append(UInt64(word) << 32 | UInt64(index.stem[Int(handles[record])]))
        }
        for addresses in index.addressColumns where addresses[record] != 0 {
          let handle = Int(index.handleOfAddress[Int(addresses[record])])
          if handle != 0 { pairs.append(UInt64(word) << 32 | UInt64(index.stem[handle])) }
        }
      }
    }
    pairs.withUnsafeMutableBufferPointer { radixSort($0, bits: 0..<64) }
    var counts: [(word: UInt32, count: UInt32)] = []
    var all = 0.0
    var last: UInt64?
    for pair in pairs where pair != last {
      let word = UInt32(pair >> 32)
      if counts.last?.word != word { counts.append((word, 0)) }
      counts[counts.count - 1].count += 1
      all += 1
      last = pair
    }
    (ofWord, self.all) = (counts, all)
  }
}
