internal import Columns
internal import Crypto
package import Foundation

/// SHA-256 of texts and data, as lower-case hexadecimal; of files see `SourceHash`, of rows `RowHash`.
package enum ContentHash {
  /// Of a text's UTF-8.
  package static func text(_ text: String) -> String { data(Data(text.utf8)) }

  /// Of bytes.
  package static func data(_ data: Data) -> String { HexText.encode(SHA256.hash(data: data)) }
}
