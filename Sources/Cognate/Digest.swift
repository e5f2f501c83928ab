import CaseFile
import Crypto
import Foundation

/// SHA-256 of texts and data, as lower-case hexadecimal; of files see `SourceHash`.
enum Digest {
  static func text(_ text: String) -> String { HexText.encode(SHA256.hash(data: Data(text.utf8))) }

  static func data(_ data: Data) -> String { HexText.encode(SHA256.hash(data: data)) }
}
