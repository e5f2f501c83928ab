internal import CKernels
internal import CStyleKernels

/// A token of a post, with what the rates ask about it.
struct PostToken: BitwiseCopyable {
  var start: UInt32
  /// Of a newline 0.
  var length: UInt32
  /// All that its scalars are, as `cog_style_decode` says it; and the bits below.
  var kinds: UInt32
  var hash: UInt64
  /// The hash in lower case, apostrophes straight.
  var folded: UInt64
  /// What it counts for, where that is remembered.
  var counts = WordCounts()

  static let word: UInt32 = 1 << 8
  /// More than one capital.
  static let capitals: UInt32 = 1 << 9
  /// An emoticon may begin with it.
  static let face: UInt32 = 1 << 10
}

/// The tokens of a post, by bit maps of what its scalars are: the same as `StyleTokens`.
struct PostTokens: ~Copyable {
  private var memory = Scratch<PostToken>()
  private var bitMemory = Scratch<UInt64>()
  private var wordMemory = Scratch<UInt64>()
  private let memo = WordMemo()
  private var ahead = Scratch<cog_token_key>(capacity: 64)
  private(set) var count = 0

  var tokens: UnsafeMutablePointer<PostToken> { memory.base }
  /// Eight words of bits for each 64 scalars.
  var bits: UnsafeMutablePointer<UInt64> { bitMemory.base }

  static let newline = StyleHash.token([0x0A])

  mutating func load(_ post: borrowing PostText) {
    let length = post.count
    let blocks = (length + 63) / 64
    count = 0
    memory.reserve(length + 1)
    bitMemory.reserve(8 * blocks + 16)
    wordMemory.reserve(blocks + 2)
    // The bits are gathered from whole blocks.
    (post.kinds + length).update(repeating: 0, count: 64 * blocks - length)
    cog_style_bits(post.kinds, length, bits)
    (bits + 8 * blocks).update(repeating: 0, count: 8)
    joinWords(blocks)
    wordMemory.base[blocks] = 0
    var line = 0
    var lineEnd = post.lineCount > 1 ? post.lineEnds[0] : Int.max
    let words = wordMemory.base
    for block in 0..<blocks {
      let word = words[block]
      let before = block > 0 ? words[block - 1] >> 63 : 0
      let valid: UInt64 = block == blocks - 1 && length % 64 > 0 ? (1 << UInt64(length % 64)) - 1 : ~0
      let starts = (word & ~(word << 1 | before)) | (~word & ~bits[8 * block] & valid)
      let row = bits + 8 * block
      var bits = cog_token_bits(
        first: 64 * block, starts: starts, words: word, words_behind: words[block + 1],
        unusual: row[5] | row[7], unusual_behind: row[13] | row[15])
      let found = cog_token_keys(post.text, &bits, memo.memory, ahead.base)
      for number in 0..<found {
        let key = ahead.base[number]
        while Int(key.start) > lineEnd { addNewline(&line, &lineEnd, post) }
        add(key, post)
      }
    }
    while lineEnd < length { addNewline(&line, &lineEnd, post) }
  }

  private mutating func addNewline(_ line: inout Int, _ lineEnd: inout Int, _ post: borrowing PostText) {
    memory.base[count] = PostToken(
      start: UInt32(truncatingIfNeeded: lineEnd), length: 0, kinds: 0, hash: Self.newline,
      folded: Self.newline)
    count += 1
    line += 1
    lineEnd = line < post.lineCount - 1 ? post.lineEnds[line] : Int.max
  }

  /// An apostrophe between scalars of a word belongs to it.
  private func joinWords(_ blocks: Int) {
    let words = wordMemory.base
    for block in 0..<blocks {
      let word = bits[8 * block + 1]
      let apostrophes = bits[8 * block + 6]
      words[block] = word
      if apostrophes == 0 { continue }
      let before = block > 0 ? bits[8 * (block - 1) + 1] >> 63 : 0
      let after = block + 1 < blocks ? bits[8 * (block + 1) + 1] << 63 : 0
      words[block] |= apostrophes & (word << 1 | before) & (word >> 1 | after)
    }
  }

