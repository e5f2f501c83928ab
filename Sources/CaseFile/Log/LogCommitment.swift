import Crypto
import Foundation
import TransparencyLog

/// What a leaf of the case's log holds: SHA-256(salt || payload), with 32 random bytes of salt.
///
/// Without the salt nobody can tell what the leaf commits to, not even by guessing; deleting salt and payload erases
/// the entry, and the tree still verifies. As the salt is new for each entry, the commitment also names the entry:
/// after a failure of the disk it tells whether this very entry was stored.
enum LogCommitment {
  /// Bytes of a salt.
  static let saltLength = 32

  /// A new salt from the system's generator.
  static func salt() -> Data {
    var generator = SystemRandomNumberGenerator()
    var salt = Data(capacity: saltLength)
    for _ in 0..<saltLength / 8 { withUnsafeBytes(of: generator.next()) { salt.append(contentsOf: $0) } }
    return salt
  }

  static func commitment(salt: Data, payload: Data) -> TransparencyLog.Digest? {
    var hash = SHA256()
    hash.update(data: salt)
    hash.update(data: payload)
    return hash.finalize().withUnsafeBytes { TransparencyLog.Digest(bytes: $0) }
  }
}
