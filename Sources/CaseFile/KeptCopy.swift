import Foundation
import GRDB

/// The copy of a source that the case keeps in `sources/HASH/`, where HASH is the source's.
struct KeptCopy {
  /// Where it lies in the folder of the case.
  let place: String
  /// The source: S2.
  let source: String
  private let sha256: String
  private let format: String
  private let root: String
  /// The name of the file, folder or archive that was imported.
  private let container: String
  private let members: [String]

  /// The copies of sources that there are, in the order of the sources.
  ///
  /// One of what holds the same as a source in other packing is under a hash that no source has, and is left out.
  static func all(in folder: URL, _ database: Database) throws -> [KeptCopy] {
    let sources = folder.appendingPathComponent("sources").path
    let kept = Set((try? FileManager.default.contentsOfDirectory(atPath: sources)) ?? [])
    if kept.isEmpty { return [] }
    return try Row.fetchAll(
      database, sql: "SELECT id, sha256, format, path, root FROM source ORDER BY id"
    ).compactMap { row -> KeptCopy? in
      let sha256: String = row["sha256"]
      guard kept.contains(sha256) else { return nil }
      let id: Int64 = row["id"]
      let path: String = row["path"]
      return KeptCopy(
        place: "sources/\(sha256)", source: "S\(id)", sha256: sha256, format: row["format"],
        root: row["root"], container: URL(fileURLWithPath: path).lastPathComponent,
        members: try String.fetchAll(
          database, sql: "SELECT path FROM member WHERE source = ? ORDER BY number", arguments: [id]))
    }
  }

  /// Whether what is there is what was imported; also where nothing is, as no copy need be kept.
  func isWhole(in folder: URL) -> Bool {
    let own = folder.appendingPathComponent(place)
    func isThere(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: own.appendingPathComponent(path).path)
    }
    func hash(_ path: String) -> String? { try? SourceHash.file(own.appendingPathComponent(path)).sha256 }
    if members.contains(where: isThere) {
      let found = members.compactMap { path in hash(path).map { (path: path, sha256: $0) } }
      return found.count == members.count && SourceHash.members(found, root: root) == sha256
    }
    // An archive is kept as it came.
    guard isThere(container) else { return true }
    guard let archive = hash(container) else { return false }
    return archive == sha256 || SourceHash.unit(ofArchive: archive, format: format, root: root) == sha256
  }
}
