import Foundation

/// Documents by invented authors: each draws words from a common list by preferences of their own, and has habits of
/// punctuation and casing.
struct InventedAuthors {
  private var state: UInt64
  private let words: [String]

  init(seed: UInt64) {
    state = seed
    let parts = ["ba", "ne", "ko", "ri", "su", "ta", "me", "lo", "vi", "ga", "du", "pe"]
    words =
      parts.flatMap { one in parts.map { one + $0 } } + ["the", "and", "of", "to", "it", "was", "but", "you"]
  }

  private mutating func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }

  /// Lines of a corpus: four documents an author, of two sides. With dialects, authors whose numbers leave another rest
  /// write other words.
  mutating func lines(split: String, authors: Int, characters: Int, dialects: Int = 1) -> [String] {
    var result: [String] = []
    for author in 0..<authors {
      let vowel = ["a", "o", "y"][author % dialects]
      let words = words.map { $0.replacingOccurrences(of: "a", with: vowel) }
      let favourites = (0..<24).map { _ in words[next(words.count)] }
      let stop = [".", "!", "...", " -", ";", "?"][next(6)]
      let isCapitalised = next(2) == 0
      for side in ["A0", "A1", "B0", "B1"] {
        var text = ""
        while text.count < characters {
          let length = 4 + next(8)
          var sentence = (0..<length).map { _ in
            next(3) == 0 ? favourites[next(24)] : words[next(words.count)]
          }
          if isCapitalised { sentence[0] = sentence[0].capitalized }
          text += sentence.joined(separator: " ") + (next(4) == 0 ? "." : stop) + " "
        }
        text = String(text.prefix(characters))
        result.append(
          #"{"id":"\#(split)\#(author):\#(side)","author":"\#(split)\#(author)","split":"\#(split)","side":"\#(side)","text":"\#(text)"}"#
        )
      }
    }
    return result
  }

  /// A line a pair: for each author one of theirs and one with the author so many further on.
  static func pairs(split: String, authors: Int, step: Int = 1) -> [String] {
    (0..<authors).flatMap { author in
      [
        "\(split)\t\(split)\(author):A0\t\(split)\(author):B0\t1",
        "\(split)\t\(split)\(author):A0\t\(split)\((author + step) % authors):B0\t0",
      ]
    }
  }
}
