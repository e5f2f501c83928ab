import Foundation

/// A corpus file could not be written.
public struct CorpusWriteError: Error, Sendable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// What the system said.
  public let reason: String

  /// What failed, in a sentence.
  public var description: String { "could not write \(path): \(reason)" }
}

/// A file that is written from the front through one buffer of a mebibyte.
///
/// Appending never fails; the first error of the system is kept and thrown by `close`.
final class ByteSink {
  private static let capacity = 1 << 20
  private let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: ByteSink.capacity)
  private var used = 0
  private var flushed = 0
  private let descriptor: Int32
  private let path: String
  private var failure: Int32 = 0
  private var isOpen = true

  /// Bytes appended so far.
  var count: Int { flushed + used }

  init(_ url: URL) throws(CorpusWriteError) {
    path = url.path
    descriptor = open(url.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw CorpusWriteError(path: path, reason: String(cString: strerror(errno))) }
  }

  deinit {
    if isOpen { _ = Foundation.close(descriptor) }
    buffer.deallocate()
  }

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

  /// Writes everything out, replaces `text` at an earlier offset, and closes the file.
  ///
  /// - Throws: the first error that the system reported since the file was opened.
  func close(patching text: String? = nil, at offset: Int = 0) throws(CorpusWriteError) {
    flush()
    if let text {
      let bytes = Array(text.utf8)
      if pwrite(descriptor, bytes, bytes.count, off_t(offset)) != bytes.count, failure == 0 {
        failure = errno
      }
    }
    isOpen = false
    if Foundation.close(descriptor) != 0, failure == 0 { failure = errno }
    if failure != 0 { throw CorpusWriteError(path: path, reason: String(cString: strerror(failure))) }
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
    var done = 0
    while done < count, failure == 0 {
      let written = Foundation.write(descriptor, bytes + done, count - done)
      if written > 0 { done += written } else if errno != EINTR { failure = errno }
    }
    flushed += count
  }
}
