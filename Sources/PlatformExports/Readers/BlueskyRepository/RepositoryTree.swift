/// The tree of a repository (MST), which names each record by its collection and key, in the order of its bytes.
///
///     node {l: link or null, e: [{p: bytes that the key has in common with the one before, k: the rest of the key,
///                                  v: link to the record, t: link to what lies between this key and the next, or null}]}
///
/// It is followed from the link of the commit, never by looking through the blocks: those of former states are in the
/// file as well. No node is entered twice, and depth and keys are bounded, so that a tree that was made to be endless
/// takes no more time than its file is long. Source: the repository specification of AT Protocol.
struct RepositoryTree {
  /// What is wrong with a part of a tree.
  enum Fault { case missingNode, malformed, tooDeep, tooLarge, repeatedNode, outOfOrder }

  /// Depth that is followed: a tree has a level for each two zero bits before a SHA-256, 128 at most.
  static let depthLimit = 130
  /// Entries of the nodes that are open at once, of which an honest tree has some four a node; some 80 MB.
  static let entryLimit = 1 << 19
  /// Bytes of a key: a collection of 317, a slash and a key of 512.
  static let keyLimit = 830

  /// Keys are put together when they are come to: spelled out, those of a node can take some twenty times its bytes.
  private struct Entry {
    /// Bytes that the key has in common with the one before, of the same node.
    let common: Int
    let rest: [UInt8]
    let record: ContentID
    let tree: ContentID?
  }

  private struct Frame {
    let node: RepositoryBlocks.Slot
    var left: ContentID?
    let entries: [Entry]
    var next = 0
    /// The key of the entry before `next`.
    var key: [UInt8] = []
  }

  /// Follows a tree in the order of its keys.
  ///
  /// - Parameters:
  ///   - entry: takes each key, its record, and the node that names it.
  ///   - fault: takes what is wrong, and the node in which it is; none for the root.
  static func walk(
    _ root: ContentID, _ blocks: inout RepositoryBlocks,
    entry: (String, ContentID, RepositoryBlocks.Slot, inout RepositoryBlocks) throws -> Void,
    fault: (Fault, RepositoryBlocks.Slot?) -> Void
  ) rethrows {
    var stack: [Frame] = []
    var last: [UInt8] = []
    enter(root, from: nil, &stack, &blocks, fault)
    while var frame = stack.popLast() {
      if let left = frame.left {
        frame.left = nil
        stack.append(frame)
        enter(left, from: frame.node, &stack, &blocks, fault)
        continue
      }
      guard frame.next < frame.entries.count else { continue }
      let one = frame.entries[frame.next]
      frame.next += 1
      let bytes: [UInt8] = frame.key.prefix(one.common) + one.rest
      frame.key = bytes
      stack.append(frame)
      if let key = String(validating: bytes, as: UTF8.self), last.lexicographicallyPrecedes(bytes) {
        last = bytes
        try entry(key, one.record, frame.node, &blocks)
      } else {
        fault(.outOfOrder, frame.node)
      }
      if let tree = one.tree { enter(tree, from: frame.node, &stack, &blocks, fault) }
    }
  }

  private static func enter(
    _ id: ContentID, from node: RepositoryBlocks.Slot?, _ stack: inout [Frame],
    _ blocks: inout RepositoryBlocks,
    _ fault: (Fault, RepositoryBlocks.Slot?) -> Void
  ) {
    guard let position = blocks.position(of: id) else { return fault(.missingNode, node) }
    guard !blocks.slots[position].isUsed else { return fault(.repeatedNode, node) }
    guard stack.count < depthLimit else { return fault(.tooDeep, node) }
    guard blocks.slots[position].kind == .node, let value = blocks.value(position),
      let frame = frame(value, of: blocks.slots[position])
    else { return fault(.malformed, node) }
    let open = stack.reduce(frame.entries.count) { $0 + $1.entries.count }
    guard open <= entryLimit else { return fault(.tooLarge, node) }
    blocks.use(position)
    stack.append(frame)
  }

  private static func frame(_ value: CBORValue, of node: RepositoryBlocks.Slot) -> Frame? {
    var entries: [Entry] = []
    var length = 0
    for element in value["e"]?.elements ?? [] {
      guard let common = element["p"]?.integer, let rest = element["k"]?.bytes,
        let record = element["v"]?.link,
        common >= 0, common <= length, Int(common) + rest.count <= keyLimit
      else { return nil }
      length = Int(common) + rest.count
      entries.append(Entry(common: Int(common), rest: rest, record: record, tree: element["t"]?.link))
    }
    return Frame(node: node, left: value["l"]?.link, entries: entries)
  }
}
