/// A tag in the content of a message: `<at id="8:live:rex">`.
///
/// Content is XML that never was checked: anything that does not look like a tag of Skype's is somebody's text.
struct SkypeMarkup {
  /// In small letters.
  let name: String
  let isEnd: Bool
  /// Whether it ends itself: `<br/>`.
  let isEmpty: Bool
  /// Bytes from `<` to behind `>`.
  let length: Int
  private let attributes: [(name: String, value: String)]

  /// Tags that Skype and Teams write.
  private static let known: Set<String> = [
    "a", "at", "attachment", "b", "blockquote", "body", "br", "c", "chunk", "code", "contacts", "del", "div",
    "duration", "e_m", "em", "emoji", "encryptionkey", "file", "files", "filesize", "flag", "font", "h1",
    "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "legacyquote", "li", "location", "meta", "name", "ol", "originalname", "p", "part",
    "partlist", "pre", "quote", "readonly", "s", "sms", "span", "ss", "strike", "strong", "sub", "sup",
    "table",
    "tbody", "td", "th", "thead", "title", "tr", "u", "ul", "untilnext", "uriobject", "videomessage",
  ]

  /// The tag that begins at a position; nil where none does.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) {
    var position = start + 1
    guard start < bytes.count, bytes[start] == UInt8(ascii: "<"), position < bytes.count else { return nil }
    isEnd = bytes[position] == UInt8(ascii: "/")
    if isEnd { position += 1 }
    let nameStart = position
    while position < bytes.count, Self.isNameByte(bytes[position]), position - nameStart < 16 {
      position += 1
    }
    name = String(decoding: bytes[nameStart..<position], as: UTF8.self).lowercased()
    guard Self.known.contains(name) else { return nil }
    var attributes: [(name: String, value: String)] = []
    var isEmpty = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: ">") {
        self.isEmpty = isEmpty
        self.attributes = attributes
        length = position + 1 - start
        return
      }
      isEmpty = byte == UInt8(ascii: "/")
      guard Self.isNameByte(byte) else {
        // `<b` in the middle of words is no tag.
        guard byte.isSpace || isEmpty else { return nil }
        position += 1
        continue
      }
      guard let attribute = Self.attribute(bytes, &position), attributes.count < 32 else { return nil }
      attributes.append(attribute)
    }
    return nil
  }

  /// The value of an attribute, its entities undone; empty where it has none.
  func value(_ name: String) -> String { attributes.first { $0.name == name }?.value ?? "" }

  private static func attribute(
    _ bytes: UnsafeBufferPointer<UInt8>, _ position: inout Int
  ) -> (name: String, value: String)? {
    let start = position
    while position < bytes.count, isNameByte(bytes[position]) || bytes[position] == UInt8(ascii: ":") {
      position += 1
    }
    let name = String(decoding: bytes[start..<position], as: UTF8.self).lowercased()
    guard position < bytes.count, bytes[position] == UInt8(ascii: "=") else { return (name, "") }
    position += 1
    guard position < bytes.count,
      bytes[position] == UInt8(ascii: "\"") || bytes[position] == UInt8(ascii: "'")
    else { return nil }
    let quote = bytes[position]
    position += 1
    let valueStart = position
    while position < bytes.count, bytes[position] != quote { position += 1 }
    guard position < bytes.count else { return nil }
    let raw = UnsafeBufferPointer(rebasing: bytes[valueStart..<position])
    position += 1
    var words = HTMLWords()
    words.append(raw, keepsLines: true, keepsSpaces: true)
    return (name, words.string)
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte | 0x20) || byte.isDigit || byte == UInt8(ascii: "_")
      || byte == UInt8(ascii: "-")
  }
}
