internal import AccountModel

/// What the rows of a return become.
extension RobloxReturnReader {
  mutating func take(
    _ row: ExportTable.Row, _ file: RobloxFile, _ headers: [String], into writer: RecordWriter
  ) throws {
    switch file {
    case .addresses: try login(row, into: writer)
    case .chat: try chat(row, into: writer)
    case .messages: try message(row, headers, into: writer)
    case .friends: try relation(row, "frienduserid", "friend", into: writer)
    case .followers: try relation(row, "followeruserid", "follower", into: writer)
    case .wall: try wall(row, into: writer)
    case .devices:
      try device(
        row, row["pii_userid"], .cookie, "btid", row["btid"],
        [row["devicename"], row["os"], row["osversion"]],
        into: writer)
    case .deviceIDs:
      try device(
        row, row["pii_userid"], .device, "device-id", row["pii_device_id"], ["device"], into: writer)
    case .trackers:
      let words = ["created", "updated"].filter { !row[$0].isEmpty }.map { "\($0): \(row[$0])" }
      try device(row, row["accountid"], .cookie, "btid", row["browsertrackerid"], words, into: writer)
    case .advertising(let number):
      try device(
        row, number, .device, "advertising-id", row["ad_id"], ["advertising identifier"],
        isFromName: true, into: writer)
    case .other: break
    }
  }

  // MARK: Accounts and times

  private mutating func account(
    _ number: String, _ role: AccountRole, handle: String = "", shown: String = "",
    assertion: Assertion = .platform, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard RobloxFile.isNumber(number), number != "0" else { return nil }
    let account = try writer.account(
      AccountKey(platform: Platform("roblox"), kind: .platformID, scope: .platform, value: number),
      role: role, assertion: assertion, at: locator)
    // A file's name may have given the number before a column did, and is the weaker word.
    if assertion == .inferred {
      inferred.insert(number)
    } else if memory.isNew(account, .platformID, number), inferred.contains(number) {
      try writer.identifier(account, .platformID, number, assertion: assertion, at: locator)
    }
    if ValueShape.isHandle(handle, signs: "_"), memory.isNew(account, .handle, handle) {
      try writer.identifier(account, .handle, handle, assertion: .platform, at: locator)
    }
    // An account may show any name, another's too.
    if !shown.isEmpty, !NoValue.isNamed(by: shown), memory.isNew(account, .displayName, shown) {
      try writer.identifier(account, .displayName, shown, assertion: .user, at: locator)
    }
    return account
  }

  /// A time of a column that says UTC: in ISO 8601, as month, day, year, or as a count since 1970; none where there is none
  /// to read, nil where it cannot be read.
  static func utc(_ written: String) -> ObservedTime? {
    if written.isEmpty || NoValue.isNamed(by: written) { return ObservedTime.none }
    if let count = Int64(written) {
      switch written.utf8.count {
      case 13: return TimeText.epoch(milliseconds: count)
      case 9...10: return TimeText.epoch(seconds: count)
      default: return nil
      }
    }
    let date = written.prefix { $0 != " " }
    let parts = date.split(separator: "/", omittingEmptySubsequences: false)
    let text =
      parts.map(\.utf8.count) == [2, 2, 4]
      ? "\(parts[2])-\(parts[0])-\(parts[1])" + written.dropFirst(date.count) : written
    guard let time = TimeText.plausibleISO8601(text), time.precision != .day else { return nil }
    return ObservedTime(microseconds: time.microseconds, zone: .known, precision: time.precision)
  }

  // MARK: Records

