internal import AccountModel

/// A conversation of Discord that DiscordChatExporter wrote as JSON.
///
/// Accounts are keyed by id; the author's nickname on the server is a name that it shows. Messages of programs (bots,
/// webhooks) are kept in a conversation of their own whose name ends in ` (via bot)`, as they are nobody's own words,
/// and so are passed-on ones (` (forwarded)`). What is neither a message nor a reply Discord wrote itself: it is set
/// aside, but for calls.
public struct DiscordChatReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "discord-chat", title: "Discord chat by DiscordChatExporter (JSON)", version: 2)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  private static let patterns = ["$.guild", "$.channel", "$.messages[*]", "$.messageCount"]
  /// Sorts of messages, by name and, where the exporter knew none, by Discord's number: written by somebody, and made
  /// by a program on somebody's command.
  private static let ownSorts: Set<String> = [
    "default", "0", "reply", "19", "chatinputcommand", "applicationcommand", "20", "contextmenucommand", "23",
  ]

  private let clock: ZonedClock?
  private let pass: JSONPass
  private var people = DiscordPeople()
  private var snowflakes = SnowflakeCheck()
  private var chat = Chat()

  /// The conversation of the member at hand. Its name may stand behind its messages.
  private struct Chat {
    var name = ""
    var id = ""
    var guild = ""
    var type = ""
    var channels: [(channel: ChannelIndex, suffix: String)] = []
    var declared: Int64?
    var messages: Int64 = 0

    /// Whether it is a server's, or a direct one of several.
    var isGroup: Bool { type.hasPrefix("Guild") || type == "DirectGroupTextChat" }

    mutating func channel(_ suffix: String, _ writer: RecordWriter) -> ChannelIndex {
      if let known = channels.first(where: { $0.suffix == suffix }) { return known.channel }
      let channel = writer.unnamedChannel()
      channels.append((channel, suffix))
      return channel
    }
  }

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{"), head.contains("\"guild\""), head.contains("\"channel\"") else {
      return .no
    }
    if head.contains("\"exportedAt\"") || head.contains("\"dateRange\"") { return .certain }
    let hasMessages = head.contains("\"messages\"") && head.contains("\"author\"")
    return hasMessages && head.contains("\"timestampEdited\"") ? .certain : .no
  }

  /// The name of the file, which the program makes of server, channel and id: it writes the same conversation under the same
  /// name in each format.
  public static func subject(of head: MemberHead) -> String? { stem(of: head.path) }

  /// The name of a file without what says its format.
  static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map(String.init) ?? path
    return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    clock = try ZonedClock.make(context.options)
    pass = try JSONPass(limits: context.options.limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONKeyTally(keys: ["isPinned"], pairs: [("type", "Call")])
    input.tap { tally.feed($0) }
    chat = Chat()
    let pass = pass
    try pass.read(Self.patterns, of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      match, value, locator in
      switch match.pattern {
      case 0: chat.guild = value["name"]?.string ?? ""
      case 1:
        chat.name = value["name"]?.string ?? ""
        chat.id = value["id"]?.scalarText ?? ""
        chat.type = value["type"]?.scalarText ?? ""
      case 2:
        chat.messages += 1
        try message(value, locator, into: writer)
      default: chat.declared = value.int64
      }
    }
    let title = DiscordPeople.title(chat.name, guild: chat.guild, id: chat.id)
    for (channel, suffix) in chat.channels {
      writer.name(channel, (title.isEmpty ? input.path : title) + suffix)
      if suffix.isEmpty, chat.isGroup { writer.markAsGroup(channel) }
    }
    if let declared = chat.declared, declared != chat.messages {
      writer.note("\(input.path): says that it holds \(declared) messages and holds \(chat.messages).")
    }
    // Exporters of before 2019 did not write the key.
    if tally[0] > 0 {
      writer.count(.message, seen: tally[0] - tally[1])
      if tally[1] > 0 { writer.count(.call, seen: tally[1]) }
    }
  }

  /// Notes what does not fit together, and what the zone left open.
  public mutating func finish(into writer: RecordWriter) throws {
    snowflakes.report(to: writer)
    clock?.report(to: writer)
  }

  private mutating func message(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard let type = value["type"]?.scalarText else {
      return writer.setAside(.message, .malformed, at: locator, detail: "a message without a type")
    }
    let isCall = type == "Call"
    let unit: RecordClass = isCall ? .call : .message
    guard let author = value["author"], let account = try account(author, .participant, locator, into: writer)
    else { return writer.setAside(unit, .noAuthor, at: locator) }
    let written = value["timestamp"]?.string ?? ""
    guard let time = time(written) else {
      return writer.setAside(unit, .badTime, at: locator, detail: written)
    }
    snowflakes.judge(value["id"]?.scalarText ?? "", time, locator, writer)
    if isCall {
      return try call(value, account, time, written, locator, into: writer)
    }
    guard Self.ownSorts.contains(type.lowercased()) else {
      return writer.setAside(.message, .system, at: locator, detail: type)
    }
    try value["mentions"]?.forEachElement { _ = try self.account($0, .mentioned, locator, into: writer) }
    setAsideParts(of: value, locator, into: writer)
    let forwarded = value["forwardedMessage"]
    let borrowed: BorrowedWords? =
      forwarded != nil ? .forwarded : author["isBot"]?.bool == true ? .viaBot : nil
    try writer.record(
      .message, account: account, channel: chat.channel(borrowed?.rawValue ?? "", writer), time: time,
      writtenTime: written, text: (forwarded ?? value)["content"]?.stringBytes ?? .empty, at: locator)
  }

  private mutating func call(
    _ value: JSONValue, _ account: AccountIndex, _ time: ObservedTime, _ written: String, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    var words = "call"
    if let end = value["callEndedTimestamp"]?.string.flatMap({ self.time($0) }), end.zone == time.zone,
      end.microseconds >= time.microseconds
    {
      words += ", \((end.microseconds - time.microseconds) / 1_000_000) s"
    }
    try writer.record(
      .call, account: account, channel: chat.channel("", writer), time: time, writtenTime: written,
      text: words,
      at: locator)
  }

  /// Counts what a message holds beside its text.
  private func setAsideParts(of value: JSONValue, _ locator: Locator, into writer: RecordWriter) {
    for (list, name) in [("attachments", "fileName"), ("stickers", "name")] as [(StaticString, StaticString)]
    {
      value[list]?.forEachElement {
        writer.setAside("attachment", .media, at: locator, detail: $0[name]?.string ?? "")
      }
    }
    value["embeds"]?.forEachElement {
      writer.setAside("embed", .embed, at: locator, detail: $0["url"]?.string ?? "")
    }
    writer.setAsideReactions(of: value, at: locator) { $0["emoji"]?["name"] }
  }

  /// An account with its user name and the name that it shows; nil when that is nobody.
  private mutating func account(
    _ user: JSONValue, _ role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let account = try people.account(user["id"], role: role, locator, into: writer) else { return nil }
    try people.describe(account, user, name: "name", shown: "nickname", locator, into: writer)
    return account
  }

  /// A time with the offset that the exporter wrote; one without keeps none.
  private func time(_ text: String) -> ObservedTime? {
    TimeText.plausible(TimeText.iso8601(text).map { clock?.assume($0) ?? $0 })
  }
}

extension SetAsideReason {
  static let embed = Self("embed", "is what a link or a program shows beside the text", isFault: false)
}
