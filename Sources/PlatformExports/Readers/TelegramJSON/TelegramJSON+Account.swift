internal import AccountModel

/// What a whole-account export says beside its chats.
extension TelegramJSONReader {
  /// The account whose export this is.
  private mutating func ownAccount(_ locator: Locator, _ writer: RecordWriter) -> AccountIndex {
    writer.ownAccount(&owner, .telegram, at: locator)
  }

  mutating func personalInformation(
    _ value: JSONValue, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    let id = value["user_id"]?.scalarText ?? ""
    let phone = value["phone_number"]?.string ?? ""
    let handle = value["username"]?.string ?? ""
    let keys: [(IdentifierKind, String)] = [(.platformID, id), (.handle, handle), (.phone, phone)]
    if let (kind, value) = keys.first(where: { !$0.1.isEmpty && $0.1 != "0" }) {
      try writer.name(
        account, AccountKey(platform: .telegram, kind: kind, scope: .platform, value: value),
        assertion: .platform, at: locator)
    }
    let named = writer.key(of: account)?.kind
    if named != .phone { try writer.identifier(account, .phone, phone, assertion: .platform, at: locator) }
    if named != .handle { try writer.identifier(account, .handle, handle, assertion: .platform, at: locator) }
    let name = Self.fullName(value)
    try writer.identifier(account, .displayName, name, assertion: .user, at: locator)
    _ = memory.isNew(account, .displayName, name)
    try writer.record(.profile, account: account, text: value["bio"]?.string ?? "", at: locator)
  }

  /// As `time`, but none for what is dated before there was Telegram: the exporting program writes 1970 where it was told
  /// no date, and a number that was in use then would pass for one that has changed hands since.
  private func dated(_ value: JSONValue, _ unix: StaticString, _ local: StaticString) -> ObservedTime? {
    if let read = time(value, unix, local) {
      return read.microseconds < TelegramTime.launch ? ObservedTime.none : read
    }
    // West of Greenwich it is still 1969, which is no plausible time.
    guard let bytes = value[local]?.stringBytes, let wall = TimeText.iso8601(bytes),
      wall.microseconds < TelegramTime.launch
    else { return nil }
    return ObservedTime.none
  }

  /// A contact of the owner's: by user id where Telegram matched one, else by telephone number.
  mutating func contact(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    let time = dated(value, "date_unixtime", "date")
    if time == nil, value["date_unixtime"] != nil || value["date"] != nil {
      writer.setAside(.contact, .badTime, at: locator, detail: value["date"]?.string ?? "")
      return
    }
    guard let other = try person(value, time ?? .none, locator, into: writer) else {
      writer.setAside(.contact, .noAuthor, at: locator, detail: "neither a user id nor a telephone number")
      return
    }
    try writer.record(
      .contact, account: account, other: other, time: time ?? .none,
      writtenTime: value["date"]?.string ?? "", text: Self.fullName(value), at: locator)
  }

  /// A contact card that somebody sent in a chat.
  mutating func sharedContact(
    _ value: JSONValue, by account: AccountIndex, _ time: ObservedTime, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    guard let other = try person(value, time, locator, into: writer) else { return }
    try writer.record(
      .contact, account: account, other: other, time: time, text: "contact card: \(Self.fullName(value))",
      at: locator)
  }

  private mutating func person(
    _ value: JSONValue, _ time: ObservedTime, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    try writer.telegramPerson(
      id: value["user_id"]?.scalarText ?? "", phone: value["phone_number"]?.string ?? "",
      name: Self.fullName(value), time, &memory, at: locator)
  }

  /// Somebody whom the owner writes to often; Telegram lists them by id.
  mutating func frequentContact(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let account = ownAccount(locator, writer)
    guard let id = value["id"]?.scalarText, value["category"]?.string != "inline_bots",
      value["type"]?.string == "user"
    else {
      writer.setAside(
        "frequent contact", .init("not-a-person", "is a group, a channel or a bot", isFault: false),
        at: locator)
      return
    }
    let other = try writer.account(
      AccountKey(platform: .telegram, kind: .platformID, scope: .platform, value: id), role: .mentioned,
      assertion: .platform, at: locator)
    if let name = value["name"]?.string, memory.isNew(other, .displayName, name) {
      try writer.identifier(other, .displayName, name, assertion: .user, at: locator)
    }
    try writer.record(.contact, account: account, other: other, text: "frequent contact", at: locator)
  }

  /// A device or browser at which the owner is logged in.
  mutating func session(
    _ value: JSONValue, isWeb: Bool, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let account = ownAccount(locator, writer)
    let created = dated(value, "created_unixtime", "created")
    let hasActive = value["last_active"] != nil || value["last_active_unixtime"] != nil
    guard
      let time = hasActive
        ? dated(value, "last_active_unixtime", "last_active") : created ?? ObservedTime.none
    else {
      writer.setAside(.session, .badTime, at: locator, detail: value["last_active"]?.string ?? "")
      return
    }
    try writer.identifier(
      account, .ip, value["last_ip"]?.string ?? "", assertion: .platform, time: time, at: locator)
    func words(_ keys: [StaticString]) -> String {
      keys.compactMap { value[$0]?.string }.filter { !$0.isEmpty }.joined(separator: " ")
    }
    let client =
      isWeb
      ? [words(["browser"]), words(["platform"])]
      : [
        words(["application_name", "application_version"]), words(["device_model"]),
        words(["platform", "system_version"]),
      ]
    let agent = client.filter { !$0.isEmpty }.joined(separator: "; ")
    if !isWeb {
      try writer.identifier(
        account, .userAgent, agent, label: "session", assertion: .platform, time: created ?? time, at: locator
      )
    }
    let place = words(isWeb ? ["last_region"] : ["last_region", "last_country"])
    let site = isWeb ? words(["domain_name", "bot_username"]) : ""
    try writer.record(
      .session, account: account, time: time, writtenTime: value["last_active"]?.string ?? "",
      text: [agent, place, site].filter { !$0.isEmpty }.joined(separator: "; "), at: locator)
  }

  private static func fullName(_ value: JSONValue) -> String {
    ["first_name", "last_name"].compactMap { (key: StaticString) in value[key]?.string }
      .filter { !$0.isEmpty }.joined(separator: " ")
  }
}
