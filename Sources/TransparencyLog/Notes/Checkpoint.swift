/// The size and root of a log at one time: what its key signs (C2SP tlog-checkpoint).
public struct Checkpoint: Hashable, Sendable {
  /// The log's name.
  public let origin: String
  /// Entries.
  public let size: UInt64
  /// Root of their tree.
  public let root: Digest
  /// Further lines, of no meaning here.
  public let extensions: [String]

  /// Makes a checkpoint.
  public init(origin: String, size: UInt64, root: Digest) {
    self.origin = origin
    self.size = size
    self.root = root
    extensions = []
  }

  /// Reads the text of a note. Every checkpoint has one spelling.
  ///
  /// - Throws: `NoteFailure.malformed`.
  public init(text: String) throws(NoteFailure) {
    var lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map {
      String(Substring($0))
    }
    guard lines.popLast() == "", lines.count >= 3, lines.allSatisfy({ !$0.isEmpty }) else {
      throw .malformed("a checkpoint has three lines or more, none of them empty")
    }
    guard let size = UInt64(decimal: lines[1]) else { throw .malformed("the size is not a plain number") }
    guard let root = Digest(base64: lines[2]) else { throw .malformed("the root is not 32 bytes in base64") }
    if size == 0, root != TreeHash.emptyRoot {
      throw .malformed("the root of an empty log is SHA-256 of nothing")
    }
    origin = lines[0]
    self.size = size
    self.root = root
    extensions = Array(lines[3...])
  }

  /// The text that is signed.
  public var text: String {
    ([origin, "\(size)", root.base64] + extensions).map { $0 + "\n" }.joined()
  }

  /// Signs this checkpoint with the log's key.
  ///
  /// - Throws: `NoteFailure`.
  public func signed(by key: SigningKey) throws(NoteFailure) -> SignedNote {
    var note = try SignedNote(text: text)
    try note.sign(key)
    return note
  }

  /// Reads a checkpoint that the log's key signed.
  ///
  /// - Throws: `NoteFailure`: malformed, not signed by that key, or of a log of another name.
  public static func verified(
    _ bytes: some Collection<UInt8>, by key: VerifierKey
  ) throws(NoteFailure) -> Checkpoint {
    let note = try SignedNote(reading: bytes)
    try note.verify([key])
    let checkpoint = try Checkpoint(text: note.text)
    guard checkpoint.origin == key.name else { throw .otherLog(found: checkpoint.origin, expected: key.name) }
    return checkpoint
  }
}

extension UInt64 {
  /// Reads a number in its one decimal spelling: digits alone, no leading zero.
  init?(decimal text: some StringProtocol) {
    guard let number = UInt64(text), String(number) == text else { return nil }
    self = number
  }
}
