/// Names of elements that a page's parts are found by.
enum MetaPageElements {
  /// Elements without an end.
  static let void = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
  ].map { Array($0.utf8) }

  /// Elements that do not end a line.
  static let inline = [
    "a", "abbr", "b", "bdi", "bdo", "code", "em", "font", "i", "label", "mark", "small", "span", "strong",
    "sub", "sup", "time", "u",
  ].map { Array($0.utf8) }
}
