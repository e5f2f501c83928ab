import Foundation
import Glibc
import Linkage

/// Writing for people: messages on stderr, colour only where it is seen and wanted.
enum Terminal {
  /// Whether the terminal says that it can neither colour nor move its cursor.
  static let isDumb = ProcessInfo.processInfo.environment["TERM"] == "dumb"

  /// Whether standard output takes colour: a terminal, and NO_COLOR is not set (no-color.org).
  static let hasColour: Bool = {
    let environment = ProcessInfo.processInfo.environment
    if let no = environment["NO_COLOR"], !no.isEmpty { return false }
    return isatty(STDOUT_FILENO) == 1 && !isDumb
  }()

  /// Writes a line to stderr.
  static func write(_ text: String) { StandardStream.error(text + "\n") }

  /// Writes an error to stderr.
  static func error(_ text: String) { write("Error: \(VisibleText.escape(text))") }

  /// Writes a warning to stderr.
  static func warning(_ text: String) { write("Warning: \(VisibleText.escape(text))") }

  static func bold(_ text: String) -> String { paint(text, "1") }
  static func green(_ text: String) -> String { paint(text, "32") }
  static func red(_ text: String) -> String { paint(text, "31") }
  static func yellow(_ text: String) -> String { paint(text, "33") }
  static func dim(_ text: String) -> String { paint(text, "2") }

  private static func paint(_ text: String, _ code: String) -> String {
    hasColour ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }

  /// Text from evidence, safe to print.
  static func safe(_ text: String) -> String { VisibleText.escape(text) }

  /// A path as a shell takes it for one word, safe to print: for commands that people copy.
  static func word(_ text: String) -> String {
    let isPlain = text.unicodeScalars.allSatisfy { sign in
      sign.properties.isAlphabetic || ("0"..."9").contains(sign) || "/._-+:@,=".unicodeScalars.contains(sign)
    }
    return isPlain && !text.isEmpty ? safe(text) : safe("'" + text.replacing("'", with: "'\\''") + "'")
  }

  /// Columns padded to their widest cell; the last is left as it is.
  static func table(_ rows: [[String]], indent: String = "") -> String {
    var widths: [Int] = []
    for row in rows {
      for (column, cell) in row.enumerated() {
        if column == widths.count { widths.append(0) }
        widths[column] = max(widths[column], cell.count)
      }
    }
    return rows.map { row in
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
      }
      return indent + cells.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// A number with a sign and two decimals.
  static func signed(_ value: Double) -> String {
    let text = String(format: "%.2f", abs(value))
    return (value < 0 ? "-" : "+") + text
  }

  /// `1 account`, `3 accounts`.
  static func count(_ number: Int, _ noun: String, plural: String? = nil) -> String {
    "\(number) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
