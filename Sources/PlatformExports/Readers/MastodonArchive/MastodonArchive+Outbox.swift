internal import AccountModel

/// What the account wrote, and what of others it boosted, liked and kept.
extension MastodonArchiveReader {
  private static let boost = SetAsideReason(
    "boost", "repeats the words of another account", isFault: false)
  private static let otherActivity = SetAsideReason(
    "other-activity", "is neither a post nor a boost", isFault: false)
  private static let kept = SetAsideReason(
    "kept", "is a post that the account kept for itself", isFault: false)
  /// Recipients that the name of a conversation gives.
  private static let namesInTitle = 8

  mutating func readCollection(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONListTally(keys: ["orderedItems"])
    input.tap { tally.feed($0) }
    let path = input.path.lowercased()
    let pass = pass
    try pass.read(["$.orderedItems[*]"], of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      _, value, locator in
      switch value.kind {
      case .object: try activity(value, locator, into: writer)
      case .string:
        let (unit, reason) =
          path.hasSuffix("likes.json")
          ? ("like", SetAsideReason.reaction)
          : path.hasSuffix("bookmarks.json") ? ("bookmark", Self.kept) : ("other item", .otherData)
        writer.setAside(unit, reason, at: locator, detail: value.string ?? "")
      default: writer.setAside(JSONPass.fileUnit, .malformed, at: locator, detail: "no activity")
      }
    }
    writer.count(.message, seen: tally[0])
  }

  private mutating func activity(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let type = value["type"]?.string ?? ""
    let address = value["actor"]?.string ?? value["actor"]?["id"]?.string ?? ""
    guard MastodonPeople.isActor(address) else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: type)
    }
    let account = try ownAccount(actor: address, locator, writer)
    switch type {
    case "Create": try post(value, by: account, locator, into: writer)
    case "Announce":
      writer.setAside(.message, Self.boost, at: locator, detail: value["object"]?.string ?? "")
    default: writer.setAside(.message, Self.otherActivity, at: locator, detail: type)
    }
  }

  /// A post, a poll, or a message to single people.
  private mutating func post(
    _ value: JSONValue, by account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let note = value["object"], note.kind == .object,
      let content = note["content"]?.string.map(Self.ownWords)
    else {
      return writer.setAside(.message, .malformed, at: locator, detail: "a post without its words")
    }
    let mentioned = try mentions(of: note, locator, into: writer)
    let written = (note["published"] ?? value["published"])?.string ?? ""
    guard let time = TimeText.plausibleISO8601(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    judge(note["id"]?.string ?? "", time, locator, writer)
    for link in HTMLLinks.links(in: content) where !link.isMention && !link.isTopic {
      try writer.identifier(
        account, .url, link.address, label: "text-link", assertion: .user, time: time, at: locator)
    }
    for media in Self.elements(note["attachment"]) {
      writer.setAside("attachment", .media, at: locator, detail: media["url"]?.string ?? "")
    }
    let audience = try audience(of: note, mentioned, locator, into: writer)
    try writer.record(
      .message, account: account, other: audience.other, channel: writer.channel(audience.title), time: time,
      writtenTime: written, text: Self.words(of: note, content), at: locator)
  }

  /// The HTML of a post without the line that a server puts above one that quotes another, for servers that know no
  /// quotations.
  private static func ownWords(_ content: String) -> String {
    guard content.hasPrefix("<p class=\"quote-inline\">"), let end = content.firstRange(ofBytes: "</p>")
    else {
      return content
    }
    return String(content[end.upperBound...])
  }

  /// The words of a post: the warning above it, its text, and the answers of a poll.
  private static func words(of note: JSONValue, _ content: String) -> String {
    var words = [note["summary"]?.string ?? "", MailMessage.words(ofHTML: content)]
    for answer in elements(note["oneOf"]) + elements(note["anyOf"]) {
      words.append(answer["name"]?.string ?? "")
    }
    return words.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  /// The accounts that a post mentions, in their order, with the names that it gives them.
  private mutating func mentions(
    of note: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws -> [String: String] {
    var names: [String: String] = [:]
    for tag in Self.elements(note["tag"]) where tag["type"]?.string == "Mention" {
      let address = tag["href"]?.string ?? ""
      let name = tag["name"]?.string ?? ""
      guard try people.account(actor: address, name: name, locator, into: writer) != nil else { continue }
      names[address] = MastodonPeople.name(name, at: MastodonPeople.server(of: address))
    }
    return names
  }

  /// Whom a post is for: everybody, the account's followers, or single people, of whom one is the other side.
  private mutating func audience(
    of note: JSONValue, _ names: [String: String], _ locator: Locator, into writer: RecordWriter
  ) throws -> (title: String, other: AccountIndex) {
    let recipients = Self.strings(note["to"]) + Self.strings(note["cc"])
    if recipients.contains(where: MastodonPeople.isEverybody) { return ("posts", .none) }
    if recipients.contains(where: MastodonPeople.isFollowers) { return ("posts to followers", .none) }
    var others: Set<AccountIndex> = []
    var titles: Set<String> = []
    for address in recipients where address != actor {
      guard let other = try people.account(actor: address, locator, into: writer) else { continue }
      others.insert(other)
      titles.insert(names[address] ?? address)
    }
    let sorted = titles.sorted()
    var title = sorted.prefix(Self.namesInTitle).joined(separator: ", ")
    if sorted.count > Self.namesInTitle { title += " and \(sorted.count - Self.namesInTitle) more" }
    return ("direct: \(title.isEmpty ? "nobody" : title)", others.count == 1 ? others.first ?? .none : .none)
  }

  /// Holds the time in a post's id against the one beside it.
  private mutating func judge(
    _ id: String, _ time: ObservedTime, _ locator: Locator, _ writer: RecordWriter
  ) {
    let parts = id.split(separator: "/").suffix(2)
    guard parts.count == 2, parts.first == "statuses", let number = parts.last else { return }
    snowflakes.judge(String(number), time, locator, writer)
  }
}
