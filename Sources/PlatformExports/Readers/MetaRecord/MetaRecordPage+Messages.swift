internal import AccountModel

/// The conversation whose messages come.
struct MetaRecordThread {
  var channel: ChannelIndex?
  var id = ""
  /// Those who take part now.
  var participants: [AccountIndex] = []
}

/// Threads, posts and comments.
extension MetaRecordPage {
  func threadField(_ field: MetaRecordField) throws {
    let locator = field.locator(member)
    let text = field.value.string
    switch field.name {
    case "author": try beginRow(field)
    case let name where name == "thread" || name.hasPrefix("thread ("):
      try endRow()
      let digits = (text.isEmpty ? field.label : text).drop { !($0.isASCII && $0.isNumber) }
        .prefix { $0.isASCII && $0.isNumber }
      thread = MetaRecordThread()
      thread.id = String(digits)
      if !digits.isEmpty { thread.channel = writer.channel("thread \(digits)") }
    case "current participants", "past participants":
      for person in MetaRecordPerson.list(text) {
        let account = try account(person, role: .mentioned, at: locator)
        if field.name.hasPrefix("current"), !thread.participants.contains(account) {
          thread.participants.append(account)
        }
        produced += 1
      }
      if thread.participants.count > 2, let channel = thread.channel { writer.markAsGroup(channel) }
    case "thread name":
      guard !text.isEmpty, let channel = thread.channel else { return }
      writer.name(channel, "\(text) (thread \(thread.id))")
    default:
      if !continueRow(field), !field.value.isEmpty, !["ai", "unified messages"].contains(field.name) {
        writer.setAside("message field", .unknownLabel, at: locator, detail: field.label)
      }
    }
  }

  private enum Part { case message, attachment, share, call }
  private static let marks: Set<String> = [
    "attachments", "share", "call record", "removed by sender", "author", "sent",
  ]
  private static let known: Set<String> = marks.union([
    "body", "type", "size", "url", "linked media file", "date created", "text", "title", "summary", "missed",
    "duration", "disappearing message", "subscription event", "id", "name", "description", "link", "ai",
    "disappearing duration", "users",
  ])

  func message(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let isCall = row.has("call record")
    let recordClass: RecordClass = isCall ? .call : .message
    guard let author = try author(row.text("author"), at: locator) else {
      return setAside(recordClass, .noAuthor, locator, detail: row.text("author"))
    }
    let body = row.has("body") || row.has("share") ? row.text("body") : row.text("text")
    if !row.text("subscription event").isEmpty, body.isEmpty {
      return setAside(recordClass, .system, locator, detail: row.text("subscription event"))
    }
    if Self.isYes(row.text("removed by sender")), body.isEmpty {
      return setAside(recordClass, .takenBack, locator)
    }
    let written = row.text(["sent", "time", "date"])
    guard let time = time(written) else { return setAside(recordClass, .badTime, locator, detail: written) }
    let channel = thread.channel ?? writer.channel(sectionName.replacing("_", with: " "))
    if isCall {
      let others = thread.participants.filter { writer.resolve($0) != writer.resolve(author) }
      let isPair = thread.participants.count == 2 && others.count == 1
      let missed = Self.isYes(row.text("missed"))
      let duration = row.text("duration").trimmingSpaces
      let words = missed ? "call, missed" : duration.isEmpty ? "call" : "call, \(duration) s"
      try record(
        .call, account: author, other: isPair ? others[0] : .none, channel: channel, time: time, text: words,
        at: locator)
      return
    }
    let isNew = try record(.message, account: author, channel: channel, time: time, text: body, at: locator)
    if isNew { try parts(of: row, author, time, locator) }
  }

  /// What a message holds beside its text.
  private func parts(
    of row: MetaRecordRow, _ author: AccountIndex, _ time: ObservedTime, _ locator: Locator
  ) throws {
    var part = Part.message
    for field in row.fields {
      switch field.name {
      case "attachments": part = .attachment
      case "share": part = .share
      case "call record": part = .call
      case "type" where part == .attachment:
        writer.setAside("attachment", .media, at: locator, detail: field.value.string)
      case "url" where part == .share && !field.value.isEmpty:
        try identifier(
          author, .url, field.value.string, label: "share", assertion: .user, time: time, at: locator)
      case "text" where part == .share && !field.value.isEmpty,
        "summary" where part == .share && !field.value.isEmpty:
        writer.setAside(
          "shared text", .shared, at: locator, detail: field.value.string)
      default:
        if !Self.known.contains(field.name), !field.value.isEmpty {
          writer.setAside("message field", .unknownLabel, at: locator, detail: field.label)
        }
      }
    }
  }

  private static func isYes(_ text: String) -> Bool {
    !text.isEmpty && !["false", "no", "0", "none"].contains(text.lowercased())
  }

  // MARK: Posts, pictures, comments

  private static let uploadAddresses: Set<String> = ["upload ip", "ip address", "ip", "upload ip address"]

  /// A row of posts, pictures or comments: each text in it is a message.
  func writing(_ row: MetaRecordRow, isOwn: Bool) throws {
    let locator = row.locator(member)
    let texts = MetaRecordLabel.texts(in: sectionName)
    let named = row.text(MetaRecordLabel.authors)
    let time = row.fields.lazy.filter { MetaRecordLabel.times.contains($0.name) }
      .compactMap { self.time($0.value.string) }.first
    let account = named.isEmpty ? (isOwn ? try owner(locator) : nil) : try author(named, at: locator)
    if let account, let time, let address = ValueShape.address(row.text(Self.uploadAddresses)) {
      try identifier(account, .ip, address, label: "upload", assertion: .platform, time: time, at: locator)
    }
    for field in row.fields where texts.contains(field.name) {
      guard !field.value.isEmpty else {
        setAside(.message, .empty, field.locator(member))
        continue
      }
      guard let account else {
        setAside(.message, .noAuthor, locator, detail: field.value.string)
        continue
      }
      guard let time else {
        setAside(.message, .badTime, locator, detail: row.text(MetaRecordLabel.times))
        continue
      }
      try record(
        .message, account: account, channel: writer.channel(sectionName.replacing("_", with: " ")),
        time: time,
        text: field.value.string, at: locator)
    }
    if texts.isEmpty, let account {
      for link in row.all(["url", "link"]) {
        try identifier(
          account, .url, link, label: "share", assertion: .user, time: time ?? .none, at: locator)
      }
      for words in row.all(["text", "summary", "title"]) {
        setAside("shared text", .shared, locator, detail: words)
      }
    }
    for field in row.fields where field.name == "linked media file" && !field.value.isEmpty {
      setAside("attachment", .media, locator, detail: field.value.string)
    }
  }

  /// A row of a report: from where something was uploaded.
  func upload(_ row: MetaRecordRow) throws {
    let locator = row.locator(member)
    let written = row.text(Self.uploadAddresses)
    guard !written.isEmpty else { return }
    guard let address = ValueShape.address(written), let time = time(row.text(["upload time", "time"])) else {
      return setAside("upload", .malformed, locator, detail: written)
    }
    let responsible = row.text("responsible id")
    // A report may be about somebody else's upload.
    guard responsible.isEmpty || isOwner(responsible) else {
      return setAside("upload", .noAuthor, locator, detail: "\(address) of \(responsible)")
    }
    try identifier(
      owner(locator), .ip, address, label: "upload", assertion: .platform, time: time, at: locator)
  }
}
