/// Mends what real exports hold and strict parsers refuse: lone surrogate escapes, invalid UTF-8, integers
/// beyond 64 bits. The first two become U+FFFD, the last a string of the same digits.
enum JSONRepair {
  /// The mended bytes, or nil when nothing of the sort is in them.
  static func repair(_ bytes: UnsafeBufferPointer<UInt8>) -> [UInt8]? {
    var changed = false
    var valid: [UInt8]
    if String(validating: bytes, as: UTF8.self) == nil {
      valid = Array(String(decoding: bytes, as: UTF8.self).utf8)
      changed = true
    } else {
      valid = Array(bytes)
    }
    var result: [UInt8] = []
    result.reserveCapacity(valid.count + 16)
    var position = 0
    var inString = false
    while position < valid.count {
      let byte = valid[position]
      if inString {
        if byte == UInt8(ascii: "\\") {
          position += escape(valid, at: position, into: &result, changed: &changed)
          continue
        }
        if byte == UInt8(ascii: "\"") { inString = false }
        result.append(byte)
        position += 1
      } else if byte == UInt8(ascii: "-") || (0x30...0x39).contains(byte) {
        let end = number(valid, from: position)
        let text = String(decoding: valid[position..<end], as: UTF8.self)
        let isInteger = text.utf8.dropFirst().allSatisfy { (0x30...0x39).contains($0) }
        if isInteger, Int64(text) == nil, UInt64(text) == nil {
          result.append(UInt8(ascii: "\""))
          result.append(contentsOf: text.utf8)
          result.append(UInt8(ascii: "\""))
          changed = true
        } else {
          result.append(contentsOf: valid[position..<end])
        }
        position = end
      } else {
        if byte == UInt8(ascii: "\"") { inString = true }
        result.append(byte)
        position += 1
      }
    }
    return changed ? result : nil
  }

  private static func number(_ bytes: [UInt8], from start: Int) -> Int {
    var end = start + 1
    while end < bytes.count {
      switch bytes[end] {
      case 0x30...0x39, UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"), UInt8(ascii: "+"),
        UInt8(ascii: "-"):
        end += 1
      default: return end
      }
    }
    return end
  }

  /// Copies one escape, or a surrogate pair of two; returns how many bytes of the source it took.
  private static func escape(
    _ bytes: [UInt8], at position: Int, into result: inout [UInt8], changed: inout Bool
  ) -> Int {
    guard let unit = unicodeEscape(bytes, at: position) else {
      let count = min(2, bytes.count - position)
      result.append(contentsOf: bytes[position..<position + count])
      return count
    }
    switch unit {
    case 0xD800...0xDBFF:
      if let low = unicodeEscape(bytes, at: position + 6), (0xDC00...0xDFFF).contains(low) {
        result.append(contentsOf: bytes[position..<position + 12])
        return 12
      }
    case 0xDC00...0xDFFF: break
    default:
      result.append(contentsOf: bytes[position..<position + 6])
      return 6
    }
    result.append(contentsOf: "\\ufffd".utf8)
    changed = true
    return 6
  }

  private static func unicodeEscape(_ bytes: [UInt8], at position: Int) -> UInt32? {
    guard position + 6 <= bytes.count, bytes[position] == UInt8(ascii: "\\"),
      bytes[position + 1] == UInt8(ascii: "u")
    else { return nil }
    return UInt32(String(decoding: bytes[position + 2..<position + 6], as: UTF8.self), radix: 16)
  }
}
