internal import AccountModel
internal import Foundation

/// Telegram Desktop's JSON export, of a whole account (`result.json`) or of one chat.
///
/// Accounts are keyed by the numeric user id. `from_id` is `user123`, `channel123` or, in old exports, a bare
/// number: below 2^32 that is a user id; above it old versions packed the sort of peer into the upper bits, so
/// the number then names an account within this source only. A message without `from_id` is the display
/// name's, within this source. A null `from` beside a `from_id` (a deleted account) is still that account's.
///
/// A forwarded message and one made by a bot on behalf of the sender are not the sender's own words: they are
/// kept, in a channel of their own whose name ends in ` (forwarded)` or ` (via bot)`.
///
/// A passage that is set as a quotation gets `> ` before each of its lines.
///
/// Service messages are set aside as the platform's own, but for calls, which become calls.
public struct TelegramJSONReader: ExportReader {
  /// Its name.
  public static let format = ExportFormat(
    id: "telegram-json", title: "Telegram Desktop export (JSON)", version: 5)
  /// The options that it is read by.
  public static let options: Set<ReadingOption> = [.timeZone]

  private static let lists = ["$.chats.list[*]", "$.left_chats.list[*]"]
  private static let chatFields = ["name", "type", "id", "messages[*]"]
  static let patterns =
    ["$.name", "$.type", "$.id", "$.messages[*]"]
    + lists.flatMap { list in chatFields.map { "\(list).\($0)" } }
    + [
      "$.personal_information", "$.contacts.list[*]", "$.frequent_contacts.list[*]", "$.sessions.list[*]",
      "$.web_sessions.list[*]",
    ]
  /// Patterns before this one belong to a chat, four to each place.
  private static let firstAccountPattern = 12

  private struct Chat {
    var place: Int
    var position: UInt32
    var name = ""
    var type = ""
    var id = ""
    var channel: ChannelIndex?
    /// Conversations that were begun before name and type of the chat were known, with what their names end in: the
    /// order of JSON keys means nothing, and programs that sort them put `messages` first.
    var unnamed: [(channel: ChannelIndex, suffix: String)] = []

    /// Its name, then type and id, which tell apart chats of one name.
    var title: String {
      var mark = [type, id].filter { !$0.isEmpty }.joined(separator: " ")
      if mark.isEmpty, place > 0 { mark = "\(place == 1 ? "chat" : "left chat") \(position)" }
      return [name, mark.isEmpty ? "" : "[\(mark)]"].filter { !$0.isEmpty }.joined(separator: " ")
    }
  }

  /// A call whose other side is not known before its chat's type, or before the owner.
  private struct HeldCall {
    let actor: AccountIndex
    let channel: ChannelIndex
    let time: ObservedTime
    let written: String
    let text: String
    let locator: Locator
    /// Set at the end of the chat: its id, if it is one of two people.
    var peer: String?
  }

  /// Turns local times into instants, when the person said which zone they are of.
  let clock: ZonedClock?
  let pass: JSONPass
  var owner: AccountIndex?
  var memory = IdentifierMemory()
  private var chat = Chat(place: 0, position: 0)
  /// Calls of the member at hand that wait, those of the present chat last.
  private var calls: [HeldCall] = []
  private var firstCallOfChat = 0
  private var text = QuotingText()

  /// Judges by the keys in the beginning of a member.
  public static func recognise(_ head: MemberHead) -> Recognition {
    guard head.firstByte == UInt8(ascii: "{") else { return .no }
    let isAccount = head.contains("\"personal_information\"") || head.contains("\"frequent_contacts\"")
    if isAccount, head.contains("Telegram") || head.contains("\"chats\"") { return .certain }
    let types: [StaticString] = [
      "\"personal_chat\"", "\"private_group\"", "\"private_supergroup\"", "\"public_supergroup\"",
      "\"private_channel\"", "\"public_channel\"", "\"saved_messages\"", "\"bot_chat\"",
    ]
    if head.contains("\"messages\"") {
      if types.contains(where: { head.contains($0) }) { return .certain }
      if head.contains("\"date_unixtime\"") { return .certain }
      let hasAuthor = head.contains("\"from_id\"") || head.contains("\"from\"")
      if hasAuthor, head.contains("\"date\""), head.contains("\"text\"") { return .possible }
    }
    return .no
  }

