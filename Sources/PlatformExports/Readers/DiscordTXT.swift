internal import AccountModel

/// A conversation of Discord that DiscordChatExporter wrote as plain text.
///
///     ==============================================================
///     Guild: Snail Club
///     Channel: Text / general
///     ==============================================================
///
///     [01/17/2023 7:33 PM] rex#7001 (pinned)
///     hello
///
/// The text names nobody but by the user name, which a webhook may bear as well: an account is a name, this source only. Who
/// knows the layout can write lines into a message that look like another message.
struct DiscordTXTReader: ExportReader {
  static let format = ExportFormat(
    id: "discord-txt", title: "Discord chat by DiscordChatExporter (plain text)", version: 1)
  static let options: Set<ReadingOption> = [.timeZone, .dateOrder]

  /// Exported as both, the same messages lie beside the text, with all that it leaves out.
  static let fullerFormat: String? = DiscordChatReader.format.id

  /// The name of the file, which the program makes of server, channel and id.
  static func subject(of head: MemberHead) -> String? { DiscordChatReader.subject(of: head) }
  /// Whether the JSON has the name of the text.
  static func isSame(_ fuller: String?, _ subject: String?) -> Bool { fuller != nil && fuller == subject }

  private let options: ReaderOptions

  /// Judges by the lines at the beginning.
  static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "=") else { return .no }
    let lines = String(decoding: head.bytes.prefix(2_000), as: UTF8.self).split(whereSeparator: \.isNewline)
    guard lines.count >= 3, lines[0].utf8.count == 62, lines[0].utf8.allSatisfy({ $0 == UInt8(ascii: "=") })
    else {
      return .no
    }
    return lines[1].hasPrefix("Guild: ") && lines[2].hasPrefix("Channel: ") ? .certain : .no
  }

  /// The folder of the export.
  static func root(of path: String) -> String { folder(of: path) }

  init(context: UnitContext) throws { options = context.options }

  mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let limit = options.limits.recordBytes
    let dates = try DiscordDates(Self.beginning(of: input), options, place: input.path)
    var count = DiscordTextCount()
    input.tap { count.add($0) }
    let chat = DiscordTextChat(writer, dates, member: input.member, path: input.path, limit: limit)
    var lines = LineReader(input, limit: limit)
    while let line = try lines.next() { try chat.take(line) }
    try chat.finish()
    count.finish()
    writer.count(.message, seen: count.count - chat.calls - chat.cutHeads)
    if chat.calls > 0 { writer.count(.call, seen: chat.calls) }
    dates.report(to: writer)
  }

  /// Dates in the first bytes, without consuming them.
  private static func beginning(of input: MemberInput) throws -> [String] {
    try input.fill(atLeast: DiscordDates.lookAheadLimit)
    return input.window.split(separator: 0x0A).compactMap { line in
      guard line.first == UInt8(ascii: "["), let end = line.prefix(60).firstIndex(of: UInt8(ascii: "]"))
      else {
        return nil
      }
      return String(decoding: line[(line.startIndex + 1)..<end], as: UTF8.self)
    }
  }
}
