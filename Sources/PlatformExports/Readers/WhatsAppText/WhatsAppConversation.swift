internal import AccountModel
internal import Columns

/// One exported chat on its way into the writer: header lines open an entry, other lines continue it.
final class WhatsAppConversation {
  private let layout: WhatsAppLayout
  private let order: ReaderOptions.DateOrder
  private let isOrderGiven: Bool
  private let latest: Int64
  private let clock: ZonedClock?
  private let channel: ChannelIndex
  private var chat: WhatsAppChatName?
  private let place: String
  private let member: UInt32
  private let limit: Int

  /// Header lines that are no messages: system lines, declared links, and a cut last line.
  private(set) var otherHeaders = 0

  private var open: OpenMessage?
  /// What lines belong to that continue no message.
  private var passing = Passing.nothing
  private var text: [UInt8] = []
  /// The time of the last line, in a file with two-digit years.
  private var previous: Int64?
  private var hasNotedChange = false
  /// The first date of a year that another calendar than the Gregorian one has.
  private var otherCalendar: String?

  private enum Passing {
    case nothing
    /// A message that was set aside and counted.
    case setAside
    /// A line of the platform's, which has one line only.
    case system
  }

  /// What is known of the bytes before a line's first `: `, by their token; names repeat on every line.
  private struct Name {
    let number: Int
    var account: AccountIndex?
    /// Whether one of the phrases stands in it that a quotation follows.
    let mayQuote: Bool
  }

  private var nameTokens = Interner()
  private var names: [Name] = []
  /// The names that have written.
  private var writers: Set<String> = []

  private func name(_ head: UnsafeBufferPointer<UInt8>) -> Name {
    let number = Int(nameTokens.intern(head).raw)
    if number == names.count {
      let text = String(decoding: head, as: UTF8.self)
      names.append(
        Name(number: number, account: nil, mayQuote: WhatsAppSystemText.holdsQuotingPhrase(text)))
    }
    return names[number]
  }

  private struct OpenMessage {
    var account: AccountIndex
    /// Of a line that is the platform's unless another follows: who it stands under, and what it says.
    var marked: (head: [UInt8], text: String)?
    var time: ObservedTime
    var written: String
    var locator: Locator
    var end: UInt64
    var isTooLarge = false
  }

  static let numberUntold = SetAsideReason(
    "number-change-untold", "says that a number changed without naming both", isFault: false)
  static let noSpaceAfterColon = SetAsideReason(
    "no-space-after-colon", "has a colon without the space that ends a sender's name", isFault: true)
  static let behindSystem = SetAsideReason(
    "behind-system-line", "follows a line of the platform's, which no member continues", isFault: true)

  init(
    layout: WhatsAppLayout, order: ReaderOptions.DateOrder, isOrderGiven: Bool, latest: Int64,
    clock: ZonedClock?, channel: ChannelIndex, chat: WhatsAppChatName?, place: String, member: UInt32,
    limit: Int
  ) {
    self.layout = layout
    self.order = order
    self.isOrderGiven = isOrderGiven
    self.latest = latest
    self.clock = clock
    self.channel = channel
    self.chat = chat
    self.place = place
    self.member = member
    self.limit = limit
  }

  /// Takes the next line.
  func take(_ line: TextLine, _ writer: RecordWriter) throws {
    let locator = Locator(
      member: member, offset: line.offset, length: UInt32(clamping: line.bytes.count), line: line.number)
    if line.isCut {
      try close(writer)
      writer.setAside(.message, .tooLarge, at: locator)
      passing = .setAside
      return
    }
    switch WhatsAppHeader.scan(line.bytes, as: layout) {
    case .header(let header) where header.layout == layout:
      try close(writer)
      try begin(header, line, locator, writer)
    case .unfinished where !line.isTerminated && !line.bytes.isEmpty:
      setAsideCut(line, locator, writer)
    default: try continuation(line, locator, writer)
    }
  }

