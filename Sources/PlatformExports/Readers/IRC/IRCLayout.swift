/// Which program wrote a log.
///
///     xchat        **** BEGIN LOGGING AT Mon Dec 31 21:11:55 2001
///                  Dec 31 21:15:17 <nick>\ttext
///     scrollback   T 1232959932 \u{3}31<\u{3}nick>\ttext
///     irssi        --- Log opened Mon Jan 01 00:00:00 2024
///                  12:34 <@nick> text
///     weechat      2024-01-01 12:34:56\tnick\ttext
///     znc          [12:34:56] <nick> text
enum IRCLayout {
  case xchat, scrollback, irssi, weechat, znc

  /// Lines of a member's beginning that are looked at.
  private static let lookedAt = 400

  /// The layout of a member by its beginning.
  static func recognise(_ head: MemberHead) -> (layout: Self, recognition: Recognition)? {
    var lines = head.bytes.split(separator: 0x0A, maxSplits: lookedAt)
    // What follows the lines that were looked at, or is cut by the limit of the head.
    if lines.count > lookedAt || !head.isWhole && lines.count > 1 { lines.removeLast() }
    let whole = lines.map { UnsafeBufferPointer(rebasing: $0).withoutReturn }.filter { !$0.trimmed.isEmpty }
    guard let first = whole.first else { return nil }
    if IRCTimes.isBanner(first, .xchat) { return (.xchat, .certain) }
    if IRCTimes.isBanner(first, .irssi) { return (.irssi, .certain) }
    if first.starts(with: "T ".utf8), isScrollback(whole) { return (.scrollback, .certain) }
    if let recognition = weechat(whole, head.path) { return (.weechat, recognition) }
    return znc(whole, head.path).map { (.znc, $0) }
  }

  private static func isScrollback(_ lines: [UnsafeBufferPointer<UInt8>]) -> Bool {
    var marked = 0
    for line in lines {
      guard line.starts(with: "T ".utf8) else { return false }
      let body = line.dropFirst(2).drop(while: \.isDigit)
      guard body.startIndex > 2, body.first == 0x20 else { continue }
      let words = IRCText.plain(UnsafeBufferPointer(rebasing: body.dropFirst()))
      if words.count < body.count - 1 || words.first == UInt8(ascii: "<") || words.starts(with: "*\t".utf8) {
        marked += 1
      }
    }
    return marked > 0
  }

  /// A table may have a time in front as well, so that signs of the program must be there or the name be that of a log.
  private static func weechat(_ lines: [UnsafeBufferPointer<UInt8>], _ path: String) -> Recognition? {
    var signs = 0
    for line in lines {
      let fields = line.split(separator: 0x09, maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, let time = TimeText.iso8601(UnsafeBufferPointer(rebasing: fields[0])),
        time.precision != .day, time.precision != .minute
      else { return nil }
      let sign = String(decoding: fields[1], as: UTF8.self)
      if ["-->", "<--", " *", "=!="].contains(sign) || sign == "--" && isOfWeeChat(fields[2]) { signs += 1 }
    }
    if signs > 0 { return .certain }
    return path.lowercased().hasSuffix(".weechatlog") ? .likely : nil
  }

  /// Whether words behind two dashes are those of the program: in tables they stand for a value that is missing.
  private static func isOfWeeChat(_ field: UnsafeBufferPointer<UInt8>.SubSequence) -> Bool {
    let words = String(decoding: field.prefix(400), as: UTF8.self)
    return ["Topic for ", "Topic set by ", "Mode ", "Channel ", "Notice("].contains { words.hasPrefix($0) }
      || words.contains(" is now known as ")
  }

  private static func znc(_ lines: [UnsafeBufferPointer<UInt8>], _ path: String) -> Recognition? {
    var signs = 0
    var said = 0
    for line in lines {
      var scan = ByteScan(line)
      guard scan.take("["), let clock = scan.clock(), clock.precision == .second, scan.take("]"),
        scan.take(" ")
      else {
        return nil
      }
      let body = line[scan.position...]
      if body.starts(with: "*** ".utf8) || body.starts(with: "Connected to IRC (".utf8)
        || body.starts(with: "Disconnected from IRC (".utf8)
      {
        signs += 1
      } else if body.first == UInt8(ascii: "<") {
        said += 1
      } else if body.first != UInt8(ascii: "-"), !body.starts(with: "* ".utf8),
        !body.starts(with: "Broadcast: ".utf8)
      {
        return nil
      }
    }
    let hasDay = IRCLogPath(path).day != nil
    if signs > 0 { return hasDay ? .certain : .likely }
    return said > 0 && hasDay ? .likely : nil
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate var withoutReturn: Self { last == 0x0D ? Self(rebasing: dropLast()) : self }
}
