/// Cuts rows out of delimited text (RFC 4180), resuming where the bytes ran out.
///
/// A field that begins with a quote, behind spaces perhaps unless tabs separate fields, runs to its closing quote, over
/// line ends; in any other field quotes are plain characters (`5" pipe`, `="0123"`). A row ends with `\n`, `\r\n` or
/// `\r` outside quotes. Something other than spaces and a separator behind a closing quote makes the row malformed.
///
/// Where a program writes `\"` for a quote inside one field and doubles it in the next, both are read (`escapes`). A
/// backslash before a doubled quote is one that somebody typed, unless the field ends there.
struct TableRowScanner {
  struct Field {
    /// Offset of the content from the row's start; for a quoted field, behind the quote.
    var start: Int
    var end: Int
    var isQuoted = false
    /// Whether doubled quotes are inside.
    var hasEscapes = false
    /// Whether quotes behind a backslash are inside.
    var hasBackslashes = false
  }

  private enum State {
    case fieldStart, leadingSpace, plain, quoted, behindQuote, trailingSpace, behindReturn
    /// Behind `\"`, and behind `\""`.
    case behindEscape, behindEscapeAndQuote
  }

  let delimiter: UInt8
  private let escapes: Bool
  private(set) var fields: [Field] = []
  /// Bytes looked at since the row's start.
  private(set) var position = 0
  private(set) var isMalformed = false
  /// Line ends inside the row, its own included.
  private(set) var lineEnds = 0
  /// Fields after which a row is taken for damage.
  static let fieldLimit = 1 << 20

  private var state = State.fieldStart
  private var current = Field(start: 0, end: 0)

  init(delimiter: UInt8, escapes: Bool = false) {
    self.delimiter = delimiter
    self.escapes = escapes
  }

  /// Whether the row began with a quote that has not been closed.
  var isInsideQuotes: Bool { state == .quoted || state == .behindEscape }

  /// Whether a line end has been read behind which only a line feed could still belong to the row.
  var isTerminated: Bool { state == .behindReturn }

  /// Begins a new row.
  mutating func reset() {
    fields.removeAll(keepingCapacity: true)
    position = 0
    isMalformed = false
    lineEnds = 0
    state = .fieldStart
    current = Field(start: 0, end: 0)
  }

  /// Forgets bytes and fields of an over-long row and keeps its state.
  mutating func discard() {
    fields.removeAll(keepingCapacity: true)
    position = 0
    current = Field(start: 0, end: 0)
  }

  /// Scans on; true when the row has ended at `position`. Bytes are those from the row's start.
  mutating func scan(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    while position < bytes.count {
      let byte = bytes[position]
      switch state {
      case .behindReturn:
        // Only reached when the return was the last byte there was.
        if byte == 0x0A { position += 1 }
        return true
      case .quoted:
        if byte == UInt8(ascii: "\""), escapes, isEscaped(bytes) {
          current.hasBackslashes = true
          state = .behindEscape
        } else if byte == UInt8(ascii: "\"") {
          current.end = position
          state = .behindQuote
        } else if byte == 0x0A {
          lineEnds += 1
        }
      case .behindEscape:
        guard byte == UInt8(ascii: "\"") else {
          state = .quoted
          continue
        }
        current.end = position
        state = .behindEscapeAndQuote
      case .behindEscapeAndQuote:
        guard separates(byte) else {
          state = .quoted
          continue
        }
        if end(byte, closesAt: current.end) { return finishLine(byte, bytes) }
      case .behindQuote, .trailingSpace:
        if byte == UInt8(ascii: "\""), state == .behindQuote {
          current.hasEscapes = true
          state = .quoted
        } else if separates(byte) {
          if end(byte, closesAt: current.end) { return finishLine(byte, bytes) }
        } else if byte == 0x20 {
          state = .trailingSpace
        } else {
          isMalformed = true
          state = .plain
        }
      case .fieldStart where byte == UInt8(ascii: "\""),
        // Whoever separates by tabs quotes seldom, and a message may begin so.
        .leadingSpace where byte == UInt8(ascii: "\"") && delimiter != 0x09:
        current = Field(start: position + 1, end: position + 1, isQuoted: true)
        state = .quoted
      case .fieldStart, .leadingSpace, .plain:
        if state == .fieldStart {
          current = Field(start: position, end: position)
          state = .leadingSpace
        }
        if byte != 0x20 { state = .plain }
        if separates(byte), end(byte, closesAt: position) { return finishLine(byte, bytes) }
      }
      position += 1
    }
    return false
  }

