/// A value of which a platform shows only some characters: `j***n@g****.com`, `•••••••123`.
///
/// A match says that a value is compatible with the mask, never that it is the one; how much that is worth
/// depends on `shown`, the number of characters that had to agree.
public struct MaskedValue: Sendable, Hashable {
  private enum Piece: Hashable, Sendable {
    case literal(Unicode.Scalar)
    /// A run of this many mask characters.
    case hidden(Int)
  }

  private let pieces: [Piece]
  /// Letters and digits that the mask shows.
  public let shown: Int

  /// Whether a character hides another.
  public static func isMask(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2A, 0x2022, 0x25CF, 0x25E6, 0xB7, 0x2217, 0x2731, 0x2026, 0xFF0A: true
    default: false
    }
  }

  /// Reads a mask; nil when nothing is hidden in the text, or it is longer than 320 bytes.
  public init?(_ text: String) {
    guard text.utf8.count <= 320 else { return nil }
    let scalars = HiddenCharacters.strip(text).text.trimmed.lowercased().unicodeScalars
    guard scalars.contains(where: Self.isMask) else { return nil }
    var pieces: [Piece] = []
    var shown = 0
    for scalar in scalars {
      if Self.isMask(scalar) {
        if case .hidden(let count) = pieces.last {
          pieces[pieces.count - 1] = .hidden(count + 1)
        } else {
          pieces.append(.hidden(1))
        }
      } else if !scalar.properties.isWhitespace {
        pieces.append(.literal(scalar))
        if scalar.properties.isAlphabetic || scalar.properties.numericType != nil { shown += 1 }
      }
    }
    self.pieces = pieces
    self.shown = shown
  }

  /// Whether a canonical value could stand behind the mask.
  ///
  /// - Parameter exactLength: whether a run of masks hides exactly as many characters; some platforms write a
  ///   fixed number. Otherwise a run hides one character or more. A `+` that only the
  ///   value has is passed over.
  public func matches(_ canonical: String, exactLength: Bool = false) -> Bool {
    let text = Array(canonical.lowercased().unicodeScalars)
    guard text.count <= 320 else { return false }
    if matches(text[...], exactLength) { return true }
    return text.first == "+" && matches(text.dropFirst(), exactLength)
  }

  /// Tries every position that each piece can end at: linear in the text for each piece.
  private func matches(_ text: ArraySlice<Unicode.Scalar>, _ exactLength: Bool) -> Bool {
    let text = Array(text)
    var reachable = [Bool](repeating: false, count: text.count + 1)
    reachable[0] = true
    for piece in pieces {
      var next = [Bool](repeating: false, count: text.count + 1)
      switch piece {
      case .literal(let scalar):
        for position in text.indices where reachable[position] && text[position] == scalar {
          next[position + 1] = true
        }
      case .hidden(let count) where exactLength:
        for position in reachable.indices where reachable[position] && position + count <= text.count {
          next[position + count] = true
        }
      case .hidden:
        var seen = false
        for position in reachable.indices {
          next[position] = seen
          seen = seen || reachable[position]
        }
      }
      reachable = next
    }
    return reachable[text.count]
  }
}
