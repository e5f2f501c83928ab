import Columns
import Crypto

/// Ids for formats that want UUIDs: made of names (RFC 9562, version 5), so that the same case gives the same ids.
struct StableID {
  /// The namespace of all ids; a random UUID, written down once.
  private static let namespace: [UInt8] = [
    0x5e, 0x0b, 0x5a, 0x1c, 0x2f, 0x63, 0x4a, 0x58, 0x9d, 0x0e, 0x77, 0x1b, 0x6c, 0x84, 0xe2, 0x39,
  ]

  /// What tells one case from another: two cases may number their accounts alike.
  private let scope: String

  /// Ids of a case.
  ///
  /// - Parameters:
  ///   - reference: of the case.
  ///   - run: hash of the run, which covers the sources.
  init(reference: String, run: String) { scope = "\(reference)\u{0}\(run)\u{0}" }

  /// The UUID of a thing.
  ///
  /// - Parameter version: what the UUID says of itself; 5 unless a format takes only another.
  func uuid(_ kind: String, _ name: String, version: UInt8 = 5) -> String {
    Self.uuid(scope + kind + "\u{0}" + name, version: version)
  }

  private static func uuid(_ name: String, version: UInt8) -> String {
    var hash = Insecure.SHA1()
    hash.update(data: namespace)
    hash.update(data: Array(name.utf8))
    var bytes = Array(hash.finalize().prefix(16))
    bytes[6] = bytes[6] & 0x0F | version << 4
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array(HexText.encode(bytes))
    return [0..<8, 8..<12, 12..<16, 16..<20, 20..<32].map { String(digits[$0]) }.joined(separator: "-")
  }
}
