internal import AccountModel
internal import CLibXML2

/// SMS Backup & Restore for Android: `<smses>` with messages, `<calls>` with calls.
///
/// The phone's own number is nowhere in the file: its account is unnamed unless `options.ownerPhone` says it.
/// Messages that the phone never got out (outbox, failed, queued) were written by its owner all the same and
/// are imported; a note counts them. Times are the phone's clock in UTC milliseconds.
struct SMSBackupReader: ExportReader {
  static let format = ExportFormat(
    id: "sms-backup-xml", title: "SMS Backup & Restore (XML)", version: 3)
  static let options: Set<ReadingOption> = [.ownerPhone]

  private let options: ReaderOptions

  init(context: UnitContext) throws { options = context.options }

  static func recognise(_ head: MemberHead) -> Recognition {
    guard
      head.firstByte == UInt8(ascii: "<") || head.bytes.prefix(4).contains(0) || head.bytes.first == 0xFF
        || head.bytes.first == 0xFE
    else { return .no }
    // UTF-16 is refused by `read`, so it must be recognised here: look at it without its zero bytes.
    let isWide = head.bytes.prefix(4).contains(0)
    if !isWide {
      guard head.contains("<smses") || head.contains("<calls") else { return .no }
    }
    let text =
      isWide ? String(decoding: head.bytes.filter { $0 != 0 && $0 < 0x80 }, as: UTF8.self) : head.text
    return switch rootElement(of: text) {
    case "smses", "calls": .certain
    default: .no
    }
  }

  /// Name of the first element, behind declarations, instructions and comments.
  private static func rootElement(of text: String) -> Substring? {
    var rest = Substring(text)
    func cut(behind closer: String) -> Bool {
      var search = rest
      while let start = search.firstIndex(of: closer[closer.startIndex]) {
        search = search[start...]
        if search.hasPrefix(closer) {
          rest = search.dropFirst(closer.count)
          return true
        }
        search = search.dropFirst()
      }
      return false
    }
    while let start = rest.firstIndex(of: "<") {
      rest = rest[start...]
      if rest.hasPrefix("<?") {
        guard cut(behind: "?>") else { return nil }
      } else if rest.hasPrefix("<!--") {
        guard cut(behind: "-->") else { return nil }
      } else if rest.hasPrefix("<!") {
        // A document type declaration, to be refused by `read`: look for the root behind it.
        guard cut(behind: "<smses") || cut(behind: "<calls") else { return nil }
        return "smses"
      } else {
        return rest.dropFirst().prefix { $0.isLetter }
      }
    }
    return nil
  }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let parser = SMSBackupParser(writer, member: input.member, options: options)
    let stream = try XMLStream(
      input, names: SMSBackupName.allCases.map(\.text), cut: ("part", "data"),
      counted: ["sms", "mms", "call"], limits: options.limits, handler: parser)
    let report = try stream.read(input)
    try parser.finish(report)
  }
}

/// Names that the reader tells apart; the raw value is the position in the stream's list plus 1.
enum SMSBackupName: UInt32, CaseIterable {
  case smses = 1
  case calls, sms, mms, call, part, addr
  case count, address, date, type, subject, body, contactName, messageBox, contentType, sequence, text, data
  case number, duration, presentation, sub

  var text: String {
    switch self {
    case .contactName: "contact_name"
    case .messageBox: "msg_box"
    case .contentType: "ct"
    case .sequence: "seq"
    default: "\(self)"
    }
  }
}

extension SetAsideReason {
  /// The caller withheld the number.
  static let withheldNumber = Self("withheld-number", "comes from a withheld number", isFault: false)
}
