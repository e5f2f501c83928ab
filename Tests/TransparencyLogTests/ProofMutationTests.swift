import Foundation
import TestSupport
import Testing
import TransparencyLog

/// Proofs changed at random: none is accepted. `COGNATE_THOROUGH=1` tries a million.
@Suite struct ProofMutationTests {
  private static let isThorough = ProcessInfo.processInfo.environment["COGNATE_THOROUGH"] != nil
  private static let count = isThorough ? 1_000_000 : 20_000
  private static let size: UInt64 = 300

  private let tree: MerkleTree
  private let roots: [Digest]

  init() {
    var tree = MerkleTree()
    for index in 0..<Self.size { tree.append(Self.leaf(index)) }
    self.tree = tree
    roots = (0...Self.size).map { tree.root(size: $0) }
  }

  private static func leaf(_ index: UInt64) -> Digest {
    TreeHash.leaf(Array("entry \(index)".utf8))
  }

  /// A path that is not the one given.
  private func mutate(
    _ path: [Digest], _ random: inout SplitMix
  ) -> [Digest] {
    var changed = path
    while changed == path {
      switch Int.random(in: 0..<7, using: &random) {
      case 0, 1, 2:
        guard let place = path.indices.randomElement(using: &random) else { break }
        var bytes = path[place].bytes
        bytes[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        if let digest = Digest(bytes: bytes) { changed[place] = digest }
      case 3: if let place = path.indices.randomElement(using: &random) { changed.remove(at: place) }
      case 4:
        // A hash of the tree itself, in a place of its own.
        let level = Int.random(in: 0..<8, using: &random)
        let index = UInt64.random(in: 0..<(Self.size >> UInt64(level)), using: &random)
        changed.insert(
          tree.node(level: level, index: index), at: Int.random(in: 0...path.count, using: &random))
      case 5:
        if path.count > 1 {
          changed.swapAt(
            Int.random(in: 0..<path.count, using: &random), Int.random(in: 0..<path.count, using: &random))
        }
      default: changed = Array(path.prefix(Int.random(in: 0...path.count, using: &random)))
      }
    }
    return changed
  }

  @Test func noForgedInclusionIsAccepted() throws {
    var random = SplitMix(seed: 1)
    var accepted = 0
    for _ in 0..<Self.count {
      let size = UInt64.random(in: 1...Self.size, using: &random)
      let index = UInt64.random(in: 0..<size, using: &random)
      let genuine = try InclusionProof(of: index, size: size, in: tree)
      var (proof, leaf, root) = (genuine, Self.leaf(index), roots[Int(size)])
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        // Another entry in its place, or another place for it.
        leaf = Self.leaf((index + UInt64.random(in: 1..<Self.size, using: &random)) % Self.size)
      case 1:
        let other = (index + UInt64.random(in: 1...Self.size, using: &random)) % (Self.size + 9)
        if other == index { continue }
        proof = InclusionProof(index: other, size: size, path: genuine.path)
      case 2:
        // Under the root of another size: a checkpoint signs both.
        let other = (size + UInt64.random(in: 1..<Self.size, using: &random)) % (Self.size + 1)
        if other == size { continue }
        root = roots[Int(other)]
        proof = InclusionProof(index: index, size: other, path: genuine.path)
        if (try? InclusionProof(of: index, size: other, in: tree)) == proof { continue }
      default: proof = InclusionProof(index: index, size: size, path: mutate(genuine.path, &random))
      }
      if (try? proof.verify(leaf: leaf, root: root)) != nil {
        accepted += 1
        Issue.record("accepted: \(proof.index) of \(proof.size), made from \(index) of \(size)")
      }
    }
    #expect(accepted == 0)
  }

  @Test func noForgedConsistencyIsAccepted() throws {
    var random = SplitMix(seed: 2)
    var accepted = 0
    for _ in 0..<Self.count {
      let newer = UInt64.random(in: 1...Self.size, using: &random)
      let older = UInt64.random(in: 0...newer, using: &random)
      let genuine = try ConsistencyProof(from: older, to: newer, in: tree)
      var (proof, olderRoot, newerRoot) = (genuine, roots[Int(older)], roots[Int(newer)])
      switch Int.random(in: 0..<8, using: &random) {
      case 0:
        var bytes = olderRoot.bytes
        bytes[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        olderRoot = try #require(Digest(bytes: bytes))
      case 1:
        // With the empty tree as the older one nothing is proved of the newer.
        if older == 0 { continue }
        var bytes = newerRoot.bytes
        bytes[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        newerRoot = try #require(Digest(bytes: bytes))
      case 2:
        // As if from another older size, with the root of that one.
        let other = UInt64.random(in: 0...newer, using: &random)
        if other == older { continue }
        proof = ConsistencyProof(older: other, newer: newer, path: genuine.path)
        olderRoot = roots[Int(other)]
        if try ConsistencyProof(from: other, to: newer, in: tree) == proof { continue }
      default: proof = ConsistencyProof(older: older, newer: newer, path: mutate(genuine.path, &random))
      }
      if (try? proof.verify(olderRoot: olderRoot, newerRoot: newerRoot)) != nil {
        accepted += 1
        Issue.record("accepted: \(proof.older) to \(proof.newer), made from \(older) to \(newer)")
      }
    }
    #expect(accepted == 0)
  }

  /// The text of a proof with its signed checkpoint, changed by one bit, byte, line or cut.
  @Test func noForgedProofFileIsAccepted() throws {
    let key = try SigningKey(name: "example.org/log", seed: [UInt8](repeating: 7, count: 32))
    var random = SplitMix(seed: 3)
    var accepted = 0
    let checkpoint = try Checkpoint(origin: key.verifier.name, size: Self.size, root: tree.root).signed(
      by: key)
    // A signature costs more than all hashes of a proof: a tenth of the number will do.
    for _ in 0..<Self.count / 10 {
      let index = UInt64.random(in: 0..<Self.size, using: &random)
      let proof = LogProof(try InclusionProof(of: index, size: Self.size, in: tree), checkpoint: checkpoint)
      let genuine = Array(proof.encoded.utf8)
      var changed = genuine
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1, 2:
        changed[Int.random(in: 0..<changed.count, using: &random)] ^=
          1 << UInt8.random(in: 0..<8, using: &random)
      case 3: changed.remove(at: Int.random(in: 0..<changed.count, using: &random))
      case 4:
        changed.insert(
          UInt8.random(in: 0...255, using: &random), at: Int.random(in: 0...changed.count, using: &random))
      default:
        var lines = changed.split(separator: 0x0A, omittingEmptySubsequences: false)
        lines.swapAt(
          Int.random(in: 0..<lines.count, using: &random), Int.random(in: 0..<lines.count, using: &random))
        changed = Array(lines.joined(separator: [0x0A]))
      }
      if changed == genuine { continue }
      let entry = Array("entry \(index)".utf8)
      if (try? LogProof(reading: changed).verify(entry: entry, key: key.verifier)) != nil {
        accepted += 1
        Issue.record("accepted: \(String(decoding: changed, as: UTF8.self))")
      }
    }
    #expect(accepted == 0)
  }
}
