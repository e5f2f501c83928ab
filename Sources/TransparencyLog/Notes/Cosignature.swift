/// A witness's word that it saw a checkpoint, and that it was consistent with all it had seen of the log before
/// (C2SP tlog-cosignature, version 1).
public struct Cosignature: Hashable, Sendable {
  /// When the witness signed, in seconds since 1970 UTC.
  public let time: UInt64
  private let signature: [UInt8]

  init?(_ signature: SignedNote.Signature) {
    guard signature.bytes.count == 72 else { return nil }
    time = signature.bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    guard time <= UInt64(Int64.max) else { return nil }
    self.signature = Array(signature.bytes.dropFirst(8))
  }

  static func message(_ text: String, time: UInt64) -> [UInt8] {
    Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
  }

  func isValid(for text: String, by key: VerifierKey) -> Bool {
    key.isValid(signature, of: Self.message(text, time: time))
  }
}

extension SignedNote {
  /// Adds a witness's cosignature. The witness must have checked consistency itself.
  ///
  /// - Parameter time: seconds since 1970 UTC.
  /// - Throws: `NoteFailure.malformedKey` for a key that does not cosign, `.malformed` for a time beyond 2^63 - 1.
  public mutating func cosign(_ key: SigningKey, time: UInt64) throws(NoteFailure) {
    guard key.verifier.algorithm == .cosignature else {
      throw .malformedKey("\(key.verifier.name) is not a key for cosignatures")
    }
    guard time <= UInt64(Int64.max) else { throw .malformed("the time of a cosignature is beyond 2^63 - 1") }
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: time >> UInt64(56 - 8 * $0)) }
    add(bytes + (try key.signature(of: Cosignature.message(text, time: time))), of: key)
  }

  /// The cosignature of a witness, checked; nil when it did not sign.
  ///
  /// - Throws: `NoteFailure.badSignature`.
  public func cosignature(by key: VerifierKey) throws(NoteFailure) -> Cosignature? {
    guard key.algorithm == .cosignature,
      let found = signatures.first(where: { $0.name == key.name && $0.id == key.id })
    else { return nil }
    guard let cosignature = Cosignature(found), cosignature.isValid(for: text, by: key) else {
      throw .badSignature(key: key.name)
    }
    return cosignature
  }
}
