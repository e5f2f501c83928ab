import Columns
import Crypto
package import Foundation

/// By what a case knows a source: a lone file's own SHA-256; an archive's, with the unit's place in it when it holds
/// several; for the members of a folder a hash over their paths and hashes.
package enum SourceHash {
  /// The hash of a file, read in blocks.
  package static func file(_ url: URL) throws -> (sha256: String, bytes: Int64) {
    let handle = try FileHandle(forReadingFrom: url)
    defer { try? handle.close() }
    var hash = SHA256()
    var total: Int64 = 0
    while let block = try handle.read(upToCount: 1 << 20), !block.isEmpty {
      hash.update(data: block)
      total += Int64(block.count)
    }
    return (HexText.encode(hash.finalize()), total)
  }

  /// The hash of one of several units of an archive.
  package static func unit(ofArchive sha256: String, format: String, root: String) -> String {
    ContentHash.text("\(sha256)\n\(format)\n\(root)\n")
  }

  /// The hash of a unit's members, in their order; a lone one's own.
  package static func members(_ members: [(path: String, sha256: String)], root: String) -> String {
    if members.count == 1 { return members[0].sha256 }
    return ContentHash.text(members.map { "\($0.sha256)  \($0.path.dropFirst(root.count))\n" }.joined())
  }
}
