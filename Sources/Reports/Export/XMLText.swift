import Charts
import Linkage

/// Text for XML 1.0 documents.
enum XMLText {
  /// The text, escaped for content and for attributes in quotation marks.
  ///
  /// A character that XML 1.0 cannot hold comes as the text `\u{…}`; one that would not be seen, or would reorder what
  /// stands beside it, as a reference, which a program reads as the character and a person sees.
  static func escape(_ text: String) -> String {
    // Most texts are plain.
    if text.utf8.allSatisfy({ byte in
      byte >= 0x20 && byte < 0x7F && byte != 0x26 && byte != 0x3C && byte != 0x3E && byte != 0x22
        && byte != 0x27
    }) {
      return text
    }
    var result = ""
    result.reserveCapacity(text.utf8.count + 16)
    for scalar in text.unicodeScalars {
      if let reference = HTMLText.reference(to: scalar) {
        result += reference
      } else if scalar.value >= 0x20, scalar.value < 0x7F {
        // Letters and digits are most of any text.
        result.unicodeScalars.append(scalar)
      } else if !isAllowed(scalar) {
        result += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
      } else if VisibleText.escape(String(scalar)).unicodeScalars.count > 1 {
        result += "&#x\(String(scalar.value, radix: 16, uppercase: true));"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// Whether XML 1.0 can hold a character (section 2.2, production Char).
  private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x9, 0xA, 0xD, 0x20...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
    default: false
    }
  }
}
