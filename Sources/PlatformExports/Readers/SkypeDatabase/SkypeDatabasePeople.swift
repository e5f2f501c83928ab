internal import AccountModel

/// The people of a Skype database: whose it is, and whoever it names.
final class SkypeDatabasePeople {
  private let database: OpenDatabase
  private let writer: RecordWriter
  private var people = SkypePeople()
  private var ownAccount: AccountIndex?
  private(set) var ownIdentity: SkypeIdentity?

  init(_ database: OpenDatabase) {
    self.database = database
    writer = database.writer
  }

  /// Whom a name means. A chat of the first years is called after two of its members (`#rex/$una;0f3a`), and Skype
  /// itself signs as `sys`.
  static func identity(_ written: String) -> SkypeIdentity {
    written.hasPrefix("#") || written == "sys" ? .nobody : SkypeIdentity(written)
  }

  /// Whom a telephone number means.
  static func phone(_ number: String) -> SkypeIdentity { SkypeIdentity("4:" + number) }

  /// The account whose database it is.
  func owner(_ locator: Locator) -> AccountIndex {
    writer.ownAccount(&ownAccount, SkypeIdentity.platform, at: locator)
  }

  /// The account that is meant, with a name that it shows; none where nobody is.
  func account(
    _ identity: SkypeIdentity, name: String = "", label: String = "", role: AccountRole,
    assertion: Assertion = .platform, _ locator: Locator
  ) throws -> AccountIndex {
    // The owner is written in any case of its letters.
    let known = identity == ownIdentity ? ownIdentity ?? identity : identity
    return try people.account(
      known, name: name, label: label, role: role, assertion: assertion, locator, into: writer) ?? .none
  }

  /// The telephones of a text message, by their numbers with spaces between them.
  func targets(_ numbers: String, _ locator: Locator) throws -> [String] {
    let numbers = names(numbers, locator)
    for number in numbers { _ = try account(Self.phone(number), role: .mentioned, locator) }
    return numbers
  }

  /// Names or numbers that stand in one text with spaces between them.
  func names(_ text: String, _ locator: Locator) -> [String] {
    let names = text.split(whereSeparator: \.isWhitespace)
    if names.count > Self.nameLimit {
      writer.setAside("name", .tooLarge, at: locator, count: names.count - Self.nameLimit)
    }
    return names.prefix(Self.nameLimit).map { String($0) }
  }

  /// Names of one row that are looked at.
  private static let nameLimit = 1000

  /// Adds an identifier, once for each account and value.
  func add(
    _ kind: IdentifierKind, _ value: String, label: String = "", _ assertion: Assertion,
    to account: AccountIndex, _ locator: Locator
  ) throws {
    try people.add(kind, value, label: label, assertion: assertion, to: account, locator, into: writer)
  }

  /// Writes the cards and links of a message.
  func write(
    _ content: SkypeContent, by account: AccountIndex, _ time: ObservedTime, _ locator: Locator
  ) throws {
    try people.write(content, by: account, time, locator, into: writer)
  }

  /// Notes who wrote a message of a conversation with one person, or with nobody.
  func note(author: SkypeIdentity, with other: SkypeIdentity) {
    people.note(author: author, with: other, owner: ownIdentity)
  }

  /// Tells what does not fit together.
  func finish() {
    if ownIdentity == nil {
      writer.note(
        "no account says whose database it is: its owner wrote under a name that is not known to be the owner's, and what "
          + "that name wrote is not protected with it")
    }
    people.finish(writer)
  }

  // MARK: Tables

  /// Reads the accounts that the program was logged in to, each with what its owner typed of itself. The first is the
  /// owner of contacts and messages.
  func readAccounts(_ table: DatabaseTable<SkypeAccountColumn>) throws {
    var accounts = 0
    try database.eachRecord(.profile, of: table) { row, locator in
      let name = DatabaseText.string(row.text(.skypename))
      let identity = Self.identity(name)
      guard let key = identity.key else {
        return writer.setAside(.profile, .noAuthor, at: locator, detail: name)
      }
      accounts += 1
      let account: AccountIndex
      if ownIdentity == nil {
        account = owner(locator)
        ownIdentity = identity
        try writer.name(account, key, assertion: .platform, at: locator)
      } else {
        account = try writer.account(key, role: .owner, assertion: .platform, at: locator)
      }
      let profile = SkypeProfile(row)
      try profile.write(of: account, self, locator)
      try writer.record(
        .profile, account: account, time: SkypeTime.time(row.integer(.profileTimestamp)) ?? .none,
        text: profile.words, at: locator)
    }
    if accounts > 1 {
      writer.note(
        "\(accounts) accounts were logged in to: contacts and what has no author are the first one's")
    }
  }

  /// Sets aside the files that were sent, whose other side is an account.
  func readTransfers() throws {
    guard let table = try database.table(SkypeTransferColumn.self) else { return }
    try database.each(of: table) { row in
      let locator = database.locator(SkypeTransferColumn.table, row.id)
      _ = try account(
        Self.identity(DatabaseText.string(row.text(.partnerHandle))),
        name: DatabaseText.string(row.text(.partnerDispname)), role: .mentioned, locator)
      writer.setAside("file", .media, at: locator, detail: DatabaseText.string(row.text(.filename)))
    }
  }
}
