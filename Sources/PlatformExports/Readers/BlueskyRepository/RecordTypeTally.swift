/// Counts records in the bytes of a repository without taking blocks apart: the second count beside the reader's own.
///
/// In DAG-CBOR a record's type is the text `$type` and the text of the type, each behind a byte that says how long it
/// is. What the end of a piece of the file leaves open waits for the next.
final class RecordTypeTally {
  private let needles: [[UInt8]]
  private var counts: [Int]
  private var tail: [UInt8] = []
  private let longest: Int

  /// Makes a tally of types of at most 23 characters, of which the length is in one byte.
  init(_ types: [String]) {
    let key: [UInt8] = [0x65] + Array("$type".utf8)
    needles = types.map { key + [0x60 | UInt8($0.utf8.count & 0x1F)] + Array($0.utf8) }
    counts = Array(repeating: 0, count: types.count)
    longest = needles.map(\.count).max() ?? 0
  }

  /// How often the type at a position was found.
  subscript(position: Int) -> Int { counts[position] }

  /// Reads on.
  func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
    let open = tail.count
    tail.append(contentsOf: bytes.prefix(longest))
    // What ends in the old part was counted with it.
    tail.withUnsafeBufferPointer { search($0, from: 0..<open, endingBehind: open) }
    search(bytes, from: 0..<bytes.count, endingBehind: 0)
    tail = bytes.count >= longest ? Array(bytes.suffix(longest - 1)) : Array(tail.suffix(longest - 1))
  }

  /// Counts what begins in a range and ends behind a position.
  private func search(_ bytes: UnsafeBufferPointer<UInt8>, from starts: Range<Int>, endingBehind end: Int) {
    for position in starts {
      guard bytes[position] == 0x65, position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "$")
      else { continue }
      let rest = bytes[position...]
      for (number, needle) in needles.enumerated()
      where position + needle.count > end && rest.starts(with: needle) {
        counts[number] += 1
      }
    }
  }
}
