import Foundation

/// Files of printed output that tests compare with, in a folder `Golden` beside the test's source.
public enum GoldenFile {
  /// What the file says; with `COGNATE_RECORD=1` the text is written to it first.
  public static func expected(_ name: String, for text: String, beside source: String) throws -> String {
    let file = URL(fileURLWithPath: source).deletingLastPathComponent()
      .appendingPathComponent("Golden").appendingPathComponent(name)
    if ProcessInfo.processInfo.environment["COGNATE_RECORD"] == "1" {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    return try String(contentsOf: file, encoding: .utf8)
  }
}
