import TestSupport

/// Puts zip archives together byte by byte, so that tests can make ones that no packer would write.
///
///     local header (30 bytes, name) content … | central directory (46 bytes, name) … | end record (22 bytes)
struct ZipBuilder {
  struct Entry {
    var name: [UInt8]
    var content: [UInt8]
    /// Checksum to write; nil for the true one.
    var checksum: UInt32?
    /// Unpacked size to write; nil for the true one.
    var size: UInt32?
    /// 0 stored, 8 deflated (`content` is then the deflated bytes).
    var method: UInt16 = 0
    /// Checksum and size of the unpacked bytes, for deflated content.
    var unpacked: (checksum: UInt32, size: UInt32)?
    var isEncrypted = false
    /// Unix mode in the central directory.
    var mode: UInt32 = 0o100644
  }

  var entries: [Entry] = []

  init() {}

  /// An archive of parts, in one of which a few bytes are changed, lost or put in at random.
  init(_ parts: [(name: String, text: String)], changedBy random: inout SplitMix) {
    let changed = Int(random.next() % UInt64(parts.count))
    for (number, part) in parts.enumerated() {
      var bytes = Array(part.text.utf8)
      if number == changed {
        for _ in 0...random.next() % 3 {
          let place = Int(random.next() % UInt64(bytes.count))
          switch random.next() % 3 {
          case 0: bytes[place] = UInt8(truncatingIfNeeded: random.next())
          case 1: bytes.remove(at: place)
          default: bytes.insert(bytes[Int(random.next() % UInt64(bytes.count))], at: place)
          }
        }
      }
      add(part.name, bytes)
    }
  }

  mutating func add(_ name: String, _ content: some Sequence<UInt8>, mode: UInt32 = 0o100644) {
    entries.append(Entry(name: Array(name.utf8), content: Array(content), mode: mode))
  }

  mutating func add(_ name: String, _ content: String, mode: UInt32 = 0o100644) {
    add(name, content.utf8, mode: mode)
  }

  /// Adds zeros, deflated as one run: 258 bytes for about two bits and a half.
  mutating func addZeros(_ name: String, count: Int) {
    let zeros = [UInt8](repeating: 0, count: count)
    entries.append(
      Entry(
        name: Array(name.utf8), content: Self.deflatedZeros(count), method: 8,
        unpacked: (Self.crc32(zeros), UInt32(count))))
  }

  /// The archive.
  var bytes: [UInt8] {
    var result: [UInt8] = []
    var directory: [UInt8] = []
    for entry in entries {
      let offset = UInt32(result.count)
      let checksum = entry.checksum ?? entry.unpacked?.checksum ?? Self.crc32(entry.content)
      let size = entry.size ?? entry.unpacked?.size ?? UInt32(entry.content.count)
      let packed = entry.method == 0 ? size : UInt32(entry.content.count)
      let flags: UInt16 = 0x0800 | (entry.isEncrypted ? 1 : 0)
      let common =
        Self.two(20) + Self.two(flags) + Self.two(entry.method) + Self.four(0x5821_0000)
        + Self.four(checksum) + Self.four(packed) + Self.four(size) + Self.two(UInt16(entry.name.count))
        + Self.two(0)
      result += Self.four(0x0403_4B50) + common + entry.name + entry.content
      directory +=
        Self.four(0x0201_4B50) + Self.two(0x0314) + common + Self.two(0) + Self.two(0) + Self.two(0)
        + Self.four(entry.mode << 16) + Self.four(offset) + entry.name
    }
    let count = UInt16(truncatingIfNeeded: entries.count)
    let end =
      Self.four(0x0605_4B50) + Self.four(0) + Self.two(count) + Self.two(count)
      + Self.four(UInt32(directory.count)) + Self.four(UInt32(result.count)) + Self.two(0)
    return result + directory + end
  }

  static func two(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xFF), UInt8(value >> 8)] }

  static func four(_ value: UInt32) -> [UInt8] { (0..<4).map { UInt8(value >> (8 * $0) & 0xFF) } }

  /// CRC-32 as zip has it (reflected, 0xEDB88320).
  static func crc32(_ bytes: some Sequence<UInt8>) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes { crc = table[Int((crc ^ UInt32(byte)) & 0xFF)] ^ (crc >> 8) }
    return ~crc
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
  }

  /// Deflate of zeros with the fixed codes: one literal, then matches of 258 at distance 1.
  private static func deflatedZeros(_ count: Int) -> [UInt8] {
    var bits: [UInt8] = [1, 1, 0]
    func code(_ value: Int, _ length: Int) {
      for bit in (0..<length).reversed() { bits.append(UInt8(value >> bit & 1)) }
    }
    var left = count
    while left > 0 {
      if left < count, left >= 258 {
        code(0b1100_0101, 8)
        code(0, 5)
        left -= 258
      } else {
        code(0x30, 8)
        left -= 1
      }
    }
    code(0, 7)
    return stride(from: 0, to: bits.count, by: 8).map { start in
      bits[start..<min(start + 8, bits.count)].enumerated().reduce(0) { $0 | $1.element << $1.offset }
    }
  }
}

extension WorkbookBuilder {
  /// The workbook, its parts as they are.
  var storedBytes: [UInt8] {
    var zip = ZipBuilder()
    for (name, text) in parts { zip.add(name, text) }
    return zip.bytes
  }
}
