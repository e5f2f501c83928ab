internal import AccountModel

/// What was written: comments, posts, private messages and chats.
extension RedditCSVReader {
  private static let removed = SetAsideReason(
    "removed", "says only that its words were removed", isFault: false)
  private static let notAPerson = SetAsideReason(
    "not-a-person", "was sent by a community, not by an account", isFault: false)

  mutating func take(
    _ row: ExportTable.Row, _ file: RedditFile, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    switch file {
    case .comments:
      try entry(row, "comments", row.text("body"), &tally, into: writer)
    case .posts: try post(row, &tally, into: writer)
    case .messages: try message(row, &tally, into: writer)
    case .chat: try chatMessage(row, into: writer)
    case .addresses: try address(row, &tally, into: writer)
    case .headers: try headerAddress(row, into: writer)
    case .statistics: try statistic(row, into: writer)
    case .identities: try identity(row, into: writer)
    case .phone: try phone(row, into: writer)
    case .x: xAccount(row, into: writer)
    case .friends: try friend(row, into: writer)
    case .birthdate: try birthdate(row, into: writer)
    case .drafts: writer.setAside(.message, .draft, at: row.locator, detail: row["title"])
    case .other: break
    }
  }

  private mutating func post(
    _ row: ExportTable.Row, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let parts = [row.text("title"), row.text("body")].filter { !$0.isEmpty && !Self.isRemoved($0) }
    let body = parts.isEmpty ? row.text("body") : parts.joined(separator: "\n")
    try entry(row, "posts", body, &tally, into: writer)
    // The address of a post of words is its own.
    let link = row["url"]
    guard !link.isEmpty, !link.contains("/comments/"), let time = Self.time(row["date"]) else { return }
    try writer.identifier(
      ownAccount(row.locator, writer), .url, link, label: "share", assertion: .user, time: time,
      at: row.locator
    )
  }

  /// A comment or a post, which is the owner's.
  private mutating func entry(
    _ row: ExportTable.Row, _ sort: String, _ text: String, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let account = ownAccount(row.locator, writer)
    guard let time = Self.time(row["date"]) else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: row["date"])
    }
    try login(account, row, time, &tally, into: writer)
    if let media = Self.media(of: row) {
      writer.setAside("attachment", .media, at: row.locator, detail: media)
    }
    guard !Self.isRemoved(text) else {
      return writer.setAside(.message, Self.removed, at: row.locator, detail: text)
    }
    let place = row["subreddit"]
    try writer.record(
      .message, account: account, channel: writer.channel(place.isEmpty ? sort : "\(sort) in r/\(place)"),
      time: time, writtenTime: row["date"], text: text, at: row.locator)
  }

  private static func media(of row: ExportTable.Row) -> String? {
    let media = row["media"]
    return media.isEmpty ? nil : media
  }

  private static func isRemoved(_ text: String) -> Bool {
    ["[deleted]", "[removed]", "[deleted by user]"].contains(text)
  }

  /// An address beside what was written is a login at that time.
  private func login(
    _ account: AccountIndex, _ row: ExportTable.Row, _ time: ObservedTime, _ tally: inout RowTally,
    into writer: RecordWriter
  ) throws {
    let address = row["ip"]
    guard !address.isEmpty else { return }
    tally.logins += 1
    try login(account, address, row, time, into: writer)
  }

  /// A private message, sent or received.
  private mutating func message(
    _ row: ExportTable.Row, _ tally: inout RowTally, into writer: RecordWriter
  ) throws {
    let sides = [row["from"], row["to"]]
    // A message to a community, or from one, may be on the download of whoever looks after it.
    let names = Set(sides.compactMap { Self.username($0) })
    if names.count == 2 {
      common = common?.intersection(names) ?? names
      if firstMessage == nil { firstMessage = row.locator }
    }
    guard let account = try account(sides[0], role: .participant, row.locator, into: writer) else {
      let isCommunity = sides[0].contains("r/") || sides[0].hasPrefix("#")
      return writer.setAside(
        .message, isCommunity ? Self.notAPerson : .noAuthor, at: row.locator, detail: sides[0])
    }
    guard let time = Self.time(row["date"]) else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: row["date"])
    }
    let other = try self.account(sides[1], role: .mentioned, row.locator, into: writer)
    try login(account, row, time, &tally, into: writer)
    let text = [row.text("subject"), row.text("body")].filter { !$0.isEmpty }.joined(separator: "\n")
    let thread = row["thread_id"].isEmpty ? row["id"] : row["thread_id"]
    try writer.record(
      .message, account: account, other: other ?? .none, channel: writer.channel("message \(thread)"),
      time: time, writtenTime: row["date"], text: text, at: row.locator)
  }

  private mutating func chatMessage(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    guard let account = try account(row["username"], role: .participant, row.locator, into: writer) else {
      return writer.setAside(.message, .noAuthor, at: row.locator, detail: row["username"])
    }
    let written = row["created_at"]
    guard let time = Self.time(written) else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: written)
    }
    let text = row.text("message")
    guard !Self.isRemoved(text) else {
      return writer.setAside(.message, Self.removed, at: row.locator, detail: text)
    }
    let name = [row["channel_name"], row["subreddit"]].first { !$0.isEmpty } ?? "chat"
    let place = row["channel_url"]
    try writer.record(
      .message, account: account, channel: writer.channel(place.isEmpty ? name : "\(name) [\(place)]"),
      time: time, writtenTime: written, text: text, at: row.locator)
  }

  /// Reddit writes `2020-01-01 00:00:00 UTC`; a time without its zone keeps none.
  static func time(_ text: String) -> ObservedTime? { TimeText.plausibleISO8601(text) }
}
