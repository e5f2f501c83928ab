internal import AccountModel

/// Turns the lines of logs into accounts and records.
final class IRCRecords {
  static let platform = Platform("irc")

  /// Turns local times into instants, when the person said which zone they are of.
  private let clock: ZonedClock?
  /// Whether the source has one log only.
  private let isAlone: Bool
  private let limit: Int
  private var nicks = IRCNicks()
  private var times = IRCTimes(.znc, day: nil)
  private var channel = ChannelIndex.none
  private var member: UInt32 = 0
  private var path = ""
  /// Whether the program marks its own lines by arrows, so that a star is somebody's.
  private var hasArrows = false
  /// Texts that were no UTF-8.
  private var repaired = 0
  /// Lines of the log at hand that have the signs of a message and are none, as they were cut.
  private(set) var cutLines = 0
  /// Actions and notices of the log at hand that became messages.
  private(set) var unmarkedMessages = 0

  static let line = "line"
  static let systemLine = "system-line"
  static let notice = SetAsideReason(
    "notice", "is a notice of a server, a service or a program, or of somebody who wrote nothing else",
    isFault: false)
  static let sent = SetAsideReason(
    "sent", "was sent by whoever keeps the log, whom it does not name", isFault: false)
  static let ambiguous = SetAsideReason(
    "action-or-event", "is what somebody acted, or the program's own words: nothing tells the two apart",
    isFault: false)
  static let untold = SetAsideReason(
    "nick-untold", "says that whoever keeps the log changed nick, without the nick before", isFault: false)
  static let hostName = SetAsideReason(
    "host-name", "is the name of a host, or a mask, and no address", isFault: false)

  init(clock: ZonedClock?, isAlone: Bool, limit: Int) {
    self.clock = clock
    self.isAlone = isAlone
    self.limit = limit
  }

  /// Begins a log.
  func begin(_ times: IRCTimes, channel: ChannelIndex, member: UInt32, path: String) {
    if !times.follows(self.times) { nicks.reset() }
    self.times = times
    self.channel = channel
    self.member = member
    self.path = path
    (cutLines, unmarkedMessages, hasArrows) = (0, 0, false)
  }

  /// Notes what the logs left open.
  func finish(_ writer: RecordWriter) {
    clock?.report(to: writer)
    writer.setAsideRepairs(repaired: repaired)
    let shared = nicks.shared
    if shared > 0 {
      writer.note(
        "\(shared == 1 ? "1 nick was" : "\(shared) nicks were") borne by several, as changes of nick show: each of them is an "
          + "account of its own, named by where it begins")
    }
  }

  // MARK: Lines

  /// Takes the next line.
  func take(_ line: TextLine, _ writer: RecordWriter) throws {
    let locator = Locator(
      member: member, offset: line.offset, length: UInt32(clamping: line.bytes.count), line: line.number)
    if line.isCut { return writer.setAside(Self.line, .tooLarge, at: locator) }
    if line.bytes.allSatisfy(\.isSpace) { return }
    let place = IRCPlace(
      writer: writer, locator: locator, words: isAlone ? "line \(line.number)" : "\(path) line \(line.number)"
    )
    if !line.isTerminated {
      writer.setAside(
        "unterminated", .unterminatedLine, at: locator, detail: Self.words(line.bytes.prefix(200)))
      writer.note("\(path): the last line has no line end and may have been cut.")
      guard try takeLast(line.bytes, place) else {
        if IRCLogCount.isSaid(Array(line.bytes.prefix(400)), times.layout) { cutLines += 1 }
        return
      }
      return
    }
    if times.takeBanner(line.bytes) {
      if !IRCTimes.beginsDay(line.bytes) { nicks.reset() }
      return
    }
    switch times.stamp(line.bytes) {
    case .missing: writer.setAside(Self.line, .malformed, at: locator, detail: Self.words(line.bytes))
    case .unreadable(let reason, _):
      let isSaid = IRCLogCount.isSaid(Array(line.bytes.prefix(400)), times.layout)
      writer.setAside(
        isSaid ? RecordClass.message.name : Self.line, reason, at: locator, detail: Self.words(line.bytes))
    case .time(let time, let written, let body):
      let plain = IRCText.plain(UnsafeBufferPointer(rebasing: line.bytes[min(body, line.bytes.count)...]))
      try take(
        IRCBody(plain[...], times.layout), clock?.assume(time) ?? time,
        written: String(decoding: line.bytes[written], as: UTF8.self), plain, place)
    }
  }

