import Identifiers

/// The words of a name, in small letters and hyphens alone, without titles and what tells an elder from a junior. What stands
/// before a comma is the family name, and comes last.
enum NameWords {
  private static let hyphens: Set<Character> = ["-", "\u{2010}", "\u{2013}"]

  static func of(_ name: String) -> [String] {
    let parts = name.lowercased().split(separator: ",").enumerated().map { words($1, isFirst: $0 == 0) }
      .filter { !$0.isEmpty }
    return (parts.dropFirst() + parts.prefix(1)).flatMap { $0 }
  }

  private static func words(_ part: Substring, isFirst: Bool) -> [String] {
    part.split { $0.isWhitespace || $0 == "." }.enumerated().compactMap { place, piece in
      let word = piece.filter(\.isLetter)
      let isAffix = [word, String(piece)].contains {
        NameAffix($0, isFirst: isFirst && place == 0) != nil
      }
      return word.isEmpty || isAffix ? nil : piece.filter { $0.isLetter || hyphens.contains($0) }
    }
  }
}
