import Crypto

/// Hashes of the Merkle tree of RFC 6962, section 2.1 (RFC 9162 keeps them): SHA-256 with one byte ahead that parts
/// leaves from nodes.
public enum TreeHash {
  /// The root of the tree without leaves: SHA-256 of nothing.
  public static let emptyRoot = digest(SHA256.hash(data: [UInt8]()))

  /// The hash of a leaf: SHA-256(0x00 || entry).
  public static func leaf(_ entry: some Collection<UInt8>) -> Digest {
    let length = entry.count
    return withUnsafeTemporaryAllocation(byteCount: length + 1, alignment: 1) { buffer in
      buffer[0] = 0
      UnsafeMutableRawBufferPointer(rebasing: buffer[1...]).copyBytes(from: entry)
      return hash(UnsafeRawBufferPointer(buffer))
    }
  }

  /// The hash of a node: SHA-256(0x01 || left || right).
  public static func node(_ left: Digest, _ right: Digest) -> Digest {
    withUnsafeTemporaryAllocation(byteCount: 2 * Digest.length + 1, alignment: 1) { buffer in
      buffer[0] = 1
      left.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[1...Digest.length]).copyMemory(from: $0)
      }
      right.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: buffer[(Digest.length + 1)...]).copyMemory(from: $0)
      }
      return hash(UnsafeRawBufferPointer(buffer))
    }
  }

  private static func hash(_ bytes: UnsafeRawBufferPointer) -> Digest {
    var hasher = SHA256()
    hasher.update(bufferPointer: bytes)
    return digest(hasher.finalize())
  }

  private static func digest(_ hash: SHA256.Digest) -> Digest {
    hash.withUnsafeBytes { Digest(loading: $0) }
  }
}
