/// Texts of databases, which are bytes until somebody looks.
enum DatabaseText {
  /// Bytes of an address, name or number, at most; what is longer is none.
  static let addressLimit = 1000

  /// An address without white space around it, as valid UTF-8; nil for what is none, empty for nothing.
  static func address(_ bytes: Bytes?) -> [UInt8]? {
    guard let bytes else { return nil }
    let trimmed = SMSBackupParser.trim(bytes)
    guard trimmed.count <= addressLimit else { return nil }
    return ValidUTF8.with(trimmed) { text, _ in Array(text) }
  }

  /// A name or address as text; empty for nothing, and for what is none: one with a zero in it ends behind a cut.
  static func string(_ bytes: Bytes?) -> String {
    guard let text = address(bytes), !text.contains(0) else { return "" }
    return String(decoding: text, as: UTF8.self)
  }
}
