internal import AccountModel

/// What the account wrote, and the chats it takes part in.
extension TikTokJSONReader {
  /// `name` of `Chat History with name:`.
  private static func partner(_ key: String) -> String {
    let prefix = "Chat History with "
    guard key.hasPrefix(prefix) else { return key }
    let name = key.dropFirst(prefix.count)
    return String(name.hasSuffix(":") ? name.dropLast() : name)
  }

  mutating func message(
    _ value: JSONValue, in chat: String, isGroup: Bool, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let name = FieldText.text(value.field("From", "from"))
    guard let account = try person(name, role: .participant, locator, into: writer) else {
      writer.setAside(.message, name.isEmpty ? .noAuthor : NoValue.reason, at: locator, detail: name)
      return
    }
    let written = FieldText.text(value.field("Date", "date"))
    guard let time = time(written), !time.isNone else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    let partner = Self.partner(chat)
    var other = AccountIndex.none
    if !isGroup, let known = try person(partner, role: .mentioned, locator, into: writer) {
      let isOther = writer.resolve(known) == writer.resolve(account)
      other = isOther ? ownAccount(locator, writer) : known
      // What is called as no account is, may be a group: who writes there may be any of several.
      let isWithOne = ValueShape.isHandle(Self.handle(partner), signs: "._")
      chats.add(writer.resolve(account), in: chat, isOther: isOther || !isWithOne, at: locator)
    }
    let channel = writer.channel("\(isGroup ? "group chat" : "chat with") \(partner)")
    if isGroup { writer.markAsGroup(channel) }
    try writer.record(
      .message, account: account, other: other, channel: channel, time: time,
      writtenTime: written, text: value.field("Content", "content")?.stringBytes ?? .empty, at: locator)
  }

  /// A comment of the owner's. Whose post it stands under is not said, only the post's address.
  mutating func comment(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    for key in ["photo", "sticker", "video"] as [StaticString] {
      let part = FieldText.value(value[key])
      if !part.isEmpty { writer.setAside("attachment", .media, at: locator, detail: part) }
    }
    let post = FieldText.value(value["original post link"])
    try writing(
      value, text: value.field("comment", "Comment"), in: post.isEmpty ? "comments" : "comments on \(post)",
      locator, into: writer)
  }

  /// A film or pictures of the owner's, with the words beneath.
  mutating func post(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    writer.setAside("attachment", .media, at: locator, detail: FieldText.text(value.field("Link", "link")))
    let title = value.field("Title", "title")
    let isNone = NoValue.isNamed(by: title?.stringBytes ?? .empty)
    try writing(value, text: isNone ? nil : title, in: "posts", locator, into: writer)
  }

  /// Something that the owner wrote.
  mutating func writing(
    _ value: JSONValue, text: JSONValue?, in place: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let written = FieldText.text(value.field("Date", "date", "CommentTime", "QuestionTime"))
    guard let time = time(written), !time.isNone else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    try writer.record(
      .message, account: ownAccount(locator, writer), channel: writer.channel(place), time: time,
      writtenTime: written, text: text?.stringBytes ?? .empty, at: locator)
  }
}
