import Foundation

/// Cuts text into the pieces of a vocabulary: the longest that cover each token from left to right (WordPiece; Wu and
/// others, 2016), letters made small and without accents. `Corpora/style/encoder.py` cuts the same way.
struct WordPieces: Sendable {
  /// What a piece looked like where it stood: 4 · case of its token + gap before it.
  typealias Shape = UInt8

  /// Count of shapes.
  static let shapes = 16
  /// Longer tokens are unknown.
  static let longestToken = 100

  /// The pieces that stand for something else than themselves, the first of any vocabulary.
  enum Special: UInt16, CaseIterable {
    case padding, unknown, start, end, mask, link, mention

    var name: String {
      switch self {
      case .padding: "[PAD]"
      case .unknown: "[UNK]"
      case .start: "[CLS]"
      case .end: "[SEP]"
      case .mask: "[MASK]"
      case .link: "[LINK]"
      case .mention: "[MENTION]"
      }
    }
  }

  /// By scalars, those of pieces that go on within a token behind `goesOn`.
  private let numbers: [[UInt32]: UInt16]
  private let longestPiece: Int
  /// Count of pieces.
  let count: Int

  /// Stands before a piece that goes on within a token; no token has it.
  private static let goesOn: UInt32 = 0

  /// A vocabulary, a name a piece; nil where it lacks a special piece, or has one twice.
  init?(names: [Substring]) {
    var numbers: [[UInt32]: UInt16] = [:]
    guard (Special.allCases.count...Int(UInt16.max)).contains(names.count) else { return nil }
    for special in Special.allCases where names[Int(special.rawValue)] != special.name { return nil }
    for (number, name) in names.enumerated() where number >= Special.allCases.count {
      let scalars = name.unicodeScalars.map(\.value)
      // By scalars: a mark upon the second "#" would make another character of it.
      let isMarked = scalars.count > 2 && scalars[0] == 0x23 && scalars[1] == 0x23
      let piece = isMarked ? [Self.goesOn] + scalars.dropFirst(2) : scalars
      guard !piece.isEmpty, numbers.updateValue(UInt16(number), forKey: piece) == nil else { return nil }
    }
    self.numbers = numbers
    longestPiece = numbers.keys.map(\.count).max() ?? 0
    count = names.count
  }

  /// The pieces of a token: `unknown` alone where none cover it.
  func pieces(of token: [UInt32]) -> [UInt16] {
    let plain = Self.plain(token)
    if plain.isEmpty || plain.count > Self.longestToken { return [Special.unknown.rawValue] }
    var result: [UInt16] = []
    var start = 0
    while start < plain.count {
      let mark = start == 0 ? [] : [Self.goesOn]
      var end = min(plain.count, start + longestPiece - mark.count)
      var found: UInt16?
      while end > start {
        found = numbers[mark + plain[start..<end]]
        if found != nil { break }
        end -= 1
      }
      guard let found else { return [Special.unknown.rawValue] }
      result.append(found)
      start = end
    }
    return result
  }

  /// Small letters without accents, scalar by scalar.
  private static func plain(_ token: [UInt32]) -> [UInt32] {
    if token.allSatisfy({ $0 < 0x80 }) { return token.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 } }
    var small = ""
    for case let scalar? in token.map(Unicode.Scalar.init) { small += scalar.properties.lowercaseMapping }
    return small.decomposedStringWithCanonicalMapping.unicodeScalars.lazy
      .filter { $0.properties.generalCategory != .nonspacingMark }.map(\.value)
  }

  /// How a token is written: 0 without capitals, 1 with one at its beginning alone, 2 all of several letters, 3 else.
  static func letterCase(of token: [UInt32]) -> Shape {
    let scalars = token.map { Unicode.Scalar($0)?.properties }
    let capitals = scalars.map { $0?.isUppercase ?? false }
    guard let first = capitals.firstIndex(of: true) else { return 0 }
    if first == 0, !capitals.dropFirst().contains(true) { return 1 }
    let hasSmall = zip(scalars, capitals).contains { !$1 && $0?.isLowercase ?? false }
    return token.count > 1 && !hasSmall ? 2 : 3
  }
}

/// A text as pieces of a vocabulary, with what they looked like.
struct PieceText {
  var pieces: [UInt16] = []
  var shapes: [WordPieces.Shape] = []
}

/// Cuts texts, and remembers tokens that it met.
struct PieceCutter {
  private struct Token {
    var pieces: [UInt16]
    var letterCase: WordPieces.Shape
  }

  private static let memoryLimit = 1 << 16
  private let vocabulary: WordPieces
  private var known: [[UInt32]: Token] = [:]

  init(_ vocabulary: WordPieces) { self.vocabulary = vocabulary }

  /// The pieces of a text, in which one scalar stands for each link and mention (see `TextCleaning`).
  mutating func cut(_ text: UnsafeBufferPointer<UInt32>) -> PieceText {
    var result = PieceText()
    var (start, gapStart) = (0, 0)
    while start < text.count {
      let kind = ScalarClass(text[start])
      if kind == .space {
        start += 1
        continue
      }
      var end = start + 1
      if Self.isPartOfWord(text[start]) {
        while end < text.count, Self.isPartOfWord(text[end]) { end += 1 }
      }
      let gap = result.pieces.isEmpty ? 0 : Self.gap(text, gapStart..<start)
      let token = token(UnsafeBufferPointer(rebasing: text[start..<end]))
      result.pieces += token.pieces
      result.shapes.append(4 * token.letterCase + gap)
      for _ in token.pieces.dropFirst() { result.shapes.append(4 * token.letterCase) }
      start = end
      gapStart = end
    }
    return result
  }

  private static func isPartOfWord(_ scalar: UInt32) -> Bool {
    ScalarClass(scalar) == .word && scalar != 0x5F
  }

  /// White space before a piece: 0 none, 1 without a newline, 2 a newline alone, 3 more with one.
  private static func gap(_ text: UnsafeBufferPointer<UInt32>, _ range: Range<Int>) -> WordPieces.Shape {
    if range.isEmpty { return 0 }
    if !text[range].contains(0x0A) { return 1 }
    return range.count == 1 ? 2 : 3
  }

  private mutating func token(_ scalars: UnsafeBufferPointer<UInt32>) -> Token {
    if scalars.count == 1, scalars[0] == TextCleaning.link {
      return Token(pieces: [WordPieces.Special.link.rawValue], letterCase: 0)
    }
    if scalars.count == 1, scalars[0] == TextCleaning.mention {
      return Token(pieces: [WordPieces.Special.mention.rawValue], letterCase: 0)
    }
    let key = Array(scalars)
    if let token = known[key] { return token }
    let token = Token(pieces: vocabulary.pieces(of: key), letterCase: WordPieces.letterCase(of: key))
    if key.count > WordPieces.longestToken { return token }
    if known.count == Self.memoryLimit { known.removeAll(keepingCapacity: true) }
    known[key] = token
    return token
  }
}
