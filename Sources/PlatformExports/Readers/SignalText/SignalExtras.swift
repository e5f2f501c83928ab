/// What signal-export writes behind the words of a message: attachments, a sticker, reactions, in this order from the end.
struct SignalExtras {
  private(set) var attachments: [String] = []
  /// Who reacted, and how: `Rex: 👍`.
  private(set) var reactions: [String] = []

  /// Takes them off a text. Nothing tells them from the same signs that somebody typed at the end of a message.
  mutating func take(from text: String) -> String {
    var text = Substring(text)
    trim(&text)
    while let file = link(&text) { attachments.append(file) }
    if let sticker = line(&text, from: "(( ", to: " ))") { attachments.append(sticker) }
    if let signs = line(&text, from: "(- ", to: " -)") { reactions = signs.components(separatedBy: ", ") }
    return String(text.drop(while: \.isNewline))
  }

  /// A text that was cut, without what may be the beginning of such signs.
  static func withoutBeginning(of text: String) -> String {
    let start = text.lastIndex(where: \.isNewline).map { text.index(after: $0) } ?? text.startIndex
    var last = text[start...]
    if last.first == "(" { return String(text[..<start]) }
    // A name may hold brackets itself: what is attached begins behind a space, or behind its mark.
    let bytes = last.utf8
    var bracket = bytes.lastIndex(of: UInt8(ascii: "["))
    while let place = bracket, let before = bytes[..<place].last, before != UInt8(ascii: "!"), !before.isSpace
    {
      bracket = bytes[..<place].lastIndex(of: UInt8(ascii: "["))
    }
    if let bracket { last = last[..<bracket] }
    if last.last == "!" { last.removeLast() }
    return String(text[..<start] + last)
  }

  /// Whether a text is what signal-export writes of a call, under the name of the chat or of the owner: `Outgoing call`,
  /// `Missed video call`, `Incoming voice call (accepted, 1m 2s)`.
  static func isCall(_ text: String) -> Bool {
    let words = text.split(separator: " ", maxSplits: 3, omittingEmptySubsequences: false)
    guard let first = words.first, ["Incoming", "Outgoing", "Missed"].contains(first),
      let place = words.prefix(3).firstIndex(of: "call"), place > 0,
      place == 1 || ["voice", "video", "group", "adhoc"].contains(words[1])
    else { return false }
    let rest = words[(place + 1)...].joined(separator: " ")
    return rest.isEmpty || rest.first == "(" && rest.last == ")" && !rest.contains(where: \.isNewline)
  }

  private func trim(_ text: inout Substring) { while text.last?.isWhitespace == true { text.removeLast() } }

  /// `![name](./media/name)`, `[sticker](../exported_stickers/…)`. Names may hold brackets, and no space where they lie: looks
  /// no further back than to one.
  private func link(_ text: inout Substring) -> String? {
    // Slices of characters are cut in time that grows with the text.
    let bytes = text.utf8
    guard bytes.last == UInt8(ascii: ")"), attachments.count < 1_000 else { return nil }
    var before = bytes.dropLast()
    while let opening = before.lastIndex(where: { $0 == UInt8(ascii: "(") || $0.isSpace }),
      bytes[opening] == UInt8(ascii: "(")
    {
      before = bytes[..<opening]
      let address = bytes[bytes.index(after: opening)...].dropLast()
      guard before.last == UInt8(ascii: "]"),
        let place = ["./media/", "../exported_stickers/"].first(where: { address.starts(with: $0.utf8) })
      else { continue }
      let shown = before.dropLast()
      // A file is shown by the name under which it lies.
      let file = address.dropFirst(place.utf8.count)
      let named = shown.suffix(file.count + 1)
      let isFile = named.first == UInt8(ascii: "[") && named.dropFirst().elementsEqual(file)
      guard let start = isFile ? named.startIndex : shown.lastIndex(of: UInt8(ascii: "[")),
        !shown[start...].contains(where: { $0 == 0x0A || $0 == 0x0D })
      else { return nil }
      let name = String(decoding: shown[start...].dropFirst(), as: UTF8.self)
      text = text[..<start]
      if text.last == "!" { text.removeLast() }
      trim(&text)
      return name
    }
    return nil
  }

  /// A last line of its own between two marks.
  private func line(_ text: inout Substring, from: String, to: String) -> String? {
    guard let newline = text.lastIndex(where: \.isNewline) else { return nil }
    let last = text[text.index(after: newline)...]
    guard last.hasPrefix(from), last.hasSuffix(to), last.utf8.count >= from.utf8.count + to.utf8.count else {
      return nil
    }
    let inside = String(last.dropFirst(from.count).dropLast(to.count))
    text = text[..<newline]
    trim(&text)
    return inside
  }
}

extension String {
  fileprivate func components(separatedBy mark: String) -> [String] {
    split(separator: mark, omittingEmptySubsequences: true).map(String.init)
  }
}
