/// Words to be found at either end of a run of letters, also as loose keys spell them: with doubled letters once, and `m`
/// for `rn`, which look alike.
struct WordList: Sendable {
  private let words: Set<[UInt8]>
  /// Shorter words occur inside others too often to be taken for words.
  private let lengths: [Int]

  init(_ text: String) {
    var words: Set<[UInt8]> = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      for spelling in [String(word), NameLetters.of(String(word))] {
        words.insert(Array(spelling.utf8))
        words.insert(Array(spelling.replacing("rn", with: "m").utf8))
      }
    }
    self.words = words
    lengths = Array((3...max(3, words.map(\.count).max() ?? 3)).reversed())
  }

  /// Length of the longest word with which a run of letters begins, or ends.
  func longest(of run: ArraySlice<Unicode.Scalar>, atStart: Bool) -> Int? {
    lengths.first { $0 <= run.count && has(atStart ? run.prefix($0) : run.suffix($0)) }
  }

  /// Whether it has a word.
  func contains(_ word: String) -> Bool { has(ArraySlice(word.unicodeScalars)) }

  private func has(_ letters: ArraySlice<Unicode.Scalar>) -> Bool {
    letters.allSatisfy(\.isASCII) && words.contains(letters.map { UInt8($0.value) })
  }
}
