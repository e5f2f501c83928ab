internal import AccountModel

/// Who is in a workspace, and what they wrote.
extension SlackExportReader {
  /// Sorts of messages that somebody, or somebody's program, wrote; the rest is Slack's own.
  private static let ownSorts: Set<String> = [
    "", "bot_message", "me_message", "thread_broadcast", "reply_broadcast", "file_share", "file_comment",
    "file_mention",
  ]

  /// An entry of `users.json`.
  mutating func user(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard let id = value["id"]?.string, !id.isEmpty else {
      return writer.setAside(.profile, .noAuthor, at: locator)
    }
    let account = person(id, team: value["team_id"]?.string, role: .mentioned, locator, writer)
    if let known = positions[id] {
      // What a message says may be the workspace in which it was written, whichever file comes first.
      if let team = value["team_id"]?.string, !team.isEmpty { people[known].team = team }
      _ = try name(people[known], writer)
    }
    try add(.displayName, value["name"]?.string, "user-name", .user, to: account, locator, writer)
    if let profile = value["profile"] {
      try add(.email, profile["email"]?.string, "", .platform, to: account, locator, writer)
      try add(.phone, profile["phone"]?.string, "", .user, to: account, locator, writer)
      try names(profile, of: account, locator, writer)
    }
    var words = [value["profile"]?["title"]?.string ?? "", value["tz"]?.string ?? ""]
    if value["is_bot"]?.bool == true { words.append("bot") }
    if value["deleted"]?.bool == true { words.append("deactivated") }
    try writer.record(
      .profile, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }

  private mutating func names(
    _ profile: JSONValue, of account: AccountIndex, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    try add(.displayName, profile["display_name"]?.string, "", .user, to: account, locator, writer)
    try add(.personName, profile["real_name"]?.string, "", .user, to: account, locator, writer)
  }

  private mutating func add(
    _ kind: IdentifierKind, _ value: String?, _ label: String, _ assertion: Assertion,
    to account: AccountIndex, _ locator: Locator, _ writer: RecordWriter
  ) throws {
    guard let value else { return }
    try memory.add(kind, value, label: label, assertion: assertion, to: account, locator, into: writer)
  }

  /// An entry of a day.
  mutating func message(
    _ value: JSONValue, in folder: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard value.kind == .object else {
      return writer.setAside("entry", .malformed, at: locator, detail: "is no JSON object")
    }
    guard value["type"]?.string == "message" else {
      return writer.setAside(.message, .malformed, at: locator, detail: "an entry that is no message")
    }
    let sort = value["subtype"]?.string ?? ""
    let user = (value["user"] ?? value["comment"]?["user"])?.string ?? ""
    guard Self.ownSorts.contains(sort), user != "USLACKBOT" else {
      return writer.setAside(.message, .system, at: locator, detail: sort)
    }
    let bot = value["bot_id"]?.string ?? ""
    guard !user.isEmpty || !bot.isEmpty else { return writer.setAside(.message, .noAuthor, at: locator) }
    let written = value["ts"]?.scalarText ?? ""
    guard let time = Self.time(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    let team = (value["user_team"] ?? value["team"])?.string
    let account = person(user.isEmpty ? bot : user, team: team, role: .participant, locator, writer)
    if let profile = value["user_profile"] { try names(profile, of: account, locator, writer) }
    if user.isEmpty {
      try add(.displayName, value["username"]?.string, "", .user, to: account, locator, writer)
    }
    let isProgram =
      sort == "bot_message" || user.isEmpty || value.hasField("bot_profile") || (sort.isEmpty && !bot.isEmpty)
    setAsideParts(of: value, locator, into: writer)
    text.removeAll(keepingCapacity: true)
    if let words = Self.words(value, sort) {
      try plain(words, isProgram ? nil : account, time, locator, into: writer)
    }
    let channel = channel(folder, isProgram ? BorrowedWords.viaBot.rawValue : "", writer)
    try text.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: written, text: $0, at: locator)
    }
  }

  /// What somebody wrote. Of a file's message of before 2018 the text is Slack's (`<@U1> uploaded a file: …`), and the
  /// comment stands apart.
  private static func words(_ value: JSONValue, _ sort: String) -> UnsafeBufferPointer<UInt8>? {
    if sort == "file_comment" { return value["comment"]?["comment"]?.stringBytes }
    let text = value["text"]?.stringBytes
    guard sort == "file_share" || sort == "file_mention", let text, text.starts(with: "<@".utf8),
      value["file"] != nil
    else { return text }
    return value["file"]?["initial_comment"]?["comment"]?.stringBytes
  }

  private func setAsideParts(of value: JSONValue, _ locator: Locator, into writer: RecordWriter) {
    var files = 0
    value["files"]?.forEachElement {
      files += 1
      writer.setAside("attachment", .media, at: locator, detail: $0["name"]?.string ?? "")
    }
    if files == 0, let file = value["file"] {
      writer.setAside("attachment", .media, at: locator, detail: file["name"]?.string ?? "")
    }
    value["attachments"]?.forEachElement {
      writer.setAside("embed", .embed, at: locator, detail: $0["fallback"]?.string ?? "")
    }
    writer.setAsideReactions(of: value, at: locator) { $0["name"] }
  }

  /// Puts a text into `text` as people see it: `<@U1|name>` is `@name`, `<url|words>` are the words.
  ///
  /// - Parameter account: whose links and mentions are kept; nil for words of a program.
  private mutating func plain(
    _ bytes: UnsafeBufferPointer<UInt8>, _ account: AccountIndex?, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    var rest = bytes[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "<")),
      let close = rest[open...].firstIndex(of: UInt8(ascii: ">"))
    {
      append(rest[..<open])
      let inside = rest[(open + 1)..<close]
      let parts = inside.split(separator: UInt8(ascii: "|"), maxSplits: 1)
      let target = parts.first ?? inside
      let label = parts.count > 1 ? parts[1] : nil
      switch inside.first {
      case UInt8(ascii: "@"), UInt8(ascii: "#"):
        if inside.first == UInt8(ascii: "@"), account != nil, target.count > 1 {
          _ = person(
            String(decoding: target.dropFirst(), as: UTF8.self), team: nil, role: .mentioned, locator, writer)
        }
        if let label, label.first != inside.first { text.append(contentsOf: inside.prefix(1)) }
        append(label ?? target)
      case UInt8(ascii: "!"):
        if label == nil { text.append(UInt8(ascii: "@")) }
        append(label ?? target.dropFirst())
      default:
        append(label ?? target)
        if label != nil, let account {
          try writer.identifier(
            account, .url, String(decoding: target, as: UTF8.self), label: "text-link", assertion: .user,
            time: time, at: locator)
        }
      }
      rest = rest[(close + 1)...]
    }
    append(rest)
  }

  private mutating func append(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) {
    HTMLEntities.decode(UnsafeBufferPointer(rebasing: bytes), into: &text)
  }

  /// Seconds since 1970 before the point; behind it Slack counts messages of one second.
  private static func time(_ text: String) -> ObservedTime? {
    text.split(separator: ".", maxSplits: 1).first.flatMap { Int64($0) }
      .flatMap { TimeText.epoch(seconds: $0) }
  }
}
