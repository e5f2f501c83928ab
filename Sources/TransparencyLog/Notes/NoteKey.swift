import Crypto
import Foundation

/// What a key signs, by the byte that the signed-note specification of C2SP gives it.
public enum NoteAlgorithm: UInt8, Sendable {
  /// Ed25519 over the text: a log's own signature.
  case ed25519 = 0x01
  /// Ed25519 over a time and the text: a witness's cosignature (C2SP tlog-cosignature, version 1).
  case cosignature = 0x04
}

/// A public key with the name that it signs under, written `name+id+base64`.
public struct VerifierKey: Sendable {
  /// The name; that of a log's key is the log's origin.
  public let name: String
  /// The first four bytes of SHA-256(name || newline || algorithm || key): a hint, no proof.
  public let id: UInt32
  /// What it signs.
  public let algorithm: NoteAlgorithm
  private let key: Curve25519.Signing.PublicKey

  init(name: String, algorithm: NoteAlgorithm, key: Curve25519.Signing.PublicKey) {
    self.name = name
    self.algorithm = algorithm
    self.key = key
    id = Self.id(name, algorithm, key.rawRepresentation)
  }

  /// Reads `name+id+base64`.
  ///
  /// - Throws: `NoteFailure.malformedKey`.
  public init(_ text: String) throws(NoteFailure) {
    let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .malformedKey("it is not name+id+base64") }
    let name = String(parts[0])
    guard NoteText.isName(name) else {
      throw .malformedKey("the name is empty, or has a space or a plus in it")
    }
    guard let bytes = Base64.decode(parts[2]), let first = bytes.first else {
      throw .malformedKey("the key is not base64")
    }
    guard let algorithm = NoteAlgorithm(rawValue: first) else {
      throw .malformedKey("algorithm \(first) is not supported; 1 and 4 are")
    }
    guard bytes.count == 33, let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes.dropFirst())
    else {
      throw .malformedKey("an Ed25519 key has 32 bytes")
    }
    self.init(name: name, algorithm: algorithm, key: key)
    guard parts[1] == Self.hex(id) else { throw .malformedKey("the id does not fit the name and the key") }
  }

  /// The key as text.
  public var text: String {
    "\(name)+\(Self.hex(id))+\(Base64.encode([algorithm.rawValue] + key.rawRepresentation))"
  }

  func isValid(_ signature: some Collection<UInt8>, of message: [UInt8]) -> Bool {
    key.isValidSignature(Data(signature), for: message)
  }

  static func id(_ name: String, _ algorithm: NoteAlgorithm, _ key: Data) -> UInt32 {
    SHA256.hash(data: Array(name.utf8) + [0x0A, algorithm.rawValue] + key).prefix(4).reduce(0) {
      $0 << 8 | UInt32($1)
    }
  }

  private static func hex(_ id: UInt32) -> String {
    let digits = String(id, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}

/// A private key with the name that it signs under.
public struct SigningKey: Sendable {
  /// The public half.
  public let verifier: VerifierKey
  private let key: Curve25519.Signing.PrivateKey

  /// Makes a new key.
  ///
  /// - Throws: `NoteFailure.malformedKey` for an empty name or one with a space or a plus in it.
  public init(name: String, algorithm: NoteAlgorithm = .ed25519) throws(NoteFailure) {
    try self.init(name: name, algorithm: algorithm, key: Curve25519.Signing.PrivateKey())
  }

  /// Takes the 32 bytes of a private key.
  ///
  /// - Throws: `NoteFailure.malformedKey`.
  public init(name: String, algorithm: NoteAlgorithm = .ed25519, seed: some Collection<UInt8>)
    throws(NoteFailure)
  {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: Data(seed)) else {
      throw .malformedKey("an Ed25519 private key has 32 bytes")
    }
    try self.init(name: name, algorithm: algorithm, key: key)
  }

  private init(name: String, algorithm: NoteAlgorithm, key: Curve25519.Signing.PrivateKey) throws(NoteFailure)
  {
    guard NoteText.isName(name) else {
      throw .malformedKey("the name is empty, or has a space or a plus in it")
    }
    self.key = key
    verifier = VerifierKey(name: name, algorithm: algorithm, key: key.publicKey)
  }

  /// Reads what `text` writes.
  ///
  /// - Throws: `NoteFailure.malformedKey`.
  public init(_ text: String) throws(NoteFailure) {
    let prefix = "PRIVATE+KEY+"
    let parts = text.dropFirst(prefix.count).split(
      separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
    guard text.hasPrefix(prefix), parts.count == 3, let bytes = Base64.decode(parts[2]),
      let first = bytes.first,
      let algorithm = NoteAlgorithm(rawValue: first)
    else { throw .malformedKey("it is not PRIVATE+KEY+name+id+base64") }
    try self.init(name: String(parts[0]), algorithm: algorithm, seed: bytes.dropFirst())
    guard text == self.text else { throw .malformedKey("the id does not fit the name and the key") }
  }

  /// The private key as text, in the form that Go's sumdb/note reads. Keep it secret.
  public var text: String {
    let id = verifier.text.dropFirst(verifier.name.count + 1).prefix(8)
    return
      "PRIVATE+KEY+\(verifier.name)+\(id)+\(Base64.encode([verifier.algorithm.rawValue] + key.rawRepresentation))"
  }

  /// Signs bytes. Ed25519 fails only for want of memory.
  func signature(of message: [UInt8]) throws(NoteFailure) -> [UInt8] {
    guard let signature = try? key.signature(for: message) else {
      throw .malformedKey("the key of \(verifier.name) would not sign")
    }
    return [UInt8](signature)
  }
}
