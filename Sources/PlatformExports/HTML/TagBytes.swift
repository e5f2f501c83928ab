/// The tags of a page by its raw bytes, for counts that are taken apart from the parser: from each `<` to the next `>`,
/// whatever is quoted or a comment.
struct TagBytes {
  /// Bytes of a tag that are kept.
  let limit: Int
  private var inTag = false
  private var tag: [UInt8] = []

  init(limit: Int) { self.limit = limit }

  /// Calls `body` with each tag that ends, without its angle brackets.
  mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>, _ body: ([UInt8]) -> Void) {
    for byte in bytes {
      if inTag {
        if byte == UInt8(ascii: ">") {
          inTag = false
          body(tag)
        } else if tag.count < limit {
          tag.append(byte)
        }
      } else if byte == UInt8(ascii: "<") {
        inTag = true
        tag.removeAll(keepingCapacity: true)
      }
    }
  }
}
