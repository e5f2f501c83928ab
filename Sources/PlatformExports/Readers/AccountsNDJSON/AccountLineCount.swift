internal import CKernels

/// Counts, over the raw bytes of account lines, what the parse should give: lines that are not blank, and the
/// keys `"text"` (one a post) and `"ip"` (one an address).
///
/// A quoted word followed by a colon is a key wherever it stands, since quotes within strings are escaped.
/// The bytes come line by line; only a key across a cut in an over-long line can be missed.
struct AccountLineCount {
  private(set) var lines = 0
  private(set) var texts = 0
  private(set) var addresses = 0
  private var isLineOpen = false

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let base = bytes.baseAddress else { return }
    if !isLineOpen, bytes.contains(where: { $0 > 0x20 }) { lines += 1 }
    isLineOpen = bytes[bytes.count - 1] != 0x0A
    texts += Self.keys("\"text\"", base, bytes.count)
    addresses += Self.keys("\"ip\"", base, bytes.count)
  }

  private static func keys(_ key: StaticString, _ base: UnsafePointer<UInt8>, _ count: Int) -> Int {
    cog_count_json_key(base, count, key.utf8Start, key.utf8CodeUnitCount)
  }
}
