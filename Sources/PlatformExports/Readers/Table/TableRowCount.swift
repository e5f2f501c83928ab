/// Counts the rows of delimited text by another way than the parse: line ends outside quotes, blank lines
/// left out. A quote opens only behind a separator or a line end, with spaces between them perhaps unless the separator is
/// a tab, and the next one closes it; a doubled quote closes and opens. With `escapes`, one behind a backslash does neither.
struct TableRowCount {
  private(set) var rows = 0
  private let delimiter: UInt8
  private let escapes: Bool
  /// Whether the bytes before are an odd number of backslashes.
  private var isBehindBackslash = false
  /// Quotes since a backslash, of which the first is none that closes.
  private var escapedQuotes = 0
  private var isInside = false
  private var last: UInt8 = 0x0A
  private var wasClosed = false
  private var isAtFieldStart = true
  private var hasContent = false

  init(delimiter: UInt8, escapes: Bool = false) {
    self.delimiter = delimiter
    self.escapes = escapes
  }

  mutating func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    for byte in bytes {
      if escapes, isInside, isHeld(byte) {
        hasContent = true
      } else if byte == UInt8(ascii: "\"") {
        if isInside {
          isInside = false
          wasClosed = true
        } else if wasClosed && last == byte || isAtFieldStart {
          isInside = true
          wasClosed = false
        }
        isAtFieldStart = false
        hasContent = true
      } else {
        if !isInside {
          isAtFieldStart =
            byte == delimiter || byte == 0x0A || byte == 0x0D
            || isAtFieldStart && byte == 0x20 && delimiter != 0x09
        }
        if !isInside, byte == 0x0A || byte == 0x0D {
          if hasContent { rows += 1 }
          hasContent = false
        } else if byte != 0x20, byte != 0x09 || delimiter == 0x09 {
          hasContent = true
        }
        wasClosed = false
      }
      last = byte
    }
  }

  /// Whether a byte inside quotes is of an escape; ends the field where the two quotes behind a backslash did.
  private mutating func isHeld(_ byte: UInt8) -> Bool {
    let isQuote = byte == UInt8(ascii: "\"")
    if escapedQuotes == 1, isQuote {
      escapedQuotes = 2
      return true
    }
    if escapedQuotes == 2, byte == delimiter || byte == 0x0A || byte == 0x0D { isInside = false }
    escapedQuotes = isQuote && isBehindBackslash ? 1 : 0
    isBehindBackslash = byte == UInt8(ascii: "\\") && !isBehindBackslash
    return escapedQuotes == 1
  }

  /// Counts a last row that has no line end.
  mutating func finish() {
    if hasContent { rows += 1 }
    hasContent = false
  }
}
