internal import AccountModel

/// Turns the contacts of an iPhone's WhatsApp into records, and WhatsApp's own list of the numbers that ids hide.
final class WhatsAppIOSContacts {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private let people: WhatsAppPeople

  init(_ database: OpenDatabase, _ people: WhatsAppPeople) {
    self.database = database
    self.people = people
    writer = database.writer
  }

  // MARK: Contacts

  /// Reads the contacts.
  func read(_ table: DatabaseTable<WhatsAppIOSContactColumn>) throws {
    try database.eachRecord(.contact, of: table) { try read($0, $1) }
  }

  private func read(_ row: DatabaseRow<WhatsAppIOSContactColumn>, _ locator: Locator) throws {
    let own = try people.owner(locator)
    let written = WhatsAppPeople.string(row.text(.address))
    let number = DirectionMarks.stripped(WhatsAppPeople.string(row.text(.number)))
    let hidden = Self.hidden(WhatsAppPeople.string(row.text(.hidden)))
    let digits = Self.digits(number)
    var address = Self.address(written)
    var assertion = Assertion.platform
    if case .nothing = WhatsAppPeople.identity(address) {
      if let hidden {
        address = hidden
      } else if WhatsAppIOSName.isNumber(number) {
        // A number of the phone's book: that somebody has an account by it nobody but the owner says.
        address = Self.address(number.hasPrefix("00") ? String(digits.dropFirst(2)) : digits)
        assertion = .user
      }
    }
    let contact = try people.account(address, .mentioned, assertion: assertion, locator)
    guard contact != .none else {
      return writer.setAside(
        .contact, WhatsAppPeople.identity(address) == .group ? .system : .noAuthor, at: locator,
        detail: written.isEmpty ? number : written)
    }
    let isNumber = writer.key(of: contact)?.kind == .phone
    if isNumber, let hidden { try people.addHidden(hidden, contact, locator) }
    try addSaved(number, digits, to: contact, isNumber, locator)
    let saved = WhatsAppIOSName.chosen(row.text(.savedName))
    try people.addName(saved, label: "saved-name", contact, locator)
    try people.addName(
      WhatsAppIOSName.chosen(row.text(.businessName)), label: "business-name", contact, locator)
    try writer.record(.contact, account: own, other: contact, text: saved, at: locator)
  }

  /// Adds the number of the phone's book where it is another than the account's.
  private func addSaved(
    _ number: String, _ digits: String, to contact: AccountIndex, _ isNumber: Bool, _ locator: Locator
  ) throws {
    guard digits.utf8.count >= Self.shortest else { return }
    let own = writer.key(of: contact).map { Self.digits($0.value) } ?? ""
    // A number without its country ends as the account's does.
    let national = digits.drop { $0 == "0" }
    if isNumber, own == digits || own.hasSuffix(national) || digits.hasSuffix(own) { return }
    try people.addSavedNumber(number, contact, locator)
  }

  // MARK: Numbers

  /// Reads a list of ids and numbers: that one hides the other WhatsApp says.
  func readNumbers<Column: WhatsAppIOSNumberColumn>(_ table: DatabaseTable<Column>) throws {
    try database.eachRecord(.profile, of: table) { row, locator in
      let written = WhatsAppPeople.string(row.text(.hidden))
      let number = WhatsAppPeople.string(row.text(.number))
      let address = number.contains("@") ? number : Self.address(Self.digits(number))
      guard let hidden = Self.hidden(written),
        case .account(.phone, .platform, _, _, _) = WhatsAppPeople.identity(address)
      else {
        return writer.setAside(
          .profile, .noAuthor, at: locator, detail: "\(written) without a number that can be read")
      }
      let account = try people.account(address, .mentioned, locator)
      try people.addHidden(hidden, account, locator)
      try writer.record(.profile, account: account, text: "number of \(hidden)", at: locator)
    }
  }

  // MARK: Values

  /// Digits of a number, at least.
  private static let shortest = 7
  /// Digits of a number that stands without a server, at most: an id that hides one has more.
  private static let longest = 13

  private static func digits(_ text: String) -> String { text.filter { $0.isASCII && $0.isNumber } }

  private static func isDigits(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy(\.isDigit)
  }

  /// An address, to which older databases write no server.
  private static func address(_ written: String) -> String {
    isDigits(written) && (shortest...longest).contains(written.utf8.count)
      ? "\(written)@s.whatsapp.net" : written
  }

  /// An id that hides a number, to which some databases write no server; nil for anything else.
  private static func hidden(_ written: String) -> String? {
    let address = isDigits(written) ? "\(written)@lid" : written
    guard case .account(.platformID, _, let hidden, _, _) = WhatsAppPeople.identity(address) else {
      return nil
    }
    return hidden
  }
}
