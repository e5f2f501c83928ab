internal import CKernels
internal import Columns

/// Measures one account after another with the same memory: one pass over the bytes, no allocation a token. Gives bit
/// for bit what `PlainProfiler` gives. Use one for each thread.
public final class StyleProfiler {
  private var work: Workspace
  private let countLimit: Int
  private let encoder: TextEncoder?
  private let longest: Int

  /// A profiler; its memory grows with the longest post, of which at most 1 MiB is looked at at once, and with the
  /// different n-grams of the largest account.
  ///
  /// - Parameters:
  ///   - countLimit: bytes that a list of counted n-grams may take, about three for each; an account that needs more
  ///   is refused as if there were no more memory.
  ///   - encoder: what reads the texts as well; nil for none. It takes some hundred times as long as all else.
  ///   - longest: characters of an account that are measured at the most, of posts that do not depend on who chose the
  ///   order; the others are left out and counted.
  public init(countLimit: Int = .max, encoder: TextEncoder? = nil, longest: Int = .max) {
    self.countLimit = countLimit
    self.encoder = encoder
    self.longest = longest
    work = Workspace(countLimit: countLimit, encoder: encoder, longest: longest)
  }

  /// Measures the posts of a builder. Time and memory are linear in their bytes.
  ///
  /// - Parameters:
  ///   - passages: what the authors of whom this is one share; what is not left to this one is left out and counted.
  ///   - author: its number among them.
  /// - Throws: `StyleProfileError.noMemory`; other accounts can be measured afterwards.
  public func profile(
    of builder: ProfileBuilder, without passages: SharedPassages? = nil, author: Int = 0
  ) throws(StyleProfileError) -> StyleProfile {
    work.passages = passages?.isEmpty == false ? passages : nil
    work.author = author
    do throws(PackedCounts.NoRoom) {
      return try work.profile(of: builder)
    } catch {
      // What was counted of this account must not count for the next.
      work = Workspace(countLimit: countLimit, encoder: encoder, longest: longest)
      throw .noMemory(textBytes: builder.byteCount, wanted: error.wanted)
    }
  }
}

private struct Workspace: ~Copyable {
  private var post = PostText()
  private var tokens = PostTokens()
  private var characters: CharacterCounter
  private var words: KeyCounter
  private var sorting = KeySortMemory()
  private var seen: Set<UInt64> = []
  private var isKept: [Bool] = []
  private var lines: [PostFingerprint] = []
  private var passageWords = PassageWords()
  private let encoder: TextEncoder?
  private var cutter: PieceCutter?
  private var windows = WindowSample()
  /// What others posted as well, if anything.
  var passages: SharedPassages?
  var author = 0
  private let longest: Int
  /// Characters that may still be measured.
  private var room = 0
  private var isJoined = false

  /// Counts are of 32 bits; more text than this is measured in parts that are added with care.
  private static let partLimit = 1 << 30

  init(countLimit: Int, encoder: TextEncoder?, longest: Int) {
    self.encoder = encoder
    self.longest = longest
    cutter = encoder.map { PieceCutter($0.pieces) }
    characters = CharacterCounter(limit: countLimit)
    words = KeyCounter(limit: countLimit, deals: false)
  }

  mutating func profile(of builder: ProfileBuilder) throws(PackedCounts.NoRoom) -> StyleProfile {
    var profile = StyleProfile()
    seen.removeAll(keepingCapacity: seen.capacity < 4096)
    room = longest
    isJoined = builder.isJoined
    let posts =
      builder.ends.count == 1
      ? [0..<builder.ends[0]] : builder.byteCount > longest ? builder.mixedPosts() : builder.sortedPosts()
    try builder.bytes.withUnsafeBufferPointer { bytes throws(PackedCounts.NoRoom) in
      var next = 0
      while next < posts.count {
        var size = 0
        var end = next
        while end < posts.count, size < Self.partLimit {
          size += posts[end].count
          end += 1
        }
        if next == 0 {
          try measure(posts[next..<end], bytes, &profile)
        } else {
          var part = StyleProfile()
          try measure(posts[next..<end], bytes, &part)
          profile = profile.adding(part)
        }
        next = end
      }
    }
    profile.fingerprints = seen.sorted()
    profile.hours = PostingHours(builder.hours)
    profile.shortPosts = ShortPosts(builder)
    profile.encoded = encoder.map { $0.encode(windows.take()) }
    return profile
  }

