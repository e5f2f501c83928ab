/// Proofs about a subtree of a log, the leaves of a range (draft-ietf-plants-merkle-tree-certs, section 4).
///
/// A range is a subtree when its start is a multiple of the least power of two that is not below its length. The empty
/// range is one too: its root is SHA-256 of nothing, and it is part of every log that reaches so far.
public struct SubtreeProof: Hashable, Sendable {
  /// The first leaf.
  public let start: UInt64
  /// The leaf after the last.
  public let end: UInt64
  /// The hashes.
  public let path: [Digest]

  /// Takes a proof as it came.
  ///
  /// - Throws: `ProofFailure.notASubtree`.
  public init(start: UInt64, end: UInt64, path: [Digest]) throws(ProofFailure) {
    guard Self.isSubtree(start, end) else { throw .notASubtree(start: start, end: end) }
    self.start = start
    self.end = end
    self.path = path
  }

  /// Whether a range is a subtree.
  public static func isSubtree(_ start: UInt64, _ end: UInt64) -> Bool {
    guard start < end else { return start == end }
    let last = end - start - 1
    // The least power of two that is not below the length; 2^64 divides only 0.
    let bits = UInt64(64 - last.leadingZeroBitCount)
    return bits == 64 ? start == 0 : start & ((1 << bits) - 1) == 0
  }

  /// Checks that the leaf at `index` of the log is in the subtree of that root.
  public func verify(leaf: Digest, index: UInt64, root: Digest) throws(ProofFailure) {
    guard index >= start, index < end else { throw .indexOutOfTree(index: index, size: end) }
    try InclusionProof(index: index - start, size: end - start, path: path).verify(leaf: leaf, root: root)
  }

  /// Checks that the subtree of that root is part of the log of `size` leaves and that root.
  public func verify(subtreeRoot: Digest, logRoot: Digest, size: UInt64) throws(ProofFailure) {
    guard end <= size else { throw .indexOutOfTree(index: end - 1, size: size) }
    if start == end {
      if !path.isEmpty { throw .wrongLength(found: path.count) }
      if subtreeRoot != TreeHash.emptyRoot { throw .olderRootDiffers }
      return
    }
    var (first, node, last) = (start, end - 1, size - 1)
    func shift() {
      first >>= 1
      node >>= 1
      last >>= 1
    }
    if node == last {
      while first != node { shift() }
    } else {
      while first != node, node & 1 == 1 { shift() }
    }
    var rest = path[...]
    var seed = subtreeRoot
    if first != node {
      guard let head = rest.popFirst() else { throw .wrongLength(found: 0) }
      seed = head
    }
    var (subtreeHash, logHash) = (seed, seed)
    for sibling in rest {
      if last == 0 { throw .wrongLength(found: path.count) }
      if node & 1 == 1 || node == last {
        if first < node { subtreeHash = TreeHash.node(sibling, subtreeHash) }
        logHash = TreeHash.node(sibling, logHash)
        while node & 1 == 0, node != 0 { shift() }
      } else {
        logHash = TreeHash.node(logHash, sibling)
      }
      shift()
    }
    if last != 0 { throw .wrongLength(found: path.count) }
    if subtreeHash != subtreeRoot { throw .olderRootDiffers }
    if logHash != logRoot { throw .rootDiffers }
  }
}
