/// A block of a CAR file; its bytes are valid until the next one is asked for.
struct CARBlock {
  /// Its name; nil for a name that is of another version or hash.
  let id: ContentID?
  /// Byte offset of its content in the member.
  let offset: UInt64
  /// Its content; empty when it is larger than the limit.
  let bytes: UnsafeBufferPointer<UInt8>
  /// Whether it is larger than the limit.
  let isTooLarge: Bool
}

/// How a CAR file ended.
enum CAREnd: Equatable {
  case complete
  /// It ends inside a block that begins at the offset.
  case truncated(at: UInt64)
  /// What stands at the offset is no block; where blocks begin is not known from there on.
  case malformed(at: UInt64)
}

/// Blocks of a content-addressable archive (CAR, version 1), streamed in the order of the file.
///
///     varint length | DAG-CBOR {roots: [link], version: 1}
///     varint length | CID | content                            as often as there are blocks
///
/// A length counts what follows it. Source: the CARv1 specification of IPLD.
struct CARReader {
  /// What the header says.
  struct Header {
    /// The version.
    let version: Int64
    /// The blocks from which all others are reached.
    let roots: [ContentID]
  }

  /// Bytes of a header; those of repositories have some sixty.
  static let headerLimit = 4096
  /// Bytes of a varint: no length needs more.
  private static let varintLimit = 9

  private let input: MemberInput
  private let limit: Int

  /// - Parameter limit: bytes of the largest block that is given.
  init(_ input: MemberInput, limit: Int) {
    self.input = input
    self.limit = limit
  }

  /// The header with which bytes begin, and how many bytes it takes; nil when they begin with none.
  static func header(_ bytes: UnsafeBufferPointer<UInt8>) -> (header: Header, length: Int)? {
    guard let (length, size) = varint(bytes), length > 0, length <= headerLimit,
      bytes.count >= size + Int(length),
      let value = CBORValue(UnsafeBufferPointer(rebasing: bytes[size..<size + Int(length)])),
      let version = value["version"]?.integer
    else { return nil }
    return (
      Header(version: version, roots: (value["roots"]?.elements ?? []).compactMap(\.link)),
      size + Int(length)
    )
  }

  /// Reads the header; nil when there is none.
  mutating func header() throws -> Header? {
    try input.fill(atLeast: Self.headerLimit + Self.varintLimit)
    guard let (header, length) = Self.header(input.window) else { return nil }
    input.consume(length)
    return header
  }

  /// Calls `body` with each block.
  mutating func forEachBlock(_ body: (CARBlock) throws -> Void) throws -> CAREnd {
    while true {
      try input.fill(atLeast: Self.varintLimit)
      if input.window.isEmpty { return .complete }
      let start = input.offset
      guard let (value, size) = Self.varint(input.window) else {
        return input.window.count < Self.varintLimit ? .truncated(at: start) : .malformed(at: start)
      }
      guard let length = Int(exactly: value) else { return .malformed(at: start) }
      input.consume(size)
      // Some writers fill a file up with zeros.
      if length == 0 { continue }
      guard length <= limit + ContentID.length else {
        guard try passOver(length, at: start, body) else { return .truncated(at: start) }
        continue
      }
      guard try input.fill(atLeast: length) else { return .truncated(at: start) }
      let section = UnsafeBufferPointer(rebasing: input.window[..<length])
      let id = ContentID(section)
      let content = id == nil ? section[section.endIndex...] : section[ContentID.length...]
      try body(
        CARBlock(
          id: id, offset: input.offset + UInt64(id == nil ? 0 : ContentID.length),
          bytes: UnsafeBufferPointer(rebasing: content), isTooLarge: false))
      input.consume(length)
    }
  }

  /// Passes over a block that is too large; false when the file ends in it.
  private func passOver(_ length: Int, at start: UInt64, _ body: (CARBlock) throws -> Void) throws -> Bool {
    try input.fill(atLeast: ContentID.length)
    let id = ContentID(input.window)
    let offset = input.offset
    var rest = length
    while rest > 0 {
      if input.window.isEmpty, try !input.fillMore() { return false }
      let count = min(rest, input.window.count)
      input.consume(count)
      rest -= count
    }
    try body(CARBlock(id: id, offset: offset, bytes: .init(start: nil, count: 0), isTooLarge: true))
    return true
  }

  /// The number in LEB128 with which bytes begin, and how many they are; nil when it does not end in them or is too
  /// large.
  static func varint(_ bytes: UnsafeBufferPointer<UInt8>) -> (value: UInt64, size: Int)? {
    var value: UInt64 = 0
    for (position, byte) in bytes.prefix(varintLimit).enumerated() {
      value |= UInt64(byte & 0x7F) << UInt64(7 * position)
      if byte < 0x80 { return (value, position + 1) }
    }
    return nil
  }
}
