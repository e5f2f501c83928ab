/// The records of a comma-separated table by RFC 4180, one at a time: quoted fields may hold commas, line ends and
/// doubled quotes; lines end in LF or CRLF; a byte-order mark and blank lines are passed over.
public struct DelimitedRows {
  /// What is wrong with a table; the line is where the fault begins, from 1.
  public enum Fault: Error, Hashable, Sendable {
    /// A quoted field is never closed.
    case unclosedQuote(line: Int)
    /// Text follows a closing quote, or a quote stands inside an unquoted field.
    case strayQuote(line: Int)
  }

  private let bytes: UnsafeBufferPointer<UInt8>
  private var position = 0
  /// The line on which the next record begins.
  private var nextLine = 1
  /// The line on which the current record begins.
  public private(set) var line = 1
  /// Bytes of the current record's fields, end to end, quotes undone.
  private var text: [UInt8] = []
  private var ends: [Int] = []

  /// Begins at the first record; the bytes must outlive the reading.
  public init(_ bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Fields in the current record.
  public var count: Int { ends.count }

  /// Lends the bytes of a field.
  public func withField<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let start = index == 0 ? 0 : ends[index - 1]
    return text[start..<ends[index]].withUnsafeBufferPointer(body)
  }

  /// A field as text.
  public func string(_ index: Int) -> String { withField(index) { String(decoding: $0, as: UTF8.self) } }

  /// Moves to the next record that is not blank; false at the end.
  public mutating func next() throws(Fault) -> Bool {
    while position < bytes.count {
      line = nextLine
      text.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      try readRecord()
      if ends.count > 1 || !text.isEmpty { return true }
    }
    return false
  }

  private mutating func readRecord() throws(Fault) {
    while true {
      if position < bytes.count, bytes[position] == 0x22 {
        try readQuoted()
      } else {
        while position < bytes.count {
          let byte = bytes[position]
          if byte == 0x2c || byte == 0x0a { break }
          if byte == 0x22 { throw .strayQuote(line: nextLine) }
          text.append(byte)
          position += 1
        }
        let start = ends.last ?? 0
        let endsLine = position == bytes.count || bytes[position] == 0x0a
        if endsLine, text.count > start, text[text.count - 1] == 0x0d { text.removeLast() }
      }
      ends.append(text.count)
      if position == bytes.count { return }
      let separator = bytes[position]
      position += 1
      if separator == 0x0a {
        nextLine += 1
        return
      }
    }
  }

  private mutating func readQuoted() throws(Fault) {
    let opened = nextLine
    position += 1
    while true {
      guard position < bytes.count else { throw .unclosedQuote(line: opened) }
      let byte = bytes[position]
      position += 1
      if byte == 0x22 {
        guard position < bytes.count, bytes[position] == 0x22 else { break }
        position += 1
      }
      if byte == 0x0a { nextLine += 1 }
      text.append(byte)
    }
    if position + 1 < bytes.count, bytes[position] == 0x0d, bytes[position + 1] == 0x0a { position += 1 }
    if position + 1 == bytes.count, bytes[position] == 0x0d { position += 1 }
    guard position == bytes.count || bytes[position] == 0x2c || bytes[position] == 0x0a else {
      throw .strayQuote(line: nextLine)
    }
  }
}