  /// The chat of a result.
  public static func subject(of head: MemberHead) -> String? { TelegramSubject.result(head) }

  /// Makes a reader for one unit.
  public init(context: UnitContext) throws {
    clock = try ZonedClock.make(context.options)
    pass = try JSONPass(limits: context.options.limits)
  }

  /// Reads one member.
  public mutating func read(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONKeyTally(
      keys: ["last_ip"],
      pairs: [("type", "message"), ("type", "service"), ("action", "phone_call"), ("type", "unsupported")])
    input.tap { tally.feed($0) }
    chat = Chat(place: 0, position: 0)
    let pass = pass
    let isWhole = try pass.read(
      Self.patterns, of: input, into: writer,
      unit: { match in
        switch match.pattern {
        case 3, 7, 11: RecordClass.message.name
        case 13, 14: RecordClass.contact.name
        case 15, 16: RecordClass.session.name
        default: JSONPass.fileUnit
        }
      }
    ) { match, value, locator in
      try take(match, value, locator, into: writer)
    }
    endChat(writer)
    try writeCalls(into: writer)
    if !isWhole {
      // Pages beside it were passed over before anything of it was read.
      writer.note(
        "\(input.path) is damaged: where the same was exported as pages (messages.html), give these in a folder of "
          + "their own, as they may hold what is lost here; beside it they are not read")
    }
    writer.count(.message, seen: tally[1] + tally[2] + tally[4] - tally[3])
    if tally[3] > 0 { writer.count(.call, seen: tally[3]) }
    if tally[0] > 0 { writer.count(.session, seen: tally[0]) }
  }

  /// Notes what the zone left open.
  public mutating func finish(into writer: RecordWriter) throws { clock?.report(to: writer) }

  private mutating func take(
    _ match: JSONMatch, _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard match.pattern < Self.firstAccountPattern else {
      switch match.pattern {
      case 12: try personalInformation(value, locator, into: writer)
      case 13: try contact(value, locator, into: writer)
      case 14: try frequentContact(value, locator, into: writer)
      default: try session(value, isWeb: match.pattern == 16, locator, into: writer)
      }
      return
    }
    let place = match.pattern / 4
    if chat.place != place || (place > 0 && chat.position != match.index.0) {
      endChat(writer)
      chat = Chat(place: place, position: match.index.0)
    }
    switch match.pattern % 4 {
    case 0: chat.name = value.string ?? ""
    case 1: chat.type = value.string ?? ""
    case 2: chat.id = value.scalarText ?? ""
    default: try message(value, locator, into: writer)
    }
  }

  /// The conversation; where the chat has no name and type yet, one that `endChat` names.
  private mutating func channel(_ suffix: String, _ writer: RecordWriter) -> ChannelIndex {
    if suffix.isEmpty, let channel = chat.channel { return channel }
    if let begun = chat.unnamed.first(where: { $0.suffix == suffix }) { return begun.channel }
    let isNamed = !chat.name.isEmpty && !chat.type.isEmpty
    let channel = isNamed ? writer.channel(chat.title + suffix) : writer.unnamedChannel()
    if !isNamed { chat.unnamed.append((channel, suffix)) }
    if suffix.isEmpty { chat.channel = channel }
    return channel
  }

  private static let typesOfGroups: Set<String> = [
    "private_group", "private_supergroup", "public_supergroup", "private_channel", "public_channel",
  ]

