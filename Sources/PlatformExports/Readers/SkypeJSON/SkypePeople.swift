internal import AccountModel

/// The accounts that Skype's exports and databases name, and what messages say of them besides their text.
struct SkypePeople {
  private var memory = IdentifierMemory()
  /// Messages between two people by somebody who is neither the one whom the conversation is with nor the owner.
  private var byStrangers = 0

  /// The account of an address, with a name that it shows; nil where the address is nobody's.
  mutating func account(
    _ identity: SkypeIdentity, name: String, label: String = "", role: AccountRole,
    assertion: Assertion = .platform, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let key = identity.key else { return nil }
    let account = try writer.account(key, role: role, assertion: assertion, at: locator)
    let name = name.trimmingSpaces
    let isAddress = name.hasSuffix(key.value) && SkypeIdentity(name) == identity || name == key.value
    if !isAddress, !NoValue.isNamed(by: name) {
      try add(.displayName, name, label: label, assertion: .user, to: account, locator, into: writer)
    }
    return account
  }

  /// Adds an identifier, once for each account and value.
  mutating func add(
    _ kind: IdentifierKind, _ value: String, label: String, assertion: Assertion, to account: AccountIndex,
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    try memory.add(kind, value, label: label, assertion: assertion, to: account, locator, into: writer)
  }

  /// Writes the cards and links of a message.
  mutating func write(
    _ content: SkypeContent, by account: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    for card in content.cards { try write(card, by: account, time, locator, into: writer) }
    if content.quotedCards > 0 {
      writer.setAside(.contact, .quoted, at: locator, count: content.quotedCards)
    }
    for link in content.links {
      try writer.identifier(account, .url, link, label: "text-link", assertion: .user, at: locator)
    }
  }

  /// Somebody's card that was sent.
  private mutating func write(
    _ card: SkypeContent.Card, by account: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let identity = card.handle.isEmpty ? SkypeIdentity("4:" + card.phone) : SkypeIdentity(card.handle)
    guard let key = identity.key else {
      return writer.setAside(.contact, .noAuthor, at: locator, detail: card.name)
    }
    let other = try writer.account(key, role: .mentioned, assertion: .user, at: locator)
    let name = card.name.trimmingSpaces
    if memory.isNew(other, .displayName, name) {
      try writer.identifier(
        other, .displayName, name, label: "saved-name", assertion: .user, time: time, at: locator)
    }
    try writer.record(
      .contact, account: account, other: other, time: time, text: "contact card: \(name)", at: locator)
  }

  /// Sets files, pictures and the like of a message aside.
  static func setAsideAttachments(
    of content: SkypeContent, _ locator: Locator, _ writer: RecordWriter
  ) {
    for part in content.attachments {
      writer.setAside("attachment", .media, at: locator, detail: part.name.isEmpty ? part.sort : part.name)
    }
  }

  /// Notes who wrote a message of a conversation with one person, or with nobody.
  mutating func note(author: SkypeIdentity, with other: SkypeIdentity, owner: SkypeIdentity?) {
    if other != .nobody, let owner, author != other, author != owner { byStrangers += 1 }
  }

  /// Tells what does not fit together.
  func finish(_ writer: RecordWriter) {
    guard byStrangers > 0 else { return }
    writer.note(
      "\(byStrangers) messages between two people are by neither the other one nor the owner: the owner may be known "
        + "by another name there, and what it wrote under that is not protected with it")
  }
}
