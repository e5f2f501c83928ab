internal import CKernels
internal import Glibc

/// Counts, over the raw bytes of account lines, what the parse should give: lines that are not blank, and the
/// keys `"text"` (one a post) and `"ip"` (one an address).
///
/// A quoted word followed by a colon is a key wherever it stands, since quotes within strings are escaped.
/// What follows the last line end of a block waits for the next block, up to the longest line that is read;
/// only a key across such a cut in a line that is set aside can be missed.
struct AccountLineCount {
  private(set) var lines = 0
  private(set) var texts = 0
  private(set) var addresses = 0
  private var pending: [UInt8] = []
  private var isLineOpen = false
  private let limit: Int

  /// Makes a count for lines of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Reads on.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes
    if !pending.isEmpty {
      let end = Self.lineEnd(rest) ?? rest.count
      pending.append(contentsOf: rest[..<end])
      rest = UnsafeBufferPointer(rebasing: rest[end...])
      guard pending.last == 0x0A || pending.count > limit else { return }
      flush()
    }
    while let end = Self.lineEnd(rest) {
      count(UnsafeBufferPointer(rebasing: rest[..<end]))
      rest = UnsafeBufferPointer(rebasing: rest[end...])
    }
    pending.append(contentsOf: rest)
  }

  /// Counts the last line, when nothing ended it.
  mutating func finish() { flush() }

  private mutating func flush() {
    let bytes = pending
    pending.removeAll(keepingCapacity: true)
    bytes.withUnsafeBufferPointer { count($0) }
  }

  private mutating func count(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, let last = bytes.last else { return }
    if !isLineOpen, bytes.contains(where: { $0 > 0x20 }) { lines += 1 }
    isLineOpen = last != 0x0A
    texts += Self.keys("\"text\"", base, bytes.count)
    addresses += Self.keys("\"ip\"", base, bytes.count)
  }

  /// The position behind the first line end.
  private static func lineEnd(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
    guard let base = bytes.baseAddress, let found = memchr(base, 0x0A, bytes.count) else { return nil }
    return found - UnsafeMutableRawPointer(mutating: base) + 1
  }

  private static func keys(_ key: StaticString, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    cog_count_json_key(base, count, key.utf8Start, key.utf8CodeUnitCount)
  }
}