  /// Ends the chat.
  func finish(_ writer: RecordWriter) throws {
    try close(writer)
    if writers.isEmpty, let otherCalendar {
      throw WhatsAppDateEvidence.otherCalendar(written: otherCalendar, place: place)
    }
    clock?.report(to: writer)
  }

  private func begin(
    _ header: WhatsAppHeader, _ line: TextLine, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    passing = .setAside
    let written = WhatsAppText.written(header, line.bytes)
    if WhatsAppDateEvidence.contradicts(header, order, given: isOrderGiven) {
      throw WhatsAppDateEvidence.inconsistent(
        order, given: isOrderGiven, line: line.number, written: written, place: place)
    }
    if layout.yearDigits == 2, !isOrderGiven, let wall = header.wall(order) {
      if WhatsAppDateEvidence.isImpossible(wall, after: previous, latest: latest) {
        throw WhatsAppDateEvidence.impossible(order, line: line.number, written: written, place: place)
      }
      previous = wall
    }
    let body = UnsafeBufferPointer(rebasing: line.bytes[header.body...])
    guard let first = Self.colon(in: body) else {
      try systemLine(body, header, line, written, locator, writer)
      return
    }
    let colon = chat?.noticeColon(in: body, behind: first) ?? first
    let headBytes = UnsafeBufferPointer(rebasing: body[..<colon])
    let after = UnsafeBufferPointer(rebasing: body[(colon + 2)...])
    let name = self.name(headBytes)
    if name.mayQuote {
      let head = String(decoding: headBytes, as: UTF8.self)
      let whole = String(decoding: body, as: UTF8.self)
      if !line.isTerminated || WhatsAppSystemText.isQuotation(head: head, whole: whole) {
        try systemLine(body, header, line, written, locator, writer)
        return
      }
    }
    let isMarked = DirectionMarks.length(after, at: 0) > 0
    if !line.isTerminated, isMarked || after.count == ValidUTF8.unfinishedTail(after) {
      setAsideCut(line, locator, writer)
      return
    }
    guard let time = time(header) else {
      if WhatsAppDateEvidence.isOfOtherCalendar(header, order) { otherCalendar = otherCalendar ?? written }
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    if isMarked, let plain = marked(after, headBytes, locator, writer) {
      passing = .nothing
      // Should a line follow, somebody wrote it, whose name ends where one does.
      text = Array(body[(first + 2)...])
      open = OpenMessage(
        account: .none, marked: (Array(body[..<first]), plain), time: time, written: written,
        locator: locator,
        end: line.offset + UInt64(line.bytes.count))
      return
    }
    guard let account = try name.account ?? sender(headBytes, locator, writer) else {
      writer.setAside(
        .message, .noAuthor, at: locator, detail: String(decoding: body.prefix(200), as: UTF8.self))
      return
    }
    if name.account == nil {
      names[name.number].account = account
      writers.insert(DirectionMarks.stripped(headBytes))
      writer.countRepair(of: headBytes)
    }
    passing = .nothing
    text.removeAll(keepingCapacity: true)
    var kept = after.count
    if !line.isTerminated {
      kept -= ValidUTF8.unfinishedTail(after)
      noteUnterminated(locator, writer)
    }
    text.append(contentsOf: after[..<kept])
    open = OpenMessage(
      account: account, time: time, written: written, locator: locator,
      end: line.offset + UInt64(line.bytes.count))
  }

  /// Where the `: ` stands that ends the sender's name.
  static func colon(in body: UnsafeBufferPointer<UInt8>) -> Int? {
    var position = 0
    while position + 1 < body.count {
      if body[position] == UInt8(ascii: ":"), body[position + 1] == 0x20 { return position }
      position += 1
    }
    return nil
  }

  private func time(_ header: WhatsAppHeader) -> ObservedTime? {
    guard let wall = header.wall(order) else { return nil }
    let time = ObservedTime(
      microseconds: wall, zone: .unknown, precision: header.layout.hasSeconds ? .second : .minute)
    guard time.isPlausible, header.layout.yearDigits == 4 || wall <= latest else { return nil }
    return clock?.assume(time) ?? time
  }

  // MARK: Lines

  private func continuation(_ line: TextLine, _ locator: Locator, _ writer: RecordWriter) throws {
    let isBlank = line.bytes.allSatisfy { $0 == 0x20 || $0 == 0x09 }
    guard var message = open else {
      if passing != .setAside, !isBlank {
        writer.setAside(
          "line", passing == .system ? Self.behindSystem : .beforeFirstHeader, at: locator,
          detail: String(decoding: line.bytes.prefix(200), as: UTF8.self))
      }
      return
    }
    if let marked = message.marked, !isBlank {
      // WhatsApp's own lines have one line: somebody wrote this one.
      message.marked = nil
      guard let account = try marked.head.withUnsafeBufferPointer({ try sender($0, message.locator, writer) })
      else {
        writer.setAside(.message, .noAuthor, at: message.locator, detail: marked.text)
        (open, passing) = (nil, .setAside)
        return
      }
      message.account = account
    }
    if !message.isTooLarge, text.count + line.bytes.count + 1 > limit {
      message.isTooLarge = true
      text.removeAll(keepingCapacity: false)
    }
    if !message.isTooLarge {
      var kept = line.bytes.count
      if !line.isTerminated {
        kept -= ValidUTF8.unfinishedTail(line.bytes)
        noteUnterminated(message.locator, writer)
      }
      text.append(0x0A)
      text.append(contentsOf: line.bytes[..<kept])
    }
    message.end = line.offset + UInt64(line.bytes.count)
    open = message
  }

  private func close(_ writer: RecordWriter) throws {
    passing = .nothing
    guard let message = open else { return }
    open = nil
    if let marked = message.marked {
      otherHeaders += 1
      if WhatsAppMarkedText.isOfGroup(marked.text) { writer.markAsGroup(channel) }
      let reason = WhatsAppNumberChange(marked.text) == nil ? SetAsideReason.system : Self.numberUntold
      writer.setAside("system-line", reason, at: message.locator, detail: marked.text)
      return
    }
    var locator = message.locator
    locator.length = UInt32(clamping: message.end - locator.offset)
    if message.isTooLarge {
      writer.setAside(.message, .tooLarge, at: locator)
      return
    }
    func write(_ bytes: UnsafeBufferPointer<UInt8>) throws {
      try writer.record(
        .message, account: message.account, channel: channel, time: message.time,
        writtenTime: message.written, text: bytes, at: locator)
    }
    try text.withUnsafeBufferPointer { bytes in
      if ValidUTF8.holds(bytes) { return try write(bytes) }
      var mended = writer.mended(bytes)
      try mended.withUTF8 { try write($0) }
    }
  }

  /// The text behind a mark, when it is the platform's as a whole. A change of number is reported under no
  /// name: it is kept as the message that it may be, and noted.
  private func marked(
    _ body: UnsafeBufferPointer<UInt8>, _ head: UnsafeBufferPointer<UInt8>, _ locator: Locator,
    _ writer: RecordWriter
  ) -> String? {
    let plain = DirectionMarks.stripped(body)
    if !hasNotedChange, case .link = WhatsAppNumberChange(plain) {
      hasNotedChange = true
      writer.note(
        "\(place): line \(locator.line) says under a name that a number changed. Anybody can write such a "
          + "line, so that it is kept as a message and no accounts are linked by it.")
    }
    let isSystem = WhatsAppMarkedText.isSystem(plain, sender: DirectionMarks.stripped(head)) {
      writers.contains($0)
    }
    return isSystem ? plain : nil
  }

  private func systemLine(
    _ body: UnsafeBufferPointer<UInt8>, _ header: WhatsAppHeader, _ line: TextLine, _ written: String,
    _ locator: Locator, _ writer: RecordWriter
  ) throws {
    guard line.isTerminated else { return setAsideCut(line, locator, writer) }
    let plain = DirectionMarks.stripped(UnsafeBufferPointer(rebasing: body.prefix(4000)))
    if Self.colon(in: body) == nil, Self.holdsOddColon(plain), !WhatsAppSystemText.holdsQuotingPhrase(plain) {
      writer.setAside(.message, Self.noSpaceAfterColon, at: locator, detail: plain)
      return
    }
    otherHeaders += 1
    passing = .system
    if WhatsAppMarkedText.isOfGroup(plain) { writer.markAsGroup(channel) }
    switch WhatsAppNumberChange(plain) {
    case .link(let old, let new, let saved):
      guard let time = time(header) else {
        writer.setAside(.declaredLink, .badTime, at: locator, detail: plain)
        return
      }
      let account = try number(old, locator, writer)
      let other = try number(new, locator, writer)
      if let saved {
        try writer.identifier(
          account, .displayName, saved, label: "saved-name", assertion: .user, time: time, at: locator)
      }
      // Nothing tells the platform's line from one that somebody typed behind a line break.
      try writer.record(
        .declaredLink, account: account, other: other, assertion: .claimed, readsAsPlatform: true,
        channel: channel, time: time, writtenTime: written, text: plain, at: locator)
    case .untold: writer.setAside("system-line", Self.numberUntold, at: locator, detail: plain)
    case nil: writer.setAside("system-line", .system, at: locator, detail: plain)
    }
  }

  /// A colon that could end a name but has no space behind it: `John Doe:.`, not `10:30` or `https://`.
  private static func holdsOddColon(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.indices.contains { position in
      guard bytes[position] == UInt8(ascii: ":"), position > 0 else { return false }
      guard position + 1 < bytes.count else { return true }
      let next = bytes[position + 1]
      return next != UInt8(ascii: "/") && !next.isDigit
    }
  }

  private func setAsideCut(_ line: TextLine, _ locator: Locator, _ writer: RecordWriter) {
    var bytes = [UInt8](line.bytes)
    bytes.append(0x0A)
    var counter = WhatsAppHeaderCount(layout)
    bytes.withUnsafeBufferPointer { counter.add($0) }
    otherHeaders += counter.count
    noteUnterminated(locator, writer, detail: String(decoding: line.bytes.prefix(200), as: UTF8.self))
  }

  private func noteUnterminated(_ locator: Locator, _ writer: RecordWriter, detail: String = "") {
    writer.setAside("unterminated", .unterminatedLine, at: locator, detail: detail)
    writer.note("\(place): the last line has no line end and may have been cut.")
  }

  // MARK: Senders

  /// The account of a sender's name as the exporting phone shows it; nil for an empty name.
  private func sender(
    _ head: UnsafeBufferPointer<UInt8>, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex? {
    let name = DirectionMarks.stripped(head)
    if name.isEmpty { return nil }
    if WhatsAppSystemText.isPhone(name) { return try number(name, locator, writer, role: .participant) }
    let known = writer.accounts.count
    let account = try writer.account(
      AccountKey(platform: .whatsapp, kind: .displayName, scope: .source, value: name), role: .participant,
      assertion: .user, at: locator)
    if writer.accounts.count > known, let first = name.first, first == "~" || first == "\u{223C}" {
      // The name that a person outside the phone's contacts gave themselves.
      try writer.identifier(
        account, .displayName, DirectionMarks.stripped(String(name.dropFirst())), label: "push-name",
        assertion: .user, at: locator)
    }
    return account
  }

  /// The account of a number; a side of a number change that is a saved name stays within this source.
  private func number(
    _ text: String, _ locator: Locator, _ writer: RecordWriter, role: AccountRole = .mentioned
  ) throws -> AccountIndex {
    let isPhone = WhatsAppSystemText.isPhone(text)
    return try writer.account(
      AccountKey(
        platform: .whatsapp, kind: isPhone ? .phone : .displayName, scope: isPhone ? .platform : .source,
        value: text),
      role: role, assertion: isPhone ? .platform : .user, at: locator)
  }
}
