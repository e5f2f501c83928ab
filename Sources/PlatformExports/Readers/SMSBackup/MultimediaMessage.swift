internal import AccountModel

/// A multimedia message (MMS), put together from its parts and addresses.
struct MultimediaMessage {
  /// Where it lies: 1 received, 2 sent, 3 a draft, 4 on its way out, 5 not sent.
  var box = 0
  /// Addresses of the conversation, with `~` between them.
  var addresses: [UInt8] = []
  var time: ObservedTime?
  /// The time as written, for a report.
  var timeText = ""
  /// The name under which the single correspondent is saved.
  var contactName: [UInt8] = []
  var subject: [UInt8] = []
  var text: [UInt8] = []
  var sender: [UInt8] = []
  var recipients: [[UInt8]] = []
  /// Whether a part was larger than the limit.
  var isCut = false

  /// Recipients that are kept.
  static let recipientLimit = 1000

  /// Whether a part of a type says how the others are laid out.
  static func isLayout(_ type: String) -> Bool { type.lowercased().hasPrefix("application/smil") }

  /// Whether the text of a part is what the sender wrote: a contact's card and an entry of a calendar are texts too, and
  /// nobody's words. A part without a type is taken for a text.
  static func holdsWords(_ type: String) -> Bool {
    let type = type.lowercased()
    guard type.hasPrefix("text/") else { return type.isEmpty || type == "null" }
    return !["vcard", "x-vcard", "directory", "calendar", "x-vcalendar"].contains {
      type.dropFirst(5).hasPrefix($0)
    }
  }

  /// Adds a text part, unless the text would become larger than a limit.
  mutating func append(_ part: Bytes, limit: Int) {
    guard text.count + part.count <= limit else { return isCut = true }
    if !text.isEmpty, !part.isEmpty { text.append(0x0A) }
    text.append(contentsOf: part)
  }

  /// Adds an address by its role: 137 the sender, 151, 130 and 129 recipients.
  mutating func append(_ address: Bytes, role: Int64?) {
    switch role {
    case 137: if !address.isEmpty { sender = Array(address) }
    case 151, 130, 129: if recipients.count < Self.recipientLimit { recipients.append(Array(address)) }
    default: break
    }
  }

  /// Writes it as a record, or sets it aside.
  ///
  /// - Returns: whether the phone's owner wrote it and it is not known to have been sent.
  func write(_ parties: SMSParties, at locator: Locator) throws -> Bool {
    let writer = parties.writer
    if isCut {
      writer.setAside(.message, .tooLarge, at: locator)
      return false
    }
    if box == 3 {
      writer.setAside(.message, .draft, at: locator)
      return false
    }
    guard [1, 2, 4, 5].contains(box) else {
      writer.setAside(.message, .malformed, at: locator, detail: "message box \(box) is not known")
      return false
    }
    guard let time else {
      writer.setAside(.message, .badTime, at: locator, detail: timeText)
      return false
    }
    let parts = addresses.split(separator: UInt8(ascii: "~"))
    let own = try parties.owner(locator)
    var single = AccountIndex.none
    for part in parts {
      let found = try part.withUnsafeBufferPointer {
        try parties.account(SMSBackupParser.trim($0), .mentioned, locator)
      }
      if parts.count == 1 { single = found }
    }
    for recipient in recipients {
      _ = try recipient.withUnsafeBufferPointer { try parties.account($0, .mentioned, locator) }
    }
    if parts.count == 1 {
      try contactName.withUnsafeBufferPointer { try parties.addName($0, single, locator) }
    }
    var author = own
    if box == 1 {
      author = try sender.withUnsafeBufferPointer { try parties.account($0, .participant, locator) }
      // The sender may be missing, or be the token for the phone itself: a single address tells.
      if author == .none || author == own { author = try participant(parties, locator) }
    } else {
      try parties.addOwnNumber(sender: sender, recipients: recipients, parts: parts, locator)
    }
    guard author != .none else {
      writer.setAside(.message, .noAuthor, at: locator, detail: String(decoding: addresses, as: UTF8.self))
      return false
    }
    let channel = parts.isEmpty ? ChannelIndex.none : parties.conversation(addresses)
    var words = subject
    if !words.isEmpty, !text.isEmpty { words.append(0x0A) }
    words.append(contentsOf: text)
    try words.withUnsafeBufferPointer {
      try writer.record(.message, account: author, channel: channel, time: time, text: $0, at: locator)
    }
    return box >= 4
  }

  /// The account of an address that stands alone.
  private func participant(_ parties: SMSParties, _ locator: Locator) throws -> AccountIndex {
    if addresses.contains(UInt8(ascii: "~")) { return .none }
    return try addresses.withUnsafeBufferPointer { try parties.account($0, .participant, locator) }
  }
}
