internal import AccountModel
internal import Columns

/// Contributors as a wiki's export writes them: by number and name, or by the address of whoever had no account.
struct MediaWikiPeople {
  /// The wiki; a platform of its own, as numbers and names are its own.
  var platform = MediaWikiSite.unknown
  private var memory = IdentifierMemory()
  private var names = Interner()
  private var accountOfName: [AccountIndex] = []

  private var isKnown: Bool { platform != MediaWikiSite.unknown }
  private var scope: AccountScope { isKnown ? .platform : .source }
  /// What a name is: others address an account by it on its wiki, which must be known for that.
  private var kind: IdentifierKind { isKnown ? .handle : .displayName }

  /// The account of a number, and of the name beside it.
  mutating func account(
    id: Bytes, name: Bytes, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let account = try writer.account(
      platform, .platformID, scope, value: id, role: .participant, assertion: .platform, at: locator)
    guard !name.isEmpty, memory.isNew(account, kind, name) else { return account }
    let token = Int(names.intern(name).raw)
    if token == accountOfName.count {
      accountOfName.append(account)
    } else if writer.key(of: accountOfName[token])?.kind != .platformID {
      // Known from the title of its page so far.
      writer.unite(accountOfName[token], with: account)
    }
    let known = writer.resolve(account)
    if !Self.isGiven(name) {
      try writer.identifier(known, kind, value: name, assertion: .platform, at: locator)
    } else if isKnown {
      // One account's on this wiki, and somebody else's on the next.
      try writer.identifier(
        known, .platformID, value: name, label: "temporary-name", assertion: .platform, at: locator)
    }
    return known
  }

  /// Names under which MediaWiki itself writes, on every wiki, and which nobody can register.
  private static let programs: [StaticString] = [
    "MediaWiki default", "Conversion script", "Maintenance script",
    "Template namespace initialisation script", "ScriptImporter", "Delete page script", "Move page script",
    "Command line script",
  ]

  /// Whether a contributor is MediaWiki itself, perhaps that of the wiki from which a page was brought.
  static func isProgram(_ name: Bytes) -> Bool {
    let own = Bytes(rebasing: name[(name.lastIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? 0)...])
    return programs.contains { own == $0 }
  }

  /// Whether a name is one that a wiki gives to who edits without an account, counting up from 1: `~2026-1234`,
  /// `~2026-12345-67`.
  private static func isGiven(_ name: Bytes) -> Bool {
    let rest = name.dropFirst()
    return name.first == UInt8(ascii: "~") && (rest.first ?? 0).isDigit
      && rest.allSatisfy { $0.isDigit || $0 == UInt8(ascii: "-") }
  }

  /// Whoever has a name and no number: an account of another wiki, of which pages were brought here. The name means something
  /// in this source only.
  mutating func account(named name: Bytes, _ locator: Locator, into writer: RecordWriter) throws
    -> AccountIndex
  {
    try writer.account(
      platform, .handle, .source, value: name, role: .participant, assertion: .user, at: locator)
  }

  /// Whether a name is an address, also one without its last part, as the first wikis showed it: `192.0.2.xxx`.
  static func isAddress(_ name: String) -> Bool { ValueShape.isIP(name) || isMasked(name) }

  private static func isMasked(_ name: String) -> Bool {
    name.hasSuffix(".xxx") && ValueShape.isIP("\(name.dropLast(3))0")
  }

  /// Whoever edited from an address without an account, in one month: an address is given to somebody else after weeks, and is
  /// no account. One without its last part is that of many.
  func account(
    address: String, month: Substring, _ time: ObservedTime, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let account = try writer.account(
      AccountKey(platform: platform, kind: .platformID, scope: .source, value: "\(address) in \(month)"),
      role: .participant, assertion: .platform, at: locator)
    if !Self.isMasked(address) {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
    }
    return account
  }

  /// The account whose page has a title; anybody can make a page for an account that there is not.
  mutating func account(
    ofPage name: Bytes, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let token = Int(names.intern(name).raw)
    if token < accountOfName.count { return writer.resolve(accountOfName[token]) }
    let account: AccountIndex
    if Self.isGiven(name) {
      // No identifier but its number on this wiki, which its edits tell.
      account = try writer.account(
        AccountKey(
          platform: platform, kind: .handle, scope: .source,
          value: "User:\(String(decoding: name, as: UTF8.self))"),
        role: .mentioned, assertion: .claimed, at: locator)
    } else {
      account = try writer.account(
        platform, kind, scope, value: name, role: .mentioned, assertion: .claimed, label: "user-page",
        at: locator)
    }
    accountOfName.append(account)
    return account
  }
}
