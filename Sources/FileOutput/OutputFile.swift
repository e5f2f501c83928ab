import Glibc

/// Where results go. A regular file is put in place of an older one only when it is whole; a pipe or device is
/// written to as it is.
public enum OutputFile {
  /// Whether two paths name one file, whether it is there or not.
  public static func isSame(_ one: String, _ other: String) -> Bool {
    if one == other { return true }
    var (first, second) = (stat(), stat())
    guard stat(one, &first) == 0, stat(other, &second) == 0 else {
      guard let here = Self.place(of: one) else { return false }
      return here == Self.place(of: other)
    }
    return isRegular(first) && first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Whether a path leads to where standard output goes, as `/dev/stdout`.
  public static func isStandardOutput(_ path: String) -> Bool {
    var (first, second) = (stat(), stat())
    guard stat(path, &first) == 0, fstat(STDOUT_FILENO, &second) == 0 else { return false }
    return first.st_dev == second.st_dev && first.st_ino == second.st_ino
  }

  /// Whether a path leads to a pipe or a device, or to standard output: what is written there cannot be taken back.
  public static func isDevice(_ path: String) -> Bool {
    var found = stat()
    return stat(path, &found) == 0 && (!isRegular(found) || isStandardOutput(path))
  }

  /// Finds out before long work whether a file can be written, and writes nothing.
  ///
  /// - Throws: `WriteFailure`.
  public static func check(_ path: String) throws(WriteFailure) {
    var found = stat()
    if stat(path, &found) == 0 {
      if found.st_mode & S_IFMT == S_IFDIR { throw WriteFailure(path: path, reason: "is a folder") }
      if !isRegular(found) {
        if access(path, W_OK) != 0 { throw WriteFailure(path) }
        return
      }
    }
    // The folder takes the draft.
    if access(folder(of: target(of: path)), W_OK) != 0 { throw WriteFailure(path) }
  }

  /// The path of a file that is yet to be made, by that of its folder; nil where that is not there.
  private static func place(of path: String) -> String? {
    guard let resolved = realpath(folder(of: path), nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved) + "/" + (path.split(separator: "/").last ?? "")
  }

  static func isRegular(_ status: stat) -> Bool { status.st_mode & S_IFMT == S_IFREG }

  /// The file that a path leads to, over symbolic links; the path itself where nothing is there yet.
  static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }
}
