import AccountModel

extension RecordWriter {
  /// Says that a conversation is of more than two people, as the export shows it: by its type, who takes part, its id, or
  /// what the platform wrote in it. Of those who wrote there may be two.
  ///
  /// Nothing is said so of a channel for borrowed words (`BorrowedWords`), whose name ends as that of these.
  public func markAsGroup(_ channel: ChannelIndex) {
    if channel != .none { groups.insert(channel) }
  }
}
