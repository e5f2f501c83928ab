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
    id: "discord-txt", title: "Discord chat by DiscordChatExporter (plain text)", version: 2)
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
    guard lines.count >= 3, DiscordTextCount.isRule(lines[0].utf8) else { return .no }
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

  /// Dates of the heads of messages in the first bytes, without consuming them: what somebody wrote may begin with another's.
  private static func beginning(of input: MemberInput) throws -> [String] {
    try input.fill(atLeast: DiscordDates.lookAheadLimit)
    var dates: [String] = []
    var rules = 0
    var isBehindEmpty = false
    for ended in input.window.split(separator: 0x0A, omittingEmptySubsequences: false) {
      let line = ended.last == 0x0D ? ended.dropLast() : ended
      defer { isBehindEmpty = line.isEmpty }
      if rules < 2 {
        if DiscordTextCount.isRule(line) { rules += 1 }
        continue
      }
      guard isBehindEmpty, DiscordTextCount.isHead(Array(line.prefix(200))),
        let end = line.firstIndex(of: UInt8(ascii: "]"))
      else { continue }
      dates.append(String(decoding: line[..<end].dropFirst(), as: UTF8.self))
    }
    return dates
  }
}
