internal import CArgon2

/// Passphrases, kept as Argon2id verifiers only (RFC 9106), by libargon2.
enum Passphrase {
  /// Memory of a computation, in KiB, and passes over it: the second recommended setting of RFC 9106, section 4, in one
  /// lane. One takes about a tenth of a second.
  static let memory: UInt32 = 64 * 1024
  static let passes: UInt32 = 3
  /// Characters that a passphrase has at least.
  static let shortest = 12
  /// Bytes that one has at most; more helps nobody.
  static let longest = 1024

  /// A verifier of a passphrase, with a new salt.
  static func verifier(of passphrase: [UInt8]) throws(PeopleFailure) -> String {
    guard passphrase.count <= longest, String(decoding: passphrase, as: UTF8.self).count >= shortest else {
      throw .weakPassphrase
    }
    var out = [CChar](repeating: 0, count: 128)
    let status = passphrase.withUnsafeBufferPointer { bytes in
      cognate_argon2_make(bytes.baseAddress, bytes.count, memory, passes, &out, 128)
    }
    guard status == 0 else { throw .passphrase(String(cString: cognate_argon2_message(status))) }
    return String(decoding: out.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// Whether a passphrase is that of a verifier.
  static func matches(_ verifier: String, _ passphrase: [UInt8]) throws(PeopleFailure) -> Bool {
    guard passphrase.count <= longest, !passphrase.isEmpty else { return false }
    let status = passphrase.withUnsafeBufferPointer { bytes in
      cognate_argon2_verify(verifier, bytes.baseAddress, bytes.count)
    }
    if status < 0 { throw .passphrase(String(cString: cognate_argon2_message(status))) }
    return status == 1
  }
}
