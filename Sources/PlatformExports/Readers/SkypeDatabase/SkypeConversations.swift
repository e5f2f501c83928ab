internal import AccountModel

/// The conversations of a Skype database, by their numbers.
struct SkypeConversations {
  private struct Conversation {
    let name: String
    /// The only other of a conversation with one other; nobody for a group.
    let partner: SkypeIdentity
    let isGroup: Bool
  }

  /// How the database calls a conversation with one other.
  private static let dialogType: Int64 = 1
  /// How it calls conversations of more: chats, those that were disbanded, conferences by voice, and shared groups.
  private static let groupTypes: Set<Int64> = [2, 3, 4, 5]

  private var known: [Int64: Conversation] = [:]

  init(_ database: OpenDatabase, _ people: SkypeDatabasePeople) throws {
    var found: [Int64: Conversation] = [:]
    if let table = try database.table(SkypeConversationColumn.self) {
      try database.each(of: table) { row in
        let locator = database.locator(SkypeConversationColumn.table, row.id)
        let identity = DatabaseText.string(row.text(.identity))
        let shown = DatabaseText.string(row.text(.displayname))
        let isDialog = row.integer(.type) == Self.dialogType
        let partner = isDialog ? SkypeDatabasePeople.identity(identity) : .nobody
        _ = try people.account(partner, name: shown, label: "conversation", role: .mentioned, locator)
        let topic = DatabaseText.string(row.text(.metaTopic))
        let name = topic.isEmpty ? shown : topic
        found[row.integer(.id) ?? row.id] = Conversation(
          name: Self.title(name, identity.isEmpty ? "conversation \(row.id)" : identity), partner: partner,
          isGroup: row.integer(.type).map { Self.groupTypes.contains($0) } ?? false)
      }
    }
    if let table = try database.table(SkypeParticipantColumn.self) {
      try database.each(of: table) { row in
        let locator = database.locator(SkypeParticipantColumn.table, row.id)
        let identity = SkypeDatabasePeople.identity(DatabaseText.string(row.text(.identity)))
        _ = try people.account(identity, role: .mentioned, locator)
      }
    }
    known = found
  }

  private static func title(_ name: String, _ identity: String) -> String {
    [name, "[\(identity)]"].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What a conversation is called, or, where it is not in its table any more, the chat that its messages name.
  func name(_ id: Int64?, chat: String = "") -> String {
    if let found = id.flatMap({ known[$0] }) { return found.name }
    return chat.isEmpty ? "" : Self.title("", chat)
  }

  /// Whether a conversation is of more than two.
  func isGroup(_ id: Int64?) -> Bool { id.flatMap { known[$0] }?.isGroup ?? false }

  /// The only other of a conversation with one other; nobody for anything else.
  func partner(_ id: Int64?) -> SkypeIdentity { id.flatMap { known[$0] }?.partner ?? .nobody }
}
