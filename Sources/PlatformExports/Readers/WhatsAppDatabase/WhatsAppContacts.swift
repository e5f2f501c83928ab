internal import AccountModel

/// Turns the contacts of a WhatsApp database into records: the name under which the owner saved one, and the one that
/// the contact shows.
final class WhatsAppContacts {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) {
    self.database = database
    self.people = people
    writer = database.writer
  }

  /// Reads all of them.
  func read(_ table: DatabaseTable<WhatsAppContactColumn>) throws {
    try database.eachRecord(.contact, of: table) { row, locator in
      let own = try people.owner(locator)
      let address = WhatsAppPeople.string(row.text(.address))
      // Numbers of the phone's book have an address as well: that somebody has an account by it nobody but the owner says.
      let isUser = row.integer(.isUser) != 0
      let contact = try people.account(
        address, .mentioned, assertion: isUser ? .platform : .user, locator)
      guard contact != .none else {
        return writer.setAside(
          .contact, WhatsAppPeople.identity(address) == .group ? .system : .noAuthor, at: locator,
          detail: address)
      }
      let saved = WhatsAppPeople.string(row.text(.savedName))
      try people.addName(saved, label: "saved-name", contact, locator)
      try people.addName(WhatsAppPeople.string(row.text(.ownName)), label: "push-name", contact, locator)
      try writer.record(.contact, account: own, other: contact, text: saved, at: locator)
    }
  }
}
