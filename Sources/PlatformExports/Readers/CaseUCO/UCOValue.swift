/// Values of CASE documents that need judging before they name anything.
enum UCOValue {
  /// Whether a text stands for a value that a program did not have: a day in 1900, one sign many times over.
  static func isPlaceholder(_ text: String) -> Bool {
    if text.hasPrefix("1900-01-01") { return true }
    guard let first = text.utf8.first, text.utf8.allSatisfy({ $0 == first }) else { return false }
    let isDigit = first.isDigit
    return text.utf8.count >= (isDigit ? 7 : 20)
  }

  /// One number that is written twice (`+447700900123/447700900123`); any other text as it is.
  static func undoubled(_ text: String) -> String {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(\.trimmingSpaces)
    guard parts.count > 1, let first = parts.first, parts.allSatisfy({ digits($0) == digits(first) }),
      digits(first).utf8.count >= 3, parts.allSatisfy({ $0.utf8.allSatisfy(isOfNumber) })
    else { return text }
    return parts.first { $0.hasPrefix("+") } ?? first
  }

  private static func digits(_ text: String) -> String {
    String(decoding: text.utf8.filter(\.isDigit), as: UTF8.self)
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    byte.isDigit || "+ -().".utf8.contains(byte)
  }

  /// Whether a text can only be what a person is called: words with white space between them, and no number.
  static func isName(_ text: String) -> Bool {
    text.contains(where: \.isWhitespace) && text.contains(where: \.isLetter) && !text.contains("@")
  }
}
