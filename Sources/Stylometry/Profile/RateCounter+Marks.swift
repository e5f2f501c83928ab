internal import CKernels

extension RateCounter {
  /// The habits of a mark and what stands beside it.
  @inline(__always)
  func countMark(_ position: Int) {
    let scalar = text[position]
    switch scalar {
    case 0x2E, 0x2C, 0x21, 0x3F, 0x3B, 0x3A:
      if position > 0, text[position - 1] == 0x20, isSpace(position + 1) { found(.spaceBeforeMark) }
    default: break
    }
    switch scalar {
    case 0x2E: countPeriod(position)
    case 0x2C: countComma(position)
    case 0x21, 0x3F: countExclamation(position, scalar)
    case 0x2D: countHyphen(position)
    case 0x28: found(at(position + 1) == 0x20 ? .spaceInsideBracket : .bracketed)
    case 0x22: if opensWord(position) { found(.doubleQuoted) }
    case 0x27: if opensWord(position) { found(.singleQuoted) }
    case 0x2A: if opensWord(position) { found(.starred) }
    case 0x60: if opensWord(position) { found(.backticked) }
    case 0x26: if isSpace(position - 1), isSpace(position + 1) { found(.ampersandWord) }
    case 0x25: if isDigit(position - 1) { found(.percentNumber) }
    case 0x24: if isDigit(position + 1) { found(.currencyNumber) }
    case 0x3A: if isDigit(position - 1), isDigit(position + 1) { found(.clockTime) }
    case 0..<0x80: break
    default: countWideMark(position, scalar)
    }
  }

  private func opensWord(_ position: Int) -> Bool { isSpace(position - 1) && isWord(position + 1) }

  /// The end of the run of one scalar, if it begins here.
  private func run(from position: Int) -> Int? {
    if position > 0, text[position - 1] == text[position] { return nil }
    var end = position + 1
    while end < count, text[end] == text[position] { end += 1 }
    return end
  }

  private func countPeriod(_ position: Int) {
    guard let end = run(from: position) else { return }
    switch end - position {
    case 1: if at(end) == 0x20, at(end + 1) == 0x20, isWord(end + 2) { found(.twoSpacesAfterPeriod) }
    case 2: found(.twoDots)
    case 3: found(.threeDots)
    default: found(.manyDots)
    }
  }

  private func countComma(_ position: Int) {
    if isWord(position + 1), !isDigit(position + 1) { found(.noSpaceAfterComma) }
    if at(position + 1) == 0x20, at(position + 2) == 0x61, at(position + 3) == 0x6E, at(position + 4) == 0x64,
      isSpace(position + 5)
    {
      found(.commaBeforeAnd)
    }
  }

  private func countExclamation(_ position: Int, _ scalar: UInt32) {
    if let end = run(from: position), end - position > 1 {
      found(scalar == 0x21 ? .repeatedExclamation : .repeatedQuestion)
    }
    let next = at(position + 1)
    if next != scalar, next == 0x21 || next == 0x3F { found(.mixedMarks) }
  }

  private func countHyphen(_ position: Int) {
    guard let end = run(from: position) else { return }
    if end - position == 2 { found(.doubleHyphen) }
    if end - position == 1, position > 0, isSpace(position - 1), isSpace(end), end < count {
      found(.spacedHyphen)
    }
  }

  private func countWideMark(_ position: Int, _ scalar: UInt32) {
    countWide(scalar)
    switch scalar {
    case 0x201C: if opensWord(position) { found(.doubleQuoted) }
    case 0x2018: if opensWord(position) { found(.singleQuoted) }
    case 0xA3, 0x20AC: if isDigit(position + 1) { found(.currencyNumber) }
    case 0xFFFD: found(.replacement)
    case 0xFE0F: found(.variationSelector)
    case 0x1F3FB...0x1F3FF: found(.skinTone)
    default:
      guard ScalarClass.isEmoji(scalar) else { return }
      found(.emoji)
      if ScalarClass.isEmoji(at(position + 1)), !ScalarClass.isEmoji(at(position - 1)) { found(.emojiRun) }
    }
  }
}
