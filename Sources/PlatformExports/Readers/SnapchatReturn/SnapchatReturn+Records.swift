internal import AccountModel

/// What the rows of a return become.
extension SnapchatReturnReader {
  mutating func subscriber(
    _ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter
  ) throws {
    let written = row("created", "creation_time")
    let read = Self.time(written)
    let time = read ?? ObservedTime.none
    let account = try people.subscriber(row("username"), row("user_id"), place, into: writer)
    func add(
      _ kind: IdentifierKind, _ column: String, _ label: String = "", _ assertion: Assertion = .platform,
      _ time: ObservedTime = .none
    ) throws {
      let value = row(column)
      guard !ValueShape.isMasked(value) else {
        writer.setAside("identifier", .masked, at: place, detail: "\(kind.rawValue) \(value)")
        return
      }
      try writer.identifier(account, kind, value, label: label, assertion: assertion, time: time, at: place)
    }
    /// What was typed and not confirmed may be anybody's, and must not join its holder to whoever typed it.
    func said(_ status: String) -> (label: String, assertion: Assertion) {
      let status = Self.plain(row(status))
      let isOpen =
        Self.doubts.contains { status.contains($0) } || ["false", "no", "none", "0"].contains(status)
      return isOpen ? ("unverified", .claimed) : ("", .platform)
    }
    let (mail, phone) = (said("email_status"), said("phone_status"))
    try add(.email, "email_address", mail.label, mail.assertion)
    try add(.email, "pending_email_address", "unverified", .claimed)
    try add(.phone, "phone_number", phone.label, phone.assertion)
    try add(.phone, "pending_phone_number", "unverified", .claimed)
    try add(.phone, "former_phone_number", "previous")
    try add(.displayName, "display_name", "", .user)
    try add(.ip, "creation_ip", "account-creation", .platform, time)
    // Whose account it is does not hang on the time of its creation.
    if read == nil { writer.setAside("creation time", .badTime, at: place, detail: written) }
    let words = [time.isNone ? "" : "created", row("status")]
    try writer.record(
      .profile, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: place)
  }

  /// Further facts on the subscriber. `last_active` is in the time of California, which the row does not say.
  mutating func details(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let account = try people.asked(place, into: writer)
    try writer.identifier(account, .dateOfBirth, row("birthdate"), assertion: .user, at: place)
    let words = ["last_active", "app_version", "2fa_status"].map { ($0, row($0)) }.filter { !$0.1.isEmpty }
    try writer.record(
      .profile, account: account, text: words.map { "\($0): \($1)" }.joined(separator: "; "), at: place)
  }

  /// A value before and after a change. Which sort of value it is says the action, or the value's own look.
  mutating func change(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let written = row("date", "timestamp", "time")
    guard let time = Self.time(written) else {
      writer.setAside(.profile, .badTime, at: place, detail: written)
      return
    }
    let account = try people.asked(place, into: writer)
    let action = row("action")
    let kinds: [(String, IdentifierKind)] = [
      ("email", .email), ("phone", .phone), ("mobile", .phone), ("display", .displayName),
      ("username", .handle),
    ]
    let named = kinds.first { action.lowercased().contains($0.0) }?.1
    var words = ["changed", action, row("reason")]
    let isOpen = Self.isOpenChange(action, row("reason"))
    for (column, label) in [("old_value", "previous"), ("new_value", "")] {
      let value = row(column)
      let kind = named ?? (ValueShape.isEmail(value) ? .email : ValueShape.isPhone(value) ? .phone : nil)
      guard let kind, !ValueShape.isMasked(value) else {
        if !value.isEmpty { words.append("\(column): \(value)") }
        continue
      }
      // What somebody asked to change to and did not get, or confirm, may be anybody's.
      let isTyped = isOpen && column == "new_value"
      try writer.identifier(
        account, kind, value, label: isTyped ? "unverified" : label,
        assertion: kind == .displayName ? .user : isTyped ? .claimed : .platform, time: time, at: place)
    }
    try writer.record(
      .profile, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: place)
  }

  /// An address with the time, or the first and last time, at which it was seen.
  ///
  /// That of a login that failed is of whoever tried, and that of a row which names another account is the other's.
  mutating func login(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let first = row("timestamp", "first_seen_time", "time", "date", "created")
    let last = row("last_seen_time")
    let written = first.isEmpty ? last : first
    guard let time = Self.time(written), !time.isNone, let until = Self.time(last) else {
      writer.setAside(.login, .badTime, at: place, detail: written)
      return
    }
    let sender = row.value(of: SnapchatReturnSection.senders + ["username"])
    let account =
      try people.person(sender, row("user_id"), role: .mentioned, place, into: writer)
      ?? people.asked(place, into: writer)
    let status = row("login_status", "status")
    let isDenied = ["false", "no", "0"].contains(row("completed_authentication").lowercased())
    let isOwn = !isDenied && statuses.isSuccess(status)
    let address = row("ip")
    if isOwn {
      let port = row("source_port_number", "client_source_port", "port")
      let isSixth = address.contains(":")
      let hasPort = address.hasPrefix("[") || isSixth && address.contains(".") && !address.contains("::")
      let full =
        !ValueShape.isPort(port) || hasPort
        ? address : isSixth ? "[\(address)]:\(port)" : "\(address):\(port)"
      try writer.identifier(account, .ip, full, assertion: .platform, time: time, at: place)
      if !until.isNone, until != time {
        try writer.identifier(account, .ip, full, assertion: .platform, time: until, at: place)
      }
      try writer.identifier(
        account, .userAgent, row("user_agent"), assertion: .platform, time: time, at: place)
    }
    let words = [
      status, isOwn ? "" : "from \(address)", row("action_type"),
      last.isEmpty || last == written ? "" : "until \(last)",
    ]
    try writer.record(
      .login, account: account, time: time, writtenTime: written,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: place)
  }

