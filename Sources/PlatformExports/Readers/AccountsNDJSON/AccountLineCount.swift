internal import CKernels
internal import Glibc

/// Counts, over the raw bytes of account lines, what the parse should give: lines that are not blank, and the
/// keys `"text"` (one a post) and `"ip"` (one an address).
///
/// A quoted word followed by a colon is a key wherever it stands, since quotes within strings are escaped.
/// What follows the last line end of a block waits for the next block; a line that grows longer than any that is
/// read is followed piece by piece instead.
struct AccountLineCount {
  private(set) var lines = 0
  private(set) var texts = 0
  private(set) var addresses = 0
  private var pending: [UInt8] = []
  private var longLine: JSONKeyTally?
  private let limit: Int

  /// Makes a count for lines of at most `limit` bytes.
  init(limit: Int) { self.limit = limit }

  /// Reads on.
  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    var rest = bytes
    while let end = Self.lineEnd(rest) {
      let part = UnsafeBufferPointer(rebasing: rest[..<end])
      if pending.isEmpty, longLine == nil, part.count <= limit {
        count(part)
      } else {
        addPart(part)
        closeLine()
      }
      rest = UnsafeBufferPointer(rebasing: rest[end...])
    }
    addPart(rest)
  }

  /// Counts the last line, when nothing ended it.
  mutating func finish() { closeLine() }

  /// A part of the line that is open.
  private mutating func addPart(_ part: UnsafeBufferPointer<UInt8>) {
    if let longLine {
      longLine.feed(part)
    } else {
      pending.append(contentsOf: part)
      guard pending.count > limit else { return }
      let tally = JSONKeyTally(keys: ["text", "ip"])
      pending.withUnsafeBufferPointer { tally.feed($0) }
      longLine = tally
      pending.removeAll(keepingCapacity: false)
    }
  }

  private mutating func closeLine() {
    if let tally = longLine {
      lines += 1
      texts += tally[0]
      addresses += tally[1]
      longLine = nil
    } else {
      let line = pending
      pending.removeAll(keepingCapacity: true)
      line.withUnsafeBufferPointer { count($0) }
    }
  }

  private mutating func count(_ line: UnsafeBufferPointer<UInt8>) {
    guard let base = line.baseAddress, line.contains(where: { $0 > 0x20 }) else { return }
    lines += 1
    texts += Self.keys("\"text\"", base, line.count)
    addresses += Self.keys("\"ip\"", base, line.count)
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
