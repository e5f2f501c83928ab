internal import AccountModel

/// Chats, snaps and calls.
extension SnapchatJSONReader {
  /// Whether it is an account under which Snapchat itself writes.
  static func isPlatform(_ name: String) -> Bool { ["teamsnapchat", "myai"].contains(name.lowercased()) }

  /// How an older list says who wrote: `Sent Saved Chat History`; nil for the key of a conversation.
  private static func direction(_ key: String) -> (isSent: Bool, isReceived: Bool)? {
    guard key.hasSuffix(" Chat History") || key.hasSuffix(" Snap History") else { return nil }
    return (key.hasPrefix("Sent "), key.hasPrefix("Received "))
  }

  mutating func message(
    _ value: JSONValue, in key: String, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let type = FieldText.text(value["Media Type"]).uppercased()
    if type.hasPrefix("STATUS") || type.hasPrefix("ERASED") {
      writer.setAside(.message, type.contains("ERASED") ? .takenBack : .system, at: locator, detail: type)
      return
    }
    let direction = Self.direction(key)
    let isSent = direction?.isSent ?? false || value["IsSender"]?.bool ?? false
    let name = FieldText.text(value["From"])
    if !isSent, Self.isPlatform(name) {
      writer.setAside(.message, .system, at: locator, detail: name)
      return
    }
    guard
      let account = try isSent
        ? ownAccount(locator, writer) : person(name, role: .participant, locator, into: writer)
    else {
      writer.setAside(.message, name.isEmpty ? .noAuthor : NoValue.reason, at: locator, detail: name)
      return
    }
    let written = FieldText.text(value["Created"])
    guard let time = created(value, written), !time.isNone else {
      writer.setAside(.message, .badTime, at: locator, detail: written)
      return
    }
    let title = FieldText.value(value["Conversation Title"])
    var place = title.isEmpty ? key : "\(title) [\(key)]"
    var other = AccountIndex.none
    if direction != nil {
      // A list of what was sent names the other side under `To`, or, in one generation, under `From`.
      let partner = isSent ? FieldText.text(value.field("To", "From")) : name
      place = title.isEmpty ? partner : title
      other =
        isSent
        ? try person(FieldText.text(value["To"]), role: .mentioned, locator, into: writer) ?? .none
        : ownAccount(locator, writer)
    } else {
      if isSent { remember(name, time, locator) }
      if title.isEmpty, Self.isHandle(key),
        let partner = try person(key, role: .mentioned, locator, into: writer)
      {
        other =
          isSent
          ? partner : writer.resolve(partner) == writer.resolve(account) ? ownAccount(locator, writer) : .none
      }
    }
    let isText = type.isEmpty || type == "TEXT"
    if !isText {
      let media = FieldText.text(value["Media IDs"])
      writer.setAside("attachment", .media, at: locator, detail: media.isEmpty ? type : "\(type) \(media)")
    }
    scratch.removeAll(keepingCapacity: true)
    if let content = value["Content"] {
      scratch.append(contentsOf: content.stringBytes)
    } else if let text = value["Text"] {
      // Older downloads were made for a browser.
      HTMLEntities.decode(text.stringBytes, into: &scratch)
    }
    guard !scratch.isEmpty || !isText else {
      writer.setAside(.message, .empty, at: locator)
      return
    }
    try scratch.withUnsafeBufferPointer {
      try writer.record(
        .message, account: account, other: other, channel: writer.channel(place), time: time,
        writtenTime: written, text: $0, at: locator)
    }
  }

  /// When a message was made; where that is not written out, by the number beside it, whose name says microseconds and
  /// whose value milliseconds.
  private func created(_ value: JSONValue, _ written: String) -> ObservedTime? {
    guard written.isEmpty else { return time(written) }
    guard let number = value["Created(microseconds)"]?.int64, number > 0 else { return nil }
    return TimeText.epoch(milliseconds: number >= 100_000_000_000_000 ? number / 1000 : number)
  }

  /// Takes note of a name under which the owner writes.
  private mutating func remember(_ name: String, _ time: ObservedTime, _ locator: Locator) {
    guard Self.isHandle(name), !NoValue.isNamed(by: name) else { return }
    if let known = ownNames.firstIndex(where: { $0.name == name }) {
      ownNames[known].last = max(ownNames[known].last, time.microseconds)
    } else {
      ownNames.append((name, time.microseconds, locator))
    }
  }

  /// A call; the download does not say with whom, nor who began one that came in.
  mutating func call(
    _ value: JSONValue, isOutgoing: Bool, _ locator: Locator, into writer: RecordWriter
  ) throws {
    let written = FieldText.text(value.field("Date & Time", "Start Time"))
    guard isOutgoing else {
      writer.setAside(.call, .noAuthor, at: locator, detail: written)
      return
    }
    guard let time = time(written), !time.isNone else {
      writer.setAside(.call, .badTime, at: locator, detail: written)
      return
    }
    var words = ["call"] + FieldText.values(of: value, ["Type", "Result", "City", "Country", "Network"])
    let seconds = FieldText.value(value["Length (sec)"])
    if !seconds.isEmpty { words.insert("\(seconds) s", at: 1) }
    try writer.record(
      .call, account: ownAccount(locator, writer), time: time, writtenTime: written,
      text: words.joined(separator: ", "), at: locator)
  }
}
