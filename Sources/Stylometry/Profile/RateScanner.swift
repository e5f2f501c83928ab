/// Finds every occurrence of every rate in a cleaned post: for counting, and for showing examples.
struct RateScanner {
  private let text: [UInt32]
  private let emit: (Int, Range<Int>) -> Void
  private static let firstHabit = RateCatalogue.tables.byName["habit.\(RateHabit.lowercaseI.name)"] ?? 0
  private static let postLengths = (0...9).map { RateCatalogue.tables.byName["length.post.\($0)"] ?? 0 }
  private static let lineLengths = (0...9).map { RateCatalogue.tables.byName["length.line.\($0)"] ?? 0 }
  private static let wordLengths = (1...20).map { RateCatalogue.tables.byName["length.word.\($0)"] ?? 0 }
  private static let elongations = (UInt8(ascii: "a")...UInt8(ascii: "z")).map {
    RateCatalogue.tables.byName["elongated.\(Unicode.Scalar($0))"] ?? 0
  }

  /// Calls `emit` with each rate and the range of scalars that counts for it, and adds up the units but characters.
  static func scan(_ text: [UInt32], units: inout [UInt64], emit: (Int, Range<Int>) -> Void) {
    withoutActuallyEscaping(emit) { emit in
      let scanner = RateScanner(text: text, emit: emit)
      units[RateUnit.posts.rawValue] += 1
      scanner.scanMarks()
      scanner.scanLines(units: &units)
      scanner.scanWords(units: &units)
    }
  }

  private func found(_ habit: RateHabit, _ range: Range<Int>) {
    emit(Self.firstHabit + habit.rawValue, range)
  }

  private func at(_ index: Int) -> UInt32 { index >= 0 && index < text.count ? text[index] : 0x20 }

  private func at(_ index: Int, _ mark: Unicode.Scalar) -> Bool { at(index) == mark.value }

  private func isSpace(_ index: Int) -> Bool { ScalarClass(at(index)) == .space }

  private func isWord(_ index: Int) -> Bool { ScalarClass(at(index)) == .word }

  private static func isLower(_ scalar: UInt32) -> Bool { (0x61...0x7A).contains(scalar) }
  private static func isUpper(_ scalar: UInt32) -> Bool { (0x41...0x5A).contains(scalar) }
  private static func isDigit(_ scalar: UInt32) -> Bool { (0x30...0x39).contains(scalar) }

  // MARK: Single scalars and runs of marks

  private func scanMarks() {
    var index = 0
    while index < text.count {
      if let rate = RateCatalogue.tables.byScalar[text[index]] { emit(rate, index..<index + 1) }
      scanMark(index)
      index += 1
    }
    scanEmoticons()
  }

  /// The end of the run of one scalar, if it begins here.
  private func run(from index: Int) -> Int? {
    if index > 0, text[index - 1] == text[index] { return nil }
    var end = index + 1
    while end < text.count, text[end] == text[index] { end += 1 }
    return end
  }

