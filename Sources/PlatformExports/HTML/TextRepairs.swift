/// How much of a page's words was mended.
struct TextRepairs {
  /// Pieces that were no UTF-8; see `HTMLWords`.
  private(set) var repaired = 0
  /// References to half a character, or to none.
  private(set) var replaced = 0

  /// Counts what of some words was mended.
  mutating func add(_ words: HTMLWords) {
    repaired += words.repaired
    replaced += words.replaced
  }

  /// What some words say, without white space at their end; they begin anew, and what was mended is counted.
  mutating func take(_ words: inout HTMLWords) -> String {
    words.trimEnd()
    add(words)
    defer { words = HTMLWords() }
    return words.string
  }
}
