package import Foundation
package import GRDB
import Glibc

/// The copy of a source that the case keeps in `sources/HASH/`, where HASH is the source's. An archive lies there as it
/// came, by whatever name it was imported; other members lie at their paths.
package struct KeptCopy {
  /// Where it lies in the folder of the case.
  let place: String
  /// The source: S2.
  let source: String
  private let sha256: String
  private let format: String
  private let root: String
  /// The paths of its members below their common root.
  private let tails: [Substring]

  /// The folder of all copies.
  static let top = "sources"

  /// Where the copy of a source lies in the folder of a case.
  package static func place(of sha256: String) -> String { "\(top)/\(sha256)" }

  /// Where it is made: a copy gets its place when all of it is there, as one that was stopped half-way would stand for the
  /// source ever after.
  package static func draft(of sha256: String) -> String { "\(top)/.\(sha256).part" }

  /// Whether it can be told which copies there are; also where there are none.
  static func canBeListed(in folder: URL) -> Bool {
    let path = folder.appendingPathComponent(top).path
    return (try? FileManager.default.contentsOfDirectory(atPath: path)) != nil
      || !FileManager.default.fileExists(atPath: path)
  }

  /// The copies of sources that there are, in the order of the sources.
  ///
  /// One of what holds the same as a source in other packing is under a hash that no source has, and is left out.
  static func all(in folder: URL, _ database: Database) throws -> [KeptCopy] {
    let kept = names(in: folder)
    if kept.isEmpty { return [] }
    return try Row.fetchAll(
      database, sql: "SELECT id, sha256, format, root FROM source ORDER BY id"
    ).compactMap { row -> KeptCopy? in
      let sha256: String = row["sha256"]
      guard kept.contains(sha256) else { return nil }
      let id: Int64 = row["id"]
      let root: String = row["root"]
      let members = try String.fetchAll(
        database, sql: "SELECT path FROM member WHERE source = ? ORDER BY number", arguments: [id])
      return KeptCopy(
        place: place(of: sha256), source: "S\(id)", sha256: sha256, format: row["format"], root: root,
        tails: members.count > 1 ? members.map { $0.dropFirst(root.count) } : [])
    }
  }

  /// The places of all copies but those that hold nothing but a source without an account, in byte order. Of one of several
  /// units of an archive the whole archive is kept, and one that holds what a source holds is kept under a hash of its own.
  ///
  /// - Throws: `CaseError.invalid` where the copies cannot be listed.
  package static func places(
    thatMayHold account: Int64, in folder: URL, _ database: Database
  ) throws -> [String] {
    guard canBeListed(in: folder) else {
      throw CaseError.invalid(
        "The folder \(top) of the case cannot be read, so that nobody can tell which copies of sources hold A\(account)."
      )
    }
    let others = try Row.fetchAll(
      database,
      sql: """
        SELECT id, sha256 FROM source WHERE id NOT IN (SELECT source FROM appearance WHERE account = ?)
        """, arguments: [account]
    ).compactMap { row -> String? in
      let sha256: String = row["sha256"]
      let id: Int64 = row["id"]
      let members = try String.fetchAll(
        database, sql: "SELECT path FROM member WHERE source = ?", arguments: [id])
      let names = Set(members.map { URL(fileURLWithPath: $0).lastPathComponent })
      // An archive lies at the top. Of what cannot be looked at nobody knows what it holds.
      guard
        let files = try? FileManager.default.contentsOfDirectory(
          at: folder.appendingPathComponent(place(of: sha256)), includingPropertiesForKeys: [.isDirectoryKey])
      else { return nil }
      let holdsMore = files.contains { file in
        !names.contains(file.lastPathComponent)
          && (try? file.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory != true
      }
      return holdsMore ? nil : sha256
    }
    return names(in: folder).subtracting(others).sorted().map(place)
  }

  /// The hashes under which copies are kept, and names of drafts that were left.
  private static func names(in folder: URL) -> Set<String> {
    Set((try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(top).path)) ?? [])
  }

  /// Whether all that is there is what was imported; also where nothing is, as no copy need be kept.
  ///
  /// What was imported again from another place, or under another name, lies beside the first copy.
  ///
  /// - Parameter known: hashes of files that lie under several names, as an archive does of which each unit has all.
  func isWhole(in folder: URL, _ known: inout KnownHashes) -> Bool {
    let own = folder.appendingPathComponent(place)
    guard let paths = try? FileManager.default.subpathsOfDirectory(atPath: own.path) else {
      return !FileManager.default.fileExists(atPath: own.path)
    }
    /// Of files that are not the source by themselves, by the bytes of their paths.
    var hashes: [[UInt8]: String] = [:]
    for path in paths {
      let file = own.appendingPathComponent(path)
      if (try? file.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true { continue }
      guard let hash = known.hash(of: file) else { return false }
      if !isSource(hash) { hashes[Array(path.utf8)] = hash }
    }
    guard let first = tails.first else { return hashes.isEmpty }
    for path in paths where path.hasSuffix(first) {
      let top = String(path.dropLast(first.count))
      var members: [(path: String, sha256: String)] = []
      // Up to the first that is missing: where names end alike (1.eml, 11.eml) many a path may end as the first one does.
      for tail in tails {
        guard let hash = hashes[Array("\(top)\(tail)".utf8)] else { break }
        members.append((path: "\(top)\(tail)", sha256: hash))
      }
      if members.count == tails.count, SourceHash.members(members, root: top) == sha256 {
        for member in members { hashes[Array(member.path.utf8)] = nil }
      }
    }
    return hashes.isEmpty
  }

  /// The hashes of files; each is read once, under however many names it lies.
  struct KnownHashes {
    private struct File: Hashable {
      let device: UInt
      let number: UInt
    }
    private var known: [File: String] = [:]

    /// Nil where there is no file to be read to its end: a pipe that nobody writes to would keep whoever opens it waiting for
    /// ever.
    mutating func hash(of file: URL) -> String? {
      var about = stat()
      guard stat(file.path, &about) == 0, about.st_mode & S_IFMT == S_IFREG else { return nil }
      let one = File(device: about.st_dev, number: about.st_ino)
      if let hash = known[one] { return hash }
      guard let hash = try? SourceHash.file(file).sha256 else { return nil }
      if about.st_nlink > 1 { known[one] = hash }
      return hash
    }
  }

  /// Whether a file is the source: alone, or an archive, which is kept as it came.
  private func isSource(_ hash: String) -> Bool {
    hash == sha256 || SourceHash.unit(ofArchive: hash, format: format, root: root) == sha256
  }
}
