/// What proofs are made from: the hashes of the complete subtrees of a tree.
public protocol MerkleNodes {
  /// What goes wrong when a hash is fetched; `Never` where nothing can.
  associatedtype Failure: Error

  /// The root of the complete subtree of 2^`level` leaves that begins at leaf `index` x 2^`level`.
  func node(level: Int, index: UInt64) throws(Failure) -> Digest

  /// The roots of a range of complete subtrees of one level; by default one by one.
  func nodes(level: Int, _ range: Range<UInt64>) throws(Failure) -> [Digest]
}

extension MerkleNodes {
  /// See the requirement.
  public func nodes(level: Int, _ range: Range<UInt64>) throws(Failure) -> [Digest] {
    var nodes: [Digest] = []
    for index in range { nodes.append(try node(level: level, index: index)) }
    return nodes
  }

  /// The Merkle tree hash of the leaves of a range (RFC 6962, section 2.1).
  ///
  /// The start must be a multiple of the smallest power of two that is not below the length, so that the range is a
  /// subtree; a tree's first n leaves always are. Needs at most log2(length) hashes.
  public func root(_ range: Range<UInt64>) throws(Failure) -> Digest {
    let length = range.upperBound - range.lowerBound
    if length == 0 { return TreeHash.emptyRoot }
    if length & (length - 1) == 0 {
      let level = length.trailingZeroBitCount
      return try node(level: level, index: range.lowerBound >> UInt64(level))
    }
    let middle = range.lowerBound + MerkleShape.split(length)
    return TreeHash.node(
      try root(range.lowerBound..<middle), try root(middle..<range.upperBound))
  }

  /// The root of the tree of the first `size` leaves.
  public func root(size: UInt64) throws(Failure) -> Digest { try root(0..<size) }
}

enum MerkleShape {
  /// The largest power of two below `count`, which is at least 2.
  static func split(_ count: UInt64) -> UInt64 { 1 << UInt64(63 - (count - 1).leadingZeroBitCount) }
}

/// A tree in memory: all hashes of complete subtrees, 64 bytes a leaf.
///
///     level 2             0                leaf i is levels[0][i];
///     level 1       0           1          levels[l][i] covers the leaves
///     level 0    0     1     2     3       i x 2^l to (i + 1) x 2^l - 1
public struct MerkleTree: MerkleNodes, Sendable {
  private var levels: [[Digest]] = [[]]

  /// An empty tree.
  public init() {}

  /// Leaves.
  public var size: UInt64 { UInt64(levels[0].count) }

  /// Adds a leaf by its hash (`TreeHash.leaf`). Takes one hash on the average.
  public mutating func append(_ leaf: Digest) {
    levels[0].append(leaf)
    var level = 0
    while levels[level].count % 2 == 0 {
      let count = levels[level].count
      let parent = TreeHash.node(levels[level][count - 2], levels[level][count - 1])
      if level + 1 == levels.count { levels.append([]) }
      levels[level + 1].append(parent)
      level += 1
    }
  }

  /// See `MerkleNodes`; the subtree must be complete.
  public func node(level: Int, index: UInt64) -> Digest { levels[level][Int(index)] }

  /// Whether the subtree is complete.
  func holds(level: Int, index: UInt64) -> Bool {
    level < levels.count && index < UInt64(levels[level].count)
  }

  /// The root of all leaves.
  public var root: Digest { root(size: size) }
}
