internal import CKernels

/// The words of a post that passages are made of: those without digits, as `TextCleaning.fingerprint` takes them, in
/// the order of the post, across its lines.
struct PassageWords {
  /// A word, and where it stands among the post's scalars.
  private struct Word {
    let hash: UInt64
    let start: Int
    let length: Int
    let line: Int
  }

  private var words: [Word] = []
  private var lines: [Range<Int>] = []

  private static let multiplier: UInt64 = 0x9E37_79B9_7F4A_7C15
  /// Powers of the multiplier, as many as a passage has words: each has a letter at least.
  private static let powers: [UInt64] = (0..<SharedPassages.letters).reduce(into: [1]) { powers, _ in
    powers.append(powers[powers.count - 1] &* multiplier)
  }

  init() {}

  /// Of a cleaned text.
  init(_ text: [UInt32]) {
    var start = 0
    for token in StyleTokens(text) {
      switch token.kind {
      case .mark: continue
      case .newline:
        lines.append(start..<token.range.lowerBound)
        start = token.range.upperBound
      case .word:
        let word = text[token.range]
        if word.contains(where: { (0x30...0x39).contains($0) }) { continue }
        words.append(
          Word(
            hash: StyleHash.token(word.map(PostTokens.folded)), start: word.startIndex, length: word.count,
            line: lines.count))
      }
    }
    lines.append(start..<text.count)
  }

  /// Of a post and its tokens.
  mutating func load(_ post: borrowing PostText, _ tokens: borrowing PostTokens) {
    words.removeAll(keepingCapacity: true)
    lines.removeAll(keepingCapacity: true)
    var line = 0
    for number in 0..<tokens.count {
      let token = tokens.tokens[number]
      if token.length == 0 {
        line += 1
      } else if token.kinds & (PostToken.word | UInt32(COG_DIGIT)) == PostToken.word {
        words.append(
          Word(hash: token.folded, start: Int(token.start), length: Int(token.length), line: line))
      }
    }
    var start = 0
    for line in 0..<post.lineCount {
      lines.append(start..<post.lineEnds[line])
      start = post.lineEnds[line] + 1
    }
  }

  /// Each passage: from each word on, the shortest run of words with `SharedPassages.letters` letters. By what follows
  /// a word alone, so that two posts share the passages of whatever run of words they share. O(words).
  ///
  /// - Parameter body: called with a hash of the words and their places, of which neither end ever goes back.
  func forEachPassage(_ body: (_ hash: UInt64, _ words: Range<Int>) -> Void) {
    var (end, letters) = (0, 0)
    var sum: UInt64 = 0
    for start in words.indices {
      while end < words.count, letters < SharedPassages.letters {
        sum = sum &* Self.multiplier &+ words[end].hash
        letters += words[end].length
        end += 1
      }
      if letters < SharedPassages.letters { return }
      var hash = (sum ^ sum >> 32) &* 0xD6E8_FEB8_6659_FD93
      hash ^= hash >> 32
      body(hash, start..<end)
      sum = sum &- words[start].hash &* Self.powers[end - start - 1]
      letters -= words[start].length
    }
  }

  /// Where words stand among the post's scalars, from the first to the last with all that is between them.
  func scalars(of range: Range<Int>) -> Range<Int> {
    let last = words[range.upperBound - 1]
    return words[range.lowerBound].start..<last.start + last.length
  }

  /// What is left of the post without some of its passages: pieces of lines, each a line of its own then, and the
  /// length of each stretch that is left out. Nil when nothing is.
  ///
  /// The marks behind a word go with it, and those before the first of a line.
  func pieces(
    without isLeftOut: (UInt64) -> Bool
  ) -> (kept: [Range<Int>], leftOut: [Int])? {
    var isCut: [Bool] = []
    var done = 0
    forEachPassage { hash, range in
      guard isLeftOut(hash) else { return }
      if isCut.isEmpty { isCut = Array(repeating: false, count: words.count) }
      for place in max(done, range.lowerBound)..<range.upperBound { isCut[place] = true }
      done = range.upperBound
    }
    if isCut.isEmpty { return nil }
    var kept: [Range<Int>] = []
    var leftOut: [Int] = []
    var first = 0
    for (number, line) in lines.enumerated() {
      var last = first
      while last < words.count, words[last].line == number { last += 1 }
      var start = line.lowerBound
      var place = first
      while place < last {
        guard isCut[place] else {
          place += 1
          continue
        }
        let from = place == first ? line.lowerBound : words[place].start
        while place < last, isCut[place] { place += 1 }
        let to = place == last ? line.upperBound : words[place].start
        if from > start { kept.append(start..<from) }
        leftOut.append(to - from)
        start = to
      }
      // A line that nothing was taken from stays, if it is blank too.
      if start < line.upperBound || start == line.lowerBound { kept.append(start..<line.upperBound) }
      first = last
    }
    return (kept, leftOut)
  }
}

/// Reads the passages of posts with the same memory, a mebibyte and more. Use one for each thread.
public final class PassageScanner {
  private var post = PostText()
  private var tokens = PostTokens()
  private var words = PassageWords()
  private var leftOut = [LeftOutCount](repeating: LeftOutCount(), count: LeftOut.allCases.count)

  /// One that has read nothing yet.
  public init() {}

  /// Calls `body` with each passage of each post, and with what gives it as it stands there.
  func forEachText(of builder: ProfileBuilder, _ body: (_ hash: UInt64, _ text: () -> String) -> Void) {
    forEachPassage(of: builder) { hash, words, _ in
      body(hash) {
        var text = ""
        for place in self.words.scalars(of: words) {
          text.unicodeScalars.append(Unicode.Scalar(post.text[place]) ?? "\u{FFFD}")
        }
        return text
      }
    }
  }

  /// Calls `body` with each passage of each post, and when it was posted.
  func forEachPassage(of builder: ProfileBuilder, _ body: (_ hash: UInt64, _ time: PostTime) -> Void) {
    forEachPassage(of: builder) { hash, _, time in body(hash, time) }
  }

  private func forEachPassage(
    of builder: ProfileBuilder, _ body: (_ hash: UInt64, _ words: Range<Int>, _ time: PostTime) -> Void
  ) {
    builder.bytes.withUnsafeBufferPointer { bytes in
      var start = 0
      for (end, time) in zip(builder.ends, builder.times) {
        defer { start = end }
        // A letter is a byte or more.
        if end - start < SharedPassages.letters { continue }
        leftOut.withUnsafeMutableBufferPointer { leftOut in
          guard let counts = leftOut.baseAddress else { return }
          post.load(
            UnsafeBufferPointer(rebasing: bytes[start..<end]), isJoined: builder.isJoined, leftOut: counts)
        }
        tokens.load(post)
        words.load(post, tokens)
        words.forEachPassage { hash, words in body(hash, words, time) }
      }
    }
  }
}
