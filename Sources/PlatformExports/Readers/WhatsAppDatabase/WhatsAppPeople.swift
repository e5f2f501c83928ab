internal import AccountModel

/// The people of a WhatsApp database: its owner, and whoever has an address.
///
/// The digits of an id at `lid` are no telephone number. Which number one hides is in the list `jid_map`, or it is not
/// known; then the id itself is the account.
final class WhatsAppPeople {
  let writer: RecordWriter
  private let ownerPhone: String?
  private var ownAccount = AccountIndex.none
  /// Addresses by the numbers of their rows.
  private var addresses: [Int64: String] = [:]
  private var numbers: [Int64: Int64] = [:]
  private var memory = IdentifierMemory()

  init(_ database: OpenDatabase, ownerPhone: String?) throws {
    writer = database.writer
    self.ownerPhone = ownerPhone
    if let table = try database.table(WhatsAppAddressColumn.self) {
      try database.each(of: table) { row in
        let whole = Self.string(row.text(.whole))
        let parts = [Self.string(row.text(.user)), Self.string(row.text(.server))]
        if !whole.isEmpty {
          addresses[row.id] = whole
        } else if parts.allSatisfy({ !$0.isEmpty }) {
          addresses[row.id] = parts.joined(separator: "@")
        }
      }
    }
    if let table = try database.table(WhatsAppHiddenColumn.self) {
      try database.each(of: table) { row in
        if let hidden = row.integer(.hidden), let address = row.integer(.address) {
          numbers[hidden] = address
        }
      }
    }
  }

  /// A name or address as text; empty for nothing, and for what is none.
  static func string(_ bytes: Bytes?) -> String { DatabaseText.string(bytes) }

  /// The account of the database's owner.
  func owner(_ locator: Locator) throws -> AccountIndex {
    if ownAccount != .none { return ownAccount }
    ownAccount = writer.unnamedAccount(.whatsapp, role: .owner, at: locator)
    if let ownerPhone, !ownerPhone.isEmpty {
      try writer.name(
        ownAccount, AccountKey(platform: .whatsapp, kind: .phone, scope: .platform, value: ownerPhone),
        assertion: .user, at: locator)
    }
    return ownAccount
  }

  /// The address of a row; empty when it is not there.
  func address(_ row: Int64?) -> String { row.flatMap { addresses[$0] } ?? "" }

  /// What an address names; nothing for what is no address of WhatsApp's.
  static func identity(_ address: String) -> CellebriteIdentity {
    guard address.contains("@") else { return .nothing }
    let identity = CellebriteIdentity(address, .whatsapp)
    switch identity {
    case .account(let kind, .platform, _, _, _) where kind == .phone || kind == .platformID: return identity
    case .group: return .group
    default: return .nothing
    }
  }

  /// Whether an address is that of a group, or of a list or channel to which one writes for many.
  static func isOfGroup(_ address: String) -> Bool { identity(address) == .group }

  /// The account of the address of a row; none when it names nobody.
  func account(_ row: Int64?, _ role: AccountRole, _ locator: Locator) throws -> AccountIndex {
    guard let row, let address = addresses[row] else { return .none }
    guard let number = numbers[row].flatMap({ addresses[$0] }),
      case .account(.phone, .platform, _, _, _) = Self.identity(number),
      case .account(.platformID, _, let hidden, _, _) = Self.identity(address)
    else { return try account(address, role, locator) }
    let account = try account(number, role, locator)
    try addHidden(hidden, account, locator)
    return account
  }

  /// Adds the id that hides an account's number, as WhatsApp's own list has both.
  func addHidden(_ hidden: String, _ account: AccountIndex, _ locator: Locator) throws {
    try memory.add(
      .platformID, hidden, label: "lid", assertion: .platform, to: account, locator, into: writer)
  }

  /// Adds a number under which the owner saved an account.
  func addSavedNumber(_ number: String, _ account: AccountIndex, _ locator: Locator) throws {
    try memory.add(
      .phone, number, label: "saved-number", assertion: .user, to: account, locator, into: writer)
  }

  /// The account of an address; none when it names nobody.
  func account(
    _ address: String, _ role: AccountRole, assertion: Assertion = .platform, _ locator: Locator
  ) throws -> AccountIndex {
    guard case .account(let kind, let scope, let value, let label, _) = Self.identity(address) else {
      return .none
    }
    return try writer.account(
      AccountKey(platform: .whatsapp, kind: kind, scope: scope, value: value), role: role,
      assertion: assertion, label: label, at: locator)
  }

  /// What a conversation is called: by the number of the other, or by a group's subject and address.
  func channelName(_ row: Int64?, subject: String) -> String {
    let address = address(row)
    if let number = row.flatMap({ numbers[$0] }).flatMap({ addresses[$0] }), subject.isEmpty {
      return plain(number)
    }
    return channelName(of: address, subject: subject)
  }

  /// What a conversation at an address is called.
  func channelName(of address: String, subject: String) -> String {
    subject.isEmpty ? plain(address) : "\(subject) (\(address))"
  }

  /// A number for the address of one, else the address.
  func plain(_ address: String) -> String {
    guard case .account(_, _, let value, _, _) = Self.identity(address) else { return address }
    return value
  }

  /// Adds a name, once for each account and name.
  func addName(_ name: String, label: String, _ account: AccountIndex, _ locator: Locator) throws {
    try memory.add(.displayName, name, label: label, assertion: .user, to: account, locator, into: writer)
  }
}
