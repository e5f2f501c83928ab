internal import AccountModel

/// Mail folders in mbox: messages end to end, each under a line `From SENDER DATE`.
///
/// A separator is a line that begins with `From `, stands first or behind an empty line, and carries a date,
/// or is Thunderbird's `From - DATE`. `>From ` is freed of one `>` (mboxrd). `Content-Length` (mboxcl2) is
/// not followed: a message that lies about its length would swallow the next ones.
struct MboxReader: ExportReader {
  static let format = ExportFormat(id: "email-mbox", title: "Mail folder (mbox)", version: 1)

  private let limits: ImportLimits
  private let records: MailRecords

  init(context: UnitContext) throws {
    limits = context.options.limits
    records = MailRecords(limits: limits)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    let start = head.bytes.firstIndex { $0 != 0x0A && $0 != 0x0D } ?? 0
    let first = head.bytes[start...].prefix { $0 != 0x0A }
    guard separator(first) != nil else { return .no }
    let rest = head.bytes[min(first.endIndex + 1, head.bytes.endIndex)...]
    return MailHeaderShape.recognise(rest) == .no ? .likely : .certain
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    var mail = CollectedMail()
    var envelope: String?
    var start = Locator(member: input.member, offset: input.offset, line: 1)
    var isBehindEmpty = true
    var isTerminated = true
    var seen = 0
    var strays = 0
    var lines = LineReader(input, limit: MailLimits.line)
    while let line = try lines.next() {
      // The second count looks at the line in its own way.
      if isBehindEmpty, Self.countsAsSeparator(line.bytes) { seen += 1 }
      if isBehindEmpty, line.isTerminated, let sender = Self.separator(line.bytes[...]) {
        if let envelope {
          start.length = UInt32(clamping: line.offset - start.offset)
          try records.write(mail, envelope: envelope, at: start, into: writer)
        }
        mail.removeAll()
        envelope = sender
        start = Locator(member: input.member, offset: line.offset, line: line.number)
        isBehindEmpty = false
        continue
      }
      isTerminated = line.isTerminated
      if !line.isTerminated, Self.mayBecomeSeparator(line.bytes) {
        // Cut off in a separator, or in a line that stands for itself without its '>'.
        if isBehindEmpty, Self.countsAsSeparator(line.bytes) {
          writer.setAside(.message, .truncated, at: start, detail: "ends in its separator")
        }
        continue
      }
      isBehindEmpty = line.bytes.isEmpty && !line.isCut
      if envelope == nil {
        if !isBehindEmpty { strays += 1 }
        continue
      }
      if line.isCut {
        mail.passOverLine()
      } else if !line.isTerminated {
        mail.appendCutOff(line.bytes, limit: limits.recordBytes)
      } else {
        mail.append(
          Self.isEscaped(line.bytes) ? line.bytes.dropFirst() : line.bytes[...], limit: limits.recordBytes)
      }
    }
    writer.count(.message, seen: seen)
    if strays > 0 {
      writer.setAside("line", .malformed, at: nil, detail: "before the first separator", count: strays)
    }
    guard let envelope else { return }
    start.length = UInt32(clamping: input.offset - start.offset)
    if !isBehindEmpty || !isTerminated {
      writer.note("\(input.path): no empty line ends the last message; it may be cut off")
      writer.setAside("unterminated", .unterminated, at: start)
    }
    try records.write(mail, envelope: envelope, at: start, into: writer)
  }

  // MARK: Lines

  /// The sender by a separator line, perhaps empty; nil when it is none.
  static func separator(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard line.count >= 16, line.count <= 512, line.starts(with: "From ".utf8) else { return nil }
    let words = String(decoding: line.dropFirst(5), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    guard words.count >= 4, MailDate(words.dropFirst().joined(separator: " ")) != nil else { return nil }
    let sender = words[0]
    return sender == "-" ? "" : String(sender)
  }

  /// The second count's own idea of a separator: `From `, a colon between digits, and digits at the end.
  static func countsAsSeparator(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count > 15, line[0] == 0x46, line[1] == 0x72, line[2] == 0x6F, line[3] == 0x6D, line[4] == 0x20
    else { return false }
    var position = 6
    while position + 3 < line.count, position < 512 {
      if line[position] == 0x3A, (0x30...0x39).contains(line[position - 1]),
        (0x30...0x39).contains(line[position + 1]),
        (0x30...0x39).contains(line[position + 2])
      {
        return line[position...].contains { $0 == 0x20 }
      }
      position += 1
    }
    return false
  }

  /// Whether the beginning of a line could go on as a separator, escaped or not.
  static func mayBecomeSeparator(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    let rest = line.drop { $0 == 0x3E }
    return "From ".utf8.starts(with: rest) || rest.starts(with: "From ".utf8)
  }

  /// Whether a line is `From ` behind one or more `>`.
  static func isEscaped(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.first == 0x3E, let end = line.firstIndex(where: { $0 != 0x3E }) else { return false }
    return line[end...].starts(with: "From ".utf8)
  }
}
