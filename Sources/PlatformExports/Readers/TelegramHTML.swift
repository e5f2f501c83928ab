internal import AccountModel

/// Telegram Desktop's export as pages, which is what it writes unless told otherwise: of one chat (`messages.html`,
/// `messages2.html`, …) or of a whole account (`export_results.html`, `lists/…`, `chats/chat_1/messages.html`, …).
///
/// Pages hold no numbers of users but in the list of contacts, so that an account is a display name in its chat. What the
/// page shows of a message is described at `TelegramPageStream`; what is taken of it, at `TelegramJSONReader`.
///
/// A message that follows another by the same author within a quarter of an hour names no author: it is the author's of
/// the message before, and by the same bot. Every page, and what follows a notice or a date, begins with a name, so that
/// the order of the pages means nothing.
public struct TelegramHTMLReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "telegram-html", title: "Telegram Desktop export (HTML)", version: 2)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  /// Exported as both, the same messages lie beside the pages, with the numbers of their authors.
  public static let fullerFormat: String? = TelegramJSONReader.format.id

  /// The chat of a page.
  public static func subject(of head: MemberHead) -> String? { TelegramSubject.page(head) }
  /// Whether the JSON is of the chat of a page, or of a whole account.
  public static func isSame(_ fuller: String?, _ subject: String?) -> Bool {
    TelegramSubject.isSame(fuller, subject)
  }

  private let records: TelegramHTMLRecords
  private let limits: ImportLimits

  /// Judges by the classes of the page's elements.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "<"), head.contains("class=\"page_wrap\""),
      head.contains("class=\"page_header\"")
    else { return .no }
    let marks: [StaticString] = [
      "class=\"history\"", "class=\"entry_list\"", "class=\"personal_info", "page_body list_page",
    ]
    if marks.contains(where: { head.contains($0) }) { return .certain }
    // Pages of anybody may have parts called so.
    return head.contains("CheckLocation()") ? .likely : .no
  }

  /// The folder of the export.
  public static func root(of path: String) -> String { TelegramPagePath(path).root }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    records = TelegramHTMLRecords(clock: try ZonedClock.make(context.options))
    limits = context.options.limits
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = TelegramPageTally()
    input.tap { tally.feed($0) }
    records.begin(path: input.path)
    let stream = TelegramPageStream(records, writer, member: input.member, limit: limits.recordBytes)
    let endsOutside = try HTMLTokenizer(textLimit: limits.recordBytes, handler: stream).read(input)
    stream.finish(endsOutside: endsOutside)
    writer.setAside(stream.repairs)
    if tally.messages > 0 { writer.count(.message, seen: tally.messages - tally.calls) }
    if tally.calls > 0 { writer.count(.call, seen: tally.calls) }
    if tally.cards > 0 { writer.count(.contact, seen: tally.cards) }
    if let listed = records.list.recordClass { writer.count(listed, seen: tally.entries) }
  }

  /// Names the accounts, now that the owner and the sorts of the chats are known.
  public mutating func finish(into writer: RecordWriter) throws {
    try records.people.settle(into: writer)
    records.clock?.report(to: writer)
  }
}
