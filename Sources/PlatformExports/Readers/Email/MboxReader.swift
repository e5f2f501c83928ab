internal import AccountModel

/// Mail folders in mbox: messages end to end, each under a line `From SENDER DATE`.
///
/// A separator is a line that begins with `From `, stands first or behind an empty line, and carries a date,
/// or is Thunderbird's `From - DATE`. Without an empty line before it, it must have the form of `ctime`
/// (`From SENDER Tue Jan  2 10:00:00 2024`) and a mail header behind it: some programs leave the empty line
/// out, and the first sender would be given what all others wrote. In news groups that Google Groups archived it is
/// `From NUMBER`, with a header of Google's behind it: people write `From 07700900123` above what they were sent.
/// `>From ` is freed of one `>` (mboxrd).
/// `Content-Length` (mboxcl2) is not followed: a message that lies about its length would swallow the next
/// ones.
struct MboxReader: ExportReader {
  static let format = ExportFormat(id: "email-mbox", title: "Mail folder (mbox)", version: 6)

  private let limits: ImportLimits
  private let records: MailRecords

  init(context: UnitContext) throws {
    limits = context.options.limits
    records = MailRecords(limits: limits)
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    let start = head.bytes.firstIndex { $0 != 0x0A && $0 != 0x0D } ?? 0
    let first = head.bytes[start...].prefix { $0 != 0x0A }
    let rest = head.bytes[min(first.endIndex + 1, head.bytes.endIndex)...]
    guard separator(first) != nil || isNumber(first) && rest.starts(with: archivedHeader.utf8) else {
      return .no
    }
    return MailHeaderShape.recognise(rest) == .no ? .likely : .certain
  }

  mutating func finish(into writer: RecordWriter) throws { records.finish(into: writer) }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    var mail = CollectedMail()
    var envelope: String?
    var start = Locator(member: input.member, offset: input.offset, line: 1)
    var isBehindEmpty = true
    var isTerminated = true
    var seen = 0
    var strays = 0
    var joined = 0
    var held: HeldLine?
    var lines = LineReader(input, limit: MailLimits.line)
    while let line = try lines.next() {
      // The second count looks at the line in its own way.
      if isBehindEmpty, Self.countsAsSeparator(line.bytes) { seen += 1 }
      var separator: HeldLine?
      var isItself = false
      if let candidate = held {
        held = nil
        let isHeader =
          candidate.isNumber ? line.bytes.starts(with: Self.archivedHeader.utf8) : Self.isHeader(line.bytes)
        if candidate.counts, candidate.isNumber ? isHeader : Self.countsAsHeader(line.bytes) { seen += 1 }
        if isHeader {
          separator = candidate
          if !candidate.isNumber { joined += 1 }
        } else if !line.isTerminated,
          candidate.isNumber
            ? Self.archivedHeader.utf8.starts(with: line.bytes) : Self.mayBecomeHeader(line.bytes)
        {
          isTerminated = false
          held = candidate
          continue
        } else if envelope == nil {
          strays += 1
        } else {
          mail.append(candidate.bytes, limit: limits.recordBytes)
        }
      } else if isBehindEmpty, line.isTerminated, let sender = Self.separator(line.bytes[...]) {
        separator = HeldLine(line, sender: sender)
        isItself = true
      }
      if let separator {
        if let envelope {
          start.length = UInt32(clamping: separator.offset - start.offset)
          try records.write(mail, envelope: envelope, at: start, into: writer)
        }
        mail.removeAll()
        envelope = separator.sender
        start = Locator(member: input.member, offset: separator.offset, line: separator.number)
        isBehindEmpty = false
        if isItself { continue }
      } else if line.isTerminated,
        let sender = isBehindEmpty
          ? Self.isNumber(line.bytes[...]) ? "" : nil : Self.unmistakableSeparator(line.bytes)
      {
        held = HeldLine(line, sender: sender, isNumber: isBehindEmpty)
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
    if let held {
      // The file ends before it shows whether this was a separator or somebody's words.
      if held.counts { seen += 1 }
      writer.setAside(.message, .truncated, at: start, detail: "ends in its separator")
      isBehindEmpty = false
    }
    writer.count(.message, seen: seen)
    if joined > 0 {
      writer.note("\(input.path): \(joined) messages begin without the empty line that ends the one before")
    }
    if strays > 0 {
      writer.setAside("line", .malformed, at: nil, detail: "before the first separator", count: strays)
    }
    guard let envelope else { return }
    start.length = UInt32(clamping: input.offset - start.offset)
    let mayBeCut = !isBehindEmpty || !isTerminated
    if mayBeCut {
      writer.note("\(input.path): no empty line ends the last message; it may be cut off")
      writer.setAside("unterminated", .unterminated, at: start)
    }
    try records.write(mail, envelope: envelope, mayBeCut: mayBeCut, at: start, into: writer)
  }

  /// A line that may turn out to be a separator by the one behind it.
  private struct HeldLine {
    let bytes: [UInt8]
    let offset: UInt64
    let number: UInt32
    let sender: String
    /// Whether it is a number, which parts messages above a header of Google's alone.
    let isNumber: Bool
    /// Whether the second count takes it for one.
    let counts: Bool

    init(_ line: TextLine, sender: String, isNumber: Bool = false) {
      bytes = Array(line.bytes)
      offset = line.offset
      number = line.number
      self.sender = sender
      self.isNumber = isNumber
      counts = isNumber || countsAsSeparator(line.bytes)
    }
  }

  // MARK: Lines

  /// The sender by a separator line that needs no empty line before it: a day of the week behind the sender,
  /// as `ctime` writes dates. Prose has other words there.
  static func unmistakableSeparator(_ line: UnsafeBufferPointer<UInt8>) -> String? {
    guard line.starts(with: "From ".utf8), let sender = separator(line[...]) else { return nil }
    let words = line.dropFirst(5).split(separator: 0x20, maxSplits: 2)
    return words.count == 3 && weekdays.contains { words[1].elementsEqual($0.utf8) } ? sender : nil
  }

  private static let weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]

