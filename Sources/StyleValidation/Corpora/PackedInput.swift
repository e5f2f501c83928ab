internal import CArchive
internal import PlatformExports

/// A file that may be packed by gzip or zstd, as a stream of its bytes.
struct PackedInput {
  let input: MemberInput

  /// Opens a file.
  init(path: String) throws(StyleCorpusError) {
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
  }

  private final class Handle {
    let archive: OpaquePointer

    init(_ archive: OpaquePointer) { self.archive = archive }

    deinit { cog_archive_close(archive) }

    var failure: String { String(cString: cog_archive_error(archive)) }
  }
}
