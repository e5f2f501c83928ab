internal import AccountModel
internal import CLibXML2

/// Messages, mail, posts and calls.
extension CellebriteRecords {
  /// Writes a message of a chat, or has it wait there until the chat's app is known.
  ///
  /// - Returns: whether it waits.
  func message(_ model: CellebriteModel, in chat: inout CellebriteModel) throws -> Bool {
    if model[.source].isEmpty, chat[.source].isEmpty, !model.isTooLarge {
      chat.waiting.append(model)
      return true
    }
    try message(model, chat: &chat)
    return false
  }

  /// Writes a message that stands in no chat.
  func message(_ model: CellebriteModel, chat: CellebriteModel?) throws {
    var none = chat
    try write(model, chat: &none)
  }

  private func message(_ model: CellebriteModel, chat: inout CellebriteModel) throws {
    var some: CellebriteModel? = chat
    try write(model, chat: &some)
    if let some {
      chat.channels = some.channels
      chat.participants = some.participants
    }
  }

  /// Ends a chat: writes what waited in it, and names its conversation if that was begun without a name.
  func end(_ model: CellebriteModel) throws {
    var chat = model
    chat.waiting = []
    for message in model.waiting { try self.message(message, chat: &chat) }
    let title = title(chat)
    for (suffix, channel, isNamed) in chat.channels where !isNamed {
      writer.name(channel, (title.isEmpty ? "chat \(nextChat())" : title) + suffix)
    }
    if let plain = chat.channels.first(where: { $0.suffix.isEmpty }), isOfGroup(chat) {
      writer.markAsGroup(plain.channel)
    }
    // Who takes part is known also of a chat without messages.
    let platform = CellebriteSource.platform(chat[.source])
    if chat.isReference { return }
    for party in chat.parties where party.role == .participants {
      _ = try person(party, platform, .mentioned, chat)
    }
  }

  /// Whether a chat is a group's, by its id or by who takes part. Not every report says which of these is the phone's.
  private func isOfGroup(_ chat: CellebriteModel) -> Bool {
    if CellebriteIdentity(chat[.id], CellebriteSource.platform(chat[.source])) == .group { return true }
    let members = chat.parties.filter { $0.role == .participants }
    let others = members.filter { !$0.isOwner }.map {
      $0.identifier.isEmpty ? $0.name.lowercased() : $0.identifier.lowercased()
    }
    return Set(others).count > (others.count < members.count ? 1 : 2)
  }

  /// Name, app and id of a chat; empty while it has no id.
  private func title(_ chat: CellebriteModel) -> String {
    let platform = CellebriteSource.platform(chat[.source]).rawValue
    let mark = chat[.id].isEmpty ? "" : "[\(platform) \(chat[.id])]"
    return BorrowedWords.unmarked([chat[.name], mark].filter { !$0.isEmpty }.joined(separator: " "))
  }

  private func channel(_ chat: inout CellebriteModel, _ suffix: String) -> ChannelIndex {
    if let known = chat.channels.first(where: { $0.suffix == suffix }) { return known.channel }
    let isNamed = !chat[.id].isEmpty
    let channel = isNamed ? writer.channel(title(chat) + suffix) : writer.unnamedChannel()
    chat.channels.append((suffix, channel, isNamed))
    return channel
  }

  private func platform(_ model: CellebriteModel, _ chat: CellebriteModel?) -> Platform {
    switch model.kind {
    case .email: return .email
    case .sms, .mms: return CellebriteSource.platform(model[.source])
    default:
      let source = model[.source].isEmpty ? chat?[.source] ?? "" : model[.source]
      return source.isEmpty ? Platform("unknown app") : CellebriteSource.platform(source)
    }
  }

  /// Participants by which messages of a chat are told from copies, at most.
  private static let groupLimit = 64