  @inline(__always)
  private mutating func add(_ key: cog_token_key, _ post: borrowing PostText) {
    guard let place = key.entry else {
      memory.base[count] = measured(Int(key.start), post)
      count += 1
      return
    }
    let known = WordMemo.entry(place)
    if known.pointee.low != key.low || known.pointee.high != key.high { remember(key, known, post) }
    memory.base[count] = PostToken(
      start: key.start, length: key.length, kinds: known.pointee.kinds, hash: known.pointee.hash,
      folded: known.pointee.folded, counts: known.pointee.rates)
    count += 1
  }

  @inline(never)
  private func remember(
    _ key: cog_token_key, _ entry: UnsafeMutablePointer<WordMemo.Entry>, _ post: borrowing PostText
  ) {
    let token = measured(Int(key.start), post)
    var counts = WordCounts()
    if token.kinds & PostToken.word != 0 {
      let words = WordRates(text: post.text, kinds: post.kinds)
      counts = WordCounts(token, words, all: RateIndex.shared.pointee.count)
    }
    entry.pointee = WordMemo.Entry(
      low: key.low, high: key.high, hash: token.hash, folded: token.folded, rates: counts, kinds: token.kinds)
  }

  /// The word or the mark that begins at a scalar.
  @inline(never)
  private func measured(_ start: Int, _ post: borrowing PostText) -> PostToken {
    let text = post.text
    let block = start >> 6
    let shift = UInt64(start & 63)
    if wordMemory.base[block] >> shift & 1 == 0 {
      let hash = StyleHash.token(StyleHash.emptyToken, adding: text[start], 0)
      return PostToken(
        start: UInt32(truncatingIfNeeded: start), length: 1,
        kinds: UInt32(post.kinds[start]) | Self.face(text + start, 1), hash: hash, folded: hash)
    }
    var end = start + (~(wordMemory.base[block] >> shift)).trailingZeroBitCount
    var kinds = PostToken.word
    if end < 64 * (block + 1) {
      let mask = ((UInt64(1) << UInt64(end - start)) &- 1) << shift
      let row = bits + 8 * block
      let upper = row[2] & mask
      kinds |= upper != 0 ? UInt32(COG_UPPER) : 0
      kinds |= upper & (upper &- 1) != 0 ? PostToken.capitals : 0
      kinds |= row[3] & mask != 0 ? UInt32(COG_LOWER) : 0
      kinds |= row[4] & mask != 0 ? UInt32(COG_DIGIT) : 0
      kinds |= row[5] & mask != 0 ? UInt32(COG_RARE) : 0
      kinds |= row[6] & mask != 0 ? UInt32(COG_APOSTROPHE) : 0
      kinds |= row[7] & mask != 0 ? UInt32(COG_DRAWN) : 0
    } else {
      end = 64 * (block + 1)
      while end < post.count, wordMemory.base[end >> 6] >> UInt64(end & 63) & 1 != 0 { end += 1 }
      end = min(end, post.count)
      var upper = 0
      for index in start..<end {
        kinds |= UInt32(post.kinds[index])
        if post.kinds[index] & UInt8(COG_UPPER) != 0 { upper += 1 }
      }
      if upper > 1 { kinds |= PostToken.capitals }
    }
    kinds |= Self.face(text + start, end - start)
    var hash = StyleHash.emptyToken
    var index = start
    while index + 1 < end {
      hash = StyleHash.token(hash, adding: text[index], text[index + 1])
      index += 2
    }
    if index < end { hash = StyleHash.token(hash, adding: text[index], 0) }
    var folded = hash
    if kinds & UInt32(COG_UPPER | COG_APOSTROPHE) != 0 {
      folded = StyleHash.emptyToken
      index = start
      while index < end {
        folded = StyleHash.token(
          folded, adding: Self.folded(text[index]), index + 1 < end ? Self.folded(text[index + 1]) : 0)
        index += 2
      }
    }
    return PostToken(
      start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: end - start), kinds: kinds,
      hash: hash, folded: folded)
  }

  private static func face(_ text: UnsafeMutablePointer<UInt32>, _ length: Int) -> UInt32 {
    RateIndex.shared.pointee.beginsFace(text, length) ? PostToken.face : 0
  }

  /// ASCII in lower case, apostrophes straight.
  @inline(__always)
  static func folded(_ scalar: UInt32) -> UInt32 {
    scalar &- 0x41 < 26 ? scalar + 32 : scalar == 0x2019 ? 0x27 : scalar
  }
}
