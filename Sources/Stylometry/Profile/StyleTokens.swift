/// Tokens of a text: words (with apostrophes between word characters), single marks, newlines. In the notation of
/// regular expressions `\w+(?:['’]\w+)*|[^\w\s]|\n`, with `ScalarClass` for the classes.
public struct StyleTokens: Sequence, IteratorProtocol {
  /// What a token is.
  public enum Kind: Sendable { case word, mark, newline }
  /// A token and where it stands.
  public struct Token: Sendable {
    /// What it is.
    public let kind: Kind
    /// Its scalars.
    public let range: Range<Int>
  }

  private let text: [UInt32]
  private var position = 0

  /// The tokens of a cleaned text.
  public init(_ text: [UInt32]) { self.text = text }

  /// The next token; nil at the end.
  public mutating func next() -> Token? {
    while position < text.count {
      let start = position
      let scalar = text[start]
      position += 1
      switch ScalarClass(scalar) {
      case .space:
        if scalar == 0x0A { return Token(kind: .newline, range: start..<position) }
      case .mark: return Token(kind: .mark, range: start..<position)
      case .word:
        while position < text.count {
          if ScalarClass(text[position]) == .word {
            position += 1
          } else if text[position] == 0x27 || text[position] == 0x2019, position + 1 < text.count,
            ScalarClass(text[position + 1]) == .word
          {
            position += 2
          } else {
            break
          }
        }
        return Token(kind: .word, range: start..<position)
      }
    }
    return nil
  }
}
