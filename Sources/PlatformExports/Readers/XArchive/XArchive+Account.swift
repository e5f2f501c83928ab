internal import AccountModel

/// What the archive says about the account itself, its devices and whom it knows.
extension XArchiveReader {
  /// The account whose archive this is.
  mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .x, at: locator)
  }

  /// The owner, named if this entry has its id; an entry with the id of another account is that account's.
  private mutating func ownAccount(
    id: JSONValue?, _ locator: Locator, _ writer: RecordWriter
  ) throws -> AccountIndex {
    let account = ownAccount(locator, writer)
    if let id = id?.scalarText, !id.isEmpty {
      try writer.name(
        account, AccountKey(platform: .x, kind: .platformID, scope: .platform, value: id),
        assertion: .platform, at: locator)
      let key = writer.key(of: account)
      if key?.value != id { return try self.account(id, role: .owner, locator, into: writer) }
    }
    return account
  }

  /// The manifest's `userInfo`.
  mutating func userInfo(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = try ownAccount(id: value["accountId"], locator, writer)
    if let name = value["userName"]?.string, username == nil { username = (name, locator) }
    if let name = value["displayName"]?.string, memory.isNew(account, .displayName, name) {
      try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
    }
  }

  /// An entry of any file but a conversation.
  mutating func entry(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    if value.hasField("full_text") {
      // Archives before 2019 have no key around a tweet.
      try tweet(value, locator, into: writer)
      return
    }
    var kind = ""
    value.forEachField { key, field in if kind.isEmpty, field.kind == .object { kind = key } }
    switch kind {
    case "tweet": try value["tweet"].map { try tweet($0, locator, into: writer) }
    case "noteTweet": try value["noteTweet"].map { try noteTweet($0, locator, into: writer) }
    case "grokChatItem": try value["grokChatItem"].map { try grokMessage($0, locator, into: writer) }
    case "account": try value["account"].map { try accountEntry($0, locator, into: writer) }
    case "accountCreationIp": try value["accountCreationIp"].map { try creationIP($0, locator, into: writer) }
    case "profile": try value["profile"].map { try profile($0, locator, into: writer) }
    case "ageMeta": try value["ageMeta"].map { try age($0, locator, into: writer) }
    case "ipAudit": try value["ipAudit"].map { try login($0, locator, into: writer) }
    case "phoneNumber": try value["phoneNumber"].map { try phone($0, locator, into: writer) }
    case "device": try value["device"].map { try phone($0, locator, into: writer) }
    case "emailAddressChange":
      try value["emailAddressChange"].map {
        try change($0, $0["emailChange"] ?? $0, .email, locator, into: writer)
      }
    case "screenNameChange":
      try value["screenNameChange"].map {
        try change($0, $0["screenNameChange"] ?? $0, .handle, locator, into: writer)
      }
    case "deviceToken": try value["deviceToken"].map { try deviceToken($0, locator, into: writer) }
    case "niDeviceResponse": try value["niDeviceResponse"].map { try pushDevice($0, locator, into: writer) }
    case "connectedApplication":
      try value["connectedApplication"].map { try application($0, locator, into: writer) }
    case "blocking": try value["blocking"].map { try relation(.block, "", $0, locator, into: writer) }
    case "muting": try value["muting"].map { try relation(.contact, "muted", $0, locator, into: writer) }
    case "follower":
      try value["follower"].map { try relation(.contact, "follower", $0, locator, into: writer) }
    case "following":
      try value["following"].map { try relation(.contact, "following", $0, locator, into: writer) }
    case "contact": try value["contact"].map { try contact($0, locator, into: writer) }
    case "sso": try value["sso"].map { try signIn($0, locator, into: writer) }
    default:
      writer.setAside("other entry", .otherEntry, at: locator, detail: kind)
    }
  }

  /// What the owner wrote to Grok, a program; its answers are nobody's words.
  private mutating func grokMessage(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws
  {
    let sender = value["sender"]?.field("originalName", "name")?.string ?? ""
    guard sender.lowercased() == "user" else {
      writer.setAside(.message, .system, at: locator, detail: sender)
      return
    }
    let written = value["createdAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    guard let text = value["message"]?.stringBytes, !text.isEmpty else {
      writer.setAside(.message, .empty, at: locator)
      return
    }
    try writer.record(
      .message, account: ownAccount(id: value["accountId"], locator, writer),
      channel: writer.channel("Grok \(value["chatId"]?.scalarText ?? "")"), time: time, writtenTime: written,
      text: text, at: locator)
  }

  private mutating func accountEntry(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws
  {
    let account = try ownAccount(id: value["accountId"], locator, writer)
    if let name = value["username"]?.string, !name.isEmpty { username = (name, locator) }
    try writer.identifier(account, .email, value["email"]?.string ?? "", assertion: .platform, at: locator)
    if let name = value["accountDisplayName"]?.string, memory.isNew(account, .displayName, name) {
      try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
    }
    let written = value["createdAt"]?.string ?? ""
    guard let time = written.isEmpty ? ObservedTime.none : Self.time(written) else {
      writer.setAside(.profile, .badTime, at: locator, detail: written)
      return
    }
    let words = ["created", value["createdVia"]?.string.map { "via \($0)" } ?? ""].filter { !$0.isEmpty }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: words.joined(separator: " "),
      at: locator)
  }

  private mutating func creationIP(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = try ownAccount(id: value["accountId"], locator, writer)
    let address = value["userCreationIp"]?.string ?? ""
    try writer.identifier(
      account, .ip, address, label: "account-creation", assertion: .platform, at: locator)
    try writer.record(.profile, account: account, text: "created from \(address)", at: locator)
  }

  /// The account of Google or Apple by which it signs in. Which of the two it is X does not say, so that its number stays words.
  private mutating func signIn(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let written = value["createdAt"]?.string ?? ""
    let time = Self.time(written) ?? .none
    try writer.identifier(
      account, .email, value["ssoEmail"]?.string ?? "", label: "sign-in", assertion: .platform, time: time,
      at: locator)
    let words = ["signs in by another account", value["ssoId"]?.scalarText ?? ""].filter { !$0.isEmpty }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: words.joined(separator: " "),
      at: locator)
  }

  private mutating func profile(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let description = value["description"]
    try writer.identifier(
      account, .url, description?["website"]?.string ?? "", assertion: .user, at: locator)
    let words = [description?["bio"]?.string ?? "", description?["location"]?.string ?? ""]
    try writer.record(
      .profile, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }

  /// The date of birth that the account gave; what X concluded of its age is no date.
  private mutating func age(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let born = value["ageInfo"]?["birthDate"]?.string ?? ""
    guard !born.isEmpty else { return writer.setAside(.profile, .empty, at: locator) }
    try writer.identifier(account, .dateOfBirth, born, assertion: .user, at: locator)
    try writer.record(.profile, account: account, text: "date of birth", at: locator)
  }

  private mutating func login(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = try ownAccount(id: value["accountId"], locator, writer)
    let written = value["createdAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.login, .badTime, at: locator, detail: written)
      return
    }
    let address = value["loginIp"]?.string ?? ""
    // X has begun to add ports; an address that has one already keeps it.
    let port = (value["loginPort"] ?? value["loginPortMobile"])?.scalarText ?? ""
    let hasPort = address.hasPrefix("[") || (address.contains(".") && address.contains(":"))
    let isSixth = address.contains(":")
    let full = port.isEmpty || hasPort ? address : isSixth ? "[\(address)]:\(port)" : "\(address):\(port)"
    try writer.identifier(account, .ip, full, assertion: .platform, time: time, at: locator)
    try writer.record(.login, account: account, time: time, writtenTime: written, at: locator)
  }

  private mutating func phone(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let number = (value["phoneNumber"] ?? value["device"]?["phoneNumber"])?.scalarText ?? ""
    try writer.identifier(account, .phone, number, assertion: .platform, at: locator)
    try writer.record(.profile, account: account, text: "telephone number", at: locator)
  }

  private mutating func change(
    _ outer: JSONValue, _ value: JSONValue, _ kind: IdentifierKind, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let account = try ownAccount(id: outer["accountId"], locator, writer)
    let written = value["changedAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.profile, .badTime, at: locator, detail: written)
      return
    }
    try writer.identifier(
      account, kind, value["changedFrom"]?.string ?? "", label: "previous", assertion: .platform, time: time,
      at: locator)
    try writer.identifier(
      account, kind, value["changedTo"]?.string ?? "", assertion: .platform, time: time, at: locator)
    try writer.record(
      .profile, account: account, time: time, writtenTime: written, text: "changed: \(kind.rawValue)",
      at: locator)
  }

  private mutating func deviceToken(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws
  {
    let written = (value["lastSeenAt"] ?? value["createdAt"])?.string ?? ""
    let seen = written.isEmpty ? ObservedTime.none : Self.time(written) ?? Self.day(written)
    guard let time = seen else {
      writer.setAside(.session, .badTime, at: locator, detail: written)
      return
    }
    let account = ownAccount(locator, writer)
    try writer.identifier(
      account, .device, value["token"]?.scalarText ?? "", label: "device-token", assertion: .platform,
      time: time, at: locator)
    try writer.record(
      .session, account: account, time: time, writtenTime: written,
      text: value["clientApplicationName"]?.string ?? "", at: locator)
  }

  /// A device that gets notifications: an app with a push token, or a telephone.
  private mutating func pushDevice(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    guard let device = value["pushDevice"] ?? value["messagingDevice"] else {
      writer.setAside(.session, .malformed, at: locator, detail: "a device of no known sort")
      return
    }
    let written = (device["updatedDate"] ?? device["createdDate"])?.string ?? ""
    let seen = written.isEmpty ? ObservedTime.none : Self.time(written) ?? Self.day(written)
    guard let seen else {
      writer.setAside(.session, .badTime, at: locator, detail: written)
      return
    }
    func add(_ kind: IdentifierKind, _ field: JSONValue?, _ label: String) throws {
      try writer.identifier(
        account, kind, field?.scalarText ?? "", label: label, assertion: .platform, time: seen, at: locator)
    }
    try add(.device, device["udid"], "udid")
    try add(.device, device["token"], "push-token")
    try add(.phone, device["phoneNumber"], "")
    let keys: [StaticString] = ["deviceType", "deviceVersion", "carrier"]
    try writer.record(
      .session, account: account, time: seen, writtenTime: written,
      text: keys.compactMap { device[$0]?.string }.filter { !$0.isEmpty }.joined(separator: "; "), at: locator
    )
  }

  /// A date such as `2021.03.04` or `2021-03-04`; X gives days here.
  private static func day(_ text: String) -> ObservedTime? {
    TimeText.plausibleISO8601(text.replacing(".", with: "-"))
  }

  private mutating func application(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws
  {
    let written = value["approvedAt"]?.string ?? ""
    guard let time = Self.time(written) else {
      writer.setAside(.session, .badTime, at: locator, detail: written)
      return
    }
    try writer.record(
      .session, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: "connected application: \(value["name"]?.string ?? "")", at: locator)
  }

  private mutating func relation(
    _ recordClass: RecordClass, _ how: String, _ value: JSONValue, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    guard let id = value["accountId"]?.scalarText, !id.isEmpty else {
      writer.setAside(recordClass, .noAuthor, at: locator)
      return
    }
    let owner = ownAccount(locator, writer)
    let other = try account(id, role: .mentioned, locator, into: writer)
    try writer.record(recordClass, account: owner, other: other, text: how, at: locator)
  }

  /// Somebody in the address book that the account uploaded.
  private mutating func contact(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    var found: [(IdentifierKind, String)] = []
    value["emails"]?.forEachElement {
      if let email = $0.string, !email.isEmpty { found.append((.email, email)) }
    }
    value["phoneNumbers"]?.forEachElement {
      if let phone = $0.scalarText, !phone.isEmpty { found.append((.phone, phone)) }
    }
    guard let (kind, name) = found.first else {
      writer.setAside(.contact, .empty, at: locator)
      return
    }
    let owner = ownAccount(locator, writer)
    let other = try writer.account(
      AccountKey(platform: .x, kind: kind, scope: .source, value: name), role: .mentioned, assertion: .user,
      at: locator)
    // The key names the entry within this source; what it holds is written out, so that it can be compared.
    for (kind, value) in found where memory.isNew(other, kind, value) {
      try writer.identifier(other, kind, value, label: "address-book", assertion: .user, at: locator)
    }
    try writer.record(.contact, account: owner, other: other, text: "address book", at: locator)
  }
}
