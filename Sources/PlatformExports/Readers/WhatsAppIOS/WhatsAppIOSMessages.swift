internal import AccountModel

/// Turns the messages of an iPhone's WhatsApp database into records.
final class WhatsAppIOSMessages {
  private struct Chat {
    let address: String
    let name: String
  }

  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople
  private let media: DatabaseLookup<WhatsAppIOSMediaColumn>?
  private var chats: [Int64: Chat] = [:]
  /// Addresses of members of groups.
  private var members: [Int64: String] = [:]
  private var unknown = UnknownSorts()
  private var numberChanges = 0

  /// What says in a message's own row that it was passed on.
  private static let forwardedFlag: Int64 = 1 << 7

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) throws {
    self.database = database
    self.people = people
    writer = database.writer
    media = try database.table(WhatsAppIOSMediaColumn.self).map { try DatabaseLookup($0) }
    try readChats()
    try readMembers()
    try readPushNames()
  }

  // MARK: People

  private func readChats() throws {
    guard let table = try database.table(WhatsAppIOSChatColumn.self) else { return }
    try database.each(of: table) { row in
      let locator = database.locator(WhatsAppIOSChatColumn.table, row.id)
      let address = WhatsAppPeople.string(row.text(.address))
      let shown = WhatsAppIOSName.shown(row.text(.partnerName))
      // Of one other the name is somebody's; of a group it is what the group is called.
      let account = try people.account(address, .mentioned, locator)
      if account != .none { try people.addName(shown, label: "partner-name", account, locator) }
      let other = WhatsAppPeople.string(row.text(.otherAddress))
      try addNumber(other, hiddenBy: address, locator)
      try addNumber(address, hiddenBy: other, locator)
      let subject = account == .none && !address.isEmpty ? shown : ""
      chats[row.id] = Chat(address: address, name: people.channelName(of: address, subject: subject))
    }
  }

  /// Adds to a number the id that hides it. Newer databases keep both of whoever a conversation is with; older ones have
  /// what the phone's book calls a contact in the place of the second, which is no address.
  private func addNumber(_ number: String, hiddenBy address: String, _ locator: Locator) throws {
    guard case .account(.phone, .platform, _, _, _) = WhatsAppPeople.identity(number),
      case .account(.platformID, _, let hidden, _, _) = WhatsAppPeople.identity(address)
    else { return }
    try people.addHidden(hidden, people.account(number, .mentioned, locator), locator)
  }

  private func readMembers() throws {
    guard let table = try database.table(WhatsAppIOSMemberColumn.self) else { return }
    try database.each(of: table) { row in
      let locator = database.locator(WhatsAppIOSMemberColumn.table, row.id)
      let address = WhatsAppPeople.string(row.text(.address))
      members[row.id] = address
      let account = try people.account(address, .mentioned, locator)
      guard account != .none else { return }
      try people.addName(WhatsAppIOSName.shown(row.text(.savedName)), label: "saved-name", account, locator)
    }
  }

  private func readPushNames() throws {
    guard let table = try database.table(WhatsAppIOSPushNameColumn.self) else { return }
    try database.each(of: table) { row in
      let locator = database.locator(WhatsAppIOSPushNameColumn.table, row.id)
      let account = try people.account(WhatsAppPeople.string(row.text(.address)), .mentioned, locator)
      guard account != .none else { return }
      try people.addName(WhatsAppIOSName.chosen(row.text(.pushName)), label: "push-name", account, locator)
    }
  }

  // MARK: Messages

  /// Reads all of them.
  func read(_ table: DatabaseTable<WhatsAppIOSMessageColumn>) throws {
    try database.eachRecord(.message, of: table) { try read($0, $1) }
    unknown.note(writer)
    if numberChanges > 0 {
      writer.note(
        "\(numberChanges) entries say that somebody has another number: which two these are is not read")
    }
  }

  private func read(_ row: DatabaseRow<WhatsAppIOSMessageColumn>, _ locator: Locator) throws {
    let own = try people.owner(locator)
    guard let fromMe = row.integer(.fromMe), (0...1).contains(fromMe), let number = row.integer(.kind),
      let text = row.text(.text)
    else {
      return writer.setAside(.message, .malformed, at: locator, detail: "sender, type or text are none")
    }
    guard let kind = WhatsAppMessageKind(iOS: number) else {
      unknown.add(number)
      return writer.setAside(.message, .unknownSort, at: locator, detail: "type \(number)")
    }
    if WhatsAppMessageKind.isNumberChange(iOS: number, event: row.integer(.event)) { numberChanges += 1 }
    let chat = row.integer(.chat).flatMap { chats[$0] }
    var author = AccountIndex.none
    if kind.reason == nil { author = fromMe == 1 ? own : try sender(row, chat, locator) }
    let isForwarded = row.integer(.flags).map { $0 & Self.forwardedFlag != 0 } ?? false
    let name = chat?.name ?? ""
    let suffix = isForwarded ? BorrowedWords.forwarded.rawValue : ""
    let channel = name.isEmpty ? ChannelIndex.none : writer.channel(name + suffix)
    if !isForwarded, WhatsAppPeople.isOfGroup(chat?.address ?? "") { writer.markAsGroup(channel) }
    let written = row.real(.time)
    _ = try WhatsAppRecord(
      kind: kind, author: author, channel: channel,
      time: written.flatMap { MessagesTime.time(seconds: $0) },
      writtenTime: written.map { "\($0)" } ?? row.string(.time), text: try words(row, number, text)
    ).write(database, locator)
  }

  /// Who wrote a message that came in: of a group its member, as the message's own address is the group's then; else by
  /// the message's own address, and only then by that of the conversation.
  private func sender(
    _ row: DatabaseRow<WhatsAppIOSMessageColumn>, _ chat: Chat?, _ locator: Locator
  ) throws -> AccountIndex {
    let member = row.integer(.member).flatMap { members[$0] }
    let candidates = [member ?? "", WhatsAppPeople.string(row.text(.from)), chat?.address ?? ""]
    for address in candidates {
      let account = try people.account(address, .participant, locator)
      guard account != .none else { continue }
      try people.addName(WhatsAppIOSName.chosen(row.text(.pushName)), label: "push-name", account, locator)
      return account
    }
    return .none
  }

  /// The words of a message; nothing where what stands there is nobody's.
  private func words(
    _ row: DatabaseRow<WhatsAppIOSMessageColumn>, _ number: Int64, _ text: Bytes
  ) throws -> Bytes {
    let nothing = Bytes(start: nil, count: 0)
    guard WhatsAppMessageKind.hasWords(iOS: number) else { return nothing }
    guard text.isEmpty, WhatsAppMessageKind.captioned.contains(number), let id = row.integer(.media) else {
      return text
    }
    do throws(DatabaseError) {
      return try media?.row(id)?.optionalText(.title) ?? nothing
    } catch {
      try database.lose(error, WhatsAppIOSMediaColumn.table, id)
      return nothing
    }
  }
}
