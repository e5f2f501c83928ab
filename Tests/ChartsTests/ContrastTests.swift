import Charts
import Foundation
import Testing

/// Colours of pages against what they stand on (WCAG 2.2, success criterion 1.4.3: at least 4.5).
@Suite struct ContrastTests {
  /// The colours of a scheme by name, each as red, green and blue between 0 and 255.
  private static func colours(_ part: Int) -> [String: [Double]] {
    let parts = PageStyle.sheet.components(separatedBy: "@media")
    var result: [String: [Double]] = [:]
    for match in parts[part].matches(of: #/--([a-z0-9]+):#([0-9a-f]+)[;}]/#) {
      let digits = match.2.count == 3 ? match.2.flatMap { [$0, $0] } : Array(match.2)
      let value = Int(String(digits), radix: 16) ?? 0
      result[String(match.1)] = [value >> 16, value >> 8 & 255, value & 255].map(Double.init)
    }
    return result
  }

  private static func luminance(_ colour: [Double]) -> Double {
    let linear = colour.map { value in
      value / 255 <= 0.03928 ? value / 255 / 12.92 : pow((value / 255 + 0.055) / 1.055, 2.4)
    }
    return zip(linear, [0.2126, 0.7152, 0.0722]).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Light, then dark.
  @Test(arguments: [0, 1])
  func textIsReadable(scheme: Int) throws {
    let colours = Self.colours(scheme)
    let pairs = [
      "ink paper", "soft paper", "soft panel", "for paper", "against paper", "cut paper", "ink mark",
    ]
    for pair in pairs {
      let ends = pair.split(separator: " ").map { Self.luminance(colours[String($0)] ?? []) }
      let contrast = (try #require(ends.max()) + 0.05) / (try #require(ends.min()) + 0.05)
      #expect(contrast >= 4.5, "\(pair): \(contrast)")
    }
    // A mark stands in text of any colour, and so brings its own.
    #expect(PageStyle.sheet.contains("mark{background:var(--mark);color:var(--ink)"))
  }
}
