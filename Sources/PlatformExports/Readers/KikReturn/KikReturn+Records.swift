internal import AccountModel

/// What the rows of a return become.
extension KikReturnReader {
  private static let fanOut = SetAsideReason(
    "same-message", "is the message of the row above, to another member of the group", isFault: false)
  private static let counted = SetAsideReason(
    "counted", "stands in a row that counts several messages", isFault: false)
  private static let legend = SetAsideReason(
    "names-conversation", "names a conversation and is no record", isFault: false)
  private static let unclear = SetAsideReason(
    "whose-address", "is an address of which the return does not say whose it is", isFault: false)

  mutating func take(_ row: KikRow, of file: KikFile, into writer: RecordWriter) throws {
    switch file.kind {
    case .login: try login(row, into: writer)
    case .friend: try relation(row, .contact, "friend", into: writer)
    case .block: try relation(row, .block, "", into: writer)
    case .log: try message(row, isOwn: file.isOwn, isLog: true, into: writer)
    case .content: try message(row, isOwn: false, isLog: false, into: writer)
    case .legend:
      let (id, name) = (KikRow.group(row[.groupID]), row[.name])
      if !id.isEmpty, !name.isEmpty { legends[id] = legends[id] ?? name }
      writer.setAside(file.unit, Self.legend, at: row.locator, detail: row[.groupID])
    }
  }

  /// When a row is dated, in the milliseconds that it gives or in its words: none where there is none to read, nil where
  /// it cannot be read.
  private mutating func time(_ row: KikRow) -> (time: ObservedTime?, written: String) {
    let (number, words) = (row[.milliseconds], row[.written])
    for written in [number, words] {
      guard let count = Int64(written) else { continue }
      if written.utf8.count == 13 { return (TimeText.epoch(milliseconds: count), written) }
      if written.utf8.count == 10 { return (TimeText.epoch(seconds: count), written) }
    }
    // 2025/12/01 20:54:24
    let isSlashed =
      words.utf8.count > 10 && words.prefix(10).split(separator: "/").map(\.utf8.count) == [4, 2, 2]
    let plain =
      isSlashed ? String(words.prefix(10)).replacing("/", with: "-") + String(words.dropFirst(10)) : words
    return (times.iso8601(plain), words)
  }

  private func person(
    _ name: String, _ role: AccountRole, _ locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    guard KikRow.isName(name), !KikRow.isGroup(name) else { return nil }
    return try writer.account(
      AccountKey(platform: Platform("kik"), kind: .handle, scope: .platform, value: name), role: role,
      assertion: .platform, at: locator)
  }

  /// A connection of the app, which Kik calls a bind: address, port and time.
  private mutating func login(_ row: KikRow, into writer: RecordWriter) throws {
    guard let account = try person(row[.user], .owner, row.locator, into: writer) else {
      return writer.setAside(.login, .noAuthor, at: row.locator, detail: row[.user])
    }
    let (read, written) = time(row)
    guard let time = read, !time.isNone else {
      return writer.setAside(.login, .badTime, at: row.locator, detail: written)
    }
    guard let address = ValueShape.address(row[.ip], port: row[.port]) else {
      return writer.setAside(.login, .noAddress, at: row.locator, detail: row[.ip])
    }
    try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
    try writer.record(
      .login, account: account, time: time, writtenTime: written, text: row[.info], at: row.locator)
  }

  private mutating func relation(
    _ row: KikRow, _ recordClass: RecordClass, _ how: String, into writer: RecordWriter
  ) throws {
    guard let account = try person(row[.user], .owner, row.locator, into: writer),
      let other = try person(row[.other], .mentioned, row.locator, into: writer)
    else {
      return writer.setAside(
        recordClass, .noAuthor, at: row.locator, detail: "\(row[.user]) \(row[.other])")
    }
    let (read, written) = time(row)
    guard let time = read else {
      return writer.setAside(recordClass, .badTime, at: row.locator, detail: written)
    }
    try writer.record(
      recordClass, account: account, other: other, time: time, writtenTime: written, text: how,
      at: row.locator)
  }

  /// A message, with its words or as a row of a log.
  private mutating func message(
    _ row: KikRow, isOwn: Bool, isLog: Bool, into writer: RecordWriter
  ) throws {
    let (sender, receiver) = (row[.user], row[.other])
    guard let account = try person(sender, isOwn ? .owner : .participant, row.locator, into: writer) else {
      return writer.setAside(.message, .noAuthor, at: row.locator, detail: sender)
    }
    let (read, written) = time(row)
    guard let time = read, !time.isNone else {
      return writer.setAside(.message, .badTime, at: row.locator, detail: written)
    }
    let group = row[.group].isEmpty && KikRow.isGroup(receiver) ? receiver : row[.group]
    if isLog, !group.isEmpty {
      // One message is sent from one address: rows of a second, which is all that some times say, may be of several.
      let message = [written, sender, group, row[.content], row[.ip]]
      defer { lastOfGroup = message }
      if message == lastOfGroup { return writer.setAside(.message, Self.fanOut, at: row.locator) }
    }
    try address(row, of: account, time, into: writer)
    let (text, content) = (row.text, row[.content])
    if !content.isEmpty { writer.setAside("attachment", .media, at: row.locator, detail: content) }
    guard isLog || !text.isEmpty || !content.isEmpty else {
      return writer.setAside(.message, .empty, at: row.locator)
    }
    if let count = Int(row[.count]), count > 1 {
      writer.setAside("further message", Self.counted, at: row.locator, count: count - 1)
    }
    let other = group.isEmpty ? try person(receiver, .mentioned, row.locator, into: writer) : nil
    try writer.record(
      .message, account: account, other: other ?? .none,
      channel: channel(sender, receiver, group, isLog: isLog, writer), time: time, writtenTime: written,
      text: text, at: row.locator)
  }

  /// The address that a message was sent from is its sender's.
  private func address(
    _ row: KikRow, of account: AccountIndex, _ time: ObservedTime, into writer: RecordWriter
  ) throws {
    if !row[.receiverIP].isEmpty {
      writer.setAside("address", Self.unclear, at: row.locator, detail: row[.receiverIP])
    }
    guard !row[.ip].isEmpty else { return }
    guard let address = ValueShape.address(row[.ip], port: row[.port]) else {
      return writer.setAside("address", .noAddress, at: row.locator, detail: row[.ip])
    }
    try writer.identifier(account, .ip, address, assertion: .platform, time: time, at: row.locator)
  }

  private mutating func channel(
    _ sender: String, _ receiver: String, _ group: String, isLog: Bool, _ writer: RecordWriter
  ) -> ChannelIndex {
    let suffix = isLog ? " (log)" : ""
    guard group.isEmpty else {
      let id = KikRow.group(group)
      let channel = writer.channel("group \(id)\(suffix)")
      if groups[id]?.contains(channel) != true { groups[id, default: []].append(channel) }
      return channel
    }
    let names = [sender, receiver].filter { !$0.isEmpty }.map { $0.lowercased() }.sorted()
    return writer.channel(names.joined(separator: ", ") + suffix)
  }
}
