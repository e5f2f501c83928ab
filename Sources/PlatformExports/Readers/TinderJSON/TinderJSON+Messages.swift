internal import AccountModel

/// What the owner wrote to matches.
extension TinderJSONReader {
  /// Sorts of messages that are no words of the owner's: pictures and songs by their address, and signs.
  private static let wordless: [String: SetAsideReason] = [
    "gif": .media, "sticker": .media, "song": .media, "image": .media, "video": .media, "voice": .media,
    "gesture": .reaction, "vibes": .reaction, "game_notification": .system, "tombstone": .system,
  ]

  mutating func message(
    _ value: JSONValue, in number: UInt32, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard value.kind == .object else {
      return writer.setAside("other entry", .malformed, at: locator, detail: "no object in a list")
    }
    let (from, to) = (FieldText.text(value["from"]), FieldText.text(value["to"]))
    guard let author = try author(from, to, locator, into: writer) else {
      return writer.setAside(.message, .unknownSender, at: locator, detail: from.isEmpty ? "to \(to)" : from)
    }
    let written = FieldText.text(value.field("sent_date", "timestamp"))
    guard let time = time(written), !time.isNone else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    if let reason = Self.wordless[FieldText.text(value["type"]).lowercased()] {
      return writer.setAside(.message, reason, at: locator, detail: FieldText.text(value["message"]))
    }
    let text = shown(value["message"]?.string ?? "")
    guard !text.isEmpty else { return writer.setAside(.message, .empty, at: locator) }
    let other = Self.isID(to) ? try person(to, role: .mentioned, locator, into: writer) : AccountIndex.none
    try writer.record(
      .message, account: author, other: other == author ? .none : other,
      channel: channel(of: number, locator.member, writer), time: time, writtenTime: written, text: text,
      at: locator)
  }

  /// Who wrote a message: the owner, unless an id stands there; nil for any other word. One without a sender is the
  /// owner's where it is to a match by its number, and nobody's where it is to the owner or to nobody.
  private mutating func author(
    _ from: String, _ to: String, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    if from.lowercased() == "you" { return ownAccount(locator, writer) }
    if from.isEmpty {
      let isToMatch = !to.isEmpty && to.utf8.allSatisfy(\.isDigit)
      return isToMatch ? ownAccount(locator, writer) : nil
    }
    return Self.isID(from) ? try person(from, role: .participant, locator, into: writer) : nil
  }

  private func person(
    _ id: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    try writer.account(
      AccountKey(platform: Platform("tinder"), kind: .platformID, scope: .platform, value: id.lowercased()),
      role: role, assertion: .platform, at: locator)
  }

  /// A text with HTML's entities undone, which older downloads have in it, and its white space as it was typed.
  private mutating func shown(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "&")) else { return text }
    var text = text
    var words = HTMLWords()
    text.withUTF8 { words.append($0, keepsLines: true, keepsSpaces: true) }
    return words.string
  }
}