  /// An address with the times at which it was first and last seen, and the last port with its own.
  private mutating func login(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    guard
      let account = try account(
        row["user_id"], .owner, handle: row["username"], row.locator, into: writer)
    else { return writer.setAside(.login, .noAuthor, at: row.locator, detail: row["user_id"]) }
    let (from, until) = (row["first_recorded_utc"], row["last_recorded_utc"])
    let (readFirst, readLast) = (Self.utc(from), Self.utc(until))
    let (first, last) = (readFirst ?? ObservedTime.none, readLast ?? ObservedTime.none)
    guard !first.isNone || !last.isNone else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: "\(from) \(until)")
    }
    guard let address = ValueShape.address(row["ip_address"]) else {
      return writer.setAside(.login, .noAddress, at: row.locator, detail: row["ip_address"])
    }
    // One that cannot be read costs itself, not the address and the other.
    if readFirst == nil || readLast == nil {
      writer.setAside(
        "time of an address", .badTime, at: row.locator, detail: readFirst == nil ? from : until)
    }
    for time in first == last ? [first] : [first, last] where !time.isNone {
      try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
    }
    let (port, seen) = (row["last_observed_port"], row["last_observed_port_utc"])
    if ValueShape.isPort(port), let full = ValueShape.address(address, port: port) {
      let time = Self.utc(seen) ?? ObservedTime.none
      if Self.utc(seen) == nil { writer.setAside("time of a port", .badTime, at: row.locator, detail: seen) }
      try writer.identifier(account, .ip, full, assertion: .platform, time: time, at: row.locator)
    }
    let words = [
      until.isEmpty || until == from ? "" : "until \(until)",
      port.isEmpty ? "" : "port \(port)\(seen.isEmpty ? "" : " at \(seen)")",
    ]
    try writer.record(
      .login, account: account, time: first.isNone ? last : first, writtenTime: first.isNone ? until : from,
      text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }

  private mutating func chat(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    // The account that was asked for need not be the one that wrote.
    _ = try account(row["request_user_id"], .owner, row.locator, into: writer)
    guard
      let author = try account(
        row["user_id"], .participant, shown: row["name"], row.locator, into: writer)
    else { return writer.setAside(.message, .noAuthor, at: row.locator, detail: row["user_id"]) }
    guard let time = times.iso8601(row["ts"]), !time.isNone else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: row["ts"])
    }
    let text = row.text("text")
    guard !text.isEmpty else { return writer.setAside(.message, .empty, at: row.locator) }
    let sort = row["convo_type"].isEmpty ? "chat" : row["convo_type"]
    try writer.record(
      .message, account: author, channel: writer.channel("\(sort) \(row["conversation_id"])"), time: time,
      writtenTime: row["ts"], text: text, at: row.locator)
  }

  private mutating func message(
    _ row: ExportTable.Row, _ headers: [String], into writer: RecordWriter
  ) throws {
    if ["true", "1", "yes", "t"].contains(row["is_system_message"].lowercased()) {
      return writer.setAside(.message, .system, at: row.locator)
    }
    guard
      let author = try account(
        row["author_id"], .participant, shown: row["author_name"], row.locator, into: writer)
    else { return writer.setAside(.message, .noAuthor, at: row.locator, detail: row["author_id"]) }
    let other = try account(
      row["recipient_id"], .mentioned, shown: row["recipient_name"], row.locator, into: writer)
    // The count of seconds stands beside the same time in words, which a spreadsheet leaves whole.
    let columns = headers.filter { $0.hasPrefix("created_time (") }
    let inOrder = columns.filter { $0.contains("second") } + columns.filter { !$0.contains("second") }
    let column = inOrder.first { Self.utc(row[$0])?.isNone == false } ?? inOrder.first ?? ""
    guard let time = Self.utc(row[column]), !time.isNone else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: row[column])
    }
    let text = [row.text("subject"), row.text("body")].filter { !$0.isEmpty }.joined(separator: "\n")
    guard !text.isEmpty else { return writer.setAside(.message, .empty, at: row.locator) }
    let sides = [row["author_id"], row["recipient_id"]].filter { !$0.isEmpty }.sorted()
    try writer.record(
      .message, account: author, other: other ?? .none,
      channel: writer.channel("messages \(sides.joined(separator: ", "))"), time: time,
      writtenTime: row[column], text: text, at: row.locator)
  }

  private mutating func wall(_ row: ExportTable.Row, into writer: RecordWriter) throws {
    guard let author = try account(row["user_id"], .participant, row.locator, into: writer) else {
      return writer.setAside(.message, .noAuthor, at: row.locator, detail: row["user_id"])
    }
    guard let time = Self.utc(row["createdutc"]), !time.isNone else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: row["createdutc"])
    }
    let text = row.text("post_text")
    guard !text.isEmpty else { return writer.setAside(.message, .empty, at: row.locator) }
    try writer.record(
      .message, account: author, channel: writer.channel("wall of group \(row["group_id"])"), time: time,
      writtenTime: row["createdutc"], text: text, at: row.locator)
  }

  /// A friend or follower, as the names of the columns say.
  private mutating func relation(
    _ row: ExportTable.Row, _ column: String, _ how: String, into writer: RecordWriter
  ) throws {
    guard let one = try account(row["userid"], .mentioned, row.locator, into: writer),
      let other = try account(row[column], .mentioned, row.locator, into: writer)
    else {
      return writer.setAside(
        .contact, .noAuthor, at: row.locator, detail: "\(row["userid"]) \(row[column])")
    }
    guard let time = Self.utc(row["createdutc"]) else {
      return writer.setAside(.contact, .badTime, at: row.locator, detail: row["createdutc"])
    }
    try writer.record(
      .contact, account: one, other: other, time: time, writtenTime: row["createdutc"], text: how,
      at: row.locator)
  }

  /// A device, or the cookie by which Roblox knows a browser or an installation.
  private mutating func device(
    _ row: ExportTable.Row, _ number: String, _ kind: IdentifierKind, _ label: String, _ value: String,
    _ words: [String], isFromName: Bool = false, into writer: RecordWriter
  ) throws {
    guard !isFromName || ValueShape.isUUID(value) else {
      return writer.setAside(.session, .malformed, at: row.locator, detail: value)
    }
    guard
      let account = try account(
        number, .owner, assertion: isFromName ? .inferred : .platform, row.locator, into: writer)
    else { return writer.setAside(.session, .noAuthor, at: row.locator, detail: number) }
    let isNone =
      NoValue.isNamed(by: value) || value.utf8.allSatisfy { $0 == 0x30 || $0 == UInt8(ascii: "-") }
    if !isNone {
      // Whose it is says the file's name alone.
      try writer.identifier(
        account, kind, value, label: label, assertion: isFromName ? .inferred : .platform, at: row.locator)
    }
    try writer.record(
      .session, account: account, text: words.filter { !$0.isEmpty }.joined(separator: "; "), at: row.locator)
  }
}
