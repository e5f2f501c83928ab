internal import AccountModel
internal import Identifiers

/// The accounts of a download, by the end of their profile's address.
///
/// An address may be written with or without escapes, in capitals or not, with a slash or parameters behind it: what it
/// leads to is one account. Where there is no address, as of members who left and of advertisements, a name tells nobody
/// from others who are called so, and all who left are called alike: such an account is one of its conversation,
/// connection or invitation alone.
struct LinkedInPeople {
  private var accounts: [String: AccountIndex] = [:]
  private var slugs: [String: String?] = [:]
  private var memory = IdentifierMemory()

  static let platform = Platform("linkedin")
  /// Addresses that are remembered.
  private static let cacheLimit = 1 << 20

  /// The end of a profile's address; nil for an address that leads to nobody's.
  mutating func slug(of address: String) -> String? {
    if address.isEmpty { return nil }
    if let known = slugs[address] { return known }
    var slug: String?
    if let found = ProfileLink.account(in: address), found.platform == Self.platform, found.kind == .handle {
      slug = found.value
    }
    if slugs.count >= Self.cacheLimit { slugs.removeAll(keepingCapacity: true) }
    slugs[address] = slug
    return slug
  }

  /// The ends of the addresses in a list, each once, in their order.
  mutating func slugs(in list: String) -> [String] {
    var found: [String] = []
    for address in list.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
      if let slug = slug(of: String(address)), !found.contains(slug) { found.append(slug) }
    }
    return found
  }

  static func key(_ slug: String) -> AccountKey {
    AccountKey(platform: platform, kind: .handle, scope: .platform, value: slug)
  }

  /// The account at a profile's address.
  mutating func account(
    _ slug: String, name: String = "", role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let account: AccountIndex
    if let known = accounts[slug] {
      account = known
      writer.raise(known, to: role)
    } else {
      account = try writer.account(Self.key(slug), role: role, assertion: .platform, at: locator)
      accounts[slug] = account
    }
    try self.name(account, name, locator, into: writer)
    return account
  }

  /// An account that has no address; nil where it has no name either.
  ///
  /// - Parameter place: what tells it from others of that name.
  mutating func account(
    named name: String, in place: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard Self.isName(name) else { return nil }
    let account = try unknown("\(name) (\(place))", role: role, locator, into: writer)
    try self.name(account, name, locator, into: writer)
    return account
  }

  /// An account of which nothing is known but where it stands.
  func unknown(
    _ place: String, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    try writer.account(
      AccountKey(platform: Self.platform, kind: .platformID, scope: .source, value: place), role: role,
      assertion: .platform, at: locator)
  }

  /// Adds the name that an account shows, once.
  mutating func name(
    _ account: AccountIndex, _ name: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard Self.isName(name) else { return }
    try memory.add(.displayName, name, assertion: .user, to: account, locator, into: writer)
  }

  /// Adds an identifier of an account, once.
  mutating func add(
    _ kind: IdentifierKind, _ value: String, label: String = "", _ assertion: Assertion,
    to account: AccountIndex,
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    try memory.add(kind, value, label: label, assertion: assertion, to: account, locator, into: writer)
  }

  /// Whether a name is somebody's. `LinkedIn Member` stands for all who left or hide, in the member's language, and
  /// `LinkedIn` for the platform.
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && !NoValue.isNamed(by: name) && !name.lowercased().holdsBytes("linkedin")
  }
}
