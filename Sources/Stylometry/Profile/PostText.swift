internal import CKernels

/// One post as `StyleProfiler` works on it: the scalars that are kept and what each is. The same as `TextCleaning`,
/// without an allocation.
struct PostText: ~Copyable {
  private var textMemory = Scratch<UInt32>()
  private var kindMemory = Scratch<UInt8>()
  /// Where each kept line ends, the newline not counted.
  private var lineMemory = Scratch<Int>()
  private(set) var count = 0
  private(set) var lineCount = 0

  var text: UnsafeMutablePointer<UInt32> { textMemory.base }
  var kinds: UnsafeMutablePointer<UInt8> { kindMemory.base }
  var lineEnds: UnsafeMutablePointer<Int> { lineMemory.base }

  /// What each scalar below 65536 is, as `cog_style_decode` takes it.
  private static let classes: [UInt8] = (0..<0x10000).map { scalar in
    if scalar == 0x2019 { return UInt8(COG_APOSTROPHE) }
    switch ScalarClass(UInt32(scalar)) {
    case .space: return UInt8(COG_SPACE)
    case .word: return UInt8(COG_WORD | COG_RARE)
    case .mark: return 0
    }
  }

  /// - Parameter isJoined: see `ProfileBuilder.isJoined`.
  mutating func load(
    _ post: UnsafeBufferPointer<UInt8>, isJoined: Bool, leftOut: UnsafeMutablePointer<LeftOutCount>
  ) {
    let blocks = MarkedBlocks(in: post, quotationsAlone: isJoined)
    guard !blocks.blocks.isEmpty else { return loadLines(post, isJoined: isJoined, leftOut: leftOut) }
    blocks.count(in: post, into: leftOut)
    blocks.without(post).withUnsafeBufferPointer { loadLines($0, isJoined: isJoined, leftOut: leftOut) }
  }

  private mutating func loadLines(
    _ post: UnsafeBufferPointer<UInt8>, isJoined: Bool, leftOut: UnsafeMutablePointer<LeftOutCount>
  ) {
    count = 0
    lineCount = 0
    textMemory.reserve(post.count + 128)
    kindMemory.reserve(post.count + 128)
    var start = 0
    var rest: LeftOut?
    var isBelowOwn = false
    while start < post.count {
      var end = start
      while end < post.count, post[end] != 0x0A { end += 1 }
      let next = end + 1
      if end > start, post[end - 1] == 0x0D { end -= 1 }
      let line = UnsafeBufferPointer(rebasing: post[start..<end])
      start = next
      let length = decode(line, leftOut: leftOut)
      if let reason = rest {
        leftOut[reason.rawValue].scalars += UInt64(length)
        continue
      }
      let kind = kind(length, before: post[min(next, post.count)...])
      switch kind {
      case .own: keep(line, length, leftOut: leftOut)
      case .quote: leftOut[LeftOut.quoted.rawValue].add(length)
      case .attribution:
        leftOut[LeftOut.quoted.rawValue].add(length)
        if isBelowOwn { leaveOutAttribution(leftOut) }
      case .restIs(let reason):
        if !isJoined { rest = reason }
        leftOut[reason.rawValue].add(length)
      }
      isBelowOwn = kind == .own
    }
  }

  /// Leaves out the last line that was kept, where it begins an attribution.
  private mutating func leaveOutAttribution(_ leftOut: UnsafeMutablePointer<LeftOutCount>) {
    let start = lineCount > 1 ? lineEnds[lineCount - 2] + 1 : 0
    let above = UnsafeBufferPointer(start: text + start, count: count - start)
    guard TextCleaning.beginsAttribution(above) else { return }
    leftOut[LeftOut.quoted.rawValue].scalars += UInt64(above.count)
    lineCount -= 1
    count = max(start - 1, 0)
  }

  /// Decodes a line behind what is kept, a newline between; returns its scalars.
  private func decode(
    _ line: UnsafeBufferPointer<UInt8>, leftOut: UnsafeMutablePointer<LeftOutCount>
  ) -> Int {
    guard let bytes = line.baseAddress, line.count > 0 else { return 0 }
    let base = lineStart
    var invalid = 0
    let length = Self.classes.withUnsafeBufferPointer {
      cog_style_decode(bytes, line.count, $0.baseAddress, text + base, kinds + base, &invalid)
    }
    leftOut[LeftOut.invalidBytes.rawValue].items += UInt64(invalid)
    leftOut[LeftOut.invalidBytes.rawValue].scalars += UInt64(invalid)
    return length
  }

  /// Where the next line goes.
  private var lineStart: Int { lineCount == 0 ? 0 : count + 1 }

