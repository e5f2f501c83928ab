internal import CaseFile
import Foundation
internal import GRDB
internal import PlatformExports

extension Case {
  /// Keeps a copy of a source that is in the case, since now or before, and says so where none was kept.
  ///
  /// - Parameter archiveCopy: the copy of the archive that was kept of another unit of the same import, if any.
  func keepCopy(
    of unit: PlannedUnit, in plan: ImportPlan, sha256: String, known source: Int64?,
    _ archiveCopy: inout URL?, _ report: inout SourceReport
  ) throws {
    let isWithdrawn = try source.flatMap { source in
      try database.read {
        try Bool.fetchOne(
          $0,
          sql: """
            SELECT EXISTS (SELECT 1 FROM appearance
              WHERE source = ? AND account IN (SELECT account FROM withdrawal))
            """, arguments: [source])
      }
    }
    if isWithdrawn == true {
      // A copy would bring back what two persons took out.
      report.warnings.append(
        "\(report.name) is in the case; no copy of it was kept now, as content of it was restricted or erased."
      )
      return
    }
    do {
      let kept = try keepCopy(of: unit, in: plan, sha256: sha256, archiveCopy)
      if plan.container.form == .archive {
        archiveCopy = kept.appendingPathComponent(plan.container.url.lastPathComponent)
      }
    } catch {
      // It is in the case all the same.
      report.copyFailure = error.localizedDescription
      report.warnings.append(
        "\(report.name) was imported, but no copy of it could be kept: \(error.localizedDescription)")
    }
  }

  /// Copies the files of a unit to where the case keeps them.
  ///
  /// An archive is kept for each of its units, of which there may be hundreds: one file under so many names, where the file
  /// system knows such.
  ///
  /// - Returns: the folder of the copy.
  private func keepCopy(
    of unit: PlannedUnit, in plan: ImportPlan, sha256: String, _ archiveCopy: URL?
  ) throws -> URL {
    let folder = database.folder.appendingPathComponent(KeptCopy.place(of: sha256), isDirectory: true)
    // Beside a database that is given alone lies its log, with what was written last.
    let files =
      plan.container.form == .archive
      ? [(plan.container.url.lastPathComponent, plan.container.url)]
      : unit.members.map { ($0.path, plan.container.location(of: $0)) }
    let draft = database.folder.appendingPathComponent(KeptCopy.draft(of: sha256), isDirectory: true)
    try? FileManager.default.removeItem(at: draft)
    defer { try? FileManager.default.removeItem(at: draft) }
    var copied: [String] = []
    for (path, place) in files {
      // Of a link the file is copied that it leads to.
      let file = place.resolvingSymlinksInPath()
      let kept = folder.appendingPathComponent(path)
      let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: kept.path)) != nil
      if !isLink, let hash = try? SourceHash.file(kept).sha256, try hash == SourceHash.file(file).sha256 {
        continue
      }
      let copy = draft.appendingPathComponent(path)
      try Self.makeFolder(above: copy)
      let isLinked =
        archiveCopy.map { (try? FileManager.default.linkItem(at: $0, to: copy)) != nil } ?? false
      if !isLinked { try FileManager.default.copyItem(at: file, to: copy) }
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy.path)
      copied.append(path)
    }
    if copied.isEmpty { return folder }
    if !FileManager.default.fileExists(atPath: folder.path) {
      try FileManager.default.moveItem(at: draft, to: folder)
      return folder
    }
    for path in copied {
      let target = folder.appendingPathComponent(path)
      try Self.makeFolder(above: target)
      try? FileManager.default.removeItem(at: target)
      try FileManager.default.moveItem(at: draft.appendingPathComponent(path), to: target)
    }
    return folder
  }

  private static func makeFolder(above file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
  }
}
