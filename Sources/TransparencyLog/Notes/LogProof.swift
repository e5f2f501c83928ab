/// A proof that stands alone: an entry's index, its way to the root, and the signed checkpoint (C2SP tlog-proof).
public struct LogProof: Hashable, Sendable {
  private static let header = "c2sp.org/tlog-proof@v1"

  /// Where the entry is, from 0.
  public let index: UInt64
  /// Hashes from the leaf's sibling up.
  public let path: [Digest]
  /// What the maker added; nothing vouches for it.
  public let extra: [UInt8]?
  /// The checkpoint with its signatures.
  public let checkpoint: SignedNote

  /// Makes a proof.
  public init(_ inclusion: InclusionProof, checkpoint: SignedNote, extra: [UInt8]? = nil) {
    index = inclusion.index
    path = inclusion.path
    self.extra = extra
    self.checkpoint = checkpoint
  }

  /// Reads a proof. Nothing is checked before `verify`.
  ///
  /// - Throws: `NoteFailure.malformed`.
  public init(reading bytes: some Collection<UInt8>) throws(NoteFailure) {
    guard bytes.count <= SignedNote.sizeLimit else { throw .malformed("it is too long for a proof") }
    guard let text = String(validating: bytes, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false)[...]
    func line() -> String? { lines.popFirst().map { String(Substring($0)) } }
    guard line() == Self.header else { throw .malformed("the first line is not \(Self.header)") }
    var next = line()
    if let found = next, found.hasPrefix("extra ") {
      guard let bytes = Base64.decode(found.dropFirst(6)) else {
        throw .malformed("the extra data is not base64")
      }
      extra = bytes
      next = line()
    } else {
      extra = nil
    }
    guard let found = next, found.hasPrefix("index "), let index = UInt64(decimal: found.dropFirst(6)) else {
      throw .malformed("there is no line with the index")
    }
    self.index = index
    var path: [Digest] = []
    while true {
      guard let hash = line() else { throw .malformed("there is no checkpoint") }
      if hash.isEmpty { break }
      guard path.count < 64, let digest = Digest(base64: hash) else {
        throw .malformed("line \(path.count + 1) of the way to the root is not 32 bytes in base64")
      }
      path.append(digest)
    }
    self.path = path
    checkpoint = try SignedNote(reading: Array(lines.joined(separator: [0x0A])))
  }

  /// The proof as text.
  public var encoded: String {
    var lines = Self.header + "\n"
    if let extra { lines += "extra \(Base64.encode(extra))\n" }
    lines += "index \(index)\n"
    for hash in path { lines += hash.base64 + "\n" }
    return lines + "\n" + checkpoint.encoded
  }

  /// Checks that the entry is in the log of that key.
  ///
  /// - Returns: the checkpoint.
  /// - Throws: `NoteFailure` or `ProofFailure`.
  @discardableResult
  public func verify(entry: some Collection<UInt8>, key: VerifierKey) throws -> Checkpoint {
    let head = try Checkpoint.verified(Array(checkpoint.encoded.utf8), by: key)
    try InclusionProof(index: index, size: head.size, path: path).verify(
      leaf: TreeHash.leaf(entry), root: head.root)
    return head
  }
}
