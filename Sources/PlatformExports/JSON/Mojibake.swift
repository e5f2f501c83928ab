/// Undoes Meta's encoding of text in its JSON downloads, where each UTF-8 byte stands as `\u00xx`.
///
/// Applied to each string after JSON decoding, once. Text that holds any character beyond U+00FF was not
/// encoded so, and neither was text whose characters, taken as bytes, are no valid UTF-8: both stay as they
/// are. Text that is already right is changed only in one case, which nothing in the string can tell: when
/// somebody really wrote a run of Latin-1 characters that spells valid UTF-8, such as "Ã©".
public enum Mojibake {
  /// The text that was meant, as UTF-8; nil when the string stays as it is.
  ///
  /// - Parameter bytes: a decoded JSON string, valid UTF-8.
  public static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return nil }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    result.append(contentsOf: bytes[..<first])
    var position = first
    while position < bytes.count {
      let byte = bytes[position]
      if byte < 0x80 {
        result.append(byte)
        position += 1
      } else {
        // U+0080 to U+00FF are C2 80 to C3 BF.
        guard byte == 0xC2 || byte == 0xC3, position + 1 < bytes.count else { return nil }
        result.append((byte & 0x03) << 6 | bytes[position + 1] & 0x3F)
        position += 2
      }
    }
    return String(validating: result, as: UTF8.self) == nil ? nil : result
  }

  /// The text that was meant.
  public static func repaired(_ text: String) -> String {
    var text = text
    return text.withUTF8 { repair($0).map { String(decoding: $0, as: UTF8.self) } } ?? text
  }
}
