internal import Glibc

/// Finds text in text by its bytes: exact, without Unicode equivalence, and some fifty times faster than the
/// standard library's `ranges(of:)`.
extension StringProtocol {
  /// Where the needle first stands, or nil.
  func firstRange(ofBytes needle: String) -> Range<String.Index>? {
    let length = needle.utf8.count
    var needle = needle
    let found: Int?? = needle.withUTF8 { wanted in
      utf8.withContiguousStorageIfAvailable { ByteSearch.offset(of: wanted, in: $0) }
    }
    guard let offset = found ?? nil else { return nil }
    let start = utf8.index(startIndex, offsetBy: offset)
    return start..<utf8.index(start, offsetBy: length)
  }

  /// Whether the needle stands anywhere.
  func holdsBytes(_ needle: String) -> Bool { firstRange(ofBytes: needle) != nil }
}

extension String {
  /// The text with something else in the place of its line ends. Most texts have none, and are the same.
  func withLineEnds(as other: String) -> String {
    utf8.contains(UInt8(ascii: "\n")) ? replacing("\n", with: other) : self
  }
}

/// Finds bytes in bytes.
enum ByteSearch {
  /// Where the needle first stands, counted from the beginning.
  static func offset(
    of needle: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Int? {
    guard let first = needle.first, let base = bytes.baseAddress, let wanted = needle.baseAddress else {
      return nil
    }
    var position = 0
    let last = bytes.count - needle.count
    while position <= last {
      guard let hit = memchr(base + position, Int32(first), last - position + 1) else { return nil }
      position = UnsafeRawPointer(hit) - UnsafeRawPointer(base)
      if memcmp(hit, wanted, needle.count) == 0 { return position }
      position += 1
    }
    return nil
  }
}
