internal import AccountModel

/// Channels that are no conversation of two, whoever wrote in them: what stands in one was written in many places, or passed
/// on in a chat of more (`BorrowedChannels`), and its authors need never have met; or it is a group (`GroupConversation`).
enum SharedPlaces {
  /// Condition over `channel_author`, for SQL: that the channel is none of these.
  static let areLeftOut = "\(areConversations) AND NOT \(areGroups)"

  /// Condition over `channel_author`, for SQL: that those who wrote in the channel could read each other. The name is the
  /// reader's of downloads of Facebook, which do not say under which of the owner's pictures a comment stands.
  static let areConversations = """
    NOT \(has("channel.name = 'comments under pictures' OR \(BorrowedChannels.areThese)"))
    """

  /// Condition over `channel_author`, for SQL: that the channel is a group's.
  static let areGroups = has(
    "substr(channel.name, -\(GroupConversation.mark.count)) = '\(GroupConversation.mark)'")

  private static func has(_ condition: String) -> String {
    """
    EXISTS (
      SELECT 1 FROM channel WHERE channel.source = channel_author.source
        AND channel.number = channel_author.channel AND (\(condition)))
    """
  }
}
