/// Mends what real exports hold and strict parsers refuse.
///
///     lone surrogate escape, invalid UTF-8     U+FFFD
///     integer beyond 64 bits, 1e999            a string of the same characters
///     NaN, Infinity, -Infinity                 null
///     raw control character in a string        its escape
///     comma before a closing bracket           left out
enum JSONRepair {
  /// The mended bytes, or nil when nothing of the sort is in them.
  static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var mender = Mender(bytes)
    return mender.run()
  }

  private struct Mender {
    private let source: [UInt8]
    private var result: [UInt8] = []
    private var position = 0
    private var changed = false

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
      if String(validating: bytes, as: UTF8.self) == nil {
        source = Array(String(decoding: bytes, as: UTF8.self).utf8)
        changed = true
      } else {
        source = Array(bytes)
      }
      result.reserveCapacity(source.count + 16)
    }

    mutating func run() -> [UInt8]? {
      while position < source.count {
        switch source[position] {
        case UInt8(ascii: "\""): string()
        case UInt8(ascii: "-"), 0x30...0x39: number()
        case UInt8(ascii: "N"): word("NaN")
        case UInt8(ascii: "I"): word("Infinity")
        case UInt8(ascii: ","): comma()
        default: copy(1)
        }
      }
      return changed ? result : nil
    }

    private mutating func copy(_ count: Int) {
      let end = min(position + count, source.count)
      result.append(contentsOf: source[position..<end])
      position = end
    }

    /// Writes something else in place of the next bytes.
    private mutating func replace(_ count: Int, by text: some Sequence<UInt8>) {
      result.append(contentsOf: text)
      position += count
      changed = true
    }

    private mutating func string() {
      copy(1)
      while position < source.count {
        switch source[position] {
        case UInt8(ascii: "\""):
          copy(1)
          return
        case UInt8(ascii: "\\"): escape()
        case 0..<0x20:
          let digits = "0123456789abcdef".utf8.map { $0 }
          let byte = Int(source[position])
          replace(1, by: Array("\\u00".utf8) + [digits[byte >> 4], digits[byte & 15]])
        default: copy(1)
        }
      }
    }

    /// One escape, or a surrogate pair of two.
    private mutating func escape() {
      guard let unit = unit(at: position) else { return copy(2) }
      switch unit {
      case 0xD800...0xDBFF:
        if let low = self.unit(at: position + 6), (0xDC00...0xDFFF).contains(low) { return copy(12) }
        replace(6, by: "\\ufffd".utf8)
      case 0xDC00...0xDFFF: replace(6, by: "\\ufffd".utf8)
      default: copy(6)
      }
    }

    private func unit(at position: Int) -> UInt32? {
      guard position + 6 <= source.count, source[position] == UInt8(ascii: "\\"),
        source[position + 1] == UInt8(ascii: "u")
      else { return nil }
      var value: UInt32 = 0
      for byte in source[position + 2..<position + 6] {
        switch byte {
        case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
        case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
        case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
        default: return nil
        }
      }
      return value
    }

    private mutating func number() {
      var end = position + 1
      scan: while end < source.count {
        switch source[end] {
        case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
          UInt8(ascii: "-"):
          end += 1
        default: break scan
        }
      }
      let text = String(decoding: source[position..<end], as: UTF8.self)
      if text == "-", matches("Infinity", at: end) { return replace(9, by: "null".utf8) }
      let isInteger = text.utf8.dropFirst().allSatisfy(\.isDigit)
      let isBeyond =
        isInteger
        ? text != "-" && Int64(text) == nil && UInt64(text) == nil
        : Double(text).map { !$0.isFinite } ?? false
      if isBeyond {
        replace(end - position, by: Array("\"\(text)\"".utf8))
      } else {
        copy(end - position)
      }
    }

    private mutating func word(_ word: StaticString) {
      if matches(word, at: position) {
        replace(word.utf8CodeUnitCount, by: "null".utf8)
      } else {
        copy(1)
      }
    }

    private func matches(_ word: StaticString, at start: Int) -> Bool {
      let wanted = UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount)
      return source[min(start, source.count)...].starts(with: wanted)
    }

    private mutating func comma() {
      var next = position + 1
      while next < source.count, [0x20, 0x09, 0x0A, 0x0D].contains(source[next]) { next += 1 }
      if next < source.count, source[next] == UInt8(ascii: "]") || source[next] == UInt8(ascii: "}") {
        replace(1, by: EmptyCollection())
      } else {
        copy(1)
      }
    }
  }
}
