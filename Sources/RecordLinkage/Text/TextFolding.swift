import Identifiers

/// Normal forms of values, written into a scratch buffer.
enum TextFolding {
  /// What stands for "no value" in tables, in lower case.
  static let placeholders = TextSet([
    "-", "--", "?", "n/a", "na", "n.a.", "none", "null", "nil", "(null)", "<null>", "nan", "unknown",
    "undefined",
    "not available", "not known", "not provided", "missing", "redacted", "[redacted]",
  ])

  /// Whether the text says that there is no value.
  static func isPlaceholder(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard text.count <= 14, let first = text.first else { return false }
    // A digit or most letters at the front settle it.
    switch first | 0x20 {
    case 0x6E, 0x75, 0x6D, 0x72: break
    default: if first &- 0x30 < 10 || (first | 0x20) &- 0x61 < 26 { return false }
    }
    return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16) { lower in
      for (position, byte) in text.enumerated() { lower[position] = byte &- 0x41 < 26 ? byte | 0x20 : byte }
      return placeholders.contains(UnsafeBufferPointer(rebasing: lower[..<text.count]))
    }
  }

  /// Lower case without accents.
  static func fold(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    out.append(contentsOf: text)
    let isASCII = out.withUnsafeMutableBufferPointer { bytes -> Bool in
      var all: UInt8 = 0
      for position in bytes.indices {
        let byte = bytes[position]
        all |= byte
        bytes[position] = byte | (byte &- 0x41 < 26 ? 0x20 : 0)
      }
      return all < 0x80
    }
    if isASCII { return }
    out.removeAll(keepingCapacity: true)
    let folded = UnicodeText.unaccented(
      UnicodeText.compatibilityFolded(String(decoding: text, as: UTF8.self)))
    out.append(contentsOf: folded.utf8)
  }

  /// Letters, digits and what lies beyond ASCII, with one space between words: names, streets, cities.
  static func foldWords(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    fold(text, into: &out)
    var write = 0
    var pendingSpace = false
    for read in out.indices {
      let byte = out[read]
      if byte >= 0x80 || byte &- 0x61 < 26 || byte &- 0x30 < 10 {
        if pendingSpace, write > 0 {
          out[write] = 0x20
          write += 1
        }
        pendingSpace = false
        // Safe: a space is written only where at least one byte was passed over.
        out[write] = byte
        write += 1
      } else if byte != 0x27 {
        // An apostrophe joins (O'Brien, OBrien); everything else parts words.
        pendingSpace = true
      }
    }
    out.removeLast(out.count - write)
  }

  /// Letters and digits alone, in lower case: device ids, document numbers.
  static func foldCode(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    fold(text, into: &out)
    out.removeAll { !($0 >= 0x80 || $0 &- 0x61 < 26 || $0 &- 0x30 < 10) }
  }

  /// Digits alone, without leading zeros.
  static func foldDigits(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
    out.removeAll(keepingCapacity: true)
    for byte in text where byte &- 0x30 < 10 && !(out.isEmpty && byte == 0x30) { out.append(byte) }
  }
}
