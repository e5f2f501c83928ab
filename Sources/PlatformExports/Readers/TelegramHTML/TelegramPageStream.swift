internal import AccountModel

/// Finds the messages of a chat, the entries of a list and the owner's details in the tags of a page.
///
///     <div class="message default clearfix" id="message7"> … <div class="body">
///       <div class="pull_right date details" title="26.05.2021 18:03:43 UTC+01:00">18:03</div>
///       <div class="from_name">Rex</div> <div class="text">hello</div> </div> </div>
///
/// A message or entry ends with its element. One in which another begins, or the page ends, is not whole and is set
/// aside.
final class TelegramPageStream: HTMLTokenHandler {
  private let records: TelegramHTMLRecords
  private let writer: RecordWriter
  private let member: UInt32
  private let limit: Int
  private var open = OpenElements<TelegramPagePart>()
  private var message: TelegramPageMessage?
  private var entry: TelegramPageEntry?
  /// Open elements before the message or entry at hand.
  private var root = 0
  private var words = HTMLWords()
  private var field = HTMLWords()
  private var link: TextLink.Opening?
  private var rows: [(label: String, value: String)] = []
  private var detailsStart: UInt64?
  private var label = ""
  private var value = ""
  private var isOpen = false
  private var isClosed = false
  private(set) var repairs = TextRepairs()
  /// Whether anything of an export's page was found.
  private(set) var isOfTelegram = false

