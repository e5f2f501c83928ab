internal import CKernels

/// Counts, over the raw bytes of account lines, what the parse should give: lines that are not blank, and the
/// keys `"text"` (one a post) and `"ip"` (one an address).
///
/// A quoted word followed by a colon is a key wherever it stands, since quotes within strings are escaped.
/// The bytes come line by line; those of an over-long line come in pieces, and are followed across them.
struct AccountLineCount {
  private(set) var lines = 0
  private(set) var texts = 0
  private(set) var addresses = 0
  private let limit: Int
  private var isLineOpen = false
  private var isLineCounted = false
  private var longLine: JSONKeyTally?

  /// Makes a count for lines of which those over `limit` bytes may come in pieces.
  init(limit: Int) { self.limit = limit }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress, let last = bytes.last else { return }
    if !isLineOpen { isLineCounted = false }
    if !isLineCounted, bytes.contains(where: { $0 > 0x20 }) {
      lines += 1
      isLineCounted = true
    }
    let isTerminated = last == 0x0A
    if isLineOpen || bytes.count - (isTerminated ? 1 : 0) > limit {
      let tally = longLine ?? JSONKeyTally(keys: ["text", "ip"])
      tally.feed(bytes)
      longLine = isTerminated ? nil : tally
      if isTerminated { add(tally) }
    } else {
      texts += Self.keys("\"text\"", base, bytes.count)
      addresses += Self.keys("\"ip\"", base, bytes.count)
    }
    isLineOpen = !isTerminated
  }

  /// Ends a last line that has no terminator.
  mutating func finish() {
    if let longLine { add(longLine) }
    longLine = nil
  }

  private mutating func add(_ tally: JSONKeyTally) {
    texts += tally[0]
    addresses += tally[1]
  }

  private static func keys(_ key: StaticString, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    cog_count_json_key(base, count, key.utf8Start, key.utf8CodeUnitCount)
  }
}
