/// Proof that an entry is in a tree (RFC 6962, section 2.1.1; checked as in RFC 9162, section 2.1.3.2).
public struct InclusionProof: Hashable, Sendable {
  /// Where the entry is, from 0.
  public let index: UInt64
  /// Entries of the tree.
  public let size: UInt64
  /// Hashes from the leaf's sibling up to the root's child.
  public let path: [Digest]

  /// Takes a proof as it came; nothing is checked before `verify`.
  public init(index: UInt64, size: UInt64, path: [Digest]) {
    self.index = index
    self.size = size
    self.path = path
  }

  /// Makes the proof for an entry of the tree of the first `size` leaves of `nodes`.
  ///
  /// - Throws: `ProofFailure.indexOutOfTree`, or what `nodes` throws.
  public init(of index: UInt64, size: UInt64, in nodes: some MerkleNodes) throws {
    guard index < size else { throw ProofFailure.indexOutOfTree(index: index, size: size) }
    var path: [Digest] = []
    var range = 0..<size
    while range.upperBound - range.lowerBound > 1 {
      let middle = range.lowerBound + MerkleShape.split(range.upperBound - range.lowerBound)
      if index < middle {
        path.append(try nodes.root(middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try nodes.root(range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    self.init(index: index, size: size, path: path.reversed())
  }

  /// Checks that the leaf is in the tree of that root. Takes nothing on trust but the root.
  public func verify(leaf: Digest, root: Digest) throws(ProofFailure) {
    guard index < size else { throw .indexOutOfTree(index: index, size: size) }
    var (node, last) = (index, size - 1)
    var hash = leaf
    for sibling in path {
      if last == 0 { throw .wrongLength(found: path.count) }
      if node & 1 == 1 || node == last {
        hash = TreeHash.node(sibling, hash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        hash = TreeHash.node(hash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    if last != 0 { throw .wrongLength(found: path.count) }
    if hash != root { throw .rootDiffers }
  }
}
