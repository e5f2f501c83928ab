internal import AccountModel

/// The page on a subscriber, as HTML and as text.
extension GoogleExport {
  func readPage(_ input: MemberInput, into writer: RecordWriter) throws {
    var tally = GooglePageTally()
    input.tap { tally.feed($0) }
    let page = GooglePage(self, member: input.member, path: input.path, writer)
    let limit = context.options.limits.recordBytes
    let stream = GooglePageStream(page, member: input.member, limit: limit)
    let endsOutside = try HTMLTokenizer(textLimit: limit, handler: stream).read(input)
    try page.finish(isWhole: stream.isWhole(endsOutside: endsOutside), at: input.offset)
    writer.setAside(stream.repairs)
    if tally.logins > 0 { writer.count(.login, seen: tally.logins) }
  }

  func readText(_ input: MemberInput, into writer: RecordWriter) throws {
    let counter = TextTally()
    input.tap { counter.feed($0) }
    let page = GooglePage(self, member: input.member, path: input.path, writer)
    var lines = LineReader(input, limit: context.options.limits.recordBytes)
    var isWhole = true
    while let line = try lines.next() {
      let place = Locator(
        member: input.member, offset: line.offset, length: UInt32(clamping: line.bytes.count),
        line: line.number)
      if line.isCut {
        page.tooLarge(at: place)
        continue
      }
      let text = DirectionMarks.stripped(line.bytes)
      if text.isEmpty { continue }
      let isRow = TextTally.isDate(text.utf8) && page.isInTable
      guard line.isTerminated else {
        // The end of an address may be missing.
        isWhole = false
        if isRow { writer.setAside(.login, .truncated, at: place) }
        continue
      }
      let cells = Self.cells(text)
      if isRow {
        if cells.count == page.width {
          try page.row(cells, at: place)
        } else {
          try page.login(words: text, at: place)
        }
      } else if TextTally.isHeader(text.lowercased()) {
        page.table()
        // Where one space parts the columns only the first ones are told.
        let isParted = GoogleColumns(cells) != nil
        try page.row(isParted ? cells : ["Timestamp", "IP Address", "Activity Type"], at: place)
      } else {
        if page.isInTable { page.table() }
        try page.line(text, at: place)
      }
    }
    counter.finish()
    try page.finish(isWhole: isWhole, at: input.offset)
    if counter.logins > 0 { writer.count(.login, seen: counter.logins) }
  }

  /// The columns of a line of text, parted by tabs or by two spaces and more.
  private static func cells(_ text: String) -> [String] {
    let parts =
      text.contains("\t")
      ? text.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      : text.replacing("  ", with: "\t").split(separator: "\t").map(String.init)
    return parts.map(\.trimmingSpaces)
  }

  /// Counts lines that begin with a date, below one that holds the words of the headers.
  private final class TextTally {
    private(set) var logins = 0
    private var isTable = false
    private var line: [UInt8] = []

    static func isDate(_ text: some Sequence<UInt8>) -> Bool {
      let start = Array(text.prefix(10))
      return start.count == 10
        && start.enumerated().allSatisfy { position, byte in
          position == 4 || position == 7 ? byte == UInt8(ascii: "-") : byte.isDigit
        }
    }

    func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
      for byte in bytes {
        if byte == 0x0A {
          finish()
        } else if line.count < 128, !line.isEmpty || !byte.isSpace {
          line.append(byte)
        }
      }
    }

    func finish() {
      defer { line.removeAll(keepingCapacity: true) }
      if line.isEmpty { return }
      if Self.isDate(line) {
        if isTable { logins += 1 }
        return
      }
      let text = String(decoding: line, as: UTF8.self).lowercased()
      isTable = Self.isHeader(text)
    }

    /// Whether a line in small letters names the columns of logins.
    static func isHeader(_ text: String) -> Bool {
      (text.hasPrefix("time") || text.hasPrefix("date")) && text.holdsBytes("ip address")
    }
  }
}
