import Columns
import Crypto
import FileOutput
import Glibc

/// A file that an export is written to: hashed as it grows, and given its name only when the log has the hash.
///
/// What goes to a pipe or device is kept in a file without a name until then.
public final class ExportFile {
  /// What was written.
  public struct Seal: Hashable, Sendable {
    /// SHA-256 of the bytes, in hexadecimal.
    public let sha256: String
    /// How many bytes.
    public let bytes: Int
  }

  private let path: String
  /// Where the bytes go; nil when they are kept back.
  private var file: ByteFile?
  /// Bytes that are kept back.
  private let kept: UnsafeMutablePointer<FILE>?
  private var hash = SHA256()
  private var buffer: [UInt8] = []
  private var count = 0

  /// Begins a file.
  ///
  /// - Parameter replacing: whether it takes the place of a file that has the name by the end.
  /// - Throws: `WriteFailure`.
  public init(_ path: String, replacing: Bool = false) throws {
    self.path = path
    if OutputFile.isDevice(path) {
      file = nil
      guard let kept = tmpfile() else { throw WriteFailure(path) }
      self.kept = kept
    } else {
      // Another export may make the same file meanwhile: the log has the hash of both.
      file = try ByteFile(path, keepingOther: !replacing)
      kept = nil
    }
    buffer.reserveCapacity(1 << 17)
  }

  /// Appends text.
  ///
  /// - Throws: `WriteFailure`.
  public func append(_ text: String) throws {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= 1 << 16 { try drain() }
  }

  /// Hands everything to the system and gives the hash; the file has no name yet.
  ///
  /// - Throws: `WriteFailure`.
  public func seal() throws -> Seal {
    try drain()
    try file?.flush()
    if let kept, fflush(kept) != 0 { throw WriteFailure(path) }
    return Seal(sha256: HexText.encode(hash.finalize()), bytes: count)
  }

  /// Gives the file its name, or hands out what was kept back.
  ///
  /// - Throws: `WriteFailure`.
  public func publish() throws {
    guard let kept else {
      try file?.close()
      return
    }
    rewind(kept)
    var device = try ByteFile(path)
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let read = fread(&block, 1, block.count, kept)
      if read == 0 { break }
      try device.append(Array(block[..<read]))
    }
    if ferror(kept) != 0 { throw WriteFailure(path) }
    try device.close()
  }

  deinit { if let kept { fclose(kept) } }

  private func drain() throws {
    hash.update(data: buffer)
    count += buffer.count
    if let kept {
      if fwrite(buffer, 1, buffer.count, kept) != buffer.count { throw WriteFailure(path) }
    } else {
      try file?.append(buffer)
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
