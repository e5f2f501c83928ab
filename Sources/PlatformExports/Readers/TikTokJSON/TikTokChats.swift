internal import AccountModel

/// Who writes in the chats of a download beside those whom the chats are with.
///
/// The entries of one chat come together, so that it is enough to know whom the present one has shown.
struct TikTokChats {
  /// Somebody who writes in chats and is not whom they are with.
  struct Author {
    let account: AccountIndex
    let locator: Locator
    var chats = 0
  }

  private var authors: [Author] = []
  private var current = ""
  private var inCurrent: [AccountIndex] = []
  /// Whether no chat was met.
  private(set) var isEmpty = true

  /// The only author there is, when several chats show them.
  ///
  /// In a single chat it may be the other one under a name that was changed since.
  var commonAuthor: Author? {
    guard authors.count == 1, let author = authors.first, author.chats > 1 else { return nil }
    return author
  }

  /// Takes note of a message.
  mutating func add(_ author: AccountIndex, in chat: String, isOther: Bool, at locator: Locator) {
    isEmpty = false
    if chat != current {
      end()
      current = chat
    }
    guard !isOther, !inCurrent.contains(author) else { return }
    inCurrent.append(author)
    if !authors.contains(where: { $0.account == author }) {
      authors.append(Author(account: author, locator: locator))
    }
  }

  /// Ends the present chat.
  mutating func end() {
    for author in inCurrent {
      if let position = authors.firstIndex(where: { $0.account == author }) { authors[position].chats += 1 }
    }
    inCurrent = []
    current = ""
  }
}
