internal import CKernels

/// What a word counts for whatever stands around it.
struct WordRates {
  private let indexPointer = RateIndex.shared
  let text: UnsafeMutablePointer<UInt32>
  let kinds: UnsafeMutablePointer<UInt8>

  init(text: UnsafeMutablePointer<UInt32>, kinds: UnsafeMutablePointer<UInt8>) {
    self.text = text
    self.kinds = kinds
  }

  @inline(__always) private var index: RateIndex { indexPointer.pointee }

  /// The number of a listed word, or -1.
  @inline(__always)
  func find(_ token: PostToken) -> Int32 {
    guard token.length <= 24 else { return -1 }
    let tag = RateIndex.wordTag(token.folded)
    var slot = RateIndex.wordSlot(token.folded)
    while index.slots[slot] != 0 {
      let entry = index.slots[slot]
      let number = Int32(bitPattern: entry & 0xFFFF) - 1
      if entry & 0xFFFF_0000 == tag, matches(token, index.words[Int(number)]) { return number }
      slot = (slot + 1) & (RateIndex.wordSlots - 1)
    }
    return -1
  }

  /// The number of a listed word if pairs begin with it, else -1.
  @inline(__always)
  func beginningPair(_ word: Int32) -> Int32 {
    word >= 0 && index.words[Int(word)].lastPair > 0 ? word : -1
  }

  @inline(__always)
  private func matches(_ token: PostToken, _ word: RateIndexTables.Word) -> Bool {
    guard token.length == UInt32(word.length) else { return false }
    for offset in 0..<Int(word.length)
    where PostTokens.folded(text[Int(token.start) + offset]) != index.scalars[Int(word.firstScalar) + offset]
    {
      return false
    }
    return true
  }

  /// Calls `found` with each rate of a listed word, and with those of length and case; with a digit's as well.
  @inline(__always)
  func forEach(_ token: PostToken, _ word: Int32, _ found: (Int) -> Void) {
    let start = Int(token.start)
    let length = Int(token.length)
    func habit(_ habit: RateHabit) { found(index.firstHabit + habit.rawValue) }
    found(index.firstWordLength + min(20, length) - 1)
    let lower = token.kinds & UInt32(COG_LOWER) != 0
    let upper = token.kinds & UInt32(COG_UPPER) != 0
    if length == 1 {
      if text[start] == 0x69 { habit(.lowercaseI) }
      if text[start] == 0x49 { habit(.capitalI) }
    } else if upper {
      let several = token.kinds & PostToken.capitals != 0
      if several, !lower {
        habit(.allCaps)
      } else if !several, kinds[start] & UInt8(COG_UPPER) != 0 {
        habit(.capitalized)
      } else if lower {
        habit(.mixedCase)
      }
    } else if lower {
      habit(.lowercaseWord)
    }
    if lower || upper, token.kinds & UInt32(COG_DIGIT) != 0 { habit(.withDigit) }
    if token.kinds & UInt32(COG_APOSTROPHE) != 0 {
      var straight = false
      var curly = false
      for position in start..<start + length {
        straight = straight || text[position] == 0x27
        if text[position] == 0x2019 {
          curly = true
          found(index.curlyMark)
        }
      }
      if straight { habit(.straightApostrophe) }
      if curly { habit(.curlyApostrophe) }
    }
    guard word >= 0 else { return }
    let entry = index.words[Int(word)]
    if entry.rate >= 0 { found(Int(entry.rate)) }
    for other in 0..<entry.otherCount { found(Int(index.others[Int(entry.firstOther + other)])) }
  }
}
