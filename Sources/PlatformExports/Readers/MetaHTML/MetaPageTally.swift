/// Counts the parts of a page by its raw bytes, apart from the parser: elements with the class of a part, of which one
/// in the body of another is not counted, nor one that holds others before it has a body.
///
/// It knows no quotes or comments, and follows `div` and `section` alone.
final class MetaPageTally {
  private(set) var parts = 0
  private var isMain = false
  private var depth = 0
  /// Depth of the part at hand.
  private var open: Int?
  private var hasBody = false
  private var tags = TagBytes(limit: 400)

  func feed(_ bytes: UnsafeBufferPointer<UInt8>) { tags.feed(bytes) { end($0) } }

  private func end(_ tag: [UInt8]) {
    var words: String { String(decoding: tag, as: UTF8.self) }
    let isElement = tag.starts(with: "div".utf8) || tag.starts(with: "section".utf8)
    if isElement {
      depth += 1
    } else if tag.starts(with: "/div".utf8) || tag.starts(with: "/section".utf8) {
      depth -= 1
      if let open, depth < open { self.open = nil }
      return
    }
    if !isMain {
      isMain = tag.starts(with: "main".utf8) || isElement && words.holdsBytes("role=\"main\"")
      return
    }
    if tag.starts(with: "/main".utf8) { isMain = false }
    if tag.starts(with: "td".utf8) || tag.starts(with: "th".utf8) { hasBody = true }
    guard isElement else { return }
    let text = words
    if tag.starts(with: "section".utf8) || Self.parts.contains(where: { text.holdsBytes($0) }) {
      guard open == nil || !hasBody else { return }
      if open == nil { parts += 1 }
      open = depth
      hasBody = false
    } else if Self.bodies.contains(where: { text.holdsBytes($0) }) {
      hasBody = true
    }
  }

  private static let parts = ["_a6-g", "_2lej", "uiBoxWhite"]
  private static let bodies = ["_a6-p", "_2let", "_a6-o", "_2lem"]
}
