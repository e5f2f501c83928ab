internal import AccountModel

/// What a file of Kik's return holds.
struct KikFile {
  enum Kind { case login, friend, block, log, content, legend }

  let kind: Kind
  /// Whether the account of the first party is the one that was asked for.
  let isOwn: Bool
  /// The columns of a log without headers.
  let layout: [KikColumn]?

  static let tab = UInt8(ascii: "\t")

  /// Tells a file by its headers, else by its name and what one of its first rows looks like.
  init?(_ head: MemberHead) {
    let stem = Self.stem(of: head.path)
    let headers = ExportTable.headers(in: head.bytes, isWhole: head.isWhole)
    if let kind = Self.kind(headers) {
      guard Self.namesKiks(head, headers) else { return nil }
      self.kind = kind
      isOwn = Self.isOwn(kind, stem)
      layout = nil
      return
    }
    guard let log = Self.logs[stem] else { return nil }
    let rows = Self.firstRows(head, delimiter: Self.tab)
    let fitting = log.layouts.first { layout in rows.contains { Self.fits($0, layout) } }
    guard let layout = fitting else { return nil }
    kind = log.kind
    isOwn = Self.isOwn(log.kind, stem)
    self.layout = layout
  }

  /// Which messages a log has its name alone says: under another nobody is known to be the one that was asked for.
  private static func isOwn(_ kind: Kind, _ stem: String) -> Bool {
    switch kind {
    case .login, .friend, .block: true
    case .log: (stem.contains("sent") || stem.contains("send")) && !stem.contains("receive")
    case .content, .legend: false
    }
  }

  /// What its rows are counted as.
  var unit: String {
    switch kind {
    case .login: RecordClass.login.name
    case .friend: RecordClass.contact.name
    case .block: RecordClass.block.name
    case .log, .content: RecordClass.message.name
    case .legend: "group"
    }
  }

  private static func kind(_ headers: [String]) -> Kind? {
    func has(_ names: String...) -> Bool { ExportTable.has(names, in: headers) }
    if has("gid", "name", "code"), has("last_join_ts") || has("last_activity") { return .legend }
    if has("user_jid", "block_user_jid") { return .block }
    if has("user_jid", "friend_user_jid") { return has("ip") || has("words") || has("cid") ? .log : .friend }
    if has("user_jid", "ip", "port") { return .login }
    if has("sender", "receiver", "group_jid", "sender_ip") { return .log }
    if has("sender_jid", "receiver_jid", "msg", "sent_at") { return .content }
    if has("sender_id", "receiver_id", "message", "sent_at_ts", "app_name") { return .content }
    return nil
  }

  /// Whether of whom the first rows of a table are one is named as at Kik, or none is named. Tables of other servers of
  /// the same protocol have such columns as well, and are no legal return.
  private static func namesKiks(_ head: MemberHead, _ headers: [String]) -> Bool {
    guard let column = headers.firstIndex(where: { KikColumn(header: $0) == .user }) else { return true }
    let names = firstRows(head, delimiter: UInt8(ascii: ",")).dropFirst()
      .compactMap { $0.indices.contains(column) ? $0[column].trimmingSpaces : nil }
      .filter { !$0.isEmpty && !NoValue.isNamed(by: $0) }
    return names.isEmpty || names.contains { KikRow.isName($0) }
  }

  // MARK: Logs without headers

  private static let logs: [String: (kind: Kind, layouts: [[KikColumn]])] = {
    let pair: [KikColumn] = [.milliseconds, .user, .other, .written]
    let sent: [KikColumn] = [.milliseconds, .user, .other, .count, .ip, .written]
    let media: [KikColumn] = [.milliseconds, .user, .other, .app, .content, .ip, .written]
    let group: [KikColumn] = [.milliseconds, .user, .group, .other, .count, .ip, .written]
    let groupMedia: [KikColumn] = [.milliseconds, .user, .group, .other, .app, .content, .ip, .written]
    let later: [KikColumn] = [.user, .other, .ip, .written, .app, .content]
    return [
      "bind": (.login, [[.milliseconds, .user, .ip, .port, .written, .info]]),
      "friend_added": (.friend, [pair]), "block_user": (.block, [pair]),
      "chat_sent": (.log, [sent]), "chat_sent_received": (.log, [sent]),
      "chat_platform_sent": (.log, [media]), "chat_platform_sent_received": (.log, [media, later]),
      "group_send_msg": (.log, [group]), "group_receive_msg": (.log, [group]),
      "group_send_msg_platform": (.log, [groupMedia]), "group_receive_msg_platform": (.log, [groupMedia]),
    ]
  }()

  /// The name of a file without its ending and without what follows the words in it: `chat_sent (1).txt`.
  private static func stem(of path: String) -> String {
    let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
    return String(name.prefix { $0 == "_" || $0.isASCII && $0.isLetter })
  }

  /// The first rows, of which some may hold what no other row does.
  private static func firstRows(_ head: MemberHead, delimiter: UInt8) -> [[String]] {
    var rows: [[String]] = []
    var start = 0
    var scanner = TableRowScanner(delimiter: delimiter)
    while rows.count < 20, start < head.bytes.count {
      let rest = UnsafeBufferPointer(rebasing: head.bytes[start...])
      if !scanner.scan(rest), !head.isWhole || !scanner.finish() { break }
      let row = UnsafeBufferPointer(rebasing: rest.prefix(scanner.position))
      rows.append(scanner.fields.prefix(100).map { $0.value(in: row) })
      start += scanner.position
      scanner.reset()
    }
    return rows
  }

  /// Whether cells look as those of a log do.
  static func fits(_ cells: [String], _ layout: [KikColumn]) -> Bool {
    cells.count == layout.count && zip(cells, layout).allSatisfy { $1.fits($0) }
  }
}
