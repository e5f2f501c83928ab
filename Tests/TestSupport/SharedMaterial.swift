public import Foundation

/// The folder of shared test material (real exports, vectors), outside the repository.
///
/// Named by the environment variable `COGNATE_SHARED`. Tests that need it are skipped, with this type's
/// `comment`, where it is absent.
public enum SharedMaterial {
  /// The folder, if the variable names one that exists.
  public static let root: URL? = {
    guard let path = ProcessInfo.processInfo.environment["COGNATE_SHARED"], !path.isEmpty else { return nil }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
      return nil
    }
    return URL(fileURLWithPath: path, isDirectory: true)
  }()

  /// Whether the folder is there.
  public static var isPresent: Bool { root != nil }

  /// What a skipped test prints.
  public static let comment = "skipped: COGNATE_SHARED names no folder of shared test material"

  /// A file or folder below the shared exports.
  public static func export(_ path: String) throws -> URL {
    guard let root else { throw SharedMaterialError.absent }
    return root.appendingPathComponent("exports").appendingPathComponent(path)
  }
}

/// The shared material is not there.
public enum SharedMaterialError: Error { case absent }

/// A scratch folder that is removed when the value goes away.
public final class ScratchFolder: Sendable {
  /// The folder.
  public let url: URL

  /// Makes an empty folder below the system's temporary folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("cognate-test-\(UUID().uuidString)", isDirectory: true)
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes bytes to a file below the folder, making folders as needed, and returns its place.
  public func write(_ bytes: some Sequence<UInt8>, to path: String) throws -> URL {
    let file = url.appendingPathComponent(path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
    return file
  }

  /// Writes text to a file below the folder.
  public func write(_ text: String, to path: String) throws -> URL { try write(text.utf8, to: path) }
}
