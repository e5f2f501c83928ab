internal import AccountModel

/// Turns the messages of a Skype database into records.
final class SkypeMessages {
  /// A row whose author and time are known.
  private struct Entry {
    let sort: SkypeMessageSort
    let row: DatabaseRow<SkypeMessageColumn>
    let body: Bytes
    let content: SkypeContent
    let author: SkypeIdentity
    let account: AccountIndex
    let time: ObservedTime
    let locator: Locator

    var conversation: Int64? { row.integer(.convoId) }
  }

  private static let otherRecord = SetAsideReason(
    "other-record", "is no message, and was read as a contact, a block or a call", isFault: false)
  private static let callNotice = SetAsideReason(
    "call-notice", "says that a call began or ended; calls are read from their own table", isFault: false)
  private static let inOtherTable = SetAsideReason(
    "text-message", "is read from the table of text messages", isFault: false)

  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: SkypeDatabasePeople
  private let conversations: SkypeConversations
  private let calls: SkypeCalls
  private let texts: SkypeTextMessages
  private var edited = 0
  private var begun = 0
  private var unknown = UnknownSorts()

  init(
    _ database: OpenDatabase, _ people: SkypeDatabasePeople, _ conversations: SkypeConversations,
    _ calls: SkypeCalls, _ texts: SkypeTextMessages
  ) {
    self.database = database
    self.people = people
    self.conversations = conversations
    self.calls = calls
    self.texts = texts
    writer = database.writer
  }

  /// Reads all of them.
  func read(_ table: DatabaseTable<SkypeMessageColumn>) throws {
    try database.eachRecord(.message, of: table) { try read($0, $1) }
    if edited > 0 {
      writer.note("\(edited) messages were edited: their last wording is read, and no earlier one")
    }
    if calls.hasRows, begun > calls.count {
      writer.note("\(begun) messages say that a call began, and the table of calls has \(calls.count)")
    }
    unknown.note(writer)
  }

