/// What the pages of reports have in common.
public enum PageParts {
  /// The beginning of a table that scrolls where it is too wide: `#` before a head for numbers, `.` for drawings. The
  /// heads are HTML.
  public static func table(_ heads: [String], isWide: Bool = false) -> String {
    let cells = heads.map { head in
      switch head.first {
      case "#": "<th class=\"n\">\(head.dropFirst())</th>"
      case ".": "<th class=\"plot\">\(head.dropFirst())</th>"
      default: "<th>\(head)</th>"
      }
    }
    return
      "<div class=\"scroll\"><table\(isWide ? " class=\"wide\"" : "")><thead><tr>\(cells.joined())</tr></thead><tbody>\n"
  }

  /// The end of such a table.
  public static let tableEnd = "</tbody></table></div>\n"

  /// Figures in large type, each with what it counts; both are HTML.
  public static func facts(_ facts: [(String, String)]) -> String {
    "<dl class=\"facts\">" + facts.map { "<div><dt>\($0.0)</dt><dd>\($0.1)</dd></div>" }.joined() + "</dl>\n"
  }

  /// `1 account`, `1,200 accounts`.
  public static func count(_ number: Int, _ noun: String) -> String {
    "\(Figure.grouped(number)) \(noun)\(number == 1 ? "" : "s")"
  }
}