  /// Whether a line is a header: a field's name (RFC 5322, 3.6.8), a colon, and a space or nothing.
  static func isHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: 0x3A), colon > 0, colon <= 76 else { return false }
    return line[..<colon].allSatisfy { (0x21...0x7E).contains($0) }
      && (colon + 1 == line.count || line[colon + 1] == 0x20 || line[colon + 1] == 0x09)
  }

  /// Whether the beginning of a line could go on as a header.
  static func mayBecomeHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    line.count <= 76 && line.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x3A }
  }

  /// The second count's own idea of a header: a letter, and a colon before any white space.
  static func countsAsHeader(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = line.first, (0x41...0x5A).contains(first & 0xDF) else { return false }
    guard let end = line.prefix(80).firstIndex(where: { $0 == 0x3A || $0 <= 0x20 }) else { return false }
    return line[end] == 0x3A && (end + 1 == line.count || line[end + 1] <= 0x20)
  }

  /// The sender by a separator line, perhaps empty; nil when it is none.
  static func separator(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> String? {
    guard line.count >= 16, line.count <= 512, line.starts(with: "From ".utf8) else { return nil }
    let words = String(decoding: line.dropFirst(5), as: UTF8.self)
      .split(whereSeparator: \.isWhitespace)
    guard words.count >= 4, MailDate(words.dropFirst().joined(separator: " ")) != nil else { return nil }
    let sender = words[0]
    return sender == "-" ? "" : String(sender)
  }

  /// What the first header of a message begins with that Google Groups archived.
  private static let archivedHeader = "X-Google-"

  /// Whether a line is `From NUMBER`.
  static func isNumber(_ line: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard line.starts(with: "From ".utf8) else { return false }
    let number = line.dropFirst(line.dropFirst(5).first == UInt8(ascii: "-") ? 6 : 5)
    return number.count >= 10 && number.allSatisfy(\.isDigit)
  }

  /// The second count's own idea of a separator: `From `, a colon between digits, and digits at the end.
  static func countsAsSeparator(_ line: UnsafeBufferPointer<UInt8>) -> Bool {
    guard line.count > 15, line[0] == 0x46, line[1] == 0x72, line[2] == 0x6F, line[3] == 0x6D, line[4] == 0x20
    else { return false }
    var position = 6
    while position + 3 < line.count, position < 512 {
      if line[position] == 0x3A, line[position - 1].isDigit,
        line[position + 1].isDigit,
        line[position + 2].isDigit
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
