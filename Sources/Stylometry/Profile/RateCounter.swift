internal import CKernels

/// Counts the rates of one post into an array. It finds what `RateScanner` finds, from tokens and bits instead of strings.
struct RateCounter {
  // Nothing here changes: what is handed to each function is then where this stands, and no copy.
  private let indexPointer = RateIndex.shared
  private let rates: UnsafeMutablePointer<UInt32>
  private let units: UnsafeMutablePointer<UInt64>
  let text: UnsafeMutablePointer<UInt32>
  let kinds: UnsafeMutablePointer<UInt8>
  let count: Int

  init(
    rates: UnsafeMutablePointer<UInt32>, units: UnsafeMutablePointer<UInt64>, post: borrowing PostText
  ) {
    self.rates = rates
    self.units = units
    text = post.text
    kinds = post.kinds
    count = post.count
  }

  /// All rates of the post but those of single ASCII characters and tabs, and all units but characters.
  func add(_ tokens: borrowing PostTokens) {
    units[RateUnit.posts.rawValue] += 1
    countSpaces(tokens.bits)
    var line = Line(start: 0)
    var words = 0
    var sentenceStarts = true
    var previous: Int32 = -1
    for number in 0..<tokens.count {
      let token = tokens.tokens[number]
      let start = Int(token.start)
      if token.length == 0 {
        finish(line, end: start)
        line = Line(start: start + 1)
        sentenceStarts = true
        previous = -1
        continue
      }
      if line.first < 0 { line.first = start }
      line.end = start + Int(token.length)
      line.kinds |= token.kinds
      if token.kinds & PostToken.face != 0, start == 0 || isSpace(start - 1) {
        countFace(start, tokens.bits)
      }
      guard token.kinds & PostToken.word != 0 else {
        previous = -1
        countMark(start)
        switch text[start] {
        case 0x2E, 0x21, 0x3F, 0x2026: sentenceStarts = true
        default: break
        }
        continue
      }
      words += 1
      line.words += 1
      var word = token.counts.word
      var beginsPair = token.counts.beginsPair
      if word == -2 {
        word = countUnknown(token)
        beginsPair = WordRates(text: text, kinds: kinds).beginningPair(word)
      } else {
        for lane in 0..<4 { bump(Int(token.counts.rates[lane])) }
      }
      if sentenceStarts {
        sentenceStarts = false
        countSentence(start, word)
      }
      if previous >= 0, word >= 0 { countPair(previous, word) }
      previous = beginsPair
    }
    finish(line, end: count)
    units[RateUnit.words.rawValue] += UInt64(words)
    if words > 0 { bump(index.firstPostLength + 2 * Self.step(words)) }
  }

  @inline(__always) private var index: RateIndex { indexPointer.pointee }

  private struct Line {
    let start: Int
    var first = -1
    var end = 0
    var kinds: UInt32 = 0
    var words = 0
  }

  @inline(__always) func bump(_ rate: Int) { rates[rate] &+= 1 }

  @inline(__always) func found(_ habit: RateHabit) { bump(index.firstHabit + habit.rawValue) }

  @inline(__always) func at(_ position: Int) -> UInt32 {
    position >= 0 && position < count ? text[position] : 0x20
  }

  @inline(__always) func kind(_ position: Int) -> UInt8 {
    position >= 0 && position < count ? kinds[position] : UInt8(COG_SPACE)
  }

  @inline(__always) func isSpace(_ position: Int) -> Bool { kind(position) & UInt8(COG_SPACE) != 0 }

  @inline(__always) func isWord(_ position: Int) -> Bool { kind(position) & UInt8(COG_WORD) != 0 }

  @inline(__always) func isDigit(_ position: Int) -> Bool { kind(position) & UInt8(COG_DIGIT) != 0 }

  /// The power of two at or under a count, at most 9.
  private static func step(_ count: Int) -> Int { min(9, Int.bitWidth - 1 - count.leadingZeroBitCount) }

  // MARK: Spaces and faces

  /// Rows of spaces.
  private func countSpaces(_ bits: UnsafeMutablePointer<UInt64>) {
    var before: UInt64 = 0
    for block in 0..<(count + 63) / 64 {
      let spaces = bits[8 * block]
      var second = spaces & (spaces << 1 | before)
      before = spaces >> 63
      while second != 0 {
        let position = 64 * block + second.trailingZeroBitCount
        second &= second - 1
        guard text[position] == 0x20, text[position - 1] == 0x20,
          position < 2 || text[position - 2] != 0x20
        else { continue }
        var end = position + 1
        while end < count, text[end] == 0x20 { end += 1 }
        if end < count { found(.doubleSpace) }
      }
    }
  }

