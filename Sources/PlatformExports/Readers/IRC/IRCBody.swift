/// What stands behind the stamp of a line.
enum IRCBody {
  /// `<nick> text`
  case said(nick: String, text: ArraySlice<UInt8>)
  /// `* nick acts`. XChat marks lines of its own in the same way.
  case action(ArraySlice<UInt8>, mayBeEvent: Bool)
  /// `-nick- text`
  case notice(nick: String, text: ArraySlice<UInt8>)
  /// What whoever keeps the log sent to somebody: `>nick< text`, `[msg(nick)] text`, `[notice(nick)] text`.
  case sent
  /// The program's own words.
  case event(ArraySlice<UInt8>)
  /// It has the signs of a message, and no nick or no words.
  case malformed

  /// Reads a line's rest, without signs of colours.
  init(_ body: ArraySlice<UInt8>, _ layout: IRCLayout) {
    switch layout {
    case .xchat, .scrollback: self = Self.xchat(body.drop { $0 == 0x20 })
    case .irssi: self = Self.irssi(body)
    case .znc: self = Self.znc(body)
    case .weechat: self = Self.weechat(body)
    }
  }

  /// Whether a rest begins as messages do; lines of the program may begin with an arrow.
  private static func isSaid(_ body: ArraySlice<UInt8>) -> Bool {
    body.first == UInt8(ascii: "<") && body.dropFirst().first != UInt8(ascii: "-")
  }

  private static func said(_ body: ArraySlice<UInt8>) -> Self {
    guard let end = body.firstIndex(of: UInt8(ascii: ">")), let nick = IRCText.nick(body[..<end].dropFirst())
    else {
      return .malformed
    }
    let text = unparted(body[(end + 1)...])
    return text.allSatisfy(\.isSpace) ? .malformed : .said(nick: nick, text: text)
  }

  /// Without the tab or space between a nick and what it said.
  private static func unparted(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    text.first == 0x09 || text.first == 0x20 ? text.dropFirst() : text
  }

  /// `-nick- text`, `-nick(user@host)- text`, `-nick/#channel- text`
  private static func notice(_ body: ArraySlice<UInt8>) -> Self? {
    guard body.first == UInt8(ascii: "-"),
      let space = body.firstIndex(where: { $0 == 0x20 || $0 == 0x09 }), space >= body.startIndex + 3,
      body[space - 1] == UInt8(ascii: "-")
    else { return nil }
    let nick = body[(body.startIndex + 1)..<(space - 1)].prefix { !"(/:".utf8.contains($0) }
    return IRCText.nick(nick).map { .notice(nick: $0, text: body[(space + 1)...]) }
  }

  private static func xchat(_ body: ArraySlice<UInt8>) -> Self {
    if isSaid(body) { return said(body) }
    for arrow in ["-->", "<--", "---"] where body.starts(with: arrow.utf8) {
      return .event(body.dropFirst(3).drop(while: \.isSpace))
    }
    if body.first == UInt8(ascii: ">") { return .sent }
    if let notice = notice(body) { return notice }
    guard body.first == UInt8(ascii: "*") else { return .event(body) }
    let rest = body.dropFirst()
    if rest.first?.isSpace ?? true { return .action(rest.drop(while: \.isSpace), mayBeEvent: true) }
    // `*nick*` of somebody who writes to the one alone who keeps the log; `**` before an action of theirs.
    if rest.first == UInt8(ascii: "*") {
      return .action(rest.dropFirst().drop(while: \.isSpace), mayBeEvent: false)
    }
    guard let end = rest.firstIndex(of: UInt8(ascii: "*")), let nick = IRCText.nick(rest[..<end]) else {
      return .event(body)
    }
    let text = unparted(rest[(end + 1)...])
    return text.allSatisfy(\.isSpace) ? .event(body) : .said(nick: nick, text: text)
  }

  private static func irssi(_ body: ArraySlice<UInt8>) -> Self {
    let words = body.drop { $0 == 0x20 }
    if isSaid(words) { return said(words) }
    if words.starts(with: "-!- ".utf8) { return .event(words.dropFirst(4)) }
    // Only the program writes no space before its star.
    if words.starts(with: "* ".utf8) { return .action(words.dropFirst(2), mayBeEvent: false) }
    if words.first == UInt8(ascii: ">") || signsOfSent.contains(where: { words.starts(with: $0.utf8) }) {
      return .sent
    }
    return privately(words) ?? notice(words) ?? .event(words)
  }

  /// How irssi begins lines of what whoever keeps the log sent to one alone.
  private static let signsOfSent = ["[msg(", "[notice(", "[dcc("]

  /// `[nick(user@host)] text`: irssi's, of somebody who writes to the one alone who keeps the log.
  private static func privately(_ body: ArraySlice<UInt8>) -> Self? {
    guard body.first == UInt8(ascii: "["), let end = body.firstIndex(of: 0x20),
      body[..<end].suffix(2).elementsEqual(")]".utf8),
      let bracket = body[..<end].firstIndex(of: UInt8(ascii: "(")),
      body[bracket..<end].contains(UInt8(ascii: "@")),
      let nick = IRCText.nick(body[..<bracket].dropFirst())
    else { return nil }
    let text = body[(end + 1)...]
    return text.allSatisfy(\.isSpace) ? nil : .said(nick: nick, text: text)
  }

  private static func znc(_ body: ArraySlice<UInt8>) -> Self {
    let words = body.drop { $0 == 0x20 }
    if isSaid(words) { return said(words) }
    if words.starts(with: "*** ".utf8) { return .event(words.dropFirst(4)) }
    if words.starts(with: "* ".utf8) { return .action(words.dropFirst(2), mayBeEvent: false) }
    return notice(words) ?? .event(words)
  }

  private static func weechat(_ body: ArraySlice<UInt8>) -> Self {
    guard let tab = body.firstIndex(of: 0x09) else { return .event(body) }
    let text = body[(tab + 1)...]
    let sign = body[..<tab].drop { $0 == 0x20 }
    switch String(decoding: sign.reversed().drop { $0 == 0x20 }.reversed(), as: UTF8.self) {
    case "", "-->", "<--", "=!=": return .event(text)
    case "--":
      let mark = Array("Notice(".utf8)
      guard text.starts(with: mark), let end = text.firstIndex(of: UInt8(ascii: ")")),
        let nick = IRCText.nick(text[..<end].dropFirst(mark.count)),
        text[(end + 1)...].starts(with: ": ".utf8)
      else { return .event(text) }
      return .notice(nick: nick, text: text[(end + 3)...])
    case "*": return .action(text, mayBeEvent: false)
    default:
      guard let nick = IRCText.nick(sign), !text.allSatisfy(\.isSpace) else { return .malformed }
      return .said(nick: nick, text: text)
    }
  }
}
