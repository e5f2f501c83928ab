internal import AccountModel

/// Finds the messages of a conversation in the tags of a page.
///
///     <div class=chatlog__message-group>
///       <div id=chatlog__message-container-103 class=chatlog__message-container data-message-id=103>
///         <span class=chatlog__author title=rex data-user-id=77>Rex T</span> <span class=chatlog__timestamp>…</span>
///         <div class="chatlog__content chatlog__markdown"><span class=chatlog__markdown-preserve>hello</span></div>
///       </div> … </div>
///
/// Only the first message of a group names its author. Before 2021 the group named it, and its messages were
/// `<div class="chatlog__message" id="message-103">`. A message ends with its element; one in which another begins, or the
/// page ends, is not whole and is set aside.
final class DiscordPageStream: HTMLTokenHandler {
  private let records: DiscordPageRecords
  private let writer: RecordWriter
  private let member: UInt32
  private let limit: Int
  private var open = OpenElements<DiscordPagePart>()
  private var message: DiscordPageMessage?
  private var author: DiscordPageMessage.Author?
  /// Open elements before the message at hand.
  private var root = 0
  private var words = HTMLWords()
  private var field = HTMLWords()
  private var link: TextLink.Opening?
  private var isOfDiscord = false
  private(set) var repairs = TextRepairs()

  /// - Parameter limit: bytes of one message.
  init(_ records: DiscordPageRecords, _ writer: RecordWriter, member: UInt32, limit: Int) {
    self.records = records
    self.writer = writer
    self.member = member
    self.limit = limit
  }

  // MARK: Pieces

  func text(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) throws {
    switch open.part {
    case .text, .quote:
      if isCut { message?.isTooLarge = true }
      if !isCut, fits(raw.count) { words.append(raw, keepsLines: true, keepsSpaces: true) }
    case .some(let part) where part.isField:
      if !field.append(field: raw, isCut: isCut) { message?.isTooLarge = true }
    default: break
    }
  }

  /// Whether a message has room for so many bytes more; one that has none is too large.
  private func fits(_ count: Int) -> Bool {
    if (message?.text.bytes.count ?? 0) + words.bytes.count + count <= limit { return true }
    message?.isTooLarge = true
    return false
  }

  func tag(_ tag: HTMLTag) throws {
    let part = open.part
    if tag.isNamed("br") {
      if part == .text || part == .quote, fits(1) { words.typeBreak() }
      return
    }
    if tag.isVoid {
      if tag.isNamed("img"), part == .text || part == .quote { emoji(tag) }
      return
    }
    if tag.isEnd { try close(tag) } else { try begin(tag) }
  }

  /// A picture that stands for a character; those of a server's own have a name.
  private func emoji(_ tag: HTMLTag) {
    let name = HTMLWords.decoded(tag.alternative)
    guard !name.isEmpty, fits(tag.alternative.count + 2) else { return }
    for byte in (name.utf8.allSatisfy { $0 < 0x80 } ? ":\(name):" : name).utf8 { words.type(byte) }
  }

  // MARK: Elements that begin

  private func begin(_ tag: HTMLTag) throws {
    guard open.hasRoom() else { return }
    let outer = open.part ?? .page
    let part = try part(of: tag, in: outer)
    open.begin(tag, part, in: outer)
    if part != outer, part.isField { field.removeAll() }
  }

  private func part(of tag: HTMLTag, in outer: DiscordPagePart) throws -> DiscordPagePart {
    if tag.hasClass("chatlog__message-group") {
      breakOff()
      isOfDiscord = true
      author = nil
      return .page
    }
    let isOld = tag.hasClass("chatlog__message") && tag.id.starts(with: "message-".utf8)
    if tag.isNamed("div"), isOld || tag.hasClass("chatlog__message-container") {
      begin(messageAt: tag)
      return .message
    }
    switch outer {
    case .skipped:
      // In the place of what a message answers, which has other marks where it was passed on itself.
      if DiscordPagePart.isForwardMarkOfReference(tag) { message?.isForwarded = true }
      return .skipped
    case .text, .quote: return partOfText(tag, in: outer)
    case .reactions:
      if tag.hasClass("chatlog__reaction") {
        message?.add(DiscordPageMessage.Reaction(sign: HTMLWords.decoded(tag.title)))
      }
      return tag.hasClass("chatlog__reaction-count") ? .count : .reactions
    case .page:
      if tag.hasClass("preamble__entry--small") { return .skipped }
      if tag.hasClass("preamble__entry") || tag.hasClass("info__guild-name")
        || tag.hasClass("info__channel-name")
      {
        return .entry
      }
      if tag.hasClass("postamble__entry") { return .ending }
    default: break
    }
    return partOfMessage(tag, in: outer)
  }

