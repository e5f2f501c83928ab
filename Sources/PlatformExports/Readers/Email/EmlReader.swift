internal import AccountModel

/// One mail message a file (`.eml`); the messages of a folder form one unit.
struct EmlReader: ExportReader {
  static let format = ExportFormat(id: "email-eml", title: "E-mail message (.eml)", version: 5)

  private let limits: ImportLimits
  private let records: MailRecords

  init(context: UnitContext) throws {
    limits = context.options.limits
    records = MailRecords(limits: limits)
  }

  static func root(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
  }

  static func recognise(_ head: MemberHead) -> Recognition {
    let shape = MailHeaderShape.recognise(head.bytes[...])
    // Nothing else claims a file that is called a message: whether it names an author is for the reading to say.
    return shape == .no && head.path.lowercased().hasSuffix(".eml")
      ? .possible : shape
  }

  mutating func finish(into writer: RecordWriter) throws { records.finish(into: writer) }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    var mail = CollectedMail()
    let start = input.offset
    var end = start
    var isTerminated = true
    var lines = LineReader(input, limit: MailLimits.line)
    while let line = try lines.next() {
      isTerminated = line.isTerminated
      if line.isCut {
        mail.passOverLine()
      } else if isTerminated {
        mail.append(line.bytes, limit: limits.recordBytes)
      } else {
        mail.appendCutOff(line.bytes, limit: limits.recordBytes)
      }
    }
    end = input.offset
    let locator = Locator(
      member: input.member, offset: start, length: UInt32(clamping: end - start), line: 1)
    writer.count(.message, seen: 1)
    if !isTerminated {
      writer.note("\(input.path): the last line has no end; the message may be cut off")
      writer.setAside("unterminated", .unterminated, at: locator)
    }
    try records.write(mail, at: locator, into: writer)
  }
}

/// Bounds of mail members.
enum MailLimits {
  /// Bytes of one line; RFC 5322 allows 998.
  static let line = 4 << 20
}

/// Whether bytes begin like mail headers.
enum MailHeaderShape {
  private static let names: Set<String> = [
    "from", "to", "cc", "date", "subject", "received", "return-path", "message-id", "mime-version",
    "delivered-to", "reply-to", "sender", "content-type", "x-mailer", "user-agent", "in-reply-to",
    "references",
    "dkim-signature", "x-received", "arc-seal", "authentication-results",
  ]
  private static let telling: Set<String> = ["from", "received", "return-path", "message-id", "delivered-to"]

  /// - Parameter enough: known headers, one of them telling, for `.possible`.
  static func recognise(_ bytes: Slice<UnsafeBufferPointer<UInt8>>, enough: Int = 2) -> Recognition {
    var known: Set<String> = []
    for line in bytes.split(separator: 0x0A, maxSplits: 400, omittingEmptySubsequences: false) {
      let line = line.last == 0x0D ? line.dropLast() : line
      guard let first = line.first else { break }
      if first == 0x20 || first == 0x09 { continue }
      guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { break }
      let name = line[..<colon]
      guard !name.isEmpty, name.count <= 80, name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { break }
      let lowered = String(decoding: name, as: UTF8.self).lowercased()
      if names.contains(lowered) { known.insert(lowered) }
    }
    guard !known.isDisjoint(with: telling) else { return .no }
    return known.count >= 3 ? .likely : known.count >= enough ? .possible : .no
  }
}