  /// Words for an address or a number that nobody confirmed.
  private static let doubts = ["unverified", "not verified", "unconfirmed", "not confirmed", "pending"]

  /// Whether a change was asked for and not made, or not confirmed.
  private static func isOpenChange(_ action: String, _ reason: String) -> Bool {
    let made = doubts + ["fail", "cancel", "reject", "denied"]
    let (action, reason) = (plain(action), plain(reason))
    return (made + ["request", "attempt"]).contains { action.contains($0) }
      || made.contains { reason.contains($0) }
  }

  /// Small letters, with spaces for `_` and `-`.
  static func plain(_ words: String) -> String {
    words.lowercased().replacing("_", with: " ").replacing("-", with: " ")
  }

  mutating func message(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let sender = row.value(of: SnapchatReturnSection.senders)
    if SnapchatJSONReader.isPlatform(sender) {
      writer.setAside(.message, .system, at: place, detail: sender)
      return
    }
    let written = row("timestamp", "message_timestamp", "time", "date", "created")
    guard let time = Self.time(written), !time.isNone else {
      writer.setAside(.message, .badTime, at: place, detail: written)
      return
    }
    guard
      let account = try people.person(
        sender, row("sender_user_id", "sender_id"), role: .participant, place, into: writer)
    else {
      writer.setAside(.message, .noAuthor, at: place)
      return
    }
    let recipients = Self.recipients(row)
    let others = try recipients.compactMap {
      try people.person($0.name, $0.id, role: .mentioned, place, into: writer)
    }
    let media = row("media_id", "media_ids").split(separator: ";")
    for part in media { writer.setAside("attachment", .media, at: place, detail: String(part)) }
    let text = row.text(SnapchatReturnSection.texts)
    guard !text.isEmpty || !media.isEmpty else {
      writer.setAside(.message, .empty, at: place)
      return
    }
    let names = Set(([sender] + recipients.map { $0.name.isEmpty ? $0.id : $0.name }).map { $0.lowercased() })
    let pair = names.sorted().joined(separator: " and ")
    let title = row("group_title", "conversation_title", "conversation_id")
    let channel = writer.channel(title.isEmpty ? pair : title)
    if names.count > 2 { writer.markAsGroup(channel) }
    try writer.record(
      .message, account: account, other: others.count == 1 ? others[0] : .none, channel: channel, time: time,
      writtenTime: written, text: text, at: place)
  }

  /// To whom a message went. Several stand in one cell, parted as no user name is; which of several ids is whose is not
  /// said, and a name of which the return gives the id elsewhere needs none here.
  private static func recipients(_ row: SnapchatReturnRow) -> [(name: String, id: String)] {
    func parts(_ text: String) -> [String] {
      text.split { $0 == "," || $0 == ";" }.map { String($0).trimmingSpaces }.filter { !$0.isEmpty }
    }
    let id = row("recipient_user_id", "recipient_id")
    let names = parts(row("recipient_username"))
    if names.count > 1, names.allSatisfy({ SnapchatJSONReader.isHandle($0) }) {
      return names.map { ($0, "") }
    }
    let ids = parts(id)
    return ids.count > 1
      ? ids.map { ("", $0) } : [(row.value(of: SnapchatReturnSection.recipients), id)]
  }

  mutating func friend(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let written = row.value(of: ["added_timestamp", "creation_timestamp"] + SnapchatReturnSection.times)
    guard let time = Self.time(written) else {
      writer.setAside(.contact, .badTime, at: place, detail: written)
      return
    }
    let name = row.value(of: SnapchatReturnSection.friends)
    guard
      let other = try people.person(
        name, row("friend_user_id", "friend_id"), role: .mentioned, place, into: writer)
    else {
      writer.setAside(.contact, .noAuthor, at: place)
      return
    }
    let how = row("status", "type", "link_type", "friend_status")
    let state = Self.plain(how)
    let isBlocked = state.contains("block") && !["unblock", "not block"].contains { state.contains($0) }
    if isBlocked { blocks += 1 }
    try writer.record(
      isBlocked ? .block : .contact, account: try people.asked(place, into: writer),
      other: other, time: time, writtenTime: written, text: how.isEmpty ? "friend" : how, at: place)
  }

  mutating func device(_ row: SnapchatReturnRow, _ place: Locator, into writer: RecordWriter) throws {
    let written = row.value(of: SnapchatReturnSection.times)
    guard let time = Self.time(written) else {
      writer.setAside(.session, .badTime, at: place, detail: written)
      return
    }
    let account = try people.asked(place, into: writer)
    let system = row("os_type", "os", "platform", "device_type")
    for (column, label) in SnapchatReturnSection.devices {
      let value = row(column)
      guard !value.utf8.allSatisfy({ $0 == 0x30 || $0 == UInt8(ascii: "-") }) else { continue }
      let isApple = label == "advertising-id" && system.lowercased().contains("ios")
      try writer.identifier(
        account, .device, value, label: isApple ? "idfa" : label, assertion: .platform, time: time, at: place)
    }
    try writer.record(
      .session, account: account, time: time, writtenTime: written,
      text: [system, row("device_model", "model")].filter { !$0.isEmpty }.joined(separator: "; "), at: place)
  }
}
