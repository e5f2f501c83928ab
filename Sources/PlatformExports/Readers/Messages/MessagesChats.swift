internal import AccountModel

/// The conversations of a database of Messages, by their numbers.
struct MessagesChats {
  /// A conversation.
  struct Chat {
    /// What it is called.
    let name: [UInt8]
    /// Whether it is with one other.
    let isDirect: Bool
    /// Whether the database calls it a group.
    let isStyledAsGroup: Bool
    /// Handles of those who take part beside the owner.
    fileprivate(set) var handles: [Int64] = []

    /// Whether it is with several others.
    var isGroup: Bool { isStyledAsGroup || !isDirect && handles.count > 1 }

    /// The only other of a conversation with one other.
    var lone: Int64? { isDirect && handles.count == 1 ? handles.first : nil }
  }

  private var chats: [Int64: Chat] = [:]
  private let current: RowLinks?
  private let deleted: RowLinks?

  /// Participants of one conversation that are kept.
  private static let memberLimit = 1000
  /// How the database calls a conversation with one other.
  private static let directStyle: Int64 = 45
  /// How it calls one with several.
  private static let groupStyle: Int64 = 43

  init(_ database: OpenDatabase, _ people: MessagesPeople) throws {
    var found: [Int64: Chat] = [:]
    if let table = try database.table(ChatColumn.self) {
      try database.each(of: table) { row in
        let style = row.integer(.style)
        let isDirect = style == Self.directStyle
        found[row.id] = Chat(
          name: Self.name(row, isDirect), isDirect: isDirect, isStyledAsGroup: style == Self.groupStyle)
      }
    }
    if let table = try database.table(ChatHandleColumn.self) {
      try database.each(of: table) { row in
        guard let chat = row.integer(.chat), let handle = row.integer(.handle) else { return }
        _ = try people.account(of: handle, .mentioned, database.locator(ChatHandleColumn.table, row.id))
        if let known = found[chat], known.handles.count < Self.memberLimit {
          found[chat]?.handles.append(handle)
        }
      }
    }
    chats = found
    current = try database.links(try database.table(ChatMessageColumn.self)) {
      ($0.integer(.message), $0.integer(.chat))
    }
    deleted = try database.links(try database.table(RecoverableMessageColumn.self)) {
      ($0.integer(.message), $0.integer(.chat))
    }
  }

  /// The number or name of a conversation: of one with another the other's address, of a group its name and number.
  private static func name(_ row: DatabaseRow<ChatColumn>, _ isDirect: Bool) -> [UInt8] {
    let identifier = MessagesAddress.plain(row.text(.identifier)) ?? []
    let guid = DatabaseText.address(row.text(.guid)) ?? []
    let number = [identifier, guid].first { !$0.isEmpty } ?? Array("chat \(row.id)".utf8)
    let shown = DatabaseText.address(row.text(.displayName)) ?? []
    return isDirect || shown.isEmpty ? number : shown + Array(" (".utf8) + number + Array(")".utf8)
  }

  /// The conversation of a message, and whether the message was deleted and can still be brought back; the one of the
  /// lowest number where there are several.
  func chat(of message: Int64) throws -> (chat: Chat, wasDeleted: Bool)? {
    for (links, wasDeleted) in [(current, false), (deleted, true)] {
      for id in try links?.others(of: message) ?? [] {
        if let chat = chats[id] { return (chat, wasDeleted) }
      }
    }
    return nil
  }
}
