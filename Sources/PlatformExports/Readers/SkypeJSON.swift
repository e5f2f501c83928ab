internal import AccountModel

/// Skype's export (`messages.json`, as it lies in the archive that was downloaded), and that of Teams for private use,
/// which has its shape.
///
///     {"userId": "8:live:una", "exportDate": "2024-02-01T12:00", "conversations": [
///       {"id": "8:live:rex", "displayName": "Rex", "properties": {…}, "threadProperties": null, "MessageList": [
///         {"id": "1709551234567", "from": "8:live:rex", "displayName": "Rex", "messagetype": "RichText",
///          "originalarrivaltime": "2024-03-04T11:20:34.567Z", "content": "hello <ss type=\"smile\">:)</ss>", …}]}]}
///
/// Accounts are keyed by name, or by number where somebody telephoned. The order of keys means nothing, and each list of
/// messages begins with the newest.
public struct SkypeJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(id: "skype-json", title: "Skype export (JSON)", version: 3)

  private static let patterns = [
    "$.userId", "$.conversations[*].id", "$.conversations[*].displayName",
    "$.conversations[*].threadProperties", "$.conversations[*].properties",
    "$.conversations[*].MessageList[*]",
  ]

  /// The conversation at hand.
  struct Conversation {
    var position: UInt32
    var id = ""
    var name: (value: String, locator: Locator)?
    var topic = ""
    var blocked: Locator?
    var channels: [(channel: ChannelIndex, suffix: String)] = []
  }

  private let pass: JSONPass
  var owner: AccountIndex?
  var ownIdentity: SkypeIdentity?
  var people = SkypePeople()
  var conversation: Conversation?

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{"), head.contains("\"conversations\"") else { return .no }
    if head.contains("\"MessageList\"") { return .certain }
    return head.contains("\"userId\"") && head.contains("\"exportDate\"") ? .certain : .no
  }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws { pass = try JSONPass(limits: context.options.limits) }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let messages = JSONListTally(keys: ["MessageList"])
    let calls = JSONKeyTally(keys: [], pairs: [("messagetype", "Event/Call")])
    input.tap {
      messages.feed($0)
      calls.feed($0)
    }
    let pass = pass
    try pass.read(
      Self.patterns, of: input, into: writer,
      unit: { $0.pattern == 5 ? RecordClass.message.name : JSONPass.fileUnit }
    ) { match, value, locator in
      if match.pattern == 0 { return try name(owner: value, locator, into: writer) }
      if conversation?.position != match.index.0 {
        endConversation(writer)
        conversation = Conversation(position: match.index.0)
      }
      try take(match.pattern, value, locator, into: writer)
    }
    endConversation(writer)
    writer.count(.message, seen: messages[0] - calls[0])
    if calls[0] > 0 { writer.count(.call, seen: calls[0]) }
  }

  /// Notes what does not fit together.
  public mutating func finish(into writer: RecordWriter) throws {
    people.finish(writer)
  }

  private mutating func take(
    _ pattern: Int, _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    switch pattern {
    case 1:
      conversation?.id = value.scalarText ?? ""
      try settle(into: writer)
    case 2:
      if let name = value.string, !name.isEmpty { conversation?.name = (name, locator) }
      try settle(into: writer)
    case 3: try thread(value, locator, into: writer)
    case 4:
      if value["conversationblocked"]?.bool == true { conversation?.blocked = locator }
      try settle(into: writer)
    default: try message(value, locator, into: writer)
    }
  }

  // MARK: Accounts

  private mutating func name(owner value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let identity = SkypeIdentity(value.scalarText ?? "")
    guard let key = identity.key else { return }
    let account = ownAccount(locator, writer)
    ownIdentity = identity
    try writer.name(account, key, assertion: .platform, at: locator)
    writer.raise(account, to: .owner)
  }

  /// The account whose export this is.
  func isOwner(_ identity: SkypeIdentity) -> Bool { identity == ownIdentity }

  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, SkypeIdentity.platform, at: locator)
  }

  // MARK: Conversations

  /// Those who take part in a group, and what it is called.
  private mutating func thread(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    conversation?.topic = value["topic"]?.string ?? ""
    // A list of addresses as JSON in a string.
    for part in (value["members"]?.string ?? "").split(separator: "\"") {
      guard part.hasPrefix("8:") || part.hasPrefix("4:") || part.hasPrefix("28:") else { continue }
      _ = try people.account(SkypeIdentity(String(part)), name: "", role: .mentioned, locator, into: writer)
    }
  }

  /// Writes what a conversation with one person says of that person, once its address is known.
  private mutating func settle(into writer: RecordWriter) throws {
    guard let known = conversation, !known.id.isEmpty else { return }
    let identity = SkypeIdentity(known.id)
    if identity == .nobody || isOwner(identity) { return }
    if let name = known.name {
      _ = try people.account(
        identity, name: name.value, label: "conversation", role: .mentioned, name.locator, into: writer)
    }
    if let blocked = known.blocked {
      conversation?.blocked = nil
      guard let other = try people.account(identity, name: "", role: .mentioned, blocked, into: writer) else {
        return
      }
      try writer.record(.block, account: ownAccount(blocked, writer), other: other, text: "", at: blocked)
    }
  }

  /// Its channel, whose name may stand behind its messages.
  mutating func channel(_ suffix: String, _ writer: RecordWriter) -> ChannelIndex {
    if let known = conversation?.channels.first(where: { $0.suffix == suffix }) { return known.channel }
    let channel = writer.unnamedChannel()
    conversation?.channels.append((channel, suffix))
    return channel
  }

  /// Whether an address is a group's. Encrypted conversations of two, and those of Teams, have such addresses as well.
  private static func isOfGroup(_ id: String) -> Bool {
    id.hasPrefix("19:") && !["@p2p.", "@unq."].contains { id.contains($0) }
  }

  private mutating func endConversation(_ writer: RecordWriter) {
    guard let known = conversation else { return }
    conversation = nil
    let name = [known.name?.value ?? "", known.topic].first { !$0.isEmpty } ?? ""
    let title = [name, known.id.isEmpty ? "" : "[\(known.id)]"].filter { !$0.isEmpty }.joined(separator: " ")
    let mark = title.isEmpty ? "conversation \(known.position)" : title
    for (channel, suffix) in known.channels {
      writer.name(channel, mark + suffix)
      if suffix.isEmpty, Self.isOfGroup(known.id) { writer.markAsGroup(channel) }
    }
  }
}
