internal import AccountModel

/// The people of a database of Messages: its owner, and the handles of correspondents.
///
/// A number on iMessage and the same number in text messages are two accounts: Apple lets nobody send under another's, a
/// network does.
final class MessagesPeople {
  /// The platform of iMessages, and of the database's owner.
  static let iMessage = Platform("imessage")

  private struct Handle {
    let address: [UInt8]
    let sort: SMSBackupAddress
    let service: String
  }

  private struct Seat: Hashable {
    let handle: Int64
    let platform: Platform
  }

  private let writer: RecordWriter
  private let ownerPhone: String?
  private var ownAccount = AccountIndex.none
  private var handles: [Int64: Handle] = [:]
  private var accounts: [Seat: (index: AccountIndex, role: AccountRole)] = [:]
  private var memory = IdentifierMemory()

  init(_ database: OpenDatabase, ownerPhone: String?) throws {
    writer = database.writer
    self.ownerPhone = ownerPhone
    guard let table = try database.table(HandleColumn.self, isNeeded: true) else { return }
    try database.each(of: table) { row in
      var address = MessagesAddress.plain(row.text(.id)) ?? []
      // As it was dialled, without its country perhaps: only where there is nothing better.
      if address.isEmpty { address = MessagesAddress.plain(row.text(.uncanonicalised)) ?? [] }
      let sort = address.withUnsafeBufferPointer { SMSBackupAddress($0) }
      handles[row.id] = Handle(address: address, sort: sort, service: row.string(.service))
    }
  }

  /// The account of the database's owner.
  func owner(_ locator: Locator) throws -> AccountIndex {
    if ownAccount != .none { return ownAccount }
    ownAccount = writer.unnamedAccount(Self.iMessage, role: .owner, at: locator)
    if let ownerPhone, !ownerPhone.isEmpty {
      try writer.name(
        ownAccount, AccountKey(platform: Self.iMessage, kind: .phone, scope: .platform, value: ownerPhone),
        assertion: .user, at: locator)
    }
    return ownAccount
  }

  /// The address of a handle, empty when there is none.
  func address(of handle: Int64) -> [UInt8] { handles[handle]?.address ?? [] }

  /// The account of a handle, on the service of a message, or the handle's own where the message does not say; none when
  /// the handle is not there or names nobody.
  func account(
    of number: Int64, service: String = "", _ role: AccountRole, _ locator: Locator
  ) throws -> AccountIndex {
    guard let handle = handles[number] else { return .none }
    if handle.sort == .owner { return try owner(locator) }
    guard let about = handle.sort.account else { return .none }
    let platform = platform(of: number, service: service)
    let seat = Seat(handle: number, platform: platform)
    if let known = accounts[seat], role <= known.role { return known.index }
    let index = try handle.address.withUnsafeBufferPointer {
      try writer.account(
        platform, about.kind, about.scope, value: $0, role: role, assertion: about.assertion,
        label: about.label, at: locator)
    }
    accounts[seat] = (index, role)
    return index
  }

  /// The platform of a message's service, or of the handle's where the message does not say.
  func platform(of handle: Int64, service: String) -> Platform {
    Self.platform(service) ?? Self.platform(handles[handle]?.service ?? "") ?? Self.iMessage
  }

  /// The platform of a service; nil for one that is not known.
  static func platform(_ service: String) -> Platform? {
    switch service.lowercased() {
    case "imessage", "imessagelite", "madrid": iMessage
    case "sms", "mms", "rcs": .sms
    default: nil
    }
  }

  /// Adds an address of the owner's, at which a message came or from which it was sent: for iMessages Apple says so, for
  /// text messages the phone's settings do. One that is the correspondent's as well proves nothing.
  func addOwnAddress(
    _ bytes: Bytes?, label: String, service: String, correspondent: [UInt8], _ locator: Locator
  ) throws {
    guard let address = MessagesAddress.plain(bytes), !address.isEmpty,
      !MessagesAddress.isSame(address, correspondent)
    else { return }
    let sort = address.withUnsafeBufferPointer { SMSBackupAddress($0) }
    guard sort == .phone || sort == .email, let kind = sort.account?.kind else { return }
    let value = String(decoding: address, as: UTF8.self)
    let own = try owner(locator)
    guard memory.isNew(own, kind, value) else { return }
    let isApples = Self.platform(service) == Self.iMessage
    try writer.identifier(
      own, kind, value, label: label, assertion: isApples ? .platform : .claimed, at: locator)
  }
}