  private func read(_ row: DatabaseRow<SkypeMessageColumn>, _ locator: Locator) throws {
    guard let number = row.integer(.type), let body = row.text(.bodyXml) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "type or text are none")
    }
    if database.isTorn(body) { return writer.setAside(.message, .truncated, at: locator) }
    let sort = SkypeMessageSort(number)
    guard try isOwnEntry(sort, number, row, locator) else { return }
    let written = DatabaseText.string(row.text(.author))
    let author = SkypeDatabasePeople.identity(written)
    let account = try people.account(
      author, name: DatabaseText.string(row.text(.fromDispname)), role: .participant, locator)
    guard account != .none else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: written)
    }
    guard let time = SkypeTime.time(row.integer(.timestamp)) else {
      return writer.setAside(.message, .badTime, at: locator, detail: row.string(.timestamp))
    }
    let content = ValidUTF8.with(body) { bytes, _ in SkypeContent(bytes, isPage: false) }
    if content.replaced > 0 {
      writer.setAside("character", .loneSurrogate, at: locator, count: content.replaced)
    }
    let entry = Entry(
      sort: sort, row: row, body: body, content: content, author: author, account: account, time: time,
      locator: locator)
    switch sort {
    case .request, .introduction, .block: try declare(entry)
    case .callEnded:
      try calls.write(content, by: account, author, in: entry.conversation, time, locator)
      writer.setAside(.message, Self.otherRecord, at: locator)
    default:
      people.note(author: author, with: conversations.partner(entry.conversation))
      try write(entry)
    }
  }

  /// Whether a row is to be read here; else it is set aside.
  private func isOwnEntry(
    _ sort: SkypeMessageSort, _ number: Int64, _ row: DatabaseRow<SkypeMessageColumn>, _ locator: Locator
  ) throws -> Bool {
    switch sort {
    case .system: writer.setAside(.message, .system, at: locator, detail: "type \(number)")
    case .unknown:
      unknown.add(number)
      writer.setAside(.message, .unknownSort, at: locator, detail: "type \(number)")
    case .callBegun:
      begun += 1
      writer.setAside(.message, calls.hasRows ? Self.callNotice : .callBegun, at: locator)
    case .callEnded where calls.hasRows: writer.setAside(.message, Self.callNotice, at: locator)
    case .textMessage where try texts.hold(row.integer(.id) ?? row.id):
      writer.setAside(.message, Self.inOtherTable, at: locator)
    default: return true
    }
    return false
  }

  // MARK: Messages

  private func write(_ entry: Entry) throws {
    let (row, content, locator) = (entry.row, entry.content, entry.locator)
    let wasEdited = row.integer(.editedTimestamp).map { $0 != 0 } ?? false
    if entry.body.isEmpty {
      return writer.setAside(.message, wasEdited ? .takenBack : .empty, at: locator)
    }
    if case .text = entry.sort, content.text.bytes.isEmpty, content.attachments.isEmpty, content.cards.isEmpty
    {
      return writer.setAside(.message, .empty, at: locator)
    }
    if wasEdited { edited += 1 }
    var isProgram = false
    if case .program = entry.author { isProgram = true }
    if !isProgram {
      try people.write(content, by: entry.account, entry.time, locator)
      // Cards become contacts: counted by their beginnings in the bytes.
      let cards = Self.count("<c ", behind: "<contacts", in: entry.body)
      if cards > 0 { writer.count(.contact, seen: cards) }
    }
    SkypePeople.setAsideAttachments(of: content, locator, writer)
    if case .media = entry.sort, content.attachments.isEmpty, content.cards.isEmpty {
      writer.setAside("attachment", .media, at: locator, detail: "type \(row.string(.type))")
    }
    if case .textMessage = entry.sort { _ = try people.targets(row.string(.identities), locator) }
    let name = conversations.name(entry.conversation, chat: DatabaseText.string(row.text(.chatname)))
    let suffix = isProgram ? BorrowedWords.viaBot.rawValue : ""
    let channel = name.isEmpty ? ChannelIndex.none : writer.channel(name + suffix)
    if !isProgram, conversations.isGroup(entry.conversation) { writer.markAsGroup(channel) }
    try content.text.bytes.withUnsafeBufferPointer {
      try writer.record(
        .message, account: entry.account, channel: channel,
        time: entry.time, text: $0, at: locator)
    }
  }

  /// How often a text stands behind the beginning of a list: words may hold the like of it.
  private static func count(_ needle: String, behind list: String, in bytes: Bytes) -> Int {
    let (needle, list) = (Array(needle.utf8), Array(list.utf8))
    guard let start = list.withUnsafeBufferPointer({ ByteSearch.offset(of: $0, in: bytes) }) else { return 0 }
    var rest = Bytes(rebasing: bytes[(start + list.count)...])
    var count = 0
    while let place = needle.withUnsafeBufferPointer({ ByteSearch.offset(of: $0, in: rest) }) {
      count += 1
      rest = Bytes(rebasing: rest[(place + needle.count)...])
    }
    return count
  }

  // MARK: Contacts

  /// Writes what somebody did to others: asked them to be contacts, with words perhaps, let them see who he is, blocked
  /// them.
  private func declare(_ entry: Entry) throws {
    let (author, locator) = (entry.author, entry.locator)
    var others = people.names(entry.row.string(.identities), locator).map { SkypeDatabasePeople.identity($0) }
    if others.isEmpty {
      // In a conversation with one other it is the other of the two.
      let partner = conversations.partner(entry.conversation)
      others = author == partner ? people.ownIdentity.map { [$0] } ?? [] : [partner]
    }
    let known = others.filter { $0.key != nil && $0 != author }
    guard !known.isEmpty else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: "does not say whom it is about")
    }
    let said = entry.content.text.string
    let contact: String? =
      switch entry.sort {
      case .block: nil
      case .request: said.isEmpty ? "asked" : "asked: \(said)"
      default: "shared contact details"
      }
    for identity in known {
      let other = try people.account(identity, role: .mentioned, locator)
      try writer.record(
        contact == nil ? .block : .contact, account: entry.account, other: other, time: entry.time,
        text: contact ?? "", at: locator)
    }
    if contact != nil { writer.count(.contact, seen: known.count) }
    writer.setAside(.message, Self.otherRecord, at: locator)
  }
}