  private func scanMark(_ index: Int) {
    let here = index..<index + 1
    switch text[index] {
    case 0x21, 0x3F:
      if let end = run(from: index), end - index > 1 {
        found(text[index] == 0x21 ? .repeatedExclamation : .repeatedQuestion, index..<end)
      }
      let next = at(index + 1)
      if next != text[index], next == 0x21 || next == 0x3F { found(.mixedMarks, index..<index + 2) }
    case 0x2E:
      guard let end = run(from: index) else { break }
      if end - index == 2 { found(.twoDots, index..<end) }
      if end - index == 3 { found(.threeDots, index..<end) }
      if end - index > 3 { found(.manyDots, index..<end) }
      if end - index == 1, at(end, " "), at(end + 1, " "), isWord(end + 2) {
        found(.twoSpacesAfterPeriod, index..<end + 2)
      }
    case 0x2D:
      guard let end = run(from: index) else { break }
      if end - index == 2 { found(.doubleHyphen, index..<end) }
      if end - index == 1, index > 0, isSpace(index - 1), isSpace(end), end < text.count {
        found(.spacedHyphen, here)
      }
    case 0x20:
      if let end = run(from: index), end - index > 1, end < text.count { found(.doubleSpace, index..<end) }
    case 0x09: found(.tab, here)
    case 0x28:
      found(at(index + 1, " ") ? .spaceInsideBracket : .bracketed, here)
    case 0x22, 0x201C: if opensWord(index) { found(.doubleQuoted, here) }
    case 0x27, 0x2018: if opensWord(index) { found(.singleQuoted, here) }
    case 0x2A: if opensWord(index) { found(.starred, here) }
    case 0x5F: if index == 0 || isSpace(index - 1), isWord(index + 1) { found(.underscored, here) }
    case 0x60: if opensWord(index) { found(.backticked, here) }
    case 0x26: if isSpace(index - 1), isSpace(index + 1) { found(.ampersandWord, here) }
    case 0x25: if Self.isDigit(at(index - 1)) { found(.percentNumber, here) }
    case 0x24, 0xA3, 0x20AC: if Self.isDigit(at(index + 1)) { found(.currencyNumber, here) }
    case 0x3A: if Self.isDigit(at(index - 1)), Self.isDigit(at(index + 1)) { found(.clockTime, here) }
    case 0x2C:
      if isWord(index + 1), !Self.isDigit(at(index + 1)) { found(.noSpaceAfterComma, here) }
      if at(index + 1, " "), at(index + 2, "a"), at(index + 3, "n"), at(index + 4, "d"), isSpace(index + 5) {
        found(.commaBeforeAnd, index..<index + 5)
      }
    case 0xFFFD: found(.replacement, here)
    case 0xFE0F: found(.variationSelector, here)
    case 0x1F3FB...0x1F3FF: found(.skinTone, here)
    default:
      if ScalarClass.isEmoji(text[index]) {
        found(.emoji, here)
        if ScalarClass.isEmoji(at(index + 1)), !ScalarClass.isEmoji(at(index - 1)) { found(.emojiRun, here) }
      }
    }
    if [0x2C, 0x2E, 0x21, 0x3F, 0x3B, 0x3A].contains(text[index]), index > 0, at(index - 1, " "),
      isSpace(index + 1)
    {
      found(.spaceBeforeMark, here)
    }
  }

  private func opensWord(_ index: Int) -> Bool { isSpace(index - 1) && isWord(index + 1) }

  /// Faces that stand between white space.
  private func scanEmoticons() {
    var start = 0
    while start < text.count {
      var end = start
      while end < text.count, ScalarClass(text[end]) != .space { end += 1 }
      if (2...4).contains(end - start), let rate = RateCatalogue.tables.byEmoticon[Array(text[start..<end])] {
        emit(rate, start..<end)
      }
      start = end + 1
    }
  }

  // MARK: Lines

  private func scanLines(units: inout [UInt64]) {
    var start = 0
    while start <= text.count {
      let end = text[start...].firstIndex(of: 0x0A) ?? text.count
      units[RateUnit.lines.rawValue] += 1
      scanLine(start..<end)
      start = end + 1
    }
  }

  private func scanLine(_ line: Range<Int>) {
    var begin = line.lowerBound
    while begin < line.upperBound, isSpace(begin) { begin += 1 }
    guard begin < line.upperBound else { return found(.blankLine, line) }
    var end = line.upperBound
    while isSpace(end - 1) { end -= 1 }
    if begin > line.lowerBound { found(.lineStartsSpace, line) }
    if end < line.upperBound { found(.lineEndsSpace, line) }
    if Self.isLower(text[begin]) { found(.lineStartsLower, line) }
    if Self.isUpper(text[begin]) { found(.lineStartsCapital, line) }
    if [0x2D, 0x2A, 0x2022].contains(text[begin]), at(begin + 1, " ") { found(.lineStartsBullet, line) }
    let last = text[end - 1]
    switch last {
    case 0x2E: found(end - begin > 1 && at(end - 2, ".") ? .lineEndsEllipsis : .lineEndsPeriod, line)
    case 0x2026: found(.lineEndsEllipsis, line)
    case 0x3F: found(.lineEndsQuestion, line)
    case 0x21: found(.lineEndsExclamation, line)
    case 0x2C: found(.lineEndsComma, line)
    default:
      if ScalarClass(last) == .word { found(.lineEndsBare, line) }
      if ScalarClass.isEmoji(last) { found(.lineEndsEmoji, line) }
    }
    let content = text[begin..<end]
    if content.contains(where: Self.isLower), !content.contains(where: Self.isUpper) {
      found(.lineAllLower, line)
    }
    let words = StyleTokens(Array(content)).count { $0.kind == .word }
    if words == 1 { found(.lineOneWord, line) }
    if words > 0 { emit(Self.lineLengths[Self.step(words)], line) }
  }