  private mutating func measure(
    _ posts: ArraySlice<Range<Int>>, _ bytes: UnsafeBufferPointer<UInt8>, _ profile: inout StyleProfile
  ) throws(PackedCounts.NoRoom) {
    var rates = [UInt32](repeating: 0, count: RateIndex.shared.pointee.count + WordCounts.spare)
    try rates.withUnsafeMutableBufferPointer { rates throws(PackedCounts.NoRoom) in
      try profile.units.withUnsafeMutableBufferPointer { units throws(PackedCounts.NoRoom) in
        try profile.leftOut.withUnsafeMutableBufferPointer { leftOut throws(PackedCounts.NoRoom) in
          guard let rates = rates.baseAddress, let units = units.baseAddress,
            let leftOut = leftOut.baseAddress
          else { return }
          for range in posts {
            post.load(UnsafeBufferPointer(rebasing: bytes[range]), isJoined: isJoined, leftOut: leftOut)
            tokens.load(post)
            dropSeen(leftOut + LeftOut.duplicates.rawValue)
            if passages != nil { dropShared(leftOut + LeftOut.shared.rawValue) }
            guard hasText else { continue }
            let isWhole = post.count <= room
            if !isWhole {
              leftOut[LeftOut.beyond.rawValue].add(post.cut(to: room))
              room = 0
              tokens.load(post)
              guard hasText else { continue }
            }
            RateCounter(rates: rates, units: units, post: post).add(tokens)
            let length = try characters.add(post, &sorting)
            units[RateUnit.characters.rawValue] += UInt64(length)
            if isWhole { room -= length }
            try countWords()
            if let text = cutter?.cut(UnsafeBufferPointer(start: post.text, count: post.count)) {
              windows.add(text)
            }
          }
          profile.characters = try characters.finish(rates: rates, &sorting)
          profile.words = try words.finish(&sorting)
        }
      }
    }
    rates.removeLast(WordCounts.spare)
    profile.rates = rates
  }

  /// Whether anything but white space is left.
  private var hasText: Bool {
    for number in 0..<tokens.count where tokens.tokens[number].length > 0 { return true }
    return false
  }

  /// 1-grams of the tokens and the newline after them, and 2-grams from the newline before them.
  private mutating func countWords() throws(PackedCounts.NoRoom) {
    try words.reserve(2 * min(tokens.count + 1, 1 << 17), &sorting)
    var previous = PostTokens.newline
    for number in 0...tokens.count {
      if number & ((1 << 17) - 1) == (1 << 17) - 1 { try words.reserve(1 << 18, &sorting) }
      let token = number < tokens.count ? tokens.tokens[number].hash : PostTokens.newline
      words.append(StyleHash.finished(token))
      words.append(StyleHash.finished(StyleHash.pair(previous, token)))
      previous = token
    }
  }

  /// Leaves out passages that are another author's.
  private mutating func dropShared(_ shared: UnsafeMutablePointer<LeftOutCount>) {
    guard let passages else { return }
    let author = author
    passageWords.load(post, tokens)
    guard let pieces = passageWords.pieces(without: { passages.isLeftOut($0, of: author) }) else { return }
    for length in pieces.leftOut { shared.pointee.add(length) }
    post.keep(pieces.kept)
    tokens.load(post)
  }

  /// Leaves out a post, or lines of it, that were seen already.
  private mutating func dropSeen(_ duplicates: UnsafeMutablePointer<LeftOutCount>) {
    var whole = PostFingerprint()
    var line = PostFingerprint()
    lines.removeAll(keepingCapacity: true)
    let isOneLine = post.lineCount <= 1
    for number in 0..<tokens.count {
      let token = tokens.tokens[number]
      whole.add(token)
      // Of a single line nothing is asked.
      if isOneLine { continue }
      line.add(token)
      if token.length > 0 { continue }
      lines.append(line)
      line = PostFingerprint()
    }
    lines.append(line)
    // A post of fewer letters than a fingerprint needs has no line with one.
    guard let fingerprint = whole.value else { return }
    if seen.insert(fingerprint).inserted {
      if lines.count > 1 { dropSeenLines(fingerprint, duplicates) }
      return
    }
    duplicates.pointee.add(post.count - max(0, post.lineCount - 1))
    isKept.removeAll(keepingCapacity: true)
    isKept.append(contentsOf: repeatElement(false, count: post.lineCount))
    post.drop(keeping: isKept)
    tokens.load(post)
  }

  private mutating func dropSeenLines(_ whole: UInt64, _ duplicates: UnsafeMutablePointer<LeftOutCount>) {
    isKept.removeAll(keepingCapacity: true)
    var dropped = false
    var start = 0
    for line in lines {
      let end = post.lineEnds[isKept.count]
      let isSeen = line.value.map { $0 != whole && !seen.insert($0).inserted } ?? false
      if isSeen { duplicates.pointee.add(end - start) }
      isKept.append(!isSeen)
      dropped = dropped || isSeen
      start = end + 1
    }
    guard dropped else { return }
    post.drop(keeping: isKept)
    tokens.load(post)
  }
}
