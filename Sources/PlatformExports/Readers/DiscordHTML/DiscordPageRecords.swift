internal import AccountModel
internal import Identifiers

/// Turns what pages show into accounts and records.
final class DiscordPageRecords {
  private var people = DiscordPeople()
  private var path = ""
  /// The server's name and the channel's.
  private var entries: [String] = []
  private var messages = 0
  /// How many messages the page says that it holds.
  private var declared: Int?
  /// Whether the page says that.
  var hasEnding: Bool { declared != nil }

  /// Begins a page.
  func begin(path: String) {
    self.path = path
    (entries, messages, declared) = ([], 0, nil)
  }

  /// Takes a line of the head of the page.
  func entry(_ text: String) { if entries.count < 2 { entries.append(text) } }

  /// Takes a line of its foot: `Exported 1,234 message(s)`, with whatever parts thousands where it was exported.
  func ending(_ text: String) {
    guard text.hasPrefix("Exported "), text.hasSuffix(" message(s)") else { return }
    let digits = text.utf8.filter(\.isDigit)
    if declared == nil, digits.count <= 12 { declared = Int(String(decoding: digits, as: UTF8.self)) }
  }

  /// Holds the page's own number against what was found.
  func end(into writer: RecordWriter) {
    if let declared, declared != messages {
      writer.note("\(path): says that it holds \(declared) messages and holds \(messages).")
    }
  }

  /// The conversation's name. People name servers and channels, and none may end as that of words that are not their author's.
  private func channelName(_ borrowed: BorrowedWords?) -> String {
    let name = entries.count > 1 ? entries[1] : ""
    var title = DiscordPeople.title(name, guild: entries.first ?? "", id: "")
    if title.isEmpty { title = path }
    if BorrowedWords.allCases.contains(where: { title.hasSuffix($0.rawValue) }) { title += " [chat]" }
    return title + (borrowed?.rawValue ?? "")
  }

  /// Sets aside a message that is not whole.
  func broken(
    _ message: DiscordPageMessage, _ reason: SetAsideReason, at locator: Locator, into writer: RecordWriter
  ) {
    messages += 1
    writer.setAside(message.isCall ? RecordClass.call : .message, reason, at: locator)
  }

  /// Takes a message.
  ///
  /// - Parameter author: who stands above it, or above the one that it follows.
  func message(
    _ message: DiscordPageMessage, by author: DiscordPageMessage.Author?, at locator: Locator,
    into writer: RecordWriter
  ) throws {
    messages += 1
    let unit: RecordClass = message.isCall ? .call : .message
    if message.isTooLarge { return writer.setAside(unit, .tooLarge, at: locator) }
    guard let author, let account = try account(author, at: locator, into: writer) else {
      return writer.setAside(unit, .noAuthor, at: locator)
    }
    if message.isNotice, !message.isCall {
      return writer.setAside(.message, .system, at: locator, detail: message.notice)
    }
    let id = String(decoding: message.id, as: UTF8.self)
    guard id.utf8.count >= Self.idLength, let time = EmbeddedTime.time(in: id, scheme: .discordSnowflake)
    else {
      return writer.setAside(unit, .badTime, at: locator, detail: message.written)
    }
    if message.isCall {
      return try writer.record(
        .call, account: account, channel: writer.channel(channelName(nil)), time: time,
        writtenTime: message.written,
        text: "call", at: locator)
    }
    let isOfGroup = DiscordPeople.isOfGroup(
      entries.count > 1 ? entries[1] : "", guild: entries.first ?? "")
    let borrowed: BorrowedWords? = message.isForwarded ? .forwarded : author.isBot ? .viaBot : nil
    try setAsideParts(of: message, by: borrowed == nil ? account : nil, at: locator, into: writer)
    let channel = writer.channel(channelName(borrowed))
    if borrowed == nil, isOfGroup { writer.markAsGroup(channel) }
    try message.text.bytes.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time,
        writtenTime: message.written, text: $0, at: locator)
    }
  }

  /// Digits of the first ids that Discord gave.
  private static let idLength = 17

  /// Counts what a message holds beside its text, and writes the addresses behind words of its author's.
  private func setAsideParts(
    of message: DiscordPageMessage, by author: AccountIndex?, at locator: Locator, into writer: RecordWriter
  ) throws {
    if let author { try writer.textLinks(message.links, of: author, at: locator) }
    if message.attachments > 0 {
      writer.setAside("attachment", .media, at: locator, count: message.attachments)
    }
    if message.embeds > 0 { writer.setAside("embed", .embed, at: locator, count: message.embeds) }
    for reaction in message.reactions {
      writer.setAside(
        "reaction", .reaction, at: locator, detail: reaction.sign, count: max(reaction.count, 1))
    }
  }

  /// The account of an author; nil for one without an id, and for everybody who was deleted.
  private func account(
    _ author: DiscordPageMessage.Author, at locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    let id = String(decoding: author.id, as: UTF8.self)
    guard DiscordPeople.isID(id) else { return nil }
    let account = try writer.account(
      DiscordPeople.key(id), role: .participant, assertion: .platform, at: locator)
    try people.describe(
      account, fullName: HTMLWords.decoded(author.fullName), shown: author.shown, isBot: author.isBot,
      locator,
      into: writer)
    return account
  }
}
