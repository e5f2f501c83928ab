internal import CaseFile
public import Foundation

/// SHA-256 of files, as the case names them.
public enum FileHash {
  /// The hash of a file in lower-case hexadecimal, read in blocks.
  public static func sha256(of file: URL) throws -> String { try SourceHash.file(file).sha256 }
}
