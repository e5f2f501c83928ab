internal import AccountModel

/// A plain text on its way into the writer: heads open a message, other lines continue it.
final class DiscordTextChat {
  private let writer: RecordWriter
  private let dates: DiscordDates
  private let member: UInt32
  private let path: String
  private let limit: Int

  /// Calls, and heads that were cut.
  private(set) var calls = 0
  private(set) var cutHeads = 0
  private var people = DiscordPeople()
  private var guild = ""
  private var name = ""
  /// Lines of `=` around the head of the file so far.
  private var rules = 0
  /// A line of `=` behind it, which the foot follows, unless somebody typed it.
  private var heldRule: Locator?
  private var isBehindFoot = false
  private var messages = 0
  private var isBehindEmpty = false
  private var open: Open?
  private var text: [UInt8] = []
  private var hasText = false
  /// What a message holds beside its text begins with the name of a section.
  private var section = ""

  private struct Open {
    let author: String
    let written: String
    var locator: Locator
    var end: UInt64
    var isTooLarge = false
    /// Whether the file ends in it.
    var isCut = false
  }

  private static let sections: [String: (unit: String, reason: SetAsideReason)] = [
    "{Attachments}": ("attachment", .media), "{Stickers}": ("attachment", .media),
    "{Embed}": ("embed", .embed),
    "{Reactions}": ("reaction", .reaction), "{Forwarded Message}": ("forwarded", forwarded),
  ]
  /// Sections of words, which are one thing; of the others each line is one.
  private static let ofWords: Set<String> = ["{Embed}", "{Forwarded Message}"]
  private static let forwarded = SetAsideReason(
    "forwarded", "was passed on, and is not in the words of whoever did", isFault: false)

  init(_ writer: RecordWriter, _ dates: DiscordDates, member: UInt32, path: String, limit: Int) {
    self.writer = writer
    self.dates = dates
    self.member = member
    self.path = path
    self.limit = limit
  }

  /// Takes the next line.
  func take(_ line: TextLine) throws {
    let locator = Locator(
      member: member, offset: line.offset, length: UInt32(clamping: line.bytes.count), line: line.number)
    if line.isCut {
      writer.setAside("line", .tooLarge, at: locator)
      open?.isTooLarge = true
      return
    }
    let isBehindEmpty = isBehindEmpty
    self.isBehindEmpty = line.bytes.isEmpty
    if !line.isTerminated {
      writer.setAside("unterminated", .unterminatedLine, at: locator)
      writer.note("\(path): the last line has no line end and may have been cut.")
    }
    let isRule = DiscordTextCount.isRule(line.bytes)
    if rules < 2 {
      if isRule { rules += 1 } else { head(Self.string(line.bytes.prefix(2_000))) }
      return
    }
    if try takeFoot(line, isRule: isRule && isBehindEmpty, locator) { return }
    if isBehindEmpty, DiscordTextCount.isHead(Array(line.bytes.prefix(200))) {
      try close()
      if line.isTerminated { begin(line, locator) } else { cutHeads += 1 }
    } else {
      continuation(line.bytes, isBehindEmpty: isBehindEmpty, locator)
    }
  }

  /// Takes what the foot of the file is made of; false for any other line, behind which a line of `=` belongs to a message.
  private func takeFoot(_ line: TextLine, isRule: Bool, _ locator: Locator) throws -> Bool {
    if let rule = heldRule {
      heldRule = nil
      let words = Self.string(line.bytes.prefix(200))
      if words.hasPrefix("Exported "), words.hasSuffix(" message(s)") {
        try close()
        foot(words)
        isBehindFoot = true
        return true
      }
      let bytes = [UInt8](repeating: UInt8(ascii: "="), count: 62)
      bytes.withUnsafeBufferPointer { continuation($0, isBehindEmpty: false, rule) }
    }
    if isBehindFoot {
      isBehindFoot = false
      if DiscordTextCount.isRule(line.bytes) { return true }
    }
    if isRule, line.isTerminated { heldRule = locator }
    return isRule && line.isTerminated
  }

  /// Ends the text.
  func finish() throws {
    // Behind the last message stands the foot of the file.
    open?.isCut = true
    try close()
  }