  /// Gives conversations their names, and calls the chat's other side, now that all keys of the chat were seen.
  private mutating func endChat(_ writer: RecordWriter) {
    for (channel, suffix) in chat.unnamed { writer.name(channel, chat.title + suffix) }
    if let channel = chat.channel, Self.typesOfGroups.contains(chat.type) { writer.markAsGroup(channel) }
    if chat.type == "personal_chat", !chat.id.isEmpty {
      for position in firstCallOfChat..<calls.count { calls[position].peer = chat.id }
    }
    firstCallOfChat = calls.count
    chat = Chat(place: 0, position: 0)
  }

  private mutating func writeCalls(into writer: RecordWriter) throws {
    for call in calls { try write(call, into: writer) }
    calls = []
    firstCallOfChat = 0
  }

  private func write(_ call: HeldCall, into writer: RecordWriter) throws {
    var other = AccountIndex.none
    if let peer = call.peer {
      let account = try writer.account(
        AccountKey(platform: .telegram, kind: .platformID, scope: .platform, value: peer),
        role: .participant, assertion: .platform, at: call.locator)
      other = writer.resolve(account) == writer.resolve(call.actor) ? owner ?? .none : account
    }
    try writer.record(
      .call, account: call.actor, other: other, channel: call.channel, time: call.time,
      writtenTime: call.written, text: call.text, at: call.locator)
  }

  // MARK: Messages

