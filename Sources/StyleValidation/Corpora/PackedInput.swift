internal import CArchive
internal import Columns
import Glibc
internal import PlatformExports

/// A file of text that may be packed by gzip or zstd, as a stream of its bytes, without its byte-order mark. It is read
/// once, so that a pipe serves as a file does.
struct PackedInput {
  let input: MemberInput
  /// Bytes of the file as it lies; 0 of a pipe.
  let size: Int

  /// Opens a file.
  ///
  /// - Throws: `StyleCorpusError`, also where the beginning shows that it is UTF-16, UTF-32 or no text.
  init(path: String) throws(StyleCorpusError) {
    var status = stat()
    if let reason = Self.obstacle(path, &status) { throw .unreadable(file: path, reason: reason) }
    size = Int(status.st_size)
    var message = [CChar](repeating: 0, count: 256)
    guard let archive = cog_archive_open_lone(path, &message, message.count) else {
      let reason = String(decoding: message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      throw .unreadable(file: path, reason: reason)
    }
    let handle = Handle(archive)
    var entry = cog_archive_entry()
    let state = cog_archive_next(archive, &entry)
    if state < 0 { throw .unreadable(file: path, reason: handle.failure) }
    input = MemberInput(path: path, member: 0) { buffer throws in
      if state == 0 || buffer.isEmpty { return 0 }
      let count = cog_archive_read(handle.archive, buffer.baseAddress, buffer.count)
      if count < 0 { throw StyleCorpusError.unreadable(file: path, reason: handle.failure) }
      return count
    }
    do {
      try input.fill(atLeast: TextEncoding.lookAhead)
      if let encoding = TextEncoding(beginning: input.window) {
        throw StyleCorpusError.notUTF8(file: path, encoding: encoding.name)
      }
      if let place = input.window.prefix(TextEncoding.lookAhead).firstIndex(of: 0) {
        throw StyleCorpusError.binary(file: path, offset: UInt64(place))
      }
      try input.skipByteOrderMark()
    } catch let error as StyleCorpusError {
      throw error
    } catch {
      throw .unreadable(file: path, reason: "\(error)")
    }
  }

  /// Why there is nothing to read, in the words of the system; found without opening, as a pipe opens once.
  private static func obstacle(_ path: String, _ status: inout stat) -> String? {
    if stat(path, &status) != 0 || access(path, R_OK) != 0 {
      return "cannot be read: \(String(cString: strerror(errno))); name a file that exists and can be read"
    }
    return status.st_mode & S_IFMT == S_IFDIR ? "cannot be read: it is a folder; name a file" : nil
  }

  private final class Handle {
    let archive: OpaquePointer

    init(_ archive: OpaquePointer) { self.archive = archive }

    deinit { cog_archive_close(archive) }

    var failure: String { String(cString: cog_archive_error(archive)) }
  }
}
