/// ASCII bytes that a normal form leaves as they are wherever they stand.
struct PlainBytes {
  /// By byte below 64, and by byte from 64 to 127: whether it is one of them.
  private let low: UInt64
  private let high: UInt64

  /// No byte is known to be left alone.
  static let none = PlainBytes(low: 0, high: 0)
  /// Of `TextFolding.foldCode`: digits and letters in lower case.
  static let codes = PlainBytes(low: 0x03FF_0000_0000_0000, high: 0x07FF_FFFE_0000_0000)
  /// Of `TextFolding.fold`: all but letters in upper case.
  static let folded = PlainBytes(low: .max, high: ~0x0000_0000_07FF_FFFE)

  @inline(__always)
  private func holds(_ byte: UInt8) -> UInt64 {
    ((byte < 0x40 ? low : high) &>> UInt64(byte & 63)) & UInt64(~byte &>> 7)
  }

  /// Whether all of some bytes are among them.
  func holds(all bytes: Packed<UInt8>) -> Bool {
    if low | high == 0 { return false }
    let run = 1 << 12
    for start in stride(from: 0, to: bytes.count, by: run) {
      var all: UInt64 = 1
      for position in start..<min(start + run, bytes.count) { all &= holds(bytes.base[position]) }
      if all == 0 { return false }
    }
    return true
  }
}
