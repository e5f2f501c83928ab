/// What an element of a page holds.
enum TelegramPagePart {
  case page, header, title, details, row, label, value
  case message, body, name, forwarded, text, quote, media, mediaTitle, mediaStatus
  case reactions, sign, count
  case entry, entryName, subname, info, detail
  case skipped

  /// Whether its words are a field of their own.
  var isField: Bool {
    switch self {
    case .title, .label, .value, .name, .mediaTitle, .mediaStatus, .sign, .count, .entryName, .subname, .info,
      .detail:
      true
    default: false
    }
  }

  private static let void = [
    "area", "base", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ].map { Array($0.utf8) }

  /// Whether an element has no end.
  static func isVoid(_ tag: HTMLTag) -> Bool { void.contains { tag.name.elementsEqual($0) } }

  private static let blocks = [
    "address", "caption", "details", "div", "figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "ol", "p", "summary", "table", "td", "th", "tr", "ul",
  ].map { Array($0.utf8) }

  /// Whether an element ends a line within the text of a message, as articles have them.
  static func isBlock(_ tag: HTMLTag) -> Bool { blocks.contains { tag.name.elementsEqual($0) } }
}
