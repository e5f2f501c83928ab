internal import AccountModel

/// The owner of an export, and the people of its chats.
///
/// Pages name people by display name alone, which several may have, also to pass for another. So a name is an account of
/// its chat.
struct TelegramPeople {
  /// What the list of chats says of one.
  struct ListedChat {
    /// `private`, `bot`, `group`, `channel`.
    let sort: String
    let name: String
    /// Whether the owner's messages alone were exported.
    let isOwnOnly: Bool
  }

  private struct Chat: Hashable {
    /// Its folder; empty for the export of one chat.
    let folder: String
    let title: String
  }

  private struct Participant: Hashable {
    let chat: Int
    let name: String
  }

  /// The account that contacts, sessions and the profile belong to.
  var owner: AccountIndex?
  var ownName = ""
  /// By folder.
  var listed: [String: ListedChat] = [:]
  private var chats: [Chat] = []
  private var numbers: [Chat: Int] = [:]
  private var participants: [(participant: Participant, account: AccountIndex)] = []
  private var accounts: [Participant: AccountIndex] = [:]

  /// What Telegram Desktop calls everybody who has no name.
  private static let nobody = "Deleted Account"

  /// The number of a chat.
  mutating func chat(folder: String, title: String) -> Int {
    let chat = Chat(folder: folder, title: title)
    if let known = numbers[chat] { return known }
    numbers[chat] = chats.count
    chats.append(chat)
    return chats.count - 1
  }

  /// The account of a name in a chat; nil for one that has none, unless the chat is one with just that.
  mutating func account(
    _ name: String, in chat: Int, at locator: Locator, into writer: RecordWriter
  ) throws -> AccountIndex? {
    let isNameless = name == Self.nobody
    if name.isEmpty || isNameless && chats[chat].title != Self.nobody { return nil }
    let participant = Participant(chat: chat, name: name)
    if let known = accounts[participant] { return known }
    let account = writer.unnamedAccount(.telegram, role: .participant, at: locator)
    accounts[participant] = account
    participants.append((participant, account))
    if !isNameless { try writer.identifier(account, .displayName, name, assertion: .user, at: locator) }
    return account
  }

  /// Gives every account its key, and the owner the messages that are known to be the owner's.
  ///
  /// In a chat with one other person, who has another name, and where the owner's messages alone were exported, the name
  /// of the profile is the owner. In a group anybody may call himself so, and so he may where messages of others are
  /// shown as if they had been written there.
  mutating func settle(into writer: RecordWriter) throws {
    var others = 0
    for (participant, account) in participants {
      let chat = chats[participant.chat]
      if !ownName.isEmpty, participant.name == ownName {
        if isOwn(chat), let owner {
          writer.unite(account, with: owner)
          continue
        }
        others += 1
      }
      let isNameless = participant.name == Self.nobody
      let label = chat.folder.isEmpty ? chat.title : chat.folder
      writer.key(
        account,
        chats.count == 1 && !isNameless
          ? AccountKey(platform: .telegram, kind: .displayName, scope: .source, value: participant.name)
          : AccountKey(
            platform: .telegram, kind: .platformID, scope: .source, value: "\(label): \(participant.name)"))
    }
    if others > 0 {
      writer.note(
        "in \(others) chats somebody writes under the owner's name, and nothing shows that it is the owner: what was "
          + "written there is another account's, and is not protected with the owner's")
    }
  }

  private func isOwn(_ chat: Chat) -> Bool {
    guard let listed = listed[chat.folder], !chat.folder.isEmpty else { return false }
    // What was saved, and replies that were written elsewhere, stand under the names of those who wrote them.
    if listed.sort == "private", Self.gathered.contains(listed.name) { return false }
    if listed.isOwnOnly { return true }
    guard listed.sort == "private" || listed.sort == "bot" else { return false }
    return chat.title != ownName
  }

  /// What the list calls chats that hold messages of others; the program writes it in English everywhere.
  private static let gathered: Set<String> = ["Saved messages", "Replies", "Verification Codes"]
}
