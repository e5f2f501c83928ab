import Foundation
import TestSupport
import Testing
import TransparencyLog

/// Known answers of other implementations.
@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.comment)))
struct VectorTests {
  private struct Vector: Decodable {
    var leafIdx: UInt64?
    var treeSize: UInt64?
    var size1: UInt64?
    var size2: UInt64?
    var start: UInt64?
    var end: UInt64?
    var size: UInt64?
    var root: String?
    var root1: String?
    var root2: String?
    var leafHash: String?
    var proof: [String]?
    var desc: String
    var wantErr: Bool
  }

  private struct Malformed: Error {}

  private static func folder(_ name: String) throws -> URL {
    guard let root = SharedMaterial.root else { throw SharedMaterialError.absent }
    return root.appendingPathComponent("vectors").appendingPathComponent(name)
  }

  private static func vectors(_ kind: String) throws -> [(name: String, Vector)] {
    let folder = try folder("merkle-transparency-dev/\(kind)")
    guard let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil) else {
      return []
    }
    return try files.compactMap { $0 as? URL }.filter { $0.pathExtension == "json" }.map {
      ($0.path, try JSONDecoder().decode(Vector.self, from: Data(contentsOf: $0)))
    }
  }

  private func agree(_ kind: String, exceptions: Set<String> = [], _ check: (Vector) throws -> Void) throws
    -> (
      count: Int, valid: Int
    )
  {
    var valid = 0
    let vectors = try Self.vectors(kind)
    for (name, vector) in vectors {
      var failed = false
      do { try check(vector) } catch { failed = true }
      let expected = exceptions.contains(vector.desc) ? !vector.wantErr : vector.wantErr
      #expect(failed == expected, "\(name): \(vector.desc)")
      if !vector.wantErr { valid += 1 }
    }
    return (vectors.count, valid)
  }

  @Test func inclusion() throws {
    let found = try agree("inclusion") { vector in
      guard let index = vector.leafIdx, let size = vector.treeSize else { throw Malformed() }
      try InclusionProof(index: index, size: size, path: path(vector.proof)).verify(
        leaf: digest(vector.leafHash), root: digest(vector.root))
    }
    #expect(found == (98, 6))
  }

  @Test func consistency() throws {
    // These vectors refuse every proof from the empty tree; this log accepts the one whose root is right and whose
    // path is empty (`ConsistencyProof`).
    let found = try agree("consistency", exceptions: ["size1 is zero and size2 is not zero"]) { vector in
      guard let older = vector.size1, let newer = vector.size2 else { throw Malformed() }
      try ConsistencyProof(older: older, newer: newer, path: path(vector.proof)).verify(
        olderRoot: digest(vector.root1), newerRoot: digest(vector.root2))
    }
    #expect(found == (98, 6))
  }

  @Test func inclusionInSubtrees() throws {
    let found = try agree("subtreeinclusion") { vector in
      guard let index = vector.leafIdx, let start = vector.start, let end = vector.end else {
        throw Malformed()
      }
      try SubtreeProof(start: start, end: end, path: path(vector.proof)).verify(
        leaf: digest(vector.leafHash), index: index, root: digest(vector.root))
    }
    #expect(found.count > 90 && found.valid >= 6)
  }

  @Test func consistencyOfSubtrees() throws {
    let found = try agree("subtreeconsistency") { vector in
      guard let start = vector.start, let end = vector.end, let size = vector.size else { throw Malformed() }
      try SubtreeProof(start: start, end: end, path: path(vector.proof)).verify(
        subtreeRoot: digest(vector.root1), logRoot: digest(vector.root2), size: size)
    }
    #expect(found.count > 90 && found.valid >= 6)
  }

  private struct Head: Decodable {
    var leaf_data: String
    var leaf_hash: String
    var root_hash: String
  }

  private struct Proof: Decodable {
    var leaf_hash: String?
    var leaf_index: UInt64?
    var tree_size: UInt64?
    var root_hash: String?
    var inclusion_path: [String]?
    var old_size: UInt64?
    var new_size: UInt64?
    var old_root: String?
    var new_root: String?
    var consistency_path: [String]?

    func verify() throws {
      if let index = leaf_index, let size = tree_size {
        try InclusionProof(index: index, size: size, path: path(inclusion_path)).verify(
          leaf: digest(leaf_hash), root: digest(root_hash))
      } else if let older = old_size, let newer = new_size {
        try ConsistencyProof(older: older, newer: newer, path: path(consistency_path)).verify(
          olderRoot: digest(old_root), newerRoot: digest(new_root))
      } else {
        throw Malformed()
      }
    }
  }

  private static func read<Value: Decodable>(_ name: String) throws -> [Value] {
    try JSONDecoder().decode([Value].self, from: Data(contentsOf: folder("merkle-rgdd/\(name).json")))
  }

  @Test func headsOfGrowingTrees() throws {
    let heads: [Head] = try Self.read("merkle_tree")
    #expect(heads.count == 16)
    var tree = MerkleTree()
    for head in heads {
      let leaf = TreeHash.leaf(Array(head.leaf_data.utf8))
      #expect(leaf.base64 == head.leaf_hash)
      tree.append(leaf)
      #expect(tree.root.base64 == head.root_hash)
    }
  }

  @Test(arguments: [("inclusion", 4, 4), ("consistency", 4, 16)])
  func validAndInvalidProofs(kind: String, valid: Int, invalid: Int) throws {
    let good: [Proof] = try Self.read("\(kind)-valid")
    let bad: [Proof] = try Self.read("\(kind)-invalid")
    #expect(good.count == valid && bad.count == invalid)
    for proof in good { try proof.verify() }
    for proof in bad { #expect(throws: (any Error).self) { try proof.verify() } }
  }

  @Test func aLogOfAnotherImplementation() throws {
    let key = try VerifierKey(
      "example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx")
    let report = try LogVerifier(LogFolder(Self.folder("tessera-log").path), key: key).verify()
    #expect(report.faults.isEmpty, "\(report.faults)")
    // The 16 of 0 to 15 entries, and the newest once more.
    #expect(report.checkpoints == 17)
    #expect(report.checkpoint?.size == 15)
  }
}

/// A root that is not 32 bytes stands for any root that is not right.
private func digest(_ text: String?) throws -> Digest {
  struct NotADigest: Error {}
  guard let text, !text.isEmpty else { throw NotADigest() }
  return Digest(base64: text) ?? TreeHash.leaf(Array(text.utf8))
}

private func path(_ texts: [String]?) throws -> [Digest] {
  struct NotADigest: Error {}
  return try (texts ?? []).map {
    guard let digest = Digest(base64: $0) else { throw NotADigest() }
    return digest
  }
}
