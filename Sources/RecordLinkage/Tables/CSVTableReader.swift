import Columns
import Glibc

/// Reads CSV files (RFC 4180; comma, semicolon, tab or bar, found from the header) into a `TableBuilder`.
///
/// The file is streamed in blocks; a record is parsed once it is whole in the buffer. Memory is what the
/// distinct values take, and one buffer, which grows to the longest record.
public struct CSVTableReader {
  /// A record may be this long; a longer one is most often a quote that is never closed.
  public static let recordLimit = 16 << 20
  /// Lines of ragged rows that are named.
  static let namedRaggedRows = 5

  /// The id column, or nil for the first of `TableBuilder.idNames` that the file has.
  public var idColumn: String?
  /// Columns to leave out.
  public var ignoredColumns: [String]

  /// Makes a reader.
  public init(idColumn: String? = nil, ignoredColumns: [String] = []) {
    self.idColumn = idColumn
    self.ignoredColumns = ignoredColumns
  }

  /// Reads a file to its end.
  ///
  /// Rows with fewer or more fields than the header are taken as far as they go, and counted. Empty lines are
  /// passed over.
  /// - Throws: `TableError`.
  public func read(path: String, into builder: inout TableBuilder) throws(TableError) {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(file: path, reason: String(cString: strerror(errno))) }
    defer { close(file) }
    try read(file, path: path, head: [], into: &builder)
  }

  /// Reads an open file to its end, behind the bytes of it that were read already.
  ///
  /// - Throws: `TableError`.
  func read(
    _ file: Int32, path name: String, head: [UInt8], into builder: inout TableBuilder
  ) throws(TableError) {
    builder.beginFile(name)
    var state = State(reader: self, file: name)
    var capacity = max(1 << 20, head.count)
    var buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    defer { buffer.deallocate() }
    for (place, byte) in head.enumerated() { buffer[place] = byte }
    var held = head.count
    var lastByte = head.last ?? 0x0A
    var atEnd = false
    while !atEnd {
      if held == capacity {
        if capacity >= Self.recordLimit {
          throw .recordTooLong(file: name, line: state.line, limit: Self.recordLimit)
        }
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity * 2)
        larger.update(from: buffer, count: held)
        buffer.deallocate()
        buffer = larger
        capacity *= 2
      }
      let got = Glibc.read(file, buffer + held, capacity - held)
      if got < 0 {
        if errno == EINTR { continue }
        throw .unreadable(file: name, reason: String(cString: strerror(errno)))
      }
      atEnd = got == 0
      held += got
      if got > 0 { lastByte = buffer[held - 1] }
      let used = try state.parse(
        UnsafeMutableBufferPointer(start: buffer, count: held), isLast: atEnd, into: &builder)
      if used > 0, used < held { memmove(buffer, buffer + used, held - used) }
      held -= used
      builder.onBlock?(builder.recordCount)
    }
    if state.columns == nil || builder.recordsOfFile == 0 { throw .empty(file: name) }
    let notes =
      lastByte == 0x0A || lastByte == 0x0D
      ? [] : ["the last line has no line end: its last value may have been cut off"]
    builder.endFile(shortRows: state.short, longRows: state.long, raggedLines: state.ragged, notes: notes)
  }

  /// Where a file has come to.
  struct State: ~Copyable {
    let reader: CSVTableReader
    let file: String
    var line = 1
    var short = 0
    var long = 0
    var ragged: [Int] = []
    var delimiter: UInt8 = 0x2C
    /// By field: column in the builder, -1 for a field left out, -2 for the id. Nil before the header.
    var columns: [Int]?
    var idField = 0
    /// `columns` for loops, and how many.
    var columnOfField = Growing<Int>(capacity: 16)
    var width = 0
    /// Fields of the record under way: start and end in the buffer.
    var fields = Growing<Field>(capacity: 64)
    /// Positions of delimiters, quotes and line ends in the buffer, up to `scanned`; those before `nextMark` are done with.
    var marks = Growing<UInt32>(capacity: CSVTableReader.State.markRoom)
    var nextMark = 0
    var scanned = 0
    static let markRoom = 4096
    /// Bytes at the front of the buffer in which the record under way was found not to end, so that a long
    /// record is not scanned again from its start for each block.
    var resume = Resume()

    struct Field: BitwiseCopyable {
      let start: Int
      let end: Int
    }

    struct Resume {
      var position = 0
      var inQuotes = false
      var mayOpen = true
    }

    init(reader: CSVTableReader, file: String) {
      self.reader = reader
      self.file = file
    }

    /// Parses the records that are whole in the buffer and returns how many bytes they took.
    mutating func parse(
      _ buffer: UnsafeMutableBufferPointer<UInt8>, isLast: Bool, into builder: inout TableBuilder
    ) throws(TableError) -> Int {
      guard let base = buffer.baseAddress else { return 0 }
      var position = 0
      if columns == nil, line == 1 {
        if let kind = Self.encoding(buffer) { throw .notText(file: file, looksLike: kind) }
        if buffer.count >= 3, base[0] == 0xEF, base[1] == 0xBB, base[2] == 0xBF { position = 3 }
      }
      marks.truncate(to: 0)
      nextMark = 0
      scanned = position
      while position < buffer.count {
        if columns != nil, resume.position == 0,
          let end = try plainRecord(base, position, buffer.count, into: &builder)
        {
          position = end
          continue
        }
        guard let end = wholeRecord(base, position, buffer.count, isLast: isLast) else {
          if isLast { throw .unclosedQuote(file: file, line: line) }
          // The record under way is moved to the front of the buffer.
          try builder.settle()
          resume.position -= position
          return position
        }
        try record(base, position, end, into: &builder)
        position = end
      }
      try builder.settle()
      return position
    }

    /// The position after a record and its line end, if it is whole. Only quotes and line ends matter.
    private mutating func wholeRecord(
      _ base: UnsafeMutablePointer<UInt8>, _ start: Int, _ count: Int, isLast: Bool
    ) -> Int? {
      var position = start + resume.position
      var inQuotes = resume.inQuotes
      var mayOpen = resume.mayOpen
      resume = Resume()
      while position < count {
        let byte = base[position]
        position &+= 1
        if byte == 0x22 {
          // A quote opens a field only at its start, and goes on with it only right after one that closed it.
          if inQuotes {
            inQuotes = false
            mayOpen = true
          } else if mayOpen {
            inQuotes = true
          }
          continue
        }
        if inQuotes { continue }
        if byte == 0x0A { return position }
        if byte == 0x0D {
          if position < count { return base[position] == 0x0A ? position + 1 : position }
          if isLast { return position }
          position -= 1
          break
        }
        mayOpen = byte == delimiter || (columns == nil && Self.delimiters.contains(byte))
      }
      if isLast, !inQuotes { return count }
      resume = Resume(position: position, inQuotes: inQuotes, mayOpen: mayOpen)
      return nil
    }

    static let delimiters: [UInt8] = [0x2C, 0x3B, 0x09, 0x7C]

    private static func encoding(_ buffer: UnsafeMutableBufferPointer<UInt8>) -> String? {
      guard buffer.count >= 4 else { return nil }
      if let encoding = TextEncoding(beginning: buffer) { return encoding.name }
      if buffer[0] == 0x50, buffer[1] == 0x4B, buffer[2] == 3, buffer[3] == 4 { return "a ZIP or XLSX file" }
      if buffer[0] == 0x1F, buffer[1] == 0x8B { return "a gzip file" }
      let zeros = buffer.prefix(256).reduce(0) { $0 + ($1 == 0 ? 1 : 0) }
      return zeros * 4 > min(buffer.count, 256) ? "binary data" : nil
    }
  }
}
