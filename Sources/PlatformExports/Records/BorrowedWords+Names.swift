internal import AccountModel

extension BorrowedWords {
  /// The name of a conversation, with a word behind it where it ends as that of words that are not their author's: people
  /// name chats, and could keep what they write out of every comparison so.
  static func unmarked(_ name: String) -> String {
    allCases.contains { name.hasSuffix($0.rawValue) } ? "\(name) [chat]" : name
  }
}
