internal import AccountModel

/// Channels in which readers keep what accounts sent and did not write (`BorrowedWords`).
enum BorrowedChannels {
  /// Condition over `channel`, for SQL: that it is one of these.
  ///
  /// Of other formats people name the chats, and could keep their words out of every comparison by a name that ends so.
  static let areThese = """
    (channel.source IN (
      SELECT id FROM source
      WHERE format IN ('telegram-json', 'telegram-html', 'discord-chat', 'discord-html', 'slack-export',
        'skype-json', 'skype-database', 'whatsapp-database', 'whatsapp-ios-database', 'cellebrite-xml',
        'google-takeout', 'google-return', 'stack-exchange'))
      AND (\(endings)))
    """

  private static let endings = BorrowedWords.allCases.map {
    "substr(channel.name, -\($0.rawValue.count)) = '\($0.rawValue)'"
  }.joined(separator: " OR ")
}
