/// Profiles by the plainest means: arrays, dictionaries and a sort. It says what a profile is, and is what the fast
/// `StyleProfiler` is tested against, bit for bit.
public enum PlainProfiler {
  /// Measures the posts of a builder, without passages that are not left to the author.
  public static func profile(
    of builder: ProfileBuilder, without passages: SharedPassages? = nil, author: Int = 0
  ) -> StyleProfile {
    var profile = StyleProfile()
    var characters: [UInt32] = []
    var words: [UInt32] = []
    var seen: Set<UInt64> = []
    for post in builder.sortedPosts() {
      let cleaned = TextCleaning(post: builder.bytes[post], isJoined: builder.isJoined)
      for index in profile.leftOut.indices {
        profile.leftOut[index].items += cleaned.leftOut[index].items
        profile.leftOut[index].scalars += cleaned.leftOut[index].scalars
      }
      var text = unseen(cleaned.lines, &seen, &profile.leftOut[LeftOut.duplicates.rawValue])
      if let passages,
        let pieces = PassageWords(text).pieces(without: { passages.isLeftOut($0, of: author) })
      {
        for length in pieces.leftOut { profile.leftOut[LeftOut.shared.rawValue].add(length) }
        text = Array(pieces.kept.map { text[$0] }.joined(separator: [0x0A]))
      }
      guard text.contains(where: { ScalarClass($0) != .space }) else { continue }
      countCharacters(text, into: &characters, units: &profile.units)
      countWords(text, into: &words)
      RateScanner.scan(text, units: &profile.units) { rate, _ in
        profile.rates[rate] = profile.rates[rate].addingClamped(1)
      }
    }
    profile.characters = SparseCounts(counting: characters)
    profile.words = SparseCounts(counting: words)
    profile.fingerprints = seen.sorted()
    profile.shortPosts = ShortPosts(builder)
    return profile
  }

  /// A post without the lines that were seen already; nothing of it when it was seen as a whole.
  private static func unseen(
    _ lines: [[UInt32]], _ seen: inout Set<UInt64>, _ duplicates: inout LeftOutCount
  ) -> [UInt32] {
    let whole = TextCleaning.fingerprint(of: Array(lines.joined(separator: [0x0A])))
    if let whole, !seen.insert(whole).inserted {
      duplicates.add(lines.reduce(0) { $0 + $1.count })
      return []
    }
    var kept: [[UInt32]] = []
    for line in lines {
      if let fingerprint = TextCleaning.fingerprint(of: line), fingerprint != whole,
        !seen.insert(fingerprint).inserted
      {
        duplicates.add(line.count)
      } else {
        kept.append(line)
      }
    }
    return Array(kept.joined(separator: [0x0A]))
  }

  /// 1-5-grams of a space, the text with white space folded, and a space.
  private static func countCharacters(
    _ text: [UInt32], into keys: inout [UInt32], units: inout [UInt64]
  ) {
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
      var hash: UInt32 = 0
      for length in 1...5 where start + length <= folded.count {
        hash = StyleHash.extended(hash, by: folded[start + length - 1])
        keys.append(StyleHash.key(ofCharacters: hash, length: length))
      }
    }
  }

  /// 1-grams of the tokens and the newline after them, and 2-grams from the newline before them.
  private static func countWords(_ text: [UInt32], into keys: inout [UInt32]) {
    let newline = StyleHash.token([0x0A])
    var previous = newline
    func add(_ token: UInt64) {
      keys.append(StyleHash.finished(token))
      keys.append(StyleHash.finished(StyleHash.pair(previous, token)))
      previous = token
    }
    for token in StyleTokens(text) { add(StyleHash.token(text[token.range])) }
    add(newline)
  }
}
