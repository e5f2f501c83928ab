import FileOutput
import Foundation
import GRDB
import Glibc

/// Where commands may write: never into the folder of a case, and those on a case never over what was imported into it.
public enum CaseOutput {
  /// Refuses a place in the folder of a case, whichever case that is: what is written there could take the place of its
  /// database, its key or its evidence.
  ///
  /// A pipe or a device is always taken.
  ///
  /// - Parameter path: the file or folder that is to be written.
  /// - Throws: `CaseError.invalid`.
  public static func check(_ path: String) throws { try check(path, in: nil) }

  private static func check(_ path: String, in folder: URL?) throws {
    if OutputFile.isDevice(path), !isFolder(path) { return }
    if isInside(path, folder) {
      throw CaseError.invalid(
        "\(path) lies in the folder of a case, where nothing else is written. Choose another place.")
    }
  }

  /// Refuses a place at which a file would take one that must stay.
  ///
  /// A pipe or a device is always taken.
  ///
  /// - Parameters:
  ///   - path: the file or folder that is to be written.
  ///   - folder: the case's folder.
  ///   - mayReplace: whether a file that is there may be replaced, when it is none of the case's sources.
  /// - Throws: `CaseError.invalid`.
  static func check(_ path: String, folder: URL, mayReplace: Bool, _ database: Database) throws {
    try check(path, in: folder)
    if OutputFile.isDevice(path), !isFolder(path) { return }
    guard let there = identity(path) else { return }
    guard mayReplace else {
      throw CaseError.invalid("\(path) exists already and is not replaced. Choose another name.")
    }
    let sources = try Row.fetchCursor(
      database,
      sql:
        "SELECT source.path, member.path AS member FROM source LEFT JOIN member ON member.source = source.id")
    var last = ""
    while let row = try sources.next() {
      let source: String = row["path"]
      let member: String = row["member"] ?? ""
      // A file or an archive, once for all its members; else a member of a folder.
      if source != last, identity(source) == there { throw replaced(path) }
      last = source
      if identity(source + "/" + member) == there { throw replaced(path) }
    }
  }

  private static func replaced(_ path: String) -> CaseError {
    .invalid("\(path) was imported into this case and is not replaced. Choose another name.")
  }

  private struct Identity: Equatable {
    let device: dev_t
    let node: ino_t
  }

  private static func identity(_ path: String) -> Identity? {
    var found = stat()
    return stat(path, &found) == 0 ? Identity(device: found.st_dev, node: found.st_ino) : nil
  }

  private static func isFolder(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  /// Whether a path leads into this folder of a case, or any other case's, by whatever links; where nothing is there yet,
  /// whether what it lies in does.
  private static func isInside(_ path: String, _ folder: URL?) -> Bool {
    let home = folder.flatMap { identity($0.path) }
    var place = URL(fileURLWithPath: path)
    while identity(place.path) == nil, place.path != "/" { place.deleteLastPathComponent() }
    guard let resolved = realpath(place.path, nil) else { return false }
    defer { free(resolved) }
    place = URL(fileURLWithPath: String(cString: resolved))
    while place.path != "/" {
      if let home, identity(place.path) == home { return true }
      if isFolder(place.appendingPathComponent("log").path),
        identity(place.appendingPathComponent("case.sqlite").path) != nil
      {
        return true
      }
      place.deleteLastPathComponent()
    }
    return false
  }
}

extension CaseDatabase {
  /// Refuses to write where a file of the case or one that was imported into it would be lost; with `mayReplace` false
  /// over any other file too. Pipes and devices are taken.
  ///
  /// - Throws: `CaseError.invalid`.
  public func checkOutput(_ path: String, mayReplace: Bool) throws {
    try read { try CaseOutput.check(path, folder: folder, mayReplace: mayReplace, $0) }
  }
}

extension CaseLog {
  /// The same as `CaseDatabase.checkOutput`, for what reads the log alone.
  ///
  /// - Throws: `CaseError.invalid`.
  public func checkOutput(_ path: String, mayReplace: Bool) throws {
    let home = URL(fileURLWithPath: folder.path).deletingLastPathComponent()
    try queue.read { try CaseOutput.check(path, folder: home, mayReplace: mayReplace, $0) }
  }
}
