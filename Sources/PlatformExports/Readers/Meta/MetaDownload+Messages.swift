internal import AccountModel

/// Threads: `sender_name` with mojibake in the ordinary download, `senderName` in plain text in the secure
/// storage download.
extension MetaDownload {
  /// A participant: an object with a name, or a plain string in the secure storage download.
  mutating func participant(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let name =
      value.kind == .string
      ? String(decoding: TelegramJSONReader.trimmed(value.stringBytes), as: UTF8.self)
      : value["name"].map { MetaEntry.text($0) } ?? ""
    thread.size += 1
    guard !name.isEmpty, !Self.isDeleted(name) else { return }
    if !thread.names.insert(name).inserted { thread.shared.insert(name) }
    var copy = name
    thread.accounts.append(try copy.withUTF8 { try person($0, role: .mentioned, locator, into: writer) })
  }

  /// The account of a name in the thread at hand.
  mutating func person(
    _ name: UnsafeBufferPointer<UInt8>, role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex {
    let number = thread.number ?? people.participants.thread(thread.label)
    thread.number = number
    return try people.participants.account(name, in: number, platform, role: role, at: locator, into: writer)
  }

  /// Reads the messages that stand before the participants, once these are known.
  ///
  /// Where the member could not be read to its end nobody knows who else takes part, and a name may be that of
  /// two people: then the messages are set aside.
  mutating func readHeld(isWhole: Bool, into writer: RecordWriter) throws {
    let held = thread.held
    thread.held = HeldValues()
    try held.forEach { bytes, locator in
      let value = try pass.parse(bytes)
      if isWhole {
        try message(value, locator, into: writer)
      } else {
        writer.setAside(Self.recordClass(of: value), .unknownParticipants, at: locator)
      }
    }
  }

  /// Keeps a message for `readHeld`.
  mutating func hold(
    _ bytes: UnsafeBufferPointer<UInt8>, _ value: JSONValue, _ locator: Locator, _ writer: RecordWriter
  ) {
    if !thread.held.add(bytes, locator) {
      writer.setAside(Self.recordClass(of: value), .unknownParticipants, at: locator)
    }
  }

  private static func recordClass(of value: JSONValue) -> RecordClass {
    value.hasField("call_duration") ? .call : .message
  }

  mutating func message(_ value: JSONValue, _ locator: Locator, into writer: RecordWriter) throws {
    let isPlain = value["senderName"] != nil
    let recordClass = Self.recordClass(of: value)
    guard let sender = value["sender_name"] ?? value["senderName"] else {
      writer.setAside(recordClass, .noAuthor, at: locator)
      return
    }
    if value["is_unsent"]?.bool == true || value["isUnsent"]?.bool == true {
      writer.setAside(recordClass, .takenBack, at: locator)
      return
    }
    if let type = value["type"]?.string, type == "Subscribe" || type == "Unsubscribe" {
      writer.setAside(recordClass, .system, at: locator, detail: type)
      return
    }
    guard let account = try author(sender, isPlain: isPlain, recordClass, locator, into: writer) else {
      return
    }
    guard let milliseconds = (value["timestamp_ms"] ?? value["timestamp"])?.int64,
      let time = TimeText.epoch(milliseconds: milliseconds)
    else {
      writer.setAside(
        recordClass, .badTime, at: locator,
        detail: (value["timestamp_ms"] ?? value["timestamp"])?.scalarText ?? "")
      return
    }
    setAsideParts(of: value, locator, into: writer)
    let channel = thread.channel ?? writer.channel(thread.name)
    thread.channel = channel
    if recordClass == .call {
      let other = thread.accounts.filter { writer.resolve($0) != writer.resolve(account) }
      try writer.record(
        .call, account: account, other: thread.accounts.count == 2 && other.count == 1 ? other[0] : .none,
        channel: channel, time: time, text: value["call_duration"]?.int64.map { "call, \($0) s" } ?? "call",
        at: locator)
      return
    }
    if let link = value["share"]?["link"] {
      try writer.identifier(
        account, .url, MetaEntry.text(link), label: "share", assertion: .user, time: time, at: locator)
    }
    let text = (isPlain ? value["text"] : value["content"])?.stringBytes ?? .empty
    guard !isPlain, let repaired = Mojibake.repair(text) else {
      try writer.record(.message, account: account, channel: channel, time: time, text: text, at: locator)
      return
    }
    try repaired.withUnsafeBufferPointer {
      try writer.record(.message, account: account, channel: channel, time: time, text: $0, at: locator)
    }
  }

  private static let attachments: [StaticString] = [
    "photos", "videos", "audio_files", "files", "gifs", "media",
  ]

  /// Counts what a message holds beside its text.
  private func setAsideParts(of value: JSONValue, _ locator: Locator, into writer: RecordWriter) {
    func attachment(_ part: JSONValue) {
      writer.setAside(
        "attachment", .media, at: locator, detail: part["uri"].map { MetaEntry.text($0) } ?? "")
    }
    for key in Self.attachments { value[key]?.forEachElement { attachment($0) } }
    if let sticker = value["sticker"] { attachment(sticker) }
    if let words = value["share"]?["share_text"].map({ MetaEntry.text($0) }), !words.isEmpty {
      writer.setAside("shared text", .shared, at: locator, detail: words)
    }
    value["reactions"]?.forEachElement { reaction in
      writer.setAside(
        "reaction", .reaction, at: locator, detail: reaction["reaction"].map { MetaEntry.text($0) } ?? "")
    }
  }

  /// The account of a sender's name; nil, and set aside, when the name is nobody's or more than one person's.
  private mutating func author(
    _ sender: JSONValue, isPlain: Bool, _ recordClass: RecordClass, _ locator: Locator,
    into writer: RecordWriter
  ) throws -> AccountIndex? {
    scratch.removeAll(keepingCapacity: true)
    let written = TelegramJSONReader.trimmed(sender.stringBytes)
    if !isPlain, let repaired = Mojibake.repair(written) {
      scratch.append(contentsOf: repaired)
    } else {
      scratch.append(contentsOf: written)
    }
    if let account = thread.sender(scratch) {
      return account
    }
    let name = String(decoding: scratch, as: UTF8.self)
    guard !name.isEmpty, !Self.isDeleted(name) else {
      writer.setAside(recordClass, .noAuthor, at: locator, detail: name)
      return nil
    }
    guard !thread.shared.contains(name) else {
      writer.setAside(
        recordClass,
        .init("ambiguous-author", "is by a name that two participants of the thread have", isFault: true),
        at: locator, detail: name)
      return nil
    }
    let sender = scratch
    let account = try sender.withUnsafeBufferPointer {
      try person($0, role: .participant, locator, into: writer)
    }
    thread.add(sender: scratch, account)
    return account
  }
}

extension SetAsideReason {
  fileprivate static let unknownParticipants = Self(
    "unknown-participants", "stands before the participants of its thread, which could not be read",
    isFault: true)
}
