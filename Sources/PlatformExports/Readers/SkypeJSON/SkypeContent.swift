/// What the content of a message says: text, quotations, and the cards, files and calls that are written into it.
///
///     <quote author="rex" authorname="Rex" timestamp="1"><legacyquote>[1] Rex: </legacyquote>his words
///     <legacyquote>&lt;&lt;&lt; </legacyquote></quote>mine <ss type="smile">:)</ss>
///
/// A quotation gets `> ` before each of its lines. Of bold and the like the signs are kept that were typed for it.
struct SkypeContent {
  /// A file, picture or the like.
  struct Attachment {
    var sort = ""
    var name = ""
  }

  /// Somebody whose card was sent.
  struct Card {
    /// A name of Skype's without its prefix; empty where the card has a number.
    let handle: String
    let phone: String
    let name: String
  }

  /// Who takes part in a call.
  struct Participant {
    let identity: String
    var name = ""
    /// As written, in seconds.
    var duration = ""
  }

  private(set) var text = QuotingText()
  /// Addresses of links whose words are others.
  private(set) var links: [String] = []
  private(set) var attachments: [Attachment] = []
  private(set) var cards: [Card] = []
  /// Cards in quotations, which somebody else sent.
  private(set) var quotedCards = 0
  private(set) var participants: [Participant] = []
  /// How far a call is: `started`, `ended`, `missed`; empty where it is no call or does not say.
  private(set) var state = ""
  private(set) var replaced = 0

  private var words = HTMLWords()
  /// Open elements whose words are no text of the author's.
  private var hidden: [String] = []
  private var quotes = 0
  private var typed: [(name: String, end: String)] = []
  private var link: (address: String, start: Int)?
  private var captured: [UInt8]?
  private var isEdited = false

  /// - Parameter isPage: whether line ends of the source are none, as in HTML.
  init(_ bytes: UnsafeBufferPointer<UInt8>, isPage: Bool) {
    var position = 0
    while position < bytes.count {
      var end = position
      while end < bytes.count, bytes[end] != UInt8(ascii: "<") { end += 1 }
      if end == position, let tag = SkypeMarkup(bytes, at: position) {
        if tag.isEnd { close(tag) } else { open(tag, isPage: isPage) }
        position += tag.length
        continue
      }
      // `<3` is text.
      let stop = max(end, position + 1)
      add(UnsafeBufferPointer(rebasing: bytes[position..<stop]), isPage: isPage)
      position = stop
    }
    flush(isQuote: quotes > 0)
    if isPage { text.trimEnd() }
    if isEdited { text.drop(prefix: "Edited previous message: ") }
  }

  private var isHidden: Bool { hidden.last.map { $0 != "body" } ?? false }

  private mutating func add(_ raw: UnsafeBufferPointer<UInt8>, isPage: Bool) {
    if captured != nil { captured?.append(contentsOf: raw) }
    guard !isHidden else { return }
    words.append(raw, keepsLines: !isPage, keepsSpaces: true)
  }

  private mutating func add(_ typed: String) {
    guard !isHidden else { return }
    for byte in typed.utf8 { words.type(byte) }
  }

  private mutating func flush(isQuote: Bool) {
    let passage = words
    words = HTMLWords()
    replaced += passage.replaced
    link = nil
    text.append(passage, isQuote: isQuote)
  }

  /// Elements within each other that are told apart; Skype writes two.
  private static let depthLimit = 64

  /// Elements of whose words the author wrote none.
  private static let covers: Set<String> = [
    "legacyquote", "uriobject", "contacts", "partlist", "sms", "location", "files", "untilnext",
    "videomessage",
  ]
  private static let blocks: Set<String> = [
    "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "table", "td", "th", "tr", "ul",
  ]

  private mutating func open(_ tag: SkypeMarkup, isPage: Bool) {
    switch tag.name {
    case "quote", "blockquote":
      if quotes == 0 { flush(isQuote: false) }
      if !tag.isEmpty { quotes += 1 }
    case "uriobject": attachments.append(Attachment(sort: tag.value("type")))
    case "location", "videomessage": attachments.append(Attachment(sort: tag.name))
    case "file" where hidden.last == "files":
      attachments.append(Attachment(sort: "file"))
      if !tag.isEmpty { captured = [] }
    case "originalname":
      if let last = attachments.indices.last { attachments[last].name = tag.value("v") }
    case "img":
      if tag.value("itemtype").hasSuffix("Emoji") {
        add(tag.value("alt"))
      } else {
        attachments.append(Attachment(sort: "image"))
      }
    case "emoji": add(tag.value("alt"))
    case "c" where hidden.last == "contacts": add(card: tag)
    case "partlist": state = tag.value("type")
    case "part" where hidden.last == "partlist":
      participants.append(Participant(identity: tag.value("identity")))
    case "name", "duration": if hidden.last == "partlist", !tag.isEmpty { captured = [] }
    case "br": if !isHidden { words.typeBreak() }
    case "a": if !isHidden { link = (tag.value("href"), words.bytes.count) }
    case "e_m": isEdited = true
    default: if isPage, Self.blocks.contains(tag.name), !isHidden { words.endLine() }
    }
    if !tag.isEmpty {
      let isCover = Self.covers.contains(tag.name) || tag.name == "body" && hidden.last == "sms"
      if isCover, hidden.count < Self.depthLimit { hidden.append(tag.name) }
      let end = tag.value("raw_post")
      if !end.isEmpty { typed.append((tag.name, end)) }
    }
    add(tag.value("raw_pre"))
  }

  private mutating func close(_ tag: SkypeMarkup) {
    if let last = typed.last, last.name == tag.name {
      typed.removeLast()
      add(last.end)
    }
    switch tag.name {
    case "quote", "blockquote":
      guard quotes > 0 else { break }
      quotes -= 1
      if quotes == 0 { flush(isQuote: true) }
      // What is covered in a quotation is so to its end at most.
      if let cover = hidden.lastIndex(of: "legacyquote") { hidden.removeSubrange(cover...) }
    case "name": if let last = participants.indices.last { participants[last].name = takeCaptured() }
    case "duration": if let last = participants.indices.last { participants[last].duration = takeCaptured() }
    case "file":
      if captured != nil, let last = attachments.indices.last { attachments[last].name = takeCaptured() }
    case "a": endLink()
    default: if Self.blocks.contains(tag.name), !isHidden, !words.isEmpty { words.endLine() }
    }
    if let match = hidden.lastIndex(of: tag.name) { hidden.removeSubrange(match...) }
  }

  private mutating func takeCaptured() -> String {
    guard let raw = captured else { return "" }
    captured = nil
    var words = HTMLWords()
    raw.withUnsafeBufferPointer { words.append($0, keepsLines: false) }
    words.trimEnd()
    return words.string
  }

  private mutating func endLink() {
    defer { link = nil }
    guard quotes == 0, let link,
      let ended = TextLink(address: link.address, shown: words.string(from: link.start))
    else { return }
    links.append(ended.address)
  }

  private mutating func add(card tag: SkypeMarkup) {
    if quotes > 0 {
      quotedCards += 1
      return
    }
    let name = [tag.value("f"), tag.value("d")].first { !$0.isEmpty } ?? ""
    cards.append(Card(handle: tag.value("s"), phone: tag.value("p"), name: name))
  }
}
