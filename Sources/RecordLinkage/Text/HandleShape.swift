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

  /// The skeleton, and the stem, which the skeleton begins with; empty for none.
  let skeleton: UnsafeBufferPointer<UInt8>
  let stem: UnsafeBufferPointer<UInt8>
  /// The digits at the end as a number with a leading 1, so that 07 and 7 differ; 1 for none, 0 when there are more than
  /// eight.
  let digits: UInt32

  /// Finds the shape of a folded handle, in memory that has room for `limit` bytes and must outlive it.
  init(_ handle: UnsafeBufferPointer<UInt8>, in room: UnsafeMutablePointer<UInt8>) {
    let table = Self.table.base
    var count = 0
    for position in 0..<min(handle.count, Self.limit) {
      let byte = handle[position]
      room[count] = byte
      count &+= table[Int(byte)] != 0 ? 1 : 0
    }
    var start = 0
    if count >= 6, room[0] == 0x78, room[count - 1] == 0x78 {
      start = 1
      count -= 1
    }
    var end = count
    while end > start, room[end - 1] &- 0x30 < 10 { end -= 1 }
    var number: UInt32 = 1
    for position in end..<min(count, end + 8) { number = number &* 10 &+ UInt32(room[position] &- 0x30) }
    digits = count - end > 8 ? 0 : number
    for position in start..<end { room[position] = table[Int(room[position])] }
    skeleton = UnsafeBufferPointer(start: room + start, count: count - start)
    stem = UnsafeBufferPointer(start: room + start, count: end - start >= Self.shortestStem ? end - start : 0)
  }

  /// By byte, what stands for it in a skeleton; 0 for what is left out. Letters in lower case, digits and what lies beyond
  /// ASCII are kept.
  private static let table: Packed<UInt8> = {
    let table = Packed<UInt8>(repeating: 0, count: 256)
    for byte in UInt8.min...UInt8.max where byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10 {
      table[Int(byte)] = lookAlike(byte)
    }
    return table
  }()

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
