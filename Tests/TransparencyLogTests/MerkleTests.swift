import Testing
import TransparencyLog

/// The definitions of RFC 6962, section 2.1, word for word, as the oracle.
enum PlainTree {
  static func root(_ leaves: ArraySlice<Digest>) -> Digest {
    if leaves.isEmpty { return TreeHash.emptyRoot }
    if leaves.count == 1 { return leaves[leaves.startIndex] }
    let middle = leaves.startIndex + split(leaves.count)
    return TreeHash.node(root(leaves[..<middle]), root(leaves[middle...]))
  }

  static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
    if leaves.count == 1 { return [] }
    let half = split(leaves.count)
    let middle = leaves.startIndex + half
    return index < half
      ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
      : path(index - half, leaves[middle...]) + [root(leaves[..<middle])]
  }

  static func consistency(_ older: Int, _ leaves: ArraySlice<Digest>, isWhole: Bool = true) -> [Digest] {
    if older == leaves.count { return isWhole ? [] : [root(leaves)] }
    let half = split(leaves.count)
    let middle = leaves.startIndex + half
    return older <= half
      ? consistency(older, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
      : consistency(older - half, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
  }

  private static func split(_ count: Int) -> Int {
    var half = 1
    while half * 2 < count { half *= 2 }
    return half
  }
}

func leaves(_ count: Int) -> [Digest] { (0..<count).map { TreeHash.leaf(Array("entry \($0)".utf8)) } }

func tree(_ leaves: some Sequence<Digest>) -> MerkleTree {
  var tree = MerkleTree()
  for leaf in leaves { tree.append(leaf) }
  return tree
}

@Suite struct MerkleTests {
  @Test func rootsAndProofsAreThoseOfTheDefinition() throws {
    let all = leaves(70)
    let whole = tree(all)
    for size in 1...all.count {
      let root = PlainTree.root(all[..<size])
      #expect(whole.root(size: UInt64(size)) == root)
      #expect(tree(all[..<size]).root == root)
      for index in 0..<size {
        let proof = try InclusionProof(of: UInt64(index), size: UInt64(size), in: whole)
        #expect(proof.path == PlainTree.path(index, all[..<size]))
        try proof.verify(leaf: all[index], root: root)
      }
      for older in 1...size {
        let proof = try ConsistencyProof(from: UInt64(older), to: UInt64(size), in: whole)
        #expect(proof.path == PlainTree.consistency(older, all[..<size]))
        try proof.verify(olderRoot: PlainTree.root(all[..<older]), newerRoot: root)
      }
    }
  }

  @Test func aProofOfOneEntryProvesNoOther() throws {
    let all = leaves(33)
    let whole = tree(all)
    for size in 1...all.count {
      for index in 0..<size {
        let proof = try InclusionProof(of: UInt64(index), size: UInt64(size), in: whole)
        for other in 0..<size where other != index {
          #expect(throws: ProofFailure.self) {
            try proof.verify(leaf: all[other], root: whole.root(size: UInt64(size)))
          }
          #expect(throws: ProofFailure.self) {
            try InclusionProof(index: UInt64(other), size: UInt64(size), path: proof.path).verify(
              leaf: all[index], root: whole.root(size: UInt64(size)))
          }
        }
        #expect(throws: ProofFailure.self) {
          try InclusionProof(index: UInt64(index), size: UInt64(size), path: proof.path + [all[0]]).verify(
            leaf: all[index], root: whole.root(size: UInt64(size)))
        }
      }
    }
  }

  @Test func theEmptyTreeIsConsistentWithEveryTreeAndNothingElseIsSaidOfIt() throws {
    let some = tree(leaves(3))
    try ConsistencyProof(older: 0, newer: 0, path: []).verify(
      olderRoot: TreeHash.emptyRoot, newerRoot: TreeHash.emptyRoot)
    try ConsistencyProof(older: 0, newer: 3, path: []).verify(
      olderRoot: TreeHash.emptyRoot, newerRoot: some.root)
    #expect(throws: ProofFailure.olderRootDiffers) {
      try ConsistencyProof(older: 0, newer: 3, path: []).verify(olderRoot: some.root, newerRoot: some.root)
    }
    #expect(throws: ProofFailure.rootDiffers) {
      try ConsistencyProof(older: 0, newer: 0, path: []).verify(
        olderRoot: TreeHash.emptyRoot, newerRoot: some.root)
    }
    #expect(throws: ProofFailure.wrongLength(found: 1)) {
      try ConsistencyProof(older: 0, newer: 3, path: [some.root]).verify(
        olderRoot: TreeHash.emptyRoot, newerRoot: some.root)
    }
    #expect(throws: ProofFailure.indexOutOfTree(index: 0, size: 0)) {
      try InclusionProof(index: 0, size: 0, path: []).verify(leaf: some.root, root: TreeHash.emptyRoot)
    }
    #expect(TreeHash.emptyRoot.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
  }

  @Test func hugeSizesEndWithoutATrap() {
    let some = leaves(64)
    let sizes: [UInt64] = [.max, .max - 1, 1 << 63, (1 << 63) + 1]
    for size in sizes {
      for count in [0, 1, 63, 64] {
        let path = Array(some[..<count])
        #expect(throws: ProofFailure.self) {
          try InclusionProof(index: size - 1, size: size, path: path).verify(leaf: some[0], root: some[1])
        }
        #expect(throws: ProofFailure.self) {
          try ConsistencyProof(older: size - 1, newer: size, path: path).verify(
            olderRoot: some[0], newerRoot: some[1])
        }
        #expect(throws: ProofFailure.self) {
          try SubtreeProof(start: 0, end: size, path: path).verify(
            subtreeRoot: some[0], logRoot: some[1], size: .max)
        }
      }
    }
  }

  @Test func rangesThatAreSubtrees() {
    let isSubtree = { SubtreeProof.isSubtree($0, $1) }
    #expect(
      isSubtree(0, 0) && isSubtree(5, 5) && isSubtree(0, 1) && isSubtree(0, 7) && isSubtree(4, 8)
        && isSubtree(8, 13) && isSubtree(3, 4))
    #expect(!isSubtree(1, 3) && !isSubtree(3, 5) && !isSubtree(4, 9) && !isSubtree(5, 4))
    #expect(isSubtree(0, .max) && !isSubtree(1, .max))
  }
}
