/// Undoes the few HTML entities that X and Slack write into texts.
enum HTMLEntities {
  private static let entities: [(name: [UInt8], byte: UInt8)] = [
    ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"),
  ].map { (Array($0.0.utf8), Array($0.1.utf8)[0]) }

  /// Appends the text with its entities undone, once: `&amp;lt;` becomes `&lt;`.
  static func decode(_ bytes: UnsafeBufferPointer<UInt8>, into result: inout [UInt8]) {
    var position = 0
    while position < bytes.count {
      if bytes[position] == UInt8(ascii: "&") {
        let rest = bytes[position...]
        if let entity = entities.first(where: { rest.starts(with: $0.name) }) {
          result.append(entity.byte)
          position += entity.name.count
          continue
        }
      }
      result.append(bytes[position])
      position += 1
    }
  }
}
