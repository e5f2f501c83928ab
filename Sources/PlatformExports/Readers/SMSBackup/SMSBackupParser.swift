internal import AccountModel
internal import CLibXML2
internal import Columns

typealias Bytes = UnsafeBufferPointer<UInt8>

/// Turns the elements of one backup into accounts, identifiers and records.
final class SMSBackupParser: XMLElementHandler {
  let writer: RecordWriter
  private let member: UInt32
  private let ownerPhone: String?
  private let textLimit: Int
  private var owner = AccountIndex.none
  private var parties = Interner()
  private var party: [Party] = []
  private var names = Interner()
  private var nameKey: [UInt8] = []
  private var mms: PendingMMS?
  private var declaredCount: (value: Int, locator: Locator)?
  private var messages = 0
  private var calls = 0
  private var unsent = 0
  private var mediaBytes = 0

  /// An address, by order of first mention.
  struct Party {
    var address: SMSBackupAddress
    var account: AccountIndex
    var channel: ChannelIndex
    var role: AccountRole
  }

  /// A multimedia message whose parts are still coming.
  private struct PendingMMS {
    var box = 0
    var addresses: [UInt8] = []
    var time: ObservedTime?
    var timeText = ""
    var contactName: [UInt8] = []
    var subject: [UInt8] = []
    var text: [UInt8] = []
    var sender: [UInt8] = []
    var recipients: [[UInt8]] = []
    var isCut = false
  }

  init(_ writer: RecordWriter, member: UInt32, options: ReaderOptions) {
    self.writer = writer
    self.member = member
    ownerPhone = options.ownerPhone
    textLimit = options.limits.recordBytes
  }

