/// The header of a file packed by zstd: how much of what it unpacks must be held to unpack the rest (RFC 8878, 3.1.1).
enum ZstdFrame {
  /// The largest window that is unpacked; more is not kept within the memory that an import has, nor taken by libarchive.
  static let largestWindow: UInt64 = 128 << 20

  /// The bytes of the window of the frame that bytes begin with; nil where they begin with none, or too few of them.
  ///
  /// A frame that is one segment holds all of it: its window is what it unpacks to.
  static func window(_ head: [UInt8]) -> UInt64? {
    guard FileMark.isZstd(head), head.count >= 6 else { return nil }
    let descriptor = head[4]
    guard descriptor & 0x20 != 0 else {
      let base: UInt64 = 1 << (10 + UInt64(head[5] >> 3))
      return base + base / 8 * UInt64(head[5] & 7)
    }
    let start = 5 + [0, 1, 2, 4][Int(descriptor & 3)]
    let count = [1, 2, 4, 8][Int(descriptor >> 6)]
    guard head.count >= start + count else { return nil }
    let size = head[start..<start + count].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    return count == 2 ? size + 256 : size
  }

  /// Refuses a file whose window is too large.
  static func check(_ head: [UInt8], named name: String) throws {
    guard let window = window(head), window > largestWindow + 1 else { return }
    throw ExportRefusal(
      "zstd-window",
      what: "is packed by zstd with a window of \(window >> 20) MiB (--long), and would take as much memory",
      place: name, advice: advice)
  }

  /// What to do about a window that is too large.
  static let advice =
    "Pack it anew with a smaller one: zstd -dc --long=31 FILE | zstd -o NEW.zst (that takes the memory once)."

  /// What libarchive says of a window that is too large, where it is that of a later frame.
  static func isTooLarge(_ fault: String) -> Bool { fault.contains("requires too much memory") }
}
