internal import AccountModel

/// What a column of Kik's return means.
enum KikColumn {
  case user, other, group, ip, port, milliseconds, written, text, app, content, count, info, receiverIP
  case groupID, name, unknown

  /// By the name of the column.
  init(header: String) {
    self =
      switch header {
      case "user_jid", "sender", "sender_jid", "sender_id": .user
      case "friend_user_jid", "receiver", "receiver_jid", "receiver_id", "block_user_jid": .other
      case "group_jid": .group
      case "ip", "sender_ip": .ip
      case "receive_ip": .receiverIP
      case "port": .port
      case "sent_at_ts", "epoch": .milliseconds
      case "ts", "sent_at": .written
      case "message", "msg": .text
      case "app_name": .app
      case "content_id", "cid", "filename": .content
      case "device": .info
      case "gid": .groupID
      case "name": .name
      default: .unknown
      }
  }

  /// Whether a cell of a log without headers looks as this column's do.
  func fits(_ cell: String) -> Bool {
    switch self {
    case .user, .other: KikRow.isName(cell)
    case .group: !cell.isEmpty && cell.utf8.count <= 128 && !cell.contains(where: \.isWhitespace)
    case .ip: cell.isEmpty || NoValue.isNamed(by: cell) || ValueShape.isIP(cell)
    case .port: cell.isEmpty || cell == "0" || NoValue.isNamed(by: cell) || ValueShape.isPort(cell)
    case .milliseconds: cell.utf8.count == 13 && Int64(cell) != nil
    case .written: cell.isEmpty || cell.utf8.contains(where: \.isDigit)
    case .count: cell.isEmpty || cell.utf8.count <= 9 && cell.utf8.allSatisfy(\.isDigit)
    default: true
    }
  }
}

/// A row, its values by what their columns mean.
struct KikRow {
  let columns: [KikColumn]
  let cells: [String]
  let locator: Locator

  /// The value of the first column of a meaning that has one; words for no value (`REDACTED`) are none.
  subscript(_ column: KikColumn) -> String {
    for (candidate, cell) in zip(columns, cells) where candidate == column {
      if !cell.isEmpty, !NoValue.isNamed(by: cell) { return cell }
    }
    return ""
  }

  /// What somebody wrote, whatever it says.
  var text: String {
    zip(columns, cells).lazy.filter { $0.0 == .text }.map(\.1).first { !$0.isEmpty } ?? ""
  }

  /// Whether a text is a user name or its address (`name_abc@talk.kik.com`), or a group's. Other servers of the same
  /// protocol have tables of addresses as well.
  static func isName(_ text: String) -> Bool {
    let name = text.prefix { $0 != "@" }
    guard ValueShape.isHandle(name, signs: "._-", limit: 100), !NoValue.isNamed(by: text) else {
      return false
    }
    return ["", "@talk.kik.com", "@groups.kik.com"].contains(text.dropFirst(name.count).lowercased())
  }

  /// Whether a text is a group's number or address (`1100123456789_g@groups.kik.com`).
  static func isGroup(_ text: String) -> Bool {
    let lowered = text.lowercased()
    let number = lowered.prefix { $0 != "@" }
    return lowered.hasSuffix("@groups.kik.com")
      || number.hasSuffix("_g") && number.dropLast(2).utf8.allSatisfy(\.isDigit)
  }

  /// A group's number without the server behind it.
  static func group(_ text: String) -> String { text.prefix { $0 != "@" }.lowercased() }
}
