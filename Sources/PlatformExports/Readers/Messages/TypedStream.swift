/// The text of an attributed string as `NSArchiver` writes it (`attributedBody`), where newer versions of Messages keep
/// what they no longer write as text.
///
///     04 0B streamtyped           head
///     … NSString 01 94 84 01 2B   the class of the first string, and the type of what follows: bytes
///     05 h e l l o                their number, and the bytes in UTF-8
///     81 2C 01 …                  a number over 127 in two bytes, 82 in four, the lowest first
///
/// The first string is the text; what follows says how it looks. `NSString` stands behind `NSMutableString` too, which is
/// made from it. The names of classes come before any text, so that no text can pass for one.
enum TypedStream {
  private static let head = Array("\u{04}\u{0B}streamtyped".utf8)
  private static let name = Array("NSString".utf8)
  private static let type: [UInt8] = [0x84, 0x01, 0x2B]
  /// Bytes between the class's name and the type.
  private static let between = 12

  /// The bytes of the text; nil where there are none that are understood.
  static func text(_ bytes: Bytes) -> Bytes? {
    guard bytes.starts(with: head),
      let place = name.withUnsafeBufferPointer({ ByteSearch.offset(of: $0, in: bytes) })
    else { return nil }
    let near = bytes[(place + name.count)...].prefix(between + type.count)
    guard let typed = near.indices.first(where: { near[$0...].starts(with: type) }) else { return nil }
    var rest = bytes[(typed + type.count)...]
    guard let first = rest.popFirst() else { return nil }
    let count: Int
    switch first {
    case 0...0x7F: count = Int(first)
    case 0x81: count = number(&rest, 2)
    case 0x82: count = number(&rest, 4)
    default: return nil
    }
    guard count >= 0, rest.count >= count else { return nil }
    return Bytes(rebasing: rest.prefix(count))
  }

  private static func number(_ rest: inout Slice<Bytes>, _ count: Int) -> Int {
    guard rest.count >= count else { return -1 }
    let value = rest.prefix(count).reversed().reduce(0) { $0 << 8 | Int($1) }
    rest = rest.dropFirst(count)
    return value
  }
}
