internal import AccountModel

/// Turns the calls of a WhatsApp database into records.
final class WhatsAppCalls {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) {
    self.database = database
    self.people = people
    writer = database.writer
  }

  /// Reads all of them.
  func read(_ table: DatabaseTable<WhatsAppCallColumn>) throws {
    try database.eachRecord(.call, of: table) { try read($0, $1) }
  }

  private func read(_ row: DatabaseRow<WhatsAppCallColumn>, _ locator: Locator) throws {
    let own = try people.owner(locator)
    guard let fromMe = row.integer(.fromMe), (0...1).contains(fromMe) else {
      return writer.setAside(.call, .malformed, at: locator, detail: "does not say who called")
    }
    guard let time = row.integer(.time).flatMap({ SMSBackupParser.time(milliseconds: $0) }) else {
      return writer.setAside(.call, .badTime, at: locator, detail: row.string(.time))
    }
    let other = try people.account(row.integer(.address), fromMe == 1 ? .mentioned : .participant, locator)
    let group = people.address(row.integer(.group))
    guard fromMe == 1 || other != .none else { return writer.setAside(.call, .noAuthor, at: locator) }
    var words = fromMe == 1 ? "outgoing" : "incoming"
    if row.integer(.isVideo) == 1 { words += ", video" }
    if !group.isEmpty { words += ", of a group" }
    if let seconds = row.integer(.duration), seconds > 0 { words += ", \(seconds) s" }
    let name = group.isEmpty ? people.channelName(row.integer(.address), subject: "") : group
    try writer.record(
      .call, account: fromMe == 1 ? own : other, other: fromMe == 1 ? other : own,
      channel: name.isEmpty ? .none : writer.channel(name), time: time, text: words, at: locator)
  }
}
