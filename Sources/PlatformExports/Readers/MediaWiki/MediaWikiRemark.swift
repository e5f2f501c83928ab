/// What a contributor typed to explain an edit.
enum MediaWikiRemark {
  private static let arrow = "←"
  private static let made = [
    "Created page with ", "Replaced content with ", "Replaced page with ", "Redirected page to ",
    "Blanked the page", "Removed redirect to ", "Changed redirect target from ", "Reverted edits by ",
    "Reverted to revision ", "Protected \"", "Changed protection ", "Removed protection from ",
  ]

  /// The remark without what the wiki made of the edit itself: the name of the section (`/* History */`), the summary of an
  /// edit without one (`←Created page with …`), and the words before a reason for taking an edit back or moving a page.
  static func own(_ remark: Bytes) -> String {
    var words = withoutSections(remark)
    // Behind a name of a section: what the wiki says of it itself, and the change of an item of Wikibase.
    if remark.starts(with: "/*".utf8), ["new section", "Reply"].contains(words) || isOfItem(remark) {
      return ""
    }
    // `[[WP:AES|←]]` before the words, which are in the wiki's language.
    let isMarked = words.hasPrefix("[[") && words.prefix(80).holdsBytes("|\(arrow)]]")
    if isMarked || words.hasPrefix(arrow) { return "" }
    if ["Undid revision ", "Undo revision "].contains(where: { words.hasPrefix($0) }) {
      // `[[Special:Diff/5|5]] by [[Special:Contributions/Una|Una]] ([[User talk:Una|talk]])`; old ones have fewer links.
      words = behind("[[Special:Contributions/", in: words).flatMap { behind("]]", in: $0) } ?? ""
      if words.hasPrefix("([[") { words = behind("]])", in: words) ?? "" }
    } else if made.contains(where: { words.hasPrefix($0) }) {
      return ""
    } else if let move = words.firstRange(ofBytes: "moved page [[") ?? words.firstRange(ofBytes: "moved [["),
      let target = words[move.upperBound...].firstRange(ofBytes: "]] to [[")
    {
      words = behind("]]", in: words[target.upperBound...]) ?? ""
      if words.hasPrefix("over redirect") { words = String(words.dropFirst(13)) }
    } else {
      return words
    }
    return String(words.drop { $0.isWhitespace || $0 == ":" || $0 == "." })
  }

  /// Whether the mark is no section's, but that of a change of data: `/* wbsetlabel-add:1|en */ a label`.
  private static func isOfItem(_ remark: Bytes) -> Bool {
    let name = Bytes(rebasing: remark.dropFirst(2)).trimmed
    return name.starts(with: "wb".utf8)
      && name.drop { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }.first == UInt8(ascii: ":")
  }

  /// What stands behind the first mark.
  private static func behind(_ mark: String, in text: some StringProtocol) -> String? {
    text.firstRange(ofBytes: mark).map { text[$0.upperBound...].trimmingSpaces }
  }

  private static func withoutSections(_ remark: Bytes) -> String {
    let text = String(decoding: remark.trimmed, as: UTF8.self)
    var result = ""
    var rest = text[...]
    while let open = rest.firstRange(ofBytes: "/*"),
      let close = rest[open.upperBound...].firstRange(ofBytes: "*/")
    {
      result += rest[..<open.lowerBound]
      rest = rest[close.upperBound...]
    }
    return (result + rest).trimmingSpaces
  }
}