  /// Takes a last line without an end, of which only what somebody said can be used: a nick or an address that was cut would
  /// be another's.
  private func takeLast(_ bytes: UnsafeBufferPointer<UInt8>, _ place: IRCPlace) throws -> Bool {
    let kept = IRCText.withoutCutColour(
      UnsafeBufferPointer(rebasing: bytes.dropLast(ValidUTF8.unfinishedTail(bytes))))
    guard case .time(let time, let written, let body) = times.stamp(kept), body <= kept.count else {
      return false
    }
    let plain = IRCText.plain(UnsafeBufferPointer(rebasing: kept[body...]))
    guard case .said(let nick, let text) = IRCBody(plain[...], times.layout),
      IRCLogCount.isSaid(Array(bytes.prefix(400)), times.layout)
    else { return false }
    try message(
      nick, text, clock?.assume(time) ?? time, String(decoding: kept[written], as: UTF8.self), place)
    return true
  }

  private func take(
    _ body: IRCBody, _ time: ObservedTime, written: String, _ plain: [UInt8], _ place: IRCPlace
  ) throws {
    func setAside(_ unit: String, _ reason: SetAsideReason) {
      plain.withUnsafeBufferPointer {
        place.writer.setAside(unit, reason, at: place.locator, detail: Self.words($0))
      }
    }
    switch body {
    case .malformed: setAside(RecordClass.message.name, .malformed)
    // Without the words: what goes to a service may be a password.
    case .sent: place.writer.setAside(Self.systemLine, Self.sent, at: place.locator)
    case .said(let nick, let text):
      if !isMarked(plain) { unmarkedMessages += 1 }
      try message(nick, text, time, written, place)
    case .notice(let nick, let text):
      // Services never say anything in a channel.
      guard nicks.isKnown(nick), !text.allSatisfy(\.isSpace) else {
        return setAside(Self.systemLine, Self.notice)
      }
      unmarkedMessages += 1
      try message(nick, text, time, written, place)
    case .event(let text):
      if isArrow(plain) { hasArrows = true }
      try event(Self.string(text, &repaired), time, written, isClaimed: false, place)
    case .action(let text, let mayBeEvent):
      try action(text, mayBeEvent: mayBeEvent && !hasArrows, time, written, place)
    }
  }

  /// Whether the second count counts a message too.
  private func isMarked(_ plain: [UInt8]) -> Bool {
    times.layout == .weechat || plain.drop { $0 == 0x20 }.first == UInt8(ascii: "<")
  }

  private func isArrow(_ plain: [UInt8]) -> Bool {
    guard times.layout == .xchat || times.layout == .scrollback else { return false }
    let words = plain.drop { $0 == 0x20 }
    return ["-->", "<--", "---"].contains { words.starts(with: $0.utf8) }
  }

  private func message(
    _ nick: String, _ text: ArraySlice<UInt8>, _ time: ObservedTime, _ written: String, _ place: IRCPlace
  ) throws {
    let account = try nicks.bearer(nick, .participant, place)
    try place.writer.record(
      .message, account: account, channel: channel, time: time, writtenTime: written,
      text: Self.string(text, &repaired), at: place.locator)
  }

