internal import AccountModel
internal import Columns

/// The people of a phone's text messages and calls: its owner, and whoever has an address.
final class SMSParties {
  let writer: RecordWriter
  private let ownerPhone: String?
  private var ownAccount = AccountIndex.none
  private var addresses = Interner()
  private var party: [Party] = []
  private var conversations = AddressedConversations()
  private var names = Interner()
  private var nameKey: [UInt8] = []

  /// An address, by order of first mention.
  struct Party {
    var address: SMSBackupAddress
    var account: AccountIndex
    var channel: ChannelIndex
    var role: AccountRole
  }

  /// - Parameter ownerPhone: the phone's own number, when the person said.
  init(_ writer: RecordWriter, ownerPhone: String?) {
    self.writer = writer
    self.ownerPhone = ownerPhone
  }

  /// The account of the phone's owner.
  func owner(_ locator: Locator) throws -> AccountIndex {
    if ownAccount != .none { return ownAccount }
    ownAccount = writer.unnamedAccount(.sms, role: .owner, at: locator)
    if let ownerPhone, !ownerPhone.isEmpty {
      try writer.name(
        ownAccount, AccountKey(platform: .sms, kind: .phone, scope: .platform, value: ownerPhone),
        assertion: .user, at: locator)
    }
    return ownAccount
  }

  /// The account of an address; none when the address names nobody.
  func account(_ address: Bytes, _ role: AccountRole, _ locator: Locator) throws -> AccountIndex {
    try find(address, role, locator).account
  }

  /// The account and conversation of an address, remembered.
  func find(_ address: Bytes, _ role: AccountRole, _ locator: Locator) throws -> Party {
    let token = addresses.intern(address)
    if Int(token.raw) < party.count {
      let known = party[Int(token.raw)]
      if role > known.role, let about = known.address.account {
        party[Int(token.raw)].role = role
        // Raises the role of an account that was only mentioned before.
        _ = try writer.account(
          .sms, about.kind, about.scope, value: address, role: role, assertion: about.assertion, at: locator)
      }
      return known
    }
    var made = Party(address: SMSBackupAddress(address), account: .none, channel: .none, role: role)
    if made.address == .owner {
      made.account = try owner(locator)
    } else if let about = made.address.account {
      made.account = try writer.account(
        .sms, about.kind, about.scope, value: address, role: role, assertion: about.assertion,
        label: about.label, at: locator)
      made.channel = conversation(address)
    }
    party.append(made)
    return made
  }

  /// The conversation of addresses that have `~` between them: a group's, if they are of several others, as some phones
  /// write their own number among them.
  func conversation(_ addresses: some Collection<UInt8>) -> ChannelIndex {
    let parties = addresses.split(separator: UInt8(ascii: "~")).map { part in
      Array(part).withUnsafeBufferPointer {
        let address = SMSBackupParser.trim($0)
        return (address: Array(address), isNumber: SMSBackupAddress(address) == .phone)
      }
    }
    let others = parties.filter { !isOwn($0.address) }
    let (name, isOfSeveral) = conversations.name(others.isEmpty ? parties : others)
    let channel = writer.channel(name)
    if isOfSeveral { writer.markAsGroup(channel) }
    return channel
  }

  /// Whether an address is the phone's own.
  private func isOwn(_ address: [UInt8]) -> Bool {
    if address.withUnsafeBufferPointer({ SMSBackupAddress($0) }) == .owner { return true }
    return ownerPhone.map { MessagesAddress.isSame(Array($0.utf8), address) } ?? false
  }

  /// The name under which the phone's owner saved a number, once for each account and name.
  func addName(_ name: Bytes, _ account: AccountIndex, _ locator: Locator) throws {
    guard account != .none, !name.isEmpty, !SMSBackupParser.isNull(name), !SMSBackupParser.isUnknown(name)
    else { return }
    nameKey.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: account.raw) { nameKey.append(contentsOf: $0) }
    nameKey.append(contentsOf: name)
    let count = names.count
    guard nameKey.withUnsafeBufferPointer({ names.intern($0) }).raw == count else { return }
    try writer.identifier(
      account, .displayName, String(decoding: name, as: UTF8.self), label: "contact-name", assertion: .user,
      at: locator)
  }

  /// A sent message whose sender is a number that is no recipient's shows the phone's own number.
  ///
  /// Some phones write the correspondent's number into every address, so an equal one proves nothing, however it is
  /// written.
  func addOwnNumber(
    sender: [UInt8], recipients: [[UInt8]], parts: some Sequence<some Sequence<UInt8>>, _ locator: Locator
  ) throws {
    guard !recipients.isEmpty, !recipients.contains(where: { MessagesAddress.isSame($0, sender) }),
      !parts.contains(where: { MessagesAddress.isSame(Array($0), sender) }),
      sender.withUnsafeBufferPointer({ SMSBackupAddress($0) }) == .phone
    else { return }
    let own = try owner(locator)
    let count = names.count
    guard names.intern("own \(String(decoding: sender, as: UTF8.self))").raw == count else { return }
    try writer.identifier(
      own, .phone, String(decoding: sender, as: UTF8.self), label: "mms-from", assertion: .claimed,
      at: locator)
  }
}