  /// Nearly all lines are told by their first scalars; the others are shown to `TextCleaning`.
  ///
  /// - Parameter following: the post from the next line on.
  private func kind(_ length: Int, before following: Slice<UnsafeBufferPointer<UInt8>>)
    -> TextCleaning.LineKind
  {
    let line = text + lineStart
    let what = kinds + lineStart
    var begin = 0
    while begin < length, what[begin] & UInt8(COG_SPACE) != 0 { begin += 1 }
    if begin == length { return .own }
    var end = length
    while what[end - 1] & UInt8(COG_SPACE) != 0 { end -= 1 }
    func letter(_ index: Int) -> UInt32 { begin + index < length ? line[begin + index] | 0x20 : 0 }
    func isLetter(_ index: Int) -> Bool { (0x61...0x7A).contains(letter(index)) }
    let mayBeOther: Bool
    switch line[begin] {
    case 0x3E, 0x3C, 0x2D: mayBeOther = true
    case 0x46, 0x66:  // from, fra, från
      mayBeOther = letter(1) == 0x72 && (letter(2) == 0x6F || letter(2) == 0x61 || letter(2) >= 0x80)
    case 0x56, 0x76: mayBeOther = (letter(1) == 0x6F || letter(1) == 0x61) && letter(2) == 0x6E  // von, van
    case 0x44, 0x64: mayBeOther = (letter(1) == 0x65 || letter(1) == 0x61) && !isLetter(2)  // de, da
    case 0x2A: mayBeOther = true
    case 0x53, 0x73: mayBeOther = letter(1) == 0x65 && letter(2) == 0x6E && letter(3) == 0x74  // sent
    case 0x47, 0x67: mayBeOther = letter(1) == 0x65 && letter(2) == 0x74 && letter(4) == 0x6F  // get o
    case 0x42, 0x62: mayBeOther = letter(1) == 0x65 && letter(2) == 0x67 && letter(3) == 0x69  // begi
    case 0x5F: mayBeOther = end - begin >= 20
    case 0x4F, 0x6F:  // on … :, od
      mayBeOther = letter(1) == 0x6E && line[end - 1] == 0x3A || letter(1) == 0x64 && !isLetter(2)
    default: mayBeOther = false
    }
    guard
      mayBeOther
        || TextCleaning.endsInColon(line[end - 1])
          && TextCleaning.isMarked(following.lazy.map { UInt32($0) })
    else { return .own }
    return TextCleaning.kind(
      of: Array(UnsafeBufferPointer(start: line, count: length))[...],
      before: following.lazy.map { UInt32($0) })
  }

  private mutating func keep(
    _ line: UnsafeBufferPointer<UInt8>, _ length: Int, leftOut: UnsafeMutablePointer<LeftOutCount>
  ) {
    let base = lineStart
    if base > 0 {
      text[base - 1] = 0x0A
      kinds[base - 1] = UInt8(COG_SPACE)
    }
    var kept = length
    if let bytes = line.baseAddress, cog_style_may_refer(bytes, line.count) != 0 {
      kept = replaceReferences(from: base, length, leftOut: leftOut)
    }
    count = base + kept
    lineMemory.reserve(lineCount + 1, keeping: lineCount)
    lineMemory.base[lineCount] = count
    lineCount += 1
  }

  /// Puts one scalar for each link, address and mention of a line, in place; returns the scalars that are left.
  private func replaceReferences(
    from base: Int, _ length: Int, leftOut: UnsafeMutablePointer<LeftOutCount>
  ) -> Int {
    let line = text + base
    let what = kinds + base
    var out = 0
    func copy(_ range: Range<Int>) {
      for index in range {
        line[out] = line[index]
        what[out] = what[index]
        out += 1
      }
    }
    var start = 0
    while start < length {
      var end = start
      while end < length, what[end] & UInt8(COG_SPACE) == 0 { end += 1 }
      if let (reason, range) = TextCleaning.reference(
        in: UnsafeBufferPointer(start: line + start, count: end - start))
      {
        leftOut[reason.rawValue].add(range.count)
        copy(start..<start + range.lowerBound)
        line[out] = reason == .links ? TextCleaning.link : TextCleaning.mention
        what[out] = 0
        out += 1
        copy(start + range.upperBound..<end)
      } else {
        copy(start..<end)
      }
      while end < length, what[end] & UInt8(COG_SPACE) != 0 {
        copy(end..<end + 1)
        end += 1
      }
      start = end
    }
    return out
  }

  /// Keeps pieces of lines, ascending and apart, each as a line of its own.
  mutating func keep(_ pieces: [Range<Int>]) {
    lineMemory.reserve(pieces.count)
    var out = 0
    for (line, piece) in pieces.enumerated() {
      if line > 0 {
        text[out] = 0x0A
        kinds[out] = UInt8(COG_SPACE)
        out += 1
      }
      (text + out).update(from: text + piece.lowerBound, count: piece.count)
      (kinds + out).update(from: kinds + piece.lowerBound, count: piece.count)
      out += piece.count
      lineMemory.base[line] = out
    }
    count = out
    lineCount = pieces.count
  }

  /// Leaves out what is beyond so many scalars, fewer than there are, and the word that they end in; returns how many are
  /// left out.
  mutating func cut(to limit: Int) -> Int {
    var end = limit
    while end > 0, kinds[end] & UInt8(COG_SPACE) == 0 { end -= 1 }
    // Not all writing has spaces.
    if end == 0 { end = limit }
    let left = count - end
    var line = 0
    while lineEnds[line] < end { line += 1 }
    lineEnds[line] = end
    lineCount = line + 1
    count = end
    return left
  }

  /// Leaves lines out, with their newlines. `isKept` has one value a line.
  mutating func drop(keeping isKept: [Bool]) {
    var out = 0
    var lines = 0
    var start = 0
    for line in 0..<lineCount {
      let end = lineEnds[line]
      if isKept[line] {
        if lines > 0 {
          text[out] = 0x0A
          kinds[out] = UInt8(COG_SPACE)
          out += 1
        }
        (text + out).update(from: text + start, count: end - start)
        (kinds + out).update(from: kinds + start, count: end - start)
        out += end - start
        lineEnds[lines] = out
        lines += 1
      }
      start = end + 1
    }
    count = out
    lineCount = lines
  }
}
