/// A value of DAG-CBOR: CBOR (RFC 8949) of definite lengths, with text for keys, and links under tag 42 (IPLD).
///
/// Not refused, as nothing depends on it: integers in more bytes than they need, and keys that are out of order.
public enum CBORValue: Sendable, Equatable {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  case bytes([UInt8])
  case text(String)
  case array([CBORValue])
  /// Fields in their order.
  case map([(key: String, value: CBORValue)])
  case link(ContentID)

  /// Nesting that is followed.
  public static let depthLimit = 64

  /// Reads the value that bytes are; nil for bytes that are none, or more than one.
  ///
  /// Values are at most as many as the bytes, whatever lengths are written in them.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    var reader = Reader(bytes: bytes)
    guard let value = reader.value(depth: 0), reader.position == bytes.count else { return nil }
    self = value
  }

  /// The first field of that name, unless this is no map or the field is null.
  public subscript(key: String) -> CBORValue? {
    guard case .map(let fields) = self else { return nil }
    let value = fields.first { $0.key == key }?.value
    return value == .null ? nil : value
  }

  /// The text, or nil when it is none.
  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }

  /// The bytes, or nil when it is none.
  public var bytes: [UInt8]? {
    guard case .bytes(let bytes) = self else { return nil }
    return bytes
  }

  /// The integer, or nil when it is none.
  public var integer: Int64? {
    guard case .integer(let value) = self else { return nil }
    return value
  }

  /// The link, or nil when it is none.
  public var link: ContentID? {
    guard case .link(let link) = self else { return nil }
    return link
  }

  /// The elements of an array; none for another value.
  public var elements: [CBORValue] {
    guard case .array(let elements) = self else { return [] }
    return elements
  }

  /// Whether two values are the same, fields in the same order.
  public static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.null, .null): true
    case (.bool(let one), .bool(let other)): one == other
    case (.integer(let one), .integer(let other)): one == other
    case (.double(let one), .double(let other)): one == other
    case (.bytes(let one), .bytes(let other)): one == other
    case (.text(let one), .text(let other)): one == other
    case (.array(let one), .array(let other)): one == other
    case (.map(let one), .map(let other)):
      one.count == other.count && zip(one, other).allSatisfy { $0.key == $1.key && $0.value == $1.value }
    case (.link(let one), .link(let other)): one == other
    default: false
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0

    var rest: Int { bytes.count - position }

    mutating func value(depth: Int) -> CBORValue? {
      guard depth < CBORValue.depthLimit, let (major, low, argument) = head() else { return nil }
      switch major {
      case 0: return Int64(exactly: argument).map { .integer($0) }
      case 1: return Int64(exactly: argument).map { .integer(-1 - $0) }
      case 2: return take(argument).map { .bytes(Array($0)) }
      case 3: return text(argument).map { .text($0) }
      case 4:
        guard argument <= UInt64(rest) else { return nil }
        var elements: [CBORValue] = []
        for _ in 0..<Int(argument) {
          guard let element = value(depth: depth + 1) else { return nil }
          elements.append(element)
        }
        return .array(elements)
      case 5: return map(argument, depth: depth)
      case 6: return argument == 42 ? link() : nil
      default: return simple(low, argument)
      }
    }

    private mutating func map(_ count: UInt64, depth: Int) -> CBORValue? {
      guard count <= UInt64(rest / 2) else { return nil }
      var fields: [(key: String, value: CBORValue)] = []
      for _ in 0..<Int(count) {
        guard let (major, _, length) = head(), major == 3, let key = text(length),
          let value = value(depth: depth + 1)
        else { return nil }
        fields.append((key, value))
      }
      return .map(fields)
    }

    /// A CID as bytes, behind a zero byte.
    private mutating func link() -> CBORValue? {
      guard let (major, _, length) = head(), major == 2, length == UInt64(ContentID.length + 1),
        let taken = take(length), taken.first == 0
      else { return nil }
      return ContentID(UnsafeBufferPointer(rebasing: taken.dropFirst())).map { .link($0) }
    }

    private func simple(_ low: UInt8, _ argument: UInt64) -> CBORValue? {
      switch low {
      case 20: .bool(false)
      case 21: .bool(true)
      case 22: .null
      case 27: .double(Double(bitPattern: argument))
      default: nil
      }
    }

    /// The sort of the value that stands here, the low bits of its first byte, and the number that they give or that
    /// stands behind it.
    private mutating func head() -> (major: UInt8, low: UInt8, argument: UInt64)? {
      guard rest > 0 else { return nil }
      let first = bytes[position]
      position += 1
      let low = first & 0x1F
      guard low >= 24 else { return (first >> 5, low, UInt64(low)) }
      guard low <= 27 else { return nil }
      let length = 1 << Int(low - 24)
      guard rest >= length else { return nil }
      var argument: UInt64 = 0
      for byte in bytes[position..<position + length] { argument = argument << 8 | UInt64(byte) }
      position += length
      return (first >> 5, low, argument)
    }

    private mutating func take(_ count: UInt64) -> UnsafeBufferPointer<UInt8>? {
      guard count <= UInt64(rest) else { return nil }
      let end = position + Int(count)
      defer { position = end }
      return UnsafeBufferPointer(rebasing: bytes[position..<end])
    }

    private mutating func text(_ count: UInt64) -> String? {
      take(count).flatMap { String(validating: $0, as: UTF8.self) }
    }
  }
}