  private func write(_ model: CellebriteModel, chat: inout CellebriteModel?) throws {
    if model.isTooLarge { return setAside(model, .message, .tooLarge) }
    let folder = model.lowered(.folder)
    let status = model.lowered(.status)
    // A text message in no folder of what went out or came in was written on the phone and never left it.
    let isUnsent =
      status == "unsent" && isText(model) && !["sent", "outbox", "inbox"].contains { folder.hasPrefix($0) }
    if folder.hasPrefix("draft") || status.hasPrefix("draft") || isUnsent {
      return setAside(model, .message, .draft)
    }
    let platform = platform(model, chat)
    guard let time = time(model, .message) else { return }
    let isMail = if case .email = model.kind { true } else { false }
    let assertion: Assertion = isMail ? .claimed : .platform
    var author = Person.nobody
    var others: [AccountIndex] = []
    var own = AccountIndex.none
    for party in model.parties where party.role != .forwarded {
      let isAuthor = party.role == .from
      if isAuthor, author.account != .none { continue }
      let person = try person(
        party, platform, isAuthor ? .participant : .mentioned, model, assertion: assertion)
      if party.isOwner, own == .none { own = person.account }
      if isAuthor { author = person } else if person.account != .none { others.append(person.account) }
    }
    if case .system = author { return setAside(model, .message, .system) }
    if model.lowered(.type).hasPrefix("system") { return setAside(model, .message, .system) }
    if author.account == .none, !isMail { author = try unsaid(model, folder, platform, own: own, others) }
    guard author.account != .none else {
      return setAside(model, .message, .noAuthor, detail: model.parties.first?.identifier ?? "")
    }
    let text = text(model, isMail: isMail)
    if case .activity = model.kind, text.isEmpty { return setAside(model, .message, .empty) }
    // Of a chat without recipients all who take part are parties.
    var parties = others
    if parties.isEmpty, chat != nil { parties = try participants(&chat, platform) }
    let suffix = isBorrowed(model) ? BorrowedWords.forwarded.rawValue : ""
    var conversation = ChannelIndex.none
    if chat != nil, var inside = chat {
      conversation = channel(&inside, suffix)
      chat = inside
    } else if !isMail {
      let name = channelName(model, author.account, parties)
      if !name.isEmpty { conversation = writer.channel("\(name)\(suffix)") }
      // Addresses may be one account's in two ways of writing; accounts that are known are three.
      let all = Set(([author.account] + parties).map { writer.resolve($0) })
      if suffix.isEmpty, all.count > 2, model.parties.allSatisfy({ $0.account != nil }) {
        writer.markAsGroup(conversation)
      }
    }
    if !others.isEmpty { parties = Set(others.map { writer.resolve($0) }).sorted() }
    // Where nobody else is known the conversation stands for them, and for the many of a large group.
    if others.isEmpty, parties.count > Self.groupLimit { parties = [] }
    let isAlone = parties.allSatisfy { $0 == writer.resolve(author.account) }
    let place = isAlone ? conversation : .none
    if isDuplicate(model, .message, platform: platform, [author.account] + parties, place, time, text) {
      return
    }
    take(model, .message)
    if model.attachments > 0 {
      writer.setAside("attachment", .media, at: model.locator, count: model.attachments)
    }
    try writer.record(
      .message, account: author.account, channel: conversation, time: time, writtenTime: model[.timeStamp],
      text: text, at: model.locator)
    for card in model.cards { try contact(card, sentBy: author.account, time) }
  }

  /// Who takes part in a chat, in order of their numbers; looked up anew only when somebody was added.
  private func participants(_ chat: inout CellebriteModel?, _ platform: Platform) throws -> [AccountIndex] {
    guard let parties = chat?.parties, let inside = chat else { return [] }
    if let known = inside.participants, known.count == parties.count, known.platform == platform {
      return known.accounts
    }
    var accounts: Set<AccountIndex> = []
    for party in parties where party.role == .participants {
      let account = try person(party, platform, .mentioned, inside).account
      if account != .none { accounts.insert(writer.resolve(account)) }
    }
    let sorted = accounts.sorted()
    chat?.participants = (parties.count, platform, sorted)
    return sorted
  }

  /// The author of a message that names none: the phone's owner where the report says that it was sent.
  private func unsaid(
    _ model: CellebriteModel, _ folder: String, _ platform: Platform, own: AccountIndex,
    _ others: [AccountIndex]
  ) throws -> Person {
    let wasReceived = folder.hasPrefix("inbox")
    let wasSent =
      folder.hasPrefix("sent") || folder.hasPrefix("outbox")
      || !wasReceived && model.lowered(.status) == "sent"
    let isText = isText(model)
    if model.isTrue(.fromIsOwner) || isText && wasSent {
      return .account(own == .none ? try owner(platform, model) : own)
    }
    // A received message names its one sender as a party of no role.
    if isText, wasReceived, model.parties.count == 1, model.parties[0].role == .parties,
      own == .none, let other = others.first
    {
      writer.raise(other, to: .participant)
      return .account(other)
    }
    return .nobody
  }

  private func isText(_ model: CellebriteModel) -> Bool {
    switch model.kind {
    case .sms, .mms: true
    default: false
    }
  }

  /// Whether the words are somebody else's.
  private func isBorrowed(_ model: CellebriteModel) -> Bool {
    if model.isForwarded || model.saysForwarded || model.lowered(.label).contains("forward") { return true }
    let type = model.lowered(.activityType)
    return ["share", "repost", "retweet", "reblog"].contains { type.contains($0) }
  }

