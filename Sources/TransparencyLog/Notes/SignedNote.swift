/// Text with signatures under it (C2SP signed-note).
///
///     text
///
///     — name base64(id || signature)
public struct SignedNote: Hashable, Sendable {
  /// A signature, of a known key or not.
  public struct Signature: Hashable, Sendable {
    /// Name of the key.
    public let name: String
    /// The key's id.
    public let id: UInt32
    /// The signature itself.
    public let bytes: [UInt8]
  }

  /// Longest note read, in bytes.
  public static let sizeLimit = 1 << 20
  /// Most signatures read.
  public static let signatureLimit = 100

  /// What is signed; ends in a newline.
  public let text: String
  /// The signatures, in order.
  public private(set) var signatures: [Signature]

  /// Text without signatures yet.
  ///
  /// - Throws: `NoteFailure.malformed` when the text has control characters in it or no newline at its end.
  public init(text: String) throws(NoteFailure) {
    try NoteText.check(text)
    guard text.hasSuffix("\n"), text != "\n" else { throw .malformed("the text does not end in a newline") }
    self.text = text
    signatures = []
  }

  /// Reads a note. Signatures are not checked yet: see `verify`.
  ///
  /// - Throws: `NoteFailure.malformed`.
  public init(reading bytes: some Collection<UInt8>) throws(NoteFailure) {
    guard bytes.count <= Self.sizeLimit else { throw .malformed("it is longer than \(Self.sizeLimit) bytes") }
    guard let whole = String(validating: bytes, as: UTF8.self) else { throw .malformed("it is not UTF-8") }
    try NoteText.check(whole)
    let utf8 = Array(whole.utf8)
    guard utf8.last == 0x0A else { throw .malformed("it does not end in a newline") }
    guard
      let gap = utf8.indices.dropLast().last(where: { utf8[$0] == 0x0A && utf8[$0 + 1] == 0x0A }), gap > 0
    else { throw .malformed("no blank line parts text and signatures") }
    text = String(decoding: utf8[...gap], as: UTF8.self)
    signatures = []
    let lines = utf8[(gap + 2)...].dropLast().split(separator: 0x0A, omittingEmptySubsequences: false)
    guard lines.count <= Self.signatureLimit else {
      throw .malformed("more than \(Self.signatureLimit) signatures")
    }
    for line in lines { signatures.append(try Self.signature(String(decoding: line, as: UTF8.self))) }
  }

  private static func signature(_ line: String) throws(NoteFailure) -> Signature {
    let parts = line.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0] == "\u{2014}", NoteText.isName(String(parts[1])) else {
      throw .malformed("a signature line is not: dash, name, base64")
    }
    guard let bytes = Base64.decode(parts[2]), bytes.count > 4 else {
      throw .malformed("the signature of \(parts[1]) is not base64")
    }
    let id = bytes.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
    return Signature(name: String(parts[1]), id: id, bytes: Array(bytes.dropFirst(4)))
  }

  /// The note as text.
  public var encoded: String {
    var lines = text + "\n"
    for signature in signatures {
      let id = (0..<4).map { UInt8(truncatingIfNeeded: signature.id >> UInt32(24 - 8 * $0)) }
      lines += "\u{2014} \(signature.name) \(Base64.encode(id + signature.bytes))\n"
    }
    return lines
  }

  /// Adds the signature of a log's key.
  ///
  /// - Throws: `NoteFailure.malformedKey` for a key that cosigns.
  public mutating func sign(_ key: SigningKey) throws(NoteFailure) {
    guard key.verifier.algorithm == .ed25519 else {
      throw .malformedKey("\(key.verifier.name) cosigns checkpoints; it needs a time")
    }
    add(try key.signature(of: Array(text.utf8)), of: key)
  }

  /// Adds a signature that was made already; an earlier one of the same key is replaced.
  mutating func add(_ bytes: [UInt8], of key: SigningKey) {
    signatures.removeAll { $0.name == key.verifier.name && $0.id == key.verifier.id }
    signatures.append(Signature(name: key.verifier.name, id: key.verifier.id, bytes: bytes))
  }

  /// Checks the signatures of known keys. Those of unknown keys are ignored.
  ///
  /// - Returns: names of the keys that signed, in the order of the signatures.
  /// - Throws: `.badSignature` when one of a known key is wrong, `.unsigned` when there is none of a known key.
  @discardableResult
  public func verify(_ keys: [VerifierKey]) throws(NoteFailure) -> [String] {
    var names: [String] = []
    for signature in signatures {
      guard let key = keys.first(where: { $0.name == signature.name && $0.id == signature.id }) else {
        continue
      }
      let isValid =
        switch key.algorithm {
        case .ed25519: key.isValid(signature.bytes, of: Array(text.utf8))
        case .cosignature: Cosignature(signature)?.isValid(for: text, by: key) ?? false
        }
      guard isValid else { throw .badSignature(key: key.name) }
      names.append(key.name)
    }
    if names.isEmpty { throw .unsigned }
    return names
  }
}

enum NoteText {
  /// Whether a key may be called so: not empty, no space of Unicode, no plus, no control character.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty
      && name.unicodeScalars.allSatisfy { !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20 }
  }

  static func check(_ text: String) throws(NoteFailure) {
    if text.utf8.contains(where: { $0 < 0x20 && $0 != 0x0A }) {
      throw .malformed("there is a control character in it")
    }
  }
}
