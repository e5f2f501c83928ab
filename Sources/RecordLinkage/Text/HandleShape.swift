import Columns

/// What stays of a handle when its owner varies it.
///
///     handle       b3n.bouwell_97     xdarkwolfx     kate
///     skeleton     83n80uw3ll97 …     d4rkw0lf       k4t3
///     stem         b3nb0uw3ll         d4rkw0lf       k4t3
///     digits       97                 -              -
///
/// The skeleton leaves out separators and an x at either end, and writes each letter that has a digit for its
/// look-alike (a 4, e 3, i 1, o 0, s 5) as that digit, so that a handle and its leetspeak are one. The stem leaves
/// out the digits at the end as well.
struct HandleShape {
  /// The longest handle looked at; the rest of a longer one is left out.
  static let limit = 64
  /// A stem shorter than this is no stem.
  static let shortestStem = 3

  private(set) var skeleton: [UInt8] = []
  private(set) var stem: [UInt8] = []
  /// The digits at the end.
  private(set) var digits: [UInt8] = []

  /// Finds the shape of a folded handle, anew in the same buffers.
  mutating func read(_ handle: UnsafeBufferPointer<UInt8>) {
    skeleton.removeAll(keepingCapacity: true)
    stem.removeAll(keepingCapacity: true)
    digits.removeAll(keepingCapacity: true)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.limit) { kept in
      guard let base = kept.baseAddress else { return }
      var count = 0
      for byte in handle.prefix(Self.limit) {
        base[count] = byte
        count &+= byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10 ? 1 : 0
      }
      var start = 0
      if count >= 6, base[0] == 0x78, base[count - 1] == 0x78 {
        start = 1
        count -= 1
      }
      var end = count
      while end > start, base[end - 1] &- 0x30 < 10 { end -= 1 }
      digits.append(contentsOf: UnsafeBufferPointer(start: base + end, count: count - end))
      for position in start..<count { base[position] = Self.lookAlike(base[position]) }
      skeleton.append(contentsOf: UnsafeBufferPointer(start: base + start, count: count - start))
      if end - start >= Self.shortestStem {
        stem.append(contentsOf: UnsafeBufferPointer(start: base + start, count: end - start))
      }
    }
  }

  @inline(__always)
  static func lookAlike(_ byte: UInt8) -> UInt8 {
    switch byte {
    case 0x61: 0x34
    case 0x65: 0x33
    case 0x69: 0x31
    case 0x6F: 0x30
    case 0x73: 0x35
    default: byte
    }
  }
}