  /// Faces of two to four characters between white space.
  @inline(__always)
  private func countFace(_ start: Int, _ bits: UnsafeMutablePointer<UInt64>) {
    let row = bits + 8 * (start >> 6)
    let shift = UInt64(start & 63)
    // The next bits, and of the block after this one what fits in.
    func next(_ kind: Int) -> UInt64 { (row[kind] >> shift) | ((row[8 + kind] << 1) << (63 - shift)) }
    let length = min(next(0).trailingZeroBitCount, count - start)
    let lower = (~next(3)).trailingZeroBitCount >= length
    let mayBeFace = !lower || index.lowerFaces >> (text[start] &- 0x61) & 1 != 0
    guard length > 1, length < 5, mayBeFace else { return }
    var key: UInt32 = 0
    var all: UInt32 = 0
    for offset in 0..<length {
      let scalar = text[start + offset]
      all |= scalar
      key |= scalar << UInt32(8 * offset)
    }
    guard all < 0x80 else { return }
    var slot = RateIndex.slot(key, of: RateIndex.faceSlots)
    while index.faces[slot] != 0, index.faces[slot] != key { slot = (slot + 1) & (RateIndex.faceSlots - 1) }
    if index.faces[slot] == key { bump(Int(index.faceRates[slot])) }
  }

  func countWide(_ scalar: UInt32) {
    var slot = RateIndex.slot(scalar, of: RateIndex.wideSlots)
    while index.wideScalars[slot] != 0 {
      if index.wideScalars[slot] == scalar { return bump(Int(index.wideRates[slot])) }
      slot = (slot + 1) & (RateIndex.wideSlots - 1)
    }
  }

  // MARK: Lines

  private func finish(_ line: Line, end: Int) {
    units[RateUnit.lines.rawValue] += 1
    guard line.first >= 0 else { return found(.blankLine) }
    if line.first > line.start { found(.lineStartsSpace) }
    if line.end < end { found(.lineEndsSpace) }
    let first = kinds[line.first]
    if first & UInt8(COG_LOWER) != 0 { found(.lineStartsLower) }
    if first & UInt8(COG_UPPER) != 0 { found(.lineStartsCapital) }
    switch text[line.first] {
    case 0x2D, 0x2A, 0x2022: if at(line.first + 1) == 0x20 { found(.lineStartsBullet) }
    default: break
    }
    let last = text[line.end - 1]
    switch last {
    case 0x2E:
      found(line.end - line.first > 1 && text[line.end - 2] == 0x2E ? .lineEndsEllipsis : .lineEndsPeriod)
    case 0x2026: found(.lineEndsEllipsis)
    case 0x3F: found(.lineEndsQuestion)
    case 0x21: found(.lineEndsExclamation)
    case 0x2C: found(.lineEndsComma)
    default:
      if isWord(line.end - 1) { found(.lineEndsBare) }
      if last >= 0x80, ScalarClass.isEmoji(last) { found(.lineEndsEmoji) }
    }
    if line.kinds & UInt32(COG_LOWER) != 0, line.kinds & UInt32(COG_UPPER) == 0 { found(.lineAllLower) }
    if line.words == 1 { found(.lineOneWord) }
    if line.words > 0 { bump(index.firstLineLength + 2 * Self.step(line.words)) }
  }

  // MARK: Words

  /// A word that is not remembered; returns its number in the lists, or -1.
  @inline(never)
  private func countUnknown(_ token: PostToken) -> Int32 {
    let words = WordRates(text: text, kinds: kinds)
    let word = words.find(token)
    words.forEach(token, word) { bump($0) }
    if token.kinds & UInt32(COG_RARE | COG_DRAWN) != 0 { countUnusual(token) }
    return word
  }

  @inline(__always)
  private func countPair(_ first: Int32, _ second: Int32) {
    let word = index.words[Int(first)]
    for pair in Int(word.firstPair)..<Int(word.lastPair) where index.pairSeconds[pair] == second {
      bump(Int(index.pairRates[pair]))
    }
  }

  @inline(__always)
  private func countSentence(_ start: Int, _ word: Int32) {
    units[RateUnit.sentences.rawValue] += 1
    if kinds[start] & UInt8(COG_LOWER) != 0 { found(.sentenceStartsLower) }
    guard word >= 0 else { return }
    if word == index.and { found(.sentenceStartsAnd) }
    if word == index.but { found(.sentenceStartsBut) }
    if word == index.so { found(.sentenceStartsSo) }
    if word == index.i { found(.sentenceStartsI) }
  }

  /// Underscores, letters beyond ASCII and letters that are drawn out.
  private func countUnusual(_ token: PostToken) {
    let range = Int(token.start)..<Int(token.start + token.length)
    if token.kinds & UInt32(COG_DRAWN) != 0 { countDrawn(range) }
    guard token.kinds & UInt32(COG_RARE) != 0 else { return }
    var underscore = false
    var wide = false
    for position in range {
      let scalar = text[position]
      underscore = underscore || scalar == 0x5F
      if scalar >= 0x80, scalar != 0x2019 {
        wide = true
        countWide(scalar)
      }
      if scalar == 0x5F, position == 0 || isSpace(position - 1), isWord(position + 1) { found(.underscored) }
    }
    if underscore, range.count > 1 { found(.underscoreWord) }
    if wide { found(.nonASCIIWord) }
  }

  private func countDrawn(_ range: Range<Int>) {
    var start = range.lowerBound
    while start < range.upperBound {
      let folded = text[start] | 0x20
      var end = start + 1
      while end < range.upperBound, text[end] | 0x20 == folded { end += 1 }
      if end - start >= 3, kinds[start] & UInt8(COG_LOWER | COG_UPPER) != 0 {
        bump(index.firstElongation + Int(folded) - 0x61)
      }
      start = end
    }
    found(.elongatedWord)
  }
}
