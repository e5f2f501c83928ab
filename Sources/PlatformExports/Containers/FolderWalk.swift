import Foundation
import Glibc

/// What lies in a folder, at any depth.
///
/// Names are bytes to the file system. One that is no UTF-8 cannot become a path of ours, and is listed as never
/// read, as is a folder that cannot be opened: neither takes the rest with it.
struct FolderWalk {
  private(set) var members: [ExportContainer.Member] = []
  private(set) var refused: [ExportContainer.Refused] = []

  /// Folders within folders that are gone into; no export is as deep.
  private static let depthLimit = 128

  /// Lists a folder; members come in byte order of their paths.
  ///
  /// - Throws: `ExportRefusal` when the folder itself cannot be opened.
  init(_ folder: URL) throws {
    let root = folder.resolvingSymlinksInPath().path
    guard let names = Self.names(in: root) else {
      throw ExportRefusal(
        "unreadable-folder", what: "the folder cannot be listed: \(String(cString: strerror(errno)))",
        place: folder.path, advice: "Check its permissions.")
    }
    take(names, root: root, under: "", depth: 0)
    members.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
    refused.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func take(_ names: [[UInt8]], root: String, under folder: String, depth: Int) {
    for bytes in names {
      guard let name = String(validating: bytes, as: UTF8.self) else {
        refuse(folder + String(decoding: bytes, as: UTF8.self), "has a name that is not UTF-8: rename a copy")
        continue
      }
      let path = folder + name
      var status = stat()
      guard lstat("\(root)/\(path)", &status) == 0 else {
        refuse(path, "cannot be looked at: \(String(cString: strerror(errno)))")
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFREG: members.append(ExportContainer.Member(path: path, declaredSize: Int(status.st_size)))
      case S_IFLNK: refuse(path, "is a symbolic link; links are not followed")
      case S_IFDIR where depth < Self.depthLimit:
        if let inner = Self.names(in: "\(root)/\(path)") {
          take(inner, root: root, under: path + "/", depth: depth + 1)
        } else {
          refuse(path, "is a folder that cannot be listed: \(String(cString: strerror(errno)))")
        }
      case S_IFDIR: refuse(path, "lies more than \(Self.depthLimit) folders deep")
      default: refuse(path, "is no file but a device, a pipe or a socket")
      }
    }
  }

  private mutating func refuse(_ path: String, _ why: String) {
    refused.append(ExportContainer.Refused(path: path, why: why, isFault: true))
  }

  /// Names in a folder; nil, with `errno` set, when it cannot be opened.
  private static func names(in path: String) -> [[UInt8]]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [[UInt8]] = []
    while let entry = readdir(folder) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8) { names.append(name) }
    }
    return names
  }
}
