/// Names of elements that a page's parts are found by.
enum MetaPageElements {
  private static let inline = [
    "a", "abbr", "b", "bdi", "bdo", "code", "em", "font", "i", "label", "mark", "small", "span", "strong",
    "sub", "sup", "time", "u",
  ].map { Array($0.utf8) }

  /// Whether an element does not end a line.
  static func isInline(_ tag: HTMLTag) -> Bool { inline.contains { tag.name.elementsEqual($0) } }
}
