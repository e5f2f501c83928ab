import TransparencyLog

/// The log's verifier against a log of 33 entries whose key the fuzzer does not have: the first byte selects what the
/// rest is taken for.
///
/// What is accepted must be genuine: the very proof that the log itself gives, under a root that its key signed.
/// Whatever can be read has one spelling.
struct LogHarness: FuzzHarness {
  private static let size: UInt64 = 33
  private let key: SigningKey
  private let tree: MerkleTree

  init() {
    var tree = MerkleTree()
    for index in 0..<Self.size { tree.append(TreeHash.leaf(Self.entry(index))) }
    self.tree = tree
    do {
      key = try SigningKey(name: "example.org/log", seed: [UInt8](repeating: 7, count: 32))
    } catch {
      stop("no key: \(error)")
    }
  }

  private static func entry(_ index: UInt64) -> [UInt8] { Array("entry \(index)".utf8) }

  func run(_ input: UnsafeBufferPointer<UInt8>) {
    guard let kind = input.first else { return }
    let bytes = Array(input.dropFirst())
    switch kind % 8 {
    case 0: note(bytes)
    case 1, 2: proof(bytes)
    case 3: inclusion(bytes)
    case 4: consistency(bytes)
    case 5: subtree(bytes)
    case 6: text(bytes)
    default: bundle(bytes)
    }
  }

  private func note(_ bytes: [UInt8]) {
    guard let note = try? SignedNote(reading: bytes) else { return }
    demand(Array(note.encoded.utf8) == bytes, "a note of two spellings")
    guard let head = try? Checkpoint.verified(bytes, by: key.verifier) else { return }
    demand(
      head.origin == key.verifier.name && head.size <= Self.size && head.root == tree.root(size: head.size)
        && head.extensions.isEmpty, "a checkpoint that was never signed: \(head)")
  }

  private func proof(_ bytes: [UInt8]) {
    guard let proof = try? LogProof(reading: bytes) else { return }
    demand(Array(proof.encoded.utf8) == bytes, "a proof of two spellings")
    let entry = Self.entry(min(proof.index, Self.size))
    guard let head = try? proof.verify(entry: entry, key: key.verifier) else { return }
    let genuine = try? InclusionProof(of: proof.index, size: head.size, in: tree)
    demand(genuine?.path == proof.path, "a forged proof: \(proof)")
    demand(head.root == tree.root(size: head.size), "a checkpoint that was never signed")
  }

  /// A size or index of one byte, and hashes of 32.
  private func path(_ bytes: ArraySlice<UInt8>) -> [Digest] {
    stride(from: bytes.startIndex, to: bytes.endIndex, by: Digest.length).compactMap { start in
      let end = min(start + Digest.length, bytes.endIndex)
      // One byte that is no hash stands for one of the tree's own.
      if end - start < Digest.length {
        let index = UInt64(bytes[start]) % Self.size
        return tree.node(level: 0, index: index)
      }
      return Digest(bytes: bytes[start..<end])
    }
  }

  private func inclusion(_ bytes: [UInt8]) {
    guard bytes.count >= 2 else { return }
    let (index, size) = (UInt64(bytes[0]), UInt64(bytes[1]) % (Self.size + 1))
    let proof = InclusionProof(index: index, size: size, path: path(bytes[2...]))
    let leaf = TreeHash.leaf(Self.entry(min(index, Self.size)))
    guard (try? proof.verify(leaf: leaf, root: tree.root(size: size))) != nil else { return }
    demand((try? InclusionProof(of: index, size: size, in: tree)) == proof, "a forged proof: \(proof)")
  }

  private func consistency(_ bytes: [UInt8]) {
    guard bytes.count >= 2 else { return }
    let (older, newer) = (UInt64(bytes[0]) % (Self.size + 1), UInt64(bytes[1]) % (Self.size + 1))
    let proof = ConsistencyProof(older: older, newer: newer, path: path(bytes[2...]))
    guard
      (try? proof.verify(olderRoot: tree.root(size: older), newerRoot: tree.root(size: newer))) != nil
    else { return }
    demand((try? ConsistencyProof(from: older, to: newer, in: tree)) == proof, "a forged proof: \(proof)")
  }

