import Glibc

/// The folder of a log: reads and durably writes its files.
///
///     checkpoint          the newest signed size
///     checkpoint.N        the one of N entries
///     vkey                the public key
///     tile/…              hashes and entries
///     proofs/N.tlog-proof a proof that stands alone, in exports
public struct LogFolder: Sendable {
  /// A file that cannot be read or written.
  public struct Failure: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file.
    public let path: String
    /// The system's reason.
    public let reason: String
    /// What and why.
    public var description: String { "\(path): \(reason)" }

    /// Makes a failure with the system's reason.
    public init(_ path: String, errno code: Int32) {
      self.path = path
      reason = String(cString: strerror(code))
    }

    /// Makes a failure with another reason.
    public init(_ path: String, _ reason: String) {
      self.path = path
      self.reason = reason
    }
  }

  /// Files larger than this are no part of a log: 256 entries of 65,537 bytes are less.
  static let fileLimit = 1 << 25

  /// What the name of a file ends in until it is whole.
  static let draftSuffix = ".part"

  /// Where it is.
  public let path: String

  /// Names a folder.
  public init(_ path: String) { self.path = path }

  /// Reads a file; nil when it does not exist. Links are not followed.
  public func read(_ name: String) throws(Failure) -> [UInt8]? {
    let full = "\(path)/\(name)"
    // A pipe that nobody writes to would keep whoever opens it waiting for ever.
    let file = open(full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    if file < 0 {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw Failure(full, errno: errno)
    }
    defer { close(file) }
    var about = stat()
    guard fstat(file, &about) == 0 else { throw Failure(full, errno: errno) }
    guard about.st_mode & S_IFMT == S_IFREG else { throw Failure(full, "not a plain file") }
    guard about.st_size <= Self.fileLimit else { throw Failure(full, "too large to be part of a log") }
    var bytes = [UInt8](repeating: 0, count: Int(about.st_size))
    var done = 0
    while done < bytes.count {
      let got = bytes.withUnsafeMutableBytes {
        Glibc.read(file, $0.baseAddress.map { $0 + done }, $0.count - done)
      }
      if got < 0, errno == EINTR { continue }
      if got < 0 { throw Failure(full, errno: errno) }
      if got == 0 { throw Failure(full, "became shorter while it was read") }
      done += got
    }
    return bytes
  }

  /// Writes a file whole or not at all: a draft is made durable, then takes the name, and the folder is made durable.
  /// A secret file is for its owner alone.
  public func write(_ name: String, _ bytes: [UInt8], isSecret: Bool = false) throws(Failure) {
    try write([(name, bytes)], isSecret: isSecret)
  }

  /// Writes several files, each whole or not at all, and returns when all are durable. Where a disk takes its time to
  /// make things so, this is faster than one by one.
  ///
  /// - Parameter isDurable: false leaves it to the system when files reach the disk: for copies, of which the original
  ///   stays.
  public func write(
    _ files: [(name: String, bytes: [UInt8])], isSecret: Bool = false, isDurable: Bool = true
  ) throws(Failure) {
    var drafts: [Draft] = []
    do throws(Failure) {
      for (name, bytes) in files { drafts.append(try Draft("\(path)/\(name)", bytes, isSecret: isSecret)) }
      for draft in drafts { try draft.finish(isDurable: isDurable) }
    } catch {
      for draft in drafts { draft.discard() }
      throw error
    }
    guard isDurable else { return }
    for folder in Set(drafts.map(\.folder)).sorted() { try Self.sync(folder) }
  }

  /// A file under another name, open until it is whole.
  private final class Draft {
    let full: String
    let folder: String
    private var file: Int32
    private var place: String { full + LogFolder.draftSuffix }

    init(_ full: String, _ bytes: [UInt8], isSecret: Bool) throws(Failure) {
      self.full = full
      folder = String(full[..<(full.lastIndex(of: "/") ?? full.startIndex)])
      file = -1
      let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW
      file = open(place, flags, isSecret ? 0o600 : 0o644)
      if file < 0, errno == ENOENT {
        try makeFolder(folder)
        file = open(place, flags, isSecret ? 0o600 : 0o644)
      }
      guard file >= 0 else { throw Failure(place, errno: errno) }
      var done = 0
      while done < bytes.count {
        let wrote = bytes.withUnsafeBytes {
          Glibc.write(file, $0.baseAddress.map { $0 + done }, $0.count - done)
        }
        if wrote >= 0 {
          done += wrote
        } else if errno != EINTR {
          let code = errno
          discard()
          throw Failure(full, errno: code)
        }
      }
    }

    /// Makes the bytes durable and gives the file its name.
    func finish(isDurable: Bool) throws(Failure) {
      if isDurable, fsync(file) != 0 { throw Failure(full, errno: errno) }
      let status = close(file)
      file = -1
      if status != 0 || rename(place, full) != 0 { throw Failure(full, errno: errno) }
    }

    /// Removes what has no name yet.
    func discard() {
      if file >= 0 { close(file) }
      file = -1
      unlink(place)
    }
  }

  /// Writes a file under two names, durably; it must not be changed in place after that. What had the second name keeps
  /// its own. Where the file system has no such links, the bytes are written twice.
  func write(_ name: String, andAs other: String, _ bytes: [UInt8]) throws(Failure) {
    let first = try Draft("\(path)/\(name)", bytes, isSecret: false)
    do throws(Failure) {
      try first.finish(isDurable: true)
    } catch {
      first.discard()
      throw error
    }
    let (full, draft) = ("\(path)/\(other)", "\(path)/\(other)\(Self.draftSuffix)")
    unlink(draft)
    guard link("\(path)/\(name)", draft) == 0 else {
      // A link that was made and said to have failed would be the first file, which must not be written to.
      unlink(draft)
      return try write([(other, bytes)])
    }
    guard rename(draft, full) == 0 else {
      let code = errno
      unlink(draft)
      throw Failure(full, errno: code)
    }
    try Self.sync(path)
  }

  /// Removes what was being written when a program or machine stopped. Nobody else may be writing.
  public func removeDrafts() throws(Failure) {
    for file in try files() where file.hasSuffix(Self.draftSuffix) { unlink("\(path)/\(file)") }
  }

  /// Removes a folder of the log and the files in it; what cannot be removed stays.
  ///
  /// - Returns: whether it was there.
  func removeFolder(_ name: String) -> Bool {
    let full = "\(path)/\(name)"
    guard let files = try? LogFolder(full).files() else { return false }
    for file in files { unlink("\(full)/\(file)") }
    rmdir(full)
    return true
  }

  private static func makeFolder(_ folder: String) throws(Failure) {
    guard let slash = folder.lastIndex(of: "/") else {
      if folder.isEmpty || mkdir(folder, 0o755) == 0 || errno == EEXIST { return }
      throw Failure(folder, errno: errno)
    }
    let parent = String(folder[..<slash])
    if mkdir(folder, 0o755) != 0 {
      if errno == EEXIST { return }
      guard errno == ENOENT else { throw Failure(folder, errno: errno) }
      try makeFolder(parent)
      if mkdir(folder, 0o755) != 0, errno != EEXIST { throw Failure(folder, errno: errno) }
    }
    // What is durable in a folder whose own name is not can be gone with it.
    try sync(parent.isEmpty ? "/" : parent)
  }

  /// Makes the names in a folder durable; one that may be written and not read cannot be made so, and is left.
  public static func sync(_ folder: String) throws(Failure) {
    let file = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY)
    guard file >= 0 else {
      if errno == EACCES { return }
      throw Failure(folder, errno: errno)
    }
    defer { close(file) }
    if fsync(file) != 0 { throw Failure(folder, errno: errno) }
  }

  /// The names of all files below the folder, in byte order; links and devices are named too.
  public func files() throws(Failure) -> [String] {
    var found: [String] = []
    try list("", into: &found)
    return found.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  private func list(_ below: String, into found: inout [String]) throws(Failure) {
    let full = below.isEmpty ? path : "\(path)/\(below)"
    guard let folder = opendir(full) else { throw Failure(full, errno: errno) }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let inner = below.isEmpty ? name : "\(below)/\(name)"
      if entry.pointee.d_type == UInt8(DT_REG) {
        found.append(inner)
        continue
      }
      var about = stat()
      guard lstat("\(path)/\(inner)", &about) == 0 else { throw Failure(inner, errno: errno) }
      if about.st_mode & S_IFMT == S_IFDIR { try list(inner, into: &found) } else { found.append(inner) }
    }
  }
}
