/// The root element of an XML document, for recognition.
enum XMLRoot {
  /// Its name with its prefix, behind a declaration, instructions and comments, and behind declarations that reading refuses;
  /// nil where something else stands before it.
  static func name(in bytes: UnsafeBufferPointer<UInt8>) -> String? {
    var position = 0
    /// Moves behind a mark; false where there is none.
    func pass(_ mark: String) -> Bool {
      var mark = mark
      let rest = UnsafeBufferPointer(rebasing: bytes[position...])
      guard let found = mark.withUTF8({ ByteSearch.offset(of: $0, in: rest) }) else { return false }
      position += found + mark.utf8.count
      return true
    }
    while position < bytes.count {
      if bytes[position].isSpace {
        position += 1
        continue
      }
      let rest = bytes[position...]
      if rest.starts(with: "<?".utf8) {
        guard pass("?>") else { return nil }
      } else if rest.starts(with: "<!--".utf8) {
        guard pass("-->") else { return nil }
      } else if rest.starts(with: "<!".utf8) {
        position = rest.dropFirst().firstIndex(of: UInt8(ascii: "<")) ?? bytes.count
      } else if rest.first == UInt8(ascii: "<") {
        let name = rest.dropFirst().prefix {
          !$0.isSpace && $0 != UInt8(ascii: ">") && $0 != UInt8(ascii: "/")
        }
        return name.isEmpty ? nil : String(decoding: name, as: UTF8.self)
      } else {
        return nil
      }
    }
    return nil
  }
}
