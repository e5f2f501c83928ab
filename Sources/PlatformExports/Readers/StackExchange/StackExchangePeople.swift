internal import AccountModel

/// Accounts as a site's dump writes them: by number, and where the account was deleted by a name.
final class StackExchangePeople {
  /// The network: sites share it, and an account's number names it together with the site.
  static let platform = Platform("stackexchange")

  /// The site's domain; nil where nothing tells it.
  let site: String?
  private var memory = IdentifierMemory()
  private let prefix: [UInt8]
  private var scratch: [UInt8] = []

  init(site: String?) {
    self.site = site
    prefix = site.map { Array("\($0)/users/".utf8) } ?? []
  }

  /// Whose something is.
  enum Author {
    case account(AccountIndex)
    /// A program of the site, which has the number -1.
    case program
    case nobody
  }

  /// Whoever a row names, by number or, where the account is gone, by a name that means something in this source only.
  func author(
    _ id: Bytes, named name: Bytes, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> Author {
    let id = id.trimmed
    let name = name.trimmed
    if id == "-1" { return .program }
    if !id.isEmpty {
      guard let account = try account(id, role: role, locator, into: writer) else { return .nobody }
      try addName(name, to: account, locator, into: writer)
      return .account(account)
    }
    if name.isEmpty { return .nobody }
    // A name that the site gave is another account's on another site, so it becomes no name of this one.
    return .account(
      try writer.account(
        Self.platform, Self.isGiven(name) ? .platformID : .displayName, .source, value: name, role: role,
        assertion: .user, at: locator))
  }

  /// The account of a number; nil for what is none.
  func account(
    _ id: Bytes, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard Self.isNumber(id) else { return nil }
    scratch.removeAll(keepingCapacity: true)
    scratch.append(contentsOf: prefix)
    scratch.append(contentsOf: id)
    return try scratch.withUnsafeBufferPointer {
      try writer.account(
        Self.platform, .platformID, site == nil ? .source : .platform, value: $0, role: role,
        assertion: .platform, at: locator)
    }
  }

  /// Adds the account of the whole network whose profile on the site this is.
  func addNetworkAccount(
    _ id: Bytes, to account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard Self.isNumber(id) else { return }
    try writer.identifier(
      account, .platformID, "stackexchange.com/users/\(String(decoding: id, as: UTF8.self))",
      label: "network-account", assertion: .platform, at: locator)
  }

  /// Adds a name that an account shows, once, unless the site gave it.
  private func addName(
    _ name: Bytes, to account: AccountIndex, _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard !name.isEmpty, !Self.isGiven(name), memory.isNew(account, .displayName, name) else { return }
    try writer.identifier(account, .displayName, value: name, assertion: .user, at: locator)
  }

  /// Whether a name is one that the site gives to who has none: `user12345`.
  static func isGiven(_ name: Bytes) -> Bool {
    name.starts(with: "user".utf8) && isNumber(Bytes(rebasing: name.dropFirst(4)))
  }

  /// Whether a text is a number that names an account.
  private static func isNumber(_ text: Bytes) -> Bool {
    (1...18).contains(text.count) && text[0] != 0x30 && text.allSatisfy(\.isDigit)
  }
}
