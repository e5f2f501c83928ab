import Glibc

/// A file written through a buffer, put in place of an older one only when it is whole.
///
/// Until then it has no name, so that nothing is left of it whatever ends the program; where the file system knows no
/// files without a name it is called `NAME.part`. A pipe or device is written to as it is.
public struct ByteFile: ~Copyable {
  private enum Draft { case none, nameless, named }

  private let path: String
  private let target: String
  private let part: String
  private var draft: Draft
  /// Whether a file that has the name by the end stays, and this one gets none.
  private let keepsOther: Bool
  private var descriptor: Int32
  /// Memory for bytes that wait for the system, and how many do.
  private let waiting: UnsafeMutablePointer<UInt8>
  private var count = 0
  /// As many may wait.
  private static let room = 1 << 16

  /// Begins a file, or opens the pipe or device.
  ///
  /// - Parameters:
  ///   - keepingOther: whether `close` fails where a file has the name by then, which another program may have made
  ///     meanwhile.
  ///   - mode: who may do what with a new file, less what the process takes away; its owner alone unless given.
  /// - Throws: `WriteFailure`.
  public init(_ path: String, keepingOther: Bool = false, mode: UInt32 = 0o600) throws(WriteFailure) {
    self.path = path
    keepsOther = keepingOther
    target = OutputFile.target(of: path)
    part = target + ".part"
    var found = stat()
    if stat(path, &found) == 0, !OutputFile.isRegular(found) || OutputFile.isStandardOutput(path) {
      draft = .none
      // Opened anew, a file that standard output is appended to would be written over from its start.
      descriptor =
        OutputFile.isStandardOutput(path)
        ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0) : open(path, O_WRONLY | O_CLOEXEC)
    } else {
      // The name is given through /proc, so without that there must be one from the start.
      draft = .nameless
      descriptor =
        access("/proc/self/fd", X_OK) != 0
        ? -1 : open(OutputFile.folder(of: target), O_WRONLY | O_CLOEXEC | __O_TMPFILE | O_DIRECTORY, mode)
      if descriptor < 0 {
        draft = .named
        descriptor = open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
      }
    }
    guard descriptor >= 0 else { throw WriteFailure(path) }
    waiting = .allocate(capacity: Self.room)
  }

  /// Writes a text as a whole file.
  ///
  /// - Throws: `WriteFailure`.
  public static func write(_ text: String, to path: String) throws(WriteFailure) {
    var file = try ByteFile(path)
    try file.append(text)
    try file.close()
  }

  deinit {
    waiting.deallocate()
    if descriptor >= 0 {
      Glibc.close(descriptor)
      if draft == .named { unlink(part) }
    }
  }

  /// Appends text.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(_ text: String) throws(WriteFailure) {
    var text = text
    var failure: WriteFailure?
    text.withUTF8 { bytes in
      do throws(WriteFailure) { try append(raw: UnsafeRawBufferPointer(bytes)) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Appends text of the program's own.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(literal text: StaticString) throws(WriteFailure) {
    try append(raw: UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  /// Appends bytes.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(_ bytes: [UInt8]) throws(WriteFailure) {
    var failure: WriteFailure?
    bytes.withUnsafeBytes { bytes in
      do throws(WriteFailure) { try append(raw: bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  /// Appends bytes, past the buffer when they are many.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(raw bytes: UnsafeRawBufferPointer) throws(WriteFailure) {
    if bytes.count > Self.room {
      try flush()
      return try Self.write(bytes, descriptor, path)
    }
    guard let start = bytes.baseAddress else { return }
    try append(most: bytes.count) { free in
      memcpy(free, start, bytes.count)
      return bytes.count
    }
  }

  /// Appends what `write` puts in free memory, at most `most` bytes and no more than may wait; it says how many.
  @inline(__always)
  mutating func append(
    most: Int, _ write: (UnsafeMutablePointer<UInt8>) -> Int
  ) throws(WriteFailure) {
    if Self.room - count < most { try flush() }
    count += write(waiting + count)
  }

  /// Writes over bytes of a file that has no name yet, once all before them was flushed; not for pipes and devices.
  ///
  /// - Throws: `WriteFailure`.
  public func overwrite(_ bytes: [UInt8], at offset: Int) throws(WriteFailure) {
    let wrote = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(offset)) }
    if wrote != bytes.count { throw WriteFailure(path) }
  }

  /// Appends a CSV field, in quotes when it needs them.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func append(field: UnsafeBufferPointer<UInt8>) throws(WriteFailure) {
    if field.contains(where: { $0 == 0x2C || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D }) {
      try append(literal: "\"")
      for byte in field {
        try append(most: 2) { free in
          (free[0], free[1]) = (byte, byte)
          return byte == 0x22 ? 2 : 1
        }
      }
      try append(literal: "\"")
    } else {
      try append(raw: UnsafeRawBufferPointer(field))
    }
  }

  /// Writes out what is in the buffer, and gives the file its name.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func close() throws(WriteFailure) {
    try flush()
    if draft == .nameless {
      // A name can be given only where none is yet, so that of the draft comes first.
      unlink(part)
      if linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, part, AT_SYMLINK_FOLLOW) != 0 {
        throw WriteFailure(path)
      }
    }
    let closed = Glibc.close(descriptor)
    descriptor = -1
    if draft == .none {
      if closed != 0 { throw WriteFailure(path) }
    } else if closed != 0 || !named() {
      let failure = WriteFailure(path)
      unlink(part)
      throw failure
    }
  }

  /// Gives the draft the name of the file; false with `errno` where it cannot have it.
  private func named() -> Bool {
    guard keepsOther else { return rename(part, target) == 0 }
    // A second name is given only where none is.
    if link(part, target) == 0 {
      unlink(part)
      return true
    }
    // Some file systems (FAT on a stick) have no second names.
    guard [EPERM, ENOTSUP, ENOSYS, EMLINK].contains(errno) else { return false }
    if access(target, F_OK) == 0 {
      errno = EEXIST
      return false
    }
    return rename(part, target) == 0
  }

  /// Hands what is in the buffer to the system; the file has no name yet.
  ///
  /// - Throws: `WriteFailure`.
  public mutating func flush() throws(WriteFailure) {
    try Self.write(UnsafeRawBufferPointer(start: waiting, count: count), descriptor, path)
    count = 0
  }

  private static func write(
    _ bytes: UnsafeRawBufferPointer, _ descriptor: Int32, _ path: String
  ) throws(WriteFailure) {
    var done = 0
    while done < bytes.count {
      let wrote = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
      if wrote < 0 {
        if errno == EINTR { continue }
        throw WriteFailure(path: path, reason: String(cString: strerror(errno)))
      }
      done += wrote
    }
  }
}
