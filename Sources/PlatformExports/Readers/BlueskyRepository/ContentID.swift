internal import CMime

/// The name of a block by its content: a CID of version 1 over SHA-256, the only one that repositories use.
///
///     01 | codec (71 DAG-CBOR, 55 raw bytes) | 12 20 | 32 bytes of SHA-256
///
/// Source: the CID and multihash specifications of multiformats.
public struct ContentID: Hashable, Sendable {
  /// How the block is written: `dagCBOR`, `raw`, or another codec's number.
  public let codec: UInt8
  private let digest: (UInt64, UInt64, UInt64, UInt64)

  /// Bytes of a CID.
  public static let length = 36
  /// The codec of records and of the tree.
  public static let dagCBOR: UInt8 = 0x71
  /// The codec of pictures and other bytes.
  public static let raw: UInt8 = 0x55

  /// Reads the CID with which bytes begin; nil for one of another version or hash.
  public init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard bytes.count >= Self.length, bytes[0] == 0x01, bytes[1] < 0x80, bytes[2] == 0x12, bytes[3] == 0x20
    else { return nil }
    codec = bytes[1]
    digest = Self.words(UnsafeBufferPointer(rebasing: bytes[4..<Self.length]))
  }

  /// Makes the name of a block.
  public init(codec: UInt8, of block: UnsafeBufferPointer<UInt8>) {
    self.codec = codec
    digest = Self.hash(block)
  }

  /// Whether a block has the SHA-256 by which it is called.
  public func names(_ block: UnsafeBufferPointer<UInt8>) -> Bool { digest == Self.hash(block) }

  /// The CID as its bytes.
  public var bytes: [UInt8] {
    var result: [UInt8] = [0x01, codec, 0x12, 0x20]
    for word in [digest.0, digest.1, digest.2, digest.3] {
      withUnsafeBytes(of: word.bigEndian) { result.append(contentsOf: $0) }
    }
    return result
  }

  private static func hash(_ block: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64) {
    var digest = [UInt8](repeating: 0, count: 32)
    // Without memory the digest stays zero, which names no block that anybody could make.
    _ = cog_sha256(block.baseAddress, block.count, &digest)
    return digest.withUnsafeBufferPointer { words($0) }
  }

  private static func words(_ bytes: UnsafeBufferPointer<UInt8>) -> (UInt64, UInt64, UInt64, UInt64) {
    func word(_ start: Int) -> UInt64 {
      bytes[start..<start + 8].reduce(0) { $0 << 8 | UInt64($1) }
    }
    return (word(0), word(8), word(16), word(24))
  }

  /// Whether all parts are equal.
  public static func == (left: Self, right: Self) -> Bool {
    left.codec == right.codec && left.digest == right.digest
  }

  /// Hashes the parts that tell blocks apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(codec)
    hasher.combine(digest.0)
    hasher.combine(digest.1)
  }
}
