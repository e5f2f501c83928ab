extension HTMLTag {
  private static let void = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
  ].map { Array($0.utf8) }

  /// Whether an element has no end.
  var isVoid: Bool { Self.void.contains { name.elementsEqual($0) } }

  private static let blocks = [
    "address", "caption", "details", "div", "figcaption", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "li",
    "ol", "p", "summary", "table", "td", "th", "tr", "ul",
  ].map { Array($0.utf8) }

  /// Whether an element ends a line within the text of a message, as articles have them.
  var isBlock: Bool { Self.blocks.contains { name.elementsEqual($0) } }
}