  /// The power of two at or under a count, at most 9.
  private static func step(_ count: Int) -> Int { min(9, Int.bitWidth - 1 - count.leadingZeroBitCount) }

  // MARK: Words

  private func scanWords(units: inout [UInt64]) {
    var count = 0
    var previous: (word: String, range: Range<Int>)?
    var sentenceStarts = true
    for token in StyleTokens(text) {
      guard token.kind == .word else {
        previous = nil
        if token.kind == .newline || [0x2E, 0x21, 0x3F, 0x2026].contains(text[token.range.lowerBound]) {
          sentenceStarts = true
        }
        continue
      }
      count += 1
      let word = Self.lowered(text[token.range])
      if sentenceStarts {
        units[RateUnit.sentences.rawValue] += 1
        scanSentenceStart(word, token.range)
        sentenceStarts = false
      }
      scanWord(word, token.range)
      for rate in RateCatalogue.tables.byWord[word] ?? [] { emit(rate, token.range) }
      if let previous {
        let pair = previous.range.lowerBound..<token.range.upperBound
        for rate in RateCatalogue.tables.byPair["\(previous.word) \(word)"] ?? [] { emit(rate, pair) }
      }
      previous = (word, token.range)
    }
    units[RateUnit.words.rawValue] += UInt64(count)
    if count > 0 { emit(Self.postLengths[Self.step(count)], 0..<text.count) }
  }

  /// ASCII in lower case, apostrophes straight. Words of the lists have at most 24 scalars.
  private static func lowered(_ word: ArraySlice<UInt32>) -> String {
    guard word.count <= 24 else { return "" }
    var out = String.UnicodeScalarView()
    for scalar in word {
      let folded = isUpper(scalar) ? scalar + 32 : scalar == 0x2019 ? 0x27 : scalar
      out.append(Unicode.Scalar(folded) ?? "\u{FFFD}")
    }
    return String(out)
  }

  private func scanSentenceStart(_ word: String, _ range: Range<Int>) {
    if Self.isLower(text[range.lowerBound]) { found(.sentenceStartsLower, range) }
    switch word {
    case "and": found(.sentenceStartsAnd, range)
    case "but": found(.sentenceStartsBut, range)
    case "so": found(.sentenceStartsSo, range)
    case "i": found(.sentenceStartsI, range)
    default: break
    }
  }

  private func scanWord(_ word: String, _ range: Range<Int>) {
    let scalars = text[range]
    emit(Self.wordLengths[min(20, scalars.count) - 1], range)
    let lower = scalars.count(where: Self.isLower)
    let upper = scalars.count(where: Self.isUpper)
    if word == "i" { found(lower == 1 ? .lowercaseI : .capitalI, range) }
    if scalars.count > 1 {
      if upper > 1, lower == 0 {
        found(.allCaps, range)
      } else if upper == 1, Self.isUpper(text[range.lowerBound]) {
        found(.capitalized, range)
      } else if upper > 0, lower > 0 {
        found(.mixedCase, range)
      } else if lower > 0 {
        found(.lowercaseWord, range)
      }
    }
    if lower + upper > 0, scalars.contains(where: Self.isDigit) { found(.withDigit, range) }
    if scalars.contains(0x27) { found(.straightApostrophe, range) }
    if scalars.contains(0x2019) { found(.curlyApostrophe, range) }
    if scalars.contains(0x5F), scalars.count > 1 { found(.underscoreWord, range) }
    if scalars.contains(where: { $0 >= 0x80 && $0 != 0x2019 }) { found(.nonASCIIWord, range) }
    scanElongation(range)
  }

  private func scanElongation(_ range: Range<Int>) {
    var drawn = false
    var start = range.lowerBound
    while start < range.upperBound {
      let folded = text[start] | 0x20
      var end = start + 1
      while end < range.upperBound, text[end] | 0x20 == folded { end += 1 }
      if end - start >= 3, Self.isLower(folded), Self.isLower(text[start]) || Self.isUpper(text[start]) {
        emit(Self.elongations[Int(folded - 0x61)], start..<end)
        drawn = true
      }
      start = end
    }
    if drawn { found(.elongatedWord, range) }
  }
}
