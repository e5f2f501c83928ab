internal import CLibXML2

/// Words of an HTML page as they are shown: entities undone, runs of white space made one.
struct HTMLWords {
  private(set) var bytes: [UInt8] = []
  /// Pieces that were no UTF-8: read as CP1252, or with what was damaged replaced.
  private(set) var repaired = 0
  /// References to half a character, or to none, that became U+FFFD.
  private(set) var replaced = 0
  /// Whether a line end follows one that the page's own source has beside its `<br>`.
  private var followsBreak = false

  var isEmpty: Bool { bytes.isEmpty }
  var string: String { string(from: 0) }

  /// The words behind so many bytes.
  func string(from start: Int) -> String { String(decoding: bytes.dropFirst(start), as: UTF8.self) }

  /// The value of an attribute, as it is meant.
  static func decoded(_ value: [UInt8]) -> String {
    if value.isEmpty { return "" }
    var words = Self()
    value.withUnsafeBufferPointer { words.append($0, keepsLines: false, keepsSpaces: true) }
    return words.string
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.count < 1 << 20)
    followsBreak = false
  }

  /// Ends a line, unless nothing stands on it.
  mutating func endLine() {
    dropSpace()
    if let last = bytes.last, last != 0x0A { bytes.append(0x0A) }
  }

  /// A line end as the page gives it: two of them leave a line empty.
  mutating func breakLine() {
    dropSpace()
    if !bytes.isEmpty { bytes.append(0x0A) }
    followsBreak = true
  }

  /// A line end as somebody typed it: spaces before it stay.
  mutating func typeBreak() { bytes.append(0x0A) }

  /// A byte as somebody typed it.
  mutating func type(_ byte: UInt8) { bytes.append(byte) }

  /// Without what ends in white space.
  mutating func trimEnd() { while bytes.last?.isSpace == true { bytes.removeLast() } }

  private mutating func dropSpace() { while bytes.last == 0x20 { bytes.removeLast() } }

  /// Adds what stands between two tags.
  ///
  /// - Parameters:
  ///   - keepsLines: whether a line end in the source is one, as in text that somebody typed.
  ///   - keepsSpaces: whether spaces are as somebody typed them, but for those beside a line end that is none; with
  ///     `keepsLines`, all white space is.
  mutating func append(
    _ raw: UnsafeBufferPointer<UInt8>, keepsLines: Bool, keepsSpaces: Bool = false
  ) {
    guard ValidUTF8.holds(raw) else {
      repaired += 1
      var mended = TableText.string(raw)
      mended.withUTF8 { add($0, keepsLines, keepsSpaces) }
      return
    }
    add(raw, keepsLines, keepsSpaces)
  }

  /// Bytes of a name, a number, a date.
  static let fieldLimit = 16 << 10

  /// Adds to a name, a number or a date.
  ///
  /// - Returns: false, with nothing added, where it gets longer than any is: half a name would be another's.
  mutating func append(field raw: UnsafeBufferPointer<UInt8>, isCut: Bool) -> Bool {
    guard !isCut, bytes.count + raw.count <= Self.fieldLimit else { return false }
    append(raw, keepsLines: false, keepsSpaces: true)
    return true
  }

  private mutating func add(
    _ raw: UnsafeBufferPointer<UInt8>, _ keepsLines: Bool, _ keepsSpaces: Bool
  ) {
    var position = 0
    while position < raw.count {
      let byte = raw[position]
      if byte.isSpace {
        let start = position
        var hasLine = false
        while position < raw.count, raw[position].isSpace {
          if raw[position] == 0x0A { hasLine = true }
          position += 1
        }
        if keepsSpaces, keepsLines || !hasLine {
          bytes.append(contentsOf: raw[start..<position])
        } else if hasLine, keepsLines, !followsBreak {
          endLine()
        } else if let last = bytes.last, last != 0x0A, last != 0x20 {
          bytes.append(0x20)
        }
        continue
      }
      followsBreak = false
      if byte == UInt8(ascii: "&"), let (scalar, length) = reference(raw, at: position) {
        if !keepsLines, scalar == "\n" || scalar == "\r" {
          // A line end in what somebody typed begins no line of the page.
          if let last = bytes.last, last != 0x0A, last != 0x20 { bytes.append(0x20) }
        } else {
          bytes.append(contentsOf: Character(scalar).utf8)
        }
        position += length
        continue
      }
      if byte < 0x20 || byte == 0x7F {
        if byte == 0 {
          replaced += 1
          bytes.append(contentsOf: "\u{FFFD}".utf8)
        }
      } else {
        bytes.append(byte)
      }
      position += 1
    }
  }

  /// The character of the reference that stands at a position, with its length; nil when none does.
  private mutating func reference(
    _ raw: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (Unicode.Scalar, Int)? {
    guard let (name, length) = Self.name(raw, at: position) else { return nil }
    guard name.first == UInt8(ascii: "#") else {
      switch name.count {
      case 2 where name.elementsEqual("lt".utf8): return ("<", length)
      case 2 where name.elementsEqual("gt".utf8): return (">", length)
      case 3 where name.elementsEqual("amp".utf8): return ("&", length)
      case 4 where name.elementsEqual("quot".utf8): return ("\"", length)
      case 4 where name.elementsEqual("apos".utf8): return ("'", length)
      default: break
      }
      let value = cog_html_entity(name.baseAddress, name.count)
      return value == 0 ? nil : Unicode.Scalar(value).map { ($0, length) }
    }
    guard let value = Self.number(name) else { return nil }
    if let scalar = Unicode.Scalar(value), value != 0 {
      // As browsers do: pages of old programs count as CP1252 does.
      return ((0x80...0x9F).contains(value) ? TableText.windows1252(UInt8(value)) : scalar, length)
    }
    if (0xD800...0xDBFF).contains(value), let (second, more) = Self.name(raw, at: position + length),
      let low = Self.number(second), (0xDC00...0xDFFF).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (value - 0xD800) << 10 + (low - 0xDC00))
    {
      return (scalar, length + more)
    }
    replaced += 1
    return ("\u{FFFD}", length)
  }

  /// What stands between `&` and `;`, and the length with both.
  private static func name(
    _ raw: UnsafeBufferPointer<UInt8>, at position: Int
  ) -> (UnsafeBufferPointer<UInt8>, Int)? {
    guard position < raw.count, raw[position] == UInt8(ascii: "&") else { return nil }
    var end = position + 1
    while end < raw.count, end - position <= 12, raw[end] != UInt8(ascii: ";") {
      guard raw[end] == UInt8(ascii: "#") || raw[end].isWordByte else { return nil }
      end += 1
    }
    guard end < raw.count, raw[end] == UInt8(ascii: ";"), end > position + 1 else { return nil }
    return (UnsafeBufferPointer(rebasing: raw[(position + 1)..<end]), end + 1 - position)
  }

  /// The number of `#233` or `#xE9`; beyond the last character it is one that is none.
  private static func number(_ name: UnsafeBufferPointer<UInt8>) -> UInt32? {
    guard name.count >= 2, name[0] == UInt8(ascii: "#") else { return nil }
    let isHex = name[1] | 0x20 == UInt8(ascii: "x")
    let digits = name.dropFirst(isHex ? 2 : 1)
    guard !digits.isEmpty else { return nil }
    var value: UInt32 = 0
    for byte in digits {
      let digit: UInt32
      switch byte {
      case 0x30...0x39: digit = UInt32(byte) - 0x30
      case 0x41...0x46 where isHex, 0x61...0x66 where isHex: digit = UInt32(byte | 0x20) - 0x61 + 10
      default: return nil
      }
      value = min(value * (isHex ? 16 : 10) + digit, 0x110000)
    }
    return value
  }
}

extension UInt8 {
  fileprivate var isWordByte: Bool {
    (0x61...0x7A).contains(self | 0x20) || isDigit
  }
}
