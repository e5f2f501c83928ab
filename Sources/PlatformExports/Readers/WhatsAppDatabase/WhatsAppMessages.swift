internal import AccountModel

/// Turns the messages of a WhatsApp database into records.
final class WhatsAppMessages {
  private struct Chat {
    let name: String
    let address: Int64?
    let isGroup: Bool
  }

  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople
  private var chats: [Int64: Chat] = [:]
  private var edited = 0

  /// What says in a message's own row that it was passed on; the table of such messages need not list it.
  private static let forwardedFlag: Int64 = 1

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) throws {
    self.database = database
    self.people = people
    writer = database.writer
    guard let table = try database.table(WhatsAppChatColumn.self) else { return }
    try database.each(of: table) { row in
      let address = row.integer(.address)
      let name = people.channelName(address, subject: WhatsAppPeople.string(row.text(.subject)))
      let isGroup = WhatsAppPeople.isOfGroup(people.address(address))
      chats[row.id] = Chat(name: name, address: address, isGroup: isGroup)
    }
  }

  /// Reads all of them, and what they say of changed numbers.
  func read(_ table: DatabaseTable<WhatsAppMessageColumn>) throws {
    let forwarded = try database.links(try database.table(WhatsAppForwardedColumn.self)) {
      ($0.integer(.message), $0.id)
    }
    let edits = try database.links(try database.table(WhatsAppEditColumn.self)) {
      ($0.integer(.message), $0.id)
    }
    try database.eachRecord(.message, of: table) { row, locator in
      let isMarked = (row.integer(.origin) ?? 0) & Self.forwardedFlag != 0
      let isForwarded = try isMarked || forwarded?.others(of: row.id).isEmpty == false
      guard try read(row, isForwarded, locator) else { return }
      if try edits?.others(of: row.id).isEmpty == false { edited += 1 }
    }
    if let changes = try database.table(WhatsAppNumberColumn.self) { try readChanges(changes, table) }
    if edited > 0 {
      writer.note("\(edited) messages were edited: their last wording is read, and no earlier one")
    }
  }

  private func read(
    _ row: DatabaseRow<WhatsAppMessageColumn>, _ isForwarded: Bool, _ locator: Locator
  ) throws -> Bool {
    let own = try people.owner(locator)
    // The first row of each database is none. Words are somebody's, whatever stands beside them.
    if row.integer(.status) == -1, row.optionalText(.text).isEmpty {
      writer.setAside(.message, .system, at: locator)
      return false
    }
    guard let fromMe = row.integer(.fromMe), (0...1).contains(fromMe), let number = row.integer(.kind),
      let text = row.text(.text)
    else {
      writer.setAside(.message, .malformed, at: locator, detail: "sender, type or text are none")
      return false
    }
    let chat = row.integer(.chat).flatMap { chats[$0] }
    // Of a group the address is the group's, and names nobody.
    let sender = row.integer(.sender).flatMap { $0 > 0 ? $0 : nil } ?? chat?.address
    let author = fromMe == 1 ? own : try people.account(sender, .participant, locator)
    let name = chat?.name ?? ""
    let suffix = isForwarded ? BorrowedWords.forwarded.rawValue : ""
    let channel = name.isEmpty ? ChannelIndex.none : writer.channel(name + suffix)
    if chat?.isGroup == true, !isForwarded { writer.markAsGroup(channel) }
    let time = row.integer(.time).flatMap { SMSBackupParser.time(milliseconds: $0) }
    return try WhatsAppRecord(
      kind: WhatsAppMessageKind(number), author: author, channel: channel, time: time,
      writtenTime: row.string(.time),
      text: text
    ).write(database, locator)
  }

  // MARK: Changed numbers

  /// A change of number is the app's own record, which nobody can type.
  private func readChanges(
    _ changes: DatabaseTable<WhatsAppNumberColumn>, _ messages: DatabaseTable<WhatsAppMessageColumn>
  ) throws {
    let message = try DatabaseLookup(messages)
    try database.eachRecord(.declaredLink, of: changes) { row, locator in
      let old = try people.account(row.integer(.old), .mentioned, locator)
      let new = try people.account(row.integer(.new), .mentioned, locator)
      guard old != .none, new != .none, old != new else {
        return writer.setAside(.declaredLink, .noAuthor, at: locator, detail: "does not name two accounts")
      }
      var time = ObservedTime.none
      if let id = row.integer(.message) {
        do throws(DatabaseError) {
          let said = try message.row(id)?.integer(.time)
          time = said.flatMap { SMSBackupParser.time(milliseconds: $0) } ?? .none
        } catch { try database.lose(error, WhatsAppMessageColumn.table, id) }
      }
      let names = [row.integer(.old), row.integer(.new)].map { people.plain(people.address($0)) }
      try writer.record(
        .declaredLink, account: old, other: new, assertion: .platform, time: time,
        text: "\(names[0]) changed to \(names[1])", at: locator)
    }
  }
}
