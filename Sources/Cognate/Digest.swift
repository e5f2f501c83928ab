import CaseFile
import Crypto
import Foundation

/// SHA-256 of files and texts, as lower-case hexadecimal.
enum Digest {
  /// The hash of a file, read in blocks.
  static func file(_ url: URL) throws -> (sha256: String, bytes: Int64) {
    try SourceHash.file(url)
  }

  static func text(_ text: String) -> String { HexText.encode(SHA256.hash(data: Data(text.utf8))) }

  static func data(_ data: Data) -> String { HexText.encode(SHA256.hash(data: data)) }
}