  /// Ends the last row of a source that has no line end; false when nothing is there.
  mutating func finish() -> Bool {
    switch state {
    case .fieldStart:
      if fields.isEmpty { return false }
      fields.append(Field(start: position, end: position))
    case .leadingSpace, .plain:
      current.end = position
      fields.append(current)
    case .behindQuote, .trailingSpace, .behindEscapeAndQuote: fields.append(current)
    case .quoted, .behindEscape:
      current.end = position
      fields.append(current)
    case .behindReturn: break
    }
    return true
  }

  /// Whether the byte here stands behind a backslash that is not itself behind one.
  private func isEscaped(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var start = position
    while start > current.start, bytes[start - 1] == UInt8(ascii: "\\") { start -= 1 }
    return !(position - start).isMultiple(of: 2)
  }

  private func separates(_ byte: UInt8) -> Bool { byte == delimiter || byte == 0x0A || byte == 0x0D }

  /// Ends the field; true when the row ends too.
  private mutating func end(_ byte: UInt8, closesAt end: Int) -> Bool {
    current.end = end
    if fields.count < Self.fieldLimit { fields.append(current) } else { isMalformed = true }
    current = Field(start: position + 1, end: position + 1)
    state = .fieldStart
    return byte != delimiter
  }

  private mutating func finishLine(_ byte: UInt8, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    lineEnds += 1
    position += 1
    guard byte == 0x0D else { return true }
    guard position < bytes.count else {
      state = .behindReturn
      return false
    }
    if bytes[position] == 0x0A { position += 1 }
    return true
  }
}

extension TableRowScanner.Field {
  /// Whether more than white space stands in it.
  func isFilled(in row: UnsafeBufferPointer<UInt8>) -> Bool {
    row[start..<max(start, end)].contains { !$0.isSpace }
  }

  /// The field's value: doubled quotes made single, the spreadsheet guard `="…"` taken off, outer white space
  /// taken off; what is no UTF-8 read as CP1252.
  func value(in row: UnsafeBufferPointer<UInt8>, trimmed: Bool = true) -> String {
    let bytes = UnsafeBufferPointer(rebasing: row[start..<max(start, end)])
    var text = TableText.string(trimmed ? bytes.trimmed : bytes)
    if hasBackslashes {
      text = Self.withoutBackslashes(text)
    } else if hasEscapes {
      text = Self.unescaped(text)
    }
    guard text.utf8.first == UInt8(ascii: "=") else { return text }
    if text.hasPrefix("=\""), text.hasSuffix("\""), text.utf8.count >= 3 {
      text = String(text.dropFirst(2).dropLast())
    }
    return text
  }

  /// A field's text in which quotes are written in either way.
  private static func withoutBackslashes(_ text: String) -> String {
    let quote = UInt8(ascii: "\"")
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var backslashes = 0
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == quote {
        let isDoubled = position < bytes.count && bytes[position] == quote
        if isDoubled {
          position += 1
        } else if !backslashes.isMultiple(of: 2) {
          result.removeLast()
        }
      }
      backslashes = byte == UInt8(ascii: "\\") ? backslashes + 1 : 0
      result.append(byte)
    }
    return String(decoding: result, as: UTF8.self)
  }

  private static func unescaped(_ text: String) -> String {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    var wasQuote = false
    for byte in text.utf8 {
      let isQuote = byte == UInt8(ascii: "\"")
      if isQuote, wasQuote {
        wasQuote = false
      } else {
        result.append(byte)
        wasQuote = isQuote
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
