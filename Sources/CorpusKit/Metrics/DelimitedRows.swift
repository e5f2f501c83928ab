/// A table could not be read; the line is where the fault begins, from 1.
public enum TableError: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file could not be opened or read.
  case unreadable(path: String, reason: String)
  /// There is no header line.
  case empty(path: String)
  /// The header has none of the columns that are needed.
  case missingColumn(path: String, wanted: [String], found: [String])
  /// A quoted field is never closed.
  case unclosedQuote(path: String, line: Int)
  /// Text follows a closing quote, or a quote stands inside an unquoted field.
  case strayQuote(path: String, line: Int)
  /// A line has too few fields to reach the columns that are needed.
  case shortLine(path: String, line: Int, fields: Int)
  /// An id or a cluster is empty: read as a name, it would put all such lines into one cluster.
  case emptyCell(path: String, line: Int, column: String)
  /// An id stands twice in different clusters.
  case conflictingID(path: String, line: Int, id: String)

  /// What is wrong, where, and what to do.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .empty(let path): "\(path): the file is empty; a header line with unique_id and cluster_id is needed"
    case .missingColumn(let path, let wanted, let found):
      "\(path):1: no column \(wanted.joined(separator: " or ")) among \(found.joined(separator: ", "))"
    case .unclosedQuote(let path, let line): "\(path):\(line): the quote that opens here is never closed"
    case .strayQuote(let path, let line): "\(path):\(line): a quote inside a field must be doubled (RFC 4180)"
    case .shortLine(let path, let line, let fields):
      "\(path):\(line): only \(fields) fields; the columns of the header are needed"
    case .emptyCell(let path, let line, let column):
      "\(path):\(line): \(column) is empty; each line needs an id and a cluster"
    case .conflictingID(let path, let line, let id):
      "\(path):\(line): \(id) stands in two clusters; an id may stand in one only"
    }
  }
}

/// The records of a comma-separated table by RFC 4180, one at a time: quoted fields may hold commas, line ends and
/// doubled quotes; lines end in LF or CRLF; a byte-order mark and blank lines are passed over.
struct DelimitedRows {
  private let bytes: UnsafeBufferPointer<UInt8>
  private let path: String
  private var position = 0
  /// The line on which the next record begins.
  private var nextLine = 1
  /// The line on which the current record begins.
  private(set) var line = 1
  /// Bytes of the current record's fields, end to end, quotes undone.
  private var text: [UInt8] = []
  private var ends: [Int] = []

  init(_ bytes: UnsafeBufferPointer<UInt8>, path: String) {
    self.bytes = bytes
    self.path = path
    if bytes.starts(with: [0xef, 0xbb, 0xbf]) { position = 3 }
  }

  /// Fields in the current record.
  var count: Int { ends.count }

  /// Lends the bytes of a field.
  func withField<Result>(_ index: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
    let start = index == 0 ? 0 : ends[index - 1]
    return text[start..<ends[index]].withUnsafeBufferPointer(body)
  }

  /// A field as text.
  func string(_ index: Int) -> String { withField(index) { String(decoding: $0, as: UTF8.self) } }

  /// Moves to the next record that is not blank; false at the end.
  mutating func next() throws(TableError) -> Bool {
    while position < bytes.count {
      line = nextLine
      text.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      try readRecord()
      if ends.count > 1 || !text.isEmpty { return true }
    }
    return false
  }

  private mutating func readRecord() throws(TableError) {
    while true {
      if position < bytes.count, bytes[position] == 0x22 {
        try readQuoted()
      } else {
        while position < bytes.count {
          let byte = bytes[position]
          if byte == 0x2c || byte == 0x0a { break }
          if byte == 0x22 { throw .strayQuote(path: path, line: nextLine) }
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

  private mutating func readQuoted() throws(TableError) {
    let opened = nextLine
    position += 1
    while true {
      guard position < bytes.count else { throw .unclosedQuote(path: path, line: opened) }
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
      throw .strayQuote(path: path, line: nextLine)
    }
  }
}
