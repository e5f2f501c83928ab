internal import AccountModel

/// A conversation of Discord that DiscordChatExporter wrote as a page, of 2020 and later.
///
/// The page names an account by its id and shows the same of it as the JSON does. The date beside a message is written in the
/// manner of whoever exported it, without a zone: the time is that of the message's id. What the page shows of a message is
/// described at `DiscordPageStream`; what is taken of it, at `DiscordChatReader`.
struct DiscordHTMLReader: ExportReader {
  static let format = ExportFormat(
    id: "discord-html", title: "Discord chat by DiscordChatExporter (HTML)", version: 2)

  /// Exported as both, the same messages lie beside the page, with their times and with who is mentioned.
  static let fullerFormat: String? = DiscordChatReader.format.id

  /// The name of the file, which the program makes of server, channel and id.
  static func subject(of head: MemberHead) -> String? { DiscordChatReader.subject(of: head) }
  /// Whether the JSON has the name of the page.
  static func isSame(_ fuller: String?, _ subject: String?) -> Bool { fuller != nil && fuller == subject }

  private let people = DiscordPageRecords()
  private let limits: ImportLimits

  /// Judges by the classes of the page's elements, whose quotation marks newer versions leave out.
  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "<"), head.contains("chatlog__message") else { return .no }
    let hasMessages =
      head.contains("chatlog__message-container-") || head.contains("data-message-id=")
    if hasMessages { return .certain }
    // The style of a page may be longer than what is looked at.
    let hasStyle = head.contains(".chatlog__message-container") || head.contains(".chatlog__author-name")
    return hasStyle && head.contains("preamble__") ? .likely : .no
  }

  /// The folder of the export.
  static func root(of path: String) -> String { folder(of: path) }

  init(context: UnitContext) throws { limits = context.options.limits }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = DiscordPageTally()
    input.tap { tally.feed($0) }
    people.begin(path: input.path)
    let stream = DiscordPageStream(people, writer, member: input.member, limit: limits.recordBytes)
    let endsOutside = try HTMLTokenizer(textLimit: limits.recordBytes, handler: stream).read(input)
    stream.finish(endsOutside: endsOutside)
    writer.setAside(stream.repairs)
    people.end(into: writer)
    writer.count(.message, seen: tally.messages - tally.calls)
    if tally.calls > 0 { writer.count(.call, seen: tally.calls) }
  }
}
