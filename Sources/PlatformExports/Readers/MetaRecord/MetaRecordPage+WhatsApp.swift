internal import AccountModel

/// A call whose events come.
struct MetaRecordCall {
  /// Its `Call Id`.
  var id: MetaRecordField?
  var end: UInt64 = 0
  var creator = ""
  var event = MetaRecordRow()
  var starts = MetaRecordRowStarts(byFirstLabel: false)
  /// What happened, in order.
  var types: [String] = []
  var numbers: [String] = []
  var media = ""
  var time: ObservedTime?
  var offer: (from: String, to: String, time: ObservedTime?)?

  /// Numbers and events kept of one call.
  static let limit = 1000

  func locator(_ member: UInt32) -> Locator {
    Locator(member: member, from: id?.offset ?? 0, to: end)
  }
}

/// Logs of WhatsApp: who wrote to whom and called whom, from where, and never what.
extension MetaRecordPage {
  func loggedMessage(_ row: MetaRecordRow) throws {
    guard let (sender, time) = senderAndTime(row, "sender") else { return }
    let locator = row.locator(member)
    let account = try account(sender, role: .participant, at: locator)
    let recipients = Self.numbers(row.text("recipients"))
    for number in recipients { _ = try self.account(number, role: .mentioned, at: locator) }
    let group = row.text("group id").trimmingSpaces
    let channel = writer.channel(
      group.isEmpty ? Self.conversation([sender] + recipients) : "group \(group)")
    if !group.isEmpty { writer.markAsGroup(channel) }
    let isNew = try record(
      .message, account: account, channel: channel, time: time, detail: row.text("message id"), at: locator)
    guard isNew else { return }
    if let address = ValueShape.address(row.text("sender ip"), port: row.text("sender port")) {
      try identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
    } else if !row.text("sender ip").isEmpty {
      setAside("address", .malformed, locator, detail: row.text("sender ip"))
    }
    if row.fields.contains(where: { Self.kinds.contains($0.name) && !$0.value.isEmpty }) {
      writer.setAside(
        "message detail",
        .init(
          "message-kind", "says of what kind and size a message was and what sort of device sent it",
          isFault: false),
        at: locator, detail: row.words(without: Self.read))
    }
  }

  private static let kinds: Set<String> = ["type", "message style", "message size", "sender device"]
  private static let read: Set<String> = [
    "timestamp", "message id", "sender", "recipients", "group id", "sender ip", "sender port",
  ]

  /// A message that waited for the owner to come online.
  func offlineMessage(_ row: MetaRecordRow) throws {
    guard let (sender, time) = senderAndTime(row, "from") else { return }
    let locator = row.locator(member)
    let account = try account(sender, role: .participant, at: locator)
    let owners = [target.flatMap { MetaRecordNumber($0.value) }].compactMap { $0 }
    try record(
      .message, account: account, channel: writer.channel(Self.conversation([sender] + owners)), time: time,
      detail: row.text("id"), at: locator)
  }

  /// Who sent a message and when; nil where the row does not say, and it is set aside.
  private func senderAndTime(_ row: MetaRecordRow, _ label: String) -> (MetaRecordNumber, ObservedTime)? {
    let locator = row.locator(member)
    guard let sender = MetaRecordNumber(row.text(label)) else {
      setAside(.message, .noAuthor, locator, detail: row.words(without: []))
      return nil
    }
    let written = row.text("timestamp")
    guard let time = time(written) else {
      setAside(.message, .badTime, locator, detail: written)
      return nil
    }
    return (sender, time)
  }

  private static func numbers(_ text: String) -> [MetaRecordNumber] {
    text.split(whereSeparator: { $0.isWhitespace || $0 == "," || $0 == ";" }).compactMap {
      MetaRecordNumber(String($0))
    }
  }

  /// The conversation of some numbers, whoever writes.
  private static func conversation(_ numbers: [MetaRecordNumber]) -> String {
    let values = Set(numbers.map(\.value)).sorted()
    return values.prefix(10).joined(separator: " ")
      + (values.count > 10 ? " and \(values.count - 10) more" : "")
  }

  // MARK: Calls

  func callField(_ field: MetaRecordField) throws {
    switch field.name {
    case "call id":
      try endCall()
      call.id = field
      call.end = field.end
    case "call creator":
      call.creator = field.value.string
      call.end = field.end
    case "call", "events", "call log", "call logs", "participants": break
    default:
      guard call.id != nil else {
        if !field.value.isEmpty {
          writer.setAside(
            "call event", .init("no-call", "belongs to no call", isFault: true), at: field.locator(member),
            detail: "\(field.label): \(field.value.string)")
        }
        return
      }
      if call.starts.begins(with: field) { try endEvent() }
      call.event.append(field)
    }
  }

  private func endEvent() throws {
    let row = call.event
    call.event = MetaRecordRow()
    guard !row.isEmpty else { return }
    let locator = row.locator(member)
    call.end = row.fields.last?.end ?? call.end
    let type = row.text("type").lowercased()
    let time = time(row.text("timestamp"))
    if !type.isEmpty, call.types.count < MetaRecordCall.limit { call.types.append(type) }
    if call.media.isEmpty { call.media = row.text("media type").lowercased() }
    if call.time == nil { call.time = time }
    let (from, to) = (row.text("from"), row.text("to"))
    if type == "offer", call.offer == nil { call.offer = (from, to, time) }
    for text in [from, to] where !text.isEmpty && call.numbers.count < MetaRecordCall.limit {
      if !call.numbers.contains(text) { call.numbers.append(text) }
    }
    guard let number = MetaRecordNumber(from) else { return }
    let written = row.text("from ip")
    if let address = ValueShape.address(written, port: row.text("from port")), let time {
      let account = try account(number, role: .mentioned, at: locator)
      try identifier(account, .ip, address, assertion: .platform, time: time, at: locator)
    } else if !written.isEmpty {
      setAside("address", .malformed, locator, detail: written)
    }
  }

  func endCall() throws {
    try endEvent()
    let call = self.call
    self.call = MetaRecordCall()
    guard let id = call.id else { return }
    let locator = call.locator(member)
    guard let creator = MetaRecordNumber(call.creator) ?? call.offer.flatMap({ MetaRecordNumber($0.from) })
    else {
      return setAside(.call, .noAuthor, locator, detail: id.value.string)
    }
    guard let time = call.offer?.time ?? call.time else {
      return setAside(.call, .badTime, locator, detail: id.value.string)
    }
    let others = call.numbers.flatMap { Self.numbers($0) }.filter { $0.value != creator.value }
    let account = try account(creator, role: .participant, at: locator)
    var people: [AccountIndex] = []
    for number in others {
      let other = try self.account(number, role: .mentioned, at: locator)
      if !people.contains(other) { people.append(other) }
    }
    let kind = call.media.isEmpty ? "call" : "\(call.media) call"
    let text = ([kind] + call.types).joined(separator: ", ").withLineEnds(as: " ")
    try record(
      .call, account: account, other: people.count == 1 ? people[0] : .none,
      channel: writer.channel(Self.conversation([creator] + others)), time: time, text: text,
      detail: id.value.string, at: locator)
  }
}
