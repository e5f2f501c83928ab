internal import AccountModel

/// Turns the rows of a Kik database into accounts, identifiers and records.
final class KikMessages {
  /// A user or group, by its row.
  private struct User {
    let account: AccountIndex
    /// What a conversation with it is called.
    let name: String
  }

  static let platform = Platform("kik")
  /// What the row of a group's address ends with.
  private static let groups = "@groups.kik.com"

  private let database: OpenDatabase
  private let writer: RecordWriter
  private var users: [Int64: User] = [:]
  /// Users or groups of conversations.
  private var chats: [Int64: Int64] = [:]
  private var owner: AccountIndex?

  init(_ database: OpenDatabase) throws {
    self.database = database
    writer = database.writer
    guard let table = try database.table(KikUserColumn.self, isNeeded: true) else { return }
    try database.each(of: table) { try readUser($0) }
    guard let table = try database.table(KikChatColumn.self) else { return }
    try database.each(of: table) { row in if let user = row.integer(.user) { chats[row.id] = user } }
  }

  private func readUser(_ row: DatabaseRow<KikUserColumn>) throws {
    func string(_ column: KikUserColumn) -> String {
      DatabaseText.address(row.text(column)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    let locator = database.locator(KikUserColumn.table, row.id)
    let address = string(.address)
    let shown = string(.displayName)
    if address.lowercased().hasSuffix(Self.groups) {
      users[row.id] = User(account: .none, name: shown.isEmpty ? address : "\(shown) (\(address))")
      return
    }
    // The address is the name with an ending, which normalisation knows. Of members of public groups Kik tells no name:
    // words stand there, the same for all of them, and the address is an alias.
    let name = [string(.userName), address].first { KikRow.isName($0) } ?? ""
    guard !name.isEmpty else { return writer.setAside("user", .noAuthor, at: locator, detail: shown) }
    let kind: IdentifierKind = name == address && Self.isAlias(address) ? .platformID : .handle
    let account = try writer.account(
      AccountKey(platform: Self.platform, kind: kind, scope: .platform, value: name), role: .mentioned,
      assertion: .platform, at: locator)
    try writer.identifier(account, .displayName, shown, assertion: .user, at: locator)
    users[row.id] = User(account: account, name: name)
  }

  /// Whether an address is longer than a name with its ending can be: an alias that hides one.
  private static func isAlias(_ address: String) -> Bool {
    address.prefix { $0 != "@" }.utf8.count > longestName
  }

  /// Bytes of a name, and of the ending of its address, at most.
  private static let longestName = 30 + 4

  /// Reads all messages.
  func read() throws {
    guard let table = try database.table(KikMessageColumn.self, isNeeded: true) else { return }
    let chatsOf = try database.links(try database.table(KikChatMessageColumn.self)) {
      ($0.integer(.message), $0.integer(.chat))
    }
    let attachments = try database.table(KikAttachmentColumn.self)
    let attachmentsOf = try database.links(attachments) { ($0.integer(.message), $0.id) }
    let attachment = try attachments.map { try DatabaseLookup($0) }
    try database.eachRecord(.message, of: table) { row, locator in
      let chat = try chatsOf?.others(of: row.id).lazy.compactMap { self.chats[$0] }.first
      // Of a picture the body is the number of it.
      var isPicture = false
      for id in try attachmentsOf?.others(of: row.id) ?? [] {
        do throws(DatabaseError) {
          guard let found = try attachment?.row(id) else { continue }
          writer.setAside("media", .media, at: database.locator(KikAttachmentColumn.table, id))
          let content = found.optionalText(.content)
          if !content.isEmpty, content.elementsEqual(row.optionalText(.body)) { isPicture = true }
        } catch { try database.lose(error, KikAttachmentColumn.table, id) }
      }
      try read(row, chat: chat, isPicture: isPicture, locator)
    }
  }

  private func read(
    _ row: DatabaseRow<KikMessageColumn>, chat: Int64?, isPicture: Bool, _ locator: Locator
  ) throws {
    let own = writer.ownAccount(&owner, Self.platform, at: locator)
    let isReceived: Bool
    switch row.integer(.kind) {
    case 1: isReceived = true
    case 2: isReceived = false
    // Who came and went in a group.
    case 3, 4: return writer.setAside(.message, .system, at: locator)
    case let kind:
      return writer.setAside(
        .message, .malformed, at: locator, detail: "type \(kind.map { "\($0)" } ?? "none") is not known")
    }
    guard let time = row.real(.time).flatMap({ MessagesTime.time(seconds: $0) }) else {
      return writer.setAside(.message, .badTime, at: locator, detail: row.string(.time))
    }
    guard let body = row.text(.body) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "a text that is none")
    }
    if database.isTorn(body) { return writer.setAside(.message, .truncated, at: locator) }
    // Of a message that was sent the user is whom it went to, a group perhaps.
    let user = row.integer(.user).flatMap { users[$0] }
    let author = isReceived ? user?.account ?? AccountIndex.none : own
    guard author != .none else { return writer.setAside(.message, .noAuthor, at: locator) }
    if isReceived { writer.raise(author, to: .participant) }
    let other = chat.flatMap { users[$0] } ?? (isReceived ? nil : user)
    let channel = other.map { $0.name.isEmpty ? .none : writer.channel($0.name) } ?? ChannelIndex.none
    if other?.account == AccountIndex.none { writer.markAsGroup(channel) }
    try ValidUTF8.with(isPicture ? Bytes(start: nil, count: 0) : body) { valid, _ in
      try writer.record(
        .message, account: author, channel: channel, time: time, text: valid, at: locator)
    }
  }
}
