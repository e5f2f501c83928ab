internal import AccountModel

/// Who is who in a return or a Takeout: an account has a number in pages and the access log, and an address in chats.
struct GooglePeople {
  /// An account that the files are about.
  private struct Target {
    let account: AccountIndex
    let mail: String?
  }

  private var targets: [Target] = []
  /// The number of the account whose page was read last.
  var number: String?
  /// The accounts of files that do not say whose they are: one of a Takeout, one for each file of a return.
  private var loose: [UInt32: AccountIndex] = [:]
  /// Accounts by their addresses in small letters.
  private var byMail: [String: AccountIndex] = [:]
  /// Whose the chats are, by address.
  private var users: [String: Locator] = [:]
  private var memory = IdentifierMemory()
  private let isReturn: Bool

  init(isReturn: Bool) { self.isReturn = isReturn }

  /// The key of the number that Google gives an account.
  static func key(_ number: String) -> AccountKey {
    AccountKey(platform: .google, kind: .platformID, scope: .platform, value: number)
  }

  /// Whether a text is such a number.
  static func isNumber(_ text: String) -> Bool {
    (5...24).contains(text.utf8.count) && text.utf8.allSatisfy(\.isDigit)
  }

  /// Accounts by the numbers that the access log gives.
  private var byNumber: [String: AccountIndex] = [:]

  /// The account of a number that was seen in the access log before.
  func numbered(_ number: String) -> AccountIndex? { byNumber[number] }

  /// Notes that files are about an account.
  mutating func isTarget(_ account: AccountIndex, mail: String? = nil, number: String? = nil) {
    if let number { byNumber[number] = account }
    targets.append(Target(account: account, mail: mail?.lowercased()))
  }

  /// The account of what does not say whose it is.
  mutating func unnamed(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&loose[isReturn ? locator.member : 0], .google, at: locator)
  }

  /// Notes that nothing in a file says whose an account of it is.
  mutating func isLoose(_ account: AccountIndex, _ locator: Locator, _ writer: RecordWriter) {
    writer.unite(account, with: unnamed(locator, writer))
  }

  /// Gives an account that has no number its address for a key.
  mutating func key(_ account: AccountIndex, mail: String, _ writer: RecordWriter) {
    if let known = byMail[mail.lowercased()] { return writer.unite(account, with: known) }
    writer.key(account, AccountKey(platform: .google, kind: .email, scope: .platform, value: mail))
    byMail[mail.lowercased()] = account
  }

  /// The account of an address.
  mutating func account(
    mail: String, role: AccountRole, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex {
    let folded = mail.lowercased()
    if let known = byMail[folded] {
      writer.raise(known, to: role)
      return known
    }
    let account = try writer.account(
      AccountKey(platform: .google, kind: .email, scope: .platform, value: mail), role: role,
      assertion: .platform, at: locator)
    byMail[folded] = account
    return account
  }

  /// Somebody in a chat: by address, else by name, this source only; nil for nobody.
  mutating func person(
    _ value: JSONValue?, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let value else { return nil }
    let mail = FieldText.value(value["email"])
    let name = FieldText.value(value["name"])
    guard ValueShape.isEmail(mail) else {
      guard !name.isEmpty else { return nil }
      return try writer.account(
        AccountKey(platform: .google, kind: .displayName, scope: .source, value: name), role: role,
        assertion: .user, at: locator)
    }
    let account = try account(mail: mail, role: role, locator, writer)
    if !name.isEmpty, memory.isNew(account, .displayName, name) {
      try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
    }
    return account
  }

  /// The one whose chats a file says that they are.
  mutating func user(_ value: JSONValue?, _ locator: Locator, into writer: RecordWriter) throws -> Bool {
    guard try person(value, role: .mentioned, locator, into: writer) != nil else { return false }
    let mail = FieldText.value(value?["email"])
    if ValueShape.isEmail(mail), users[mail.lowercased()] == nil { users[mail.lowercased()] = locator }
    return true
  }

  mutating func finish(_ container: String, into writer: RecordWriter) throws {
    for target in targets {
      // A file's own word on whose address it is; chats know the account by that alone.
      guard let mail = target.mail, let known = byMail[mail] else { continue }
      let others = targets.filter { writer.resolve($0.account) != writer.resolve(target.account) }
      if !others.contains(where: { $0.mail == mail }) { join(known, target.account, writer) }
    }
    if users.count == 1, let mail = users.keys.first, let account = byMail[mail] {
      writer.raise(account, to: .owner)
      let known = distinct(writer)
      // A Takeout is one account's; a folder may hold returns on several.
      if !isReturn, known.count == 1, targets.allSatisfy({ $0.mail == nil }) {
        join(account, known[0], writer)
        let number = writer.key(of: account)?.value ?? ""
        writer.note(
          "\(container): no page of the subscriber names both: \(number), whose access log this is, and \(mail), whose "
            + "chats these are, are taken for one account, as a Takeout is of one")
      } else {
        isTarget(account, mail: mail)
      }
    } else if users.count > 1 {
      writer.note(
        "\(container): the chats here are of \(users.count) accounts: none of them is taken for the owner")
    }
    let known = distinct(writer)
    // What lies beside a page of a return need not be about the page's account.
    if known.count == 1, !isReturn {
      for account in loose.values { join(account, known[0], writer) }
    } else if !loose.isEmpty {
      writer.note(
        known.isEmpty
          ? "\(container): nothing here says whose account it is (the page of the subscriber does): the owner is an "
            + "account of this source only"
          : "\(container): some files do not say whose account they are of: their records are nobody's that is known"
      )
    }
    if known.count > 1 {
      writer.note("\(container): the files here are about \(known.count) accounts")
    }
  }

  /// The accounts that the files are about.
  private func distinct(_ writer: RecordWriter) -> [AccountIndex] {
    var found: [AccountIndex] = []
    for target in targets {
      let account = writer.resolve(target.account)
      if !found.contains(account) { found.append(account) }
    }
    return found
  }

  /// Makes two accounts one, with the key of the second where that has one.
  private func join(_ account: AccountIndex, _ other: AccountIndex, _ writer: RecordWriter) {
    if writer.key(of: other) == nil {
      writer.unite(other, with: account)
    } else {
      writer.unite(account, with: other)
    }
  }
}
