internal import AccountModel

/// Accounts as archives of Mastodon write them.
///
/// The widest key is the address of the actor, which the server gives and never changes; lists give `name@server`
/// alone. Where a mention gives both, the two are one account of the source, whichever stood first.
struct MastodonPeople {
  var memory = IdentifierMemory()
  /// Accounts by `name@server`, in small letters.
  private var byName: [String: AccountIndex] = [:]

  /// The key of an actor's address.
  static func key(_ actor: String) -> AccountKey {
    AccountKey(platform: .mastodon, kind: .platformID, scope: .platform, value: actor)
  }

  /// Whether a text is the address of a single account: not of everybody, nor of somebody's followers.
  static func isActor(_ text: String) -> Bool {
    guard let server = server(of: text), !text.hasPrefix(everybody) else { return false }
    let path = text.utf8.drop { $0 != UInt8(ascii: ":") }.dropFirst(3 + server.utf8.count)
    return path.count > 1 && !isFollowers(text)
  }

  private static let everybody = "https://www.w3.org/ns/activitystreams"

  /// Whether a text stands for everybody.
  static func isEverybody(_ text: String) -> Bool {
    text == everybody + "#Public" || text == "as:Public" || text == "Public"
  }

  /// Whether a text is the address of somebody's followers.
  static func isFollowers(_ text: String) -> Bool { text.hasSuffix("/followers") }

  /// The server of an address, with its port; nil for what is no address of the web.
  static func server(of address: String) -> String? {
    guard address.utf8.count <= 2_048 else { return nil }
    for scheme in ["https://", "http://"] where address.lowercased().hasPrefix(scheme) {
      let host = address.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      let isHost = !host.isEmpty && !host.contains { $0.isWhitespace || $0 == "@" }
      return isHost ? String(host) : nil
    }
    return nil
  }

  /// A name with its server; one without is of the server of the address beside it. Nil for what is no name.
  static func name(_ written: String, at server: String?) -> String? {
    var name = written.trimmingSpaces
    if name.hasPrefix("@") { name.removeFirst() }
    if !name.contains("@"), let server { name += "@" + server }
    return ValueShape.isEmail(name) ? name : nil
  }

  /// The account of an actor's address, and of the name that stands beside it.
  mutating func account(
    actor: String, name: String = "", role: AccountRole = .mentioned, _ locator: Locator,
    into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard Self.isActor(actor) else { return nil }
    let account = try writer.account(Self.key(actor), role: role, assertion: .platform, at: locator)
    if let name = Self.name(name, at: Self.server(of: actor)) {
      try add(name: name, to: account, locator, into: writer)
    }
    return account
  }

  /// Says that an account has a name, as its server writes it.
  mutating func add(
    name: String, to account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let folded = name.lowercased()
    if let known = byName[folded] {
      // Two addresses under one name stay two: a server may have given the name anew.
      if writer.key(of: known)?.kind == .handle { writer.unite(known, with: account) }
    } else {
      byName[folded] = account
    }
    try memory.add(.handle, name, assertion: .platform, to: writer.resolve(account), locator, into: writer)
  }

  /// The account of a `name@server`; nil for what is none.
  mutating func account(
    name written: String, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard let name = Self.name(written, at: nil) else { return nil }
    let folded = name.lowercased()
    if let known = byName[folded] { return writer.resolve(known) }
    let account = try writer.account(
      AccountKey(platform: .mastodon, kind: .handle, scope: .platform, value: name), role: .mentioned,
      assertion: .platform, at: locator)
    _ = memory.isNew(account, .handle, name)
    byName[folded] = account
    return account
  }
}
