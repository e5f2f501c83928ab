internal import AccountModel

/// What the account wrote: tweets, long posts and direct messages.
extension XArchiveReader {
  static let retweet = SetAsideReason(
    "retweet", "repeats the words of another account", isFault: false)

  mutating func tweet(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    guard let text = value["full_text"] ?? value["text"] else {
      writer.setAside(.message, .malformed, at: locator, detail: "a tweet without text")
      return
    }
    try mentions(of: value, locator, into: writer)
    let written = value["created_at"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    if text.stringBytes.starts(with: "RT @".utf8) {
      writer.setAside(.message, Self.retweet, at: locator, detail: value["id_str"]?.string ?? "")
      return
    }
    try value["entities"]?["urls"]?.forEachElement { url in
      try writer.identifier(
        account, .url, url["expanded_url"]?.string ?? "", label: "expanded", assertion: .user, time: time,
        at: locator)
    }
    let media = value["extended_entities"]?["media"] ?? value["entities"]?["media"]
    media?.forEachElement {
      writer.setAside("attachment", .media, at: locator, detail: $0["expanded_url"]?.string ?? "")
    }
    scratch.removeAll(keepingCapacity: true)
    HTMLEntities.decode(text.stringBytes, into: &scratch)
    let place =
      file.hasPrefix("deleted") ? "deleted posts" : file.hasPrefix("community") ? "community posts" : "posts"
    let channel = writer.channel(place)
    try scratch.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: written, text: $0, at: locator)
    }
  }

  /// The accounts that a tweet mentions or answers: the only place where an archive ties ids to user names.
  private mutating func mentions(of value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    try value["entities"]?["user_mentions"]?.forEachElement { mention in
      try pair(
        mention["id_str"] ?? mention["id"], mention["screen_name"], mention["name"], locator, into: writer)
    }
    try pair(
      value["in_reply_to_user_id_str"] ?? value["in_reply_to_user_id"], value["in_reply_to_screen_name"], nil,
      locator, into: writer)
  }

  private mutating func pair(
    _ id: JSONValue?, _ handle: JSONValue?, _ name: JSONValue?, _ locator: Locator, into writer: RecordWriter
  ) throws {
    // Mentions of accounts that are gone have the id -1.
    guard let id = id?.scalarText, !id.isEmpty, id.utf8.allSatisfy(\.isDigit) else {
      return
    }
    let other = try account(id, role: .mentioned, locator, into: writer)
    if let handle = handle?.string, memory.isNew(other, .handle, handle) {
      try writer.identifier(other, .handle, handle, assertion: .platform, at: locator)
    }
    if let name = name?.string, memory.isNew(other, .displayName, name) {
      try writer.identifier(other, .displayName, name, assertion: .user, at: locator)
    }
  }

  mutating func noteTweet(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let written = value["createdAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    guard let text = value["core"]?["text"] else {
      writer.setAside(.message, .malformed, at: locator, detail: "a long post without text")
      return
    }
    try value["core"]?["urls"]?.forEachElement { url in
      try writer.identifier(
        account, .url, url["expandedUrl"]?.string ?? "", label: "expanded", assertion: .user, time: time,
        at: locator)
    }
    scratch.removeAll(keepingCapacity: true)
    HTMLEntities.decode(text.stringBytes, into: &scratch)
    let channel = writer.channel("long posts")
    try scratch.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: written, text: $0, at: locator)
    }
  }

  /// A message of a conversation, or a change of its members.
  mutating func conversationEvent(
    _ value: JSONValue, _ position: UInt32, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let message = value["messageCreate"] ?? value["welcomeMessageCreate"] else {
      var kind = ""
      value.forEachField { key, _ in if kind.isEmpty { kind = key } }
      writer.setAside("conversation event", .system, at: locator, detail: kind)
      return
    }
    if conversation?.position != position {
      conversation = (position, writer.channel("DM \(position) of \(file)"))
    }
    guard let sender = message["senderId"]?.scalarText, !sender.isEmpty else {
      writer.setAside(.message, .noAuthor, at: locator)
      return
    }
    let written = message["createdAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    let account = try account(sender, role: .participant, locator, into: writer)
    var other = AccountIndex.none
    if let recipient = message["recipientId"]?.scalarText, !recipient.isEmpty {
      other = try self.account(recipient, role: .mentioned, locator, into: writer)
    }
    try message["urls"]?.forEachElement { url in
      try writer.identifier(
        account, .url, url["expanded"]?.string ?? "", label: "expanded", assertion: .user, time: time,
        at: locator)
    }
    message["mediaUrls"]?.forEachElement {
      writer.setAside("attachment", .media, at: locator, detail: $0.string ?? "")
    }
    message["reactions"]?.forEachElement {
      writer.setAside("reaction", .reaction, at: locator, detail: $0["reactionKey"]?.string ?? "")
    }
    try writer.record(
      .message, account: account, other: other, channel: conversation?.channel ?? .none, time: time,
      writtenTime: written, text: message["text"]?.stringBytes ?? .empty, at: locator)
  }

  /// An account by its id.
  func account(
    _ id: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    try writer.account(
      AccountKey(platform: .x, kind: .platformID, scope: .platform, value: id), role: role,
      assertion: .platform, at: locator)
  }

  /// Either of X's ways to write a time; both are in UTC, so one without a zone is refused.
  static func time(_ text: String) -> ObservedTime? {
    let time = TimeText.plausibleISO8601(text) ?? TimeText.x(text)
    return time?.zone == .known ? time : nil
  }
}
