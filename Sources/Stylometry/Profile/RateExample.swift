extension RateCatalogue {
  /// Where a post shows a habit: at most `limit` pieces of it, each with up to `context` characters on both sides.
  /// Looks at the post as profiles do, without quotes, links and the rest. Such a piece is untrusted text.
  public static func examples(
    of rate: Int, in post: String, limit: Int = 3, context: Int = 24
  ) -> [String] {
    let text = Array(TextCleaning(post: post.utf8).lines.joined(separator: [0x0A]))
    var examples: [String] = []
    var units = [UInt64](repeating: 0, count: RateUnit.allCases.count)
    RateScanner.scan(text, units: &units) { found, range in
      guard found == rate, examples.count < limit else { return }
      let start = max(0, range.lowerBound - context)
      // Of a habit of a whole line or post the beginning is enough.
      let end = min(text.count, min(range.upperBound, range.lowerBound + 2 * context) + context)
      var piece = String.UnicodeScalarView()
      for scalar in text[start..<end] {
        switch scalar {
        case TextCleaning.link: piece.append(contentsOf: "[link]".unicodeScalars)
        case TextCleaning.mention: piece.append(contentsOf: "[mention]".unicodeScalars)
        default: piece.append(Unicode.Scalar(scalar) ?? "\u{FFFD}")
        }
      }
      examples.append(String(piece))
    }
    return examples
  }
}
