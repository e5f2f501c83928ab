internal import AccountModel

/// Turns what pages of an export show into accounts and records.
final class TelegramHTMLRecords {
  /// Whose the message before is.
  private enum Author {
    /// No message, or none that was whole.
    case unknown
    /// Of whom nothing is left.
    case nobody
    case account(AccountIndex, isViaBot: Bool)
  }

  /// Turns local times into instants, when the person said which zone they are of.
  let clock: ZonedClock?
  var people = TelegramPeople()
  var memory = IdentifierMemory()
  /// What the page calls itself: the chat's name, or the list's.
  private(set) var title = ""
  /// Whether the page at hand says what it is.
  private(set) var hasTitle = false
  private var folder = ""
  private var chat: Int?
  private var author = Author.unknown

  init(clock: ZonedClock?) { self.clock = clock }

  /// Begins a page. A page's first message always names its author.
  func begin(path: String) {
    folder = TelegramPagePath(path).chat
    (title, hasTitle, chat, author) = ("", false, nil, .unknown)
  }

  func begin(title: String, into writer: RecordWriter) {
    guard !hasTitle else { return }
    (self.title, hasTitle) = (title, true)
  }

  // MARK: Messages

  func message(_ message: TelegramPageMessage, at locator: Locator, into writer: RecordWriter) throws {
    if message.isService {
      author = .unknown
      if message.isDate { return }
      if Self.isOfGroup(message.notice) { writer.markAsGroup(writer.channel(channelName)) }
      let isUnsupported = message.notice.hasPrefix("This message is not supported by this version")
      return writer.setAside(
        .message, isUnsupported ? .unsupported : .system, at: locator, detail: message.notice)
    }
    if message.isTooLarge {
      author = .unknown
      return setAside(message, .tooLarge, at: locator, into: writer)
    }
    if let name = message.name {
      author = try self.author(name, at: locator, into: writer)
    } else if !message.isJoined {
      author = .nobody
    }
    switch author {
    case .unknown:
      setAside(
        message, .malformed, at: locator, "goes on from a message that is not there, and so has no author",
        into: writer)
    case .nobody: setAside(message, .noAuthor, at: locator, into: writer)
    case .account(let account, let isViaBot):
      try write(message, by: account, isViaBot: isViaBot, at: locator, into: writer)
    }
  }

  /// Whether a notice is one that the program writes in groups and channels alone; it writes them in English.
  private static func isOfGroup(_ notice: String) -> Bool {
    phrasesOfGroups.contains { notice.contains($0) }
      || notice.hasPrefix("Channel ") && ["created", "changed"].contains { notice.contains($0) }
  }

  private static let phrasesOfGroups = [
    " created group «", " changed group title to «", " changed group photo", " removed group photo",
    " joined group by link from ", " joined group by request", " converted this group to a supergroup",
    " converted a basic group to this supergroup",
  ]

  /// The author of a name, behind which the bot stands that was called: `Rex via @gif`.
  private func author(_ written: String, at locator: Locator, into writer: RecordWriter) throws -> Author {
    var name = written[...]
    var isViaBot = false
    if let space = written.lastIndex(of: " ") {
      let bot = written[written.index(after: space)...]
      let isHandle = bot.utf8.dropFirst().allSatisfy { $0.isHandleByte }
      if bot.hasPrefix("@"), bot.utf8.count > 1, isHandle, written[..<space].hasSuffix(" via") {
        name = written[..<space].dropLast(4)
        isViaBot = true
      }
    }
    let account = try people.account(
      String(name).trimmingSpaces, in: chatNumber(), at: locator, into: writer)
    return account.map { .account($0, isViaBot: isViaBot) } ?? .nobody
  }

  /// What the chat is called, and the folder that tells it from others of its name. People name chats, and a name must not
  /// end as that of words that are not their author's.
  private var channelName: String {
    BorrowedWords.unmarked(
      [title, folder.isEmpty ? "" : "[\(folder)]"].filter { !$0.isEmpty }.joined(separator: " "))
  }

  private func chatNumber() -> Int {
    if let chat { return chat }
    let number = people.chat(folder: folder, title: title)
    chat = number
    return number
  }