  /// Any sizes at all: nothing may be accepted of a tree that is not there, and nothing may trap.
  private func subtree(_ bytes: [UInt8]) {
    guard bytes.count >= 24 else { return }
    func number(_ place: Int) -> UInt64 { bytes[place..<place + 8].reduce(0) { $0 << 8 | UInt64($1) } }
    let (one, two, three) = (number(0), number(8), number(16))
    let hashes = path(bytes[24...])
    let (leaf, root) = (TreeHash.leaf([1]), TreeHash.leaf([2]))
    let isIncluded =
      (try? InclusionProof(index: one, size: two, path: hashes).verify(leaf: leaf, root: root)) != nil
    demand(!isIncluded, "an entry in a tree that is not there")
    if one > 0 {
      let consistency = ConsistencyProof(older: one, newer: two, path: hashes)
      demand((try? consistency.verify(olderRoot: leaf, newerRoot: root)) == nil, "a tree grown from another")
    }
    guard let proof = try? SubtreeProof(start: one, end: two, path: hashes) else { return }
    _ = try? proof.verify(leaf: leaf, index: three, root: root)
    if one < two {
      demand(
        (try? proof.verify(subtreeRoot: leaf, logRoot: root, size: three)) == nil, "a subtree of another tree"
      )
    }
  }

  private func text(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let path = TilePath(text) { demand(path.text == text, "a path of two spellings: \(text)") }
    if let key = try? VerifierKey(text) { demand(key.text == text, "a key of two spellings: \(text)") }
    if let key = try? SigningKey(text) { demand(key.text == text, "a private key of two spellings") }
    if let head = try? Checkpoint(text: text) { demand(head.text == text, "a checkpoint of two spellings") }
    if let digest = Digest(base64: text) { demand(digest.base64 == text, "a hash of two spellings: \(text)") }
  }

  private func bundle(_ bytes: [UInt8]) {
    guard let entries = EntryBundle.decode(bytes) else { return }
    demand(EntryBundle.encode(entries.map { Array($0) }) == bytes, "a bundle of two spellings")
  }

  func seeds() throws -> [[UInt8]] {
    var seeds: [[UInt8]] = []
    for size in [0, 1, 2, 7, 32, 33] as [UInt64] {
      var note = try Checkpoint(origin: key.verifier.name, size: size, root: tree.root(size: size)).signed(
        by: key)
      seeds.append([0] + Array(note.encoded.utf8))
      let witness = try SigningKey(
        name: "witness.example.org", algorithm: .cosignature, seed: [UInt8](repeating: 9, count: 32))
      try note.cosign(witness, time: 1_700_000_000)
      seeds.append([0] + Array(note.encoded.utf8))
      guard size > 0 else { continue }
      for index in [0, size / 2, size - 1] {
        let inclusion = try InclusionProof(of: index, size: size, in: tree)
        seeds.append([1] + Array(LogProof(inclusion, checkpoint: note).encoded.utf8))
        seeds.append([2] + Array(LogProof(inclusion, checkpoint: note, extra: [1, 2, 3]).encoded.utf8))
        seeds.append([3, UInt8(index), UInt8(size)] + inclusion.path.flatMap(\.bytes))
        let consistency = try ConsistencyProof(from: index, to: size, in: tree)
        seeds.append([4, UInt8(index), UInt8(size)] + consistency.path.flatMap(\.bytes))
        let numbers = [index, size, Self.size].flatMap { number in
          (0..<8).map { UInt8(truncatingIfNeeded: number >> UInt64(56 - 8 * $0)) }
        }
        seeds.append([5] + numbers + inclusion.path.flatMap(\.bytes))
      }
      seeds.append([6] + Array(note.text.utf8))
    }
    for text in [
      key.verifier.text, key.text, "tile/0/x001/x234/067", "tile/entries/000.p/5", tree.root.base64,
    ] {
      seeds.append([6] + Array(text.utf8))
    }
    seeds.append([7] + (EntryBundle.encode((0..<Self.size).map(Self.entry)) ?? []))
    return seeds
  }
}