  private func action(
    _ words: ArraySlice<UInt8>, mayBeEvent: Bool, _ time: ObservedTime, _ written: String, _ place: IRCPlace
  ) throws {
    let text = Self.string(words, &repaired)
    let first = words.prefix { $0 != 0x20 }
    let nick = String(decoding: first, as: UTF8.self)
    let acted = words.dropFirst(first.count).drop { $0 == 0x20 }
    func setAside(_ reason: SetAsideReason) {
      place.writer.setAside(Self.systemLine, reason, at: place.locator, detail: text)
    }
    if mayBeEvent {
      let happened = IRCEvent(text, times.layout, mayBeAction: true)
      // Nobody can take a nick that somebody has: whoever types that they did acts.
      let isTyped = if case .renamed(_, let new) = happened { nicks.isHeld(new) } else { false }
      if happened != .other, !isTyped {
        return try event(happened, text, time, written, isClaimed: true, place)
      }
      if IRCEvent.isOwn(text) { return setAside(.system) }
      guard nicks.isKnown(nick) else { return setAside(Self.ambiguous) }
    }
    guard IRCText.isNick(nick), !acted.allSatisfy(\.isSpace) else { return setAside(Self.ambiguous) }
    unmarkedMessages += 1
    try message(nick, acted, time, written, place)
  }

  // MARK: Events

  private func event(
    _ text: String, _ time: ObservedTime, _ written: String, isClaimed: Bool, _ place: IRCPlace
  ) throws {
    try event(
      IRCEvent(text, times.layout, mayBeAction: isClaimed), text, time, written, isClaimed: isClaimed, place)
  }

  /// - Parameter isClaimed: whether somebody may have typed what the line says.
  private func event(
    _ event: IRCEvent, _ text: String, _ time: ObservedTime, _ written: String, isClaimed: Bool,
    _ place: IRCPlace
  ) throws {
    let writer = place.writer
    var reason = SetAsideReason.system
    switch event {
    case .renamed(let old, let new):
      guard let pair = try nicks.rename(old, to: new, place) else { break }
      return try writer.record(
        .declaredLink, account: pair.old, other: pair.new, assertion: isClaimed ? .claimed : .platform,
        readsAsPlatform: isClaimed, channel: channel, time: time, writtenTime: written, text: text,
        at: place.locator)
    case .renamedOwn: reason = Self.untold
    case .joined(let nick, let address):
      if !isClaimed { writer.markAsGroup(channel) }
      let account = try nicks.bearer(nick, address: address, joins: true, .mentioned, place)
      try host(of: address, account, time, isClaimed: isClaimed, place)
    case .left(let nick, let address):
      let account = try nicks.bearer(nick, address: address, .mentioned, place)
      try host(of: address, account, time, isClaimed: isClaimed, place)
      nicks.leave(nick)
    case .other: break
    }
    writer.setAside(Self.systemLine, reason, at: place.locator, detail: text)
  }

  /// The host of `user@host`, where it is an address.
  private func host(
    of address: String, _ account: AccountIndex, _ time: ObservedTime, isClaimed: Bool, _ place: IRCPlace
  ) throws {
    guard let at = address.lastIndex(of: "@") else { return }
    let host = String(address[address.index(after: at)...])
    guard let found = ValueShape.address(host), found == host else {
      return place.writer.setAside("host", Self.hostName, at: place.locator, detail: address)
    }
    try place.writer.identifier(
      account, .ip, host, label: "host", assertion: isClaimed ? .claimed : .platform, time: time,
      at: place.locator)
  }

  // MARK: Words

  private static func words(_ bytes: UnsafeBufferPointer<UInt8>) -> String {
    String(decoding: bytes.prefix(200), as: UTF8.self)
  }

  private static func words(_ bytes: UnsafeBufferPointer<UInt8>.SubSequence) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private static func string(_ bytes: ArraySlice<UInt8>, _ repaired: inout Int) -> String {
    bytes.withUnsafeBufferPointer {
      if !ValidUTF8.holds($0) { repaired += 1 }
      return TableText.string($0)
    }
  }
}