  private func head(_ text: String) {
    if text.hasPrefix("Guild: "), guild.isEmpty { guild = String(text.dropFirst(7)) }
    if text.hasPrefix("Channel: "), name.isEmpty { name = String(text.dropFirst(9)) }
  }

  private func foot(_ text: String) {
    let digits = text.utf8.filter(\.isDigit)
    if digits.count <= 12, let declared = Int(String(decoding: digits, as: UTF8.self)), declared != messages {
      writer.note("\(path): says that it holds \(declared) messages and holds \(messages).")
    }
  }

  private func begin(_ line: TextLine, _ locator: Locator) {
    messages += 1
    text.removeAll(keepingCapacity: true)
    (section, hasText) = ("", false)
    let words = Self.string(line.bytes[...])
    guard let end = words.firstRange(ofBytes: "] ") else { return }
    var author = String(words[end.upperBound...])
    if author.hasSuffix(" (pinned)") { author.removeLast(9) }
    open = Open(
      author: DirectionMarks.stripped(author), written: String(words[..<end.lowerBound].dropFirst()),
      locator: locator,
      end: line.offset + UInt64(line.bytes.count))
  }

  private func continuation(
    _ line: UnsafeBufferPointer<UInt8>, isBehindEmpty: Bool, _ locator: Locator
  ) {
    guard var message = open else {
      if !line.allSatisfy(\.isSpace) {
        writer.setAside("line", .beforeFirstHeader, at: locator, detail: Self.string(line.prefix(200)))
      }
      return
    }
    message.end = locator.offset + UInt64(line.count)
    defer { open = message }
    if isBehindEmpty, line.first == UInt8(ascii: "{") {
      let name = Self.string(line.prefix(20))
      if let found = Self.sections[name] {
        section = name
        if Self.ofWords.contains(name) { writer.setAside(found.unit, found.reason, at: locator) }
        return
      }
    }
    if let found = Self.sections[section] {
      if !Self.ofWords.contains(section), !line.isEmpty {
        writer.setAside(found.unit, found.reason, at: locator, detail: Self.string(line.prefix(200)))
      }
      return
    }
    if text.count + line.count + 1 > limit { message.isTooLarge = true }
    if message.isTooLarge { return text.removeAll(keepingCapacity: false) }
    if hasText { text.append(0x0A) }
    text.append(contentsOf: line)
    hasText = true
  }

  private func close() throws {
    guard let message = open else { return }
    open = nil
    var locator = message.locator
    locator.length = UInt32(clamping: message.end - locator.offset)
    let words = String(text.withUnsafeBufferPointer { TableText.string($0) }.trimming(\.isNewline))
    let isCall = DiscordNotice.isCall(words)
    let unit: RecordClass = isCall ? .call : .message
    if isCall { calls += 1 }
    if message.isTooLarge { return writer.setAside(unit, .tooLarge, at: locator) }
    // What was cut may be the beginning of the program's own words.
    if message.isCut { return writer.setAside(unit, .truncated, at: locator) }
    text.withUnsafeBufferPointer { writer.countRepair(of: $0) }
    guard let time = dates.time(message.written) else {
      return writer.setAside(unit, .badTime, at: locator, detail: message.written)
    }
    // `Deleted User#0000` is everybody who was deleted.
    let (name, digits) = DiscordPeople.parts(of: message.author)
    if name.isEmpty || digits.isEmpty && NoValue.isNamed(by: name) {
      return writer.setAside(unit, .noAuthor, at: locator, detail: message.author)
    }
    if !isCall, DiscordNotice.isNotice(words) {
      return writer.setAside(.message, .system, at: locator, detail: words)
    }
    let account = try writer.account(
      AccountKey(platform: .discord, kind: .displayName, scope: .source, value: message.author),
      role: .participant,
      assertion: .user, at: locator)
    try people.claim(account, fullName: message.author, locator, into: writer)
    let channel = writer.channel(channelName)
    if DiscordPeople.isOfGroup(self.name, guild: guild) { writer.markAsGroup(channel) }
    try writer.record(
      unit, account: account, channel: channel, time: time, writtenTime: message.written,
      text: isCall ? "call" : words, at: locator)
  }

  private var channelName: String {
    let title = DiscordPeople.title(name, guild: guild, id: "")
    return title.isEmpty ? path : title
  }

  private static func string(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    TableText.string(UnsafeBufferPointer(rebasing: bytes))
  }
}
