internal import AccountModel

/// Conversations, and what the account wrote in them.
extension DiscordPackageReader {
  mutating func readIndex(_ input: MemberInput, into writer: RecordWriter) throws {
    let pass = pass
    try pass.read(["$.*"], of: input, into: writer, unit: { _ in JSONPass.fileUnit }) { match, value, _ in
      if let name = value.string { index[match.key] = name }
    }
  }

  mutating func readChannel(_ input: MemberInput, into writer: RecordWriter) throws {
    let position = conversation(of: input.path)
    let patterns = ["$.id", "$.type", "$.name", "$.guild", "$.recipients[*]"]
    let pass = pass
    try pass.read(patterns, of: input, into: writer, unit: { _ in JSONPass.fileUnit }) {
      match, value, locator in
      switch match.pattern {
      case 0: conversations[position].id = value.scalarText ?? ""
      case 1: conversations[position].type = value.scalarText ?? ""
      case 2: conversations[position].name = value.string ?? ""
      case 3: conversations[position].guild = value["name"]?.string ?? ""
      default:
        if let id = (value["id"] ?? value).scalarText, DiscordPeople.isID(id) {
          conversations[position].recipients.append((id, locator))
        }
      }
    }
  }

  /// Whom the owner writes to directly. The owner is one of those listed, so that they wait until it is known.
  func recipients(of conversation: Conversation, into writer: RecordWriter) throws {
    guard !conversation.recipients.isEmpty else { return }
    let own = owner.flatMap { writer.key(of: $0)?.value }
    guard let owner, let own else {
      for (id, locator) in conversation.recipients {
        writer.setAside(.contact, Self.ownerUnknown, at: locator, detail: id)
      }
      return
    }
    let isGroup = conversation.type == "3" || conversation.type.uppercased() == "GROUP_DM"
    for (id, locator) in conversation.recipients where id != own {
      let other = try writer.account(
        DiscordPeople.key(id), role: .mentioned, assertion: .platform, at: locator)
      try writer.record(
        .contact, account: owner, other: other,
        text: isGroup ? "group of direct messages" : "direct messages",
        at: locator)
    }
  }

  private static let ownerUnknown = SetAsideReason(
    "owner-unknown", "may be the owner, whose id no file gives", isFault: false)

  mutating func readMessages(_ input: MemberInput, into writer: RecordWriter) throws {
    let tally = JSONKeyTally(keys: ["Timestamp"])
    input.tap { tally.feed($0) }
    let position = conversation(of: input.path)
    let pass = pass
    try pass.read(["$[*]"], of: input, into: writer, unit: { _ in RecordClass.message.name }) {
      _, value, locator in
      guard let contents = value["Contents"] ?? value["ID"] else {
        return writer.setAside(.message, .malformed, at: locator, detail: "a message without contents")
      }
      try message(
        position, id: value["ID"]?.scalarText ?? "", written: value["Timestamp"]?.string ?? "",
        attachments: value["Attachments"]?.string ?? "",
        text: value["Contents"] == nil ? .empty : contents.stringBytes, locator, into: writer)
    }
    writer.count(.message, seen: tally[0])
  }

  /// `ID,Timestamp,Contents,Attachments`, as packages had it before 2024.
  mutating func readTable(_ input: MemberInput, into writer: RecordWriter) throws {
    let position = conversation(of: input.path)
    var table = try ExportTable(input, limit: limits.recordBytes)
    while let row = try table.next(.message, writer) {
      var text = row.text("contents")
      try text.withUTF8 {
        try message(
          position, id: row["id"], written: row["timestamp"], attachments: row["attachments"], text: $0,
          row.locator, into: writer)
      }
    }
    writer.count(.message, seen: table.finish())
  }

  private mutating func message(
    _ position: Int, id: String, written: String, attachments: String, text: UnsafeBufferPointer<UInt8>,
    _ locator: Locator, into writer: RecordWriter
  ) throws {
    guard let time = Self.time(written) else {
      return writer.setAside(.message, .badTime, at: locator, detail: written)
    }
    snowflakes.judge(id, time, locator, writer)
    for file in attachments.split(separator: " ") {
      writer.setAside("attachment", .media, at: locator, detail: String(file))
    }
    let channel = conversations[position].channel ?? writer.unnamedChannel()
    conversations[position].channel = channel
    try writer.record(
      .message, account: ownAccount(locator, writer), channel: channel, time: time, writtenTime: written,
      text: text, at: locator)
  }
}
