internal import AccountModel

/// Accounts as Discord's exports write them, whichever of the exports it is.
///
/// An account is keyed by its id, which is never given twice. Since 2023 a user name is unique and has no number
/// behind it; before, the name and its four digits together were, and new names still carry `0` or `0000` for them.
struct DiscordPeople {
  var memory = IdentifierMemory()

  /// Stands for everybody who left before Discord gave each deleted account a name of its own.
  static let everybodyDeleted = "456226577798135808"

  /// Whether a text is an id that names one account.
  static func isID(_ text: String) -> Bool {
    (1...20).contains(text.utf8.count) && text != everybodyDeleted
      && text.utf8.allSatisfy(\.isDigit) && text.utf8.contains { $0 != 0x30 }
  }

  /// The account of an id; nil when that names nobody.
  func account(
    _ id: JSONValue?, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let id = id?.scalarText, Self.isID(id) else { return nil }
    return try writer.account(Self.key(id), role: role, assertion: .platform, at: locator)
  }

  /// The key of an id.
  static func key(_ id: String) -> AccountKey {
    AccountKey(platform: .discord, kind: .platformID, scope: .platform, value: id)
  }

  /// A user name with its four digits, where it still has them.
  static func handle(_ name: String, _ discriminator: String) -> String {
    guard !name.isEmpty, discriminator.utf8.contains(where: { $0 != 0x30 }) else { return name }
    return "\(name)#\(String(repeating: "0", count: max(0, 4 - discriminator.utf8.count)))\(discriminator)"
  }

  /// Adds what an object says of an account: its user name, and the name that it shows.
  ///
  /// A program without a number is a webhook: it shows whatever name its maker chose, be it somebody's user name.
  mutating func describe(
    _ account: AccountIndex, _ user: JSONValue, name: StaticString, shown: StaticString, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let number = user["discriminator"]?.scalarText ?? ""
    let written = user[name]?.string ?? ""
    if user["isBot"]?.bool == true, number.utf8.allSatisfy({ $0 == 0x30 }) {
      try memory.add(.displayName, written, assertion: .user, to: account, locator, into: writer)
    } else {
      try memory.add(
        .handle, Self.handle(written, number), assertion: .platform, to: account, locator, into: writer)
    }
    try memory.add(
      .displayName, user[shown]?.string ?? "", assertion: .user, to: account, locator, into: writer)
  }

  /// Adds what a page says of an account: its user name with its digits, and the name that it shows.
  mutating func describe(
    _ account: AccountIndex, fullName: String, shown: String, isBot: Bool, _ locator: Locator,
    into writer: RecordWriter
  ) throws {
    let (name, number) = Self.parts(of: fullName)
    if isBot, number.isEmpty {
      try memory.add(.displayName, name, assertion: .user, to: account, locator, into: writer)
    } else {
      try memory.add(
        .handle, Self.handle(name, number), assertion: .platform, to: account, locator, into: writer)
    }
    try memory.add(.displayName, shown, assertion: .user, to: account, locator, into: writer)
  }

  /// Adds the user name that a text gives, which may be a webhook's: those bear any name.
  mutating func claim(
    _ account: AccountIndex, fullName: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let (name, number) = Self.parts(of: fullName)
    try memory.add(
      .handle, Self.handle(name, number), assertion: .claimed, to: account, locator, into: writer)
  }

  /// A user name and its digits; none where they are zeros, as of names that are unique without them.
  static func parts(of fullName: String) -> (name: String, number: String) {
    guard let sign = fullName.lastIndex(of: "#") else { return (fullName, "") }
    let number = fullName[fullName.index(after: sign)...]
    guard (1...4).contains(number.utf8.count), number.utf8.allSatisfy(\.isDigit) else {
      return (fullName, "")
    }
    return (String(fullName[..<sign]), number.utf8.contains { $0 != 0x30 } ? String(number) : "")
  }

  /// Whether a channel is of more than two, as DiscordChatExporter names it: conversations of people lie under a server that
  /// is called so, and groups among them under another heading.
  static func isOfGroup(_ name: String, guild: String) -> Bool {
    !guild.isEmpty && (guild != "Direct Messages" || name.hasPrefix("Group "))
  }

  /// The name of a conversation, with its server and its id, as many channels are called `general`.
  static func title(_ name: String, guild: String, id: String) -> String {
    let mark = [guild, id].filter { !$0.isEmpty }.joined(separator: ", ")
    return [name, mark.isEmpty ? "" : "[\(mark)]"].filter { !$0.isEmpty }.joined(separator: " ")
  }
}