  /// - Parameter limit: bytes of one message.
  init(_ records: TelegramHTMLRecords, _ writer: RecordWriter, member: UInt32, limit: Int) {
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
      if !isCut, fits(raw.count) { words.append(raw, keepsLines: false, keepsSpaces: true) }
    case .body where message?.isService == true: addField(raw, isCut: isCut)
    case .some(let part) where part.isField: addField(raw, isCut: isCut)
    default: break
    }
  }

  /// Whether a message has room for so many bytes more; one that has none is too large.
  private func fits(_ count: Int) -> Bool {
    let length = (message?.text.bytes.count ?? 0) + words.bytes.count
    if length + count <= limit { return true }
    message?.isTooLarge = true
    return false
  }

  private func addField(_ raw: UnsafeBufferPointer<UInt8>, isCut: Bool) {
    if !field.append(field: raw, isCut: isCut) { message?.isTooLarge = true }
  }

  func tag(_ tag: HTMLTag) throws {
    if tag.isNamed("html") {
      if tag.isEnd { isClosed = true } else { isOpen = true }
    }
    if tag.isNamed("br") {
      switch open.part {
      case .text, .quote: if fits(1) { words.typeBreak() }
      case .none: break
      default: if !field.isEmpty, field.bytes.count < HTMLWords.fieldLimit { field.typeBreak() }
      }
      return
    }
    if tag.isVoid { return countPicture(tag) }
    if tag.isEnd { try close(tag) } else { try begin(tag) }
  }

  private func countPicture(_ tag: HTMLTag) {
    if open.part == .reactions, tag.hasClass("userpic") { addShown() }
  }

  private func addShown() {
    guard let last = message?.reactions.indices.last else { return }
    message?.reactions[last].shown += 1
  }

  // MARK: Elements that begin

  private func begin(_ tag: HTMLTag) throws {
    guard open.hasRoom() else { return }
    let outer = open.part ?? .page
    let part = try part(of: tag, in: outer)
    open.begin(tag, part, in: outer)
    if part != outer, part.isField || part == .body { field.removeAll() }
  }

  private func part(of tag: HTMLTag, in outer: TelegramPagePart) throws -> TelegramPagePart {
    if tag.isNamed("div"), tag.hasClass("message") {
      try beginMessage(tag)
      return .message
    }
    if outer == .skipped { return .skipped }
    if message != nil { return partOfMessage(tag, in: outer) }
    if tag.hasClass("entry") {
      try breakOff()
      isOfTelegram = true
      entry = TelegramPageEntry(offset: tag.offset)
      entry?.address = HTMLWords.decoded(tag.link)
      root = open.count
      return .entry
    }
    if entry != nil { return partOfEntry(tag, in: outer) }
    return partOfPage(tag, in: outer)
  }

  private func partOfPage(_ tag: HTMLTag, in outer: TelegramPagePart) -> TelegramPagePart {
    switch outer {
    case .page where tag.hasClass("page_header"): return .header
    case .header where tag.hasClass("text"): return .title
    case .page where tag.hasClass("personal_info"):
      isOfTelegram = true
      detailsStart = tag.offset
      return .details
    case .details where tag.hasClass("userpic_wrap"): return .skipped
    case .details where tag.hasClass("row"): return .row
    case .row where tag.hasClass("label"): return .label
    case .row where tag.hasClass("value"): return .value
    default: return outer
    }
  }

  private func partOfEntry(_ tag: HTMLTag, in outer: TelegramPagePart) -> TelegramPagePart {
    guard outer == .entry else { return outer }
    let title = HTMLWords.decoded(tag.title)
    if tag.hasClass("initials"), title.hasPrefix("ID: ") { entry?.id = String(title.dropFirst(4)) }
    if tag.hasClass("initials") || tag.hasClass("text") { return .skipped }
    if tag.hasClass("info") { return .info }
    if tag.hasClass("name") { return .entryName }
    if tag.hasClass("subname") { return .subname }
    return tag.hasClass("details_entry") ? .detail : .entry
  }

  private func partOfMessage(_ tag: HTMLTag, in outer: TelegramPagePart) -> TelegramPagePart {
    switch outer {
    case .message, .body, .forwarded: return partOfBody(tag, in: outer)
    case .text, .quote:
      if tag.hasClass("media_wrap") { return beginMedia() }
      // An article's words for what it does not show, and its former wording.
      if tag.hasClass("rich_fallback") || tag.hasClass("rich_inline_fallback")
        || tag.hasClass("rich_diff_previous")
      {
        return .skipped
      }
      if outer == .text, tag.isNamed("blockquote") || tag.isNamed("aside") {
        endPassage(isQuote: false)
        return .quote
      }
      if tag.isNamed("a") { link = TextLink.Opening(tag, in: words) }
      if tag.isBlock { words.endLine() }
      return outer
    case .media:
      guard let last = message?.media.indices.last else { return outer }
      if tag.hasClass("media_call") { message?.media[last].kind = .call }
      if tag.hasClass("media_contact") { message?.media[last].kind = .contact }
      if tag.hasClass("title") || tag.hasClass("question") { return .mediaTitle }
      return tag.hasClass("status") ? .mediaStatus : .media
    case .reactions:
      if tag.hasClass("reaction") { message?.add(TelegramPageMessage.Reaction()) }
      if tag.hasClass("userpic") {
        addShown()
        return .skipped
      }
      if tag.hasClass("emoji") { return .sign }
      return tag.hasClass("count") ? .count : .reactions
    // A second name, or the time of what was forwarded.
    case .name: return tag.hasClass("date") ? .skipped : .name
    default: return outer
    }
  }

  private func partOfBody(_ tag: HTMLTag, in outer: TelegramPagePart) -> TelegramPagePart {
    if tag.hasClass("userpic_wrap") || tag.hasClass("reply_to") || tag.hasClass("bot_buttons_table") {
      return .skipped
    }
    if tag.hasClass("date") {
      if outer == .body, message?.time.isEmpty == true { message?.time = tag.title }
      return .skipped
    }
    // Who wrote what was forwarded is not who sent it.
    if tag.hasClass("from_name") { return outer == .forwarded ? .skipped : .name }
    if tag.hasClass("forwarded") {
      message?.isForwarded = true
      return .forwarded
    }
    if tag.hasClass("media_wrap") { return beginMedia() }
    if tag.hasClass("text") {
      words.removeAll()
      return .text
    }
    if tag.hasClass("signature") {
      message?.isSigned = true
      return .skipped
    }
    if tag.hasClass("reactions") { return .reactions }
    return outer == .message ? .body : outer
  }

  private func beginMedia() -> TelegramPagePart {
    message?.add(TelegramPageMessage.Media())
    return .media
  }

  private func beginMessage(_ tag: HTMLTag) throws {
    try breakOff()
    isOfTelegram = true
    var next = TelegramPageMessage(offset: tag.offset)
    next.isService = tag.hasClass("service")
    next.isJoined = tag.hasClass("joined")
    if tag.id.starts(with: "message".utf8) { next.number = Array(tag.id.dropFirst(7)) }
    message = next
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
    if element.isFirst { try end(element.part, at: tag.end) }
    if element.part == .text || element.part == .quote {
      // A link in a quotation is another's.
      if tag.isNamed("a") { if element.part == .text { endLink() } else { link = nil } }
      if tag.isBlock { words.endLine() }
    }
    if message != nil || entry != nil, open.count <= root { try finish(at: tag.end) }
  }

  private func end(_ part: TelegramPagePart, at end: UInt64) throws {
    switch part {
    case .title: records.begin(title: string(), into: writer)
    case .label: label = string()
    case .value: value = string()
    case .row:
      rows.append((label, value))
      (label, value) = ("", "")
    case .details:
      if let start = detailsStart { try records.owner(rows, at: place(start, end), into: writer) }
      (rows, detailsStart) = ([], nil)
    case .name: if message?.name == nil { message?.name = string() }
    case .body: if message?.isService == true { message?.notice = string() }
    case .text: endPassage(isQuote: false)
    case .quote: endPassage(isQuote: true)
    case .mediaTitle: if let last = message?.media.indices.last { message?.media[last].title = string() }
    case .mediaStatus: if let last = message?.media.indices.last { message?.media[last].status = string() }
    case .sign: if let last = message?.reactions.indices.last { message?.reactions[last].sign = string() }
    case .count:
      if let last = message?.reactions.indices.last { message?.reactions[last].count = Int(string()) ?? 0 }
    case .entryName: entry?.name = string()
    case .subname: entry?.subname = string()
    case .info: entry?.info = string()
    case .detail: if entry?.details.count ?? 0 < 16 { entry?.details.append(string()) }
    default: break
    }
  }

  private func finish(at end: UInt64) throws {
    if var message {
      self.message = nil
      message.text.trimEnd()
      try records.message(message, at: place(message.offset, end), into: writer)
    }
    if let entry {
      self.entry = nil
      try records.entry(entry, at: place(entry.offset, end), into: writer)
    }
  }

  /// Sets aside what another begins in.
  private func breakOff() throws {
    if let message {
      self.message = nil
      records.broken(message, .malformed, at: place(message.offset, message.offset), into: writer)
    }
    if let entry {
      self.entry = nil
      records.broken(.malformed, at: place(entry.offset, entry.offset), into: writer)
    }
  }

  /// Sets aside what the end of the page leaves unfinished.
  ///
  /// - Parameter endsOutside: whether the page ends behind a tag.
  func finish(endsOutside: Bool) {
    if let message {
      records.broken(message, .truncated, at: place(message.offset, message.offset), into: writer)
    } else if let entry {
      records.broken(.truncated, at: place(entry.offset, entry.offset), into: writer)
    } else if let start = detailsStart {
      writer.setAside(.profile, .truncated, at: place(start, start))
    } else if !endsOutside || isOpen && !isClosed {
      writer.setAside(JSONPass.fileUnit, .truncated, at: nil)
    } else if !isOfTelegram, !records.hasTitle {
      writer.setAside(JSONPass.fileUnit, .malformed, at: nil, detail: "no page of an export")
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
    defer { link = nil }
    guard let link, let ended = TextLink(link, in: words) else { return }
    if ended.shown.hasPrefix("@"), ended.address.hasSuffix("/" + ended.shown.dropFirst()) { return }
    message?.add(ended)
  }

  private func string() -> String { repairs.take(&field) }

  private func place(_ start: UInt64, _ end: UInt64) -> Locator {
    Locator(member: member, from: start, to: end)
  }
}
