import Linkage

/// Text for pages. Everything that comes from a table or a case goes through here.
public enum HTMLText {
  /// Scalars of one text that are shown; more would be a page of its own.
  public static let limit = 300

  /// The text, escaped for content and for attributes in quotation marks.
  ///
  /// What would not be seen, or would reorder what stands beside it, comes as a marked `\u{…}`. The limit is in
  /// scalars, as one character may be made of any number of them.
  public static func escape(_ text: String, limit: Int = HTMLText.limit) -> String {
    var result = ""
    var count = 0
    for scalar in text.unicodeScalars {
      count += 1
      if count > limit { return result + "…" }
      if let reference = reference(to: scalar) {
        result += reference
        continue
      }
      let shown = VisibleText.escape(String(scalar))
      result += shown.unicodeScalars.count == 1 ? shown : "<mark>\(shown)</mark>"
    }
    return result
  }

  /// The text, escaped for where no markup can stand, as in a title: what would not be seen comes as `\u{…}`, unmarked.
  public static func plain(_ text: String, limit: Int = HTMLText.limit) -> String {
    let cut = text.unicodeScalars.count > limit
    let scalars = text.unicodeScalars.prefix(limit)
    return scalars.map { reference(to: $0) ?? VisibleText.escape(String($0)) }.joined() + (cut ? "…" : "")
  }

  /// How HTML and XML write a character that means something in their markup; nil for one that does not.
  public static func reference(to scalar: Unicode.Scalar) -> String? {
    switch scalar {
    case "&": "&amp;"
    case "<": "&lt;"
    case ">": "&gt;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: nil
    }
  }

  /// A value from a table: escaped, and its direction of writing kept to itself.
  public static func value(_ text: String, limit: Int = HTMLText.limit) -> String {
    text.isEmpty ? "<i class=\"none\">none</i>" : "<bdi>\(escape(text, limit: limit))</bdi>"
  }

  /// A value of any number of lines, each on a line of its own.
  public static func lines(_ text: String, limit: Int = HTMLText.limit) -> String {
    // A marked line end is never of the text itself, of which each `<` is escaped.
    value(text.replacing("\r\n", with: "\n"), limit: limit)
      .replacing("<mark>\(VisibleText.escape("\n"))</mark>", with: "<br>")
  }
}
