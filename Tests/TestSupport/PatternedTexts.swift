/// Texts of many authors that all write by one pattern, of other words for each author.
public enum PatternedTexts {
  private static let words = [
    "garden", "train", "office", "kitchen", "letter", "window", "dinner", "market", "story", "winter",
    "school",
    "river", "concert", "holiday", "neighbour", "picture", "weekend", "journey", "supper", "village",
    "meeting",
  ]
  private static let sentences = [
    "So I went back to the % because of the % and it was not what I had hoped for.",
    "I have been thinking about the % again today, and about the % too.",
    "My sister says that the % is better than the %, but then she would.",
    "Nothing much happened after the %, so I read about the % until late.",
    "If only they had told me about the % before we went to the %!",
    "Tomorrow there will be a % and I am looking forward to the %.",
  ]

  /// Entries of one author.
  public static func entries(_ author: UInt64, lines: Int = 40) -> String {
    var random = SplitMix(seed: author + 1)
    return (0..<lines).map { _ in
      sentences[Int.random(in: 0..<sentences.count, using: &random)].split(
        separator: "%", omittingEmptySubsequences: false
      ).joined(separator: words[Int.random(in: 0..<words.count, using: &random)])
    }.joined(separator: " ")
  }
}
