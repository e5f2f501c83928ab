/// Looks through the beginning of a JSON text for what shows it to be of CASE or UCO.
struct UCOHead {
  /// What was found in the place where it counts.
  enum Mark: Comparable { case none, usualPrefix, ontology }

  private(set) var mark = Mark.none
  private var depth = 0
  private var key = ""
  /// How deep the context lies in which the place is.
  private var contextDepth: Int?
  /// How deep the list of types lies in which the place is.
  private var typeDepth: Int?
  /// The value of a key begins.
  private var isValue = false

  /// Bytes of a string that are looked at.
  private static let limit = 400

  /// Looks through bytes, which may end anywhere.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    var position = 0
    while position < bytes.count, mark < .ontology {
      let byte = bytes[position]
      position += 1
      switch byte {
      case 0x22:
        let start = position
        while position < bytes.count, bytes[position] != 0x22 { position += bytes[position] == 0x5C ? 2 : 1 }
        guard position < bytes.count else { return }
        let text = String(decoding: bytes[start..<min(position, start + Self.limit)], as: UTF8.self)
          .replacing("\\/", with: "/")
        position += 1
        var next = position
        while next < bytes.count, bytes[next].isSpace { next += 1 }
        if next < bytes.count, bytes[next] == UInt8(ascii: ":") {
          position = next + 1
          begin(text)
        } else {
          end(text)
        }
      case UInt8(ascii: "{"), UInt8(ascii: "["): open()
      case UInt8(ascii: "}"), UInt8(ascii: "]"): close()
      case UInt8(ascii: ","): isValue = false
      default: break
      }
    }
  }

  private mutating func begin(_ text: String) {
    key = text
    isValue = true
    // Of an expanded document the names of properties are whole.
    if contextDepth == nil, text.hasPrefix("http"), UCOName.isOfOntology(text) { mark = .ontology }
  }

  private mutating func end(_ text: String) {
    let isOfContext = contextDepth != nil || isValue && key == "@context" && depth <= 2
    let isType = typeDepth != nil || isValue && key == "@type" && contextDepth == nil
    isValue = false
    guard isOfContext || isType else { return }
    // Cognate's own properties stand in other exports of its as well.
    if UCOName.isOfOntology(text), !UCOName.isOfCognate(text) { mark = .ontology }
    guard isType, let colon = text.firstIndex(of: ":") else { return }
    // Prefixes without `uco` or `case` in them may be anybody's.
    let prefix = text[..<colon]
    if prefix.hasPrefix("uco-") || prefix.hasPrefix("case-"), LinkedContext.wellKnown[String(prefix)] != nil {
      mark = max(mark, .usualPrefix)
    }
  }

  private mutating func open() {
    depth += 1
    if isValue, contextDepth == nil, typeDepth == nil {
      if key == "@context", depth <= 3 { contextDepth = depth }
      if key == "@type" { typeDepth = depth }
    }
    isValue = false
  }

  private mutating func close() {
    if contextDepth == depth { contextDepth = nil }
    if typeDepth == depth { typeDepth = nil }
    depth = max(depth - 1, 0)
    isValue = false
  }
}
