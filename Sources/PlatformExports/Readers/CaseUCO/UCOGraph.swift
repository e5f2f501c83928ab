internal import AccountModel
internal import Columns

/// The nodes of one CASE document with those of their properties that are taken: a reference may point at what stands
/// behind it, so that nothing can be written before the document ends.
///
/// Memory: at most `byteLimit`, which is told from the outside by `isFull`. A message takes some 300 bytes and its text.
final class UCOGraph {
  typealias Node = UInt32

  /// No node.
  static let none = Node.max

  private struct Entry {
    var next: UInt32
    var payload: UInt32
    var length: UInt32
    var property: UInt8
    var isNode: Bool
  }

  private let byteLimit: Int
  private var ids = Interner()
  private var nodeOfID: [Node] = []
  private var idOfNode: [UInt32] = []
  private var first: [UInt32] = []
  private var last: [UInt32] = []
  private var places: [UInt32] = []
  private var parents: [Node] = []
  /// What each node is.
  private(set) var kinds: [UCOKind] = []
  /// Nodes that the document describes, by where it begins to.
  private(set) var described: [Node] = []
  private var locators: [Locator] = []
  private var entries: [[Entry]] = []
  private var entryCount = 0
  private var chunks: [[UInt8]] = []
  private var held = 0

  /// Bytes of texts that are kept together; a longer one is alone.
  private static let chunkBits: UInt32 = 20
  /// Entries that are kept together.
  private static let entryBits = 16

  init(byteLimit: Int) { self.byteLimit = byteLimit }

  /// Whether nothing more can be kept.
  var isFull: Bool {
    // Half of the chunks that a place can name: a whole node is taken once it is begun.
    held >= byteLimit || chunks.count >= 1 << (31 - Int(Self.chunkBits))
      || kinds.count >= Int(UInt32.max) - 2
      || entryCount >= Int(UInt32.max) - 2
  }

  // MARK: Nodes

  /// The node of an id.
  func node(_ id: UnsafeBufferPointer<UInt8>) -> Node {
    let token = Int(ids.intern(id).raw)
    if token < nodeOfID.count { return nodeOfID[token] }
    held += id.count + 16
    let node = add(UInt32(token))
    nodeOfID.append(node)
    return node
  }

  /// A node without an id.
  func blank() -> Node { add(.max) }

  private func add(_ id: UInt32) -> Node {
    held += 32
    idOfNode.append(id)
    first.append(.max)
    last.append(.max)
    places.append(.max)
    parents.append(Self.none)
    kinds.append([])
    return Node(kinds.count - 1)
  }

  /// The node of an id that was seen.
  func known(_ id: String) -> Node? {
    var id = id
    return id.withUTF8 { ids.find($0) }.map { nodeOfID[Int($0.raw)] }
  }

  /// The id of a node; empty for one without.
  func id(_ node: Node) -> String {
    let token = idOfNode[Int(node)]
    return token == .max ? "" : ids.string(TokenID(raw: token))
  }

  /// Notes that the document describes a node, and where; only the first place counts.
  ///
  /// - Returns: what it was before.
  @discardableResult
  func describe(_ node: Node, _ kind: UCOKind, _ locator: Locator) -> UCOKind {
    let before = kinds[Int(node)]
    kinds[Int(node)].formUnion(kind)
    guard places[Int(node)] == .max else { return before }
    if locators.last != locator {
      locators.append(locator)
      held += 40
    }
    places[Int(node)] = UInt32(locators.count - 1)
    described.append(node)
    return before
  }

  /// Whether the document says anything of a node.
  func isDescribed(_ node: Node) -> Bool { places[Int(node)] != .max }

  /// Where a node is described; the beginning where it is not.
  func locator(_ node: Node) -> Locator {
    let place = places[Int(node)]
    return place == .max ? Locator(member: 0, offset: 0) : locators[Int(place)]
  }

  /// The node whose facet a node is, or itself.
  func object(of facet: Node) -> Node {
    let parent = parents[Int(facet)]
    return parent == Self.none ? facet : parent
  }

  // MARK: Properties

  /// Adds a text.
  func add(_ property: UCOProperty, _ text: UnsafeBufferPointer<UInt8>, to node: Node) {
    let limit = 1 << Int(Self.chunkBits)
    if chunks.last.map({ $0.count + text.count > limit }) ?? true {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(max(limit, text.count))
    }
    let chunk = chunks.count - 1
    let place = UInt32(chunk) << Self.chunkBits | UInt32(chunks[chunk].count)
    chunks[chunk].append(contentsOf: text)
    // A full chunk has no place for an empty text behind it.
    if chunks[chunk].count >= limit { chunks.append([]) }
    held += text.count
    add(property, payload: place, length: UInt32(text.count), isNode: false, to: node)
  }

  /// Adds another node.
  func add(_ property: UCOProperty, _ other: Node, to node: Node) {
    if property == .hasFacet, parents[Int(other)] == Self.none { parents[Int(other)] = node }
    add(property, payload: other, length: 0, isNode: true, to: node)
  }

  private func add(_ property: UCOProperty, payload: UInt32, length: UInt32, isNode: Bool, to node: Node) {
    let number = UInt32(entryCount)
    if entryCount >> Self.entryBits == entries.count {
      entries.append([])
      entries[entries.count - 1].reserveCapacity(1 << Self.entryBits)
    }
    entries[entries.count - 1].append(
      Entry(next: .max, payload: payload, length: length, property: property.rawValue, isNode: isNode))
    entryCount += 1
    held += MemoryLayout<Entry>.stride
    let before = last[Int(node)]
    if before == .max {
      first[Int(node)] = number
    } else {
      entries[Int(before) >> Self.entryBits][Int(before) & (1 << Self.entryBits - 1)].next = number
    }
    last[Int(node)] = number
  }

  private func forEach(_ property: UCOProperty, of node: Node, _ body: (Entry) -> Bool) {
    var number = first[Int(node)]
    while number != .max {
      let entry = entries[Int(number) >> Self.entryBits][Int(number) & (1 << Self.entryBits - 1)]
      if entry.property == property.rawValue, !body(entry) { return }
      number = entry.next
    }
  }

  private func text(_ entry: Entry) -> String {
    let chunk = chunks[Int(entry.payload >> Self.chunkBits)]
    let start = Int(entry.payload & (1 << Self.chunkBits - 1))
    return String(decoding: chunk[start..<start + Int(entry.length)], as: UTF8.self)
  }

  /// The first text of a property.
  func text(_ property: UCOProperty, of node: Node) -> String? {
    var found: String?
    forEach(property, of: node) { entry in
      if !entry.isNode { found = text(entry) }
      return entry.isNode
    }
    return found
  }

  /// All texts of a property, each once.
  func texts(_ property: UCOProperty, of node: Node) -> [String] {
    var found: [String] = []
    var seen: Set<String> = []
    forEach(property, of: node) { entry in
      if !entry.isNode {
        let text = text(entry)
        if found.count < 1000, seen.insert(text).inserted { found.append(text) }
      }
      return true
    }
    return found
  }

  /// The nodes of a property, also those that it gives by their ids as texts; one may come twice.
  func nodes(_ property: UCOProperty, of node: Node) -> [Node] {
    var found: [Node] = []
    forEach(property, of: node) { entry in
      if entry.isNode {
        found.append(entry.payload)
      } else if let known = known(text(entry)) {
        found.append(known)
      }
      return true
    }
    return found
  }
}
