internal import AccountModel

/// Turns the text messages of a Skype database into records. Each stands among the messages as well, which say who wrote
/// it and where.
final class SkypeTextMessages {
  /// What a text message is, by its number; 3 and 4 ask for the code by which a number is confirmed, and give it.
  private static let outgoing: Int64 = 2
  private static let codes: Set<Int64> = [3, 4]

  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: SkypeDatabasePeople
  private let conversations: SkypeConversations
  private let table: DatabaseTable<SkypeTextMessageColumn>?
  /// Text messages that can be read, by the numbers of the messages that they are.
  private let links: RowLinks?

  init(
    _ database: OpenDatabase, _ people: SkypeDatabasePeople, _ conversations: SkypeConversations
  ) throws {
    self.database = database
    self.people = people
    self.conversations = conversations
    writer = database.writer
    table = try database.table(SkypeTextMessageColumn.self)
    links = try database.links(table) { row in
      let isReadable = row.text(.body)?.isEmpty == false && SkypeTime.time(row.integer(.timestamp)) != nil
      return (isReadable ? row.integer(.chatmsgId) : nil, row.id)
    }
  }

  /// Whether the message of a number is read here.
  func hold(_ message: Int64) throws -> Bool { try links?.others(of: message).isEmpty == false }

  /// Reads all of them.
  func read(messages: DatabaseTable<SkypeMessageColumn>) throws {
    guard let table else { return }
    let message = try DatabaseLookup(messages)
    try database.eachRecord(.message, of: table) { try read($0, message, $1) }
  }

  private func read(
    _ row: DatabaseRow<SkypeTextMessageColumn>, _ message: DatabaseLookup<SkypeMessageColumn>,
    _ locator: Locator
  ) throws {
    let kind = row.integer(.type)
    if let kind, Self.codes.contains(kind) { return writer.setAside(.message, .system, at: locator) }
    guard let body = row.text(.body) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "a text that is none")
    }
    if body.isEmpty { return writer.setAside(.message, .empty, at: locator) }
    if database.isTorn(body) { return writer.setAside(.message, .truncated, at: locator) }
    guard let time = SkypeTime.time(row.integer(.timestamp)) else {
      return writer.setAside(.message, .badTime, at: locator, detail: row.string(.timestamp))
    }
    let numbers = try people.targets(row.string(.targetNumbers), locator)
    let said = try row.integer(.chatmsgId).flatMap { try self.said($0, message) }
    var author = AccountIndex.none
    if let said { author = try people.account(said.author, name: said.name, role: .participant, locator) }
    if author == .none, kind == Self.outgoing { author = people.owner(locator) }
    guard author != .none else { return writer.setAside(.message, .noAuthor, at: locator) }
    let known = said?.channel ?? ""
    let name = known.isEmpty && !numbers.isEmpty ? "[\(numbers.joined(separator: " "))]" : known
    try ValidUTF8.with(body) { valid, _ in
      try writer.record(
        .message, account: author, channel: name.isEmpty ? .none : writer.channel(name), time: time,
        text: valid,
        at: locator)
    }
  }

  /// Who wrote the message that a text message is, and in which conversation; nil where it is not there any more.
  private func said(
    _ id: Int64, _ message: DatabaseLookup<SkypeMessageColumn>
  ) throws -> (author: SkypeIdentity, name: String, channel: String)? {
    do throws(DatabaseError) {
      // In a copy the numbers of rows may be others than those by which they are known. What is no text message is
      // another's, whose words this one's are not.
      guard let row = try message.row(id), row.integer(.id) ?? row.id == id,
        case .textMessage? = row.integer(.type).map({ SkypeMessageSort($0) })
      else { return nil }
      return (
        SkypeDatabasePeople.identity(DatabaseText.string(row.text(.author))),
        DatabaseText.string(row.text(.fromDispname)),
        conversations.name(row.integer(.convoId), chat: DatabaseText.string(row.text(.chatname)))
      )
    } catch {
      try database.lose(error, SkypeMessageColumn.table, id)
      return nil
    }
  }
}
