/// Words that an account sent and did not write, or not all: a reader keeps them in a conversation of their own, whose name ends so.
public enum BorrowedWords: String, Sendable, CaseIterable {
  /// Somebody else's message, passed on.
  case forwarded = " (forwarded)"
  /// Made by a bot that the account called.
  case viaBot = " (via bot)"
  /// Its own, as others changed them afterwards.
  case edited = " (edited by others)"
}
