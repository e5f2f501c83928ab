/// Why a proof was not accepted. A proof is accepted only when nothing of it is left over.
public enum ProofFailure: Error, Hashable, Sendable {
  /// The leaf's index does not lie in the tree.
  case indexOutOfTree(index: UInt64, size: UInt64)
  /// The older tree is larger than the newer one.
  case sizesReversed(older: UInt64, newer: UInt64)
  /// The range is no subtree of the tree: its start must be a multiple of the least power of two that spans it.
  case notASubtree(start: UInt64, end: UInt64)
  /// The proof has another number of hashes than its tree needs.
  case wrongLength(found: Int)
  /// The hashes lead to another root.
  case rootDiffers
  /// The hashes lead to another root of the older tree.
  case olderRootDiffers
}

extension ProofFailure: CustomStringConvertible {
  /// What is wrong, in a sentence.
  public var description: String {
    switch self {
    case .indexOutOfTree(let index, let size): "entry \(index) is not in a tree of \(size) entries"
    case .sizesReversed(let older, let newer):
      "the older tree has \(older) entries, more than the newer one with \(newer)"
    case .notASubtree(let start, let end): "entries \(start) to \(end) are not a subtree"
    case .wrongLength(let found): "a proof of \(found) hashes does not fit this tree"
    case .rootDiffers: "the proof leads to another root"
    case .olderRootDiffers: "the proof leads to another root of the older tree"
    }
  }
}