  private func time(_ written: [UInt8]) -> ObservedTime? {
    let read = written.withUnsafeBufferPointer { TelegramTime.written($0) }
    return TimeText.plausible(read.map { clock?.assume($0) ?? $0 })
  }

  private func write(
    _ message: TelegramPageMessage, by account: AccountIndex, isViaBot: Bool, at locator: Locator,
    into writer: RecordWriter
  ) throws {
    let written = String(decoding: message.time, as: UTF8.self)
    guard let time = time(message.time) else {
      return setAside(message, .badTime, at: locator, written, into: writer)
    }
    let borrowed: BorrowedWords? = message.isForwarded ? .forwarded : isViaBot ? .viaBot : nil
    try writeCards(of: message, by: account, time, isOwn: borrowed == nil, at: locator, into: writer)
    let channel = writer.channel(channelName + (borrowed?.rawValue ?? ""))
    if let call = message.media.first(where: { $0.kind == .call }) {
      let other = try people.account(call.title, in: chatNumber(), at: locator, into: writer)
      return try writer.record(
        .call, account: account, other: other == account ? .none : other ?? .none, channel: channel,
        time: time,
        writtenTime: written, text: ["call", call.status].filter { !$0.isEmpty }.joined(separator: ", "),
        at: locator)
    }
    if borrowed == nil { try writer.textLinks(message.links, of: account, at: locator) }
    setAsideParts(of: message, at: locator, into: writer)
    try message.text.bytes.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: written, text: $0, at: locator)
    }
  }

  private static let borrowedCard = SetAsideReason(
    "borrowed-card", "is a contact card in words that are not the sender's", isFault: false)

  private func writeCards(
    of message: TelegramPageMessage, by account: AccountIndex, _ time: ObservedTime, isOwn: Bool,
    at locator: Locator, into writer: RecordWriter
  ) throws {
    for card in message.media where card.kind == .contact {
      guard isOwn else {
        writer.setAside(.contact, Self.borrowedCard, at: locator, detail: card.title)
        continue
      }
      let phone = card.status.hasSuffix(" - vCard") ? String(card.status.dropLast(8)) : card.status
      guard
        let other = try writer.telegramPerson(
          id: "", phone: phone, name: card.title, time, &memory, at: locator)
      else {
        writer.setAside(.contact, .noAuthor, at: locator, detail: "a card without a telephone number")
        continue
      }
      try writer.record(
        .contact, account: account, other: other, time: time, text: "contact card: \(card.title)", at: locator
      )
    }
  }

  private static let signature = SetAsideReason(
    "signature", "says which of a channel's people wrote a message", isFault: false)

  /// Counts what a message holds beside its text.
  private func setAsideParts(
    of message: TelegramPageMessage, at locator: Locator, into writer: RecordWriter
  ) {
    for part in message.media where part.kind == .file {
      writer.setAside("attachment", .media, at: locator, detail: part.title)
    }
    for reaction in message.reactions {
      writer.setAside(
        "reaction", .reaction, at: locator, detail: reaction.sign,
        count: max(reaction.count, reaction.shown, 1))
    }
    if message.isSigned { writer.setAside("signature", Self.signature, at: locator) }
  }

  /// Sets a message aside with the contact cards in it.
  private func setAside(
    _ message: TelegramPageMessage, _ reason: SetAsideReason, at locator: Locator, _ detail: String = "",
    into writer: RecordWriter
  ) {
    writer.setAside(message.recordClass, reason, at: locator, detail: detail)
    for card in message.media where card.kind == .contact {
      writer.setAside(.contact, reason, at: locator, detail: card.title)
    }
  }

  /// Sets aside a message that is not whole.
  func broken(
    _ message: TelegramPageMessage, _ reason: SetAsideReason, at locator: Locator, into writer: RecordWriter
  ) {
    author = .unknown
    if message.isDate { return writer.setAside(JSONPass.fileUnit, reason, at: locator) }
    setAside(message, reason, at: locator, into: writer)
  }
}

extension UInt8 {
  fileprivate var isHandleByte: Bool {
    (0x61...0x7A).contains(self | 0x20) || isDigit || self == UInt8(ascii: "_")
  }
}
