import FileOutput
import Foundation

/// A corpus file could not be written.
public struct CorpusWriteError: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What the system said.
  public let reason: String

  /// What failed, in a sentence.
  public var description: String { "could not write \(path): \(reason)" }

  init(_ failure: WriteFailure) {
    path = failure.path
    reason = failure.reason
  }
}

/// A file that is written from the front through one buffer of a mebibyte, and gets its name when it is whole.
///
/// Appending never fails; the first error of the system is kept and thrown by `close`.
final class ByteSink {
  private static let capacity = 1 << 20
  private let buffer: UnsafeMutablePointer<UInt8>
  private var used = 0
  private var flushed = 0
  private var file: ByteFile
  private var failure: WriteFailure?

  /// Bytes appended so far.
  var count: Int { flushed + used }

  init(_ url: URL) throws(CorpusWriteError) {
    do throws(WriteFailure) {
      file = try ByteFile(url.path, keepingOther: true, mode: 0o644)
    } catch {
      throw CorpusWriteError(error)
    }
    buffer = .allocate(capacity: Self.capacity)
  }

  deinit { buffer.deallocate() }

  /// Appends bytes.
  @inline(__always)
  func append(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    if count > ByteSink.capacity - used { makeRoom(bytes, count) }
    if count > ByteSink.capacity { return }
    // Safe: `makeRoom` left at least `count` bytes after `used`.
    (buffer + used).update(from: bytes, count: count)
    used &+= count
  }

  func append(_ bytes: [UInt8]) {
    bytes.withUnsafeBufferPointer { if let base = $0.baseAddress { append(base, $0.count) } }
  }

  func append(_ text: StaticString) { append(text.utf8Start, text.utf8CodeUnitCount) }

  func append(_ text: String) {
    var copy = text
    copy.withUTF8 { if let base = $0.baseAddress { append(base, $0.count) } }
  }

  func append(byte: UInt8) {
    if used == ByteSink.capacity { flush() }
    buffer[used] = byte
    used &+= 1
  }

  /// Appends a whole number of at least zero in decimal, padded with noughts to a width.
  func append(decimal value: Int, width: Int = 1) {
    var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
    withUnsafeMutableBytes(of: &digits) { scratch in
      var position = scratch.count
      var rest = value
      repeat {
        position &-= 1
        scratch[position] = UInt8(0x30 &+ rest % 10)
        rest /= 10
      } while (rest > 0 || scratch.count - position < width) && position > 0
      // Safe: `position` is inside the scratch bytes.
      if let base = scratch.baseAddress?.assumingMemoryBound(to: UInt8.self) {
        append(base + position, scratch.count - position)
      }
    }
  }

  /// Writes everything out, replaces `text` at an earlier offset, and gives the file its name.
  ///
  /// - Throws: the first error that the system reported since the file was opened; the file has no name then.
  func close(patching text: String? = nil, at offset: Int = 0) throws(CorpusWriteError) {
    flush()
    if let failure { throw CorpusWriteError(failure) }
    do throws(WriteFailure) {
      if let text {
        try file.flush()
        try file.overwrite(Array(text.utf8), at: offset)
      }
      try file.close()
    } catch {
      throw CorpusWriteError(error)
    }
  }

  private func makeRoom(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    flush()
    if count > ByteSink.capacity { write(bytes, count) }
  }

  private func flush() {
    write(buffer, used)
    used = 0
  }

  private func write(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    flushed += count
    if failure != nil { return }
    do throws(WriteFailure) {
      try file.append(raw: UnsafeRawBufferPointer(start: bytes, count: count))
    } catch {
      failure = error
    }
  }
}