  // MARK: Elements

  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place)
    throws
  {
    let locator = place.locator(member)
    switch SMSBackupName(rawValue: name) {
    case .smses, .calls:
      _ = try ownerAccount(locator)
      if let value = Self.number(attributes.value(.count)) { declaredCount = (Int(value), locator) }
    case .sms: try readSMS(attributes, locator, isCut: place.cut != 0)
    case .call: try readCall(attributes, locator, isCut: place.cut != 0)
    case .mms: beginMMS(attributes, isCut: place.cut != 0)
    case .part: readPart(attributes, locator, isCut: place.cut != 0)
    case .addr: readAddr(attributes)
    default: break
    }
  }

  func end(_ name: UInt32, _ place: cog_xml_place) throws {
    guard name == SMSBackupName.mms.rawValue, let pending = mms else { return }
    mms = nil
    try write(pending, place.locator(member))
  }

  // MARK: SMS

  private func readSMS(
    _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ locator: Locator, isCut: Bool
  ) throws {
    messages += 1
    if isCut { return writer.setAside(.message, .tooLarge, at: locator) }
    guard let type = Self.number(attributes.value(.type)) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "no type")
    }
    if type == 3 { return writer.setAside(.message, .draft, at: locator) }
    guard (1...6).contains(type) else {
      return writer.setAside(.message, .malformed, at: locator, detail: "type \(type) is not known")
    }
    guard let time = Self.time(attributes.value(.date)) else {
      return writer.setAside(.message, .badTime, at: locator, detail: Self.quote(attributes.value(.date)))
    }
    let address = Self.trim(attributes.value(.address))
    let isGroup = address.contains(UInt8(ascii: "~")) && address.count > 1
    let author: AccountIndex
    let channel: ChannelIndex
    if isGroup {
      for part in address.split(separator: UInt8(ascii: "~")) {
        _ = try account(Bytes(rebasing: part), .mentioned, locator)
      }
      channel = writer.channel(Self.groupName(Array(address)))
      author = type == 1 ? .none : try ownerAccount(locator)
    } else {
      let other = try find(address, type == 1 ? .participant : .mentioned, locator)
      try addName(Self.trim(attributes.value(.contactName)), other.account, locator)
      channel = other.channel
      author = type == 1 ? other.account : try ownerAccount(locator)
    }
    guard author != .none else {
      return writer.setAside(.message, .noAuthor, at: locator, detail: Self.quote(address))
    }
    if type >= 4 { unsent += 1 }
    let body = Self.present(attributes.value(.body))
    let subject = Self.present(attributes.value(.subject))
    if subject.isEmpty {
      try writer.record(.message, account: author, channel: channel, time: time, text: body, at: locator)
    } else {
      var text = Array(subject)
      text.append(0x0A)
      text.append(contentsOf: body)
      try text.withUnsafeBufferPointer {
        try writer.record(.message, account: author, channel: channel, time: time, text: $0, at: locator)
      }
    }
  }

  // MARK: Calls

  private func readCall(
    _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ locator: Locator, isCut: Bool
  ) throws {
    calls += 1
    if isCut { return writer.setAside(.call, .tooLarge, at: locator) }
    let words: String
    let type = Self.number(attributes.value(.type)) ?? -1
    switch type {
    case 1: words = "incoming"
    case 2: words = "outgoing"
    case 3: words = "missed"
    case 4: words = "voicemail"
    case 5: words = "rejected"
    case 6: words = "blocked"
    case 7: words = "answered on another device"
    default:
      return writer.setAside(
        .call, .malformed, at: locator, detail: "type \(Self.quote(attributes.value(.type))) is not known")
    }
    guard let time = Self.time(attributes.value(.date)) else {
      return writer.setAside(.call, .badTime, at: locator, detail: Self.quote(attributes.value(.date)))
    }
    let number = Self.trim(attributes.value(.number))
    let other = try find(number, type == 2 ? .mentioned : .participant, locator)
    try addName(Self.trim(attributes.value(.contactName)), other.account, locator)
    if type != 2, other.account == .none {
      let why =
        switch Self.number(attributes.value(.presentation)) {
        case 2: "withheld"
        case 4: "payphone"
        default: "unknown"
        }
      return writer.setAside(.call, .withheldNumber, at: locator, detail: "\(words), number \(why)")
    }
    var text = words
    if let seconds = Self.number(attributes.value(.duration)), seconds > 0 { text += ", \(seconds) s" }
    let own = try ownerAccount(locator)
    try writer.record(
      .call, account: type == 2 ? own : other.account, other: type == 2 ? other.account : own,
      channel: other.channel, time: time, text: text, at: locator)
  }

  // MARK: MMS

  private func beginMMS(_ attributes: UnsafeBufferPointer<cog_xml_attribute>, isCut: Bool) {
    var pending = PendingMMS()
    pending.isCut = isCut
    pending.box = Int(Self.number(attributes.value(.messageBox)) ?? -1)
    pending.addresses = Array(Self.trim(attributes.value(.address)))
    pending.time = Self.time(attributes.value(.date))
    pending.timeText = Self.quote(attributes.value(.date))
    pending.contactName = Array(Self.trim(attributes.value(.contactName)))
    pending.subject = Array(Self.present(attributes.value(.sub)))
    mms = pending
  }

  private func readPart(
    _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ locator: Locator, isCut: Bool
  ) {
    guard mms != nil else { return }
    if isCut { mms?.isCut = true }
    let bytes = Int(Self.number(Self.trim(attributes.value(.data))) ?? 0)
    mediaBytes += bytes
    let type = Self.quote(attributes.value(.contentType))
    if Self.number(attributes.value(.sequence)) == -1 || type == "application/smil" {
      return writer.setAside("smil", .system, at: locator)
    }
    let text = Self.present(attributes.value(.text))
    if !text.isEmpty || type.hasPrefix("text/plain") {
      guard (mms?.text.count ?? 0) + text.count <= textLimit else {
        mms?.isCut = true
        return
      }
      if mms?.text.isEmpty == false, !text.isEmpty { mms?.text.append(0x0A) }
      mms?.text.append(contentsOf: text)
    } else {
      writer.setAside(
        "media", .media, at: locator, detail: "\(type), \(bytes) bytes of base64")
    }
  }

  private func readAddr(_ attributes: UnsafeBufferPointer<cog_xml_attribute>) {
    let address = Self.trim(attributes.value(.address))
    switch Self.number(attributes.value(.type)) {
    case 137: if !address.isEmpty { mms?.sender = Array(address) }
    case 151, 130, 129: if (mms?.recipients.count ?? 0) < 1000 { mms?.recipients.append(Array(address)) }
    default: break
    }
  }

  private func write(_ pending: PendingMMS, _ locator: Locator) throws {
    messages += 1
    if pending.isCut { return writer.setAside(.message, .tooLarge, at: locator) }
    if pending.box == 3 { return writer.setAside(.message, .draft, at: locator) }
    guard [1, 2, 4, 5].contains(pending.box) else {
      return writer.setAside(
        .message, .malformed, at: locator, detail: "message box \(pending.box) is not known")
    }
    guard let time = pending.time else {
      return writer.setAside(.message, .badTime, at: locator, detail: pending.timeText)
    }
    let parts = pending.addresses.split(separator: UInt8(ascii: "~"))
    let own = try ownerAccount(locator)
    var single = AccountIndex.none
    for part in parts {
      let found = try part.withUnsafeBufferPointer { try account(Self.trim($0), .mentioned, locator) }
      if parts.count == 1 { single = found }
    }
    for recipient in pending.recipients {
      _ = try recipient.withUnsafeBufferPointer { try account($0, .mentioned, locator) }
    }
    if parts.count == 1 {
      try pending.contactName.withUnsafeBufferPointer { try addName($0, single, locator) }
    }
    var author = own
    if pending.box == 1 {
      author = try pending.sender.withUnsafeBufferPointer { try account($0, .participant, locator) }
      // The sender may be missing, or be the token for the phone itself: a single address tells.
      if author == .none || author == own { author = try participant(pending.addresses, locator) }
    } else {
      try addOwnNumber(pending, parts, locator)
    }
    guard author != .none else {
      return writer.setAside(
        .message, .noAuthor, at: locator, detail: String(decoding: pending.addresses, as: UTF8.self))
    }
    if pending.box >= 4 { unsent += 1 }
    let channel = parts.isEmpty ? ChannelIndex.none : writer.channel(Self.groupName(pending.addresses))
    var text = pending.subject
    if !text.isEmpty, !pending.text.isEmpty { text.append(0x0A) }
    text.append(contentsOf: pending.text)
    try text.withUnsafeBufferPointer {
      try writer.record(.message, account: author, channel: channel, time: time, text: $0, at: locator)
    }
  }

  /// The account of an address that stands alone.
  private func participant(_ address: [UInt8], _ locator: Locator) throws -> AccountIndex {
    if address.contains(UInt8(ascii: "~")) { return .none }
    return try address.withUnsafeBufferPointer { try account($0, .participant, locator) }
  }

  /// A sent message whose sender is a number that is no recipient's shows the phone's own number.
  ///
  /// Some phones write the correspondent's number into every address, so an equal one proves nothing.
  private func addOwnNumber(_ pending: PendingMMS, _ parts: [ArraySlice<UInt8>], _ locator: Locator) throws {
    let sender = pending.sender
    guard !pending.recipients.isEmpty, !pending.recipients.contains(sender),
      !parts.contains(where: { $0.elementsEqual(sender) }),
      sender.withUnsafeBufferPointer({ SMSBackupAddress($0) }) == .phone
    else { return }
    let own = try ownerAccount(locator)
    let count = names.count
    guard names.intern("own \(String(decoding: sender, as: UTF8.self))").raw == count else { return }
    try writer.identifier(
      own, .phone, String(decoding: sender, as: UTF8.self), label: "mms-from", assertion: .claimed,
      at: locator)
  }

  // MARK: Accounts

  private func ownerAccount(_ locator: Locator) throws -> AccountIndex {
    if owner != .none { return owner }
    owner = writer.unnamedAccount(.sms, role: .owner, at: locator)
    if let ownerPhone, !ownerPhone.isEmpty {
      try writer.name(
        owner, AccountKey(platform: .sms, kind: .phone, scope: .platform, value: ownerPhone),
        assertion: .user, at: locator)
    }
    return owner
  }

  private func account(_ address: Bytes, _ role: AccountRole, _ locator: Locator) throws -> AccountIndex {
    try find(address, role, locator).account
  }

  /// The account and conversation of an address, remembered.
  private func find(_ address: Bytes, _ role: AccountRole, _ locator: Locator) throws -> Party {
    let token = parties.intern(address)
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
      made.account = try ownerAccount(locator)
    } else if let about = made.address.account {
      made.account = try writer.account(
        .sms, about.kind, about.scope, value: address, role: role, assertion: about.assertion,
        label: about.label, at: locator)
      made.channel = writer.channel(String(decoding: address, as: UTF8.self))
    }
    party.append(made)
    return made
  }

  /// The name under which the phone's owner saved a number, once for each account and name.
  private func addName(_ name: Bytes, _ account: AccountIndex, _ locator: Locator) throws {
    guard account != .none, !name.isEmpty, !Self.isNull(name), !Self.isUnknown(name) else { return }
    nameKey.removeAll(keepingCapacity: true)
    withUnsafeBytes(of: account.raw) { nameKey.append(contentsOf: $0) }
    nameKey.append(contentsOf: name)
    let count = names.count
    guard nameKey.withUnsafeBufferPointer({ names.intern($0) }).raw == count else { return }
    try writer.identifier(
      account, .displayName, String(decoding: name, as: UTF8.self), label: "contact-name", assertion: .user,
      at: locator)
  }

  // MARK: The end

  /// Accounts for what was lost, and writes the second count.
  func finish(_ report: cog_xml_report) throws {
    let seenMessages = Int(report.counted.0 + report.counted.1)
    let seenCalls = Int(report.counted.2)
    writer.count(.message, seen: seenMessages)
    writer.count(.call, seen: seenCalls)
    if let fault = writer.setAsideEnd(of: report, member: member) {
      let lost = (message: seenMessages - messages, call: seenCalls - calls)
      if lost.message > 0 {
        writer.setAside(.message, fault.reason, at: fault.place, count: lost.message)
      }
      if lost.call > 0 { writer.setAside(.call, fault.reason, at: fault.place, count: lost.call) }
    } else if seenMessages + seenCalls == 0 {
      writer.setAside("document", .empty, at: nil, detail: "no sms, mms or call element")
    }
    if let declaredCount, declaredCount.value != seenMessages + seenCalls {
      writer.note(
        "\(writer.describe(declaredCount.locator)): declares \(declaredCount.value) entries, "
          + "holds \(seenMessages + seenCalls)")
    }
    if unsent > 0 { writer.note("\(unsent) messages were written but are not known to have been sent") }
    if mediaBytes > 0 { writer.note("passed over \(mediaBytes) bytes of attachments in base64") }
    writer.countCharacters(of: report)
  }
}
