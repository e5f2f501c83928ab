import Foundation

/// A SHA-256 hash: 32 bytes.
public struct Digest: Hashable, Sendable {
  /// Bytes of a hash.
  public static let length = 32

  private let words: SIMD4<UInt64>

  /// Takes 32 bytes; nil for any other number.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == Self.length else { return nil }
    var words = SIMD4<UInt64>()
    withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
    self.words = words
  }

  /// Loads 32 bytes.
  init(loading bytes: UnsafeRawBufferPointer) {
    words = bytes.loadUnaligned(as: SIMD4<UInt64>.self)
  }

  /// Reads what `base64` writes; nil for anything else, other spellings of the same bytes included.
  public init?(base64 text: some StringProtocol) {
    guard let bytes = Base64.decode(text), let digest = Digest(bytes: bytes) else { return nil }
    self = digest
  }

  /// The bytes.
  public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

  /// The bytes in base64 (RFC 4648, section 4).
  public var base64: String { Base64.encode(bytes) }

  /// The bytes of several, end to end.
  static func joined(_ digests: [Digest]) -> [UInt8] {
    digests.withUnsafeBytes { Array($0) }
  }

  /// Lends the bytes.
  public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: words, body)
  }
}

extension Digest: CustomStringConvertible {
  /// The base64 form.
  public var description: String { base64 }
}

/// Base64 in which every text has one spelling: what decodes to the same bytes in two ways is refused, so that no bit of
/// a log can be changed unseen.
enum Base64 {
  static func encode(_ bytes: some Sequence<UInt8>) -> String { Data(bytes).base64EncodedString() }

  static func decode(_ text: some StringProtocol) -> [UInt8]? {
    guard let data = Data(base64Encoded: String(text)), data.base64EncodedString() == text else { return nil }
    return [UInt8](data)
  }
}
