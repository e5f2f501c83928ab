internal import Columns

/// Brings a table's bytes to UTF-8, block by block, and keeps count of where they came from.
///
/// Every UTF-8 byte that begins a character stands for two bytes of UTF-16 (four for a supplementary one) or
/// one of CP1252, so that a place in the source is known exactly from the UTF-8 passed over.
enum TableText {
  /// Bytes looked at to tell UTF-8 from CP1252.
  static let lookAhead = 1 << 20

  /// The encoding that the bytes themselves show: a byte-order mark, where NUL bytes lie, or the first character beyond
  /// ASCII.
  static func encoding(of bytes: UnsafeBufferPointer<UInt8>) -> TableEncoding {
    switch TextEncoding(beginning: bytes) {
    case .utf16LittleEndian: return .utf16LittleEndian
    case .utf16BigEndian: return .utf16BigEndian
    case .utf32, nil: break
    }
    guard let first = bytes.firstIndex(where: { $0 >= 0x80 }) else { return .utf8 }
    let run = bytes[first...].prefix(4)
    let length =
      switch bytes[first] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    if length == 0 { return .windows1252 }
    let follows = run.dropFirst().prefix(length - 1)
    return follows.allSatisfy { (0x80...0xBF).contains($0) } ? .utf8 : .windows1252
  }

  /// Bytes of the byte-order mark that a table of UTF-16 begins with; 0 without one.
  static func markLength(of bytes: UnsafeBufferPointer<UInt8>, _ encoding: TableEncoding) -> Int {
    let mark: [UInt8]
    switch encoding {
    case .utf16LittleEndian: mark = [0xFF, 0xFE]
    case .utf16BigEndian: mark = [0xFE, 0xFF]
    case .utf8, .windows1252: return 0
    }
    return bytes.starts(with: mark) ? mark.count : 0
  }

  /// An input of UTF-8 over an input of another encoding; the same input for UTF-8.
  static func utf8(_ input: MemberInput, _ encoding: TableEncoding) throws -> MemberInput {
    if encoding == .utf8 { return input }
    if input.offset == 0, try input.fill(atLeast: 2) {
      input.consume(markLength(of: input.window, encoding))
    }
    return MemberInput(path: input.path, member: input.member) { buffer in
      // Three bytes of UTF-8 at most for each byte or unit; four for a surrogate pair.
      let wanted = max(buffer.count / 3 - 4, 4)
      if !(try input.fill(atLeast: 4)), input.window.isEmpty { return 0 }
      let source = UnsafeBufferPointer(rebasing: input.window.prefix(wanted))
      var used = 0
      let decoded = decode(source, encoding, isLast: source.count < 4, used: &used)
      input.consume(used)
      buffer.copyBytes(from: decoded)
      return decoded.count
    }
  }

  /// Decodes what is whole; an odd or unpaired end is kept back unless it is the last.
  static func decode(
    _ source: UnsafeBufferPointer<UInt8>, _ encoding: TableEncoding, isLast: Bool, used: inout Int
  ) -> [UInt8] {
    if encoding == .windows1252 {
      used = source.count
      var scalars = String.UnicodeScalarView()
      for byte in source { scalars.append(windows1252(byte)) }
      return Array(String(scalars).utf8)
    }
    if encoding == .utf8 {
      used = source.count
      return Array(source)
    }
    var units: [UInt16] = []
    units.reserveCapacity(source.count / 2)
    for index in stride(from: 0, to: source.count - 1, by: 2) {
      let (first, second) = (UInt16(source[index]), UInt16(source[index + 1]))
      units.append(encoding == .utf16LittleEndian ? first | second << 8 : first << 8 | second)
    }
    if !isLast, units.count > 1, let last = units.last, (0xD800...0xDBFF).contains(last) {
      units.removeLast()
    }
    used = units.count * 2
    if isLast { used = source.count }
    return Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// Bytes of the source for which UTF-8 bytes stand.
  static func sourceLength(_ bytes: UnsafeBufferPointer<UInt8>, _ encoding: TableEncoding) -> Int {
    if encoding == .utf8 { return bytes.count }
    let (unit, pair) = encoding == .windows1252 ? (1, 1) : (2, 4)
    var length = 0
    for byte in bytes where byte & 0xC0 != 0x80 { length += byte >= 0xF0 ? pair : unit }
    return length
  }

  /// The text of bytes that should be UTF-8, as CP1252 where they are not: the first character that tells the two apart
  /// may stand behind what is looked at to find a table's encoding, and files that were put together hold both. Of UTF-8
  /// that is damaged the damage alone is replaced.
  static func string(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    let text = String(decoding: bytes, as: UTF8.self)
    if ValidUTF8.holds(bytes) || isDamaged(text) { return text }
    var scalars = String.UnicodeScalarView()
    for byte in bytes { scalars.append(windows1252(byte)) }
    return String(scalars)
  }

  /// Whether bytes are UTF-8 in which something is damaged, as where a program cut it in the middle of a character.
  static func isDamaged(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    !ValidUTF8.holds(bytes) && isDamaged(String(decoding: bytes, as: UTF8.self))
  }

  /// Whether as many characters beyond ASCII came out whole as did not: in words of CP1252 next to none do.
  private static func isDamaged(_ decoded: String) -> Bool {
    var (whole, lost) = (0, 0)
    for scalar in decoded.unicodeScalars where !scalar.isASCII {
      if scalar == "\u{FFFD}" { lost += 1 } else { whole += 1 }
    }
    return whole > 0 && whole >= lost
  }

  /// The 32 characters that CP1252 has where Latin-1 has controls; unassigned ones are replaced.
  private static let high: [UInt32] = [
    0x20AC, 0xFFFD, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152,
    0xFFFD, 0x017D, 0xFFFD, 0xFFFD, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122,
    0x0161, 0x203A, 0x0153, 0xFFFD, 0x017E, 0x0178,
  ]

  static func windows1252(_ byte: UInt8) -> Unicode.Scalar {
    guard (0x80...0x9F).contains(byte) else { return Unicode.Scalar(byte) }
    return Unicode.Scalar(high[Int(byte) - 0x80]) ?? "\u{FFFD}"
  }
}
