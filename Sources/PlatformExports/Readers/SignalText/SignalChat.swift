internal import AccountModel

/// One chat on its way into the writer: heads open a message, other lines continue it.
final class SignalChat {
  private let writer: RecordWriter
  private let channel: ChannelIndex
  private let member: UInt32
  private let path: String
  private let limit: Int
  private let clock: ZonedClock?
  private let ownerPhone: String?

  /// Heads that are no messages: words of Signal, files that were sent, and a cut last line.
  private(set) var otherHeads = 0
  private var owner: AccountIndex?
  private var form: SignalHeader.Form?
  private var open: Open?
  private var text: [UInt8] = []
  /// Whether lines belong to a head that was set aside and counted, or is none of a message.
  private var isPassing = false

  private struct Open {
    let account: AccountIndex
    let time: ObservedTime
    let written: String
    var locator: Locator
    var end: UInt64
    var isTooLarge = false
    /// Whether its last line has no end.
    var isCut = false
  }

  /// What signal-export writes for a message that was taken back, and for a sender whom it does not find.
  private static let takenBack = "(This message was deleted)"
  private static let nobody = "No-Sender"

  init(
    _ writer: RecordWriter, channel: ChannelIndex, member: UInt32, path: String, limit: Int,
    clock: ZonedClock?,
    ownerPhone: String?
  ) {
    self.writer = writer
    self.channel = channel
    self.member = member
    self.path = path
    self.limit = limit
    self.clock = clock
    self.ownerPhone = ownerPhone
  }

  /// Takes the next line.
  func take(_ line: TextLine) throws {
    let locator = Locator(
      member: member, offset: line.offset, length: UInt32(clamping: line.bytes.count), line: line.number)
    if line.isCut {
      try close()
      writer.setAside("line", .tooLarge, at: locator)
      isPassing = true
      return
    }
    let head = SignalHeader.scan(line.bytes)
    if let head, form == nil || head.form == form {
      form = head.form
      try close()
      try begin(head, line, locator)
    } else if !line.isTerminated, line.bytes.first == UInt8(ascii: "[") {
      // It may be the beginning of a head.
      noteUnterminated(locator)
    } else {
      continuation(line, locator)
    }
  }

  /// Ends the chat.
  func finish() throws { try close() }

  private func begin(_ head: SignalHeader, _ line: TextLine, _ locator: Locator) throws {
    isPassing = true
    let words = Self.string(line.bytes.prefix(400))
    var body = UnsafeBufferPointer(rebasing: line.bytes[min(head.body, line.bytes.count)...])
    if head.name.isEmpty {
      otherHeads += 1
      let isFile = body.starts(with: "<".utf8)
      return writer.setAside(
        isFile ? "attachment" : "system-line", isFile ? .media : .system, at: locator, detail: words)
    }
    if !line.isTerminated {
      noteUnterminated(locator)
      body = UnsafeBufferPointer(rebasing: body.dropLast(ValidUTF8.unfinishedTail(body)))
      // A name may go on behind a colon that the cut left without a space.
      if body.isEmpty {
        otherHeads += SignalHeaderCount.isHead(Array(line.bytes.prefix(600))) ? 1 : 0
        return
      }
    }
    guard let time = head.time else { return writer.setAside(.message, .badTime, at: locator, detail: words) }
    let name = DirectionMarks.stripped(UnsafeBufferPointer(rebasing: line.bytes[head.name]))
    guard let account = try account(name, head, locator) else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: words)
    }
    isPassing = false
    text = Array(body)
    open = Open(
      account: account, time: clock?.assume(time) ?? time, written: Self.string(line.bytes[head.written]),
      locator: locator, end: line.offset + UInt64(line.bytes.count), isCut: !line.isTerminated)
  }

  private func account(_ name: String, _ head: SignalHeader, _ locator: Locator) throws -> AccountIndex? {
    if head.isOwner { return try ownAccount(locator) }
    if name.isEmpty || name == Self.nobody && head.form == .colon { return nil }
    let known = writer.accounts.count
    let account = try writer.account(
      AccountKey(platform: .signal, kind: .displayName, scope: .source, value: name), role: .participant,
      assertion: .user, at: locator)
    // Signal shows whatever somebody calls himself, and the programs write a number for few without a name or for nobody.
    if writer.accounts.count > known, WhatsAppSystemText.isPhone(name) {
      try writer.identifier(account, .phone, name, label: "shown-name", assertion: .claimed, at: locator)
    }
    return account
  }

  private func ownAccount(_ locator: Locator) throws -> AccountIndex {
    if let owner { return owner }
    let account = writer.ownAccount(&owner, .signal, at: locator)
    if let ownerPhone, !ownerPhone.isEmpty {
      try writer.name(
        account, AccountKey(platform: .signal, kind: .phone, scope: .platform, value: ownerPhone),
        assertion: .user,
        at: locator)
    }
    return account
  }

  private func continuation(_ line: TextLine, _ locator: Locator) {
    guard var message = open else {
      if !isPassing, !line.bytes.allSatisfy(\.isSpace) {
        writer.setAside("line", .beforeFirstHeader, at: locator, detail: Self.string(line.bytes.prefix(200)))
      }
      return
    }
    var kept = line.bytes.count
    if !line.isTerminated {
      kept -= ValidUTF8.unfinishedTail(line.bytes)
      noteUnterminated(locator)
    }
    if text.count + kept + 1 > limit {
      message.isTooLarge = true
      text.removeAll(keepingCapacity: false)
    }
    if !message.isTooLarge {
      text.append(0x0A)
      text.append(contentsOf: line.bytes[..<kept])
    }
    message.end = line.offset + UInt64(line.bytes.count)
    message.isCut = !line.isTerminated
    open = message
  }

  private func close() throws {
    isPassing = false
    guard let message = open else { return }
    open = nil
    var locator = message.locator
    locator.length = UInt32(clamping: message.end - locator.offset)
    if message.isTooLarge { return writer.setAside(.message, .tooLarge, at: locator) }
    var words = text.withUnsafeBufferPointer { writer.mended($0) }
    if form == .colon {
      var extras = SignalExtras()
      if message.isCut { words = SignalExtras.withoutBeginning(of: words) }
      words = extras.take(from: words)
      if message.isCut, words.isEmpty { return writer.setAside(.message, .unterminatedLine, at: locator) }
      if words == Self.takenBack { return writer.setAside(.message, .takenBack, at: locator) }
      if SignalExtras.isCall(words) {
        return writer.setAside(.message, .system, at: locator, detail: words)
      }
      // Of what Signal notes in a chat, a timer for one, the program keeps the time alone.
      if words.isEmpty, extras.attachments.isEmpty, extras.reactions.isEmpty {
        return writer.setAside(.message, .empty, at: locator)
      }
      for name in extras.attachments { writer.setAside("attachment", .media, at: locator, detail: name) }
      for sign in extras.reactions { writer.setAside("reaction", .reaction, at: locator, detail: sign) }
    } else {
      while words.last?.isNewline == true { words.removeLast() }
    }
    try writer.record(
      .message, account: message.account, channel: channel, time: message.time, writtenTime: message.written,
      text: words, at: locator)
  }

  private func noteUnterminated(_ locator: Locator) {
    writer.setAside("unterminated", .unterminatedLine, at: locator)
    writer.note("\(path): the last line has no line end and may have been cut.")
  }

  private static func string(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    String(decoding: bytes, as: UTF8.self)
  }
}
