import Linkage

/// Text for a table of comma-separated values that people open in a spreadsheet.
enum TableText {
  /// A field of text.
  ///
  /// What a spreadsheet would run as a formula, or take for a number or a date and change, is made text by an apostrophe
  /// before it; characters that would not be seen come as `\u{…}`, line ends among them, so that a row is a line.
  static func field(_ text: String) -> String {
    // What is plain has nothing to show.
    let isPlain = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
    let shown = isPlain ? text : VisibleText.escape(text)
    guard let first = shown.unicodeScalars.first(where: { !$0.properties.isWhitespace }) else { return shown }
    return quoted(isFormula(first) || (isPlain && SpreadsheetNumber.changes(shown)) ? "'" + shown : shown)
  }

  /// Whether a field that begins so, after spaces, may be run: half and full width, as spreadsheets take both.
  private static func isFormula(_ first: Unicode.Scalar) -> Bool {
    switch first {
    case "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}", "\u{2212}", "|", "%": true
    default: false
    }
  }

  private static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x27 || $0 == 0x3B || $0 == 0x20 })
    else { return text }
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { result += "\"" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
