internal import AccountModel
internal import CLibXML2

typealias Bytes = UnsafeBufferPointer<UInt8>

/// Turns the elements of one backup into accounts, identifiers and records.
final class SMSBackupParser: XMLElementHandler {
  let writer: RecordWriter
  private let member: UInt32
  private let textLimit: Int
  private let parties: SMSParties
  /// A multimedia message whose parts are still coming.
  private var mms: MultimediaMessage?
  private var declaredCount: (value: Int, locator: Locator)?
  private var messages = 0
  private var calls = 0
  private var unsent = 0
  private var mediaBytes = 0

  init(_ writer: RecordWriter, member: UInt32, options: ReaderOptions) {
    self.writer = writer
    self.member = member
    parties = SMSParties(writer, ownerPhone: options.ownerPhone)
    textLimit = options.limits.recordBytes
  }

  // MARK: Elements

  func start(_ name: UInt32, _ attributes: UnsafeBufferPointer<cog_xml_attribute>, _ place: cog_xml_place)
    throws
  {
    let locator = place.locator(member)
    switch SMSBackupName(rawValue: name) {
    case .smses, .calls:
      _ = try parties.owner(locator)
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
    messages += 1
    if try pending.write(parties, at: place.locator(member)) { unsent += 1 }
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
        _ = try parties.account(Bytes(rebasing: part), .mentioned, locator)
      }
      channel = parties.conversation(address)
      author = type == 1 ? .none : try parties.owner(locator)
    } else {
      let other = try parties.find(address, type == 1 ? .participant : .mentioned, locator)
      try parties.addName(Self.trim(attributes.value(.contactName)), other.account, locator)
      channel = other.channel
      author = type == 1 ? other.account : try parties.owner(locator)
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
    let other = try parties.find(number, type == 2 ? .mentioned : .participant, locator)
    try parties.addName(Self.trim(attributes.value(.contactName)), other.account, locator)
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
    let own = try parties.owner(locator)
    try writer.record(
      .call, account: type == 2 ? own : other.account, other: type == 2 ? other.account : own,
      channel: other.channel, time: time, text: text, at: locator)
  }

  // MARK: MMS

  private func beginMMS(_ attributes: UnsafeBufferPointer<cog_xml_attribute>, isCut: Bool) {
    var pending = MultimediaMessage()
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
    if Self.number(attributes.value(.sequence)) == -1 || MultimediaMessage.isLayout(type) {
      return writer.setAside("smil", .system, at: locator)
    }
    let text = Self.present(attributes.value(.text))
    if MultimediaMessage.holdsWords(type), !text.isEmpty || type.lowercased().hasPrefix("text/plain") {
      mms?.append(text, limit: textLimit)
    } else {
      writer.setAside(
        "media", .media, at: locator, detail: "\(type), \(bytes) bytes of base64")
    }
  }

  private func readAddr(_ attributes: UnsafeBufferPointer<cog_xml_attribute>) {
    mms?.append(Self.trim(attributes.value(.address)), role: Self.number(attributes.value(.type)))
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
