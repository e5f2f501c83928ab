/// Proof that a tree was only added to (RFC 6962, section 2.1.2; checked as in RFC 9162, section 2.1.4.2).
///
/// The empty tree, on which those documents are silent: it is consistent with every tree if its root is SHA-256 of
/// nothing and the proof is empty; everything else about it is refused.
public struct ConsistencyProof: Hashable, Sendable {
  /// Entries of the older tree.
  public let older: UInt64
  /// Entries of the newer tree.
  public let newer: UInt64
  /// The hashes.
  public let path: [Digest]

  /// Takes a proof as it came; nothing is checked before `verify`.
  public init(older: UInt64, newer: UInt64, path: [Digest]) {
    self.older = older
    self.newer = newer
    self.path = path
  }

  /// Makes the proof between the trees of the first `older` and `newer` leaves of `nodes`.
  ///
  /// - Throws: `ProofFailure.sizesReversed`, or what `nodes` throws.
  public init(from older: UInt64, to newer: UInt64, in nodes: some MerkleNodes) throws {
    guard older <= newer else { throw ProofFailure.sizesReversed(older: older, newer: newer) }
    var path: [Digest] = []
    if older > 0, older < newer {
      // SUBPROOF of RFC 6962: `isWhole` while the older tree is all that the verifier knows of the range.
      var range = 0..<newer
      var isWhole = true
      while older != range.upperBound {
        let middle = range.lowerBound + MerkleShape.split(range.upperBound - range.lowerBound)
        if older <= middle {
          path.append(try nodes.root(middle..<range.upperBound))
          range = range.lowerBound..<middle
        } else {
          path.append(try nodes.root(range.lowerBound..<middle))
          range = middle..<range.upperBound
          isWhole = false
        }
      }
      if !isWhole { path.append(try nodes.root(range)) }
    }
    self.init(older: older, newer: newer, path: path.reversed())
  }

  /// Checks that the tree of the newer root begins with that of the older one.
  public func verify(olderRoot: Digest, newerRoot: Digest) throws(ProofFailure) {
    guard older <= newer else { throw .sizesReversed(older: older, newer: newer) }
    if older == 0 {
      if !path.isEmpty { throw .wrongLength(found: path.count) }
      if olderRoot != TreeHash.emptyRoot { throw .olderRootDiffers }
      if newer == 0, newerRoot != TreeHash.emptyRoot { throw .rootDiffers }
      return
    }
    if older == newer {
      if !path.isEmpty { throw .wrongLength(found: path.count) }
      if olderRoot != newerRoot { throw .rootDiffers }
      return
    }
    var (node, last) = (older - 1, newer - 1)
    while node & 1 == 1 {
      node >>= 1
      last >>= 1
    }
    // A complete older tree is a node of the newer one, and its root goes without saying.
    var rest = path[...]
    var seed = olderRoot
    if older & (older - 1) != 0 {
      guard let first = rest.popFirst() else { throw .wrongLength(found: 0) }
      seed = first
    }
    var (olderHash, newerHash) = (seed, seed)
    for sibling in rest {
      if last == 0 { throw .wrongLength(found: path.count) }
      if node & 1 == 1 || node == last {
        olderHash = TreeHash.node(sibling, olderHash)
        newerHash = TreeHash.node(sibling, newerHash)
        while node & 1 == 0, node != 0 {
          node >>= 1
          last >>= 1
        }
      } else {
        newerHash = TreeHash.node(newerHash, sibling)
      }
      node >>= 1
      last >>= 1
    }
    if last != 0 { throw .wrongLength(found: path.count) }
    if olderHash != olderRoot { throw .olderRootDiffers }
    if newerHash != newerRoot { throw .rootDiffers }
  }
}
