/// Collects the posts of one account and measures them. Posts are kept until `profile()`, which takes them in an
/// order of their own, so that neither their order nor merging changes a bit: of text pasted again always the same
/// copy is counted.
public struct ProfileBuilder: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []

  /// A builder without posts.
  public init() {}

  /// Adds one post, as UTF-8.
  public mutating func add(post: some Sequence<UInt8>) {
    bytes.append(contentsOf: post)
    ends.append(bytes.count)
  }

  /// Adds one post, as UTF-8.
  public mutating func add(post: String) {
    add(post: post.utf8)
  }

  /// Adds the posts of another builder.
  public mutating func merge(_ other: ProfileBuilder) {
    let base = bytes.count
    bytes.append(contentsOf: other.bytes)
    ends.append(contentsOf: other.ends.lazy.map { $0 + base })
  }

  /// Measures all posts. Time and memory are linear in their bytes.
  public func profile() -> StyleProfile {
    var profile = StyleProfile()
    var characters: [UInt32] = []
    var words: [UInt32] = []
    var seen: Set<UInt64> = []
    for post in sortedPosts() {
      let cleaned = TextCleaning(post: bytes[post])
      for index in profile.leftOut.indices {
        profile.leftOut[index].items += cleaned.leftOut[index].items
        profile.leftOut[index].scalars += cleaned.leftOut[index].scalars
      }
      var text: [UInt32] = []
      var lines = 0
      for line in cleaned.lines {
        if let fingerprint = TextCleaning.fingerprint(of: line), !seen.insert(fingerprint).inserted {
          profile.leftOut[LeftOut.duplicates.rawValue].add(line.count)
          continue
        }
        if lines > 0 { text.append(0x0A) }
        text.append(contentsOf: line)
        lines += 1
      }
      guard text.contains(where: { ScalarClass($0) != .space }) else { continue }
      Self.countCharacters(text, into: &characters, units: &profile.units)
      Self.countWords(text, into: &words)
      RateScanner.scan(text, units: &profile.units) { rate, _ in
        profile.rates[rate] = profile.rates[rate].addingClamped(1)
      }
    }
    profile.characters = SparseCounts(counting: characters)
    profile.words = SparseCounts(counting: words)
    profile.fingerprints = seen.sorted()
    return profile
  }

  /// Ranges of the posts, in order of their bytes.
  private func sortedPosts() -> [Range<Int>] {
    let ranges = ends.indices.map { ($0 == 0 ? 0 : ends[$0 - 1])..<ends[$0] }
    return bytes.withUnsafeBufferPointer { buffer in
      ranges.sorted { buffer[$0].lexicographicallyPrecedes(buffer[$1]) }
    }
  }

  /// 1-5-grams of a space, the text with white space folded, and a space.
  static func countCharacters(_ text: [UInt32], into keys: inout [UInt32], units: inout [UInt64]) {
    var folded: [UInt32] = [0x20]
    for scalar in text {
      if ScalarClass(scalar) != .space {
        folded.append(scalar)
      } else if folded.last != 0x20 {
        folded.append(0x20)
      }
    }
    if folded.last != 0x20 { folded.append(0x20) }
    units[RateUnit.characters.rawValue] += UInt64(folded.count - 2)
    for start in folded.indices {
      var hash: UInt64 = 0
      for length in 1...5 where start + length <= folded.count {
        hash = StyleHash.extended(hash, by: folded[start + length - 1], length: length)
        keys.append(StyleHash.finished(hash))
      }
    }
  }

  /// 1-grams of the tokens and the newline after them, and 2-grams from the newline before them.
  static func countWords(_ text: [UInt32], into keys: inout [UInt32]) {
    let newline = StyleHash.token(StyleHash.emptyToken, adding: 0x0A)
    var previous = newline
    func add(_ token: UInt64) {
      keys.append(StyleHash.finished(token))
      keys.append(StyleHash.finished(StyleHash.pair(previous, token)))
      previous = token
    }
    for token in StyleTokens(text) {
      add(text[token.range].reduce(StyleHash.emptyToken) { StyleHash.token($0, adding: $1) })
    }
    add(newline)
  }
}
