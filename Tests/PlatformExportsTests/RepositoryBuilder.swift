import PlatformExports

/// Writes repositories as CAR files, well made and otherwise.
struct RepositoryBuilder {
  /// A value to be written as DAG-CBOR.
  indirect enum Value: Sendable {
    case null
    case integer(Int)
    case bytes([UInt8])
    case text(String)
    case array([Value])
    case map([(String, Value)])
    case link(ContentID)

    var encoded: [UInt8] {
      switch self {
      case .null: [0xF6]
      case .integer(let value): Self.head(0, value)
      case .bytes(let bytes): Self.head(2, bytes.count) + bytes
      case .text(let text): Self.head(3, text.utf8.count) + Array(text.utf8)
      case .array(let values): Self.head(4, values.count) + values.flatMap(\.encoded)
      case .map(let fields):
        Self.head(5, fields.count) + fields.flatMap { Value.text($0.0).encoded + $0.1.encoded }
      case .link(let id): [0xD8, 0x2A] + Self.head(2, id.bytes.count + 1) + [0] + id.bytes
      }
    }

    static func head(_ major: UInt8, _ count: Int) -> [UInt8] {
      switch count {
      case ..<24: [major << 5 | UInt8(count)]
      case ..<256: [major << 5 | 24, UInt8(count)]
      default: [major << 5 | 25, UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
      }
    }
  }

  var did = "did:plc:ewvi7nxzyoun6zhxrhs64oiz"
  var version = 3
  /// Records by key, in its order.
  var records: [(key: String, value: Value)] = []
  /// Keys of a node of the tree.
  var nodeSize = 3
  /// Keys whose records are not in the file.
  var withheld: Set<String> = []
  /// Further blocks, before all others.
  var strays: [Value] = []
  /// Whether blocks stand in the order in which no reader needs them: records, then the tree from below, the commit last.
  var isReversed = false

  static func link(to value: Value) -> ContentID {
    value.encoded.withUnsafeBufferPointer { ContentID(codec: ContentID.dagCBOR, of: $0) }
  }

  static func varint(_ value: Int) -> [UInt8] {
    value < 0x80 ? [UInt8(value)] : [UInt8(value & 0x7F) | 0x80] + varint(value >> 7)
  }

  static func block(_ value: Value, called id: ContentID? = nil) -> [UInt8] {
    let content = value.encoded
    let name = (id ?? link(to: value)).bytes
    return varint(name.count + content.count) + name + content
  }

  static func header(_ roots: [ContentID], version: Int = 1) -> [UInt8] {
    let header = Value.map([("roots", .array(roots.map { .link($0) })), ("version", .integer(version))])
      .encoded
    return varint(header.count) + header
  }

  /// A commit on a tree.
  func commit(_ tree: ContentID) -> Value {
    .map([
      ("did", .text(did)), ("rev", .text("3k67up3j7hf2x")), ("sig", .bytes([1, 2, 3])), ("data", .link(tree)),
      ("prev", .null), ("version", .integer(version)),
    ])
  }

  /// A node: a key, its record, and what lies behind it.
  static func node(
    left: ContentID? = nil, _ entries: [(key: String, record: ContentID, tree: ContentID?)]
  ) -> Value {
    var last: [UInt8] = []
    let elements: [Value] = entries.map { entry in
      let key = Array(entry.key.utf8)
      let common = zip(last, key).prefix { $0 == $1 }.count
      last = key
      return .map([
        ("k", .bytes(Array(key[common...]))), ("p", .integer(common)),
        ("t", entry.tree.map { .link($0) } ?? .null), ("v", .link(entry.record)),
      ])
    }
    return .map([("e", .array(elements)), ("l", left.map { .link($0) } ?? .null)])
  }

  /// The nodes of a tree, from below: `nodeSize` keys in each, the first of which has what comes before it to the left.
  private func nodes(_ records: ArraySlice<(key: String, value: Value)>) -> (root: ContentID, nodes: [Value])
  {
    guard records.count > nodeSize else {
      let node = Self.node(records.map { ($0.key, Self.link(to: $0.value), nil) })
      return (Self.link(to: node), [node])
    }
    let middle = records.startIndex + records.count / 2
    let left = nodes(records[..<middle])
    let right = nodes(records[(middle + 1)...])
    let one = records[middle]
    let node = Self.node(left: left.root, [(one.key, Self.link(to: one.value), right.root)])
    return (Self.link(to: node), left.nodes + right.nodes + [node])
  }

  /// The CAR file.
  var file: [UInt8] {
    let (root, nodes) = nodes(records[...])
    let commit = commit(root)
    let content = records.filter { !withheld.contains($0.key) }.map { Self.block($0.value) }
    let tree = nodes.map { Self.block($0) }
    let blocks =
      isReversed
      ? content + tree + [Self.block(commit)] : [Self.block(commit)] + tree.reversed() + content
    return Self.header([Self.link(to: commit)]) + (strays.map { Self.block($0) } + blocks).flatMap { $0 }
  }

  // MARK: Records

  static func post(_ text: String, at time: String, _ more: [(String, Value)] = []) -> Value {
    .map([("text", .text(text)), ("$type", .text("app.bsky.feed.post")), ("createdAt", .text(time))] + more)
  }

  static func follow(_ did: String, at time: String = "2023-07-01T10:00:00Z") -> Value {
    .map([
      ("$type", .text("app.bsky.graph.follow")), ("subject", .text(did)), ("createdAt", .text(time)),
    ])
  }

  static func block(of did: String) -> Value {
    .map([
      ("$type", .text("app.bsky.graph.block")), ("subject", .text(did)),
      ("createdAt", .text("2023-07-01T10:00:00Z")),
    ])
  }
}
