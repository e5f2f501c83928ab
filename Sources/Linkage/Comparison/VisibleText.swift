/// Text from evidence, made safe to print: control, bidirectional and invisible characters come as `\u{…}`.
public enum VisibleText {
  /// The text in quotation marks, at most 80 characters of it.
  public static func quote(_ text: String) -> String {
    let shown = escape(text.count > 80 ? String(text.prefix(79)) + "…" : text)
    return "\u{201C}\(shown)\u{201D}"
  }

  /// The text with everything escaped that would not be seen or would move the cursor.
  public static func escape(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      if isHidden(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// JSON with the same characters as its own escapes: another text, the same value.
  public static func escapeJSON(_ json: String) -> String {
    var result = ""
    for scalar in json.unicodeScalars {
      // What a JSON text holds outside of strings is ASCII; line ends are left for those who print lines.
      if scalar.value >= 0x7F, isHidden(scalar) {
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: return true
    case .format:
      // A zero-width joiner holds emoji together; the other format characters hide or reorder text.
      return scalar.value != 0x200D
    default:
      return (0xFE00...0xFE0E).contains(scalar.value) || (0xE0100...0xE01EF).contains(scalar.value)
    }
  }
}
