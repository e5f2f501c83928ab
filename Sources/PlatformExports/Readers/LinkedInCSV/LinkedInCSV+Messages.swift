internal import AccountModel

/// Messages, as LinkedIn writes them since about 2019 and as it did before.
extension LinkedInCSVReader {
  private static let recipientsByName = SetAsideReason(
    "name-only", "gives those who received a message by their names alone, which tell nobody from others",
    isFault: false)

  mutating func message(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let id = row["conversation id"]
    let name = row["from"]
    let sender = people.slug(of: row["sender profile url"])
    if let flag = ["is message draft", "is conversation draft"].first(where: { row.isCut($0) }) {
      return writer.setAside(.message, .truncated, at: row.locator, detail: flag)
    }
    if ["is message draft", "is conversation draft"].contains(where: { Self.isYes(row[$0]) }) {
      if let sender { drafters.insert(sender) }
      return writer.setAside(.message, .draft, at: row.locator, detail: id)
    }
    let written = row["date"]
    let content = row.text("content")
    guard !isRepeated(.message, [id, sender ?? name, written, content], row, writer) else { return }
    let list = row["recipient profile urls"]
    let recipients = people.slugs(in: list).filter { $0 != sender }
    let channel = conversation(id, row["conversation title"], writer)
    if recipients.count > 1 { writer.markAsGroup(channel) }
    let account: AccountIndex
    if let sender {
      account = try people.account(sender, name: name, role: .participant, row.locator, into: writer)
      likelyOwner.saw(account, in: channel)
      likelyOwner.wrote(account, as: name)
    } else if let found = try author(name, id, recipients.count, row["to"], row, into: writer) {
      account = found
    } else {
      return writer.setAside(.message, .noAuthor, at: row.locator, detail: name)
    }
    let other = try self.recipients(recipients, row, channel, into: writer)
    let time = time(written, row, writer)
    let text = try words(content, subject: row.text("subject"), of: account, row, into: writer)
    let attachments = row["attachments"].split(separator: ",").count
    if attachments > 0 {
      writer.setAside("attachment", .media, at: row.locator, detail: row["attachments"], count: attachments)
    }
    let folder = row["folder"].uppercased()
    if !folder.isEmpty, folder != "INBOX", folders.count < 1000 || folders[folder] != nil {
      folders[folder, default: 0] += 1
    }
    try writer.record(
      .message, account: account, other: other, channel: channel, time: time, writtenTime: written,
      text: text,
      at: row.locator)
  }

  private static func isYes(_ text: String) -> Bool { ["yes", "true"].contains(text.lowercased()) }

  /// Titles change: a conversation is called by the first that is met.
  private mutating func conversation(_ id: String, _ title: String, _ writer: RecordWriter) -> ChannelIndex {
    if id.isEmpty { return .none }
    if let known = conversations[id] { return known }
    let channel = writer.channel("\(title.isEmpty ? "conversation" : title) [\(id)]")
    conversations[id] = channel
    return channel
  }

  /// Whoever wrote without an address: of one name in one conversation, or the other side where there are but two.
  private mutating func author(
    _ name: String, _ id: String, _ recipients: Int, _ shown: String, _ row: ExportTable.Row,
    into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard !id.isEmpty else { return nil }
    if let account = try people.account(named: name, in: id, role: .participant, row.locator, into: writer) {
      return account
    }
    // Several who left are called alike. A name may hold a comma, too, and then nothing is lost but who it was.
    let names = shown.split(separator: ",").count
    let isOfTwo =
      recipients < 2 && (names < 2 || recipients == 1 && !shown.lowercased().holdsBytes("linkedin"))
    return isOfTwo
      ? try people.unknown("LinkedIn Member (\(id))", role: .participant, row.locator, into: writer) : nil
  }

  /// The one who received a message; `.none` where there are several.
  private mutating func recipients(
    _ slugs: [String], _ row: ExportTable.Row, _ channel: ChannelIndex, into writer: RecordWriter
  ) throws -> AccountIndex {
    let shown = row["to"]
    if slugs.isEmpty, row["recipient profile urls"].isEmpty, !shown.isEmpty {
      writer.setAside("recipient", Self.recipientsByName, at: row.locator, detail: shown)
    }
    // Names hold commas as the list does, and those who left stand in it without an address: of several nothing tells
    // whose a name is. The list may hold the sender and companies, too.
    let isOne = slugs.count == 1
    let isNamed = isOne && !row["recipient profile urls"].contains { $0 == "," || $0 == ";" }
    var other = AccountIndex.none
    for slug in slugs {
      let account = try people.account(
        slug, name: isNamed ? shown : "", role: .mentioned, row.locator, into: writer)
      likelyOwner.saw(account, in: channel)
      likelyOwner.hasRecipients = true
      if isOne { other = account }
    }
    return other
  }

  /// A message's words. Those of advertisements and recruiters are HTML, and the subject of an answer is the other side's.
  private func words(
    _ content: String, subject: String, of author: AccountIndex, _ row: ExportTable.Row,
    into writer: RecordWriter
  ) throws -> String {
    var text = content
    if Self.isHTML(content) {
      text = MailMessage.words(ofHTML: content)
      for link in HTMLLinks.links(in: content) where link.address.hasPrefix("http") {
        try writer.identifier(
          author, .url, link.address, label: "text-link", assertion: .user, at: row.locator)
      }
    }
    let isAnswer = subject.prefix(3).lowercased() == "re:"
    return [isAnswer ? "" : subject, text].filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// Whether a text begins with an element and holds its end.
  private static func isHTML(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "<") else { return false }
    let name = text.dropFirst().prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }.lowercased()
    return ["a", "b", "div", "em", "html", "i", "li", "ol", "p", "span", "strong", "u", "ul"].contains(name)
      && text.lowercased().holdsBytes("</\(name)>")
  }

  /// A message of a download of before 2019, which gives names alone.
  mutating func oldMessage(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    let isOut: Bool
    switch row["direction"].lowercased() {
    case "outgoing": isOut = true
    case "incoming": isOut = false
    default:
      return writer.setAside(
        .message, Self.noDirection, at: row.locator, detail: row["direction"])
    }
    let name = row[isOut ? "to" : "from"]
    let written = row["date"]
    let content = row.text("content")
    guard !isRepeated(.message, [row["from"], row["to"], written, content], row, writer) else { return }
    let own = ownAccount(row.locator, writer)
    guard LinkedInPeople.isName(name) else {
      return writer.setAside(.message, .noAuthor, at: row.locator, detail: name)
    }
    let other = try writer.account(
      AccountKey(platform: LinkedInPeople.platform, kind: .displayName, scope: .source, value: name),
      role: isOut ? .mentioned : .participant, assertion: .user, at: row.locator)
    let time = time(written, row, writer)
    let account = isOut ? own : other
    let text = try words(content, subject: row.text("subject"), of: account, row, into: writer)
    try writer.record(
      .message, account: account, other: isOut ? other : own,
      channel: writer.channel("messages with \(name)"),
      time: time, writtenTime: written, text: text, at: row.locator)
  }

  static let noDirection = SetAsideReason(
    "no-direction", "does not say whether it was sent or received", isFault: true)
}