  private mutating func message(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    guard let type = value["type"]?.string else {
      writer.setAside(.message, .malformed, at: locator, detail: "a message without a type")
      return
    }
    guard type == "message" else {
      try service(value, type, locator, into: writer)
      return
    }
    guard let account = try author(value, "from_id", "from", locator, into: writer) else {
      writer.setAside(.message, .noAuthor, at: locator)
      return
    }
    guard let time = time(value, "date_unixtime", "date") else {
      writer.setAside(.message, .badTime, at: locator, detail: value["date"]?.string ?? "")
      return
    }
    let isForwarded =
      value.hasField("forwarded_from") || value.hasField("forwarded_from_id") || value.hasField("saved_from")
    let borrowed: BorrowedWords? = isForwarded ? .forwarded : value.hasField("via_bot") ? .viaBot : nil
    let suffix = borrowed?.rawValue ?? ""
    try gather(value["text"], account, isOwn: suffix.isEmpty, locator, into: writer)
    if let card = value["contact_information"], suffix.isEmpty {
      try sharedContact(card, by: account, time, locator, into: writer)
    }
    setAsideParts(of: value, locator, into: writer)
    let channel = channel(suffix, writer)
    try text.bytes.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, channel: channel, time: time, writtenTime: value["date"]?.string ?? "",
        text: $0, at: locator)
    }
  }

  /// Counts what a message holds beside its text.
  private func setAsideParts(of value: JSONValue, _ locator: Locator, into writer: RecordWriter) {
    for key in ["photo", "file", "location_information", "poll"] as [StaticString] {
      guard let part = value[key] else { continue }
      writer.setAside("attachment", .media, at: locator, detail: part.string ?? "\(key)")
    }
    writer.setAsideReactions(of: value, at: locator) { $0["emoji"] }
  }

  private mutating func service(
    _ value: JSONValue, _ type: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let actor = try author(value, "actor_id", "actor", locator, into: writer)
    guard type == "service", value["action"]?.string == "phone_call" else {
      let reason: SetAsideReason =
        switch type {
        case "service": .system
        case "unsupported": .unsupported
        default: .malformed
        }
      writer.setAside(.message, reason, at: locator, detail: value["action"]?.string ?? type)
      return
    }
    guard let actor else {
      writer.setAside(.call, .noAuthor, at: locator)
      return
    }
    guard let time = time(value, "date_unixtime", "date") else {
      writer.setAside(.call, .badTime, at: locator, detail: value["date"]?.string ?? "")
      return
    }
    var words = ["call"]
    if let seconds = value["duration_seconds"]?.int64 { words.append("\(seconds) s") }
    if let reason = value["discard_reason"]?.string { words.append(reason) }
    var call = HeldCall(
      actor: actor, channel: channel("", writer), time: time, written: value["date"]?.string ?? "",
      text: words.joined(separator: ", "), locator: locator)
    // The export of one chat has no owner to wait for.
    let isPersonal = chat.type == "personal_chat"
    let isSettled =
      !chat.type.isEmpty && (!isPersonal || !chat.id.isEmpty && (owner != nil || chat.place == 0))
    guard isSettled else { return calls.append(call) }
    if isPersonal { call.peer = chat.id }
    try write(call, into: writer)
  }

  /// The account behind an id and a name; nil when there is neither.
  private mutating func author(
    _ value: JSONValue, _ idKey: StaticString, _ nameKey: StaticString, _ locator: Locator,
    into writer: RecordWriter
  ) throws -> AccountIndex? {
    let name = value[nameKey].map { Self.trimmed($0.stringBytes) }
    if let id = value[idKey] {
      guard let account = try Self.account(id, at: locator, into: writer) else { return nil }
      if let name, !name.isEmpty, memory.isNew(account, .displayName, name) {
        try writer.identifier(
          account, .displayName, String(decoding: name, as: UTF8.self), assertion: .user, at: locator)
      }
      return account
    }
    guard let name, !name.isEmpty else { return nil }
    return try writer.account(
      .telegram, .displayName, .source, value: name, role: .participant, assertion: .user, at: locator)
  }

  private static func account(
    _ id: JSONValue, at locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    if id.kind == .string {
      let bytes = id.stringBytes
      guard !bytes.isEmpty else { return nil }
      let isUser = bytes.starts(with: "user".utf8)
      return try writer.account(
        .telegram, .platformID, .platform,
        value: isUser ? UnsafeBufferPointer(rebasing: bytes[4...]) : bytes, role: .participant,
        assertion: .platform, at: locator)
    }
    guard let number = id.int64, number > 0 else { return nil }
    let isPacked = number >= 1 << 32
    return try writer.account(
      AccountKey(
        platform: .telegram, kind: .platformID, scope: isPacked ? .source : .platform,
        value: isPacked ? "peer\(number)" : String(number)),
      role: .participant, assertion: .platform, at: locator)
  }

  /// Puts the text's pieces together, and keeps what its entities say beyond the words.
  private mutating func gather(
    _ value: JSONValue?, _ account: AccountIndex, isOwn: Bool, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    text.removeAll()
    guard let value else { return }
    text.append(value.stringBytes, isQuote: false)
    try value.forEachElement { piece in
      let words = piece.kind == .string ? piece : piece["text"]
      let type = piece.kind == .object ? piece["type"]?.string : nil
      if let words { text.append(words.stringBytes, isQuote: type == "blockquote") }
      guard isOwn, let type else { return }
      if type == "text_link", let target = piece["href"]?.string {
        try writer.identifier(account, .url, target, label: "text-link", assertion: .user, at: locator)
      }
      if type == "mention_name", let id = piece["user_id"]?.scalarText, let name = piece["text"]?.string {
        let other = try writer.account(
          AccountKey(platform: .telegram, kind: .platformID, scope: .platform, value: id), role: .mentioned,
          assertion: .platform, at: locator)
        if memory.isNew(other, .displayName, name) {
          try writer.identifier(
            other, .displayName, name, label: "mention", assertion: .user, at: locator)
        }
      }
    }
  }

  // MARK: Values

  /// `…_unixtime`, in UTC, or else the local time beside it, of unknown zone.
  func time(_ value: JSONValue, _ unix: StaticString, _ local: StaticString) -> ObservedTime? {
    if let seconds = value[unix]?.int64 { return TimeText.epoch(seconds: seconds) }
    guard let bytes = value[local]?.stringBytes else { return nil }
    return TimeText.plausible(TimeText.iso8601(bytes).map { clock?.assume($0) ?? $0 })
  }

  static func trimmed(_ bytes: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    guard let first = bytes.firstIndex(where: { $0 > 0x20 }), let last = bytes.lastIndex(where: { $0 > 0x20 })
    else { return .empty }
    return UnsafeBufferPointer(rebasing: bytes[first...last])
  }
}
