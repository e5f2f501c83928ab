internal import Glibc

/// Counts lines that are not blank, over the raw bytes.
final class LineCount {
  private(set) var lines = 0
  private var isBlank = true

  /// Reads on.
  func add(_ bytes: Bytes) {
    guard let base = bytes.baseAddress else { return }
    var position = 0
    while position < bytes.count {
      if isBlank {
        while position < bytes.count, bytes[position].isSpace { position += 1 }
        guard position < bytes.count else { return }
        isBlank = false
        lines += 1
      }
      guard let end = memchr(base + position, 0x0A, bytes.count - position) else { return }
      position = UnsafeRawPointer(end) - UnsafeRawPointer(base) + 1
      isBlank = true
    }
  }
}