  /// Subject and body; of mail and posts the body, and what stands in its place.
  private func text(_ model: CellebriteModel, isMail: Bool) -> String {
    let body = model[.body]
    if case .activity = model.kind { return body.isEmpty ? model[.title] : body }
    let subject = model[.subject]
    if !isMail { return subject.isEmpty || body.isEmpty ? subject + body : subject + "\n" + body }
    let words = Self.looksLikeHTML(body) ? MailMessage.words(ofHTML: body) : body
    return words.isEmpty ? model[.snippet].isEmpty ? subject : model[.snippet] : words
  }

  private static func looksLikeHTML(_ text: String) -> Bool {
    let beginning = text.prefix(1000).lowercased()
    return beginning.hasPrefix("<")
      && ["<html", "<!doctype", "<div", "<p", "<head", "<body", "<table", "<span"]
        .contains { beginning.contains($0) }
  }

  /// The other side of a text message; the channel of a post.
  private func channelName(_ model: CellebriteModel, _ author: AccountIndex, _ parties: [AccountIndex])
    -> String
  {
    if case .activity = model.kind { return BorrowedWords.unmarked(model[.channelName]) }
    let all = Set(([author] + parties).map { writer.resolve($0) })
    let known = all.compactMap { account -> (address: [UInt8], isNumber: Bool)? in
      let about = writer.accounts[Int(account.raw)]
      guard about.role != .owner, let key = about.key else { return nil }
      return (Array(key.value.utf8), key.kind == .phone)
    }
    return BorrowedWords.unmarked(conversations.name(known).0)
  }

  // MARK: Calls

  /// Writes a call: from whoever made it to the other side.
  func call(_ model: CellebriteModel) throws {
    if model.isTooLarge { return setAside(model, .call, .tooLarge) }
    let platform = CellebriteSource.platform(model[.source])
    guard let time = time(model, .call) else { return }
    let type = model.lowered(.type)
    let direction = model.lowered(.direction)
    let isOutgoing =
      direction == "outgoing" || direction.isEmpty && ["outgoing", "dialed", "dialled"].contains(type)
    let isIncoming =
      direction == "incoming"
      || direction.isEmpty
        && ["incoming", "received", "missed", "rejected", "blocked", "voicemail"].contains(type)
    var from = AccountIndex.none
    var others: [AccountIndex] = []
    var ownParty = AccountIndex.none
    for party in model.parties {
      let isCaller = party.role == .from
      let account = try person(party, platform, isCaller ? .participant : .mentioned, model).account
      if account == .none { continue }
      if party.isOwner { ownParty = account }
      if isCaller, from == .none { from = account } else { others.append(account) }
    }
    if from == .none {
      if isOutgoing {
        from = ownParty == .none ? try owner(platform, model) : ownParty
      } else if isIncoming {
        var callers: [AccountIndex] = []
        for other in others where other != ownParty && !callers.contains(other) { callers.append(other) }
        // Of a call of several nothing but a role says who made it.
        if callers.count > 1 {
          return setAside(model, .call, .noAuthor, detail: "several took part, and nothing says who called")
        }
        guard let caller = callers.first,
          model.parties.allSatisfy({ $0.role != .to || $0.isOwner })
        else { return setAside(model, .call, .withheldNumber) }
        from = caller
        writer.raise(caller, to: .participant)
      }
    }
    guard from != .none else { return setAside(model, .call, .noAuthor, detail: model[.type]) }
    others.removeAll { writer.resolve($0) == writer.resolve(from) }
    var other = others.first ?? .none
    let isOwn = writer.accounts[Int(writer.resolve(from).raw)].role == .owner
    // A document that names accounts does not say which of them is the phone's, and that may be the caller.
    let mayBeOwn = !isIncoming && model.parties.contains { $0.account != nil }
    if other == .none, !isOwn, !mayBeOwn {
      other = ownParty == .none ? try owner(platform, model) : ownParty
    }
    var words = [type.isEmpty ? direction : type].filter { !$0.isEmpty }
    if words.isEmpty { words = ["call"] }
    if let seconds = CellebriteTime.seconds(model[.duration]), seconds > 0 { words.append("\(seconds) s") }
    let text = words.joined(separator: ", ")
    let key = [from] + Set((others + [other]).filter { $0 != .none }.map { writer.resolve($0) }).sorted()
    if isDuplicate(model, .call, platform: platform, key, .none, time, text) { return }
    take(model, .call)
    let name = channelName(model, from, others)
    try writer.record(
      .call, account: from, other: other, channel: name.isEmpty ? .none : writer.channel(name), time: time,
      writtenTime: model[.timeStamp], text: text, at: model.locator)
  }
}