  private func partOfText(_ tag: HTMLTag, in outer: DiscordPagePart) -> DiscordPagePart {
    if tag.hasClass("chatlog__edited-timestamp") { return .skipped }
    if DiscordPagePart.isForwardMark(tag) { message?.isForwarded = true }
    if outer == .text, DiscordPagePart.isQuote(tag) {
      endPassage(isQuote: false)
      return .quote
    }
    if tag.isNamed("a") { link = TextLink.Opening(tag, in: words) }
    if tag.isBlock { words.endLine() }
    return outer
  }

  private func partOfMessage(_ tag: HTMLTag, in outer: DiscordPagePart) -> DiscordPagePart {
    if tag.isNamed("use"), tag.link.elementsEqual("#call-icon".utf8) { message?.isCall = true }
    if DiscordPagePart.isForwardMark(tag) { message?.isForwarded = true }
    if DiscordPagePart.isBotMark(tag), outer != .forwarded { author?.isBot = true }
    guard let part = DiscordPagePart.beginning(tag) else { return outer }
    switch part {
    case .author:
      // Who wrote what was forwarded is not who sent it.
      if outer == .forwarded { return .skipped }
      author = DiscordPageMessage.Author(id: tag.userID, fullName: tag.title)
    case .time:
      if outer == .forwarded { return .skipped }
      if message?.written.isEmpty == true { message?.written = HTMLWords.decoded(tag.title) }
    case .text:
      guard message != nil else { return .skipped }
      words.removeAll()
    case .forwarded: message?.isForwarded = true
    case .notice: message?.isNotice = true
    default:
      if DiscordPagePart.isEmbed(tag) { message?.embeds += 1 }
      if DiscordPagePart.isAttachment(tag) { message?.attachments += 1 }
    }
    return part
  }

  private func begin(messageAt tag: HTMLTag) {
    breakOff()
    isOfDiscord = true
    let id = tag.id.lastIndex(of: UInt8(ascii: "-")).map { Array(tag.id[($0 + 1)...]) } ?? []
    message = DiscordPageMessage(offset: tag.offset, id: id)
    words.removeAll()
    link = nil
    root = open.count
  }

  // MARK: Elements that end

  private func close(_ tag: HTMLTag) throws {
    for _ in 0..<open.ended(by: tag) { try pop(tag) }
  }

  private func pop(_ tag: HTMLTag) throws {
    guard let element = open.end() else { return }
    if element.isFirst { end(element.part) }
    if element.part == .text || element.part == .quote {
      if tag.isNamed("a") { if element.part == .text { endLink() } else { link = nil } }
      if tag.isBlock, !element.isFirst { words.endLine() }
    }
    if message != nil, open.count <= root { try finishMessage(at: tag.end) }
  }

  private func end(_ part: DiscordPagePart) {
    switch part {
    case .entry: records.entry(string())
    case .ending: records.ending(string())
    case .author: author?.shown = string()
    case .time:
      let written = string()
      if message?.written.isEmpty == true { message?.written = written }
    case .notice: message?.notice = string()
    case .text: endPassage(isQuote: false)
    case .quote: endPassage(isQuote: true)
    case .count:
      if let last = message?.reactions.indices.last { message?.reactions[last].count = Int(string()) ?? 0 }
    default: break
    }
  }

  private func finishMessage(at end: UInt64) throws {
    guard var message else { return }
    self.message = nil
    message.text.trimEnd()
    try records.message(message, by: author, at: place(message.offset, end), into: writer)
  }

  /// Sets aside what another begins in.
  private func breakOff() {
    guard let message else { return }
    self.message = nil
    records.broken(message, .malformed, at: place(message.offset, message.offset), into: writer)
  }

  /// Sets aside what the end of the page leaves unfinished.
  ///
  /// - Parameter endsOutside: whether the page ends behind a tag.
  func finish(endsOutside: Bool) {
    if let message {
      records.broken(message, .truncated, at: place(message.offset, message.offset), into: writer)
      // Newer versions leave out the ends of these.
    } else if !endsOutside || !open.areAll(named: ["html", "head", "body"]) {
      writer.setAside(JSONPass.fileUnit, .truncated, at: nil)
    } else if !isOfDiscord, !records.hasEnding {
      writer.setAside(JSONPass.fileUnit, .truncated, at: nil)
    }
  }

  // MARK: Words

  private func endPassage(isQuote: Bool) {
    message?.text.append(words, isQuote: isQuote)
    repairs.add(words)
    words = HTMLWords()
    link = nil
  }

  private func endLink() {
    if let link, let ended = TextLink(link, in: words) { message?.add(ended) }
    link = nil
  }

  private func string() -> String { repairs.take(&field).trimmingSpaces }

  private func place(_ start: UInt64, _ end: UInt64) -> Locator {
    Locator(member: member, from: start, to: end)
  }
}
