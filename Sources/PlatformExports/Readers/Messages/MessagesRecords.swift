internal import AccountModel
internal import Columns

/// Turns the rows of a database of Messages into accounts, identifiers and records.
final class MessagesRecords {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: MessagesPeople
  private let chats: MessagesChats
  private var counts = Counts()

  /// What is told when all is read.
  private struct Counts {
    var edited = 0
    var deleted = 0
    var unsent = 0
    var mended = 0
  }

  init(_ database: OpenDatabase, _ options: ReaderOptions) throws {
    self.database = database
    writer = database.writer
    people = try MessagesPeople(database, ownerPhone: options.ownerPhone)
    chats = try MessagesChats(database, people)
  }

  /// Reads all of them.
  func read() throws {
    guard let table = try database.table(MessageColumn.self, isNeeded: true) else { return }
    try database.eachRecord(.message, of: table) { try read($0, $1) }
    if counts.edited > 0 {
      writer.note("\(counts.edited) messages were edited: their last wording is read, and no earlier one")
    }
    if counts.deleted > 0 {
      writer.note("\(counts.deleted) messages were deleted and could still be brought back")
    }
    if counts.unsent > 0 {
      writer.note("\(counts.unsent) messages of the owner's were not sent, for an error")
    }
    if counts.mended > 0 {
      writer.note("\(counts.mended) texts held bytes that are no UTF-8; they became U+FFFD")
    }
  }

  private func read(_ row: DatabaseRow<MessageColumn>, _ locator: Locator) throws {
    let own = try people.owner(locator)
    guard isMessage(row, locator) else { return }
    guard let fromMe = row.integer(.isFromMe), (0...1).contains(fromMe) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "does not say who wrote it")
    }
    guard let time = row.integer(.date).flatMap({ MessagesTime.time($0) }) else {
      return writer.setAside(.message, .badTime, at: locator, detail: row.string(.date))
    }
    guard let body = text(row, locator) else { return }
    let found = try chats.chat(of: row.id)
    let service = row.string(.service)
    let handle = row.integer(.handle) ?? 0
    // A message that came without a handle, in a conversation with one other, is the other's.
    let sender = handle == 0 ? found?.chat.lone ?? 0 : handle
    let author =
      fromMe == 1 ? own : try people.account(of: sender, service: service, .participant, locator)
    let correspondent = people.address(of: sender)
    // Where the correspondent's is not known, as behind damage, nothing shows that an address is not that.
    if !correspondent.isEmpty || fromMe == 1 && sender == 0 {
      for (column, label) in [(MessageColumn.account, "account"), (.calledAt, "destination-caller-id")] {
        try people.addOwnAddress(
          row.text(column), label: label, service: service, correspondent: correspondent, locator)
      }
    }
    guard author != .none else {
      return writer.setAside(
        .message, .noAuthor, at: locator, detail: String(decoding: correspondent, as: UTF8.self))
    }
    if row.isSet(.dateEdited) { counts.edited += 1 }
    if fromMe == 1, row.isSet(.error) { counts.unsent += 1 }
    if found?.wasDeleted == true { counts.deleted += 1 }
    var name = found?.chat.name ?? correspondent
    // By text message a number is another account than on iMessage, and of three accounts no two would have written to each
    // other.
    if !name.isEmpty, found?.chat.isGroup != true, people.platform(of: sender, service: service) == .sms {
      name += Array(" (SMS)".utf8)
    }
    let channel = name.isEmpty ? ChannelIndex.none : name.withUnsafeBufferPointer { writer.channel($0) }
    if found?.chat.isGroup == true { writer.markAsGroup(channel) }
    if body.attachments > 0 { writer.setAside("media", .media, at: locator, count: body.attachments) }
    try body.text.withUnsafeBufferPointer {
      try writer.record(.message, account: author, channel: channel, time: time, text: $0, at: locator)
    }
  }

  /// Whether a row is what somebody wrote; else it is set aside.
  private func isMessage(_ row: DatabaseRow<MessageColumn>, _ locator: Locator) -> Bool {
    // Who came, who left, what a group is called now.
    if row.isSet(.itemType) || row.isSet(.isSystemMessage) {
      writer.setAside(.message, .system, at: locator, detail: "item of type \(row.integer(.itemType) ?? 0)")
      return false
    }
    // A sticker, a sign that was put under a message or taken away, a vote.
    if let type = row.integer(.associatedType), type == 1000 || (2000...4000).contains(type) {
      writer.setAside(.message, .reaction, at: locator)
      return false
    }
    return true
  }

  /// The text of a message, and how many pictures and files stand in it; nil when it is set aside.
  private func text(
    _ row: DatabaseRow<MessageColumn>, _ locator: Locator
  ) -> (text: [UInt8], attachments: Int)? {
    guard let plain = row.text(.text), let subject = row.text(.subject) else {
      writer.setAside(.message, .malformed, at: locator, detail: "a text that is none")
      return nil
    }
    let archived = row.blob(.attributedBody)
    var body = plain
    if plain.isEmpty, !archived.isEmpty {
      guard let found = TypedStream.text(archived) else {
        writer.setAside(
          .message, .malformed, at: locator,
          detail: "\(archived.count) bytes that hold no text that is understood")
        return nil
      }
      body = found
    }
    if database.isTorn(body) || database.isTorn(subject) {
      writer.setAside(.message, .truncated, at: locator)
      return nil
    }
    let words = ValidUTF8.with(body) { valid, wasMended in
      if wasMended { counts.mended += 1 }
      return Self.withoutAttachments(valid)
    }
    // Of a message that was taken back nothing is left, and on some versions the time of that stands as one of editing.
    if row.isSet(.dateRetracted) || words.text.isEmpty && words.attachments == 0 && row.isSet(.dateEdited) {
      writer.setAside(.message, .takenBack, at: locator)
      return nil
    }
    var text = ValidUTF8.with(subject) { valid, _ in Array(valid) }
    if !text.isEmpty, !words.text.isEmpty { text.append(0x0A) }
    text += words.text
    if text.isEmpty, words.attachments == 0, !row.isSet(.hasAttachments), row.optionalText(.balloon).isEmpty {
      writer.setAside(.message, .empty, at: locator)
      return nil
    }
    return (text, words.attachments)
  }

  /// Each picture or file has a character of its own in the text (U+FFFC).
  private static func withoutAttachments(_ bytes: Bytes) -> (text: [UInt8], attachments: Int) {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var attachments = 0
    var rest = bytes[...]
    while let first = rest.first {
      if first == 0xEF, rest.starts(with: [0xEF, 0xBF, 0xBC]) {
        attachments += 1
        rest = rest.dropFirst(3)
      } else {
        text.append(first)
        rest = rest.dropFirst()
      }
    }
    return (text, attachments)
  }
}

extension DatabaseRow<MessageColumn> {
  /// Whether a number is there and is not zero.
  fileprivate func isSet(_ column: MessageColumn) -> Bool { integer(column).map { $0 != 0 } ?? false }
}
