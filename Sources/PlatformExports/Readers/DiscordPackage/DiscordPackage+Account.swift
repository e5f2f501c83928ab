internal import AccountModel

/// What a package says of the account itself: `user.json`.
extension DiscordPackageReader {
  private static let userPatterns = [
    "$.id", "$.username", "$.discriminator", "$.global_name", "$.email", "$.phone", "$.ip",
    "$.relationships[*]", "$.connections[*]", "$.sessions[*]", "$.user_sessions[*]", "$.payments[*]",
    "$.verified",
  ]
  private static let payment = SetAsideReason(
    "payment", "is a payment, which may have been made by somebody else", isFault: false)

  mutating func readUser(_ input: MemberInput, into writer: RecordWriter) throws {
    username = Username()
    mail = Mail()
    let pass = pass
    let isWhole = try pass.read(
      Self.userPatterns, of: input, into: writer,
      unit: { match in
        switch match.pattern {
        case 7: RecordClass.contact.name
        case 8: RecordClass.declaredLink.name
        case 9, 10: RecordClass.session.name
        default: RecordClass.profile.name
        }
      }
    ) { match, value, locator in
      try field(match.pattern, value, locator, into: writer)
    }
    try writeMail(into: writer)
    // A name without its number is another name than the one with it: what may have been cut off is not written.
    if isWhole, username.discriminator == nil { try writeUsername("", into: writer) }
  }

  private mutating func field(
    _ pattern: Int, _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    let text = value.scalarText ?? ""
    switch pattern {
    case 0:
      guard DiscordPeople.isID(text) else { return writer.setAside(.profile, .malformed, at: locator) }
      try writer.name(account, DiscordPeople.key(text), assertion: .platform, at: locator)
      if writer.key(of: account)?.value != text {
        throw ExportRefusal.twoOwners(place: writer.describe(locator))
      }
      try writer.record(.profile, account: account, text: "account of this data package", at: locator)
    case 1:
      username.name = (text, locator)
      if let number = username.discriminator { try writeUsername(number, into: writer) }
    case 2:
      username.discriminator = text
      try writeUsername(text, into: writer)
    case 3: try people.memory.add(.displayName, text, assertion: .user, to: account, locator, into: writer)
    case 4:
      mail.address = (text, locator)
      if mail.isVerified != nil { try writeMail(into: writer) }
    case 5: try people.memory.add(.phone, text, assertion: .platform, to: account, locator, into: writer)
    case 6: try people.memory.add(.ip, text, assertion: .platform, to: account, locator, into: writer)
    case 7: try relationship(value, of: account, locator, into: writer)
    case 8: try connection(value, of: account, locator, into: writer)
    case 9, 10: try session(value, of: account, locator, into: writer)
    case 12:
      mail.isVerified = value.bool
      if mail.isVerified != nil { try writeMail(into: writer) }
    default: writer.setAside("payment", Self.payment, at: locator)
    }
  }

  /// Writes the address. One that nobody confirmed may be anybody's: whoever makes an account types it.
  private mutating func writeMail(into writer: RecordWriter) throws {
    guard let address = mail.address else { return }
    mail.address = nil
    let isOpen = mail.isVerified == false
    let account = ownAccount(address.locator, writer)
    try people.memory.add(
      .email, address.value, label: isOpen ? "unverified" : "", assertion: isOpen ? .claimed : .platform,
      to: account, address.locator, into: writer)
  }

  private mutating func writeUsername(_ discriminator: String, into writer: RecordWriter) throws {
    guard let (name, locator) = username.name else { return }
    try people.memory.add(
      .handle, DiscordPeople.handle(name, discriminator), assertion: .platform,
      to: ownAccount(locator, writer), locator, into: writer)
  }

  /// A friend, somebody blocked, or a request between two; the sort is a word, or a number in older packages.
  private mutating func relationship(
    _ value: JSONValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard
      let other = try people.account(
        value["user"]?["id"] ?? value["id"], role: .mentioned, locator, into: writer)
    else { return writer.setAside(.contact, .noAuthor, at: locator) }
    if let user = value["user"] {
      try people.describe(other, user, name: "username", shown: "global_name", locator, into: writer)
    }
    try people.memory.add(
      .displayName, value["nickname"]?.string ?? "", label: "saved-name", assertion: .user, to: other,
      locator,
      into: writer)
    let written = value["since"]?.string ?? ""
    let time = Self.time(written) ?? .none
    let sort = value["type"]?.scalarText?.lowercased() ?? ""
    let isBlock = sort == "2" || sort == "blocked"
    let words =
      switch sort {
      case "1", "friend": "friend"
      case "2", "blocked": ""
      case "3", "incoming_request", "pending_incoming": "friend request received"
      case "4", "outgoing_request", "pending_outgoing": "friend request sent"
      default: "relationship \(sort)"
      }
    try writer.record(
      isBlock ? .block : .contact, account: account, other: other, time: time, writtenTime: written,
      text: words, at: locator)
  }

  /// A device at which the account is logged in.
  private mutating func session(
    _ value: JSONValue, of account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let client = value["client_info"] ?? value
    let written =
      (value["approx_last_used_time"] ?? value["last_used"] ?? value["created_at"])?.string ?? ""
    guard let time = written.isEmpty ? ObservedTime.none : Self.time(written) else {
      return writer.setAside(.session, .badTime, at: locator, detail: written)
    }
    try writer.identifier(
      account, .ip, client["ip"]?.string ?? "", assertion: .platform, time: time, at: locator)
    let keys: [StaticString] = ["platform", "os", "location"]
    try writer.record(
      .session, account: account, time: time, writtenTime: written,
      text: keys.compactMap { client[$0]?.string }.filter { !$0.isEmpty }.joined(separator: "; "), at: locator
    )
  }

  /// A time of the package: UTC, whether its zone is written or not.
  static func time(_ text: String) -> ObservedTime? {
    guard let time = TimeText.plausibleISO8601(text), time.precision != .day else { return nil }
    return ObservedTime(microseconds: time.microseconds, zone: .known, precision: time.precision)
  }
}
